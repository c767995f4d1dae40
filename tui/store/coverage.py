"""How much of each document is coded: its passages held against the codings of some coders."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from tui.store.codings import marks_for


def uncoded_passages(
    db: sqlite3.Connection, coder_ids: Sequence[int]
) -> dict[int, tuple[int, int]]:
    """Return (passages without a coding, passages) of every document, by id.

    Headings and empty passages do not count. Two queries, whatever the number of documents, each
    in the order of an index: one pass over both finds what is covered.

    Args:
        db: a reader.
        coder_ids: whose codings count.
    """
    spans = db.execute(
        "SELECT document_id, start, end FROM codings"
        f" WHERE coder_id IN ({marks_for(coder_ids)}) ORDER BY document_id, start, end",
        tuple(coder_ids),
    )
    ahead = next(spans, None)
    found: dict[int, tuple[int, int]] = {}
    document_id = uncoded = total = covered = 0
    for place, start, end in db.execute(
        "SELECT document_id, start, end FROM passages WHERE kind <> 'heading' AND end > start"
        " ORDER BY document_id, start"
    ):
        if place != document_id:
            if total:
                found[document_id] = (uncoded, total)
            document_id, uncoded, total, covered = place, 0, 0, 0
        # ``covered`` is as far as any coding reaches that begins before this passage ends.
        while ahead is not None and (ahead[0], ahead[1]) < (place, end):
            if ahead[0] == place and ahead[2] > covered:
                covered = ahead[2]
            ahead = next(spans, None)
        total += 1
        uncoded += covered <= start
    if total:
        found[document_id] = (uncoded, total)
    return found
