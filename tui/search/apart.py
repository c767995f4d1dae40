"""Expressions matched in a process of their own, which can be ended.

Python's expressions hold on to the interpreter until they are done, and some are never done. A
thread of the app can neither stop one nor let the screen go on beside it. So what could take long
is matched by a child: it ends itself by its own timer, also when the app is gone, and it is ended
when nobody waits for the answer any more.
"""

from __future__ import annotations

import atexit
import contextlib
import marshal
import os
import select
import subprocess
import sys
import threading
import time

from tui.errors import QualError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

Spans = list[tuple[int, int]]

_HEAD = 8
_POLL = 0.05
_CHILD = """
import marshal, re, signal, sys
read, write = sys.stdin.buffer, sys.stdout.buffer
while len(head := read.read(8)) == 8:
    expression, flags, seconds, texts = marshal.loads(read.read(int.from_bytes(head, "little")))
    signal.setitimer(signal.ITIMER_REAL, seconds)
    found = re.compile(expression, flags)
    answer = marshal.dumps([
        [span for match in found.finditer(text) for span in [match.span()] if span[0] < span[1]]
        for text in texts
    ])
    signal.setitimer(signal.ITIMER_REAL, 0)
    write.write(len(answer).to_bytes(8, "little") + answer)
    write.flush()
"""


class TookTooLong(Exception):
    """The time was up."""


class _Child:
    """One process that matches; used by one thread at a time."""

    def __init__(self) -> None:
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-S", "-W", "ignore", "-c", _CHILD],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            message = f"The expression cannot be looked for: {error.strerror or error}."
            raise QualError(message, "Use plain words, or try again.") from None

    def ask(self, question: bytes, deadline: float, breathe: Callable[[], None]) -> bytes:
        """Send a question and return the answer.

        Raises:
            TookTooLong: there was none in time.
        """
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(len(question).to_bytes(_HEAD, "little") + question)
            self._process.stdin.flush()
        except OSError:
            raise TookTooLong from None
        size = int.from_bytes(self._read(_HEAD, deadline, breathe), "little")
        return self._read(size, deadline, breathe)

    def _read(self, size: int, deadline: float, breathe: Callable[[], None]) -> bytes:
        assert self._process.stdout is not None
        number = self._process.stdout.fileno()
        pieces, have = [], 0
        while have < size:
            ready, _, _ = select.select([number], [], [], _POLL)
            breathe()
            if ready:
                piece = os.read(number, size - have)
                if not piece:
                    raise TookTooLong
                pieces.append(piece)
                have += len(piece)
            elif time.monotonic() > deadline:
                raise TookTooLong
        return b"".join(pieces)

    def end(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()


_idle: list[_Child] = []
_lock = threading.Lock()


def spans_of(
    expression: str, flags: int, texts: list[str], deadline: float, breathe: Callable[[], None]
) -> list[Spans]:
    """Return where an expression stands in each text; empty matches do not count.

    Args:
        expression: one that can be compiled.
        flags: of :mod:`re`.
        texts: the texts.
        deadline: of the monotonic clock.
        breathe: called now and then; what it raises ends the matching.

    Raises:
        TookTooLong: the deadline came first.
        QualError: no process can be started.
    """
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise TookTooLong
    question = marshal.dumps((expression, flags, seconds, texts))
    with _lock:
        child = _idle.pop() if _idle else None
    if child is None:
        child = _Child()
    try:
        answer = child.ask(question, deadline, breathe)
    except BaseException:
        child.end()
        raise
    with _lock:
        _idle.append(child)
    spans: list[Spans] = marshal.loads(answer)
    return spans


@atexit.register
def end_idle() -> None:
    """End the processes that wait for work."""
    with _lock:
        while _idle:
            _idle.pop().end()
