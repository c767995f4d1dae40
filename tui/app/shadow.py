"""What the terminal shows, cell by cell, and the fewest bytes that make something else of it.

Nothing that acts on a terminal gets through, whatever widget it comes from.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len, get_character_cell_size
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.app.glyphs import Signs
from tui.text.graphemes import is_boundary
from tui.text.safe import make_line

if TYPE_CHECKING:
    from textual.geometry import Size

_CACHED_STRIPS = 2_000
# Up to so many unchanged cells are written again rather than skipped: it takes fewer bytes.
_BRIDGE = 4
# So many blanks and more are erased rather than written, at the end of a stretch and within it:
# there the cursor has to be moved over them too.
_BLANKS = re.compile(" {6,}")
_BLANKS_WITHIN = 13
# Signs of one cell that never join.
_NARROW = re.compile("[ -~\u00a0-\u00ac\u00ae-\u02ff\u0400-\u0482\u2010-\u2027\u2500-\u259f]*")


class Pen(NamedTuple):
    """How a cell is drawn, as parameters of the SGR sequence that sets it."""

    attributes: tuple[str, ...] = ()
    foreground: str = ""
    background: str = ""


class Cell(NamedTuple):
    """One cell of the screen; equal ones are mostly one object, which makes comparing fast."""

    text: str
    """A sign with its marks; empty in the right half of a wide one."""
    pen: Pen
    unsure: bool
    """Whether terminals disagree on how wide it is; the cursor is then put right after it."""


Lid = Mapping[int, tuple[int, Strip]]
"""What lies over the screen: by row, the column it begins in and what it shows."""

_DEFAULT = Pen()
_OFF = {
    **dict.fromkeys(("1", "2"), "22"),
    **dict.fromkeys(("4", "21"), "24"),
    **dict.fromkeys(("5", "6"), "25"),
    **dict.fromkeys(("51", "52"), "54"),
    "3": "23",
    "7": "27",
    "8": "28",
    "9": "29",
    "53": "55",
}
_SEEN_ON_BLANKS = frozenset(("4", "7", "9", "21", "51", "52", "53"))


@lru_cache(maxsize=4096)
def pen_of(style: Style, colors: ColorSystem) -> Pen:
    """Return the pen for a style on a terminal with these colours."""
    attributes = (
        ("1", style.bold),
        ("2", style.dim),
        ("3", style.italic),
        ("4", style.underline),
        ("5", style.blink),
        ("6", style.blink2),
        ("7", style.reverse),
        ("8", style.conceal),
        ("9", style.strike),
        ("21", style.underline2),
        ("51", style.frame),
        ("52", style.encircle),
        ("53", style.overline),
    )
    foreground = background = ""
    if style.color is not None and not style.color.is_default:
        foreground = ";".join(style.color.downgrade(colors).get_ansi_codes())
    if style.bgcolor is not None and not style.bgcolor.is_default:
        background = ";".join(style.bgcolor.downgrade(colors).get_ansi_codes(foreground=False))
    return Pen(tuple(code for code, is_on in attributes if is_on), foreground, background)


@lru_cache(maxsize=4096)
def transition(before: Pen, after: Pen) -> str:
    """Return the shortest sequence that turns one pen into another."""
    if before == after:
        return ""
    afresh = [*after.attributes, after.foreground, after.background]
    from_nothing = ";".join(["0", *(code for code in afresh if code)]) if any(afresh) else ""
    gone = [code for code in before.attributes if code not in after.attributes]
    off = list(dict.fromkeys(_OFF[code] for code in gone))
    kept = [code for code in before.attributes if code in after.attributes and _OFF[code] in off]
    new = [code for code in after.attributes if code not in before.attributes]
    steps = [*off, *kept, *new]
    if before.foreground != after.foreground:
        steps.append(after.foreground or "39")
    if before.background != after.background:
        steps.append(after.background or "49")
    stepwise = ";".join(steps)
    return f"\x1b[{from_nothing if len(from_nothing) < len(stepwise) else stepwise}m"


@lru_cache(maxsize=4096)
def _blank_pen(pen: Pen) -> Pen:
    """Return the pen without what cannot be seen on a blank."""
    seen = tuple(code for code in pen.attributes if code in _SEEN_ON_BLANKS)
    return Pen(seen, pen.foreground if seen else "", pen.background)


class _PenCells(dict[str, Cell]):
    """The cells drawn with one pen, by their sign."""

    def __init__(self, pen: Pen, signs: Signs) -> None:
        super().__init__()
        self._pen = pen
        self._signs = signs

    def __missing__(self, sign: str) -> Cell:
        shown = sign if sign.isascii() else self._signs.shown(sign, cell_len(sign))
        pen = _blank_pen(self._pen) if shown == " " else self._pen
        cell = self[sign] = Cell(shown, pen, _is_unsure(shown))
        return cell


class Cells:
    """Turns segments into cells.

    Args:
        colors: what the terminal can show.
        signs: what it shows for signs that it may not have.
    """

    def __init__(self, colors: ColorSystem, signs: Signs) -> None:
        self.colors = colors
        self._signs = signs
        self._by_pen: dict[Pen, _PenCells] = {}
        self._strips: dict[tuple[Segment, ...], list[Cell]] = {}

    def of_strip(self, strip: Strip) -> list[Cell]:
        """Return the cells of a strip, left to right. The list is not to be changed."""
        key = tuple(strip)
        cells = self._strips.get(key)
        if cells is None:
            if len(self._strips) >= _CACHED_STRIPS:
                self._strips.clear()
                self._by_pen.clear()
            cells = self._strips[key] = []
            for segment in key:
                if segment.text and not segment.control:
                    self._add(cells, segment)
        return cells

    def _add(self, cells: list[Cell], segment: Segment) -> None:
        pen = pen_of(segment.style, self.colors) if segment.style else _DEFAULT
        known = self._by_pen.get(pen)
        if known is None:
            known = self._by_pen[pen] = _PenCells(pen, self._signs)
        text = make_line(segment.text)
        if _NARROW.fullmatch(text):
            cells.extend(map(known.__getitem__, text))
            return
        first = len(cells)
        for sign, width in _signs(text):
            if width:
                cells.append(known[sign])
                cells.extend([known[""]] * (width - 1))
            elif len(cells) > first:
                # It stands on the sign before it, which may be a wide one.
                at = -1
                while not cells[at].text:
                    at -= 1
                cells[at] = known[cells[at].text + sign]
        # Where signs were measured one by one, the sum may differ from what the layout reckoned.
        wanted = first + cell_len(segment.text)
        del cells[wanted:]
        cells.extend([known[" "]] * (wanted - len(cells)))


@lru_cache(maxsize=4096)
def _stands_alone(char: str) -> bool:
    """Tell whether a character never joins another one, whatever stands beside it."""
    return (
        char < "\u0300"
        or "\u2010" <= char < "\u20d0"
        or "\u2460" <= char < "\u2600"
        or "\u3041" <= char < "\u3099"
        or "\u309b" <= char < "\ua000"
    ) and get_character_cell_size(char) > 0


def _signs(text: str) -> Iterator[tuple[str, int]]:
    """Take a text apart into signs with their widths in cells."""
    if text.isascii():
        for char in text:
            yield char, 1
        return
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or _stands_alone(text[end]) or is_boundary(text, end):
            sign = text[start:end]
            yield sign, cell_len(sign)
            start = end


def _is_unsure(sign: str) -> bool:
    """Tell whether terminals are known to disagree on the width of a sign."""
    if sign.isascii() or (len(sign) == 1 and _stands_alone(sign)):
        return False
    if len(sign) == 1:
        return unicodedata.category(sign) in {"Mc", "Cf", "Co", "Cn"} or "\U0001f1e6" <= sign <= (
            "\U0001f1ff"
        )
    base, marks = sign[0], sign[1:]
    joined = any(unicodedata.category(mark) != "Mn" or mark >= "\ufe00" for mark in marks)
    return joined or not (base < "\u0700" or "\u1e00" <= base < "\u2000")


class Shadow:
    """What the terminal shows, as far as it is known.

    Args:
        size: of the screen, in cells.
        colors: what the terminal can show.
        signs: what it shows for signs that it may not have; all of them, when left out.
    """

    def __init__(self, size: Size, colors: ColorSystem, signs: Signs | None = None) -> None:
        self.size = size
        self._cells = Cells(colors, signs or Signs())
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
                    _write_row(brush, y, x, row, cells)
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
                _write_row(brush, y, at, row, known)
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
        row[at] = Cell(" ", _blank_pen(cell.pen), False) if cell is not None else None
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
    return cell.pen is pen or cell.pen == (_blank_pen(pen) if cell.text == " " else pen)


class _Brush:
    """Collects what is sent, and knows where the cursor and which pen is set."""

    def __init__(self) -> None:
        self._sent: list[str] = []
        self._pen = _DEFAULT
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
        self._take(_DEFAULT)
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
