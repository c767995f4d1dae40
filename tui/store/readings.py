"""Reading states: what each coder has read or set aside; no row means unread."""

from __future__ import annotations

import sqlite3
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from tui.store.codings import marks_for
from tui.store.documents import documents_from

GoOn = Callable[[int], bool]
"""Takes how many documents were looked into, and tells whether to look into one more."""


class StillLooking(Exception):
    """There are more documents to look into, and nobody wants to wait for that."""


def _always(done: int) -> bool:
    """Go on to the end."""
    return True


def reading_states(db: sqlite3.Connection, coder_id: int, passage_ids: range) -> dict[int, str]:
    """Return ``read`` or ``aside`` of passages, by id; see ``documents.passage_ids``."""
    return dict(
        db.execute(
            "SELECT passage_id, state FROM readings"
            " WHERE coder_id = ? AND passage_id >= ? AND passage_id < ?",
            (coder_id, passage_ids.start, passage_ids.stop),
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


def find_unread(
    db: sqlite3.Connection,
    coder_id: int,
    position: int,
    document_id: int,
    start: int,
    direction: int = 1,
    go_on: GoOn = _always,
) -> tuple[int, int, int] | None:
    """Return (document_id, start, end) of the nearest unread passage beyond a place, or None.

    Headings and empty passages are nothing to read.

    Args:
        coder_id: who reads.
        position: the place of the document in the list.
        document_id: the document.
        start: offset in it; passages that start later count (earlier ones, looking back), then
            those of later (earlier) documents.
        direction: 1 looks on, -1 back.
        go_on: asked before each document but the first.

    Raises:
        StillLooking: ``go_on`` said no.
    """
    sign, order = (">", "ASC") if direction > 0 else ("<", "DESC")
    for each in _on_the_way(documents_from(db, position, document_id, direction), go_on):
        beyond = start if each == document_id else None
        # Whether it is a heading stands in the row itself; the rest is answered by indexes alone.
        rows = db.execute(
            "SELECT start, end, id FROM passages"
            f" WHERE document_id = ?1 AND (?2 IS NULL OR start {sign} ?2)"
            " AND end > start AND NOT EXISTS"
            " (SELECT 1 FROM readings WHERE coder_id = ?3 AND passage_id = passages.id)"
            f" ORDER BY start {order}, end {order}",
            (each, beyond, coder_id),
        )
        for low, high, passage_id in rows:
            if not _is_heading(db, passage_id):
                return each, low, high
    return None


def find_uncoded(
    db: sqlite3.Connection,
    coder_ids: Sequence[int],
    position: int,
    document_id: int,
    start: int,
    direction: int = 1,
    go_on: GoOn = _always,
) -> tuple[int, int, int] | None:
    """Return (document_id, start, end) of the nearest passage without a coding, or None.

    Costs what the codings of the documents on the way cost to read, once each.

    Args:
        coder_ids: whose codings count.
        position: the place of the document in the list.
        document_id: the document.
        start: offset in it; see ``find_unread``.
        direction: 1 looks on, -1 back.
        go_on: asked before each document but the first.

    Raises:
        StillLooking: ``go_on`` said no.
    """
    for each in _on_the_way(documents_from(db, position, document_id, direction), go_on):
        beyond = start if each == document_id else None
        starts, reach = _coverage(db, coder_ids, each)
        while (found := _first_passage(db, each, beyond, direction)) is not None:
            low, high, is_heading = found
            before = bisect_left(starts, high)
            if before == 0 or reach[before - 1] <= low:
                if not is_heading:
                    return each, low, high
                beyond = low
            elif direction > 0:
                # One coding goes from before this passage to there: nothing between is uncoded.
                beyond = max(low, reach[before - 1] - 1)
            else:
                beyond = min(low, starts[bisect_right(reach, low)])
    return None


def _on_the_way(documents: Sequence[int], go_on: GoOn) -> Iterator[int]:
    """Yield documents as long as somebody waits for what is found in them."""
    for done, each in enumerate(documents):
        if done and not go_on(done):
            raise StillLooking
        yield each


def _first_passage(
    db: sqlite3.Connection, document_id: int, beyond: int | None, direction: int
) -> tuple[int, int, bool] | None:
    """Return start and end of the first passage beyond an offset, and whether it is a heading."""
    sign, order = (">", "ASC") if direction > 0 else ("<", "DESC")
    if beyond is None:
        beyond = -1 if direction > 0 else 2**62
    return db.execute(  # type: ignore[no-any-return]
        "SELECT start, end, kind = 'heading' FROM passages"
        f" WHERE document_id = ? AND start {sign} ? AND end > start"
        f" ORDER BY start {order}, end {order} LIMIT 1",
        (document_id, beyond),
    ).fetchone()


def _coverage(
    db: sqlite3.Connection, coder_ids: Sequence[int], document_id: int
) -> tuple[list[int], list[int]]:
    """Return where the codings of a document start, and how far they and those before reach."""
    spans = db.execute(
        "SELECT start, end FROM codings WHERE document_id = ?"
        f" AND coder_id IN ({marks_for(coder_ids)}) ORDER BY start",
        (document_id, *coder_ids),
    ).fetchall()
    return [span[0] for span in spans], list(accumulate((span[1] for span in spans), max))


def _is_heading(db: sqlite3.Connection, passage_id: int) -> bool:
    row = db.execute("SELECT kind FROM passages WHERE id = ?", (passage_id,)).fetchone()
    return bool(row[0] == "heading")
