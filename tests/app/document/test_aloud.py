"""The text pane as it is heard: rows of what is at hand, and where they stand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.app.document.samples import document_text, documents
from tui.app.document.aloud import Reading, Spoken
from tui.app.document.text_source import DocumentText

TEXT = document_text(["One fish. Two fish.", "Red fish swim far away. Blue fish."])


def drawn(reading: Reading) -> list[str]:
    return [reading.drawn(y) for y in range(len(reading.rows))]


def test_what_is_gained_is_a_row_more_and_what_is_new_stands_elsewhere() -> None:
    reading = Reading()
    reading.lay_out(TEXT, Spoken(0, 9, "sentence"), 20, 5)
    assert drawn(reading) == [" One fish."]
    reading.lay_out(TEXT, Spoken(0, 19, "sentence"), 20, 5)
    assert drawn(reading) == [" One fish.", " Two fish."]
    reading.lay_out(TEXT, Spoken(0, 9, "sentence"), 20, 5)
    assert drawn(reading) == [" One fish."]
    reading.lay_out(TEXT, Spoken(10, 19, "sentence"), 20, 5)
    assert drawn(reading) == ["Two fish."]
    reading.lay_out(TEXT, Spoken(10, 19, "passage"), 20, 5)
    assert drawn(reading) == ["Two fish."]  # the same words are not said twice
    reading.lay_out(TEXT, Spoken(10, 13, "word"), 20, 5)
    assert drawn(reading) == [" Two"]


def test_of_what_is_too_much_the_beginning_is_heard_and_then_what_it_gains() -> None:
    reading = Reading()
    reading.lay_out(TEXT, Spoken(0, TEXT.end, "document"), 21, 3)
    assert drawn(reading) == [" One fish.", " Two fish.", " Red fish swim far …"]
    start = TEXT.span(1)[0]
    reading.lay_out(TEXT, Spoken(0, start + 23, "sentence"), 21, 3)
    reading.lay_out(TEXT, Spoken(0, TEXT.end, "sentence"), 21, 3)
    assert [row.strip() for row in drawn(reading)] == ["Red fish swim far", "away.", "Blue fish."]
    assert reading.cell_of(TEXT, start) == (0, reading.shift)
    assert reading.cell_of(TEXT, start + 4) == (0, reading.shift + 4)
    assert reading.cell_of(TEXT, 0) is None
    reading.lay_out(TEXT, None, 21, 3)
    assert drawn(reading) == [] and reading.cell_of(TEXT, 0) is None


@given(documents(), st.data())
def test_all_of_a_selection_is_heard_in_order(text: DocumentText, data: st.DataObject) -> None:
    if not text.end:
        return
    start = data.draw(st.integers(text.span(0)[0], text.end - 1))
    end = data.draw(st.integers(start + 1, text.end))
    reading = Reading()
    reading.lay_out(text, Spoken(start, end, "sentence"), 30, 400)
    starts = [row.start for row in reading.rows]
    assert starts == sorted(set(starts)) and all(start <= at < end for at in starts)
    assert all(reading.cell_of(text, at) is not None for at in starts)
