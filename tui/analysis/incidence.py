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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Final, Literal, get_args

from tui.analysis.cooccurrence import Span

Unit = Literal["paragraph", "segment", "document"]
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
        if self.unit == "document":
            for span in here:
                self._add(span[2], self.columns)
            self.columns += 1
        elif self.unit == "segment":
            self._add_segments(here)
        elif isinstance(passages, int):
            self.columns += passages
        else:
            self._add_passages(here, passages)

    def rows(self) -> dict[int, Row]:
        """Return the counts of the items that have any."""
        return {
            item: Row(tuple(int.from_bytes(plane, "little") for plane in planes))
            for item, planes in self._planes.items()
        }

    def _add_passages(self, spans: Sequence[Span], passages: Sequence[tuple[int, int]]) -> None:
        starts = [start for start, _ in passages]
        last = len(passages)
        for start, end, item, _ in spans:
            at = max(bisect_right(starts, start) - 1, 0)
            while at < last and starts[at] < end:
                if passages[at][1] > start:
                    self._add(item, self.columns + at)
                at += 1
        self.columns += last

    def _add_segments(self, spans: Sequence[Span]) -> None:
        """Sweep over the spans: each is held only against those that have not ended yet."""
        # By coder: what has not ended, found by its end; and its column and codes.
        going: dict[int, list[tuple[int, int]]] = {}
        held: dict[int, dict[int, Sequence[int]]] = {}
        codes: dict[tuple[int, int, int], list[int]] = {}
        for start, end, item, coder in spans:
            codes.setdefault((start, end, coder), []).append(item)
        for (start, end, coder), given in codes.items():
            column, self.columns = self.columns, self.columns + 1
            ends, open_now = going.setdefault(coder, []), held.setdefault(coder, {})
            while ends and ends[0][0] <= start:
                del open_now[heappop(ends)[1]]
            for item in given:
                self._add(item, column)
            for other, others in open_now.items():
                for item in given:
                    self._add(item, other)
                for item in others:
                    self._add(item, column)
            heappush(ends, (end, column))
            open_now[column] = given

    def _add(self, item: int, column: int) -> None:
        """Count one more: what a plane cannot hold is carried into the next one."""
        planes = self._planes.setdefault(item, [])
        at, bit = column >> 3, 1 << (column & 7)
        for plane in planes:
            if at >= len(plane):
                plane.extend(bytes(at + 1 - len(plane)))
            plane[at] ^= bit
            if plane[at] & bit:
                return
        plane = bytearray(at + 1)
        plane[at] = bit
        planes.append(plane)
