"""Searching the project or the open document, and going from hit to hit."""

from __future__ import annotations

from typing import Final

from tui.app.action import Action
from tui.app.actions.hits import HitWalk
from tui.app.actions.in_vivo import name_from
from tui.app.actions.navigate import remember
from tui.app.actions.reasons import no_text
from tui.app.desk import Desk, FoundPlace
from tui.app.document.describe import count_words
from tui.app.keybook import hint
from tui.model.document import Document

_MOST_WORDS: Final = 6


def everywhere(desk: Desk) -> None:
    """Search all documents and memos."""
    desk.ask.search("", None, lambda found: arrive(desk, found))


def here(desk: Desk) -> None:
    """Search the open document."""
    document = desk.study.document
    if document is not None:
        desk.ask.search("", document.id, lambda found: arrive(desk, found, document))


def selected(desk: Desk) -> None:
    """Search everything for the selected words."""
    span = desk.view.selected_span
    if span is None:
        desk.refuse("Nothing is selected")
        return
    start, end = span
    words = count_words(desk.view.text, start, end)
    if words > _MOST_WORDS:
        way = hint("text.word_next", "selects a word")
        desk.refuse(f"{words:,} words are too many to search for, {_MOST_WORDS} are most · {way}")
        return
    query = name_from(desk.view.text.slice(start, end))
    if query:
        desk.ask.search(query, None, lambda found: arrive(desk, found))
    else:
        desk.refuse("No word is selected")


def saved(desk: Desk) -> None:
    """Show the saved searches, and search for the one that is chosen."""
    desk.ask.saved_searches(
        lambda query: desk.ask.search(query, None, lambda found: arrive(desk, found))
    )


def _none_saved(desk: Desk) -> str | None:
    from tui.store.searches import list_searches  # noqa: PLC0415 (only this key needs it)

    if list_searches(desk.project.db):
        return None
    return f"No search was saved yet · {hint('search_page.save', 'in the search saves one')}"


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
    Action("search.selection", "search selected words",
           "Searches everything for the selected words, six at most.", ("*",), ("text",), selected,
           no_text),
    Action("search.saved", "saved searches…",
           "Lists the saved searches; Enter searches for one, F2 renames it, F8 deletes it.", (),
           ("text", "tree"), saved, _none_saved),
)  # fmt: skip
