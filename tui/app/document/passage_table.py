"""Where the passages of an open document lie: all in memory, or only the stretches looked at."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

ReadSpans = Callable[[int, int], Sequence[tuple[int, int]]]
"""Takes the first and the last passage number (both inclusive), returns their (start, end)."""
FindNumber = Callable[[int], int]
"""Takes an offset, returns the number of the last passage that starts there or before, else 0."""

_BLOCK = 256
_NOWHERE = 1 << 62


class PassageTable(Protocol):
    """Where the passages of a document lie, by place: 0 for the first, whose number is 1."""

    def __len__(self) -> int: ...

    def span(self, place: int) -> tuple[int, int]:
        """Return start and end of a passage."""

    def place_of(self, offset: int) -> int:
        """Return the last place whose passage starts at ``offset`` or before it, else 0."""


class WholeTable:
    """A table in memory.

    Args:
        starts: where each passage starts, in order, in code points of the stored text.
        ends: where each ends.
    """

    def __init__(self, starts: Iterable[int], ends: Iterable[int]) -> None:
        self._starts = array("q", starts)
        self._ends = array("q", ends)
        if len(self._starts) != len(self._ends):
            raise ValueError("every passage needs a start and an end")

    def __len__(self) -> int:
        return len(self._starts)

    def span(self, place: int) -> tuple[int, int]:
        """Return start and end of a passage."""
        return self._starts[place], self._ends[place]

    def place_of(self, offset: int) -> int:
        """Return the last place whose passage starts at ``offset`` or before it, else 0."""
        return max(0, bisect_right(self._starts, offset) - 1)


class StoredTable:
    """A table of which only the stretches that were looked at are read.

    A document of any length opens at the same cost.

    Args:
        count: how many passages there are.
        read: gives the spans of a short range of passages.
        find: finds the passage of an offset.
    """

    def __init__(self, count: int, read: ReadSpans, find: FindNumber) -> None:
        self._count = count
        self._read = read
        self._find = find
        self._blocks: dict[int, _Block] = {}
        self._near: _Block | None = None
        """The block that was asked last."""

    def __len__(self) -> int:
        return self._count

    def span(self, place: int) -> tuple[int, int]:
        """Return start and end of a passage."""
        if not 0 <= place < self._count:
            raise IndexError(f"there is no passage at place {place}")
        return self._block(place // _BLOCK).table.span(place % _BLOCK)

    def place_of(self, offset: int) -> int:
        """Return the last place whose passage starts at ``offset`` or before it, else 0."""
        near = self._near
        if near is None or not near.first <= offset < near.limit:
            place = max(0, self._find(offset) - 1)
            if place >= self._count:
                return 0
            near = self._near = self._block(place // _BLOCK)
        return near.place + near.table.place_of(offset)

    def _block(self, number: int) -> _Block:
        block = self._blocks.get(number)
        if block is None:
            place = number * _BLOCK
            # One more than it holds: where the next block begins this one ends.
            spans = self._read(place + 1, min(place + _BLOCK + 1, self._count))
            block = self._blocks[number] = _Block(place, spans)
        return block


class _Block:
    """The spans of so many passages from a place on."""

    __slots__ = ("first", "limit", "place", "table")

    def __init__(self, place: int, spans: Sequence[tuple[int, int]]) -> None:
        own = spans[:_BLOCK]
        self.place = place
        self.table = WholeTable((start for start, _ in own), (end for _, end in own))
        self.first = own[0][0]
        self.limit = spans[_BLOCK][0] if len(spans) > _BLOCK else _NOWHERE
