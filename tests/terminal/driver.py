"""A terminal for tests: a real pty, a screen that understands what is written to it, keys.

The program in it is a real process with a controlling terminal, as over SSH. The screen is that of
``pyte``; the questions that programs ask a terminal are answered as a plain one would.
"""

from __future__ import annotations

import codecs
import fcntl
import glob
import os
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import pyte

ROOT = Path(__file__).resolve().parent.parent.parent

PATIENCE = 120.0
"""Seconds until something that must come has surely not come: machines may be busy."""

_IDLE = 0.03
"""The share of a processor that a program at rest may take: a clock ticks, keys are polled for."""

_MOST_TYPED = 256
"""Bytes that are written to a line at once; it may take fewer."""

_MOST_AT_ONCE = 1 << 18
"""Bytes that are drawn before somebody looks at the screen."""

_QUESTIONS: tuple[tuple[re.Pattern[bytes], Callable[[re.Match[bytes]], bytes]], ...] = (
    # Does it know this mode? Synchronised output is known, and off; others are not.
    (
        re.compile(rb"\x1b\[\?(\d+)\$p"),
        lambda m: b"\x1b[?" + m[1] + (b";2$y" if m[1] == b"2026" else b";0$y"),
    ),
    (re.compile(rb"\x1b\[0?c"), lambda m: b"\x1b[?62;22c"),
    (re.compile(rb"\x1b\[6n"), lambda m: b"\x1b[1;1R"),
)
_PLAIN = {
    "TERM": "xterm-256color",
    "LANG": "C.UTF-8",
    "LC_ALL": "",
    "NO_COLOR": "",
    "COLORTERM": "",
}
"""The environment of a terminal that is like most, whatever that of the tests is."""
_MODES = re.compile(rb"\x1b\[(?:\?(\d+)([hl])|([<>])\d*u)")
_AFTERWARDS = {b"7": True, b"25": True}
"""Modes that a terminal is to have when a program has left it; all others are to be off."""
# Sequences that pyte would print as text: keyboard protocols and the like.
_UNKNOWN = re.compile(
    r"\x1b\[[<>=?][0-9;]*[$]?[a-zA-Z]|\x1b\[[0-9;]*[$][a-z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"
)
_UNFINISHED = re.compile(r"\x1b(?:\[[<>=?]?[0-9;:]*[$]?|\][^\x07\x1b]{0,200})?\Z")
_KNOWN = re.compile(r"\x1b\[\?[0-9;]+[hl]")


class Terminal:
    """One program running in a terminal of its own.

    Args:
        arguments: of ``qual``.
        folder: where it starts.
        columns: width.
        lines: height.
        env: added to the environment.
        background: the colour that it says its background has; None leaves the question open.
        program: what Python runs; the program itself when left out.
    """

    def __init__(
        self,
        arguments: Sequence[str],
        folder: str | Path,
        *,
        columns: int = 80,
        lines: int = 24,
        env: dict[str, str] | None = None,
        background: str | None = None,
        program: str | None = None,
    ) -> None:
        self._background = background
        self.screen = pyte.Screen(columns, lines)
        self._stream = pyte.Stream(self.screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._held = ""
        self.output = b""
        """All that the program has written."""
        self._asked = 0
        self.status: int | None = None
        """What ``waitpid`` said, once it has ended."""
        self.looks = True
        """Whether what is written is drawn on the screen; runs that only press keys need not."""
        environment = {**os.environ, **_PLAIN, "PYTHONPATH": str(ROOT)} | (env or {})
        start = ["-m", "tui"] if program is None else ["-c", program]
        command = [sys.executable, *start, *arguments]
        self.pid, self._master = os.forkpty()
        if self.pid == 0:  # the child never returns
            try:
                os.chdir(folder)
                os.execve(sys.executable, command, environment)
            finally:
                os._exit(127)
        self._before = termios.tcgetattr(self._master)[:4]  # the program is still being loaded
        self.resize(columns, lines)

    # What is seen

    def text(self) -> str:
        """Return what the screen shows, line by line."""
        columns = range(self.screen.columns)
        rows = (self.screen.buffer[y] for y in range(self.screen.lines))
        # The right half of a wide sign is an empty cell.
        return "\n".join("".join([row[x].data for x in columns]).rstrip() for row in rows)

    def read(self, seconds: float = 0.0) -> bool:
        """Take what the program has written; tell whether it is still there to write."""
        ready, _, _ = select.select([self._master], [], [], seconds)
        if not ready:
            return True
        piece = b""
        while ready and len(piece) < _MOST_AT_ONCE:
            try:
                more = os.read(self._master, 65536)
            except OSError:  # the other end is closed
                break
            piece += more
            ready = select.select([self._master], [], [], 0)[0] if more else []
        if not piece:
            return False
        self.output += piece
        self._answer()
        if not self.looks:
            return True
        self._held += self._decoder.decode(piece)
        # A sequence may be cut in two by the pipe: its beginning waits for the rest.
        cut = _UNFINISHED.search(self._held)
        ready_text = self._held[: cut.start()] if cut else self._held
        self._held = self._held[len(ready_text) :]
        self._stream.feed(
            _UNKNOWN.sub(lambda m: m[0] if _KNOWN.fullmatch(m[0]) else "", ready_text)
        )
        return True

    def wait_for(self, wanted: str | Callable[[str], bool], seconds: float = PATIENCE) -> str:
        """Wait until a text is on the screen, or until the screen pleases; return the screen."""
        end = time.monotonic() + seconds
        pleases = wanted if callable(wanted) else (lambda shown: wanted in shown)
        while not pleases(self.text()):
            if time.monotonic() > end:
                raise AssertionError(f"{wanted!r} did not come; the screen:\n{self.text()}")
            if not self.read(0.05):
                raise AssertionError(f"it ended before {wanted!r} came:\n{self.text()}")
        return self.text()

    def settle(self, silence: float = 0.1, seconds: float = PATIENCE) -> str:
        """Wait until the program has come to rest; return the screen."""
        self.rest(silence, seconds)
        return self.text()

    def rest(self, silence: float = 0.1, seconds: float = PATIENCE) -> None:
        """Wait until the program has neither written nor run for a while.

        Silence alone is no rest where the machine is busy: a program that waits for its turn is
        silent, too.
        """
        end = time.monotonic() + seconds
        rests = False
        while not rests and time.monotonic() < end:
            length, worked = len(self.output), self._worked()
            quiet = time.monotonic() + silence
            while (left := quiet - time.monotonic()) > 0 and self.read(left):
                pass
            idle = not self._wants_to_work() and self._worked() - worked < silence * _IDLE
            rests = idle and len(self.output) == length

    def _worked(self) -> float:
        """Return the seconds of processor time that the program has had; 0 where none can tell."""
        ran = 0
        for path in glob.glob(f"/proc/{self.pid}/task/*/schedstat"):
            with suppress(OSError), open(path, encoding="ascii") as file:
                ran += int(file.read().split()[0])
        return ran / 1e9

    def _wants_to_work(self) -> bool:
        """Tell whether a thread of the program has the processor or waits for it."""
        for path in glob.glob(f"/proc/{self.pid}/task/*/stat"):
            with suppress(OSError), open(path, encoding="ascii", errors="replace") as file:
                if file.read().rpartition(")")[2].split()[0] == "R":
                    return True
        return False

    def _answer(self) -> None:
        fresh = self.output[self._asked :]
        end = 0
        questions = list(_QUESTIONS)
        if self._background is not None:
            said = f"\x1b]11;rgb:{self._background}\x1b\\".encode()
            questions.append((re.compile(rb"\x1b\]11;\?(?:\x07|\x1b\\)"), lambda _: said))
        for pattern, answer in questions:
            for found in pattern.finditer(fresh):
                with suppress(OSError):
                    os.write(self._master, answer(found))
                end = max(end, found.end())
        # The rest may hold the beginning of a question.
        self._asked += max(end, len(fresh) - 16, 0)

    # What is done

    def press(self, keys: str) -> None:
        """Press keys, as fast as they can be written; ``\\r`` is Enter, ``\\x1b`` Escape."""
        left = keys.encode()
        while left:
            # A line that is full in both directions would keep both ends waiting for ever.
            ready, free, _ = select.select([self._master], [self._master], [], PATIENCE)
            assert ready or free, f"nobody reads the keys; the screen:\n{self.text()}"
            if ready and not self.read():
                return
            if free:
                left = left[os.write(self._master, left[:_MOST_TYPED]) :]

    def resize(self, columns: int, lines: int) -> None:
        """Give the window another size; the program is told by a signal."""
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self.screen.resize(lines, columns)

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Send a signal to the program."""
        os.kill(self.pid, number)

    def hang_up(self) -> None:
        """Close the terminal, as a lost line does."""
        os.close(self._master)
        self._master = -1

    def wait_for_end(self, seconds: float = PATIENCE) -> int:
        """Wait until the program has ended; return its exit code, or minus the signal's number."""
        end = time.monotonic() + seconds
        while True:
            if self._master >= 0:
                self.read(0.02)
            else:
                time.sleep(0.02)
            done, status = os.waitpid(self.pid, os.WNOHANG)
            if done:
                self.status = status
                while self._master >= 0 and self.read(0.0) and self._has_more():
                    pass
                return os.waitstatus_to_exitcode(status)
            if time.monotonic() > end:
                raise AssertionError(f"it did not end; the screen:\n{self.text()}")

    def _has_more(self) -> bool:
        return bool(select.select([self._master], [], [], 0.05)[0])

    def is_cooked(self) -> bool:
        """Tell whether the terminal echoes and reads lines, as a shell expects it."""
        mode = termios.tcgetattr(self._master)[3]
        return bool(mode & termios.ECHO and mode & termios.ICANON)

    def is_set_as_before(self) -> bool:
        """Tell whether input, output, control and line modes are what the program found."""
        return termios.tcgetattr(self._master)[:4] == self._before

    def is_restored(self) -> bool:
        """Tell whether the program has taken back all that it asked of the terminal.

        The other screen is left, the cursor shown, mouse, pasting, focus and keyboard reports off.
        """
        return self.left_behind() == []

    def left_behind(self) -> list[str]:
        """Return the modes that are not as a program must leave them."""
        now: dict[bytes, bool] = {}
        keyboards = 0
        for found in _MODES.finditer(self.output):
            if found[1]:
                now[found[1]] = found[2] == b"h"
            else:
                keyboards += 1 if found[3] == b">" else -1
        wrong = [
            f"{mode.decode()}{'h' if is_on else 'l'}"
            for mode, is_on in now.items()
            if is_on != _AFTERWARDS.get(mode, False)
        ]
        return wrong + ["keyboard"] * (keyboards > 0)

    def state(self) -> str:
        """Return the letter of the process's state: ``T`` for stopped."""
        with open(f"/proc/{self.pid}/stat", encoding="ascii") as file:
            return file.read().rpartition(")")[2].split()[0]

    def close(self) -> None:
        """End the program, if it still runs, and give the terminal up."""
        if self.status is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            _, self.status = os.waitpid(self.pid, 0)
        if self._master >= 0:
            os.close(self._master)
            self._master = -1

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
