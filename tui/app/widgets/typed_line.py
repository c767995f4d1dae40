"""A line that is typed into where no widget is: its text, its cursor, and how it is drawn."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from tui.app.document.cells import cluster_starts, width, without_loose_joiners
from tui.app.widgets.rows import PLAIN, REVERSE, Row
from tui.text.safe import make_line


class TypedLine:
    """One line of text and a cursor in it, with the keys of every text field.

    Args:
        limit: code points it takes; a longer paste is cut there.
    """

    def __init__(self, limit: int = 200) -> None:
        self.text = ""
        self.limit = limit
        self.cursor = 0
        """Code points before it."""

    def insert(self, text: str) -> bool:
        """Put text in at the cursor as one line; tell whether there was room for all of it."""
        line = " ".join(text.splitlines())
        kept = line[: max(self.limit - len(self.text), 0)]
        self.text = self.text[: self.cursor] + kept + self.text[self.cursor :]
        self.cursor += len(kept)
        return len(kept) == len(line)

    def press(self, key: str) -> bool:
        """Take a key by its name; tell whether it means anything to a line of text."""
        if key == "space":
            self.insert(" ")
        elif len(key) == 1:
            self.insert(key)
        elif key in _CUTS:
            start, end = sorted((self.cursor, self._goes_to(_CUTS[key])))
            self.text, self.cursor = self.text[:start] + self.text[end:], start
        elif key in _MOVES:
            self.cursor = self._goes_to(_MOVES[key])
        else:
            return False
        return True

    def _goes_to(self, where: str) -> int:
        """Return the offset that a motion of the cursor leads to."""
        text, at = self.text, self.cursor
        if where == "start":
            return 0
        if where == "end":
            return len(text)
        if where == "word before":
            return text[:at].rstrip().rfind(" ") + 1
        if where == "word after":
            rest = text[at:].lstrip()
            word = rest.partition(" ")[0]
            return len(text) - len(rest) + len(word)
        starts = [*cluster_starts(text), len(text)]
        if where == "before":
            return starts[max(bisect_left(starts, at) - 1, 0)]
        return starts[min(bisect_right(starts, at), len(starts) - 1)]

    def row(self, cells: int) -> tuple[Row, int]:
        """Return what is drawn in so many cells, and the cell the cursor is in.

        As much before the cursor as has room; what acts on terminals is drawn as signs.
        """
        shown = without_loose_joiners(make_line(self.text))
        starts = [*cluster_starts(shown), len(shown)]
        at = starts[max(bisect_right(starts, self.cursor) - 1, 0)]
        after = starts[min(bisect_right(starts, at), len(starts) - 1)]
        under = shown[at:after] or " "
        first = 0
        room = max(cells - width(under), 1)
        while first < at and width(shown[first:at]) > room:
            first = starts[min(bisect_right(starts, first), len(starts) - 1)]
        before = shown[first:at]
        return [(before, PLAIN), (under, REVERSE), (shown[after:], PLAIN)], width(before)


_MOVES = {
    "left": "before", "right": "after", "home": "start", "end": "end",
    "ctrl+a": "start", "ctrl+e": "end", "ctrl+left": "word before", "ctrl+right": "word after",
}  # fmt: skip
_CUTS = {
    "backspace": "before", "delete": "after", "ctrl+d": "after", "ctrl+u": "start",
    "ctrl+k": "end", "ctrl+w": "word before",
}  # fmt: skip
