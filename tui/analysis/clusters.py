"""Cluster analysis of codes: how alike they are, and the tree that grows out of it.

Two codes are compared by the columns in which they stand (``incidence``). With x and y the counts
of both in each of N columns:

* ``jaccard``: sum of min(x, y) / (sum of x + sum of y - sum of min(x, y)), 0 to 1. On presence,
  x and y being 0 or 1, this is |A and B| / |A or B| (Jaccard 1901), as NVivo has it; on counts it
  is what Ruzicka (1958) made of it.
* ``sorensen``: 2 * sum of min(x, y) / (sum of x + sum of y), 0 to 1. On presence this is
  2 |A and B| / (|A| + |B|) (Dice 1945, Sørensen 1948); on counts it is 1 less the dissimilarity of
  Bray and Curtis (1957).
* ``pearson``: the coefficient of correlation r, -1 to 1, also of presence (there known as phi).

A similarity that divides by nothing is undefined: two codes without any column, or r of a code
that stands in every column equally often. It is None, never 0; codes that cannot be compared are
left out and named.

The tree: the two most similar clusters are joined, again and again. How similar clusters are is a
matter of linkage, after Lance and Williams (1967): ``complete`` takes the least similar pair of
their codes (NVivo's choice), ``single`` the most similar one, ``average`` the mean of all pairs.
None of them ever joins at a higher similarity than before. Ward's linkage is not offered: it needs
Euclidean distances, which these are not.

Where several pairs are equally similar, the pair is joined whose codes come first in the codebook;
where another choice would have made another tree, the join says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import fsum, sqrt
from typing import Final, Literal, get_args

from tui.analysis.incidence import Incidence, Row, Unit

Measure = Literal["jaccard", "sorensen", "pearson"]
Linkage = Literal["complete", "average", "single"]
MEASURES: Final[tuple[Measure, ...]] = get_args(Measure)
LINKAGES: Final[tuple[Linkage, ...]] = get_args(Linkage)

FLOOR: Final[Mapping[Measure, float]] = {"jaccard": 0.0, "sorensen": 0.0, "pearson": -1.0}
"""The least value of each measure."""
WANTED: Final = 10
"""How many clusters are shown at first, as in NVivo; of few codes half as many as there are."""
LEAST_SEGMENTS: Final = 5
_SAME: Final = 1e-12
"""Similarities that differ by less are the same: what is left of sums in floating point."""

Similarities = list[list[float | None]]
"""Square and symmetric; None where undefined."""


def similarity(one: Row, other: Row, columns: int, measure: Measure) -> float | None:
    """Return how alike two codes are; None where that is undefined.

    Args:
        one: the counts of a code, or its presence.
        other: those of another.
        columns: N, with the columns in which neither stands; only Pearson's r asks for it.
        measure: by what formula (see the head of this file).
    """
    return similarities([one, other], columns, measure)[0][1]


def similarities(rows: Sequence[Row], columns: int, measure: Measure) -> Similarities:
    """Return the similarity of every pair of rows; 1 for a row with itself."""
    found: Similarities = [[1.0] * len(rows) for _ in rows]
    totals = [row.total for row in rows]
    spread = [0] * len(rows)
    if measure == "pearson":
        spread = [
            columns * row.product(row) - total * total
            for row, total in zip(rows, totals, strict=True)
        ]
    for at, one in enumerate(rows):
        for beside in range(at):
            other, x, y = rows[beside], totals[at], totals[beside]
            value: float | None = None
            if measure == "pearson":
                if spread[at] and spread[beside]:
                    both = columns * one.product(other) - x * y
                    value = min(max(both / sqrt(spread[at] * spread[beside]), -1.0), 1.0)
            elif x + y:
                least = one.least(other)
                value = least / (x + y - least) if measure == "jaccard" else 2 * least / (x + y)
            found[at][beside] = found[beside][at] = value
    return found


@dataclass(frozen=True, slots=True)
class Join:
    """Two clusters that become one. Items are 0 to n - 1; the join at place k makes node n + k."""

    first: int
    """The node whose first item comes first."""
    second: int
    similarity: float
    rivals: int
    """Pairs that were exactly as similar and whose choice would have made another tree."""


def link(values: Sequence[Sequence[float]], linkage: Linkage) -> list[Join]:
    """Return the joins that make one cluster of all items, the most similar first.

    Args:
        values: similarities, square and symmetric, all of them defined.
        linkage: how similar clusters are.
    """
    count = len(values)
    close = [list(row) for row in values]
    size, node, alive = [1] * count, list(range(count)), list(range(count))
    best = [_best(close[at], at, alive) for at in alive]
    joins: list[Join] = []
    height = float("inf")
    while len(alive) > 1:
        most = max(best[at] for at in alive) - _SAME
        one = next(at for at in alive if best[at] >= most)
        two = next(at for at in alive if at != one and close[one][at] >= most)
        height = min(height, close[one][two])
        rest = [at for at in alive if at not in (one, two)]
        rivals = 0
        if linkage != "single":
            # Equally close to both, a third one joins at the same height anyway.
            rivals = sum((close[one][at] >= most) != (close[two][at] >= most) for at in rest)
        joins.append(Join(node[one], node[two], height, rivals))
        for at in rest:
            before = max(close[at][one], close[at][two])
            merged = _merged(close[at][one], close[at][two], size[one], size[two], linkage)
            close[at][one] = close[one][at] = merged
            close[at][two] = -2.0
            if before >= best[at] - _SAME and merged < best[at]:
                best[at] = _best(close[at], at, [*rest, one])
        size[one] += size[two]
        node[one] = count + len(joins) - 1
        alive.remove(two)
        best[one] = _best(close[one], one, alive)
    return joins


def _best(row: Sequence[float], at: int, among: Sequence[int]) -> float:
    return max((row[each] for each in among if each != at), default=-2.0)


def _merged(one: float, two: float, size: int, other: int, linkage: Linkage) -> float:
    if linkage == "complete":
        return min(one, two)
    if linkage == "single":
        return max(one, two)
    return (size * one + other * two) / (size + other)


@dataclass(frozen=True, slots=True)
class Cut:
    """A similarity at which the tree is cut."""

    at: float
    """Halfway between two joins."""
    clusters: int
    """How many clusters that leaves."""


@dataclass(frozen=True, slots=True)
class Dendrogram:
    """A tree of joins."""

    count: int
    """How many items there are."""
    joins: Sequence[Join]

    def leaves(self, node: int | None = None) -> list[int]:
        """Return the items below a node, or all, as they are drawn from top to bottom."""
        found: list[int] = []
        ahead = [self.count + len(self.joins) - 1 if node is None else node]
        while ahead:
            each = ahead.pop()
            if each < self.count:
                found.append(each)
            else:
                join = self.joins[each - self.count]
                ahead += (join.second, join.first)
        return found if self.count else []

    def cuts(self, floor: float) -> list[Cut]:
        """Return where the tree can be cut, the most similar first.

        Joins at one height are cut all or none, so not every number of clusters is to be had; the
        ends are left out where no similarity is beyond them.

        Args:
            floor: the least value that the measure can have.
        """
        heights = [1.0, *(join.similarity for join in self.joins), floor]
        return [
            Cut((above + below) / 2, self.count - done)
            for done, (above, below) in enumerate(pairwise(heights))
            if above - below > _SAME
        ]

    def clusters(self, cut: float) -> list[list[int]]:
        """Return the clusters that a cut leaves, and their items, both as they are drawn."""
        tops: dict[int, None] = {}
        for at, join in enumerate(self.joins):
            if join.similarity > cut:
                tops[self.count + at] = None
                tops.pop(join.first, None)
                tops.pop(join.second, None)
        of: dict[int, list[int]] = {}
        for node in tops:
            items = self.leaves(node)
            of[items[0]] = items
        held = {item for items in of.values() for item in items}
        return [of.get(item, [item]) for item in self.leaves() if item in of or item not in held]

    def joined_at(self) -> dict[int, float]:
        """Return at which similarity each item, with what is below it, joins what is above it."""
        return {self.leaves(join.second)[0]: join.similarity for join in self.joins}

    def heights(self) -> list[list[float]]:
        """Return for every pair of items the similarity at which they come together; 1 for one."""
        found = [[1.0] * self.count for _ in range(self.count)]
        for join in self.joins:
            for one in self.leaves(join.first):
                for two in self.leaves(join.second):
                    found[one][two] = found[two][one] = join.similarity
        return found


def cophenetic(values: Sequence[Sequence[float]], tree: Dendrogram) -> float | None:
    """Return how true the tree is to the similarities it was made of, -1 to 1.

    The correlation, over all pairs, of their similarity with the height at which the tree joins
    them (Sokal and Rohlf 1962). None where either does not vary, and below three items.
    """
    heights = tree.heights()
    pairs = [(at, beside) for at in range(tree.count) for beside in range(at)]
    ones = [values[at][beside] for at, beside in pairs]
    twos = [heights[at][beside] for at, beside in pairs]
    if len(pairs) < 3:
        return None
    mean_one, mean_two = fsum(ones) / len(ones), fsum(twos) / len(twos)
    ones, twos = [one - mean_one for one in ones], [two - mean_two for two in twos]
    spread = fsum(one * one for one in ones), fsum(two * two for two in twos)
    if min(spread) < _SAME:
        return None
    product = fsum(one * two for one, two in zip(ones, twos, strict=True))
    return product / sqrt(spread[0]) / sqrt(spread[1])


def first_cut(cuts: Sequence[Cut], count: int, wanted: int | None = None) -> int:
    """Return the place of the cut that is nearest to ten clusters, or to so many as are wanted.

    Of fewer than twenty items half as many as there are; of two cuts equally near, the one with
    fewer clusters. All in one is chosen only where it is wanted or there is nothing else.

    Args:
        cuts: where the tree can be cut.
        count: how many items it has.
        wanted: how many clusters to come near to.
    """
    never = 1 if wanted != 1 else 0
    wanted = wanted or min(WANTED, max(count // 2, 2))
    return min(
        range(len(cuts)),
        key=lambda at: (
            cuts[at].clusters == never,
            abs(cuts[at].clusters - wanted),
            cuts[at].clusters,
        ),
    )


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A code that is in no cluster."""

    item: int
    segments: int
    columns: int
    """In how many columns it stands."""
    undefined: int
    """With how many of the others it cannot be compared; 0 when it was left out before that."""


@dataclass(frozen=True, slots=True)
class Clustering:
    """Codes, how alike they are, and their tree."""

    items: list[int]
    """Those in the tree, in the order in which they were given."""
    values: list[list[float]]
    """Their similarities."""
    tree: Dendrogram
    cophenetic: float | None
    left: list[LeftOut]
    """Those that are not, in the same order."""
    compared: list[int]
    """All that have segments enough, in the same order."""
    similarities: Similarities
    """Theirs; None where undefined."""

    @property
    def undefined(self) -> int:
        """Pairs, among all that have segments enough, whose similarity is undefined."""
        return sum(row[:at].count(None) for at, row in enumerate(self.similarities))

    @property
    def ties(self) -> int:
        """Joins in whose place another would have made another tree."""
        return sum(join.rivals > 0 for join in self.tree.joins)

    @property
    def alike(self) -> int:
        """Pairs whose similarity is 1: columns that are too few cannot tell codes apart."""
        return sum(
            self.values[at][beside] >= 1 - _SAME
            for at in range(len(self.items))
            for beside in range(at)
        )


def cluster(
    found: Incidence,
    order: Sequence[int],
    *,
    measure: Measure = "jaccard",
    linkage: Linkage = "complete",
    counts: bool = False,
    least: int = LEAST_SEGMENTS,
) -> Clustering:
    """Return the clusters of codes.

    Args:
        found: in which columns they stand.
        order: the codes that are asked for, in the order of the codebook.
        measure: how similar two codes are.
        linkage: how similar two clusters are.
        counts: compare how often they stand in each column, not only whether.
        least: codes with fewer segments are left out.
    """
    rows = found.rows()
    enough = [
        item for item in order if found.segments.get(item, 0) >= max(least, 1) and item in rows
    ]
    chosen = [rows[item] if counts else rows[item].presence() for item in enough]
    all_values = similarities(chosen, found.columns, measure)
    kept, lacking = comparable(all_values)
    values = [[all_values[at][beside] or 0.0 for beside in kept] for at in kept]
    left = [
        LeftOut(
            item,
            found.segments.get(item, 0),
            rows[item].columns if item in rows else 0,
            lacking.get(enough.index(item), 0) if item in enough else 0,
        )
        for item in order
        if item not in enough or enough.index(item) in lacking
    ]
    tree = Dendrogram(len(kept), link(values, linkage))
    items = [enough[at] for at in kept]
    return Clustering(items, values, tree, cophenetic(values, tree), left, enough, all_values)


def comparable(values: Similarities) -> tuple[list[int], dict[int, int]]:
    """Return the items that can all be compared with each other, and the others.

    Whatever has most undefined similarities goes first, until none is left; of several the last.

    Returns:
        The items that stay, in order; those that go, with their number of undefined similarities.
    """
    lacks = {at: row.count(None) for at, row in enumerate(values)}
    gone: dict[int, int] = {}
    total = dict(lacks)
    while lacks and max(lacks.values()):
        worst = max(lacks, key=lambda at: (lacks[at], at))
        gone[worst] = total[worst]
        del lacks[worst]
        for at in lacks:
            lacks[at] -= values[at][worst] is None
    return list(lacks), gone


NAMES: Final[Mapping[str, str]] = {
    "jaccard": "Jaccard",
    "sorensen": "Sørensen",
    "pearson": "Pearson",
    "paragraph": "paragraphs",
    "segment": "segments",
    "document": "documents",
}
"""Measures and columns as they are written in sentences."""


def in_words(measure: Measure, linkage: Linkage, unit: Unit, *, counts: bool) -> str:
    """Return how codes were compared and joined: ``Jaccard on paragraphs · complete linkage``."""
    what = "counts in" if counts else "on"
    return f"{NAMES[measure]} {what} {NAMES[unit]} · {linkage} linkage"


def why_left_out(each: LeftOut, unit: Unit, least: int) -> str:
    """Return why a code is in no cluster."""
    if not each.segments:
        return "no segments"
    if each.undefined:
        return f"as often in each of the {NAMES[unit]}: r is undefined"
    if each.segments < least:
        return f"fewer than {least} segments"
    return f"in none of the {NAMES[unit]}"
