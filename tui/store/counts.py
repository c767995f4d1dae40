"""Counts kept by the writer: for each code, document and coder, and totals of codes alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from tui.store.codings import marks_for


def count_cells(
    db: sqlite3.Connection, coder_ids: Sequence[int]
) -> list[tuple[int, int, int, int]]:
    """Return (code_id, document_id, segments, characters) summed over these coders.

    Characters are the lengths of the segments added up; overlaps count twice here.
    """
    return db.execute(
        "SELECT code_id, document_id, sum(segments), sum(chars) FROM code_counts"
        f" WHERE coder_id IN ({marks_for(coder_ids)}) GROUP BY code_id, document_id",
        tuple(coder_ids),
    ).fetchall()


def cells_by_coder(
    db: sqlite3.Connection, coder_ids: Sequence[int]
) -> list[tuple[int, int, int, int]]:
    """Return (code_id, document_id, coder_id, segments) of these coders."""
    return db.execute(
        "SELECT code_id, document_id, coder_id, segments FROM code_counts"
        f" WHERE coder_id IN ({marks_for(coder_ids)})",
        tuple(coder_ids),
    ).fetchall()


def code_totals(db: sqlite3.Connection, coder_ids: Sequence[int]) -> dict[int, int]:
    """Return the number of codings of each used code by these coders.

    Reads one row for each code and coder, however many codings and documents there are.
    """
    return dict(
        db.execute(
            "SELECT code_id, sum(segments) FROM code_totals"
            f" WHERE coder_id IN ({marks_for(coder_ids)}) GROUP BY code_id",
            tuple(coder_ids),
        ).fetchall()
    )


def total_segments(db: sqlite3.Connection, coder_ids: Sequence[int]) -> int:
    """Return the number of codings by these coders."""
    row = db.execute(
        "SELECT coalesce(sum(segments), 0) FROM code_totals"
        f" WHERE coder_id IN ({marks_for(coder_ids)})",
        tuple(coder_ids),
    ).fetchone()
    return int(row[0])


def cells_of(
    db: sqlite3.Connection,
    coder_ids: Sequence[int],
    code_ids: Sequence[int],
    document_ids: Sequence[int],
) -> list[tuple[int, int, int]]:
    """Return (code_id, document_id, segments) of these codes in these documents.

    Costs one look for each code, document and coder, whatever else is in the project.
    """
    return db.execute(
        "SELECT code_id, document_id, sum(segments) FROM code_counts"
        f" WHERE code_id IN ({marks_for(code_ids)}) AND document_id IN ({marks_for(document_ids)})"
        f" AND coder_id IN ({marks_for(coder_ids)}) GROUP BY code_id, document_id",
        (*code_ids, *document_ids, *coder_ids),
    ).fetchall()


def codes_in(
    db: sqlite3.Connection,
    coder_ids: Sequence[int],
    code_ids: Sequence[int],
    document_ids: Sequence[int],
) -> list[tuple[int, int]]:
    """Return (code_id, segments) of these codes in these documents taken together."""
    return db.execute(
        "SELECT code_id, sum(segments) FROM code_counts"
        f" WHERE code_id IN ({marks_for(code_ids)}) AND document_id IN ({marks_for(document_ids)})"
        f" AND coder_id IN ({marks_for(coder_ids)}) GROUP BY code_id",
        (*code_ids, *document_ids, *coder_ids),
    ).fetchall()


def coded_documents(db: sqlite3.Connection, coder_ids: Sequence[int]) -> set[int]:
    """Return the ids of the documents that hold a coding by these coders."""
    return {
        row[0]
        for row in db.execute(
            "SELECT DISTINCT document_id FROM code_counts"
            f" WHERE coder_id IN ({marks_for(coder_ids)})",
            tuple(coder_ids),
        )
    }


def documents_of_codes(db: sqlite3.Connection, coder_ids: Sequence[int]) -> dict[int, int]:
    """Return in how many documents each code stands, codings by these coders only."""
    return dict(
        db.execute(
            "SELECT code_id, count(DISTINCT document_id) FROM code_counts"
            f" WHERE coder_id IN ({marks_for(coder_ids)}) GROUP BY code_id",
            tuple(coder_ids),
        ).fetchall()
    )
