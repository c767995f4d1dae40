"""Very many places in little room: three numbers each, no objects."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import overload

from tui.project.spans import Place

_PARTS = 3


class PlaceList(Sequence[Place]):
    """Places in the order in which they came, each once: 24 bytes each once it is closed.

    Args:
        places: what it holds at first.
    """

    def __init__(self, places: Iterable[Place] = ()) -> None:
        self._numbers = array("q")
        self._known: set[int] = set()
        self._documents: set[int] = set()
        for place in places:
            self.add(place)

    def add(self, place: Place) -> None:
        """Take a place, unless it is there already."""
        document_id, start, end = place
        # One number for all three: a set of numbers takes half of what one of tuples takes.
        one = (document_id << 80) | (start << 40) | end
        if one not in self._known:
            self._known.add(one)
            self._numbers.extend(place)
            self._documents.add(document_id)

    def close(self) -> PlaceList:
        """Forget what only told whether a place was there; returns itself."""
        self._known = set()
        return self

    @property
    def documents(self) -> int:
        """How many documents they are in."""
        return len(self._documents)

    def __len__(self) -> int:
        """How many places there are."""
        return len(self._numbers) // _PARTS

    @overload
    def __getitem__(self, at: int) -> Place: ...
    @overload
    def __getitem__(self, at: slice) -> list[Place]: ...
    def __getitem__(self, at: int | slice) -> Place | list[Place]:
        """Return one place, or some."""
        if isinstance(at, slice):
            return [self[each] for each in range(*at.indices(len(self)))]
        first = range(len(self))[at] * _PARTS
        document_id, start, end = self._numbers[first : first + _PARTS]
        return document_id, start, end
