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
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, cast

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
from tui.app.shadow import Lid, Shadow
from tui.text.safe import make_line

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.events import Resize
    from textual.screen import Screen

FULL_REPAINT = "QUAL_FULL_REPAINT"
CLIPBOARD_LIMIT = 74_000
"""Signs of a sequence for the clipboard; many terminals drop a longer one as a whole."""
_NOTHING: Lid = {}
_NO_CLIPBOARD = ("linux", "vt", "ansi", "dumb")


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

    def __init__(self, update: LayoutUpdate | ChopsUpdate, signs: Signs, lid: Lid) -> None:
        self._update = update
        self._signs = signs
        self._lid = lid

    def render_segments(self, console: Console) -> str:
        """Return what is sent to the terminal."""
        above = ((y, x, strip) for y, (x, strip) in self._lid.items())
        return "".join(
            f"\x1b[{y + 1};{x + 1}H{self._signs.line(safe_strip(strip).render(console))}"
            for y, x, strip in (*pieces_of(self._update), *above)
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
    accessible = False
    """Whether what is written is read aloud."""
    is_plain = False
    """Whether nothing is coloured or dim."""
    _shadow: Shadow | None = None
    _whole_screen: Screen[Any] | None = None
    _lid: Lid = {}  # noqa: RUF012 - never changed, only replaced
    _lid_of: Screen[Any] | None = None
    lid_waits = False
    """Whether something has been laid over a screen, or taken off, that is not written yet."""

    def cover(self, screen: Screen[Any], lid: Lid) -> None:
        """Lay rows over a screen: they are seen whenever it is the topmost one.

        They are written with the rows that the key at hand changes, and stand past the compositor:
        nothing is laid out anew for them, and taking them off draws only what they hid.

        Args:
            screen: the screen.
            lid: the rows, in the place of those that lay there before; empty: none any more.
        """
        self._lid, self._lid_of, self.lid_waits = lid, screen, True

    def lid_over(self, screen: Screen[Any]) -> Lid:
        """Return what lies over a screen now."""
        return self._lid if screen is self._lid_of else _NOTHING

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
                update = _Everything(renderable, self.signs, self.lid_over(screen))
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
            shadow = self._shadow = Shadow(
                self.size, colors, self.signs, heard=self.accessible, plain=self.is_plain
            )
        shadow.cover(self.lid_over(screen))
        self.lid_waits = False
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
