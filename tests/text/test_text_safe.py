from __future__ import annotations

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from tui.text.safe import guard_formula, make_line, make_visible, unguard_formula

ANY = st.text(
    st.one_of(
        st.sampled_from(list("a \t\n\r\x00\x1b\x7f\x85\u061c\u202e\u2066\u2028\ud800\uffff\ufdd0")),
        st.characters(),
    ),
    max_size=40,
)
CELLS = st.text(st.one_of(st.sampled_from(list("'=+-@\t\r\n＝a")), st.characters()), max_size=12)


def test_an_escape_sequence_is_shown_and_not_obeyed() -> None:
    assert make_visible("\x1b[31mred\x07") == "␛[31mred␇"


def test_controls_of_reading_order_are_replaced() -> None:
    assert make_visible("a\u202eb\u2066c\u200f") == "a\ufffdb\ufffdc\ufffd"


def test_line_feeds_stay_and_tabs_stay_when_asked_for() -> None:
    assert make_visible("a\tb\nc\r") == "a␉b\nc␍"
    assert make_visible("a\tb\n", tabs=True) == "a\tb\n"
    assert make_line("a\tb\nc\r") == "a b c␍"


def test_joiners_and_marks_stay_as_they_are() -> None:
    text = "👩‍👩‍👧 e\u0301 \u00a0中\u00ad"
    assert make_visible(text) == text


@given(ANY)
def test_visible_text_has_the_same_length_and_no_control_left(text: str) -> None:
    shown = make_visible(text)
    assert len(shown) == len(text)
    assert make_visible(shown) == shown
    shown.encode("utf-8")
    for char in shown:
        assert char == "\n" or unicodedata.category(char) not in ("Cc", "Cs", "Zl", "Zp")
        assert not re.match("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]", char)
        assert ord(char) & 0xFFFE != 0xFFFE


@given(ANY)
def test_a_line_is_one_line(text: str) -> None:
    line = make_line(text)
    assert len(line) == len(text)
    assert len(line.splitlines()) <= 1
    assert "\t" not in line


@given(CELLS)
def test_a_guarded_cell_is_no_formula_and_comes_back(cell: str) -> None:
    guarded = guard_formula(cell)
    assert guarded[:1] not in tuple("=+-@\t\r")
    assert unguard_formula(guarded) == cell


def test_an_apostrophe_before_a_word_is_left_alone() -> None:
    assert guard_formula("'tis") == "'tis"
    assert unguard_formula("'tis") == "'tis"
    assert guard_formula("=1+1") == "'=1+1"
