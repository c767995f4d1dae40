"""Which tables refer to which: for saying what stands in the way of an undo."""

from __future__ import annotations

import sqlite3
from typing import Final

from tui.store.images import KEYS

REFERENCES: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "codes": (
        ("codings", "code_id"),
        ("codes", "parent_id"),
        ("memos", "code_id"),
        ("relations", "from_code_id"),
        ("relations", "to_code_id"),
    ),
    "codings": (("memos", "coding_id"),),
    "documents": (
        ("codings", "document_id"),
        ("memos", "document_id"),
        ("case_spans", "document_id"),
        ("attribute_values", "document_id"),
    ),
    "cases": (
        ("case_spans", "case_id"),
        ("memos", "case_id"),
        ("attribute_values", "case_id"),
    ),
    "attributes": (("attribute_values", "attribute_id"),),
    "relations": (("memos", "relation_id"),),
}
"""Table → (referring table, column)."""


def referring_rows(db: sqlite3.Connection, place: str, row_key: str) -> list[tuple[str, str]]:
    """Return (table, row key) of rows that refer to a row, one per table at the most."""
    found: list[tuple[str, str]] = []
    for table, column in REFERENCES.get(place, ()):
        row = db.execute(
            f"SELECT id FROM {table} WHERE {column} = ? ORDER BY id DESC LIMIT 1", (int(row_key),)
        ).fetchone()
        if row:
            found.append((table, str(row[0])))
    if place == "documents":
        row = db.execute(
            "SELECT coder_id, passage_id FROM readings WHERE passage_id IN"
            " (SELECT id FROM passages WHERE document_id = ?) LIMIT 1",
            (int(row_key),),
        ).fetchone()
        if row:
            found.append(("readings", f"{row[0]}/{row[1]}"))
    if place == "cases":
        row = db.execute(
            "SELECT document_id FROM passages WHERE case_id = ? LIMIT 1", (int(row_key),)
        ).fetchone()
        if row:
            found.append(("documents", str(row[0])))
    assert all(table in KEYS for table, _ in found)
    return found
