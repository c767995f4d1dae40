"""More like this: passages whose words resemble the selection, or what a code has."""

from __future__ import annotations

from collections.abc import Iterable

from tui.app.action import Action
from tui.app.actions.reasons import no_code_here, no_text
from tui.app.desk import Desk
from tui.app.document.describe import count_words


def find(desk: Desk) -> None:
    """Look for passages like the selection; in the tree, like those of the code at the cursor."""
    if desk.pane == "tree" or desk.study.in_hand is not None:
        of_this_code(desk)
        return
    span, document = desk.view.selected_span, desk.study.document
    if span is None or document is None:
        return
    start, end = span
    words = count_words(desk.view.text, start, end)
    noun = "1 word" if words == 1 else f"{words:,} words"
    name = f"{noun} of {document.name} ¶{desk.view.text.place_of(start) + 1}"
    desk.ask.find_like(None, (document.id, start, end), name, lambda *found: arrive(desk, *found))


def of_this_code(desk: Desk) -> None:
    """Look for passages like those of the code at the cursor of a page, else of the tree."""
    code = desk.study.by_id.get(desk.study.in_hand or 0) or desk.tree.highlighted
    if code is not None:
        desk.ask.find_like(code.id, (0, 0, 0), "", lambda *found: arrive(desk, *found))


def arrive(
    desk: Desk, document_id: int, start: int, end: int, words: Iterable[tuple[int, int]]
) -> None:
    """Open the document of a passage, with the words marked that tie it.

    Args:
        desk: where.
        document_id: the document.
        start: where the passage begins, in code points of the document.
        end: where it ends; half-open.
        words: (start, end) of each word, likewise.
    """
    desk.open_document(document_id, (start, end), words)
    desk.go_to_pane("text")


def _blocked(desk: Desk) -> str | None:
    return no_code_here(desk) if desk.pane == "tree" else no_text(desk)


ACTIONS = (
    Action("view.like", "more like this",
           "Lists passages whose words resemble the selection and that do not have its codes; in"
           " the tree, those like the passages of the code at the cursor. Plain counting, and"
           " nothing is coded by it.", ("w l",), ("text", "tree"), find, _blocked),
)  # fmt: skip
