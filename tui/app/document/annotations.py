"""Memos on bare words of the open document: where they begin, and whether some touch a span."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate


class Annotations:
    """Spans of a document that carry a memo.

    Args:
        spans: start and end of each, in any order.
    """

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        found = sorted(spans)
        self._starts = [start for start, _ in found]
        self._reach = list(accumulate((end for _, end in found), max))
        """How far the spans up to each one reach: one look tells whether any of them goes on."""

    def begin_in(self, low: int, high: int) -> bool:
        """Tell whether one begins in a span."""
        first = bisect_left(self._starts, low)
        return first < len(self._starts) and self._starts[first] < high

    def touch(self, start: int, end: int) -> bool:
        """Tell whether one shares text with a span: ``start`` to ``end`` in code points."""
        before = bisect_left(self._starts, end)
        return before > 0 and self._reach[before - 1] > start
