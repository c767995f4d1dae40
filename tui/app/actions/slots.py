"""Pinning from the text: the code that was given last goes on a digit."""

from __future__ import annotations

from tui.app.action import Action
from tui.app.actions.reasons import no_writing
from tui.app.desk import Desk
from tui.store.desk import pin_slot


def pin(desk: Desk, digit: int, code_id: int) -> None:
    """Let a digit give a code, for this coder."""
    code = desk.study.by_id[code_id]
    coder_id = desk.project.join()
    with desk.project.write() as db:
        pin_slot(db, coder_id, digit, code.id)
    desk.study.offer = None
    desk.desk_changed()
    desk.say(f"{digit} now gives {code.key} {code.name}")


def _none_given(desk: Desk) -> str | None:
    if reason := no_writing(desk):
        return reason
    return None if desk.study.last_codes else "No code was given yet that could be pinned"


def _pin_last(digit: int) -> Action:
    def run(desk: Desk) -> None:
        study = desk.study
        code_id = study.offer[0] if study.offer else study.last_codes[0]
        if study.slots.get(digit) == code_id:
            code = study.by_id[code_id]
            desk.refuse(f"{digit} gives {code.key} {code.name} already")
        else:
            pin(desk, digit, code_id)

    return Action(f"code.pin_{digit}", f"pin the last code to {digit}",
                  f"Lets {digit} give the code that was given last, for you.", (f"p {digit}",),
                  ("text",), run, _none_given, f"last code on {digit}")  # fmt: skip


ACTIONS = tuple(_pin_last(digit) for digit in range(1, 10))
