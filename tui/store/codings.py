"""Codings, read for the text pane, for lists and for the measures."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from tui.model.coding import Coding

_CODING = "id, document_id, start, end, code_id, coder_id, important, revision, created_at, quote"

_AT_ONCE = 500

SpanRow = tuple[int, int, int, int, int]
"""start, end, code_id, coder_id, id: all that the text pane needs of a coding."""


def marks_for(values: Sequence[object]) -> str:
    """Return ``?, ?, ?`` for so many values."""
    return ", ".join("?" * len(values))


def spans_of_document(
    db: sqlite3.Connection, document_id: int, coder_ids: Sequence[int]
) -> list[SpanRow]:
    """Return the coded spans of a document by these coders, ordered by start, then end.

    Read from the covering index alone, so the cost depends on this document only.
    """
    return db.execute(
        "SELECT start, end, code_id, coder_id, id FROM codings WHERE document_id = ?"
        f" AND coder_id IN ({marks_for(coder_ids)}) ORDER BY start, end",
        (document_id, *coder_ids),
    ).fetchall()


def read_coding(db: sqlite3.Connection, coding_id: int) -> Coding | None:
    """Return one coding by id, or None."""
    row = db.execute(f"SELECT {_CODING} FROM codings WHERE id = ?", (coding_id,)).fetchone()
    return _coding(row) if row else None


def read_codings(db: sqlite3.Connection, coding_ids: Sequence[int]) -> dict[int, Coding]:
    """Return some codings by id, with one statement for every few hundred; missing ones left out.

    Args:
        coding_ids: which.
    """
    found: dict[int, Coding] = {}
    for at in range(0, len(coding_ids), _AT_ONCE):
        wanted = tuple(coding_ids[at : at + _AT_ONCE])
        rows = db.execute(
            f"SELECT {_CODING} FROM codings WHERE id IN ({marks_for(wanted)})", wanted
        )
        found.update((row[0], _coding(row)) for row in rows)
    return found


def find_identical(
    db: sqlite3.Connection, document_id: int, start: int, end: int, code_id: int, coder_id: int
) -> int | None:
    """Return the id of the coding with exactly these five properties, or None."""
    row = db.execute(
        "SELECT id FROM codings WHERE document_id = ? AND start = ? AND end = ?"
        " AND code_id = ? AND coder_id = ?",
        (document_id, start, end, code_id, coder_id),
    ).fetchone()
    return row[0] if row else None


def spans_with_code(
    db: sqlite3.Connection, code_id: int, coder_id: int
) -> set[tuple[int, int, int]]:
    """Return (document_id, start, end) of every coding of a coder with a code."""
    return set(
        db.execute(
            "SELECT document_id, start, end FROM codings WHERE code_id = ? AND coder_id = ?",
            (code_id, coder_id),
        )
    )


def list_codings(
    db: sqlite3.Connection,
    *,
    coder_ids: Sequence[int],
    document_ids: Sequence[int] | None = None,
    code_ids: Sequence[int] | None = None,
    limit: int | None = None,
) -> list[Coding]:
    """Return codings in document order.

    Args:
        coder_ids: whose.
        document_ids: only in these documents; None for all.
        code_ids: only with these codes; None for all.
        limit: at most so many.
    """
    where = [f"codings.coder_id IN ({marks_for(coder_ids)})"]
    values: list[int] = list(coder_ids)
    for column, wanted in (("document_id", document_ids), ("code_id", code_ids)):
        if wanted is not None:
            where.append(f"codings.{column} IN ({marks_for(wanted)})")
            values.extend(wanted)
    columns = ", ".join(f"codings.{name.strip()}" for name in _CODING.split(","))
    return [
        _coding(row)
        for row in db.execute(
            f"SELECT {columns} FROM codings JOIN documents ON documents.id = document_id"
            f" WHERE {' AND '.join(where)}"
            " ORDER BY documents.position, documents.id, codings.start, codings.end, codings.id"
            " LIMIT ?",
            (*values, -1 if limit is None else limit),
        )
    ]


def uses_of_code(db: sqlite3.Connection, code_id: int) -> dict[int, int]:
    """Return how many codings each coder has with a code, by coder id."""
    return dict(
        db.execute(
            "SELECT coder_id, segments FROM code_totals WHERE code_id = ?",
            (code_id,),
        ).fetchall()
    )


def coding_ids_of_code(db: sqlite3.Connection, code_id: int) -> list[int]:
    """Return the ids of all codings with a code, by every coder."""
    return [row[0] for row in db.execute("SELECT id FROM codings WHERE code_id = ?", (code_id,))]


def recent_code_ids(db: sqlite3.Connection, coder_id: int, limit: int = 20) -> list[int]:
    """Return the codes that a coder used last, newest first, each once."""
    seen: dict[int, None] = {}
    for (code_id,) in db.execute(
        "SELECT code_id FROM codings WHERE coder_id = ? ORDER BY id DESC LIMIT 500", (coder_id,)
    ):
        seen.setdefault(code_id)
        if len(seen) == limit:
            break
    return list(seen)


def _coding(row: tuple[int, int, int, int, int, int, int, int, str, str]) -> Coding:
    return Coding(*row[:6], bool(row[6]), *row[7:])
