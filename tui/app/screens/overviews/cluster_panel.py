"""The panel beside the tree of clusters: what ties the codes of one of them, then all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tui.analysis.cluster_ties import Outside, nearest_outside, pairs_within
from tui.analysis.clusters import NAMES
from tui.analysis.dendrogram import number
from tui.app.document.cells import width
from tui.app.screens.overviews.cluster_view import Shown
from tui.app.widgets.rows import BOLD, DIM, PLAIN, Row, clip, wrapped
from tui.text.counted import counted

_MEMBER_ROWS: Final = 4
"""Rows that the codes of the cluster get at most."""
_UNDEFINED_ROWS: Final = 3
_NEAREST: Final = 5
"""How many codes outside are named at most."""
_NEAREST_LOW: Final = 3
"""How many where the panel is low."""
_TALL: Final = 26
"""Rows from which on some are kept for all clusters."""
_NUMBER: Final = 6
"""Cells of a similarity and the space behind it."""


def panel_of_cluster(shown: Shown, of: int, cells: int, height: int) -> list[Row]:
    """Return the panel about a cluster, with all clusters below it.

    Args:
        shown: what is counted; nothing is counted anew.
        of: number of the cluster, from 1.
        cells: how wide the panel is.
        height: how many rows it has.
    """
    key = of, cells, height
    if key not in shown.panels:
        # What ties a cluster goes first; the others are in the tree, too.
        listed = min(len(shown.clusters) + 2, height // 3) if height >= _TALL else 0
        detail = _ties_of_cluster(shown, of, cells, height - listed)
        rows = [*detail, *_all_clusters(shown, of, cells, height - len(detail))]
        shown.panels[key] = rows[:height]
    return shown.panels[key]


def panel_of_left(shown: Shown, at: int, cells: int, height: int) -> list[Row]:
    """Return the panel about a code that is left out.

    Args:
        shown: what is counted.
        at: its place among those that are left out.
        cells: how wide the panel is.
        height: how many rows it has.
    """
    left = shown.made.left[at]
    rows: list[Row] = [
        [(clip(f" {shown.codes[left.item].name}", cells), BOLD)],
        *_indented(f"left out: {shown.why(left)}", cells, 2, 1),
    ]
    if left.item not in shown.made.compared:
        rows += _indented("so it is compared with no code", cells, 2, 1)
    else:
        rows += _outside(shown, nearest_outside(shown.made, [left.item], height), cells)
    return rows[:height]


def _ties_of_cluster(shown: Shown, of: int, cells: int, height: int) -> list[Row]:
    codes = [shown.made.items[item] for item in shown.clusters[of - 1]]
    title = shown.title_of(of) or counted(len(codes), "code")
    members = " · ".join(shown.codes[code].name for code in codes)
    rows: list[Row] = [
        [(clip(f" Cluster {of} · {title}", cells), BOLD)],
        *_indented(members, cells, min(_MEMBER_ROWS, max(height - 6, 1)), 1),
        [(clip(f" {shown.sizes(of)}", cells), DIM)],
    ]
    outside = nearest_outside(shown.made, codes, _NEAREST if height >= _TALL else _NEAREST_LOW)
    below = _outside(shown, outside, cells)
    count = len(codes) * (len(codes) - 1) // 2
    if not count:
        return [*rows, *below][:height]
    room = max(height - len(rows) - len(below) - 1, min(count, 3))
    room = max(room - (count > room), 1)
    ties = pairs_within(shown.made, codes, room)
    measure = NAMES[shown.settings.measure]
    rows.append([(clip(f" {counted(count, 'pair')}, by {measure}", cells), DIM)])
    rows += (_pair(shown, tie.similarity, tie.one, tie.other, cells) for tie in ties)
    if count > len(ties):
        more = f" and {count - len(ties):,} more, {number(ties[-1].similarity)} or less"
        rows.append([(clip(more, cells), DIM)])
    return [*rows, *below][:height]


def _outside(shown: Shown, outside: Outside, cells: int) -> list[Row]:
    rows: list[Row] = []
    if outside.nearest:
        measure = NAMES[shown.settings.measure]
        rows.append([(clip(f" nearest outside, by {measure}", cells), DIM)])
        rows += (_pair(shown, tie.similarity, tie.other, tie.one, cells) for tie in outside.nearest)
    if outside.undefined:
        names = ", ".join(shown.codes[code].name for code in outside.undefined)
        rows += _indented(f"undefined with {names}", cells, _UNDEFINED_ROWS, 1)
    return rows


def _pair(shown: Shown, similarity: float, left: int, right: int, cells: int) -> Row:
    """Return a row about two codes: how similar they are, and their names."""
    one, other = shown.codes[left].name, shown.codes[right].name
    room = max(cells - _NUMBER - 3, 2)
    half = room // 2
    first = min(width(clip(one, room)), max(half, room - width(clip(other, room))))
    one = clip(one, first)
    names = f"{one} ~ {clip(other, room - width(one))}"
    return [(f"{number(similarity):>{_NUMBER - 1}} ", BOLD), (names, PLAIN)]


def _indented(text: str, cells: int, most: int, by: int) -> list[Row]:
    return [[(" " * by, PLAIN), *row] for row in wrapped(text, cells - by, most)]


def _all_clusters(shown: Shown, of: int, cells: int, height: int) -> Sequence[Row]:
    """Return one row for each cluster, with the one at hand in the window; none without room."""
    room = height - 2
    count = len(shown.clusters)
    if room < min(count, 3):
        return []
    first = min(max(of - 1 - room // 2, 0), max(count - room, 0))
    rows: list[Row] = [[], [(clip(f" all {counted(count, 'cluster')}", cells), DIM)]]
    digits = len(str(count))
    for at in range(first, min(first + room, count)):
        mark = "►" if at == of - 1 else " "
        title = shown.title_of(at + 1)
        names = title or ", ".join(shown.code(item).name for item in shown.clusters[at])
        look = BOLD if title else PLAIN
        rows.append(
            [(f"{mark}{at + 1:>{digits}} ", PLAIN), (clip(names, cells - digits - 2), look)]
        )
    return rows
