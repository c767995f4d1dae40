"""What a program wrote, as a terminal shows it: the cells that changed, and what flickered."""

from __future__ import annotations

import codecs
import re
from typing import Any

import pyte

# Sequences that pyte would print as text: keyboard protocols, questions and the like.
_UNKNOWN = re.compile(
    r"\x1b\[[<>=?][0-9;]*[a-zA-Z$]+|\x1b\[[0-9;]*[$][a-z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"
)
_KNOWN = re.compile(r"\x1b\[\?[0-9;]+[hl]")
_UNFINISHED = re.compile(r"\x1b(?:\[[<>=?]?[0-9;:]*[$]?|\][^\x07\x1b]{0,200})?\Z")
_CLEAR = re.compile(r"\x1b\[[0-3]?J")


class Frames:
    """The screen of a terminal, fed with what a program writes.

    Args:
        columns: width.
        lines: height.
    """

    def __init__(self, columns: int, lines: int) -> None:
        self.screen = pyte.Screen(columns, lines)
        self.clears = 0
        """How often all or the rest of the screen was cleared."""
        self._stream = pyte.Stream(self.screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._held = ""

    def feed(self, data: bytes) -> None:
        """Take what was written; a sequence that is cut off waits for its rest."""
        self._held += self._decoder.decode(data)
        cut = _UNFINISHED.search(self._held)
        text = self._held[: cut.start()] if cut else self._held
        self._held = self._held[len(text) :]
        self.clears += len(_CLEAR.findall(text))
        self._stream.feed(_UNKNOWN.sub(lambda m: m[0] if _KNOWN.fullmatch(m[0]) else "", text))

    def cells(self) -> list[Any]:
        """Return every cell, sign and look, row by row."""
        rows, columns = self.screen.lines, self.screen.columns
        buffer = self.screen.buffer
        return [buffer[row][column] for row in range(rows) for column in range(columns)]

    def changed_by(self, data: bytes) -> tuple[int, int]:
        """Take what was written; return how many cells look different now, and how many bytes the
        signs in them are: a Cyrillic letter is two, a lane three.
        """
        before = self.cells()
        self.feed(data)
        changed = [new for old, new in zip(before, self.cells(), strict=True) if old != new]
        return len(changed), sum(len(cell.data.encode()) for cell in changed)
