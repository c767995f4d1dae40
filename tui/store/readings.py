"""Reading states: what each coder has read or set aside; no row means unread."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from tui.store.codings import marks_for


def reading_states(db: sqlite3.Connection, coder_id: int, document_id: int) -> dict[int, str]:
    """Return ``read`` or ``aside`` of the passages of a document, by passage id."""
    return dict(
        db.execute(
            "SELECT passage_id, state FROM readings JOIN passages ON passages.id = passage_id"
            " WHERE coder_id = ? AND document_id = ?",
            (coder_id, document_id),
        ).fetchall()
    )


def reading_state(db: sqlite3.Connection, coder_id: int, passage_id: int) -> str:
    """Return ``read``, ``aside`` or ``unread``."""
    row = db.execute(
        "SELECT state FROM readings WHERE coder_id = ? AND passage_id = ?", (coder_id, passage_id)
    ).fetchone()
    return row[0] if row else "unread"


def readings_of_document(db: sqlite3.Connection, document_id: int) -> list[tuple[int, int]]:
    """Return (coder_id, passage_id) of every reading state in a document."""
    return db.execute(
        "SELECT coder_id, passage_id FROM readings JOIN passages ON passages.id = passage_id"
        " WHERE document_id = ? ORDER BY coder_id, passage_id",
        (document_id,),
    ).fetchall()


def next_unread(
    db: sqlite3.Connection, coder_id: int, position: int, document_id: int, start: int
) -> tuple[int, int, int] | None:
    """Return (document_id, start, end) of the first unread passage after a place, or None.

    Args:
        position: the place of the document in the list.
        document_id: the document.
        start: offset in it; passages that start later count, then those of later documents.
    """
    row = db.execute(
        "SELECT passages.document_id, passages.start, passages.end FROM passages"
        " JOIN documents ON documents.id = passages.document_id"
        " WHERE (documents.position, documents.id, passages.start) > (?, ?, ?)"
        " AND passages.kind <> 'heading' AND NOT EXISTS (SELECT 1 FROM readings"
        " WHERE coder_id = ? AND passage_id = passages.id)"
        " ORDER BY documents.position, documents.id, passages.start LIMIT 1",
        (position, document_id, start, coder_id),
    ).fetchone()
    return (row[0], row[1], row[2]) if row else None


def next_uncoded(
    db: sqlite3.Connection, coder_ids: Sequence[int], position: int, document_id: int, start: int
) -> tuple[int, int, int] | None:
    """Return (document_id, start, end) of the first passage without a coding after a place.

    Args:
        coder_ids: whose codings count.
        position: the place of the document in the list.
        document_id: the document.
        start: offset in it.
    """
    row = db.execute(
        "SELECT passages.document_id, passages.start, passages.end FROM passages"
        " JOIN documents ON documents.id = passages.document_id"
        " WHERE (documents.position, documents.id, passages.start) > (?, ?, ?)"
        " AND passages.kind <> 'heading' AND passages.end > passages.start"
        " AND NOT EXISTS (SELECT 1 FROM codings WHERE codings.document_id = passages.document_id"
        " AND codings.start < passages.end AND codings.end > passages.start"
        f" AND coder_id IN ({marks_for(coder_ids)}))"
        " ORDER BY documents.position, documents.id, passages.start LIMIT 1",
        (position, document_id, start, *coder_ids),
    ).fetchone()
    return (row[0], row[1], row[2]) if row else None
