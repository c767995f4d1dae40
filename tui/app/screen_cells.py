"""What one cell of the terminal shows, and what sets the pen that it is drawn with."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len, get_character_cell_size
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.app.glyphs import Signs
from tui.text.graphemes import is_boundary
from tui.text.safe import make_line

_CACHED_STRIPS = 2_000
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


DEFAULT = Pen()
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
def blank_pen(pen: Pen) -> Pen:
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
        pen = blank_pen(self._pen) if shown == " " else self._pen
        cell = self[sign] = Cell(shown, pen, _is_unsure(shown))
        return cell


class Cells:
    """Turns segments into cells.

    Args:
        colors: what the terminal can show.
        signs: what it shows for signs that it may not have.
        plain: leave colours and dimness out, so that all is as easy to see as the terminal can.
    """

    def __init__(self, colors: ColorSystem, signs: Signs, *, plain: bool = False) -> None:
        self.colors = colors
        self._plain = plain
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
        pen = pen_of(segment.style, self.colors) if segment.style else DEFAULT
        if self._plain:
            pen = Pen(tuple(code for code in pen.attributes if code != "2"))
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
