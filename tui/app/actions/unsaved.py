"""Memos that were being written when the program ended: told of at the start, opened by name."""

from __future__ import annotations

from tui.app.action import Action
from tui.app.actions import codebook
from tui.app.actions.memo import ANOTHER, edit_one, target_of
from tui.app.actions.reasons import no_writing
from tui.app.desk import Desk
from tui.store.memos import list_memos

_DEFINITION = "definition-"


def open_unsaved(desk: Desk) -> None:
    """Open the text that was left last; its editor offers the draft."""
    key, title, _ = desk.ask.left_memos()[0]
    if key.startswith(_DEFINITION) and key.removeprefix(_DEFINITION).isdecimal():
        desk.tree.jump(int(key.removeprefix(_DEFINITION)))
        codebook.define(desk)
        return
    target = target_of(key)
    if target is None:
        desk.refuse(f"{title}: this version cannot tell what it belongs to")
        return
    own = list_memos(desk.project.db, coder_ids=[desk.project.coder_id], target=target)
    edit_one(desk, target, title, own[-1] if own and not key.endswith(ANOTHER) else None)


def tell_unsaved(desk: Desk) -> str:
    """Return in words what was never saved; empty when nothing was."""
    left = desk.ask.left_memos()
    if not left:
        return ""
    _, title, when = left[0]
    more = f", and {len(left) - 1} more" if len(left) > 1 else ""
    return f"Never saved, kept at {when}: {title}{more}"


def _none_left(desk: Desk) -> str | None:
    if reason := no_writing(desk):
        return reason
    return None if desk.ask.left_memos() else "No memo was left unsaved"


ACTIONS = (
    Action("memo.unsaved", "unsaved memo",
           "Opens the memo that was being written when the program ended, to be brought back.", (),
           ("text", "tree"), open_unsaved, _none_left),
)  # fmt: skip
