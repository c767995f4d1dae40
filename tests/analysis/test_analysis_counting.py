"""Counting: the values of the published definitions, and what holds in any project."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.analysis.counting import (
    Mark,
    coverage,
    distinct_spans,
    merged_references,
    per_thousand,
    tally,
)
from tui.analysis.matrix import Region, cell
from tui.analysis.tree import Tree

A, B = 1, 2
TEXT = 1
X: list[Mark] = [(TEXT, A, 0, 100), (TEXT, A, 80, 150), (TEXT, B, 100, 200)]
"""A text of 1,000 characters: A codes [0,100) and [80,150), B codes [100,200)."""

MARKS = st.lists(
    st.tuples(st.integers(1, 3), st.integers(1, 3), st.integers(0, 50), st.integers(1, 9)).map(
        lambda m: (m[0], m[1], m[2], m[2] + m[3])
    ),
    max_size=12,
)


@st.composite
def trees(draw: st.DrawFn) -> list[tuple[int, int | None]]:
    count = draw(st.integers(0, 12))
    codes: list[tuple[int, int | None]] = []
    for code in range(1, count + 1):
        parent = draw(st.integers(0, code - 1))
        codes.append((code, parent or None))
    return codes


def test_two_coders_on_the_same_words_are_two_references_and_one_coverage() -> None:
    counted = tally([X])
    assert counted.segments == 3
    assert counted.refs_merged == 2
    assert counted.documents == 1
    assert coverage(counted.chars, 1000) == 20.0


def test_a_coders_touching_spans_of_one_code_are_one_merged_reference() -> None:
    assert merged_references([(TEXT, A, 0, 10), (TEXT, A, 10, 20)]) == 1
    assert merged_references([(TEXT, A, 0, 10), (TEXT, A, 11, 20)]) == 2
    assert merged_references([(TEXT, A, 0, 10), (2, A, 10, 20)]) == 2


def test_a_matrix_cell_cuts_characters_to_its_column_and_counts_whole_references() -> None:
    column = Region("A's other code", {TEXT: [(140, 300)]})
    lengths = {TEXT: 1000}
    assert cell([X], column, "segments", lengths) == 2
    assert cell([X], column, "refs", lengths) == 2
    assert cell([X], column, "chars", lengths) == 60
    assert cell([X], column, "coverage", lengths) == 100 * 60 / 160
    assert cell([X], column, "documents", lengths) == 1
    only_a = Region("A", {TEXT: [(140, 300)]}, coder=A)
    assert cell([X], only_a, "segments", lengths) == 1
    assert cell([X], only_a, "chars", lengths) == 10


def test_references_of_a_branch_add_up_and_its_characters_are_united() -> None:
    child: list[Mark] = [(TEXT, A, 50, 120)]
    counted = tally([X, child])
    assert (counted.segments, counted.refs_merged, counted.chars) == (4, 3, 200)


def test_aggregation_takes_direct_children_only() -> None:
    people = [(1, None), (2, 1), (3, 2), (4, 2), (5, 1), (6, 5), (7, 5)]
    sums = Tree(people).add_up({2: 1, 3: 10, 4: 20, 5: 2, 6: 30, 7: 40})
    assert sums[1] == {"direct": 0, "aggregated": 3, "subtree": 103}
    assert sums[2] == {"direct": 1, "aggregated": 31, "subtree": 31}


def test_with_all_coding_on_the_third_level_a_first_level_code_aggregates_nothing() -> None:
    sums = Tree([(1, None), (2, 1), (3, 2)]).add_up({3: 7})
    assert [sums[code]["aggregated"] for code in (1, 2, 3)] == [0, 7, 7]
    assert sums[1]["subtree"] == 7


def test_what_has_no_text_has_no_coverage_and_no_rate() -> None:
    assert coverage(0, 0) is None
    assert per_thousand(3, 0) is None
    assert per_thousand(3, 1500) == 2.0


@given(trees(), st.data())
def test_subtrees_of_the_top_add_up_to_all_and_never_shrink_upwards(
    codes: list[tuple[int, int | None]], data: st.DataObject
) -> None:
    direct = {code: data.draw(st.integers(0, 50)) for code, _ in codes}
    tree = Tree(codes)
    sums = tree.add_up(direct)
    assert sum(sums[code]["subtree"] for code in tree.top) == sum(direct.values())
    for code, parent in codes:
        if parent is not None:
            assert sums[parent]["subtree"] >= sums[code]["subtree"]
        assert sums[code]["subtree"] == sum(direct[each] for each in tree.branch(code))
        assert sums[code]["aggregated"] == sum(
            direct[each] for each in tree.members(code, "aggregated")
        )


@given(MARKS)
def test_merging_never_adds_references_nor_text(marks: list[Mark]) -> None:
    counted = tally([marks])
    assert counted.refs_merged <= counted.segments == len(marks)
    assert distinct_spans(marks) <= len(marks)
    assert counted.documents <= counted.refs_merged
    texts = {(d, at) for d, _, start, end in marks for at in range(start, end)}
    assert counted.chars == len(texts)


@given(MARKS)
def test_columns_by_coder_add_up_to_all_references(marks: list[Mark]) -> None:
    whole = {1: None, 2: None, 3: None}
    lengths = dict.fromkeys(whole, 100)
    for what in ("segments", "refs"):
        parts = [cell([marks], Region("", whole, coder), what, lengths) for coder in (1, 2, 3)]
        assert sum(part or 0 for part in parts) == cell([marks], Region("", whole), what, lengths)
