"""Sets of spans: half-open pairs of code points of one text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Pair = tuple[int, int]
"""start, end; half-open."""


def unite(spans: Iterable[Pair]) -> list[Pair]:
    """Return the maximal unions of overlapping or adjacent spans, sorted.

    Spans that only touch (one ends where the other starts) become one.
    """
    united: list[Pair] = []
    for start, end in sorted(spans):
        if united and start <= united[-1][1]:
            if end > united[-1][1]:
                united[-1] = (united[-1][0], end)
        else:
            united.append((start, end))
    return united


def total_length(spans: Iterable[Pair]) -> int:
    """Return the number of characters of spans that do not overlap."""
    return sum(end - start for start, end in spans)


def intersect(one: Sequence[Pair], other: Sequence[Pair]) -> list[Pair]:
    """Return what two united sets of spans share, sorted.

    Args:
        one: sorted, not overlapping (see :func:`unite`).
        other: the same.
    """
    shared: list[Pair] = []
    at = 0
    for start, end in one:
        while at < len(other) and other[at][1] <= start:
            at += 1
        look = at
        while look < len(other) and other[look][0] < end:
            shared.append((max(start, other[look][0]), min(end, other[look][1])))
            look += 1
    return shared


def count_touched(units: Sequence[Pair], spans: Sequence[Pair]) -> int:
    """Return how many units share at least one character with any of the spans.

    Args:
        units: sorted, not overlapping: the passages of a document, say.
        spans: united.
    """
    touched = at = 0
    for start, end in units:
        while at < len(spans) and spans[at][1] <= start:
            at += 1
        if at < len(spans) and spans[at][0] < end and start < end:
            touched += 1
    return touched
