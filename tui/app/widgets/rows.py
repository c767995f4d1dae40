"""Rows of drawn text: runs with a look, cut to the width, safe whatever they say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from tui.app.document.cells import fit, width, without_loose_joiners
from tui.app.document.layout import NARROWEST, wrap
from tui.text.safe import make_line

Run = tuple[str, Style]
"""Text and its look on top of the widget's own. The text may hold anything."""
Row = list[Run]
"""Runs from left to right."""

PLAIN = Style()
BOLD = Style(bold=True)
DIM = Style(dim=True)
REVERSE = Style(reverse=True)
MATCH = Style(bold=True, underline=True)
"""What a query has found: never told by colour alone."""

# A cell holds few code points; whatever is longer is cut before it is measured.
_POINTS_PER_CELL = 16
HEARD = 600
"""Cells of a row that is read aloud: nothing is cut."""
_GAPS = re.compile(r"(?:[ ,]*  [ ,]*)|(?: +· +)")
_NOTHING = re.compile(r", -(?=,|$)")
_AFTER_STOP = re.compile(r"([.!?…;:]), ")
_UNSPOKEN = {ord(sign): " " for sign in "►▸▾▌│┊░▒▓█━─"}


def clip(text: str, cells: int) -> str:
    """Return ``text`` as one safe line of at most ``cells`` cells, ``…`` where it was cut."""
    limit = max(cells, 0) * _POINTS_PER_CELL + 1
    if len(text) <= limit:
        return fit(_safe(text), cells)
    line = fit(_safe(text[:limit]), cells)
    return line if line.endswith("…") else fit(line + "…", cells)


def _safe(text: str) -> str:
    return without_loose_joiners(make_line(text))


def column(text: str, cells: int, *, right: bool = False) -> str:
    """Return ``text`` as a table's field of exactly ``cells`` cells."""
    text = clip(text, cells)
    blank = " " * (cells - width(text))
    return blank + text if right else text + blank


def columns(left: Row, right: Row, cells: int) -> Row:
    """Return one row with ``left`` at its left edge and ``right`` at its right edge.

    Where both do not fit, the right part goes before the left one.
    """
    right = _clipped(right, cells)
    taken = _width(right)
    left = _clipped(left, max(cells - taken - 1, 0))
    return [*left, (" " * (cells - taken - _width(left)), PLAIN), *right]


def wrapped(text: str, cells: int, most: int, look: Style = PLAIN) -> list[Row]:
    """Return a text as at most ``most`` rows, ``…`` at the end of the last one when it goes on."""
    if most <= 0:
        return []
    limit = max(cells, 1) * most * _POINTS_PER_CELL
    shown = " ".join(_safe(text[:limit]).split())
    starts = wrap(shown, max(cells, NARROWEST))
    ends = [*starts[1:], len(shown)]
    rows: list[Row] = [
        [(shown[start:end].rstrip(), look)]
        for start, end in zip(starts[:most], ends[:most], strict=True)
    ]
    if len(starts) > most or len(text) > limit:
        rows[-1] = [(clip(shown[starts[min(most, len(starts)) - 1] :] + "…", cells), look)]
    return rows


def heard(row: Row) -> str:
    """Return a row as it is read aloud: its columns parted by commas, without what is no word."""
    text = "".join(text for text, _ in row).replace("✓", "marked,").translate(_UNSPOKEN)
    said = _GAPS.sub(", ", text.strip(" ·,")).strip(" ,")
    return _AFTER_STOP.sub(r"\1 ", _NOTHING.sub("", said))


def marked(text: str, places: Iterable[tuple[int, int]], look: Style = MATCH) -> Row:
    """Return ``text`` with the stretches ``places`` (code points, half-open) in another look.

    Stretches may overlap or lie outside the text; the row says each character once.
    """
    row: Row = []
    at = 0
    for start, end in sorted(places):
        start, end = max(start, at), min(end, len(text))
        if start >= end:
            continue
        if at < start:
            row.append((text[at:start], PLAIN))
        row.append((text[start:end], look))
        at = end
    if at < len(text):
        row.append((text[at:], PLAIN))
    return row


def strip_of(row: Sequence[Run], cells: int, base: Style) -> Strip:
    """Return a row as a strip of exactly ``cells`` cells on the look ``base``."""
    segments = []
    taken = 0
    for text, look in _clipped(row, cells):
        segments.append(Segment(text, base + look))
        taken += width(text)
    if taken < cells:
        segments.append(Segment(" " * (cells - taken), base))
    return Strip(segments, cells)


def _clipped(row: Sequence[Run], cells: int) -> Row:
    found: Row = []
    left = cells
    for text, look in row:
        if left <= 0:
            break
        shown = clip(text, left)
        left -= width(shown)
        if shown:
            found.append((shown, look))
    return found


def _width(row: Sequence[Run]) -> int:
    return sum(width(text) for text, _ in row)


class Rows(Widget):
    """A few rows of text that change as a whole: a heading, a preview, the row of keys.

    Args:
        rows: what is shown at first.
        id: its name in the stylesheet.
        classes: its classes in the stylesheet.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = "Rows { height: 1; }"

    def __init__(
        self, rows: Sequence[Row] = (), *, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._rows: list[Row] = list(rows)

    @property
    def rows(self) -> list[Row]:
        """What is shown."""
        return self._rows

    def show(self, *rows: Row) -> None:
        """Show other rows; nothing is drawn when they are the same."""
        if list(rows) != self._rows:
            self._rows = list(rows)
            self.refresh()

    def tell(self, text: str, look: Style = PLAIN) -> None:
        """Show one row of one look."""
        self.show([(text, look)])

    def render_line(self, y: int) -> Strip:
        """Draw one row."""
        row = self._rows[y] if y < len(self._rows) else []
        return strip_of(row, self.size.width, self.rich_style)
