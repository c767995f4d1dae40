"""Moving the selection: there always is one, and moving is selecting."""

from __future__ import annotations

from tui.app.action import Action
from tui.app.actions.edges import stretch
from tui.app.actions.reasons import no_text
from tui.app.desk import Desk


def _motion(name: str, motion: str, title: str, help: str, *keys: str, short: str = "") -> Action:
    return Action(f"text.{name}", title, help, keys, ("text",), stretch(motion), no_text, short)


def stretch_on(desk: Desk) -> None:
    """Let moves stretch the selection from now on, or no longer."""
    desk.study.stretching = not desk.study.stretching


def skip(desk: Desk) -> None:
    """Go on without a code; a passage that is left this way counts as read."""
    view = desk.view
    before = view.passage_at
    at = view.selection
    by_word = desk.study.advance and at is not None and at.unit == "word"
    if not view.move("word_next" if by_word else "next"):
        desk.refuse(view.refusal)
    # The last passage of a document is never left: passing on at its end reads it.
    if view.document is None or (view.passage_at == before and not view.refusal):
        return
    start, end = view.text.span(before - 1)
    desk.mark_read_later(view.document.id, start, end)


ACTIONS = (
    _motion("next", "next", "next sentence",
            "Selects the next sentence; after a word, the sentence that holds or follows it; after"
            " growing, the next clause or paragraph.", "j", "down", short="move"),
    _motion("prev", "prev", "previous sentence", "Selects the previous sentence or paragraph.",
            "k", "up"),
    _motion("word_next", "word_next", "next word", "Selects the next word.", "l", "right",
            short="word"),
    _motion("word_prev", "word_prev", "previous word", "Selects the previous word.", "h", "left"),
    _motion("extend_next", "extend_next", "extend by a sentence",
            "Moves the end of the selection to the next sentence end; a focused coding's, too.",
            "J", "shift+down", short="extend"),
    _motion("extend_prev", "extend_prev", "extend back a sentence",
            "Moves the end of the selection to the sentence end before.", "K", "shift+up"),
    _motion("extend_word_next", "extend_word_next", "extend by a word",
            "Moves the end of the selection by a word.", "L", "shift+right"),
    _motion("extend_word_prev", "extend_word_prev", "extend back a word",
            "Moves the end of the selection back by a word.", "H", "shift+left"),
    Action("text.extend_mode", "moves stretch, on or off",
           "Lets moves by sentence and word stretch the selection, until a code is given or Esc.",
           (), ("text",), stretch_on, no_text, "stretch"),
    _motion("swap_end", "swap_end", "move the other end",
            "Lets J K H L < > move the other end of the selection, or of a focused coding.", "x",
            short="other end"),
    _motion("nudge_right", "nudge_right", "one letter to the right",
            "Moves the end of the selection by one letter.", ">"),
    _motion("nudge_left", "nudge_left", "one letter to the left",
            "Moves the end of the selection back by one letter.", "<"),
    _motion("grow", "grow", "larger unit",
            "Grows the selection: word, clause, sentence, paragraph or turn, document.", "=", "+",
            "B", short="grow"),
    _motion("shrink", "shrink", "smaller unit", "Shrinks the selection by a unit.", "-", "S",
            short="shrink"),
    Action("text.skip", "next, without a code",
           "Goes on; a paragraph that is left this way is marked read.", ("space",), ("text",),
           skip, no_text, "skip"),
    _motion("back", "prev", "back", "Goes back by one sentence or paragraph.", "backspace"),
    _motion("page_down", "page_down", "page down", "Shows the next page.", "pagedown", "ctrl+d"),
    _motion("page_up", "page_up", "page up", "Shows the previous page.", "pageup", "ctrl+u"),
    _motion("home", "first", "start of the document", "Selects the first sentence.", "home"),
    _motion("end", "last", "end of the document", "Selects the last sentence.", "end"),
)  # fmt: skip
