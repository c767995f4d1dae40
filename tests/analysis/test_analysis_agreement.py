"""Agreement against published values, and against a walk over every single unit."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.analysis.agreement import (
    Agreed,
    TwoByTwo,
    between,
    composite,
    holsti,
    overall,
    spread_of,
)
from tui.analysis.agreement_cases import count_cases, find_cases
from tui.analysis.agreement_sets import SetAlpha, masi
from tui.analysis.agreement_units import UNITS, Axis, Ground, Read, Unit, count, within
from tui.analysis.bootstrap import Bootstrap, added, interval
from tui.analysis.comparison import Comparison, Span
from tui.analysis.spans import Pair

BOTH = 0b11


def of_two(first: list[Pair], second: list[Pair], chars: int) -> Agreed:
    """Return the agreement of two coders who have read one passage of so many characters."""
    ground = Ground([Read(0, chars, BOTH)], "characters")
    pieces = list(ground.pieces({0: ground.runs(first), 1: ground.runs(second)}))
    return count(ground, pieces, 2)


def marked(row: str) -> list[Pair]:
    return [(at, at + 1) for at, sign in enumerate(row) if sign == "1"]


@pytest.mark.parametrize(
    ("agreed", "percent", "kappa", "alpha", "ac1"),
    [
        (of_two(marked("1100000000"), marked("0110010100"), 10), 60, 0.0909, 0.0952, 0.3103),
        (of_two([(0, 40)], [(20, 60)], 100), 60, 0.1667, 0.1708, 0.2308),
        (between(TwoByTwo(50, 100, 50, 800)), 85, 0.3182, None, 0.8080),
        (of_two([(0, 50)], [(50, 100)], 100), 0, -1, None, None),
        (of_two([(0, 100)], [(0, 50)], 1000), 95, 0.6429, None, None),
        (of_two([(10, 30)], [(10, 30)], 100), 100, 1, 1, 1),
        # Overlapping spans of one coder are united before anything is counted.
        (of_two([(0, 10), (0, 11)], [], 100), 89, 0, None, None),
        (of_two([(0, 10), (0, 12)], [(0, 12)], 100), 100, 1, 1, 1),
    ],
)
def test_published_values_are_met(
    agreed: Agreed, percent: float, kappa: float, alpha: float | None, ac1: float | None
) -> None:
    assert agreed.percent == pytest.approx(percent)
    assert agreed.kappa == pytest.approx(kappa, abs=5e-5)
    assert alpha is None or agreed.alpha == pytest.approx(alpha, abs=5e-5)
    assert ac1 is None or agreed.ac1 == pytest.approx(ac1, abs=5e-5)


def test_mean_weighted_mean_and_pooled_are_three_values() -> None:
    found = overall([between(TwoByTwo(20, 20, 20, 40)), between(TwoByTwo(5, 0, 5, 290))])
    assert found.mean["percent"] == pytest.approx(79.17, abs=5e-3)
    assert found.weighted["percent"] == pytest.approx(88.75)
    assert found.mean["kappa"] == pytest.approx(0.4129, abs=5e-5)
    assert found.weighted["kappa"] == pytest.approx(0.5360, abs=5e-5)
    assert found.pooled.kappa == pytest.approx(0.4627, abs=5e-5)


def test_holsti_and_the_composite_reliability_have_the_published_values() -> None:
    value = holsti(45, 50, 52)
    assert value == pytest.approx(0.8824, abs=5e-5)
    assert composite(value or 0, 2) == pytest.approx(0.9375)
    assert composite(0.82, 3) == pytest.approx(0.9318, abs=5e-5)
    assert of_two([(0, 9)], [(1, 9)], 20).holsti == pytest.approx(16 / 17)
    assert between(TwoByTwo(0, 0, 0, 9)).reliability is None


def test_without_variation_kappa_has_no_value_and_is_in_no_mean() -> None:
    nothing, everything = between(TwoByTwo(0, 0, 0, 80)), between(TwoByTwo(80, 0, 0, 0))
    assert nothing.kappa is everything.kappa is nothing.alpha is None
    assert not nothing.varies and nothing.percent == 100
    found = overall([nothing, everything, between(TwoByTwo(20, 20, 20, 40))])
    assert found.cells == 1 and found.mean["kappa"] == pytest.approx(1 / 6)
    assert overall([nothing]).mean["kappa"] is None
    assert between(TwoByTwo()).percent is None


def test_what_one_has_not_read_is_missing_and_not_uncoded() -> None:
    # A codes 200 of 1,000 characters evenly, B agrees perfectly but stopped at 500.
    first = [(at, at + 1) for at in range(0, 1000, 5)]
    second = [span for span in first if span[0] < 500]
    assert of_two(first, second, 1000).kappa == pytest.approx(0.615, abs=5e-4)
    ground = Ground([Read(0, 500, BOTH), Read(500, 1000, 0b01)], "characters")
    pieces = list(ground.pieces({0: ground.runs(first), 1: ground.runs(second)}))
    agreed = count(ground, pieces, 2)
    assert agreed.kappa == agreed.alpha == 1 and agreed.pairs[0].total == 500


def test_coders_who_chose_sisters_agree_on_the_level_above() -> None:
    passages = [Read(0, 50, BOTH), Read(52, 90, BOTH)]
    spans: list[Span] = [(0, 20, 11, 7, 1), (0, 20, 12, 9, 2)]
    below = Comparison([7, 9], "characters", {11: [11], 12: [12]})
    above = Comparison([7, 9], "characters", {1: [1, 11, 12]})
    for each in (below, above):
        each.add(1, passages, spans)
    assert below.of_code(11).pairs == (TwoByTwo(0, 20, 0, 68),)
    assert below.of_code(12).pairs == (TwoByTwo(0, 0, 20, 68),)
    assert above.of_code(1).pairs == (TwoByTwo(20, 0, 0, 68),)
    assert above.of_code(1).kappa == 1 and above.segments[1] == 2


def test_only_parts_of_the_text_are_compared_when_asked() -> None:
    compared = Comparison([7, 9], "sentences", {1: [1]})
    passages = [Read(0, 50, BOTH, [(0, 20), (21, 50)]), Read(52, 90, 0b01, [(52, 90)])]
    compared.add(4, passages, [(0, 21, 1, 7, 1), (22, 60, 1, 9, 2)], [(0, 20), (60, 90)])
    assert compared.of_code(1).pairs == (TwoByTwo(0, 1, 0, 0),)
    assert compared.coverage[4].paragraphs == compared.coverage[4].left_out == 1


SPANS = st.lists(st.tuples(st.integers(0, 55), st.integers(1, 15)), max_size=5).map(
    lambda rows: [(start, start + long) for start, long in rows]
)
CODERS = st.lists(SPANS, min_size=2, max_size=4)
SENTENCES = [(0, 6), (7, 15), (16, 22), (25, 30), (33, 41), (42, 60)]
PASSAGES = [(0, 22), (25, 30), (33, 60)]


@st.composite
def readings(draw: st.DrawFn) -> list[Read]:
    return [
        Read(
            start,
            end,
            draw(st.integers(0, 15)),
            [each for each in SENTENCES if start <= each[0] < end],
        )
        for start, end in PASSAGES
    ]


def reference_alpha(units: list[list[bool]]) -> float | None:
    """Return Krippendorff's nominal alpha by its coincidence matrix, unit by unit."""
    pairs = {(a, b): 0.0 for a in (False, True) for b in (False, True)}
    for values in units:
        if len(values) > 1:
            for one, other in combinations(values, 2):
                pairs[one, other] += 1 / (len(values) - 1)
                pairs[other, one] += 1 / (len(values) - 1)
    ones, total = pairs[True, True] + pairs[True, False], sum(pairs.values())
    expected = ones * (total - ones)
    if not expected or total < 2:
        return None
    return 1 - (total - 1) * pairs[True, False] / expected


@given(CODERS, readings(), st.sampled_from([unit for unit in UNITS if unit != "documents"]))
def test_runs_count_what_a_walk_over_every_unit_counts(
    coders: list[list[Pair]], passages: list[Read], unit: Unit
) -> None:
    many = len(coders)
    passages = [each._replace(readers=each.readers & (1 << many) - 1) for each in passages]
    ground = Ground(passages, unit)
    pieces = list(ground.pieces({at: ground.runs(spans) for at, spans in enumerate(coders)}))
    agreed = count(ground, pieces, many)
    units: list[dict[int, bool]] = []
    for start, end, readers, sentences, _ in passages:
        cut = {
            "characters": [(at, at + 1) for at in range(start, end)],
            "sentences": sentences,
            "paragraphs": [(start, end)],
        }[unit]
        for low, high in cut:
            units.append(
                {
                    coder: any(span[0] < high and low < span[1] for span in coders[coder])
                    for coder in range(many)
                    if readers >> coder & 1
                }
            )
    expected = []
    for one, other in combinations(range(many), 2):
        counts = {(True, True): 0, (True, False): 0, (False, True): 0, (False, False): 0}
        for values in units:
            if one in values and other in values:
                counts[values[one], values[other]] += 1
        expected.append(TwoByTwo(*counts.values()))
    assert agreed.pairs == tuple(expected)
    rows = [list(values.values()) for values in units]
    alpha = reference_alpha(rows)
    assert agreed.alpha == (None if alpha is None else pytest.approx(alpha, abs=1e-9))
    # What is drawn from adds up to what is counted.
    blocks = ground.by_block(pieces)
    assert sum(split for split, _ in blocks.values()) == pytest.approx(agreed.spread.split)
    assert sum(marks for _, marks in blocks.values()) == agreed.spread.marked
    assert sum(ground.values_by_block().values()) == agreed.spread.values


@given(SPANS, SPANS)
def test_agreement_is_symmetric_and_complete_with_oneself(
    first: list[Pair], second: list[Pair]
) -> None:
    here, there = of_two(first, second, 60), of_two(second, first, 60)
    assert here.measures() == there.measures()
    assert here.alpha == between(here.pairs[0]).alpha
    table = of_two(first, first, 60).pairs[0]
    assert table.percent == 100 and table.kappa in (1, None)
    assert spread_of(table).alpha in (1, None)


@given(SPANS, st.booleans())
def test_units_of_a_span_are_found_and_found_again(spans: list[Pair], by_character: bool) -> None:
    axis = Axis(SENTENCES, by_character=by_character)
    for start, end in spans:
        first, after = axis.run(start, end)
        low, high = axis.span(first, after) if first < after else (0, 0)
        assert axis.run(low, high) == (first, after) or first == after
        if by_character and first < after:
            assert start <= low < high <= end


def test_spans_are_half_open_at_every_edge() -> None:
    axis = Axis(SENTENCES, by_character=False)
    assert axis.run(0, 7) == (0, 1), "ends where the next one starts"
    assert axis.run(6, 8) == (1, 2), "starts where the first one has ended"
    assert axis.run(22, 25) == (3, 3), "nothing but the gap"
    assert axis.run(80, 90) == (6, 6)
    assert within([Read(0, 9, 3)], [(9, 12)]) == []


def test_a_document_is_one_unit_of_what_was_read_together() -> None:
    compared = Comparison([7, 9], "documents", {1: [1]})
    passages = [Read(0, 9, BOTH), Read(10, 20, 0b01)]
    compared.add(1, passages, [(0, 3, 1, 7, 1), (4, 9, 1, 9, 2)])
    compared.add(2, passages, [(12, 15, 1, 7, 3)])
    compared.add(3, [Read(0, 9, 0b10)], [(0, 3, 1, 9, 4)])
    assert compared.of_code(1).pairs == (TwoByTwo(1, 0, 0, 1),)
    assert compared.documents() == [1, 2]


def test_the_interval_holds_the_value_is_repeatable_and_refused_for_little() -> None:
    random = Random(4)
    spans: list[Span] = []
    for at in range(60):
        if random.random() < 0.5:
            spans.append((at * 100, at * 100 + 50, 1, 7, 2 * at))
            if random.random() < 0.8:
                spans.append((at * 100 + 10, at * 100 + 60, 1, 9, 2 * at + 1))
    passages = [Read(at * 100, at * 100 + 99, BOTH) for at in range(60)]

    def made(first: int) -> Comparison:
        compared = Comparison([7, 9], "characters", {1: [1], 2: [2]})
        compared.add(1, passages[:first], spans)
        return compared

    found = made(60).interval([1])
    alpha = made(60).of_code(1).alpha
    assert found is not None and alpha is not None
    assert found[0] < alpha < found[1] and found[1] - found[0] < 0.4
    assert made(60).interval([1]) == found, "the seed is fixed"
    assert made(60).interval([1], seed=2) != found
    assert made(9).interval([1]) is None, "fewer than ten passages"
    assert made(60).interval([2]) is None, "nobody used the code: nothing varies"


def test_draws_of_several_codes_are_the_draws_of_their_sum() -> None:
    bootstrap = Bootstrap([20] * 12, draws=50)
    one, two = {0: (4.0, 6), 3: (0.0, 8)}, {3: (2.0, 5)}
    both = added([bootstrap.draws(one), bootstrap.draws(two)])
    for sum_, first, second in zip(both, bootstrap.draws(one), bootstrap.draws(two), strict=True):
        assert sum_ == first + second
    assert interval([]) is None


def test_a_megabyte_with_ten_thousand_codings_costs_what_its_codings_cost() -> None:
    # Counted, not timed: the stretches that are looked at are not more than the edges.
    random = Random(1)
    passages = [Read(at * 1000, at * 1000 + 998, BOTH) for at in range(1000)]
    ground = Ground(passages, "characters")
    coded = {}
    for coder in range(2):
        starts = [random.randrange(999_000) for _ in range(5000)]
        coded[coder] = ground.runs((start, start + 90) for start in starts)
    pieces = list(ground.pieces(coded))
    assert len(pieces) < 4 * 5000 and len(ground.readers) == 1
    assert count(ground, pieces, 2).pairs[0].total == 998_000


def test_cases_are_what_can_be_decided_at_once() -> None:
    passages = [Read(0, 100, BOTH, [(0, 20), (20, 40), (40, 60), (60, 100)])]
    spans: list[Span] = [
        (0, 20, 1, 7, 1),  # two codings side by side are the same as one over both
        (20, 40, 1, 7, 2),
        (0, 40, 1, 9, 3),
        (45, 60, 2, 7, 4),  # another code at the same place
        (40, 58, 3, 9, 5),
        (60, 70, 4, 7, 6),  # the same sentence, other edges
        (65, 90, 4, 9, 7),
        (40, 70, 5, 7, 8),  # one sentence more
        (60, 90, 5, 9, 9),
    ]

    def kinds(unit: Unit) -> dict[int, str]:
        cases = find_cases(1, Ground(passages, unit), spans, 7, 9)
        return {case.code: case.kind for case in cases}

    expected = {1: "both", 2: "first", 3: "second", 4: "both", 5: "edges"}
    assert kinds("sentences") == expected
    assert kinds("characters") == {**expected, 4: "edges"}
    cases = find_cases(1, Ground(passages, "sentences"), spans, 7, 9)
    counts = count_cases(cases)
    assert counts[2].mixed == {3: 1} and counts[3].mixed == {2: 1} and not counts[5].mixed
    assert counts[5].apart == 1 and counts[1].apart == 0
    assert [(case.start, case.end) for case in cases if case.code == 5] == [(40, 100)]
    unread = Ground([passages[0]._replace(readers=0b01)], "sentences")
    assert find_cases(1, unread, spans, 7, 9) == []


@given(SPANS, SPANS, readings(), st.sampled_from(["characters", "sentences", "paragraphs"]))
def test_there_is_a_disagreement_exactly_where_the_counts_differ(
    first: list[Pair], second: list[Pair], passages: list[Read], unit: Unit
) -> None:
    passages = [each._replace(readers=each.readers & BOTH) for each in passages]
    spans: list[Span] = [(*span, 1, 7, at) for at, span in enumerate(first)]
    spans += [(*span, 1, 9, 100 + at) for at, span in enumerate(second)]
    ground = Ground(passages, unit)
    cases = find_cases(1, ground, spans, 7, 9)
    pieces = list(ground.pieces({0: ground.runs(first), 1: ground.runs(second)}))
    table = count(ground, pieces, 2).pairs[0]
    assert any(case.kind != "both" for case in cases) == bool(table.one or table.other)
    assert bool(cases) == bool(table.both or table.one or table.other)


def test_the_interval_is_what_drawing_units_one_by_one_gives() -> None:
    random = Random(8)
    spans: list[Span] = []
    for at in range(80):
        yes = random.random() < 0.4
        for coder in (7, 9):
            if yes != (random.random() < 0.1):
                spans.append((at * 10, at * 10 + 5, 1, coder, len(spans)))
    compared = Comparison([7, 9], "paragraphs", {1: [1]})
    compared.add(1, [Read(at * 10, at * 10 + 9, BOTH) for at in range(80)], spans)
    coded = {(start // 10, coder) for start, _, _, coder, _ in spans}
    units = [[(at, 7) in coded, (at, 9) in coded] for at in range(80)]
    alphas = sorted(reference_alpha(random.choices(units, k=80)) or 0 for _ in range(800))
    found = compared.interval([1])
    assert found is not None
    assert found[0] == pytest.approx(alphas[20], abs=0.04)
    assert found[1] == pytest.approx(alphas[779], abs=0.04)


def test_sets_of_codes_are_nearer_the_more_they_share() -> None:
    assert masi(0b11, 0b11) == masi(0, 0) == 0
    assert masi(0b01, 0b11) == pytest.approx(1 - 1 / 2 * 2 / 3), "one holds the other"
    assert masi(0b011, 0b110) == pytest.approx(1 - 1 / 3 * 1 / 3), "they share some"
    assert masi(0b01, 0b10) == masi(0, 0b1) == 1


@given(st.lists(CODERS, min_size=1, max_size=3), readings())
def test_alpha_of_sets_is_what_its_definition_gives_unit_by_unit(
    codes: list[list[list[Pair]]], passages: list[Read]
) -> None:
    many = max(map(len, codes))
    passages = [each._replace(readers=each.readers & (1 << many) - 1) for each in passages]
    ground = Ground(passages, "sentences")
    found = SetAlpha(many)
    coded = {
        code: {at: ground.runs(spans) for at, spans in enumerate(coders)}
        for code, coders in enumerate(codes)
    }
    found.add(ground, coded)
    units = [
        [
            sum(
                1 << code
                for code, coders in enumerate(codes)
                if coder < len(coders)
                and any(span[0] < high and low < span[1] for span in coders[coder])
            )
            for coder in range(many)
            if passage.readers >> coder & 1
        ]
        for passage in passages
        for low, high in passage.sentences
    ]
    units = [values for values in units if len(values) > 1]
    everything = [each for values in units for each in values]
    total = len(everything)
    observed = sum(
        sum(masi(one, other) for one in values for other in values) / (len(values) - 1)
        for values in units
    )
    expected = sum(masi(one, other) for one in everything for other in everything)
    wanted = 1 - observed * (total - 1) / expected if expected else None
    assert found.alpha == (None if wanted is None else pytest.approx(wanted, abs=1e-9))
    if len(codes) == 1:
        pieces = list(ground.pieces(coded[0]))
        nominal = count(ground, pieces, many).alpha
        assert found.alpha == (None if nominal is None else pytest.approx(nominal, abs=1e-9))
