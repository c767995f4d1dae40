"""Sentences to which coders gave different codes, among those that both have read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from tui.store.codings import marks_for
from tui.store.documents import documents_from
from tui.store.jumps import Place
from tui.text.cut import read_cut

_Span = tuple[int, int, int, int]
"""Start, end, code, coder."""


class Disagreement(NamedTuple):
    """A sentence that coders coded differently."""

    place: Place
    codes: Mapping[int, frozenset[int]]
    """Coder to the codes that they gave there; only coders who have read it."""


def find_disagreement(
    db: sqlite3.Connection,
    coder_ids: Sequence[int],
    hidden_code_ids: Sequence[int],
    position: int,
    here: Place,
    direction: int,
) -> Disagreement | None:
    """Return the nearest sentence beyond a place that two of the coders coded differently.

    Args:
        coder_ids: who is compared; a coder counts where they have read the passage.
        hidden_code_ids: codes that do not count.
        position: the place of the document in the list.
        here: sentences that start after (before) its start count.
        direction: 1 looks on, -1 back.
    """
    for each in documents_from(db, position, here.document_id, direction):
        if not _may_differ(db, coder_ids, hidden_code_ids, each):
            continue
        within = each == here.document_id
        since = here.start if within and direction > 0 else -1
        found = _in_document(db, coder_ids, hidden_code_ids, each, since)
        if direction > 0:
            for one in found:
                if not within or one.place.start > here.start:
                    return one
            continue
        last: Disagreement | None = None
        for one in found:
            if within and one.place.start >= here.start:
                break
            last = one
        if last is not None:
            return last
    return None


def _which(coder_ids: Sequence[int], hidden: Sequence[int]) -> str:
    return (
        f"document_id = ? AND coder_id IN ({marks_for(coder_ids)})"
        f" AND code_id NOT IN ({marks_for(hidden)})"
    )


def _may_differ(
    db: sqlite3.Connection, coder_ids: Sequence[int], hidden: Sequence[int], document_id: int
) -> bool:
    """Tell whether any coding lacks its exact twin by another coder: most documents end here."""
    row = db.execute(
        f"SELECT 1 FROM codings WHERE {_which(coder_ids, hidden)}"
        " GROUP BY start, end, code_id HAVING count(*) < ? LIMIT 1",
        (document_id, *coder_ids, *hidden, len(coder_ids)),
    ).fetchone()
    return row is not None


def _in_document(
    db: sqlite3.Connection,
    coder_ids: Sequence[int],
    hidden: Sequence[int],
    document_id: int,
    since: int,
) -> Iterator[Disagreement]:
    """Yield the sentences of a document that are coded differently, in order.

    Passages that end before ``since`` are not looked at.
    """
    spans: list[_Span] = db.execute(
        "SELECT start, end, code_id, coder_id FROM codings"
        f" WHERE {_which(coder_ids, hidden)} ORDER BY start, end",
        (document_id, *coder_ids, *hidden),
    ).fetchall()
    coming = 0
    running: list[_Span] = []
    for passage_id, start, end, cut in _read_by_two(db, coder_ids, document_id, spans, since):
        while coming < len(spans) and spans[coming][0] < end:
            running.append(spans[coming])
            coming += 1
        running = [span for span in running if span[1] > start]
        if not running:
            continue
        readers = _readers(db, coder_ids, passage_id)
        sentences = read_cut(cut).sentences or ((0, end - start),)
        for low, high in sentences:
            first, after = start + low, start + high
            given = {
                reader: frozenset(
                    span[2]
                    for span in running
                    if span[3] == reader and span[0] < after and span[1] > first
                )
                for reader in readers
            }
            if len(set(given.values())) > 1:
                yield Disagreement(Place(document_id, first, after), given)


def _read_by_two(
    db: sqlite3.Connection,
    coder_ids: Sequence[int],
    document_id: int,
    spans: Sequence[_Span],
    since: int,
) -> Iterator[tuple[int, int, int, bytes]]:
    """Yield the passages under the spans that two of the coders have read, in order."""
    done = -1
    for low, high in _merged(spans):
        if high <= since:
            continue
        rows = db.execute(
            "SELECT id, start, end, cut FROM passages WHERE document_id = ?1 AND start >= coalesce("
            "(SELECT max(start) FROM passages WHERE document_id = ?1 AND start <= ?2), 0)"
            " AND start < ?3 AND end > ?2 AND end > start AND start > ?4 ORDER BY start",
            (document_id, max(low, since), high, done),
        )
        for row in rows:
            done = row[1]
            if len(_readers(db, coder_ids, row[0])) > 1:
                yield row


def _merged(spans: Sequence[_Span]) -> Iterator[tuple[int, int]]:
    """Yield what the spans cover, in order, those that touch as one."""
    low, high = -1, -1
    for start, end, _, _ in spans:
        if start > high:
            if high > low:
                yield low, high
            low, high = start, end
        else:
            high = max(high, end)
    if high > low:
        yield low, high


def _readers(db: sqlite3.Connection, coder_ids: Sequence[int], passage_id: int) -> list[int]:
    return [
        row[0]
        for row in db.execute(
            "SELECT coder_id FROM readings WHERE passage_id = ? AND state = 'read'"
            f" AND coder_id IN ({marks_for(coder_ids)}) ORDER BY coder_id",
            (passage_id, *coder_ids),
        )
    ]
