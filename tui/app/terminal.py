"""Writes to the terminal only the cells that changed.

Textual sends every cell of a region that might have changed, each stretch with its full colour
sequence. Over a slow line that is felt. Here a shadow of the screen is kept, and of each update
only the cells that differ from it are sent. One private hook is used, ``App._display``; the
environment variable ``QUAL_FULL_REPAINT=1`` gives the work back to Textual.

Nothing that acts on a terminal gets through, whatever widget it comes from.
"""

from __future__ import annotations

import base64
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from rich.cells import cell_len, get_character_cell_size
from rich.color import ColorSystem
from rich.console import COLOR_SYSTEMS, Console
from rich.segment import Segment
from rich.style import Style
from textual import on
from textual._ansi_sequences import SYNC_END, SYNC_START
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.app import App, ReturnType
from textual.driver import Driver
from textual.strip import Strip

from tui.app.glyphs import Signs
from tui.text.graphemes import is_boundary
from tui.text.safe import make_line

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.events import Resize
    from textual.geometry import Size
    from textual.screen import Screen

FULL_REPAINT = "QUAL_FULL_REPAINT"
CLIPBOARD_LIMIT = 74_000
"""Signs of a sequence for the clipboard; many terminals drop a longer one as a whole."""
_NO_CLIPBOARD = ("linux", "vt", "ansi", "dumb")
_CACHED_STRIPS = 2_000
# Up to so many unchanged cells are written again rather than skipped: it takes fewer bytes.
_BRIDGE = 4
# So many blanks and more are erased rather than written.
_BLANKS = re.compile(" {6,}")
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

    @property
    def colors(self) -> ColorSystem:
        """The colours it was made for."""
        return self._cells.colors

    def forget(self) -> None:
        """Know nothing any more: the next update is written whole."""
        for row in self._rows:
            row[:] = [None] * len(row)

    def write(self, pieces: Iterable[tuple[int, int, Strip]]) -> str:
        """Return what brings the terminal to show the pieces, each ``(row, column, strip)``."""
        brush = _Brush()
        for y, x, strip in pieces:
            if 0 <= y < self.size.height and 0 <= x < self.size.width:
                cells = self._cells.of_strip(strip)[: self.size.width - x]
                row = self._rows[y]
                if row[x : x + len(cells)] != cells:
                    _write_row(brush, y, x, row, cells)
        return brush.finish()


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
            self._sent.append(text[done : blanks.start()])
            count = blanks.end() - blanks.start()
            done = blanks.end()
            self._sent.append(f"\x1b[{count}X")
            if done < len(text) or not is_last:
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


def pieces_of(update: LayoutUpdate | ChopsUpdate) -> Iterator[tuple[int, int, Strip]]:
    """Return what an update would write: row, column and strip of each piece."""
    if isinstance(update, LayoutUpdate):
        for y, strips in enumerate(update.strips, update.region.y):
            x = update.region.x
            for strip in strips:
                yield y, x, strip
                x += strip.cell_length
        return
    for y, first, after in update.spans:
        for end, (x, chop) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if chop is None or x > after or end <= first:
                continue
            inside = after > x >= first and end <= after
            yield y, x, chop if inside else chop.crop(0, min(end, after) - x)


class _ChangedCells(CompositorUpdate):
    """Takes an update's place and writes only what differs from the shadow."""

    def __init__(self, update: LayoutUpdate | ChopsUpdate, shadow: Shadow) -> None:
        self._update = update
        self._shadow = shadow

    def render_segments(self, console: Console) -> str:
        """Return what is sent to the terminal."""
        return self._shadow.write(pieces_of(self._update))


class _Rows(CompositorUpdate):
    """Rows that were drawn past Textual's compositor."""

    def __init__(self, pieces: Iterable[tuple[int, int, Strip]], shadow: Shadow) -> None:
        self._pieces = pieces
        self._shadow = shadow

    def render_segments(self, console: Console) -> str:
        """Return what is sent to the terminal."""
        return self._shadow.write(self._pieces)


def _is_full_repaint() -> bool:
    return os.environ.get(FULL_REPAINT) == "1"


class _Everything(CompositorUpdate):
    """Takes an update's place and writes all of it, made safe."""

    def __init__(self, update: LayoutUpdate | ChopsUpdate, signs: Signs) -> None:
        self._update = update
        self._signs = signs

    def render_segments(self, console: Console) -> str:
        """Return what is sent to the terminal."""
        return "".join(
            f"\x1b[{y + 1};{x + 1}H{self._signs.line(safe_strip(strip).render(console))}"
            for y, x, strip in pieces_of(self._update)
        )


def safe_strip(strip: Strip) -> Strip:
    """Return the strip with everything visible that could act on a terminal."""
    if all(segment.control or segment.text.isprintable() for segment in strip):
        return strip
    return Strip(
        [
            segment if segment.control else Segment(make_line(segment.text), segment.style)
            for segment in strip
        ]
    )


class SparingApp(App[ReturnType]):
    """An app that sends its terminal only the cells that changed."""

    signs = Signs()
    """What the terminal shows for signs that it may not have."""
    _shadow: Shadow | None = None
    _whole_screen: Screen[Any] | None = None

    def forget_screen(self) -> None:
        """Hold nothing of what the terminal shows for known, so that all is written again."""
        self._shadow = None

    def write_now(self, y: int, text: str) -> None:
        """Write one row of the terminal at once, while the loop that draws is held up.

        Whatever draws there next is drawn over it.

        Args:
            y: the row, from 0.
            text: what it says, filled up with blanks.
        """
        shadow, driver = self._shadow, self._driver
        if shadow is None or driver is None or self.is_headless:
            return
        cells = shadow.size.width
        strip = Strip([Segment(text[:cells].ljust(cells), Style(reverse=True))])
        driver.write(shadow.write([(y, 0, strip)]))
        driver.flush()

    def offer_to_clipboard(self, text: str) -> bool:
        """Ask the terminal to put a text into its clipboard; nobody answers whether it did.

        One sequence, written between two updates: no cell of the screen changes.

        Returns:
            Whether it was sent: not when it is longer than terminals take, nor to one that
            would print it.
        """
        payload = base64.b64encode(text.encode("utf-8", "replace")).decode("ascii")
        if len(payload) > CLIPBOARD_LIMIT or os.environ.get("TERM", "").startswith(_NO_CLIPBOARD):
            return False
        if self._driver is not None:
            self._driver.write(f"\x1b]52;c;{payload}\a")
        return True

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        if isinstance(renderable, LayoutUpdate | ChopsUpdate):
            update: CompositorUpdate
            if _is_full_repaint():
                update = _Everything(renderable, self.signs)
            else:
                update = _ChangedCells(renderable, self._shadow_for(screen))
                if self._sends_now:
                    self._send(update)
                    return
            super()._display(screen, cast("RenderableType", update))
            return
        rows: object = renderable
        if isinstance(rows, _Rows):
            self._send(rows)
            return
        if renderable is not None:
            self.forget_screen()
        super()._display(screen, renderable)

    def takes_rows(self, screen: Screen[Any]) -> bool:
        """Tell whether rows of a screen can be written now: it is shown and all of it is known."""
        shadow = self._shadow
        known = shadow is not None and shadow.size == self.size and screen is self._whole_screen
        return known and screen is self.screen and self._sends_now and not _is_full_repaint()

    def write_rows(self, screen: Screen[Any], pieces: Iterable[tuple[int, int, Strip]]) -> None:
        """Write rows of a screen that can be written now.

        Args:
            screen: what is shown.
            pieces: row, column and strip of each.
        """
        self._display(screen, cast("RenderableType", _Rows(pieces, self._shadow_for(screen))))

    @property
    def _sends_now(self) -> bool:
        driver = self._driver
        ready = self._running and not self._closed and not self._batch_count
        return ready and driver is not None and not driver.is_inline and not self.is_headless

    def _send(self, update: CompositorUpdate) -> None:
        """Write an update in one piece, and nothing where nothing has changed.

        Textual hands each part to the thread that writes; every one wakes it up.
        """
        driver = self._driver
        assert driver is not None
        try:
            sent = update.render_segments(self.console)
        except Exception as error:  # noqa: BLE001 - as Textual does: the app ends in order
            self._handle_exception(error)
            sent = ""
        place = self.screen.outer_size.clamp_offset(self.cursor_position)
        if sent or place != self._previous_cursor_position:
            self._previous_cursor_position = place
            sent += f"\x1b[{place.y + 1};{place.x + 1}H"
            driver.write(f"{SYNC_START}{sent}{SYNC_END}" if self._sync_available else sent)
            driver.flush()
        self.post_display_hook()

    def _shadow_for(self, screen: Screen[Any]) -> Shadow:
        """Return what is known of the terminal, nothing where it may have changed unseen.

        A dialog is drawn over what is there. Another whole screen is written afresh: that also
        heals what other programs have left on the terminal.
        """
        if not screen.is_modal and screen is not self._whole_screen:
            self._whole_screen = screen
            self.forget_screen()
        colors = COLOR_SYSTEMS[self.console.color_system or "truecolor"]
        shadow = self._shadow
        if shadow is None or shadow.size != self.size or shadow.colors != colors:
            shadow = self._shadow = Shadow(self.size, colors, self.signs)
        return shadow

    async def _on_resize(self, event: Resize) -> None:
        """The terminal has rearranged its rows, also when it ends as large as it was."""
        if self._shadow is None:
            return  # nothing has been written since all was forgotten
        self.forget_screen()
        if self.screen_stack:
            self.screen.refresh()

    def _suspend_signal(self) -> None:
        """Another program is about to write on the terminal."""
        self.forget_screen()
        super()._suspend_signal()

    @on(Driver.SignalResume)
    def _write_all_again(self) -> None:
        """The program was stopped and is back; the terminal shows something else."""
        self.forget_screen()
        self.refresh(layout=True)
