"""The table that is read by stretches says what the whole one says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.app.document.passage_table import StoredTable, WholeTable

Spans = list[tuple[int, int]]


@st.composite
def documents(draw: st.DrawFn) -> Spans:
    lengths = draw(st.lists(st.integers(0, 3), min_size=1, max_size=700))
    spans, at = [], draw(st.integers(0, 5))
    for length in lengths:
        spans.append((at, at + length))
        at += length + draw(st.integers(0, 1))
    return spans


def stored(spans: Spans, reads: list[tuple[int, int]]) -> StoredTable:
    def read(first: int, last: int) -> Spans:
        reads.append((first, last))
        return spans[first - 1 : last]

    def find(offset: int) -> int:
        return sum(start <= offset for start, _ in spans)

    return StoredTable(len(spans), read, find)


@given(documents(), st.lists(st.integers(0, 2_200), max_size=12))
def test_offsets_and_places_are_found_as_in_the_whole_table(
    spans: Spans, offsets: list[int]
) -> None:
    whole = WholeTable((start for start, _ in spans), (end for _, end in spans))
    table = stored(spans, [])
    for offset in offsets:
        assert table.place_of(offset) == whole.place_of(offset)
    for place in range(len(spans)):
        assert table.span(place) == whole.span(place)


def test_a_long_document_is_not_read_to_look_at_one_place() -> None:
    reads: list[tuple[int, int]] = []
    table = stored([(10 * at, 10 * at + 9) for at in range(5_000)], reads)
    assert table.place_of(30_005) == 3_000
    assert table.span(3_000) == (30_000, 30_009)
    assert table.place_of(30_015) == 3_001
    assert len(reads) == 1
    assert reads[0][1] - reads[0][0] < 300
