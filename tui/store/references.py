"""Which rows refer to which, and which values may stand only once: read from row images.

Undo asks here whether a later act depends on what it is about to take back. Everything is read
from images, not from tables: an act that was made and unmade by its own coder has left nothing in
the tables, yet can be undone only while what it referred to is there.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Final

from tui.store.images import Row

Target = tuple[str, str]
"""A table and the key of one of its rows."""

REFERENCES: Final[dict[str, dict[str, str]]] = {
    "codings": {"document_id": "documents", "code_id": "codes"},
    "codes": {"parent_id": "codes"},
    "memos": {
        "document_id": "documents",
        "case_id": "cases",
        "code_id": "codes",
        "coding_id": "codings",
        "relation_id": "relations",
    },
    "relations": {"from_code_id": "codes", "to_code_id": "codes"},
    "case_spans": {"document_id": "documents", "case_id": "cases"},
    "attribute_values": {
        "document_id": "documents",
        "case_id": "cases",
        "attribute_id": "attributes",
    },
    "readings": {"passage_id": "passages"},
    "decisions": {"document_id": "documents", "code_id": "codes"},
}
"""Table → column → table it refers to. Coders are left out: they are never deleted."""

_ONCE: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "documents": (("name",),),
    "cases": (("name",),),
    "attributes": (("name",),),
    "codes": (("key",), ("letter",), ("slot",)),
    "searches": (("name",),),
    "case_spans": (("case_id", "document_id", "start", "end"),),
    "attribute_values": (("attribute_id", "document_id", "case_id"),),
}
"""Table → columns whose values no two rows share (names of codes aside: those are unique among
siblings only)."""

_FOLDED: Final = (("codes", "key"), ("searches", "name"))
"""What is compared letter case aside."""


def referrers_of(place: str) -> set[str]:
    """Return the tables whose rows refer to rows of a table."""
    found = {table for table, columns in REFERENCES.items() if place in columns.values()}
    if place == "documents":
        found.add("readings")
    if place == "cases":
        found.add("documents")
    return found


def references(place: str, row: Row) -> Iterator[Target]:
    """Yield the rows that a row image refers to."""
    for column, target in REFERENCES.get(place, {}).items():
        if row.get(column) is not None:
            yield target, str(row[column])
    if place == "documents":
        for case_id in str(row.get("_cases") or "").split():
            yield "cases", case_id


def unique_values(place: str, row: Row) -> Iterator[tuple[object, ...]]:
    """Yield what a row image holds that no other row may hold at the same time."""
    for columns in _ONCE.get(place, ()):
        values = [row.get(column) for column in columns]
        if any(value not in (None, "") for value in values) and set(columns) <= row.keys():
            yield (
                place,
                columns,
                *(
                    str(value).casefold() if (place, column) in _FOLDED else value
                    for column, value in zip(columns, values, strict=True)
                ),
            )


def passages_of(db: sqlite3.Connection, document_id: int) -> Iterator[Target]:
    """Yield the passages of a document as targets of references."""
    for (passage_id,) in db.execute(
        "SELECT id FROM passages WHERE document_id = ?", (document_id,)
    ):
        yield "passages", str(passage_id)


def has_passage(db: sqlite3.Connection, passage_id: int) -> bool:
    """Tell whether a passage is there."""
    row = db.execute("SELECT 1 FROM passages WHERE id = ?", (passage_id,)).fetchone()
    return row is not None
