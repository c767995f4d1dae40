"""Going on by itself: after each coding the selection steps on to the next unit of its size."""

from __future__ import annotations

from tui.app.action import Action
from tui.app.actions.reasons import no_coding
from tui.app.desk import Desk
from tui.app.keybook import hint


def toggle(desk: Desk) -> None:
    """Turn going on by itself on or off, until the program ends."""
    study = desk.study
    study.advance = not study.advance
    if study.advance:
        off = hint("mode.auto_advance", "ends that")
        desk.say(f"Each code goes on to the next sentence, word or paragraph   {off}")
    else:
        desk.say("The selection stays after a code again")


def step_on(desk: Desk) -> str:
    """Select the next unit of the size that is selected; return why not, empty when it did."""
    at = desk.view.selection
    word = at is not None and at.unit == "word"
    return "" if desk.view.move("word_next" if word else "next") else desk.view.refusal


ACTIONS = (
    Action("mode.auto_advance", "advance after each code",
           "After each code the selection steps on to the next unit of its size; again ends it.",
           ("A",), ("text",), toggle, no_coding, "advance"),
)  # fmt: skip
