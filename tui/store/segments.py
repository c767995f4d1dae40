"""Segments of codes as a long list: counted from the counts, read a page at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tui.store.codings import marks_for

_QUOTE_MOST = 600
"""Code points of a quote that a list needs."""
_AT_ONCE = 500


class Segment(NamedTuple):
    """One coding as a list shows it."""

    id: int
    document_id: int
    start: int
    end: int
    code_id: int
    coder_id: int
    important: int
    created_at: str
    quote: str
    """Its first code points; lists show no more of it."""
    number: int
    """The passage in which it begins, from 1."""
    memo: int
    """Whether it has a memo by one of the coders that are shown."""

    @property
    def key(self) -> tuple[int, int, int]:
        """Its place in its document: start, end, id."""
        return self.start, self.end, self.id


class Wanted(NamedTuple):
    """Which segments are meant: all sets must hold."""

    code_ids: tuple[int, ...]
    coder_ids: tuple[int, ...]
    document_ids: frozenset[int] | None = None
    """Only in these documents; None for all."""


class Part(NamedTuple):
    """So many neighbours in one document: those after a place, before one, or by number."""

    document_id: int
    first: int
    """Number of the first of them among the segments of the document, from 0."""
    rows: int
    total: int
    """How many segments the document has."""
    after: tuple[int, int, int] | None = None
    """The key of the segment before the first of them, when it is known."""
    before: tuple[int, int, int] | None = None
    """The key of the segment after the last of them, when it is known."""


def count_by_document(db: sqlite3.Connection, wanted: Wanted) -> list[tuple[int, int]]:
    """Return (document id, segments) of each document that has any, in their order.

    Reads the counts alone: it costs as much for ten segments as for a million.
    """
    found = db.execute(
        "SELECT document_id, sum(segments) FROM code_counts"
        " JOIN documents ON documents.id = document_id"
        f" WHERE code_id IN ({marks_for(wanted.code_ids)})"
        f" AND coder_id IN ({marks_for(wanted.coder_ids)})"
        " GROUP BY document_id ORDER BY documents.position, document_id",
        (*wanted.code_ids, *wanted.coder_ids),
    ).fetchall()
    kept = wanted.document_ids
    return found if kept is None else [row for row in found if row[0] in kept]


def read_parts(db: sqlite3.Connection, wanted: Wanted, parts: Sequence[Part]) -> list[Segment]:
    """Return the segments of some stretches of the list, in its order, with one statement."""
    if not parts:
        return []
    pieces, values = [], []
    for part in parts:
        piece, some = _piece(wanted, part)
        pieces.append(f"SELECT id FROM ({piece})")
        values += some
    rows = _read(db, wanted.coder_ids, " UNION ALL ".join(pieces), values)
    order = {part.document_id: at for at, part in enumerate(parts)}
    return sorted(rows, key=lambda row: (order[row.document_id], *row.key))


def read_segments(
    db: sqlite3.Connection, coder_ids: Sequence[int], ids: Sequence[int]
) -> list[Segment]:
    """Return segments by id, in the order of ``ids``; those that are gone are left out.

    Args:
        db: a reader.
        coder_ids: whose memos count.
        ids: a few.
    """
    found = {row.id: row for row in _read(db, coder_ids, marks_for(ids), list(ids))}
    return [found[each] for each in ids if each in found]


def _read(
    db: sqlite3.Connection, coder_ids: Sequence[int], chosen: str, values: list[int]
) -> list[Segment]:
    return [
        Segment(*row)
        for row in db.execute(
            "SELECT c.id, c.document_id, c.start, c.end, c.code_id, c.coder_id, c.important,"
            f" c.created_at, substr(c.quote, 1, {_QUOTE_MOST}),"
            " coalesce((SELECT number FROM passages p WHERE p.document_id = c.document_id"
            " AND p.start <= c.start ORDER BY p.start DESC LIMIT 1), 1),"
            " EXISTS (SELECT 1 FROM memos m WHERE m.coding_id = c.id"
            f" AND m.coder_id IN ({marks_for(coder_ids)}))"
            f" FROM codings c WHERE c.id IN ({chosen})",
            (*coder_ids, *values),
        )
    ]


def _of_document(wanted: Wanted) -> str:
    # Of one code the index by code is in the right order; of several, that of the document.
    plus = "+" if len(wanted.code_ids) > 1 else ""
    return (
        f"SELECT id, start, end FROM codings WHERE document_id = ?"
        f" AND {plus}code_id IN ({marks_for(wanted.code_ids)})"
        f" AND coder_id IN ({marks_for(wanted.coder_ids)})"
    )


def _piece(wanted: Wanted, part: Part) -> tuple[str, list[int]]:
    values = [part.document_id, *wanted.code_ids, *wanted.coder_ids]
    left = part.total - part.first - part.rows
    backwards = part.after is None and (part.before is not None or left < part.first)
    where, skipped = "", left if backwards else part.first
    known = part.before if backwards else part.after
    if known is not None:
        # The start alone says where in the index to begin.
        where = f" AND start {'<=' if backwards else '>='} ? AND (start, end, id) "
        where += "< (?, ?, ?)" if backwards else "> (?, ?, ?)"
        values += [known[0], *known]
        skipped = 0
    way = " DESC" if backwards else ""
    return (
        f"{_of_document(wanted)}{where} ORDER BY start{way}, end{way}, id{way} LIMIT ? OFFSET ?",
        [*values, part.rows, skipped],
    )


def segment_ids(db: sqlite3.Connection, wanted: Wanted, *, newest: bool = False) -> Iterator[int]:
    """Yield the ids of all segments, in the order of the documents or the newest first."""
    if newest:
        places = wanted.document_ids
        for row in db.execute(
            f"SELECT id, document_id FROM codings WHERE code_id IN ({marks_for(wanted.code_ids)})"
            f" AND coder_id IN ({marks_for(wanted.coder_ids)}) ORDER BY id DESC",
            (*wanted.code_ids, *wanted.coder_ids),
        ):
            if places is None or row[1] in places:
                yield row[0]
        return
    for document_id, _ in count_by_document(db, wanted):
        for row in db.execute(
            f"{_of_document(wanted)} ORDER BY start, end, id",
            (document_id, *wanted.code_ids, *wanted.coder_ids),
        ):
            yield row[0]


def read_for_filter(
    db: sqlite3.Connection, ids: Sequence[int]
) -> list[tuple[int, int, int, int, int, str]]:
    """Return id, document, start, end, flag and whole quote of some segments, in no order."""
    return db.execute(
        "SELECT id, document_id, start, end, important, quote FROM codings"
        f" WHERE id IN ({marks_for(ids)})",
        tuple(ids),
    ).fetchall()


def memos_for_filter(
    db: sqlite3.Connection, coder_ids: Sequence[int], ids: Sequence[int]
) -> dict[int, str]:
    """Return the memo texts of those of some segments that have any, several joined."""
    found: dict[int, str] = {}
    for coding_id, text in db.execute(
        f"SELECT coding_id, text FROM memos WHERE coding_id IN ({marks_for(ids)})"
        f" AND coder_id IN ({marks_for(coder_ids)}) ORDER BY id",
        (*ids, *coder_ids),
    ):
        found[coding_id] = f"{found[coding_id]}\n{text}" if coding_id in found else text
    return found


class Sorted(NamedTuple):
    """Codings by what one coder may do with them."""

    free: list[int]
    """Own ones that carry nobody else's memo."""
    held: list[int]
    """Own ones that carry another coder's memo: they cannot be taken away."""
    others: int
    """How many are other coders'."""


def sort_out(db: sqlite3.Connection, ids: Iterable[int], coder_id: int) -> Sorted:
    """Sort codings by what a coder may do with them; those that are gone count as others'."""
    free: list[int] = []
    held: list[int] = []
    others = 0
    waiting = list(ids)
    for start in range(0, len(waiting), _AT_ONCE):
        some = waiting[start : start + _AT_ONCE]
        own = {
            row[0]
            for row in db.execute(
                f"SELECT id FROM codings WHERE coder_id = ? AND id IN ({marks_for(some)})",
                (coder_id, *some),
            )
        }
        bound = {
            row[0]
            for row in db.execute(
                f"SELECT coding_id FROM memos WHERE coder_id <> ?"
                f" AND coding_id IN ({marks_for(some)})",
                (coder_id, *some),
            )
        } & own
        others += len(some) - len(own)
        held += sorted(bound)
        free += [each for each in some if each in own and each not in bound]
    return Sorted(free, held, others)


def still_there(
    db: sqlite3.Connection, ids: Iterable[int], coder_ids: Iterable[int], code_ids: Iterable[int]
) -> set[int]:
    """Return those of some codings that are there and have one of these coders and codes."""
    kept: set[int] = set()
    waiting, coders, codes = list(ids), set(coder_ids), set(code_ids)
    for start in range(0, len(waiting), _AT_ONCE):
        some = waiting[start : start + _AT_ONCE]
        rows = db.execute(
            f"SELECT id, coder_id, code_id FROM codings WHERE id IN ({marks_for(some)})",
            tuple(some),
        )
        kept.update(row[0] for row in rows if row[1] in coders and row[2] in codes)
    return kept


def unflagged(db: sqlite3.Connection, ids: Sequence[int]) -> int:
    """Return how many of some codings are not flagged as important."""
    count = 0
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        count += db.execute(
            f"SELECT count(*) FROM codings WHERE important = 0 AND id IN ({marks_for(some)})",
            tuple(some),
        ).fetchone()[0]
    return count


def other_passages(
    db: sqlite3.Connection,
    code_ids: Sequence[int],
    coder_ids: Sequence[int],
    *,
    most: int,
    besides: tuple[int, int, int] = (0, 0, 0),
) -> list[tuple[str, int, str]]:
    """Return a few segments of codes, spread over the documents: the first of each, then more.

    One statement that reads the index by code and the quotes it returns, no others.

    Args:
        db: a reader.
        code_ids: the codes.
        coder_ids: whose.
        most: how many.
        besides: document and span; segments that touch it are left out.

    Returns:
        Document name, passage number and the beginning of the quote of each.
    """
    codes, marks = marks_for(code_ids), marks_for(coder_ids)
    return db.execute(
        f"""SELECT d.name,
                coalesce((SELECT number FROM passages p WHERE p.document_id = c.document_id
                    AND p.start <= c.start ORDER BY p.start DESC LIMIT 1), 1),
                substr(c.quote, 1, {_QUOTE_MOST})
            FROM (SELECT id, row_number() OVER (PARTITION BY document_id ORDER BY start, id) turn
                  FROM (SELECT DISTINCT document_id AS place FROM code_counts
                        WHERE code_id IN ({codes}) AND coder_id IN ({marks}) LIMIT ?)
                  JOIN codings ON id IN (SELECT id FROM codings
                        WHERE code_id IN ({codes}) AND document_id = place
                        AND coder_id IN ({marks})
                        AND NOT (document_id = ? AND start < ? AND end > ?)
                        ORDER BY start, id LIMIT ?)) few
            JOIN codings c ON c.id = few.id JOIN documents d ON d.id = c.document_id
            ORDER BY few.turn, d.position, d.id LIMIT ?""",
        (*code_ids, *coder_ids, most + 1, *code_ids, *coder_ids,
         besides[0], besides[2], besides[1], most, most),
    ).fetchall()  # fmt: skip
