"""Moving the edges of a focused coding.

While edges are moved and not kept, nothing else is done: whatever would go on is refused, so that
no move is lost unseen and none is stored unasked. Enter keeps, Esc puts back.
"""

from __future__ import annotations

from collections.abc import Callable

from tui.app.action import Action
from tui.app.actions.reasons import no_writing
from tui.app.desk import Desk
from tui.app.document.edges import EDGE_MOTIONS
from tui.app.keybook import fill, hint, key_list, undo_hint
from tui.project.edits.codings import move_coding

EDGE_KEYS = (
    *(f"text.extend_{way}" for way in ("next", "prev", "word_prev", "word_next")),
    *("text.nudge_left", "text.nudge_right", "text.swap_end"),
)
"""The actions that move edges, in the order in which their keys are named."""
_GOES_ON = frozenset(
    {
        *EDGE_KEYS,
        *("text.grow", "text.shrink", "text.leap_extend"),
        *("code.list_here", "pane.text", "app.help", "app.palette", "app.interrupt"),
    }
)
"""What can be done while edges are moved and not kept: move them on, Enter, Esc, ask for help."""


_STRETCHED = {
    "next": "extend_next",
    "prev": "extend_prev",
    "word_next": "extend_word_next",
    "word_prev": "extend_word_prev",
}
"""What motions become while moves stretch the selection."""


_STRETCHING = frozenset(f"text.{motion}" for motion in _STRETCHED)


def stretch(motion: str) -> Callable[[Desk], None]:
    """Return what makes a motion with the focused coding's edges, else with the selection."""

    def run(desk: Desk) -> None:
        wanted = _STRETCHED.get(motion, motion) if desk.study.stretching else motion
        if wanted in EDGE_MOTIONS and desk.view.focused is not None:
            move(desk, wanted)
        elif not desk.view.move(wanted):
            desk.refuse(desk.view.refusal)

    return run


def move(desk: Desk, motion: str) -> None:
    """Move the edges of the focused coding, which must be the coder's own."""
    _try(desk, lambda: desk.view.move_edges(motion))


def reach(desk: Desk, start: int, end: int) -> None:
    """Stretch to a word: the focused coding's edges, else the selection."""
    if desk.view.focused is None:
        desk.view.extend_over(start, end)
    else:
        _try(desk, lambda: desk.view.edges_over(start, end))


def _try(desk: Desk, stir: Callable[[], bool]) -> None:
    focused = desk.view.focused
    if focused is None:
        return
    if focused.coder_id != desk.project.coder_id:
        whose = desk.study.coder_label(focused.coder_id)
        over = hint("pane.text", "ends the focus")
        desk.refuse(f"That is {whose}'s coding: only they move its edges · {over}")
    elif reason := no_writing(desk):
        desk.refuse(reason)
    elif not stir():
        desk.refuse(desk.view.refusal)


def keep(desk: Desk) -> None:
    """Store the moved edges of the focused coding as one act, and end the focus."""
    view = desk.view
    focused, span = view.focused, view.moved_edges
    if focused is None:
        return
    if span is None:
        over = hint("pane.text", "ends the focus")
        desk.refuse(f"The edges are where they were · {key_list(*EDGE_KEYS)} move them · {over}")
        return
    words = view.edges_words()
    move_coding(desk.project, focused.id, *span)
    view.set_focus_coding(None)
    desk.study.stretching = False
    extent = f" · {words}" if words else ""
    desk.say(f"Edges moved{extent} · {_named(desk, focused.code_id)}   {undo_hint()}")


def held(desk: Desk, action: Action | None = None) -> str | None:
    """Say that moved edges wait to be kept, when they do and an action would go on; else None.

    Args:
        desk: the desk.
        action: what would be done; None for a click.
    """
    view = desk.view
    if view.moved_edges is None or view.focused is None:
        return None
    if action is not None and action.id in _GOES_ON:
        return None
    if action is not None and desk.study.stretching and action.id in _STRETCHING:
        return None
    code = desk.study.by_id.get(view.focused.code_id)
    name = code.key if code else "a coding"
    ends = fill("{code.list_here} keeps them · {pane.text} puts them back")
    return f"The edges of {name} are moved: {ends}"


def _named(desk: Desk, code_id: int) -> str:
    code = desk.study.by_id.get(code_id)
    return f"{code.key} {code.name}" if code else "a code"
