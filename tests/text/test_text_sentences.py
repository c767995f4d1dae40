from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.graphemes import is_boundary
from tui.text.sentences import find_sentences

CHARS = st.one_of(
    st.sampled_from(list("aB1 .!?…\n\"'”»)(«-*[]。！」“｡．\u0301\u200d\ufe0f\u00a0中あé")),
    st.characters(exclude_categories=["Cs"]),
)


def _sentences(text: str, language: str = "en") -> list[str]:
    return [text[start:end] for start, end in find_sentences(text, language)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["Mr. Smith met Dr. Jones at 3 p.m.", "They talked, e.g. about St. Paul."],
        ["See Art. 5 and No. 7 of vol. 2.", "Fan et al. 2024 said so."],
        ["The U.S. Government agreed.", "It left the U.S.", "The end came."],
        ["Trade, energy, etc.", "Russia followed, i.e. later.", "J. R. Smith spoke."],
        ["It grew by 3.6 % in 1993.", "Then came 2000.", "On Jan. 5 it stopped."],
        ['"Really?" he asked.', '"No."', "(See Fig. 3.)", "“Yes!” she said.", "Done."],
        ["Well... I think so.", "Then nothing…", "But it was."],
        ["What?!", "No!!", "All right."],
        ["A policy.[12]", "The next one.¹", "**Bold.**", "Last; with a semicolon: and colon."],
        ["1. Introduction is short.", "Then more."],
        ["Plan B.", "In fact it failed."],
        ["M. Dupont dit : « Oui. »", "Il part."],
    ],
)
def test_english_and_latin_script(sentences: list[str]) -> None:
    assert _sentences(" ".join(sentences)) == sentences


@pytest.mark.parametrize(
    "sentences",
    [
        ["Согласно п. 3 ст. 5, т.е. закону, и т.д.", "Россия в 1993 г. приняла её."],
        ["А. С. Пушкин родился в 1799 г.", "Он был поэтом.", "Умер в XIX в."],
        ["«Что?» — спросил он.", "— Да! — ответила она.", "— Нет."],
        ["Университет им. Ломоносова, ул. Ленина, д. 5, и др. здания.", "Рост 3.6 %.", "Всё."],
    ],
)
def test_russian(sentences: list[str]) -> None:
    assert _sentences(" ".join(sentences), "ru") == sentences


@pytest.mark.parametrize(
    "sentences",
    [
        ["我叫王小明。", "你好吗？！", "“走吧。”", "天黑了；我们回家……好。"],
        ["他说：“你好。”他问。", "然后呢？"],
        ["「行こう。」と言った。", "山田です。", "（終わり。）", "３．６です．", "次。"],
    ],
)
def test_chinese_and_japanese(sentences: list[str]) -> None:
    assert _sentences("".join(sentences), "zh") == sentences


def test_german_ordinals_end_nothing() -> None:
    assert len(_sentences("Er kam am 3. Oktober. Dann ging er.", "de")) == 2


def test_a_line_break_ends_nothing() -> None:
    assert _sentences("One line\nand the next.\nThen more.") == [
        "One line\nand the next.",
        "Then more.",
    ]


def test_list_items_and_table_rows_begin_sentences() -> None:
    text = "- milk and\n  eggs\n- bread. And jam\n1. one\n2. two\n| a | b |\n| c | d |"
    assert _sentences(text) == [
        "- milk and\n  eggs",
        "- bread.",
        "And jam",
        "1. one",
        "2. two",
        "| a | b |",
        "| c | d |",
    ]


def test_a_transcript_without_capitals_still_has_sentences() -> None:
    assert _sentences("yeah. i mean, e.g. tea. ok") == ["yeah.", "i mean, e.g. tea.", "ok"]


def test_a_mark_on_the_space_between_keeps_the_letter_whole() -> None:
    text = "One. \u0301Two."
    spans = find_sentences(text)
    assert all(is_boundary(text, edge) for span in spans for edge in span)


def test_nothing_has_no_sentences() -> None:
    assert find_sentences("") == []
    assert find_sentences(" \n\t") == []


@pytest.mark.parametrize(
    "piece", ["....", ". . ", ".) ", "!\n", "。”", "a.b ", "[1", "— ", "(\u00a0»"]
)
def test_long_runs_of_stops_are_cut_without_going_over_them_again(piece: str) -> None:
    text = piece * 20_000 + "x"
    spans = find_sentences(text)
    assert spans[-1][1] == len(text)


@given(st.text(CHARS, max_size=60), st.sampled_from(["en", "ru", "zh", "de"]))
def test_sentences_hold_every_character_once_and_split_no_letter(text: str, language: str) -> None:
    spans = find_sentences(text, language)
    floor = 0
    for start, end in spans:
        assert floor <= start < end <= len(text)
        assert text[floor:start] == "" or text[floor:start].isspace()
        assert is_boundary(text, start)
        assert is_boundary(text, end)
        floor = end
    assert text[floor:] == "" or text[floor:].isspace()
