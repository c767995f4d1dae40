"""The rows on the screen: stepping through them and keeping the selection in sight."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.app.document.samples import document_text, documents
from tui.app.document.text_source import DocumentText
from tui.app.document.viewport import Row, Rows, scrolled


def _all_rows(rows: Rows) -> list[Row]:
    found = [
        Row(place, row) for place in range(len(rows.text)) for row in range(rows.count(place) + 1)
    ]
    return found[:-1]


@given(documents(), st.integers(8, 40), st.data())
def test_stepping_is_walking_the_list_of_all_rows(
    text: DocumentText, width: int, data: st.DataObject
) -> None:
    rows = Rows(text, width)
    every = _all_rows(rows)
    at = data.draw(st.integers(0, len(every) - 1))
    by = data.draw(st.integers(-60, 60))
    assert rows.step(every[at], by) == every[max(0, min(len(every) - 1, at + by))]
    assert rows.window(every[at], 12) == every[at : at + 12]
    other = data.draw(st.integers(at, len(every) - 1))
    assert rows.distance(every[at], every[other], 1000) == other - at
    assert rows.distance(every[at], every[other], 5) == min(5, other - at)


@given(documents(), st.integers(8, 40), st.data())
def test_the_row_of_an_offset_holds_it(text: DocumentText, width: int, data: st.DataObject) -> None:
    rows = Rows(text, width)
    offset = data.draw(st.integers(0, text.end - 1))
    row = rows.row_at(offset)
    start = text.span(row.place)[0]
    low, high = rows.bounds(row)
    in_gap = offset >= text.span(row.place)[1]
    assert in_gap or start + low <= offset < start + high


@given(documents(), st.integers(8, 40), st.integers(3, 30), st.integers(0, 4), st.data())
def test_what_fits_is_in_sight_after_scrolling(
    text: DocumentText, width: int, height: int, context: int, data: st.DataObject
) -> None:
    rows = Rows(text, width)
    every = _all_rows(rows)
    first = data.draw(st.integers(0, len(every) - 1))
    last = min(len(every) - 1, first + data.draw(st.integers(0, height - 1)))
    top = every[data.draw(st.integers(0, len(every) - 1))]
    found = every.index(scrolled(rows, top, height, every[first], every[last], context))
    assert found <= first
    assert last < found + height
    tall = last - first + 1
    around = min(context, (height - tall) // 2)
    assert first - found >= around or found == 0 or found == max(0, len(every) - height)
    assert found + height - 1 - last >= around or found == max(0, len(every) - height)
    assert found <= max(0, len(every) - height)


def test_the_view_stands_still_while_the_selection_is_in_sight() -> None:
    rows = Rows(document_text(["one"] * 60), 20)
    top = Row(10, 0)
    for place in range(11, 19):
        at = Row(place, 0)
        assert scrolled(rows, top, 20, at, at, 2) == top


def test_the_view_jumps_so_that_the_next_motions_do_not_scroll() -> None:
    rows = Rows(document_text(["one"] * 60), 20)
    top = scrolled(rows, Row(10, 0), 20, Row(19, 0), Row(19, 0), 2)
    assert top > Row(14, 0)
    assert scrolled(rows, top, 20, Row(21, 0), Row(21, 0), 2) == top
