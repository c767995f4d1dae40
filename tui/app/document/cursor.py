"""What is selected: always something, as long as the document has a passage.

Anchor and head are gaps between characters, as cursors are; the head is the end that moves::

    text     T h e   c a t   s a t .
    offset  0 1 2 3 4 5 6 7 8 ...

    Selection(4, 7, "word")    "cat", the head after its last letter
    Selection(7, 4, "word")    "cat", the head before its first letter
"""

from __future__ import annotations

from dataclasses import field, replace
from typing import Literal

from tui.model.span import Span
from tui.values import dataclass

Unit = Literal["word", "clause", "sentence", "passage", "document"]
UNITS: tuple[Unit, ...] = ("word", "clause", "sentence", "passage", "document")


@dataclass(frozen=True, slots=True)
class Selection:
    """A stretch of the document, never empty."""

    anchor: int
    """The end that stays, in code points of the stored text."""
    head: int
    """The end that moves."""
    unit: Unit
    """What the next motion moves by."""
    inner: Selection | None = field(default=None, compare=False)
    """What it grew from, so that shrinking goes back there."""

    def __post_init__(self) -> None:
        if self.anchor == self.head:
            raise ValueError(f"an empty selection at {self.head}")

    @property
    def start(self) -> int:
        """Its lower end."""
        return min(self.anchor, self.head)

    @property
    def end(self) -> int:
        """Its upper end."""
        return max(self.anchor, self.head)

    @property
    def span(self) -> Span:
        """Its place in the document."""
        return Span(self.start, self.end)

    @property
    def backward(self) -> bool:
        """Whether the lower end is the one that moves."""
        return self.head < self.anchor

    def with_head(self, head: int, unit: Unit | None = None) -> Selection:
        """Return the selection with its moving end elsewhere."""
        return Selection(self.anchor, head, unit or self.unit)

    def swapped(self) -> Selection:
        """Return the same stretch with the other end to move."""
        return replace(self, anchor=self.head, head=self.anchor)
