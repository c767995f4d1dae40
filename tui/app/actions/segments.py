"""The segments of a code: every passage that has it, in all documents."""

from __future__ import annotations

from tui.app.action import Action
from tui.app.actions.reasons import no_code_here
from tui.app.desk import Desk
from tui.store.codings import read_coding


def of_this_code(desk: Desk) -> None:
    """Show the segments of the code at hand: focused in the text, given last, or in the tree."""
    code_id = _code_at_hand(desk)
    if code_id is not None:
        desk.ask.show_segments(code_id, lambda *found: arrive(desk, *found))


def _code_at_hand(desk: Desk) -> int | None:
    if desk.study.in_hand in desk.study.by_id:
        return desk.study.in_hand
    highlighted = desk.tree.highlighted
    in_tree = highlighted.id if highlighted else None
    if desk.pane == "tree":
        return in_tree
    focused = desk.view.focused_coding
    coding = read_coding(desk.project.db, focused) if focused is not None else None
    if coding is not None:
        return coding.code_id
    return desk.study.last_codes[0] if desk.study.last_codes else in_tree


def arrive(desk: Desk, coding_id: int, document_id: int, start: int, end: int) -> None:
    """Open the document of a segment with its coding focused.

    Args:
        desk: where.
        coding_id: the coding.
        document_id: its document.
        start: where it begins, in code points of the document.
        end: where it ends; half-open.
    """
    desk.open_document(document_id, (start, end))
    desk.go_to_pane("text")
    desk.view.set_focus_coding(coding_id)


ACTIONS = (
    Action("view.segments", "segments",
           "Shows every passage of a code in all documents: of the focused coding's code, else of"
           " the one given last; in the tree, of the code at the cursor.", ("w s",),
           ("text", "tree"), of_this_code, no_code_here),
    Action("tree.segments", "segments of this code",
           "Shows every passage of the code at the cursor, in all documents.", ("enter",),
           ("tree",), of_this_code, no_code_here, "segments"),
)  # fmt: skip
