"""How many terminal cells text takes, and where it may be taken apart."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from rich.cells import cell_len, get_character_cell_size

from tui.text.graphemes import is_boundary

TAB_STOP = 4
"""A tab goes on to the next multiple of this many cells of its row."""
MAX_CLUSTER_CELLS = 8
"""Longer chains of joined letters are taken apart, or one could be wider than a row."""

# Letters and marks that are one cell wide, stand alone and join with nothing. Most text is made
# of these only, and then offsets are columns.
_UNPLAIN = re.compile(
    "[^ -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0377\u0384-\u0482\u048a-\u052f"
    "\u05d0-\u05ea\u1e00-\u1eff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2116\u2400-\u2426\ufffd]"
)
_ZWJ = "\u200d"
_ZWNJ = "\u200c"


def is_plain(text: str) -> bool:
    """Tell whether every character of ``text`` is one cell wide and stands alone."""
    return _UNPLAIN.search(text) is None


def cluster_starts(text: str) -> list[int]:
    """Return the offsets in ``text`` at which a cluster of joined characters begins.

    A cluster is what a reader takes for one sign: a letter with its marks, a flag, a family of
    emoji, a conjunct of an Indian script. It is never drawn or selected in part.
    """
    if is_plain(text):
        return list(range(len(text)))
    starts: list[int] = []
    cells = flags = 0
    for offset, char in enumerate(text):
        flag = "\U0001f1e6" <= char <= "\U0001f1ff"
        if char < "\u0300" or "\u3400" <= char <= "\u9fff":
            begins = True
        elif flag and flags:
            begins = flags % 2 == 0
        else:
            begins = is_boundary(text, offset)
        flags = flags + 1 if flag else 0
        taken = get_character_cell_size(char)
        if begins or not starts or cells + taken > MAX_CLUSTER_CELLS:
            starts.append(offset)
            cells = taken
        else:
            cells += taken
    return starts


def without_loose_joiners(text: str) -> str:
    """Return ``text`` with each joiner that joins nothing as its own opposite, one for one.

    Where cells are counted, a joiner swallows the sign after it, whatever that is.
    """
    if _ZWJ not in text:
        return text
    chars = list(text)
    for start, after in zip(starts := cluster_starts(text), [*starts[1:], len(text)], strict=True):
        if after > start and chars[after - 1] == _ZWJ:
            chars[after - 1] = _ZWNJ
    return "".join(chars)


def clusters(text: str) -> list[tuple[int, int, int]]:
    """Return ``(start, end, cells)`` of every cluster of ``text``; tabs count no cells."""
    starts = cluster_starts(text)
    ends = starts[1:]
    ends.append(len(text))
    return [
        (start, end, cell_len(text[start:end])) for start, end in zip(starts, ends, strict=False)
    ]


def width(text: str, column: int = 0) -> int:
    """Return the cells ``text`` takes when it begins at ``column`` of its row."""
    if "\t" not in text:
        return len(text) if is_plain(text) else cell_len(text)
    at = column
    for number, part in enumerate(text.split("\t")):
        if number:
            at += TAB_STOP - at % TAB_STOP
        at += cell_len(part)
    return at - column


def expand_tabs(text: str, column: int) -> str:
    """Return ``text`` with every tab as spaces, its first character at ``column`` of the row.

    A joiner right before a tab becomes its opposite: it would swallow the first of the spaces.
    """
    if "\t" not in text:
        return text
    parts: list[str] = []
    at = column
    for number, part in enumerate(text.split("\t")):
        if number:
            step = TAB_STOP - at % TAB_STOP
            if parts[-1].endswith(_ZWJ):
                parts[-1] = parts[-1][:-1] + _ZWNJ
            parts.append(" " * step)
            at += step
        parts.append(part)
        at += cell_len(part)
    return "".join(parts)


def fit(text: str, cells: int) -> str:
    """Cut ``text`` to ``cells`` cells, the last of them ``…`` where something is cut off."""
    if width(text) <= cells:
        return text
    if cells <= 0:
        return ""
    kept: list[str] = []
    left = cells - 1
    for start, end, taken in clusters(text):
        if taken > left:
            break
        kept.append(text[start:end])
        left -= taken
    return "".join(kept) + "…"


def offset_at(text: str, column: int) -> int:
    """Return the offset in the row ``text`` of the cluster drawn over ``column``.

    Right of the text: the last cluster. An empty row: 0.
    """
    starts = cluster_starts(text)
    if not starts:
        return 0
    if is_plain(text):
        return max(0, min(column, len(text) - 1))
    at = 0
    for start, _, taken in clusters(text):
        if text[start] == "\t":
            taken = TAB_STOP - at % TAB_STOP
        at += taken
        if at > column:
            return start
    return starts[-1]


def snap_left(starts: list[int], offset: int) -> int:
    """Return the last cluster start at or before ``offset`` (``starts`` sorted, not empty)."""
    return starts[max(0, bisect_right(starts, offset) - 1)]


def snap_right(starts: list[int], offset: int, end: int) -> int:
    """Return the first cluster start at or after ``offset``, ``end`` when there is none."""
    place = bisect_left(starts, offset)
    return starts[place] if place < len(starts) else end
