from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.text.graphemes import is_boundary
from tui.text.words import find_words

CHARS = st.one_of(
    st.sampled_from(
        list("ab1 '’-_.,:\n\u0301\u200d\ufe0f\u20e3\u00a0\u00ad#©👩🏽🇩🇪中あ한क\u094d\u0e33")
    ),
    st.characters(exclude_categories=["Cs"]),
)


def _words(text: str) -> list[str]:
    return [text[start:end] for start, end in find_words(text)]


def test_apostrophes_and_hyphens_stay_inside_words() -> None:
    assert _words("It's a well-known ‘fact’, l’été") == ["It's", "a", "well-known", "fact", "l’été"]


def test_numbers_keep_their_separators() -> None:
    text = "3.6 % of 1,000 on 12.04.1993 at 10:30."
    assert _words(text) == ["3.6", "of", "1,000", "on", "12.04.1993", "at", "10:30"]


def test_dotted_initials_are_one_word() -> None:
    assert _words("the U.S. and e.g. this") == ["the", "U.S", "and", "e.g", "this"]
    assert _words("т.е. так") == ["т.е", "так"]


def test_each_han_and_kana_character_is_a_word() -> None:
    assert _words("我们，カメラ") == ["我", "们", "カ", "メ", "ラ"]


def test_hangul_words_end_at_spaces() -> None:
    assert _words("안녕하세요 여러분.") == ["안녕하세요", "여러분"]


def test_an_emoji_is_one_word_however_it_is_joined() -> None:
    assert _words("ok 👩‍👩‍👧🇩🇪👍🏽 #️⃣!") == ["ok", "👩‍👩‍👧", "🇩🇪", "👍🏽", "#️⃣"]


def test_marks_stay_with_their_letters() -> None:
    assert _words("e\u0301te\u0301 हिन्दी") == ["e\u0301te\u0301", "हिन्दी"]


def test_punctuation_and_emphasis_belong_to_no_word() -> None:
    assert _words("— _so_ **it** … © →") == ["so", "it"]


def test_plain_and_full_patterns_agree_on_ascii() -> None:
    text = "It's a_b 3.6, U.S. x.y -- 'q' 1:2 a'b' __ A.b.C"
    assert _words(text + " é")[:-1] == _words(text)


@given(st.text(CHARS, max_size=40))
def test_words_are_ordered_and_never_split_a_letter(text: str) -> None:
    floor = 0
    for start, end in find_words(text):
        assert floor <= start < end <= len(text)
        assert is_boundary(text, start), (text, start)
        assert is_boundary(text, end), (text, end)
        assert not text[start].isspace()
        floor = end


@given(st.text(CHARS, max_size=40))
def test_every_letter_and_digit_is_in_a_word(text: str) -> None:
    held = {index for start, end in find_words(text) for index in range(start, end)}
    for index, char in enumerate(text):
        if char.isalnum() and char not in "\u0e33\u0eb3\uff9e\uff9f":
            assert index in held, (text, index)
