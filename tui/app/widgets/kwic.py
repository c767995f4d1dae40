"""Hits as rows: the word in its line, the passage around it. Nothing here is a widget."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from rich.style import Style

from tui.app.document.cells import (
    cluster_starts,
    expand_tabs,
    is_plain,
    width,
    without_loose_joiners,
)
from tui.app.document.layout import NARROWEST, row_of, wrap
from tui.app.widgets.rows import DIM, MATCH, PLAIN, Row, clip, marked
from tui.text.safe import make_line

Span = tuple[int, int]
"""Half-open, in code points."""

_POINTS_PER_CELL = 8


def in_line(text: str, hits: Sequence[Span], cells: int, before: int) -> Row:
    """Return a text as one row, its first hit at the cell ``before``.

    Args:
        text: the text of the hit.
        hits: the words found, in it.
        cells: the width of the row.
        before: cells of what stands before the first hit.
    """
    at = min((start for start, _ in hits), default=0)
    left_from = max(0, at - before * _POINTS_PER_CELL)
    left = last_cells(_safe(text[left_from:at]), before, more=left_from > 0)
    right = _safe(text[at : at + max(cells - before, 0) * _POINTS_PER_CELL])
    blank = before - width(left)
    row: Row = [(" " * blank, PLAIN), (left, PLAIN)] if before else []
    shown = clip(right, cells - before)
    if len(text) > at + len(right) and not shown.endswith("…"):
        shown = clip(shown + "…", cells - before)
    # The last sign may be an ellipsis where a hit was cut.
    seen = at + len(shown)
    row += marked(shown, ((start - at, end - at) for start, end in hits if start < seen))
    return row


def _safe(text: str) -> str:
    return without_loose_joiners(make_line(text))


def last_cells(text: str, cells: int, *, more: bool = False) -> str:
    """Return the end of a text in at most ``cells`` cells, ``…`` first where something is cut off.

    Args:
        text: a safe line.
        cells: the room.
        more: something before ``text`` is cut off already.
    """
    if width(text) + more <= cells:
        return "…" + text if more else text
    if is_plain(text):
        return "…" + text[len(text) - cells + 1 :] if cells > 0 else ""
    starts = cluster_starts(text)
    taken, end = 0, len(text)
    for start in reversed(starts):
        taken += width(text[start:end])
        if taken > cells - 1:
            break
        end = start
    return "…" + text[end:] if cells > 0 else ""


class Excerpt:
    """A passage as rows: the hit in it as it is, what surrounds it dimmed, the words found marked.

    Args:
        label: what stands beside its first row: ``¶22``.
        text: the text.
        bright: the part of it that is the hit; empty when it only surrounds one.
        hits: the words found in it.
    """

    def __init__(self, label: str, text: str, bright: Span, hits: Iterable[Span] = ()) -> None:
        self.label = label
        self.text = text
        self.bright = bright
        self.hits = tuple(hits)

    def rows(self, cells: int, margin: int) -> tuple[list[Row], int]:
        """Return its rows and the number of the row with the first word found in it.

        Args:
            cells: the width of the text.
            margin: cells before it, for the label.
        """
        shown = _safe(self.text)
        starts = wrap(shown, max(cells, NARROWEST))
        ends = [*starts[1:], len(shown)]
        rows: list[Row] = []
        # A passage without full stops may hold thousands of hits: each row looks at its own.
        ahead = sorted(self.hits, reverse=True)
        here: list[Span] = []
        for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
            here = [span for span in here if span[1] > start]
            while ahead and ahead[-1][0] < end:
                here.append(ahead.pop())
            label = clip(self.label, margin - 1) if number == 0 else ""
            rows.append([(label.ljust(margin), DIM), *self._runs(shown, start, end, here)])
        return rows, row_of(starts, min((low for low, _ in self.hits), default=self.bright[0]))

    def _runs(self, shown: str, start: int, end: int, hits: Sequence[Span]) -> Row:
        edges = {start, end}
        for low, high in (self.bright, *hits):
            edges |= {min(max(low, start), end), min(max(high, start), end)}
        cuts = sorted(edges)
        row: Row = []
        for low, high in pairwise(cuts):
            row.append((expand_tabs(shown[low:high], 0), self._look(low, hits)))
        return row

    def _look(self, at: int, hits: Sequence[Span]) -> Style:
        look = PLAIN if self.bright[0] <= at < self.bright[1] else DIM
        if any(start <= at < end for start, end in hits):
            look = PLAIN + MATCH
        return look
