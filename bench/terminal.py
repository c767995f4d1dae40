"""Drive a program in a real pseudo terminal and time its answers to keys."""

from __future__ import annotations

import fcntl
import glob
import os
import select
import signal
import statistics
import struct
import termios
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

QUIET = 0.06
"""Seconds without a byte after which an answer is over."""


@dataclass(frozen=True)
class Answer:
    """What came back after one key."""

    milliseconds: float
    """From the key to the last byte of the answer."""
    data: bytes
    """All that was written."""

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.data)


class Terminal:
    """A program in a pty that answers the questions terminals are asked.

    Args:
        command: the program and its arguments.
        columns: width.
        rows: height.
        environment: added to the present one.
        folder: where it runs.
    """

    def __init__(
        self,
        command: Sequence[str],
        columns: int,
        rows: int,
        environment: dict[str, str] | None = None,
        folder: str | None = None,
    ) -> None:
        self.started = time.perf_counter()
        self.pid, self.fd = os.forkpty()
        if self.pid == 0:
            # The child: size first, then the program.
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.environ.update(environment or {})
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")
            for name in ("LINES", "COLUMNS", "TMUX", "NO_COLOR", "PYTHONDONTWRITEBYTECODE"):
                os.environ.pop(name, None)
            if folder:
                os.chdir(folder)
            try:
                os.execvp(command[0], list(command))
            finally:
                os._exit(127)

    def read(self, quiet: float = QUIET, longest: float = 5.0) -> tuple[float | None, bytes]:
        """Read until nothing comes for ``quiet`` seconds; return when the last byte came."""
        begun = time.perf_counter()
        last: float | None = None
        pieces: list[bytes] = []
        while True:
            now = time.perf_counter()
            left = longest - (now - begun)
            if last is not None:
                left = min(left, quiet - (now - last))
            if left <= 0:
                break
            ready, _, _ = select.select([self.fd], [], [], left)
            if not ready:
                break
            try:
                data = os.read(self.fd, 65536)
            except OSError:
                break
            if not data:
                break
            last = time.perf_counter()
            pieces.append(data)
            self._answer(data)
        return last, b"".join(pieces)

    def press(self, keys: bytes, quiet: float = QUIET) -> Answer | None:
        """Send keys and time the answer; None when nothing came back."""
        sent = time.perf_counter()
        os.write(self.fd, keys)
        last, data = self.read(quiet, 3.0)
        return Answer((last - sent) * 1000, data) if last is not None else None

    def first_paint(self, quiet: float = 0.5, least: int = 0) -> Answer:
        """Wait for the first paint; its time is from the start of the process.

        Args:
            quiet: seconds without a byte after which it is over.
            least: bytes that are surely fewer than a paint: a program that is slow to start says
                a little to the terminal first, and a pause after that is no paint.

        Raises:
            RuntimeError: so much never came; nothing was measured.
        """
        end = time.perf_counter() + 60.0
        data, last = b"", None
        while True:
            came, piece = self.read(quiet, 5.0)
            data, last = data + piece, came or last
            if last is not None and len(data) >= least:
                return Answer((last - self.started) * 1000, data)
            if time.perf_counter() > end:
                raise RuntimeError(f"no first paint: only {len(data)} bytes came")

    def processor_milliseconds(self) -> float:
        """Return how long its threads have run; it does not count who else the machine serves."""
        total = 0
        for task in glob.glob(f"/proc/{self.pid}/task/*/schedstat"):
            with suppress(OSError), open(task, encoding="ascii") as file:
                total += int(file.read().split()[0])
        return total / 1e6

    def resident_megabytes(self) -> float:
        """Return the peak resident memory so far."""
        with open(f"/proc/{self.pid}/status", encoding="ascii") as status:
            for line in status:
                if line.startswith("VmHWM"):
                    return int(line.split()[1]) / 1024
        return 0.0

    def stop(self) -> None:
        """Kill the program and collect it."""
        try:
            os.kill(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
        finally:
            os.close(self.fd)
            os.waitpid(self.pid, 0)

    def _answer(self, data: bytes) -> None:
        if b"\x1b[?2026$p" in data:
            os.write(self.fd, b"\x1b[?2026;2$y")
        if b"\x1b[c" in data:
            os.write(self.fd, b"\x1b[?62;c")
        if b"\x1b[6n" in data:
            os.write(self.fd, b"\x1b[1;1R")


def median(values: Sequence[float]) -> float:
    """Return the median; of nothing, infinity."""
    return statistics.median(values) if values else float("inf")


def percentile99(values: Sequence[float]) -> float:
    """Return the 99th percentile; of nothing, infinity."""
    if not values:
        return float("inf")
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.99))]
