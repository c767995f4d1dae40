from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.app.matching import Name, Names

NAMES = Names(
    [
        Name("R1", "Global agenda"),
        Name("R1-2", "Tension under threat", "Global agenda"),
        Name("R1-2-1", "Fair share", "Global agenda Tension under threat"),
        Name("", "Ökonomie und Währung"),
        Name("", "安全政策"),
        Name("", "👍 thumbs"),
    ]
)


def found(query: str) -> list[int]:
    scored = sorted(NAMES.find(query), key=lambda one: (-one[1], one[0]))
    return [number for number, _ in scored]


def test_the_own_name_counts_more_than_what_stands_above() -> None:
    assert found("tension") == [1, 2]


def test_an_exact_key_goes_before_the_keys_that_begin_with_it() -> None:
    assert found("R1-2") == [1, 2]


def test_a_letter_without_a_digit_is_no_key() -> None:
    assert 0 not in found("t")[:2]


def test_accents_case_and_width_do_not_matter() -> None:
    assert found("okonomie") == [3]
    assert found("WAHRUNG") == [3]
    assert found("ＦＡＩＲ") == [2]


def test_one_letter_may_be_wrong_in_a_word_of_four_and_not_in_a_shorter_one() -> None:
    assert found("tenson") == [1, 2]
    assert found("shaer") == [2]
    assert found("fxr") == []


def test_the_beginning_of_a_word_may_have_a_wrong_letter() -> None:
    assert found("tnesi") == [1, 2]


def test_han_is_found_by_any_part_of_it() -> None:
    assert found("政策") == [4]
    assert found("安") == [4]


def test_signs_that_are_no_words_are_found_as_they_are() -> None:
    assert found("👍") == [5]


def test_nothing_asked_finds_nothing() -> None:
    assert found("  ") == []


@given(st.text(max_size=60))
def test_any_query_is_answered_and_names_come_at_most_once(query: str) -> None:
    numbers = [number for number, _ in NAMES.find(query)]
    assert numbers == sorted(set(numbers))


@given(st.text(min_size=1, max_size=40).filter(lambda text: bool(text.strip())))
def test_a_name_is_found_by_itself(text: str) -> None:
    assert Names([Name("", text)]).find(text)
