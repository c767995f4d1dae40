"""A slow line: 20 kB/s and 200 ms for a round trip, as over a bad connection; a fast typist.

Between the program and the typist stand two queues that hand bytes on late and not faster than the
line carries them. What the typist sees is what has come through.
"""

from __future__ import annotations

import os
import select
import time
from collections import deque
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path

from bench.acts import our_command
from bench.frames import Frames
from bench.load import loaded_project
from bench.row import Row, verdict
from bench.terminal import Terminal

BYTES_A_SECOND = 20_000
ROUND_TRIP = 0.2
KEYS_A_SECOND = 5.0
SIZES = ((80, 24), (160, 48))
_END_OF_FRAME = b"\x1b[?2026l"


class Line:
    """One direction of a line: hands bytes on after half a round trip, at the line's speed."""

    def __init__(self, speed: float = BYTES_A_SECOND, delay: float = ROUND_TRIP / 2) -> None:
        self._speed = speed
        self._delay = delay
        self._waiting: deque[tuple[float, bytes]] = deque()
        self._free_at = 0.0
        self.waiting = 0
        """Bytes that have not been handed on."""

    def put(self, data: bytes, now: float) -> None:
        """Take bytes at one end."""
        for at in range(0, len(data), 256):
            piece = data[at : at + 256]
            self._free_at = max(now, self._free_at) + len(piece) / self._speed
            self._waiting.append((self._free_at + self._delay, piece))
        self.waiting += len(data)

    def take(self, now: float) -> bytes:
        """Return what has come out at the other end."""
        come = b""
        while self._waiting and self._waiting[0][0] <= now:
            come += self._waiting.popleft()[1]
        self.waiting -= len(come)
        return come

    @property
    def next_at(self) -> float:
        """When the next bytes come out; far off when none are on their way."""
        return self._waiting[0][0] if self._waiting else float("inf")


@dataclass
class Session:
    """What a session over the line was like."""

    keys: int = 0
    size: int = 0
    """Bytes the program sent."""
    seconds: float = 0.0
    """From the first key to the last byte seen."""
    behind: list[float] = field(default_factory=list)
    """Seconds from a key to the first byte that is seen after it has been answered."""
    last: float = 0.0
    """Seconds from the last key to the last byte seen."""
    most_waiting: int = 0
    """The most bytes that were on the line when a key was typed."""
    clears: int = 0
    blinks: int = 0
    """Cells that went blank and came back as they were, within what came at once: the answers to
    several keys may come together, so one that the picker hid and gave back counts too."""
    flickers: int = 0
    """The same within one frame: between two that are marked as such a terminal shows neither."""
    codings: int = 0


def keys_for(sentences: int) -> list[bytes]:
    """Return the keys that code so many sentences: mostly the same code again, often a digit,
    now and then the picker.
    """
    patterns = cycle(([b"j", b"1"], [b"j", b"."], [b"j", b"."], [b"j", b"2"],
                      [b"j", b"c", b"t", b"h", b"3", b"\r"]))  # fmt: skip
    return [key for pattern in islice(patterns, sentences) for key in pattern]


def play(command: list[str], columns: int, lines: int, keys: list[bytes]) -> Session:
    """Type keys at a typist's pace over a slow line; return what it was like."""
    terminal = Terminal(command, columns, lines)
    frames = Frames(columns, lines)
    frames.feed(terminal.first_paint(1.0).data)
    frames.clears = 0
    session = Session(keys=len(keys))
    to, back = Line(), Line()
    begun = time.perf_counter()
    due = deque(begun + at / KEYS_A_SECOND for at in range(len(keys)))
    typed = deque(keys)
    last_key = due[-1]
    seen_at = begun
    while True:
        now = time.perf_counter()
        if due and due[0] <= now:
            session.most_waiting = max(session.most_waiting, back.waiting)
            to.put(typed.popleft(), now)
            due.popleft()
        keys_now = to.take(now)
        if keys_now:
            os.write(terminal.fd, keys_now)
        come = back.take(now)
        if come:
            seen_at = now
            blinks, flickers = _feed(frames, come)
            session.blinks += blinks
            session.flickers += flickers
        wait = min([to.next_at, back.next_at, *(list(due)[:1])]) - now
        if not due and wait == float("inf") and now - max(seen_at, last_key) > 1.0:
            break
        ready, _, _ = select.select([terminal.fd], [], [], max(0.0, min(wait, 0.05)))
        if ready:
            data = os.read(terminal.fd, 65536)
            session.size += len(data)
            back.put(data, time.perf_counter())
    session.last = seen_at - last_key
    session.seconds = seen_at - begun
    session.clears = frames.clears
    terminal.stop()
    return session


def _feed(frames: Frames, data: bytes) -> tuple[int, int]:
    """Show what has come, piece by piece; return how many cells were blanked and written back.

    Counted over all of it, and within each frame of it.
    """
    flickers = 0
    first = before = _signs(frames)
    all_blanked: set[int] = set()
    for frame in data.split(_END_OF_FRAME):
        blanked: set[int] = set()
        for at in range(0, len(frame), 64):
            frames.feed(frame[at : at + 64])
            now = _signs(frames)
            blanked.update(i for i, sign in enumerate(now) if sign == " " != before[i])
            all_blanked.update(i for i, sign in enumerate(now) if sign == " " != first[i])
        after = _signs(frames)
        flickers += sum(after[i] == before[i] for i in blanked)
        before = after
    return sum(before[i] == first[i] for i in all_blanked), flickers


def _signs(frames: Frames) -> list[str]:
    return [cell.data for cell in frames.cells()]


def rows(quick: bool = False) -> list[Row]:
    """Measure and return the rows."""
    found: list[Row] = []
    for columns, lines in SIZES[:1] if quick else SIZES:
        found += _rows(loaded_project(), columns, lines, 10 if quick else 50)
    return found


def _rows(project: Path, columns: int, lines: int, sentences: int) -> list[Row]:
    keys = keys_for(sentences)
    session = play(our_command(project), columns, lines, keys)
    size = f"{columns}x{lines}, 20 kB/s, 200 ms"
    bound = ROUND_TRIP + 0.3
    flow = session.size / len(keys) * KEYS_A_SECOND
    return [
        Row(
            "slow line",
            f"{sentences} sentences coded at {KEYS_A_SECOND:.0f} keys a second",
            size,
            f"{session.size / sentences:,.0f} B a sentence, {session.size / len(keys):.0f} B a key;"
            f" most on the line at a key: {session.most_waiting:,} B",
            f"{flow / BYTES_A_SECOND:.0%} of what the line carries",
            "line half empty at every key",
            verdict(session.most_waiting, BYTES_A_SECOND / 2),
        ),
        Row(
            "slow line",
            "from the last key to the last byte seen",
            size,
            f"{session.last * 1000:.0f} ms",
            "a round trip is 200 ms",
            f"<= {bound * 1000:.0f} ms",
            verdict(session.last, bound),
        ),
        Row(
            "slow line",
            "flicker: clears of the screen; cells blanked and written back in what comes at once",
            size,
            f"{session.clears}; {session.blinks}",
            f"{session.flickers} of these within one frame",
            "0; 0",
            verdict(session.clears + session.blinks, 0),
        ),
    ]
