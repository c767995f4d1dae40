"""Searching the project or the open document, and going from hit to hit."""

from __future__ import annotations

from collections.abc import Sequence

from tui.app.action import Action
from tui.app.actions.navigate import remember
from tui.app.actions.reasons import no_text
from tui.app.desk import Desk, FoundPlace
from tui.app.keybook import hint

Hit = tuple[int, int, int]
"""Document and span."""


def everywhere(desk: Desk) -> None:
    """Search all documents and memos."""
    desk.ask.search("", None, lambda found: arrive(desk, found))


def here(desk: Desk) -> None:
    """Search the open document."""
    document = desk.study.document
    desk.ask.search("", document.id if document else None, lambda found: arrive(desk, found))


def arrive(desk: Desk, found: FoundPlace) -> None:
    """Go to a hit; ``n`` and ``N`` go on from there."""
    marked = [(start, end) for start, end in found.hits]
    desk.open_document(found.document_id, (found.start, found.end), marked)
    remember(desk, lambda at, way: _next(at, found.document_id, marked, way), "hit")


def _next(desk: Desk, document_id: int, hits: Sequence[tuple[int, int]], direction: int) -> None:
    if desk.study.document is None or desk.study.document.id != document_id:
        desk.refuse(
            "The hits of the last search are in another document ·"
            f" {hint('search.project', 'searches again')}"
        )
        return
    start, end = desk.view.selected_span or (0, 0)
    if direction > 0:
        found = min((hit for hit in hits if hit[0] >= end), default=None)
    else:
        found = max((hit for hit in hits if hit[1] <= start), default=None)
    if found is None:
        side = "after" if direction > 0 else "before"
        desk.refuse(
            f"No hit {side} this one here ·"
            f" {hint('search.project', 'shows those of other documents')}"
        )
        return
    desk.view.select(found[0], found[0])


ACTIONS = (
    Action("search.project", "search everything",
           "Searches all documents and memos while you type.", ("s",), ("text", "tree"),
           everywhere, short="search"),
    Action("search.document", "search this document", "Searches the open document.", ("/", "T"),
           ("text",), here, no_text, "find"),
)  # fmt: skip
