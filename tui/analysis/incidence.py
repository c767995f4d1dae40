"""In which columns codes stand, and how often: what they are compared by.

A column is a document, a passage (a paragraph or a speaker's turn), or a segment:

* ``document``: the count of a code is the number of its codings there.
* ``paragraph``: the count is the number of its codings that share a character with the passage, all
  coders taken together; a coding over two passages counts in both.
* ``segment``: each span that a coder has coded is one column, whatever the number of codes on it.
  The count is the number of that coder's codings with the code that share a character with it.

Counts are kept as bits, so that a million columns cost little and two codes are compared by a few
operations on whole numbers: bit c of plane s of a code is bit s of its count in column c.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Final, Literal, get_args

from tui.analysis.cooccurrence import Span

Unit = Literal["paragraph", "segment", "document"]
Cell = tuple[int, int, int, int]
"""code, document, coder, segments."""
UNITS: Final[tuple[Unit, ...]] = get_args(Unit)


@dataclass(frozen=True, slots=True)
class Row:
    """The counts of one code, column by column."""

    planes: tuple[int, ...]
    """Bit c of plane s is bit s of the count in column c."""

    @classmethod
    def of(cls, counts: Sequence[int]) -> Row:
        """Return the row of counts that are given one by one."""
        height = max(counts, default=0).bit_length()
        return cls(
            tuple(
                sum((count >> plane & 1) << column for column, count in enumerate(counts))
                for plane in range(height)
            )
        )

    @property
    def columns(self) -> int:
        """In how many columns the count is not 0."""
        return self._present.bit_count()

    @property
    def total(self) -> int:
        """All counts added up."""
        return sum(plane.bit_count() << at for at, plane in enumerate(self.planes))

    @property
    def _present(self) -> int:
        present = 0
        for plane in self.planes:
            present |= plane
        return present

    def presence(self) -> Row:
        """Return the row with 1 for every count above 0."""
        present = self._present
        return Row((present,) if present else ())

    def product(self, other: Row) -> int:
        """Return the sum of the products of both counts, column by column."""
        return sum(
            (one & two).bit_count() << at + beside
            for at, one in enumerate(self.planes)
            for beside, two in enumerate(other.planes)
        )

    def least(self, other: Row) -> int:
        """Return the sum of the smaller of both counts, column by column."""
        if len(self.planes) == len(other.planes) == 1:
            return (self.planes[0] & other.planes[0]).bit_count()
        height = max(len(self.planes), len(other.planes))
        ones = (*self.planes, *(0,) * (height - len(self.planes)))
        twos = (*other.planes, *(0,) * (height - len(other.planes)))
        # From the weightiest plane down: where the counts first differ, one of them is the smaller.
        larger = smaller = 0
        for one, two in zip(reversed(ones), reversed(twos), strict=True):
            differ = (one ^ two) & ~(larger | smaller)
            larger |= differ & one
            smaller |= differ & two
        return sum(
            (one ^ ((one ^ two) & larger)).bit_count() << at
            for at, (one, two) in enumerate(zip(ones, twos, strict=True))
        )


class Incidence:
    """Collects the counts, document by document.

    Args:
        unit: what a column is.
        items: code id to what it counts for: itself, or a code above it. Codings of other codes
            are left out.
    """

    def __init__(self, unit: Unit, items: Mapping[int, int]) -> None:
        self.unit: Unit = unit
        self.columns = 0
        """How many columns there are, also those without a coding."""
        self.segments: dict[int, int] = {}
        """Codings of each item, as stored."""
        self.documents: dict[int, set[int]] = {}
        """In which documents each item stands; numbered as they were counted."""
        self.coders: set[int] = set()
        """Whose codings were counted."""
        self.items = frozenset(items.values())
        """What codings count for."""
        self._done = 0
        self._items = items
        self._planes: dict[int, list[bytearray]] = {}

    def add_document(
        self, spans: Sequence[Span], passages: Sequence[tuple[int, int]] | int = ()
    ) -> None:
        """Count one document.

        Args:
            spans: its codings, ordered by start, then end; half-open, not empty.
            passages: start and end of each passage, in order, where passages are the columns; how
                many there are will do for a document without a coding.
        """
        items = self._items
        here = [(start, end, items[code], coder) for start, end, code, coder in spans
                if code in items]  # fmt: skip
        self._done += 1
        for span in here:
            self.segments[span[2]] = self.segments.get(span[2], 0) + 1
        for item in {span[2] for span in here}:
            self.documents.setdefault(item, set()).add(self._done)
        self.coders.update(span[3] for span in here)
        touched: dict[int, list[int]] = {}
        if self.unit == "document":
            for span in here:
                touched.setdefault(span[2], []).append(self.columns)
            self.columns += 1
        elif self.unit == "segment":
            self._touch_segments(here, touched)
        elif isinstance(passages, int):
            self.columns += passages
        else:
            self._touch_passages(here, passages, touched)
        for item, columns in touched.items():
            self._count(item, columns)

    def add_cells(self, cells: Iterable[Cell], document_ids: Sequence[int]) -> None:
        """Count whole documents, as columns, from what is counted already.

        Args:
            cells: how many codings each coder has with each code in each document.
            document_ids: the columns, in order; cells of others are left out.
        """
        column = {document_id: at for at, document_id in enumerate(document_ids)}
        sums: dict[int, dict[int, int]] = {}
        for code, document_id, coder, segments in cells:
            if code in self._items and document_id in column:
                of = sums.setdefault(self._items[code], {})
                of[column[document_id]] = of.get(column[document_id], 0) + segments
                self.coders.add(coder)
        for item, of in sums.items():
            self.segments[item] = sum(of.values())
            self.documents[item] = set(of)
            planes = self._planes[item] = [
                bytearray(len(column) // 8 + 1) for _ in range(max(of.values()).bit_length())
            ]
            for at, count in of.items():
                for place, plane in enumerate(planes):
                    plane[at >> 3] |= (count >> place & 1) << (at & 7)
        self.columns = len(column)

    def rows(self) -> dict[int, Row]:
        """Return the counts of the items that have any."""
        return {
            item: Row(tuple(int.from_bytes(plane, "little") for plane in planes))
            for item, planes in self._planes.items()
        }

    def _touch_passages(
        self,
        spans: Sequence[Span],
        passages: Sequence[tuple[int, int]],
        touched: dict[int, list[int]],
    ) -> None:
        starts, ends = [start for start, _ in passages], [end for _, end in passages]
        last, first = len(passages), self.columns
        for start, end, item, _ in spans:
            at = bisect_right(starts, start) - 1
            if at < 0 or ends[at] <= start:
                at += 1
            while at < last and starts[at] < end:
                if start < ends[at] > starts[at]:
                    touched.setdefault(item, []).append(first + at)
                at += 1
        self.columns += last

    def _touch_segments(self, spans: Sequence[Span], touched: dict[int, list[int]]) -> None:
        """Sweep over the spans: each is held only against those that have not ended yet."""
        # By coder: what has not ended, found by its end; and its column and codes.
        going: dict[int, list[tuple[int, int]]] = {}
        held: dict[int, dict[int, Sequence[int]]] = {}
        codes: dict[tuple[int, int, int], list[int]] = {}
        for start, end, item, coder in spans:
            codes.setdefault((start, end, coder), []).append(item)
            touched.setdefault(item, [])
        for (start, end, coder), given in codes.items():
            column, self.columns = self.columns, self.columns + 1
            ends, open_now = going.setdefault(coder, []), held.setdefault(coder, {})
            while ends and ends[0][0] <= start:
                del open_now[heappop(ends)[1]]
            for item in given:
                touched[item].append(column)
                touched[item] += open_now
            for others in open_now.values():
                for item in others:
                    touched[item].append(column)
            heappush(ends, (end, column))
            open_now[column] = given

    def _count(self, item: int, columns: Sequence[int]) -> None:
        """Count one more in each of these columns: what a plane cannot hold is carried on."""
        planes = self._planes.setdefault(item, [])
        size = (max(columns) >> 3) + 1
        for plane in planes:
            plane.extend(bytes(max(size - len(plane), 0)))
        for column in columns:
            at, bit = column >> 3, 1 << (column & 7)
            for plane in planes:
                plane[at] ^= bit
                if plane[at] & bit:
                    break
            else:
                planes.append(bytearray(size))
                planes[-1][at] = bit
