"""A stretch of one document's stored text.

Offsets are Unicode code points of the stored text, half-open: ``[start, end)``. Said once here,
meant everywhere::

    text   H e l l o
    index 0 1 2 3 4 5      Span(1, 3) is "el"; Span(2, 2) is empty and sits before the second l
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open stretch of code points, ``start <= end``."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def __bool__(self) -> bool:
        return self.end > self.start

    def overlaps(self, other: Span) -> bool:
        """Tell whether both share at least one code point."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """Tell whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def union(self, other: Span) -> Span:
        """Return the smallest span that holds both, gap included."""
        return Span(min(self.start, other.start), max(self.end, other.end))
