"""Passage text to wrapped rows.

A row is a stretch of the passage's text; rows follow on each other without a hole, so that every
offset is in exactly one row. Spaces, tabs and the line end that close a row belong to it and hang
over its right edge unseen.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from tui.app.document.cells import TAB_STOP, clusters, is_plain

NARROWEST = 8
"""Text is never set narrower than this many cells."""

# Closing marks do not begin a row of Chinese or Japanese, opening ones do not end it.
_NEVER_FIRST = frozenset("、。，．：；！？）］｝〕〉》」』】〙〗ー々ゝゞヽヾ…‥・’”%‰℃")
_NEVER_LAST = frozenset("（［｛〔〈《「『【〘〖‘“$£¥")


def wrap(text: str, width: int) -> list[int]:
    """Return the offset in ``text`` at which each row begins, wrapped at ``width`` cells.

    The first is 0, also of an empty text. ``width`` is at least ``NARROWEST``.
    """
    if width < NARROWEST:
        raise ValueError(f"cannot wrap at {width} cells")
    if "\n" not in text:
        return _wrap_line(text, 0, len(text), width)
    starts: list[int] = []
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        starts.extend(_wrap_line(text, start, end, width))
        start = end + 1
    return starts or [0]


def row_of(starts: Sequence[int], offset: int) -> int:
    """Return the number of the row, from 0, that holds an offset; beyond the end, the last row.

    Args:
        starts: where each row begins, sorted.
        offset: in code points, of the same text as ``starts``.
    """
    return max(0, bisect_right(starts, offset) - 1)


def _wrap_line(text: str, start: int, end: int, width: int) -> list[int]:
    line = text if start == 0 and end == len(text) else text[start:end]
    rows = _wrap_plain(line, width) if is_plain(line) else _wrap_mixed(line, width)
    return rows if start == 0 else [row + start for row in rows]


def _wrap_plain(line: str, width: int) -> list[int]:
    """Wrap text whose characters are one cell each."""
    starts = [0]
    start, end = 0, len(line)
    while end - start > width:
        cut = line.rfind(" ", start, start + width + 1) + 1
        hyphen = line.rfind("-", max(start, cut), start + width) + 1
        if hyphen and _joins_letters(line, hyphen - 1):
            cut = hyphen
        elif cut <= start:
            cut = start + width
        while cut < end and line[cut] == " ":
            cut += 1
        if cut >= end:
            break
        starts.append(cut)
        start = cut
    return starts


def _joins_letters(line: str, hyphen: int) -> bool:
    return 0 < hyphen < len(line) - 1 and line[hyphen - 1].isalpha() and line[hyphen + 1].isalpha()


def _wrap_mixed(line: str, width: int) -> list[int]:
    """Wrap text with wide signs, marks or tabs, cluster by cluster, in one pass."""
    starts = [0]
    row = column = 0
    cut = cut_column = 0
    last = ""
    last_wide = False
    for start, end, cells in clusters(line):
        sign = line[start]
        # A blank that carries a mark is drawn, and does not hang over the edge.
        if sign in " \t\u3000" and end == start + 1:
            column += TAB_STOP - column % TAB_STOP if sign == "\t" else cells
            cut, cut_column = end, column
            last, last_wide = sign, False
            continue
        wide = cells == 2
        if start > row and (wide or last_wide) and _may_part(last, sign):
            cut, cut_column = start, column
        while column + cells > width and start > row:
            if cut > row:
                row, column = cut, column - cut_column
            else:
                row, column = start, 0
            starts.append(row)
            cut, cut_column = row, 0
        column += cells
        if (
            sign == "\u200b"
            or line[end - 1] == "\u200b"
            or (sign == "-" and _joins_letters(line, start))
        ):
            cut, cut_column = end, column
        last, last_wide = sign, wide
    return starts


def _may_part(last: str, sign: str) -> bool:
    return sign not in _NEVER_FIRST and last not in _NEVER_LAST
