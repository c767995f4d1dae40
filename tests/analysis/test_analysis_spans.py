"""Unions, intersections and parts against sets of single characters."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from tui.analysis.regions import Parts, chars_of, gather, join, overlap
from tui.analysis.spans import Pair, count_touched, intersect, total_length, unite

PAIRS = st.tuples(st.integers(0, 60), st.integers(1, 12)).map(lambda p: (p[0], p[0] + p[1]))
SPANS = st.lists(PAIRS, max_size=8)
OWNED = st.lists(
    st.tuples(st.integers(1, 3), PAIRS | st.just((None, None))).map(lambda o: (o[0], *o[1])),
    max_size=8,
)
LENGTHS = {1: 72, 2: 72, 3: 72}


def characters(spans: Sequence[Pair]) -> set[int]:
    return {at for start, end in spans for at in range(start, end)}


def places(parts: Parts) -> set[tuple[int, int]]:
    return {
        (document, at)
        for document, spans in parts.items()
        for at in (range(LENGTHS[document]) if spans is None else characters(spans))
    }


def test_spans_that_touch_become_one() -> None:
    assert unite([(0, 5), (5, 8), (9, 10)]) == [(0, 8), (9, 10)]


@given(SPANS)
def test_a_union_covers_the_same_characters_with_gaps_between_its_spans(spans: list[Pair]) -> None:
    united = unite(spans)
    assert characters(united) == characters(spans)
    assert total_length(united) == len(characters(spans))
    assert all(one[1] < other[0] for one, other in itertools.pairwise(united))


@given(SPANS, SPANS)
def test_an_intersection_is_what_both_cover(one: list[Pair], other: list[Pair]) -> None:
    shared = intersect(unite(one), unite(other))
    assert characters(shared) == characters(one) & characters(other)


@given(SPANS, SPANS)
def test_a_unit_is_touched_when_it_shares_a_character(units: list[Pair], spans: list[Pair]) -> None:
    united = unite(units)
    expected = sum(1 for unit in united if characters([unit]) & characters(spans))
    assert count_touched(united, unite(spans)) == expected


@given(OWNED, OWNED)
def test_parts_are_joined_and_cut_like_sets(
    one: list[tuple[int, int | None, int | None]], other: list[tuple[int, int | None, int | None]]
) -> None:
    mine, theirs = gather(one), gather(other)
    assert places(join(mine, theirs)) == places(mine) | places(theirs)
    assert places(overlap(mine, theirs)) == places(mine) & places(theirs)
    assert chars_of(mine, LENGTHS) == len(places(mine))
