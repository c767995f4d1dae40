"""The text pane as it is heard: the words at hand and nothing else.

Screen readers say what changes on the screen. A page of text of which a part is marked changes in
two places whenever the mark moves, and as a whole when it scrolls. So whoever listens gets only
what is selected, at the top of the pane, where the cursor of the terminal is: every sentence
begins a row, so that what a selection gains is one row more.
"""

from __future__ import annotations

from bisect import bisect_right
from operator import itemgetter
from typing import NamedTuple

from tui.app.document.cells import fit, width
from tui.app.document.cursor import Unit
from tui.app.document.layout import NARROWEST, wrap
from tui.app.document.paint import runs
from tui.app.document.text_source import DocumentText

_start = itemgetter(0)
_POINTS_PER_CELL = 4
"""What does not fit on the screen is not wrapped: a document may be one long passage."""


class AloudRow(NamedTuple):
    """One row of the pane."""

    start: int
    """The offset in the document of its first character."""
    shown: str


class Spoken(NamedTuple):
    """What of a document is at hand."""

    start: int
    end: int
    unit: Unit


class Reading:
    """The rows that are heard, and how far they are moved to the right.

    What is said anew stands by one cell elsewhere than what was said before. Readers leave out what
    two texts have in common at their beginning; thus they have nothing.
    """

    def __init__(self) -> None:
        self.rows: list[AloudRow] = []
        self.shift = 0
        self._told: Spoken | None = None
        self._ends = False
        """Whether the end is heard of what does not fit: it was gained last."""

    def lay_out(self, text: DocumentText, at: Spoken | None, cells: int, height: int) -> None:
        """Make the rows of what is at hand.

        Args:
            text: of the document.
            at: what is selected, or what else is at hand; None in an empty document.
            cells: of a row.
            height: how many rows there are.
        """
        before, self._told = self._told, at
        if at is None or height <= 0:
            self.rows = []
            return
        gains = before is not None and before.start == at.start and before.unit == at.unit
        same = before is not None and before[:2] == at[:2]
        cells = max(cells - 1, NARROWEST)
        rows = _rows(text, at.start, at.end, cells, height + 1)
        if not same:
            self._ends = before is not None and gains and at.end > before.end
        if len(rows) > height and self._ends:
            rows = _last_rows(text, at, cells, height)
        elif len(rows) > height:
            last = rows[height - 1]
            rows = [*rows[: height - 1], AloudRow(last.start, fit(f"{last.shown} …", cells))]
        if not same and not (gains and _goes_on(self.rows, rows)):
            self.shift = 1 - self.shift
        self.rows = rows

    def drawn(self, y: int) -> str:
        """Return what stands in a row, from 0."""
        return " " * self.shift + self.rows[y].shown if y < len(self.rows) else ""

    def cell_of(self, text: DocumentText, offset: int) -> tuple[int, int] | None:
        """Return row and column at which an offset is drawn; None out of sight."""
        y = bisect_right(self.rows, offset, key=_start) - 1
        if y < 0:
            return None
        row = self.rows[y]
        column = width(text.slice(row.start, offset).expandtabs(4))
        if column > width(row.shown):
            return None
        return y, self.shift + column


def _goes_on(before: list[AloudRow], now: list[AloudRow]) -> bool:
    """Tell whether the rows begin alike, so that only what is new needs to be heard."""
    alike = min(len(before), len(now)) - 1
    return before[:alike] == now[:alike]


def _rows(text: DocumentText, start: int, end: int, cells: int, most: int) -> list[AloudRow]:
    """Return the first rows, at most ``most``, of ``[start, end)``."""
    rows: list[AloudRow] = []
    place = text.place_of(start)
    while len(rows) < most and place < len(text) and text.span(place)[0] < end:
        rows += _rows_of(text, place, start, end, cells, most - len(rows))
        place += 1
    return rows


def _last_rows(text: DocumentText, at: Spoken, cells: int, most: int) -> list[AloudRow]:
    """Return the last rows, at most ``most``."""
    rows: list[AloudRow] = []
    place = text.place_of(at.end - 1)
    start = max(at.start, at.end - most * cells * _POINTS_PER_CELL)
    while len(rows) < most and place >= 0 and text.span(place)[1] > start:
        found = _rows_of(text, place, start, at.end, cells, most * _POINTS_PER_CELL)
        rows[:0] = found
        place -= 1
    return rows[-most:]


def _rows_of(
    text: DocumentText, place: int, start: int, end: int, cells: int, most: int
) -> list[AloudRow]:
    """Return the rows of what ``[start, end)`` shares with a passage."""
    passage = text.passage(place)
    base = passage.start
    low, high = max(start - base, 0), min(end - base, len(passage.shown))
    high = min(high, low + most * cells * _POINTS_PER_CELL)
    first = bisect_right(passage.sentences, low, key=_start)
    rows: list[AloudRow] = []
    for begin, _ in [*passage.sentences[first:], (high, high)]:
        begin = min(begin, high)
        if begin > low:
            piece = passage.shown[low:begin]
            starts = wrap(piece, cells)
            for at, after in zip(starts, [*starts[1:], len(piece)], strict=True):
                shown = "".join(words for words, _ in runs(piece, at, after, ()))
                rows.append(AloudRow(base + low + at, shown))
            low = begin
        if begin == high or len(rows) >= most:
            break
    return rows[:most]
