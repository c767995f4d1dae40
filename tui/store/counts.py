"""Counts kept by the writer: one row for each code, document and coder."""

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


def total_segments(db: sqlite3.Connection, coder_ids: Sequence[int]) -> int:
    """Return the number of codings by these coders."""
    row = db.execute(
        "SELECT coalesce(sum(segments), 0) FROM code_counts"
        f" WHERE coder_id IN ({marks_for(coder_ids)})",
        tuple(coder_ids),
    ).fetchone()
    return int(row[0])
