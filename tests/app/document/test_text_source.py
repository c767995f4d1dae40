"""The text of a document: loaded when needed, forgotten when not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.app.document.samples import GAP, document_text, passages, texts
from tui.app.document.text_source import DocumentText
from tui.model.document import Passage


def _counting(contents: list[str]) -> tuple[DocumentText, list[tuple[int, int]]]:
    every = passages(contents)
    asked: list[tuple[int, int]] = []

    def fetch(first: int, last: int) -> list[Passage]:
        asked.append((first, last))
        return every[first - 1 : last]

    table = [(each.number, each.start, each.end) for each in every]
    return DocumentText.from_table(table, fetch), asked


def test_opening_loads_nothing_and_a_passage_its_neighbours() -> None:
    text, asked = _counting(["a passage"] * 1_000)
    assert asked == []
    assert text.passage(500).text == "a passage"
    assert text.passage(505).number == 506
    assert text.passage(495).number == 496
    assert len(asked) == 1


def test_a_passage_is_never_asked_for_twice_while_it_is_kept() -> None:
    text, asked = _counting([f"passage {n}" for n in range(200)])
    for place in [*range(200), *range(199, -1, -1)]:
        assert text.passage(place).text == f"passage {place}"
    assert sum(last - first + 1 for first, last in asked) == 200


def test_long_passages_are_forgotten_in_turn() -> None:
    text, asked = _counting(["x" * 300_000] * 8)
    for place in range(8):
        text.passage(place)
    text.passage(0)
    assert asked[-1] == (1, 1)
    assert len(asked) == 9


def test_what_is_drawn_is_as_long_as_what_is_stored() -> None:
    text = document_text(["a\x1b[31mb\u202ec\u200dd\x00e\tf\ng"])
    loaded = text.passage(0)
    assert len(loaded.shown) == len(loaded.text)
    assert "\x1b" not in loaded.shown
    assert "\u202e" not in loaded.shown
    assert "\t" in loaded.shown


@given(st.lists(texts(), min_size=1, max_size=8), st.data())
def test_a_slice_is_the_stored_text(contents: list[str], data: st.DataObject) -> None:
    text = document_text(contents)
    whole = "".join(content + GAP for content in contents)
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, len(whole)))
    assert text.slice(start, end) == whole[start:end]


@given(st.lists(texts(3), min_size=1, max_size=8), st.integers(0, 400))
def test_the_passage_of_an_offset_is_the_last_that_starts_at_or_before_it(
    contents: list[str], offset: int
) -> None:
    text = document_text(contents)
    place = text.place_of(offset)
    assert text.span(place)[0] <= offset
    assert place + 1 == len(text) or text.span(place + 1)[0] > offset
