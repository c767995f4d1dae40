"""A long list of segments by the number of the row: pages are read when they are seen."""

from __future__ import annotations

import sqlite3
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from tui.store.segments import (
    Part,
    Segment,
    Wanted,
    count_by_document,
    read_parts,
    read_segments,
    segment_ids,
)

PAGE = 64
"""Rows that are read together."""
_KEPT = 40
"""Pages that are kept."""


class Pages:
    """Rows by number; what is not seen is not read.

    Args:
        db: a reader.
        count: how many rows there are.
    """

    def __init__(self, db: sqlite3.Connection, count: int) -> None:
        self.db = db
        self.count = count
        self._pages: dict[int, Sequence[Segment]] = {}

    def row(self, index: int) -> Segment | None:
        """Return a row; None when it has gone since the rows were counted."""
        number, at = divmod(index, PAGE)
        page = self._pages.pop(number, None)
        if page is None:
            page = self._read(number * PAGE, min((number + 1) * PAGE, self.count))
            while len(self._pages) >= _KEPT:
                del self._pages[next(iter(self._pages))]
        self._pages[number] = page
        return page[at] if 0 <= at < len(page) else None

    def ids(self) -> Iterator[int]:
        """Yield the ids of all rows, in their order."""
        raise NotImplementedError

    def find(self, segment_id: int) -> int | None:
        """Return the number of the row with a segment; None when there is none."""
        return next((at for at, each in enumerate(self.ids()) if each == segment_id), None)

    def _read(self, start: int, end: int) -> Sequence[Segment]:
        raise NotImplementedError


class DocumentPages(Pages):
    """All segments that are wanted, in the order of the documents: counted, never listed.

    Args:
        db: a reader.
        wanted: which segments.
    """

    def __init__(self, db: sqlite3.Connection, wanted: Wanted) -> None:
        self._wanted = wanted
        self._documents = count_by_document(db, wanted)
        self._ends = list(accumulate(segments for _, segments in self._documents))
        self._edges: dict[int, Segment] = {}
        """Rows at the edges of pages that were read: reading goes on from there."""
        super().__init__(db, self._ends[-1] if self._ends else 0)

    @property
    def documents(self) -> int:
        """In how many documents they are."""
        return len(self._documents)

    def ids(self) -> Iterator[int]:
        """Yield the ids of all rows."""
        return segment_ids(self.db, self._wanted)

    def _read(self, start: int, end: int) -> Sequence[Segment]:
        rows = read_parts(self.db, self._wanted, list(self._parts(start, end)))
        if rows:
            self._edges[start], self._edges[start + len(rows) - 1] = rows[0], rows[-1]
        return rows

    def _parts(self, start: int, end: int) -> Iterator[Part]:
        at = bisect_right(self._ends, start)
        while start < end:
            document_id, total = self._documents[at]
            first = self._ends[at] - total
            stop = min(end, self._ends[at])
            after, before = self._edges.get(start - 1), self._edges.get(stop)
            yield Part(
                document_id,
                start - first,
                stop - start,
                total,
                after.key if after and after.document_id == document_id else None,
                before.key if before and before.document_id == document_id else None,
            )
            start, at = stop, at + 1


class ChosenPages(Pages):
    """Segments that a filter or another order has chosen, by id; more may come.

    Args:
        db: a reader.
        coder_ids: whose memos count.
    """

    def __init__(self, db: sqlite3.Connection, coder_ids: Sequence[int]) -> None:
        super().__init__(db, 0)
        self._coder_ids = tuple(coder_ids)
        self._ids = array("q")

    def add(self, ids: Sequence[int]) -> None:
        """Take in more ids."""
        if self.count % PAGE:
            self._pages.pop(self.count // PAGE, None)
        self._ids.extend(ids)
        self.count = len(self._ids)

    def ids(self) -> Iterator[int]:
        """Yield the ids of all rows."""
        return iter(self._ids)

    def _read(self, start: int, end: int) -> Sequence[Segment]:
        return read_segments(self.db, self._coder_ids, self._ids[start:end])
