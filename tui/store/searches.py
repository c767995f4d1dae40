"""Saved searches, read; light, because a query from the shell may name one."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from _sqlite3 import Connection

SavedRow = tuple[int, str, str, str, str]
"""Id, name, query, the coder who saved it, when."""


def list_searches(db: Connection) -> list[SavedRow]:
    """Return all saved searches in order of their names."""
    return db.execute(
        "SELECT searches.id, searches.name, query, coders.name, searches.created_at"
        " FROM searches JOIN coders ON coders.id = coder_id"
        " ORDER BY searches.name COLLATE NOCASE, searches.id"
    ).fetchall()


def find_search(db: Connection, name: str) -> SavedRow | None:
    """Return the saved search of this name, letter case aside, or None."""
    folded = name.casefold()
    return next((row for row in list_searches(db) if row[1].casefold() == folded), None)
