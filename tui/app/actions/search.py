"""Searching the project or the open document, and going from hit to hit."""

from __future__ import annotations

from tui.app.action import Action
from tui.app.actions.hits import HitWalk
from tui.app.actions.navigate import remember
from tui.app.actions.reasons import no_text
from tui.app.desk import Desk, FoundPlace
from tui.model.document import Document


def everywhere(desk: Desk) -> None:
    """Search all documents and memos."""
    desk.ask.search("", None, lambda found: arrive(desk, found))


def here(desk: Desk) -> None:
    """Search the open document."""
    document = desk.study.document
    if document is not None:
        desk.ask.search("", document.id, lambda found: arrive(desk, found, document))


def arrive(desk: Desk, found: FoundPlace, only: Document | None = None) -> None:
    """Go to a hit; the keys that repeat a go lead on from there, ``only`` in one document."""
    marked = list(found.hits)
    desk.open_document(found.document_id, (found.start, found.end), marked)
    walk = HitWalk(found, only)
    remember(desk, walk.go, "hit")


ACTIONS = (
    Action("search.project", "search everything",
           "Searches all documents and memos while you type.", ("s",), ("text", "tree"),
           everywhere, short="search"),
    Action("search.document", "search this document", "Searches the open document.", ("/", "T"),
           ("text",), here, no_text, "find"),
)  # fmt: skip
