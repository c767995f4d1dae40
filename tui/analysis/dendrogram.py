"""A tree of clusters drawn with lines, or told in words.

One row for each item. A node sits on the row of its top item, with ``┬`` there and ``┘`` where the
row below ends in it, so that lines never cross; the cut is a column of ``:``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil, floor
from typing import Final

from tui.analysis.clusters import Dendrogram

_LEFT, _RIGHT, _UP, _DOWN = 1, 2, 4, 8
_SIGNS: Final = {
    0: " ",
    _LEFT | _RIGHT: "─",
    _UP | _DOWN: "│",
    _LEFT | _UP: "┘",
    _LEFT | _RIGHT | _DOWN: "┬",
    _LEFT | _UP | _DOWN: "┤",
}
_STEPS: Final = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5)
_APART: Final = 8
"""Cells between two numbers of the axis, at least."""
_ENDS: Final = 0.05
"""The axis ends at multiples of this."""


@dataclass(frozen=True, slots=True)
class Axis:
    """Similarities from left, the greatest, to right."""

    left: float
    right: float
    cells: int

    def place(self, similarity: float) -> int:
        """Return the cell of a similarity."""
        share = (self.left - similarity) / (self.left - self.right)
        return min(max(round(share * (self.cells - 1)), 0), self.cells - 1)

    def numbers(self, cut: float) -> str:
        """Return the row of numbers: ``1.0   .8   cut .67   .4``."""
        row = [" "] * self.cells
        self._write(row, self.place(cut), f"cut {number(cut)}")
        reach = self.left - self.right
        step = next((each for each in _STEPS if reach / each * _APART <= self.cells), 1.0)
        at = floor(self.left / step + 1e-9)
        while at * step >= self.right - 1e-9:
            self._write(row, self.place(at * step), number(at * step, 1 if step >= 0.1 else 2))
            at -= 1
        return "".join(row)

    def _write(self, row: list[str], at: int, text: str) -> None:
        start = min(max(at - len(text) // 2, 0), self.cells - len(text))
        if start < 0 or any(cell != " " for cell in row[max(start - 1, 0) : start + len(text) + 1]):
            return
        row[start : start + len(text)] = text


def number(value: float | None, places: int = 2) -> str:
    """Return a similarity as it is printed: ``.30``, ``1.00``, ``.003``; ``–`` where undefined."""
    if value is None:
        return "–"
    text = f"{value:.{places}f}"
    if float(text) == 0:
        return "0" if abs(value) < 0.0005 or places < 2 else number(value, places + 1)
    return text.replace("0.", ".", 1) if abs(float(text)) < 1 else text


def axis_of(tree: Dendrogram, floor_: float, cells: int) -> Axis:
    """Return the axis on which a tree fills the row.

    Args:
        tree: what will be drawn.
        floor_: the least value of the measure.
        cells: how wide it is drawn.
    """
    highs = [join.similarity for join in tree.joins]
    left = ceil((max(highs, default=1.0) + _ENDS / 2) / _ENDS - 1e-9) * _ENDS
    right = floor((min(highs, default=0.0) - _ENDS / 2) / _ENDS + 1e-9) * _ENDS
    return Axis(min(left, 1.0), max(right, floor_), max(cells, 2))


def draw(tree: Dendrogram, axis: Axis) -> list[str]:
    """Return the drawing, one row of ``axis.cells`` cells for each leaf, from top to bottom."""
    leaves = tree.leaves()
    row_of = {item: row for row, item in enumerate(leaves)}
    grid = [bytearray(axis.cells) for _ in leaves]
    ends = [axis.cells] * len(leaves)
    tops = [row_of[item] for item in range(tree.count)]
    for join in tree.joins:
        top, bottom = tops[join.first], tops[join.second]
        tops.append(top)
        at = axis.place(join.similarity)
        ends[bottom] = at
        grid[top][at] |= _DOWN
        grid[bottom][at] |= _UP | _LEFT
        for row in range(top + 1, bottom):
            grid[row][at] |= _UP | _DOWN
    for row, end in enumerate(ends):
        for at in range(end):
            grid[row][at] |= _LEFT | _RIGHT
    return ["".join(_SIGNS[flags] for flags in row) for row in grid]


def with_cut(row: str, axis: Axis, cut: float) -> str:
    """Return a row of the drawing with the column of the cut in it; joins are not drawn over."""
    at = axis.place(cut)
    sign = {" ": ":", "─": "┼"}.get(row[at], row[at])
    return f"{row[:at]}{sign}{row[at + 1 :]}"


@dataclass(frozen=True, slots=True)
class Told:
    """Where an item joins what stands above it."""

    depth: int
    """How many times it, or what it is part of, is the lower part of a join."""
    other: int
    """The top item of what it joins; -1 for the top item of all."""
    others: int
    """How many items that has."""
    size: int
    """How many items join: itself and those below that joined it before."""
    similarity: float
    rivals: int
    """Pairs that were as similar and whose choice would have made another tree."""


def told(tree: Dendrogram) -> list[Told]:
    """Return the tree as one sentence for each leaf, from top to bottom."""
    top = list(range(tree.count))
    size = [1] * tree.count
    found: dict[int, Told] = {}
    for join in tree.joins:
        one, two = join.first, join.second
        found[top[two]] = Told(0, top[one], size[one], size[two], join.similarity, join.rivals)
        top.append(top[one])
        size.append(size[one] + size[two])
    depth: dict[int, int] = {}
    rows: list[Told] = []
    for item in tree.leaves():
        each = found.get(item, Told(0, -1, 0, tree.count, 1.0, 0))
        depth[item] = depth[each.other] + 1 if each.other in depth else 0
        rows.append(replace(each, depth=depth[item]))
    return rows


def numbered(clusters: Sequence[Sequence[int]]) -> dict[int, int]:
    """Return the number of each item's cluster, from 1, as they are drawn."""
    return {item: at for at, each in enumerate(clusters, 1) for item in each}
