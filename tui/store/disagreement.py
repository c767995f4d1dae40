"""Sentences to which coders gave different codes, among those that both have read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from tui.store.codings import marks_for
from tui.store.documents import documents_from, passage_ids
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
        within = each == here.document_id
        if direction > 0:
            since, until = (here.start if within else -1), 2**62
        else:
            since, until = -1, (here.start if within else 2**62)
        last: Disagreement | None = None
        for one in _in_document(db, coder_ids, hidden_code_ids, each, since):
            if one.place.start >= until:
                break
            if one.place.start > since:
                if direction > 0:
                    return one
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

    Those that end before ``since`` may be left out.
    """
    readers = _readers_of(db, coder_ids, document_id)
    if len(readers) < 2 or not _may_differ(db, readers, hidden, document_id):
        return
    spans: list[_Span] = db.execute(
        "SELECT start, end, code_id, coder_id FROM codings"
        f" WHERE {_which(readers, hidden)} AND end > ? ORDER BY start, end",
        (document_id, *readers, *hidden, since),
    ).fetchall()
    coming = 0
    running: list[_Span] = []
    regions = _where_not_all(spans, len(readers))
    for passage_id, start, end, cut in _passages_under(db, document_id, regions, since):
        while coming < len(spans) and spans[coming][0] < end:
            running.append(spans[coming])
            coming += 1
        running = [span for span in running if span[1] > start]
        have_read = _have_read(db, readers, passage_id)
        if len(have_read) < 2:
            continue
        for low, high in read_cut(cut).sentences or ((0, end - start),):
            first, after = start + low, start + high
            there = [span for span in running if span[0] < after and span[1] > first]
            given = {
                reader: frozenset(span[2] for span in there if span[3] == reader)
                for reader in have_read
            }
            if len(set(given.values())) > 1:
                yield Disagreement(Place(document_id, first, after), given)


def _where_not_all(spans: Sequence[_Span], coders: int) -> list[tuple[int, int]]:
    """Return the stretches where a code was given by some of the coders and not by all, in order.

    A sentence that was coded differently shares text with one of them; most text does not.
    """
    edges: dict[int, list[tuple[int, int]]] = {}
    reached: dict[tuple[int, int], tuple[int, int]] = {}

    def close(code_id: int, low: int, high: int) -> None:
        edges.setdefault(code_id, []).extend(((low, 1), (high, -1)))

    for start, end, code_id, coder_id in spans:
        low, high = reached.get((code_id, coder_id), (start, start))
        if start > high:
            close(code_id, low, high)
            low, high = start, end
        reached[code_id, coder_id] = low, max(high, end)
    for (code_id, _), (low, high) in reached.items():
        close(code_id, low, high)
    found: list[tuple[int, int]] = []
    for each in edges.values():
        covering, since = 0, 0
        for at, step in sorted(each):
            if 0 < covering < coders and at > since:
                found.append((since, at))
            covering += step
            since = at
    return _merged(sorted(found))


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return what sorted spans cover, those that touch as one."""
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _passages_under(
    db: sqlite3.Connection, document_id: int, regions: Sequence[tuple[int, int]], since: int
) -> Iterator[tuple[int, int, int, bytes]]:
    """Yield id, start, end and cut of the passages that share text with a region, in order."""
    done = -1
    for low, high in regions:
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
            yield row


def _readers_of(db: sqlite3.Connection, coder_ids: Sequence[int], document_id: int) -> list[int]:
    """Return who of the coders has read anything of a document."""
    ids = passage_ids(db, document_id)
    return [
        coder_id
        for coder_id in coder_ids
        if db.execute(
            "SELECT 1 FROM readings WHERE coder_id = ? AND passage_id >= ? AND passage_id < ?"
            " LIMIT 1",
            (coder_id, ids.start, ids.stop),
        ).fetchone()
    ]


def _have_read(db: sqlite3.Connection, coder_ids: Sequence[int], passage_id: int) -> list[int]:
    return [
        row[0]
        for row in db.execute(
            "SELECT coder_id FROM readings WHERE passage_id = ? AND state = 'read'"
            f" AND coder_id IN ({marks_for(coder_ids)}) ORDER BY coder_id",
            (passage_id, *coder_ids),
        )
    ]
