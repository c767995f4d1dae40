"""Cluster analysis: the values of the literature, and what holds of every tree."""

from __future__ import annotations

import random
from itertools import combinations
from math import inf, isclose, sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.analysis.clusters import (
    FLOOR,
    LINKAGES,
    MEASURES,
    Dendrogram,
    Linkage,
    Measure,
    cluster,
    comparable,
    cophenetic,
    first_cut,
    link,
    similarities,
    similarity,
)
from tui.analysis.incidence import UNITS, Incidence, Row, Unit

VERSIONS = {
    name: Row.of([int(bit) for bit in bits])
    for name, bits in {
        "A": "111000", "B": "110000", "C": "000111", "D": "001111", "E": "111111",
    }.items()
}  # fmt: skip
"""Five codes in six versions of a text."""


@pytest.mark.parametrize(
    ("pair", "jaccard", "sorensen", "pearson"),
    [
        ("AB", 0.6667, 0.8, 0.7071),
        ("AC", 0.0, 0.0, -1.0),
        ("AD", 0.1667, 0.2857, -0.7071),
        ("BD", 0.0, 0.0, -1.0),
        ("CD", 0.75, 0.8571, 0.7071),
        ("AE", 0.5, 0.6667, None),
        ("DE", 0.6667, 0.8, None),
    ],
)
def test_similarities_are_those_of_the_six_versions(
    pair: str, jaccard: float, sorensen: float, pearson: float | None
) -> None:
    one, two = (VERSIONS[name] for name in pair)
    expected: dict[Measure, float | None] = {
        "jaccard": jaccard, "sorensen": sorensen, "pearson": pearson,
    }  # fmt: skip
    for measure, value in expected.items():
        found = similarity(one, two, 6, measure)
        assert found == (None if value is None else pytest.approx(value, abs=5e-5))
        assert found == similarity(two, one, 6, measure)


def test_complete_linkage_joins_the_six_versions_codes_as_it_should() -> None:
    rows = [VERSIONS[name] for name in "ABCD"]
    values = [[value or 0.0 for value in row] for row in similarities(rows, 6, "jaccard")]
    joins = link(values, "complete")
    assert [(join.first, join.second) for join in joins] == [(2, 3), (0, 1), (5, 4)]
    assert [join.similarity for join in joins] == pytest.approx([0.75, 2 / 3, 0.0])
    assert not any(join.rivals for join in joins)
    tree = Dendrogram(4, joins)
    assert tree.leaves() == [0, 1, 2, 3]
    assert tree.clusters(0.7) == [[0], [1], [2, 3]]
    assert [cut.clusters for cut in tree.cuts(0.0)] == [4, 3, 2], "none below 0: there is nothing"


def test_counts_are_compared_as_the_word_counts_of_the_method() -> None:
    x, y = Row.of([3, 0, 1, 2]), Row.of([1, 1, 0, 2])
    assert similarity(x, y, 4, "pearson") == pytest.approx(0.3162, abs=5e-5)
    assert similarity(x.presence(), y.presence(), 4, "jaccard") == 0.5
    assert similarity(x, y, 4, "jaccard") == 3 / 7
    assert similarity(x, y, 4, "sorensen") == 6 / 10
    nothing = Row.of([])
    assert similarity(nothing, nothing, 4, "jaccard") is None
    assert similarity(nothing, x, 4, "sorensen") == 0.0


def test_what_cannot_be_compared_is_left_out_and_never_0() -> None:
    found = Incidence("document", {number: number for number in range(6)})
    for column in range(6):
        spans = [
            (at, at + 1, number, 1)
            for number, row in enumerate(VERSIONS.values())
            for at in range(2)
            if row.planes[0] >> column & 1
        ]
        found.add_document(sorted(spans))
    found.segments[5] = 3
    made = cluster(found, range(6), measure="pearson", least=4)
    assert made.items == [0, 1, 2, 3] and made.undefined == 4
    assert [(each.item, each.segments, each.columns, each.undefined) for each in made.left] == [
        (4, 12, 6, 4),
        (5, 3, 0, 0),
    ]
    made = cluster(found, range(6), least=4)
    assert made.items == [0, 1, 2, 3, 4] and not made.undefined
    assert cluster(found, range(6), least=7).items == [3, 4], "A has six segments, B four"


def test_undefined_pairs_go_with_as_few_items_as_possible() -> None:
    values: list[list[float | None]] = [
        [1.0, None, 0.5, None],
        [None, 1.0, None, None],
        [0.5, None, 1.0, 0.2],
        [None, None, 0.2, 1.0],
    ]
    assert comparable(values) == ([0, 2], {1: 3, 3: 2})


def test_a_tie_is_flagged_only_where_another_choice_would_make_another_tree() -> None:
    def tied(rows: list[list[float]], linkage: Linkage) -> list[int]:
        return [join.rivals for join in link(rows, linkage)]

    chain = [[1.0, 0.5, 0.2], [0.5, 1.0, 0.5], [0.2, 0.5, 1.0]]
    assert tied(chain, "complete") == [1, 0] and tied(chain, "average") == [1, 0]
    assert tied(chain, "single") == [0, 0], "single linkage joins all three at .5 anyway"
    clique = [[1.0, 0.5, 0.5], [0.5, 1.0, 0.5], [0.5, 0.5, 1.0]]
    apart = [[1.0, 0.5, 0, 0], [0.5, 1.0, 0, 0], [0, 0, 1.0, 0.5], [0, 0, 0.5, 1.0]]
    for linkage in LINKAGES:
        assert not any(tied(clique, linkage)) and not any(tied(apart, linkage))


def test_the_first_cut_is_nearest_to_ten_clusters_and_goes_through_no_tie() -> None:
    zeros = [[float(one == two) for two in range(30)] for one in range(30)]
    tree = Dendrogram(30, link(zeros, "complete"))
    cuts = tree.cuts(0.0)
    assert [cut.clusters for cut in cuts] == [30], "at 0 nothing holds them together"
    assert first_cut(cuts, 30) == 0
    line = [[1 - abs(one - two) / 50 for two in range(30)] for one in range(30)]
    cuts = Dendrogram(30, link(line, "complete")).cuts(0.0)
    assert abs(cuts[first_cut(cuts, 30)].clusters - 10) <= 2
    assert 1 in [cut.clusters for cut in cuts]


def test_columns_are_documents_passages_or_segments() -> None:
    # Code 1 twice and code 2 once in a passage, code 3 over the border of two, code 9 left out.
    spans = [(0, 5, 1, 7), (0, 5, 2, 7), (0, 20, 1, 8), (8, 14, 3, 7), (10, 12, 9, 7)]
    passages = [(0, 10), (10, 20), (20, 30)]
    items = {1: 1, 2: 2, 3: 3}
    counts = {}
    for unit in UNITS:
        found = Incidence(unit, items)
        found.add_document(spans, passages)
        found.add_document([], 2)
        counts[unit] = (found.columns, {item: row.planes for item, row in found.rows().items()})
        assert found.segments == {1: 2, 2: 1, 3: 1}
        assert found.documents == {1: {1}, 2: {1}, 3: {1}}
    assert counts["document"] == (2, {1: (0, 1), 2: (1,), 3: (1,)})
    assert counts["paragraph"] == (5, {1: (0b10, 0b01), 2: (0b01,), 3: (0b11,)})
    # Each coder's spans: (0, 5), (8, 14) of one, (0, 20) of the other.
    assert counts["segment"] == (3, {1: (0b011,), 2: (0b001,), 3: (0b100,)})
    kept = Incidence("document", items)
    kept.add_cells([(1, 4, 7, 1), (1, 4, 8, 1), (2, 4, 7, 1), (3, 4, 7, 1), (9, 4, 7, 1),
                    (1, 6, 7, 5)], [4, 5])  # fmt: skip
    assert (kept.columns, {item: row.planes for item, row in kept.rows().items()}) == counts[
        "document"
    ]
    assert kept.segments == {1: 2, 2: 1, 3: 1} and kept.coders == {7, 8}
    branches = Incidence("segment", {1: 1, 3: 1})
    branches.add_document(spans, passages)
    assert branches.columns == 3 and branches.rows()[1].planes == (0b111,)


_SPANS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 12), st.integers(1, 3), st.integers(1, 2)),
    max_size=12,
).map(lambda rows: sorted((start, start + long, code, coder) for start, long, code, coder in rows))


@given(_SPANS)
def test_what_is_counted_is_what_looking_at_every_column_finds(
    spans: list[tuple[int, int, int, int]],
) -> None:
    passages = [(0, 7), (8, 8), (9, 20), (22, 60)]
    columns: dict[Unit, list[tuple[int, int, int | None]]] = {
        "paragraph": [(start, end, None) for start, end in passages],
        "segment": list(dict.fromkeys((start, end, coder) for start, end, _, coder in spans)),
        "document": [(0, 99, None)],
    }
    for unit, there in columns.items():
        found = Incidence(unit, {1: 1, 2: 2, 3: 2})
        found.add_document(spans, passages)
        rows = found.rows()
        assert found.columns == len(there)
        for item, codes in ((1, (1,)), (2, (2, 3))):
            counts = [
                sum(
                    code in codes and whose in (None, coder) and low < end and start < high
                    for start, end, code, coder in spans
                )
                for low, high, whose in there
                if low < high or unit != "paragraph"
            ]
            if unit == "paragraph":
                counts.insert(1, 0)  # nothing stands in an empty one
            assert rows.get(item, Row(())).presence() == Row.of(counts).presence()
            assert rows.get(item, Row(())).total == sum(counts)


_COUNTS = st.lists(st.integers(0, 9), min_size=12, max_size=12)
_TABLES = st.lists(_COUNTS, min_size=2, max_size=9)
_MEASURES = st.sampled_from(MEASURES)
_LINKAGES = st.sampled_from(LINKAGES)


@given(_COUNTS, _COUNTS)
def test_rows_of_bits_add_up_as_numbers_do(one: list[int], two: list[int]) -> None:
    x, y = Row.of(one), Row.of(two)
    assert x.total == sum(one) and x.columns == sum(count > 0 for count in one)
    assert x.product(y) == sum(a * b for a, b in zip(one, two, strict=True))
    assert x.least(y) == y.least(x) == sum(map(min, one, two))
    assert x.presence() == Row.of([int(count > 0) for count in one])


@given(_TABLES, _MEASURES, _LINKAGES, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_heights_fall_and_the_order_of_columns_does_not_matter(
    table: list[list[int]], measure: Measure, linkage: Linkage, shuffle: random.Random
) -> None:
    found = similarities([Row.of(counts) for counts in table], 12, measure)
    order = list(range(12))
    shuffle.shuffle(order)
    moved = [Row.of([counts[at] for at in order]) for counts in table]
    assert similarities(moved, 12, measure) == found
    kept, _ = comparable(found)
    values = [[found[at][beside] or 0.0 for beside in kept] for at in kept]
    joins = link(values, linkage)
    heights = [join.similarity for join in joins]
    assert heights == sorted(heights, reverse=True)
    assert all(FLOOR[measure] <= height <= 1 for height in heights)
    tree = Dendrogram(len(kept), joins)
    assert sorted(tree.leaves()) == list(range(len(kept)))
    for cut in tree.cuts(FLOOR[measure]):
        clusters = tree.clusters(cut.at)
        assert len(clusters) == cut.clusters
        assert [item for each in clusters for item in each] == tree.leaves()
        if linkage == "complete":
            assert all(
                values[one][two] >= cut.at
                for each in clusters
                for one, two in combinations(each, 2)
            )
    if len(kept) > 2 and (true := cophenetic(values, tree)) is not None:
        assert -1 <= true <= 1 + 1e-9


def naive(values: list[list[float]], linkage: Linkage) -> list[float]:
    """Return the heights of a tree in which every pair of clusters is compared at each join."""
    clusters = [[at] for at in range(len(values))]
    heights = []
    while len(clusters) > 1:
        best, pair = -inf, (0, 0)
        for one, two in combinations(range(len(clusters)), 2):
            between = [values[a][b] for a in clusters[one] for b in clusters[two]]
            mean = sum(between) / len(between)
            near = {"complete": min(between), "single": max(between), "average": mean}[linkage]
            if near > best + 1e-12:
                best, pair = near, (one, two)
        heights.append(best)
        clusters[pair[0]] += clusters.pop(pair[1])
    return heights


@given(st.integers(2, 12), _LINKAGES, st.integers(0, 2**32))
@settings(max_examples=60, deadline=None)
def test_without_ties_the_order_of_codes_does_not_matter_either(
    count: int, linkage: Linkage, seed: int
) -> None:
    chance = random.Random(seed)
    values = [[1.0] * count for _ in range(count)]
    for one, two in combinations(range(count), 2):
        values[one][two] = values[two][one] = chance.random()
    joins = link(values, linkage)
    assert [join.similarity for join in joins] == pytest.approx(naive(values, linkage))
    assert not any(join.rivals for join in joins)
    order = list(range(count))
    chance.shuffle(order)
    moved = [[values[one][two] for two in order] for one in order]
    here, there = Dendrogram(count, joins).heights(), Dendrogram(count, link(moved, linkage))
    for at, beside in combinations(range(count), 2):
        assert isclose(there.heights()[at][beside], here[order[at]][order[beside]])


@given(st.integers(2, 8), _LINKAGES, st.integers(0, 2**32))
@settings(max_examples=150, deadline=None)
def test_with_ties_the_order_of_codes_matters_only_where_a_join_says_so(
    count: int, linkage: Linkage, seed: int
) -> None:
    chance = random.Random(seed)
    values = [[1.0] * count for _ in range(count)]
    for one, two in combinations(range(count), 2):
        values[one][two] = values[two][one] = chance.choice([0.0, 0.25, 0.5, 0.75])
    joins = link(values, linkage)
    order = list(range(count))
    chance.shuffle(order)
    again = link([[values[one][two] for two in order] for one in order], linkage)
    here, there = Dendrogram(count, joins).heights(), Dendrogram(count, again).heights()
    same = all(
        isclose(there[at][beside], here[order[at]][order[beside]], abs_tol=1e-9)
        for at, beside in combinations(range(count), 2)
    )
    assert same or any(join.rivals for join in joins)
    assert same or linkage != "single"


def test_cophenetic_correlation_is_the_correlation_of_both_tables() -> None:
    values = [[1.0, 0.8, 0.3], [0.8, 1.0, 0.1], [0.3, 0.1, 1.0]]
    tree = Dendrogram(3, link(values, "average"))
    # Similarities .8 .3 .1 against heights .8 .2 .2.
    ones, twos = [0.4, -0.1, -0.3], [0.4, -0.2, -0.2]
    product = sum(a * b for a, b in zip(ones, twos, strict=True))
    expected = product / sqrt(sum(a * a for a in ones) * sum(b * b for b in twos))
    assert cophenetic(values, tree) == pytest.approx(expected)
    flat = [[1.0, 0.5, 0.5], [0.5, 1.0, 0.5], [0.5, 0.5, 1.0]]
    assert cophenetic(flat, Dendrogram(3, link(flat, "average"))) is None
