"""Which rows of the document are on the screen.

Rows are named by passage and row within it; no one knows how many rows the whole document has, and
no one needs to: only passages near the screen are ever wrapped.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import NamedTuple

from tui.app.document.layout import row_of, wrap
from tui.app.document.text_source import DocumentText

_KEPT_WRAPS = 2_048


class Row(NamedTuple):
    """A row of the document; ordered as read."""

    place: int
    """The passage, from 0."""
    row: int
    """The row in it, from 0; the one after its last is the blank row below the passage."""


class Rows:
    """The rows of a document wrapped at one width, in cells."""

    def __init__(self, text: DocumentText, width: int) -> None:
        self.text = text
        self.width = width
        self._wraps: OrderedDict[int, list[int]] = OrderedDict()

    def starts(self, place: int) -> list[int]:
        """Return where the rows of a passage begin, relative to its start."""
        starts = self._wraps.get(place)
        if starts is None:
            starts = self._wraps[place] = wrap(self.text.passage(place).shown, self.width)
            if len(self._wraps) > _KEPT_WRAPS:
                self._wraps.popitem(last=False)
        else:
            self._wraps.move_to_end(place)
        return starts

    def count(self, place: int) -> int:
        """Return the number of rows of a passage, the blank row below it not counted."""
        return len(self.starts(place))

    def bounds(self, at: Row) -> tuple[int, int]:
        """Return the span of a row in the passage; the blank row's is empty, at its end."""
        starts = self.starts(at.place)
        begin, finish = self.text.span(at.place)
        end = finish - begin
        if at.row >= len(starts):
            return end, end
        return starts[at.row], starts[at.row + 1] if at.row + 1 < len(starts) else end

    def row_at(self, offset: int) -> Row:
        """Return the row that holds an offset of the document.

        An offset between two passages is in the blank row.
        """
        place = self.text.place_of(offset)
        start, end = self.text.span(place)
        starts = self.starts(place)
        if offset >= end > start:
            return Row(place, len(starts) if place + 1 < len(self.text) else len(starts) - 1)
        return Row(place, row_of(starts, offset - start))

    def last(self) -> Row:
        """Return the last row of the document, which must have a passage."""
        place = len(self.text) - 1
        return Row(place, self.count(place) - 1)

    def step(self, at: Row, by: int) -> Row:
        """Return the row ``by`` rows further (less than 0: before), at most the first or last."""
        place, row = at
        row += by
        while row < 0 and place > 0:
            place -= 1
            row += self.count(place) + 1
        row = max(row, 0)
        final = len(self.text) - 1
        while place < final and row > (rows := self.count(place)):
            row -= rows + 1
            place += 1
        if place == final:
            row = min(row, self.count(place) - 1)
        return Row(place, row)

    def distance(self, first: Row, second: Row, limit: int) -> int:
        """Return how many rows ``second`` is below ``first``, counted up to ``limit`` only.

        ``second`` must not be above ``first``.
        """
        total = second.row - first.row
        for place in range(first.place, second.place):
            total += self.count(place) + 1
            if total - self.count(second.place) > limit:
                return limit
        return min(total, limit)

    def window(self, top: Row, height: int) -> list[Row]:
        """Return ``height`` rows from ``top``, fewer where the document ends."""
        rows: list[Row] = []
        place, row = top
        final = len(self.text) - 1
        while len(rows) < height and place <= final:
            count = self.count(place) + (place < final)
            rows.extend(Row(place, at) for at in range(row, min(count, row + height - len(rows))))
            place, row = place + 1, 0
        return rows


def scrolled(rows: Rows, top: Row, height: int, first: Row, last: Row, context: int) -> Row:
    """Return the top row that shows ``first`` to ``last`` with ``context`` rows around them.

    Where they are in sight already, ``top`` stays. Where they are not, the view jumps, so that it
    stands still again for the next few motions: reading on they come to rest a third down the
    screen, reading back a third up. Of a stretch taller than the screen the first rows are shown.
    """
    tall = rows.distance(first, last, height) + 1
    context = max(0, min(context, (height - tall) // 2))
    bottom = rows.step(rows.last(), 1 - height)
    if top <= first:
        above = rows.distance(top, first, height)
        below = height - tall - above
        at_start = top == Row(0, 0)
        if below >= context and (above >= context or at_start):
            return min(top, bottom)
        if below >= 0 and top >= bottom and above >= context:
            return bottom
    third = min(max(context, height // 3), max(0, height - tall - context))
    down = third if top <= first else max(third, height - tall - third)
    return min(rows.step(first, -down), bottom)
