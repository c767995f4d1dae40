"""Lanes: which coding runs where in the margin."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.app.document.samples import INTERVIEW, document_text, documents
from tui.app.document.gutter import lane_cells, names_beside
from tui.app.document.lanes import AFRESH, CodingIndex, LaneCoding, Lanes
from tui.app.document.text_source import DocumentText
from tui.app.document.viewport import Row, Rows

LETTERS = {1: "W", 2: "A", 3: "T", 4: "B", 5: "S", 6: "D"}


def margin(lanes: Lanes, rows: Rows, place: int, room: int = 5) -> list[str]:
    """Return the signs beside each row of a passage and the blank row below it."""
    drawn = []
    for row in range(rows.count(place) + 1):
        stripes = lanes.row(Row(place, row))
        drawn.append("".join(sign for sign, *_ in lane_cells(stripes, row, room, LETTERS)))
    return drawn


def build(
    text: DocumentText, codings: list[tuple[int, int, int, int, int]], width: int = 43
) -> tuple[Lanes, Rows]:
    """Return lanes and rows of a document."""
    rows = Rows(text, width)
    return Lanes(rows, CodingIndex(codings)), rows


def test_the_margin_of_the_specimen_screen() -> None:
    text = document_text(INTERVIEW)
    rows = Rows(text, 43)
    start, end = text.span(2)
    at = [start + row for row in rows.starts(2)]
    codings = [
        (start, end, 1, 1, 1),
        (start + 5, at[2] - 3, 2, 1, 2),
        (at[2] + 10, at[4] - 4, 3, 1, 3),
        (at[1] + 20, at[4] + 8, 4, 1, 4),
        (at[3] + 2, at[4] + 4, 5, 1, 5),
        (at[3] + 6, at[3] + 9, 6, 1, 6),
    ]
    lanes = Lanes(rows, CodingIndex(codings))
    assert margin(lanes, rows, 2)[:6] == ["WA", "│└B", "│T│", "│└│SD", "│ └└", "└"]


def test_a_lane_is_used_again_as_soon_as_it_is_free() -> None:
    text = document_text(["word " * 40])
    lanes, rows = build(text, [(0, 4, 1, 1, 1), (50, 60, 2, 1, 2), (52, 70, 3, 1, 3)])
    assert margin(lanes, rows, 0)[:2] == ["W", "AT"]


def test_a_coding_over_several_passages_runs_through_the_blank_rows() -> None:
    text = document_text(["one", "two", "three"])
    lanes, rows = build(text, [(1, text.span(2)[0] + 2, 1, 1, 1), (5, 7, 2, 1, 2)])
    assert margin(lanes, rows, 0) == ["W", "│"]
    assert margin(lanes, rows, 1) == ["│A", "│"]
    assert margin(lanes, rows, 2) == ["└", ""]


def test_more_codings_than_lanes_show_a_plus_in_the_last() -> None:
    text = document_text(["word"])
    lanes, rows = build(text, [(0, 4, n, 1, n) for n in range(1, 7)])
    assert margin(lanes, rows, 0)[0] == "WATB+"
    assert margin(lanes, rows, 0, room=8)[0] == "WATBSD"
    five, rows = build(text, [(0, 4, n, 1, n) for n in range(1, 6)])
    assert margin(five, rows, 0)[0] == "WATBS"


def test_a_coding_that_finds_no_lane_comes_into_the_first_that_falls_free() -> None:
    text = document_text(["word " * 40])
    rows = Rows(text, 43)
    second, third = rows.starts(0)[1:3]
    sentence = [(0, second + 3, n, 1, n) for n in range(1, 6)]
    after = [(second + 5, third + 9, 6, 1, 6), (second + 5, third + 4, 1, 1, 7)]
    lanes = Lanes(rows, CodingIndex([*sentence, *after]), room=5)
    assert margin(lanes, rows, 0)[:3] == ["WATBS", "└└└└+", "DW"]
    assert [s.coding.id for s in lanes.row(Row(0, 1)) if s.lane >= 5] == [6, 7]
    names = {1: "Work", 6: "Dust"}
    beside = [names_beside(lanes.row(Row(0, row)), row, 30, names) for row in range(3)]
    assert beside == ["Work", "Dust, Work", ""]


def test_codes_without_a_letter_share_a_sign() -> None:
    text = document_text(["word"])
    lanes, rows = build(text, [(0, 4, 77, 1, 1)])
    assert margin(lanes, rows, 0)[0] == "~"


def test_hidden_codes_take_no_lane() -> None:
    text = document_text(["word"])
    rows = Rows(text, 43)
    codings = CodingIndex([(0, 4, 1, 1, 1), (0, 4, 2, 1, 2)])
    assert margin(Lanes(rows, codings, lambda code: code != 1), rows, 0)[0] == "A"


def test_codings_outside_all_passages_do_no_harm() -> None:
    text = document_text(["one", "two"])
    lanes, rows = build(text, [(3, 5, 1, 1, 1), (8, 8, 2, 1, 2), (90, 99, 3, 1, 3)])
    assert margin(lanes, rows, 0)[0] == ""
    assert margin(lanes, rows, 1)[0] == "W"


@st.composite
def coded(draw: st.DrawFn) -> tuple[DocumentText, list[tuple[int, int, int, int, int]]]:
    """Give a document and codings of it, short and long."""
    text = draw(documents())
    end = max(1, text.end)
    spans = st.tuples(st.integers(0, end - 1), st.integers(1, end), st.integers(1, 6))
    drawn = draw(st.lists(spans, max_size=25))
    return text, [
        (start, min(end, start + length), code, 1, number)
        for number, (start, length, code) in enumerate(drawn, 1)
    ]


@given(coded(), st.integers(8, 40))
def test_two_codings_on_a_row_never_share_a_lane(
    sample: tuple[DocumentText, list[tuple[int, int, int, int, int]]], width: int
) -> None:
    text, codings = sample
    lanes, rows = build(text, codings, width)
    for place in range(len(text)):
        for row in range(rows.count(place) + 1):
            stripes = lanes.row(Row(place, row))
            assert len({stripe.lane for stripe in stripes}) == len(stripes)


@given(coded(), st.integers(8, 40), st.randoms())
def test_lanes_do_not_depend_on_where_reading_began(
    sample: tuple[DocumentText, list[tuple[int, int, int, int, int]]], width: int, dice: object
) -> None:
    text, codings = sample
    forwards, _ = build(text, codings, width)
    backwards, _ = build(text, codings[::-1], width)
    places = list(range(len(text)))
    expected = [forwards.passage(place) for place in places]
    assert [backwards.passage(place) for place in places[::-1]] == expected[::-1]


@given(coded(), st.integers(8, 40))
def test_a_coding_keeps_its_lane_from_first_row_to_last(
    sample: tuple[DocumentText, list[tuple[int, int, int, int, int]]], width: int
) -> None:
    text, codings = sample
    lanes, _ = build(text, codings, width)
    lane_of: dict[int, int] = {}
    for place in range(len(text)):
        for stripe in lanes.passage(place):
            assert lane_of.setdefault(stripe.coding.id, stripe.lane) == stripe.lane


@given(coded(), st.integers(8, 40), st.data())
def test_adding_and_removing_give_what_building_anew_gives(
    sample: tuple[DocumentText, list[tuple[int, int, int, int, int]]],
    width: int,
    data: st.DataObject,
) -> None:
    text, codings = sample
    rows = Rows(text, width)
    index = CodingIndex(codings[: len(codings) // 2])
    lanes = Lanes(rows, index)
    wanted = dict.fromkeys(coding[4] for coding in codings[: len(codings) // 2])
    for coding in codings[len(codings) // 2 :]:
        lanes.passage(data.draw(st.integers(0, len(text) - 1)))
        index.add(LaneCoding(*coding))
        lanes.forget_from(coding[0])
        wanted[coding[4]] = None
    for coding in codings[::3]:
        lanes.passage(len(text) - 1)
        index.remove(coding[4])
        lanes.forget_from(coding[0])
        wanted.pop(coding[4], None)
    anew = Lanes(rows, CodingIndex([coding for coding in codings if coding[4] in wanted]))
    for place in range(len(text)):
        assert lanes.passage(place) == anew.passage(place)


@given(
    st.lists(st.tuples(st.integers(0, 500), st.integers(1, 400)), max_size=60),
    st.integers(0, 600),
    st.integers(1, 80),
)
def test_the_index_finds_what_a_look_at_all_codings_finds(
    spans: list[tuple[int, int]], start: int, length: int
) -> None:
    codings = [
        LaneCoding(low, low + size, 1, 1, number) for number, (low, size) in enumerate(spans)
    ]
    end = start + length
    expected = [each for each in codings if each.start < end and each.end > start]
    expected.sort(key=lambda each: (each.start, -each.end, each.id))
    assert CodingIndex(codings).overlapping(start, end) == expected


def _wrapped_for(text: DocumentText, codings: list[tuple[int, int, int, int, int]]) -> int:
    """Return how many passages are wrapped to show the margin of the last but one."""
    lanes, rows = build(text, codings)
    wrapped: set[int] = set()
    ordinary = rows.starts

    def counted(place: int) -> list[int]:
        wrapped.add(place)
        return ordinary(place)

    rows.starts = counted  # type: ignore[method-assign]
    assert lanes.passage(len(text) - 2)
    return len(wrapped)


def test_a_coding_as_long_as_the_document_costs_no_look_at_all_of_it() -> None:
    text = document_text(["word " * 20] * 1_000)
    codings = [(n * 102, n * 102 + 40, n % 6 + 1, 1, n) for n in range(1_000)]
    codings.append((0, text.end, 1, 1, 20_000))
    assert _wrapped_for(text, codings) <= 3


def test_a_chain_of_overlaps_through_a_book_costs_a_part_of_it() -> None:
    text = document_text(["word " * 20] * 2_000)
    codings = [(n * 27, n * 27 + 150, n % 6 + 1, 1, n) for n in range(7_600)]
    assert _wrapped_for(text, codings) <= AFRESH


def test_a_passage_with_very_many_codings_has_the_same_margin() -> None:
    text = document_text(["word " * 400, "end"])
    codings = [(n * 11 % 1990, n * 11 % 1990 + n % 90 + 1, 1, 1, n) for n in range(400)]
    codings.append((1, text.end, 1, 1, 1_000))
    lanes, rows = build(text, codings)
    stripes = lanes.passage(0)
    assert len(stripes) > 400
    for row in range(rows.count(0) + 1):
        expected = [stripe for stripe in stripes if stripe.first <= row <= stripe.last]
        assert lanes.row(Row(0, row)) == expected


def test_a_coding_goes_on_where_lanes_are_given_anew() -> None:
    text = document_text(["word"] * (AFRESH + 2))
    lanes, rows = build(text, [(0, text.end, 1, 1, 1), (2, text.end, 2, 1, 2)])
    assert margin(lanes, rows, AFRESH) == ["││", "││"]


@given(documents(), st.data())
def test_moving_a_coding_leaves_the_lanes_that_packing_anew_gives(
    text: DocumentText, data: st.DataObject
) -> None:
    place = st.integers(0, text.end - 1)
    spans = data.draw(st.lists(st.tuples(place, place), min_size=1, max_size=12))
    codings = [LaneCoding(min(a, b), max(a, b) + 1, n, 1, n) for n, (a, b) in enumerate(spans, 1)]
    rows = Rows(text, 20)
    index = CodingIndex(codings)
    lanes = Lanes(rows, index)
    for _ in range(data.draw(st.integers(1, 8))):
        for at in range(len(text)):
            lanes.passage(at)
        before = index.get(data.draw(st.integers(1, len(codings))))
        assert before is not None
        start = min(max(0, before.start + data.draw(st.integers(-3, 3))), text.end - 1)
        end = min(max(start + 1, before.end + data.draw(st.integers(-3, 3))), text.end)
        after = before._replace(start=start, end=end)
        index.add(after)
        lanes.moved(before, after)
        fresh = Lanes(rows, index)
        for at in range(len(text)):
            assert [(s[:4], s.coding.id) for s in lanes.passage(at)] == [
                (s[:4], s.coding.id) for s in fresh.passage(at)
            ]


def test_the_letter_of_another_coders_coding_is_told_apart_however_short_it_is() -> None:
    text = document_text(INTERVIEW)
    start = text.span(2)[0]
    lanes, _ = build(text, [(start, start + 5, 1, 1, 1), (start, start + 9, 2, 7, 2)])
    cells = lane_cells(lanes.row(Row(2, 0)), 0, 5, LETTERS, others={7: "B"})
    assert set(cells) == {("W", 1, False), ("A", 2, True)}
