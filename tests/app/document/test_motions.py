"""Motions: where each one takes the selection."""

from __future__ import annotations

from bisect import bisect_right

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.app.document.samples import INTERVIEW, document_text, documents, passages
from tui.app.document.cells import cluster_starts
from tui.app.document.cursor import Selection, Unit
from tui.app.document.describe import selection_words
from tui.app.document.motions import (
    MOTIONS,
    CannotMove,
    first_selection,
    selection_at,
    selection_of,
    units_of,
)
from tui.app.document.text_source import DocumentText
from tui.model.document import Passage

TALK = document_text(INTERVIEW)
R07 = TALK.span(2)[0]


def go(text: DocumentText, at: Selection | None, *names: str) -> Selection:
    """Make motions one after the other."""
    assert at is not None
    for name in names:
        at = MOTIONS[name](text, at)
    return at


def words(text: DocumentText, at: Selection) -> str:
    """Return the selected text."""
    return text.slice(at.start, at.end)


def attempt(text: DocumentText, at: Selection, name: str) -> Selection:
    """Make a motion, or stay where it cannot be made."""
    try:
        return MOTIONS[name](text, at)
    except CannotMove as refusal:
        assert str(refusal)
        return at


def start_of_talk(*names: str) -> Selection:
    """Make motions from the first sentence of the interview."""
    return go(TALK, first_selection(TALK), *names)


def test_the_first_sentence_is_selected_to_begin_with() -> None:
    assert words(TALK, start_of_talk()) == INTERVIEW[0]


def test_j_goes_through_sentences_and_across_passages() -> None:
    at = start_of_talk("next", "next", "next")
    assert words(TALK, at).startswith("The data drop")


def test_l_after_a_sentence_takes_its_first_word_and_h_its_last() -> None:
    assert words(TALK, start_of_talk("word_next")) == "How"
    assert words(TALK, start_of_talk("word_next", "word_next")) == "I"
    assert words(TALK, start_of_talk("word_prev")) == "tracker"


def test_j_after_l_takes_the_sentence_that_holds_the_word() -> None:
    at = start_of_talk("next", "next", "word_next", "word_next", "word_next", "next")
    assert words(TALK, at).startswith("R07: I mark")
    assert words(TALK, go(TALK, at, "next")).startswith("The data drop")


def test_j_after_a_word_outside_all_sentences_takes_the_one_that_follows() -> None:
    at = Selection(R07 - 2, R07, "word")
    assert words(TALK, go(TALK, at, "next")).startswith("R07: I mark")


def test_l_after_growing_to_a_passage_takes_its_first_word() -> None:
    at = start_of_talk("next", "next", "next", "grow")
    assert at.unit == "passage"
    assert words(TALK, go(TALK, at, "word_next")) == "R07"


def test_after_growing_to_a_passage_j_and_k_move_by_passage_until_a_word_is_taken() -> None:
    at = start_of_talk("grow", "next", "next")
    assert words(TALK, at) == INTERVIEW[2]
    assert words(TALK, go(TALK, at, "prev")) == INTERVIEW[1]
    assert words(TALK, go(TALK, at, "word_next", "next")).startswith("R07: I mark")
    assert words(TALK, go(TALK, at, "shrink")).startswith("R07: I mark")
    assert go(TALK, at, "shrink").unit == "sentence"


def test_growing_and_shrinking_go_the_same_way_back() -> None:
    at = start_of_talk("next", "next", "next", "word_next", "word_next")
    up = [at]
    for unit in ("clause", "sentence", "passage", "document"):
        up.append(go(TALK, up[-1], "grow"))
        assert up[-1].unit == unit
    assert words(TALK, up[1]) == "The data drop is what finishes me:"
    assert words(TALK, up[4]).endswith("taken away?")
    assert [go(TALK, up[4], *["shrink"] * n) for n in range(5)] == up[::-1]
    with pytest.raises(CannotMove, match="already"):
        go(TALK, up[4], "grow")


def test_a_sentence_of_one_clause_is_grown_to_and_shrunk_from_at_once() -> None:
    at = start_of_talk("last", "word_next", "grow")
    assert words(TALK, at) == "INT:"
    plain = document_text(["We mark until eleven. And then we sleep."])
    word = selection_at(plain, "word", 3)
    assert word is not None
    sentence = go(plain, word, "grow")
    assert (sentence.unit, words(plain, sentence)) == ("sentence", "We mark until eleven.")
    fresh = first_selection(plain)
    assert words(plain, go(plain, fresh, "shrink")) == "We"


def test_after_growing_to_a_clause_j_and_k_move_by_clause_until_a_word_is_taken() -> None:
    at = start_of_talk("next", "next", "word_next", "grow", "next")
    assert words(TALK, at) == "I mark until eleven most nights,"
    assert words(TALK, go(TALK, at, "next", "next")) == "The data drop is what finishes me:"
    assert words(TALK, go(TALK, at, "prev")) == "R07:"
    assert words(TALK, go(TALK, at, "extend_next")).endswith("another form.")
    assert selection_words(TALK, at) == "clause 2 of 3 · 6 words"
    assert selection_words(TALK, go(TALK, at, "extend_next")).startswith("clause 2-3 of 3 · ")
    assert words(TALK, go(TALK, at, "word_next", "next")).startswith("R07: I mark")
    assert go(TALK, at, "grow").unit == "sentence"
    several = go(TALK, at, "extend_next", "extend_next")
    assert words(TALK, go(TALK, several, "grow")).endswith("reads it.")


def test_the_whole_document_does_not_move() -> None:
    at = start_of_talk("grow", "grow")
    for name in ("next", "prev", "extend_next", "extend_prev"):
        with pytest.raises(CannotMove, match="whole document"):
            go(TALK, at, name)


def test_shrinking_several_sentences_keeps_the_one_at_the_moving_end() -> None:
    at = start_of_talk("next", "next", "extend_next", "extend_next")
    assert words(TALK, go(TALK, at, "shrink")) == "I lie awake doing the totals."
    assert words(TALK, go(TALK, at, "swap_end", "shrink")).startswith("R07: I mark")


def test_extending_past_the_anchor_keeps_the_sentence_it_began_with() -> None:
    at = start_of_talk("next", "next", "next", "extend_prev")
    assert words(TALK, at).startswith("R07: I mark")
    assert words(TALK, at).endswith("reads it.")
    back = go(TALK, at, "extend_next")
    assert words(TALK, back).startswith("The data drop")
    assert words(TALK, back).endswith("reads it.")
    assert words(TALK, go(TALK, back, "extend_next")).endswith("totals.")


def test_words_are_added_and_taken_off_at_the_moving_end() -> None:
    at = start_of_talk("next", "next", "word_next", "extend_word_next", "extend_word_next")
    assert words(TALK, at) == "R07: I mark"
    assert words(TALK, go(TALK, at, "extend_word_prev")) == "R07: I"
    assert words(TALK, go(TALK, at, "swap_end", "extend_word_next")) == "I mark"


def test_nudging_moves_one_end_by_a_letter() -> None:
    text = document_text(["e\u0301a 👩‍👩‍👧‍👦b"])
    at = Selection(0, 3, "word")
    assert go(text, at, "nudge_right", "nudge_right").end == 4 + len("👩‍👩‍👧‍👦")
    assert go(text, at, "nudge_left").end == 2
    with pytest.raises(CannotMove, match="One letter"):
        go(text, at, "nudge_left", "nudge_left")


def test_the_ends_of_the_document_say_so() -> None:
    with pytest.raises(CannotMove, match="first sentence"):
        start_of_talk("prev")
    with pytest.raises(CannotMove, match="last sentence"):
        start_of_talk("last", "next")
    with pytest.raises(CannotMove, match="last sentence"):
        start_of_talk("last", "last")


def test_an_empty_document_has_no_selection() -> None:
    empty = DocumentText.from_passages(())
    assert first_selection(empty) is None
    assert selection_at(empty, "word", 3) is None
    assert selection_of(empty, 0, 4) is None


def test_a_passage_without_words_is_reached_by_words_and_sentences() -> None:
    text = document_text(["one", "* * *", "two"])
    at = go(text, selection_at(text, "word", 0), "word_next")
    assert words(text, at) == "* * *"
    assert words(text, go(text, at, "word_next")) == "two"


def test_a_span_is_selected_by_the_unit_its_ends_fall_on() -> None:
    sentence = start_of_talk("next", "next", "next")
    assert selection_of(TALK, sentence.start, sentence.end) == sentence
    passage = selection_of(TALK, *TALK.span(2))
    assert passage is not None
    assert passage.unit == "sentence"
    odd = selection_of(TALK, R07 + 1, R07 + 9)
    assert odd is not None
    assert odd.unit == "word"
    outside = selection_of(TALK, -5, 10_000)
    assert outside is not None
    assert (outside.start, outside.end) == (0, TALK.end)


def _edges(text: DocumentText, unit: Unit) -> tuple[set[int], set[int]]:
    starts, ends = set(), set()
    for place in range(len(text)):
        base = text.span(place)[0]
        for start, end in units_of(text, unit, place):
            starts.add(start + base)
            ends.add(end + base)
    return starts, ends


@given(documents(), st.data())
def test_any_sequence_of_motions_stays_on_the_edges_of_signs(
    text: DocumentText, data: st.DataObject
) -> None:
    at = first_selection(text)
    assert at is not None
    for name in data.draw(st.lists(st.sampled_from(sorted(MOTIONS)), max_size=40)):
        at = attempt(text, at, name)
        assert 0 <= at.start < at.end <= text.end
        for edge in (at.start, at.end):
            place = text.place_of(edge)
            start, end = text.span(place)
            if edge < end:
                signs = cluster_starts(text.passage(place).shown)
                inside = edge - start
                assert signs[bisect_right(signs, inside) - 1] == inside


@given(documents(), st.sampled_from(["word", "clause", "sentence", "passage"]), st.data())
def test_next_and_previous_undo_each_other(
    text: DocumentText, unit: Unit, data: st.DataObject
) -> None:
    at = selection_at(text, unit, data.draw(st.integers(0, text.end)))
    assert at is not None
    there, back = ("word_next", "word_prev") if unit == "word" else ("next", "prev")
    starts, ends = _edges(text, unit)
    assert at.start in starts
    assert at.end in ends
    for first, second in ((there, back), (back, there)):
        moved = attempt(text, at, first)
        if moved != at:
            assert attempt(text, moved, second) == at


@given(documents(), st.sampled_from(["word", "sentence"]), st.data())
def test_extending_there_and_back_restores_the_selection(
    text: DocumentText, unit: Unit, data: st.DataObject
) -> None:
    at = selection_at(text, unit, data.draw(st.integers(0, text.end)))
    assert at is not None
    names = ["extend_next", "extend_prev"] if unit == "sentence" else []
    names = names or ["extend_word_next", "extend_word_prev"]
    for there, back in (names, names[::-1]):
        moved = attempt(text, at, there)
        if moved != at:
            assert moved.start <= at.start
            assert moved.end >= at.end
            restored = attempt(text, moved, back)
            assert (restored.start, restored.end) == (at.start, at.end)


@given(documents(), st.data())
def test_every_press_of_grow_and_shrink_is_seen(text: DocumentText, data: st.DataObject) -> None:
    at = selection_at(text, "word", data.draw(st.integers(0, text.end)))
    assert at is not None
    for name in data.draw(st.lists(st.sampled_from(["grow", "shrink", "next", "prev"]))):
        moved = attempt(text, at, name)
        if moved.unit == "clause" and name == "grow":
            assert (moved.start, moved.end) != (at.start, at.end)
            assert moved.start <= at.start
            assert moved.end >= at.end
        at = moved


@given(documents(), st.data())
def test_j_visits_every_sentence_once(text: DocumentText, data: st.DataObject) -> None:
    at = first_selection(text)
    assert at is not None
    visited = [(at.start, at.end)]
    while (moved := attempt(text, at, "next")) != at:
        at = moved
        visited.append((at.start, at.end))
    expected = [
        (start + text.span(place)[0], end + text.span(place)[0])
        for place in range(len(text))
        for start, end in units_of(text, "sentence", place)
    ]
    assert visited == expected


def test_a_motion_in_a_large_document_loads_only_what_is_near() -> None:
    every = passages([f"Sentence one of {n}. Sentence two." for n in range(5_000)])
    asked: list[int] = []

    def fetch(first: int, last: int) -> list[Passage]:
        asked.append(last - first + 1)
        return every[first - 1 : last]

    text = DocumentText.from_table([(each.number, each.start, each.end) for each in every], fetch)
    go(text, first_selection(text), "next", "next", "last", "prev", "grow", "prev", "first")
    assert sum(asked) <= 100
