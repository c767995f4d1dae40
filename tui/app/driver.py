"""The terminal itself: bytes in and out, the mouse, what it is asked, how it is left.

Textual's driver does most of it. Here it is told the terminal's encoding, a byte that does not
belong there is no mistake, a line that is lost ends the program instead of keeping it busy, and
the terminal is left as it was even when the rest of the program hangs.
"""

from __future__ import annotations

import os
import re
import select
import sys
import termios
from codecs import getincrementaldecoder
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

from textual import constants, events
from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from tui.app.glyphs import ASCII, PLAIN_TERMINALS, UTF_8, Signs

if TYPE_CHECKING:
    from textual.app import App

_AT_ONCE = 4096
_TICK = 0.1
"""Seconds between two looks at whether the program is to stop reading."""
ASK_BACKGROUND: Final = "\x1b]11;?\x1b\\"
_BACKGROUND = re.compile(r"\x1b\]11;rgba?:([0-9a-fA-F/]{1,40})(?:\x07|\x1b\\)")
_BEGUN = re.compile(r"\x1b(?:\](?:1(?:1(?:;[a-z:0-9A-F/]{0,48}\x1b?)?)?)?)?\Z")
# Escape, and at once a key that begins no sequence: two keys, pressed fast or sent together.
_ESCAPE = re.compile(r"\x1b(?=[^\x00-\x1f\x7f\[\]O]|\][^0-9])")
_PASTE, _PASTED = "\x1b[200~", "\x1b[201~"
_LEAVE = (
    b"\x1b[?2004l\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l\x1b[?1004l\x1b[<u"
    b"\x1b[?7h\x1b[?1049l\x1b[?25h"
)
_LIGHT: Final = 0.5
# Keyboard protocols, questions about modes, mouse, focus, pasting: a console prints parts of them.
_NEWER: Final = (
    "\x1b[>",
    "\x1b[<",
    "\x1b[?2026",
    "\x1b[?2048",
    "\x1b[?2004",
    "\x1b[?100",
    "\x1b[?101",
)
# Those of which screen readers that live in the terminal read a part aloud.
_READ_ALOUD: Final = ("\x1b[>", "\x1b[<", "\x1b[?2026$", "\x1b[?2048$", "\x1b]")


class Fitted(Protocol):
    """What the driver asks of the app."""

    signs: Signs
    shows_cursor: bool
    """Whether the terminal's own cursor is seen."""
    accessible: bool
    """Whether a screen reader listens."""
    asks_background: bool
    """Whether the terminal is asked for its background."""

    def lost_line(self) -> None:
        """Hear that the terminal is gone."""

    def suit_background(self, light: bool) -> None:
        """Hear what the terminal's background is."""


class Output:
    """Takes text and writes bytes of the terminal's encoding; a terminal that is gone takes all.

    Args:
        descriptor: of the terminal.
        encoding: what it reads.
        lost: called once, when it can no longer be written to.
    """

    def __init__(self, descriptor: int, encoding: str, lost: Callable[[], None]) -> None:
        self._descriptor = descriptor
        self._encoding = encoding
        self._lost = lost
        self._is_lost = False
        self._pieces: list[str] = []

    def fileno(self) -> int:
        """Return the descriptor."""
        return self._descriptor

    def write(self, text: str) -> int:
        """Take text; it goes out with the next flush."""
        self._pieces.append(text)
        return len(text)

    def flush(self) -> None:
        """Write what was taken."""
        data = "".join(self._pieces).encode(self._encoding, "replace")
        self._pieces.clear()
        while data and not self._is_lost:
            try:
                data = data[os.write(self._descriptor, data) :]
            except BlockingIOError:
                select.select([], [self._descriptor], [], 1.0)
            except OSError:
                self._is_lost = True
                self._lost()


class QualDriver(LinuxDriver):
    """The driver of the terminal app; how it behaves is set on the app before it runs."""

    def __init__(
        self,
        app: App[Any],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._fitted = cast("Fitted", app)
        self._asks_background = self._fitted.asks_background
        self._encoding = self._fitted.signs.encoding
        self._is_old = os.environ.get("TERM", "").partition("-")[0] in PLAIN_TERMINALS
        self._mouse = self._mouse and not self._is_old
        stderr = sys.__stderr__
        assert stderr is not None  # whoever starts the screen has looked
        self._descriptor = stderr.fileno()
        self._file = cast("Any", Output(self._descriptor, self._encoding, self._line_lost))
        self._held = ""
        """The last of what was typed, when more of it may be to come."""
        self._pasting = False

    # Coming and going

    def start_application_mode(self) -> None:
        """Take the terminal over."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if self._writer_thread is None:  # in the background: it is stopped again at once
            return
        if self._fitted.shows_cursor:
            self.write("\x1b[?25h")
        if self._asks_background:
            self._asks_background = False
            self.write(ASK_BACKGROUND)

    def stop_application_mode(self) -> None:
        """Give the terminal back as it was."""
        if self._mouse:
            self.write("\x1b[?1016l")
        super().stop_application_mode()

    def write(self, data: str) -> None:
        """Write to the terminal what it can understand."""
        if self._is_old and data.startswith(_NEWER):
            return
        if self._fitted.accessible and data.startswith(_READ_ALOUD):
            return
        super().write(data)

    def leave_at_once(self) -> None:
        """Give the terminal back although nothing answers any more, without waiting for it."""
        with suppress(OSError, termios.error):
            if self.attrs_before is not None:
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
            os.set_blocking(self._descriptor, False)
            os.write(self._descriptor, _LEAVE)
        with suppress(OSError):
            os.set_blocking(self._descriptor, True)

    def _line_lost(self) -> None:
        with suppress(RuntimeError):  # the loop has ended already
            self._loop.call_soon_threadsafe(self._fitted.lost_line)

    # The mouse

    @property
    def has_mouse(self) -> bool:
        """Whether the mouse is taken from the terminal."""
        return self._mouse

    @property
    def can_mouse(self) -> bool:
        """Whether the terminal may have a mouse."""
        return not self._is_old

    def set_mouse(self, wanted: bool) -> None:
        """Take the mouse from the terminal, or give it back."""
        if wanted and not self._mouse:
            self._mouse = True
            self._enable_mouse_support()
        elif not wanted and self._mouse:
            self._disable_mouse_support()
            self.write("\x1b[?1016l")
            self._mouse = False

    # What is typed

    def run_input_thread(self) -> None:
        """Read what is typed until told to stop, or until the line is lost."""
        parser = XTermParser(self._debug)
        # Where the locale names none, what is typed is UTF-8 nearly always.
        typed = UTF_8 if self._encoding == ASCII else self._encoding
        decode = getincrementaldecoder(typed)("replace").decode
        try:
            while not self.exit_event.is_set():
                wait = min(_TICK, constants.ESCAPE_DELAY)
                if select.select([self.fileno], [], [], wait)[0]:
                    data = self._read()
                    if not data:
                        self._line_lost()
                        return
                    self._take(parser, self._answered(decode(data)))
                elif self._held:
                    # It was the key after all, not the beginning of something.
                    held, self._held = self._held, ""
                    if not self._pasting:
                        self.process_message(events.Key("escape", "\x1b"))
                        held = held[1:]
                    self._take(parser, held)
                for event in parser.tick():
                    self.process_message(event)
        finally:
            with suppress(EOFError, ParseError):
                for _ in parser.feed(""):
                    pass

    def _read(self) -> bytes:
        """Return what there is to read; nothing when the line is lost."""
        while True:
            try:
                return os.read(self.fileno, _AT_ONCE)
            except InterruptedError:
                continue
            except BlockingIOError:
                select.select([self.fileno], [], [], _TICK)
            except OSError:
                return b""

    def _take(self, parser: XTermParser, text: str) -> None:
        """Make events of what was typed.

        The parser takes Escape and a key that follow each other fast for Alt with that key, and
        forgets the Alt of most signs; here they are what was pressed.
        """
        pieces = [text]
        if not self._pasting and _PASTE not in text:
            pieces = _ESCAPE.split(text)
        last = max(text.rfind(_PASTE), text.rfind(_PASTED))
        if last >= 0:
            self._pasting = text.startswith(_PASTE, last)
        for number, piece in enumerate(pieces):
            if number:
                self.process_message(events.Key("escape", "\x1b"))
            if piece:
                for event in parser.feed(piece):
                    self.process_message(event)

    def _answered(self, text: str) -> str:
        """Take the answer to what was asked out of what was typed."""
        if not self._held and "\x1b" not in text:
            return text
        text = self._held + text
        self._held = ""
        if found := _BACKGROUND.search(text):
            light = is_light(found[1])
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._fitted.suit_background, light)
            text = text[: found.start()] + text[found.end() :]
        if begun := _BEGUN.search(text):
            self._held = begun[0]
            text = text[: begun.start()]
        return text


def close_own_master() -> None:
    """Close the other end of a terminal where whoever made it has left it open in this process.

    A screen reader that lives in the terminal does (yasr): its end would otherwise never be heard
    of here, as long as this process holds the terminal itself.
    """
    for descriptor in _numbers("/proc/self/fd"):
        with suppress(OSError):
            name = os.readlink(f"/proc/self/fd/{descriptor}")
            if descriptor > 2 and name in ("/dev/ptmx", "/dev/pts/ptmx"):
                os.close(descriptor)


def _numbers(folder: str) -> list[int]:
    try:
        return [int(name) for name in os.listdir(folder)]
    except OSError:  # there is no such folder on this system
        return []


def is_light(color: str) -> bool:
    """Tell whether a colour as terminals name it, ``ffff/ffff/ffff``, is a light one."""
    parts = [part for part in color.split("/") if part][:3]
    if len(parts) < 3:
        return False
    red, green, blue = (int(part, 16) / (int("f" * len(part), 16)) for part in parts)
    return 0.299 * red + 0.587 * green + 0.114 * blue > _LIGHT
