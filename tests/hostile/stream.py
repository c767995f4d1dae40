"""What a program sends to its terminal: taken apart, and a real terminal to send it to."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyte

from tests.hostile.conftest import environment
from tests.hostile.study import UNSAFE

_SEQUENCE = re.compile(
    "\x1b\\[[0-?]*[ -/]*[@-~]"  # CSI
    "|\x1b[\\]PX^_].*?(?:\x07|\x1b\\\\|\x9c)"  # OSC, DCS, SOS, PM, APC
    "|\x1b[ -/]*[0-~]",  # the short ones
    re.DOTALL,
)

PROGRAM = re.compile(
    "\x1b\\["
    "(?:"
    "[0-9;:]*m"  # pens
    "|[0-9;]*H|[0-9]*[ABCDGdEF]"  # places
    "|[0-9]*[JKX]"  # erasing
    r"|\?(?:7|25|1000|1002|1003|1004|1006|1015|1016|1049|2004|2026|2031|2048)[hl]"  # modes
    r"|\?20(?:26|48)\$p"  # asking for modes
    "|>[0-9]+u|<u"  # the keys of kitty
    ")"
)
"""The sequences that the program itself sends, Textual's driver among it."""


def foreign_sequences(data: bytes, allowed: re.Pattern[str] = PROGRAM) -> list[str]:
    """Return what of a stream acts on a terminal and is none of the program's own sequences.

    Args:
        data: all that was sent.
        allowed: what the program may send.
    """
    text = data.decode("utf-8")
    found = [each for each in _SEQUENCE.findall(text) if not allowed.fullmatch(each)]
    rest = _SEQUENCE.sub("", text).replace("\r", "")
    return found + [rest[max(each.start() - 20, 0) :][:40] for each in UNSAFE.finditer(rest)][:20]


class Terminal:
    """A pseudo terminal with a program in it.

    Args:
        code: Python code that the program is.
        args: its arguments.
        size: columns and lines.
        cwd: where it runs.
        env: its environment.
    """

    def __init__(
        self,
        code: str,
        args: Sequence[str],
        *,
        size: tuple[int, int] = (80, 24),
        cwd: str,
        env: dict[str, str],
    ) -> None:
        self._master, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        start = "import fcntl, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0)\n"
        self.process = subprocess.Popen(
            [sys.executable, "-c", start + code, *args],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=cwd,
            env=env,
            start_new_session=True,
        )
        os.close(slave)
        self.sent = b""
        """All that the program sent."""
        self._drawn = 0
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)

    def text(self) -> str:
        """Return what the terminal shows."""
        new, self._drawn = self.sent[self._drawn :], len(self.sent)
        # pyte stumbles over what it does not know; the rest is what a terminal shows.
        self._stream.feed(re.sub(rb"\x1b\[[<>=?][0-9;]*[$a-zA-Z]p?", b"", new))
        return "\n".join(self._screen.display)

    def read(self, seconds: float) -> bool:
        """Take in what comes within some seconds; tell whether anything came."""
        ready, _, _ = select.select([self._master], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(self._master, 1 << 16)
        except OSError:
            return False  # the program has ended
        self.sent += data
        return bool(data)

    def settle(self, quiet: float = 0.25) -> None:
        """Wait until the program has been quiet for a while."""
        while self.read(quiet):
            pass

    def until(self, words: str, seconds: float = 20.0) -> None:
        """Wait until the terminal shows some words."""
        end = time.monotonic() + seconds
        while words not in self.text():
            if time.monotonic() > end or (not self.read(0.1) and self.process.poll() is not None):
                raise AssertionError(f"{words!r} never came:\n{self.text()}\n{self.sent[-800:]!r}")

    def press(self, *keys: str | bytes) -> None:
        """Send keys one after the other, and let each take effect."""
        for key in keys:
            os.write(self._master, key if isinstance(key, bytes) else key.encode())
            self.settle(0.12)

    def end(self) -> int:
        """Wait for the end of the program; return its exit code."""
        end = time.monotonic() + 20
        while self.process.poll() is None and time.monotonic() < end:
            self.read(0.05)
        while self.read(0.05):
            pass
        return self.process.wait(1)

    def close(self) -> None:
        """Hang up."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._master)


@contextlib.contextmanager
def terminal(
    code: str,
    *args: str,
    home: Path,
    cwd: str,
    size: tuple[int, int] = (80, 24),
    **env: str,
) -> Iterator[Terminal]:
    """Run Python code in a pseudo terminal."""
    made = Terminal(
        code, args, size=size, cwd=cwd, env=environment(home, TERM="xterm-256color", **env)
    )
    try:
        yield made
    finally:
        made.close()
