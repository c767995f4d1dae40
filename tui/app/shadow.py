"""What the terminal shows, cell by cell, and the fewest bytes that make something else of it.

Nothing that acts on a terminal gets through, whatever widget it comes from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import zip_longest
from typing import TYPE_CHECKING

from rich.color import ColorSystem
from textual.strip import Strip

from tui.app.glyphs import Signs
from tui.app.screen_cells import DEFAULT, Cell, Cells, Pen, blank_pen, transition

if TYPE_CHECKING:
    from textual.geometry import Size

# Up to so many unchanged cells are written again rather than skipped: it takes fewer bytes.
_BRIDGE = 4
# So many blanks and more are erased rather than written, at the end of a stretch and within it:
# there the cursor has to be moved over them too.
_BLANKS = re.compile(" {6,}")
_BLANKS_WITHIN = 13

Lid = Mapping[int, tuple[int, Strip]]
"""What lies over the screen: by row, the column it begins in and what it shows."""


class Shadow:
    """What the terminal shows, as far as it is known.

    Args:
        size: of the screen, in cells.
        colors: what the terminal can show.
        signs: what it shows for signs that it may not have; all of them, when left out.
        heard: whether what is written is read aloud: a row is then written as a whole unless it
            only gained or lost something at its end, so that no pieces of words are heard.
        plain: whether nothing is coloured or dim.
    """

    def __init__(
        self,
        size: Size,
        colors: ColorSystem,
        signs: Signs | None = None,
        *,
        heard: bool = False,
        plain: bool = False,
    ) -> None:
        self._write_row = _write_whole if heard else _write_row
        self.size = size
        self._cells = Cells(colors, signs or Signs(), plain=plain)
        self._rows: list[list[Cell | None]] = [[None] * size.width for _ in range(size.height)]
        self._lid: Lid = {}
        self._under: dict[int, list[Cell | None]] = {}
        """What would be shown in the rows that something lies over, or did until the last update.
        """
        self._loose: set[int] = set()
        """Of these rows, those in which the terminal may show something else than it should."""

    @property
    def colors(self) -> ColorSystem:
        """The colours it was made for."""
        return self._cells.colors

    def forget(self) -> None:
        """Know nothing any more: the next update is written whole."""
        for row in (*self._rows, *self._under.values()):
            row[:] = [None] * len(row)
        self._loose.update(self._under)

    def cover(self, lid: Lid) -> None:
        """Lay something over what is shown; the next update writes it.

        What is drawn below is noted meanwhile, so that it can be taken off again without asking
        anybody what it hid.

        Args:
            lid: what lies over the screen now; empty: nothing.
        """
        if lid is self._lid:
            return
        for y in (*self._lid, *lid):
            if 0 <= y < self.size.height:
                self._under.setdefault(y, self._rows[y][:])
                self._loose.add(y)
        self._lid = lid

    def write(self, pieces: Iterable[tuple[int, int, Strip]]) -> str:
        """Return what brings the terminal to show the pieces, each ``(row, column, strip)``."""
        brush = _Brush()
        for y, x, strip in pieces:
            if 0 <= y < self.size.height and 0 <= x < self.size.width:
                cells = self._cells.of_strip(strip)[: self.size.width - x]
                row = self._under.get(y)
                if row is not None:
                    row[x : x + len(cells)] = cells
                    self._loose.add(y)
                    continue
                row = self._rows[y]
                if row[x : x + len(cells)] != cells:
                    self._write_row(brush, y, x, row, cells)
        for y in sorted(self._loose):
            self._write_laid(brush, y)
        self._loose.clear()
        return brush.finish()

    def _write_laid(self, brush: _Brush, y: int) -> None:
        """Write what differs in a row that something lies over, or no longer does."""
        under, row = self._under[y], self._rows[y]
        wanted = under[:]
        if y in self._lid:
            x, strip = self._lid[y]
            cells = self._cells.of_strip(strip)[: self.size.width - x]
            _lay(wanted, x, cells)
        else:
            del self._under[y]
        at = 0
        while at < len(wanted):
            end = at
            known: list[Cell] = []
            while end < len(wanted) and (cell := wanted[end]) is not None:
                known.append(cell)
                end += 1
            if known and row[at:end] != known:
                self._write_row(brush, y, at, row, known)
            if end < len(wanted):
                row[end] = None  # what is not known is written when it is drawn
            at = end + 1


def _lay(row: list[Cell | None], x: int, cells: list[Cell]) -> None:
    """Lay cells over a row; of a wide sign that they cover in part the rest goes blank."""
    end = x + len(cells)
    first, last = x, end
    while first > 0 and _is_rest(row[first]):
        first -= 1
    while last < len(row) and _is_rest(row[last]):
        last += 1
    for at in (*range(first, x), *range(end, last)):
        cell = row[at]
        row[at] = Cell(" ", blank_pen(cell.pen), False) if cell is not None else None
    row[x:end] = cells


def _is_rest(cell: Cell | None) -> bool:
    """Tell whether a cell is the right half of a wide sign."""
    return cell is not None and not cell.text


def _write_row(brush: _Brush, y: int, x: int, row: list[Cell | None], cells: list[Cell]) -> None:
    """Write the cells of one row that differ from the shadow, and note them there."""
    old = row[x : x + len(cells)]
    changed = [
        at
        for at, (before, now) in enumerate(zip(old, cells, strict=True))
        if before is not now and before != now
    ]
    first = last = changed[0]
    for at in changed:
        if at - last > 1 and not _bridges(cells, last, at):
            _write_run(brush, y, x, cells, first, last)
            first = at
        last = at
    _write_run(brush, y, x, cells, first, last)
    row[x : x + len(cells)] = cells


def _write_whole(brush: _Brush, y: int, x: int, row: list[Cell | None], cells: list[Cell]) -> None:
    """Write a row whole when something within it differs, else only what it gained or lost."""
    old = row[x : x + len(cells)]
    first = next(at for at, cell in enumerate(cells) if cell != old[at])
    if not (all(map(_is_blank, old[first:])) or all(map(_is_blank, cells[first:]))):
        first = 0
    last = len(cells) - 1
    while last > first and cells[last] == old[last] and _is_blank(cells[last]):
        last -= 1
    _write_run(brush, y, x, cells, first, last)
    row[x : x + len(cells)] = cells


def _is_blank(cell: Cell | None) -> bool:
    return cell is not None and cell.text == " "


def _write_run(brush: _Brush, y: int, x: int, cells: list[Cell], first: int, last: int) -> None:
    """Write the cells from ``first`` to ``last``, wide signs whole."""
    while first > 0 and not cells[first].text:
        first -= 1
    while last + 1 < len(cells) and not cells[last + 1].text:
        last += 1
    brush.paint(y, x + first, cells[first : last + 1])


def _bridges(cells: list[Cell], last: int, following: int) -> bool:
    """Tell whether writing the unchanged cells between two changed ones is the cheaper way."""
    if following - last > _BRIDGE:
        return False
    pen = cells[last].pen
    return all(
        cell.text.isascii() and cell.text and _shows(pen, cell)
        for cell in cells[last + 1 : following]
    )


def _shows(pen: Pen, cell: Cell) -> bool:
    """Tell whether a cell looks as it should when drawn with another pen."""
    return cell.pen is pen or cell.pen == (blank_pen(pen) if cell.text == " " else pen)


class _Brush:
    """Collects what is sent, and knows where the cursor and which pen is set."""

    def __init__(self) -> None:
        self._sent: list[str] = []
        self._pen = DEFAULT
        self._y = self._x = -1

    def paint(self, y: int, x: int, cells: list[Cell]) -> None:
        """Draw cells from a place on."""
        self._go(y, x)
        at = 0
        while at < len(cells):
            pen = self._pen if _shows(self._pen, cells[at]) else cells[at].pen
            end = at + 1
            while end < len(cells) and _shows(pen, cells[end]):
                end += 1
            self._take(pen)
            self._stretch(cells[at:end], end == len(cells))
            at = end

    def finish(self) -> str:
        """Return all that is to be sent."""
        self._take(DEFAULT)
        return "".join(self._sent)

    def _stretch(self, cells: list[Cell], is_last: bool) -> None:
        """Draw cells with the pen that is set."""
        if any(cell.unsure for cell in cells):
            for cell, following in zip_longest(cells, cells[1:]):
                self._x += 1
                if cell.unsure:
                    is_wide = following is not None and not following.text
                    # What it leaves uncovered must not show what was there before.
                    self._sent.append(f"\x1b[2X{cell.text}" if is_wide else f"\x1b[X{cell.text}")
                    self._sent.append(f"\x1b[{self._x + 1 + is_wide}G")
                else:
                    self._sent.append(cell.text)
            return
        text = "".join([cell.text for cell in cells])
        start = self._x
        self._x += len(cells)
        is_tinted = self._pen.background or self._pen.attributes
        if is_tinted or len(text) != len(cells) or "      " not in text:
            self._sent.append(text)
            return
        done = 0
        for blanks in _BLANKS.finditer(text):
            count = blanks.end() - blanks.start()
            is_end = is_last and blanks.end() == len(text)
            if not is_end and count < _BLANKS_WITHIN:
                continue
            self._sent.append(text[done : blanks.start()])
            done = blanks.end()
            self._sent.append(f"\x1b[{count}X")
            if not is_end:
                self._sent.append(f"\x1b[{count}C")
            else:
                self._x = start + blanks.start()
        self._sent.append(text[done:])

    def _take(self, pen: Pen) -> None:
        if pen != self._pen:
            self._sent.append(transition(self._pen, pen))
            self._pen = pen

    def _go(self, y: int, x: int) -> None:
        if y == self._y and x == self._x:
            return
        if y == self._y and x > self._x:
            step = x - self._x
            self._sent.append("\x1b[C" if step == 1 else f"\x1b[{step}C")
        elif self._y >= 0 and y == self._y + 1 and x == self._x:
            self._sent.append("\x1b[B")
        else:
            self._sent.append(f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H")
        self._y, self._x = y, x
