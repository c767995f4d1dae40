"""One row of text as runs: which stretch looks how. No colour, no widget."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from tui.app.document.cells import (
    cluster_starts,
    clusters,
    expand_tabs,
    is_plain,
    snap_left,
    snap_right,
    width,
)

PLAIN = 0
SELECTED = 1
FOCUSED = 2
HIT = 4
LABEL = 8

Mark = tuple[int, int, int]
"""Start and end in the passage, and what it means for the look: one of the constants above."""
Run = tuple[str, int]
"""Text to draw and its look: the constants above, added up."""


def clip(start: int, end: int, low: int, high: int, look: int) -> Mark | None:
    """Return the part of ``[start, end)`` inside ``[low, high)`` as a mark, None when empty."""
    start, end = max(start, low), min(end, high)
    return (start, end, look) if start < end else None


def runs(shown: str, start: int, end: int, marks: Iterable[Mark]) -> list[Run]:
    """Return the row ``shown[start:end]`` as runs from left to right.

    Blanks that hang over the right edge are left out, tabs become spaces, and no run begins or
    ends inside a cluster.

    Args:
        shown: the passage as drawn.
        start: where the row begins in it.
        end: where it ends.
        marks: stretches with a look, in offsets of the passage; they may overlap.
    """
    row = shown[start:end].rstrip(" \t\n\u3000")
    if not row:
        return []
    plain = is_plain(row)
    starts = [] if plain else cluster_starts(row)
    edges = {0, len(row)}
    spans: list[Mark] = []
    for low, high, look in marks:
        low, high = max(0, low - start), min(len(row), high - start)
        if low >= high:
            continue
        if not plain:
            low, high = snap_left(starts, low), snap_right(starts, high, len(row))
        spans.append((low, high, look))
        edges |= {low, high}
    if not spans:
        return [(row if plain else expand_tabs(row, 0), PLAIN)]
    cuts = sorted(edges)
    found: list[Run] = []
    column = 0
    for low, high in itertools.pairwise(cuts):
        look = PLAIN
        for first, last, part in spans:
            if first <= low and high <= last:
                look |= part
        text = row[low:high] if plain else expand_tabs(row[low:high], column)
        column += high - low if plain else width(text)
        if found and found[-1][1] == look:
            found[-1] = (found[-1][0] + text, look)
        else:
            found.append((text, look))
    return found


def written_over(found: Iterable[Run], letters: str) -> list[Run]:
    """Return the runs with a letter over each sign that has the look ``LABEL``, in order.

    A letter takes exactly the cells of the sign that it stands over, with its marks, so that
    nothing to the right of it moves.
    """
    left = iter(letters)
    written: list[Run] = []
    for text, look in found:
        if not look & LABEL:
            written.append((text, look))
            continue
        for start, end, cells in clusters(text):
            letter = next(left, "")
            if letter and cells:
                written.append((letter, look))
                if cells > 1:
                    written.append((" " * (cells - 1), look & ~LABEL))
            else:
                written.append((text[start:end], look & ~LABEL))
    return written
