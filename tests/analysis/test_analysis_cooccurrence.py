"""Co-occurrence against its definition: every pair looked at, and the published values."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from tui.analysis.cooccurrence import (
    Span,
    Together,
    add_overlaps,
    add_passages,
    coefficient,
)
from tui.analysis.shade import legend, shade

SPANS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 12), st.integers(1, 4), st.integers(1, 2)),
    max_size=14,
).map(lambda rows: sorted((start, start + long, code, coder) for start, long, code, coder in rows))


def test_the_coefficient_has_the_published_value_and_says_when_it_has_none() -> None:
    assert round(coefficient(100, 10, 5) or 0, 3) == 0.048
    assert coefficient(2, 2, 4) is None, "divides by zero"
    assert coefficient(3, 3, 9) is None, "would be -3"
    assert coefficient(2, 2, 3) == 3, "more overlaps than segments: above 1, as defined"
    assert coefficient(96, 131, 70) == 70 / 157


@given(SPANS)
def test_the_sweep_finds_what_looking_at_every_pair_finds(spans: list[Span]) -> None:
    found = Together()
    add_overlaps(found, spans)
    expected: Counter[tuple[int, int]] = Counter()
    for at, one in enumerate(spans):
        for other in spans[at + 1 :]:
            shares = one[0] < other[1] and other[0] < one[1]
            if shares and one[2] != other[2] and one[3] == other[3]:
                expected[min(one[2], other[2]), max(one[2], other[2])] += 1
    assert found.pairs == expected
    assert found.alone == Counter(span[2] for span in spans)
    assert all(count == 1 for count in found.documents.values())


@given(SPANS)
def test_passages_are_counted_once_for_each_code(spans: list[Span]) -> None:
    passages = [(0, 7), (8, 8), (9, 20), (22, 60)]
    found = Together()
    add_passages(found, spans, passages)
    touched = [
        {code for start, end, code, _ in spans if start < high and low < end}
        for low, high in passages
    ]
    for code in range(1, 5):
        assert found.alone[code] == sum(code in codes for codes in touched)
        for other in range(code + 1, 5):
            both = sum({code, other} <= codes for codes in touched)
            assert found.count(other, code) == both
            value = found.coefficient(code, other)
            assert value is None or 0 <= value <= 1


def test_a_shade_repeats_how_a_number_compares_with_an_even_share() -> None:
    assert [shade(each, 100, 10) for each in (0, 4, 5, 9, 10, 19, 20, 100)] == list("·░▒▒▓▓██")
    assert shade(3, 0, 4) == "·"
    assert legend(10) == "·=0  ░<5%  ▒<10%  ▓<20%  █≥20%"
