from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.graphemes import is_boundary
from tui.text.passages import find_passages

LINES = st.lists(
    st.one_of(
        st.sampled_from(
            ["", " ", "Anna: hi.", "Bob: yes.", "# Head", "Title", "====", "---", "- item", "```"]
        ),
        st.text(st.sampled_from(list("ab .#:：\t\u0301\u2028\x0c中")), max_size=12),
    ),
    max_size=20,
)


def _passages(text: str) -> list[tuple[str, str, str | None]]:
    return [(text[start:end], kind, speaker) for start, end, kind, speaker in find_passages(text)]


def _texts(text: str) -> list[str]:
    return [piece for piece, _, _ in _passages(text)]


def _speakers(text: str) -> list[str | None]:
    return [speaker for _, _, speaker in _passages(text)]


def test_blank_lines_divide_paragraphs() -> None:
    assert _texts("\n\nOne\ngoes on.\n \t\n\nTwo.  \n") == ["One\ngoes on.", "Two."]


def test_without_blank_lines_each_line_is_a_paragraph() -> None:
    assert _texts("One.\nTwo.\n  Three.\n") == ["One.", "Two.", "Three."]


def test_lines_too_long_to_be_wrapped_are_paragraphs() -> None:
    long = "word " * 50
    assert len(_texts(f"Title\n\n{long}\n{long}\n{long}")) == 4


def test_headings_stand_alone() -> None:
    text = (
        "# One\ntext\nmore\n\nTwo\n===\nbody\n\nA sentence above a rule.\n---\n\n#hashtag is none"
    )
    assert [(piece, kind) for piece, kind, _ in _passages(text)] == [
        ("# One", "heading"),
        ("text\nmore", "paragraph"),
        ("Two\n===", "heading"),
        ("body", "paragraph"),
        ("A sentence above a rule.\n---", "paragraph"),
        ("#hashtag is none", "paragraph"),
    ]


def test_turns_carry_their_speaker_until_the_next_name() -> None:
    text = "A talk\n\nAnna: Hello.\n\nStill me.\n\nBob: Yes.\nAnna: Good.\nBob: Bye."
    assert _passages(text) == [
        ("A talk", "paragraph", None),
        ("Anna: Hello.", "turn", "Anna"),
        ("Still me.", "turn", "Anna"),
        ("Bob: Yes.", "turn", "Bob"),
        ("Anna: Good.", "turn", "Anna"),
        ("Bob: Bye.", "turn", "Bob"),
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "訪問者：お名前は？\n受訪者：我叫王小明。\n면접자: 안녕하세요?",
            ["訪問者", "受訪者", "면접자"],
        ),
        ("Интервьюер: Да?\nАнна: Нет.\nИнтервьюер: Так.\nАнна: Вот.", ["Интервьюер", "Анна"] * 2),
        (
            "[00:01:02] Ann: a.\n[00:01:09] Bo Li: b.\n[0:02] Ann: c.\n<1:10> Bo Li: d.",
            ["Ann", "Bo Li"] * 2,
        ),
        ("**INT:** a?\n\n**R07**: b.\n\n**INT:** c?\n\n**R07**: d.", ["INT", "R07"] * 2),
        ("Ann (teacher): a.\nBob [00:10]: b.\nAnn (teacher): c.\nBob: d.", ["Ann", "Bob"] * 2),
        ("王：你好。\n李：好。\n王：走吧。\n李：走。", ["王", "李"] * 2),
        ("Q: One?\nA: Two.\nQ: Three?\nA: Four.", ["Q", "A"] * 2),
    ],
)
def test_transcripts_of_many_kinds(text: str, names: list[str]) -> None:
    assert _speakers(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Note: one.\n\nNote: two.\n\nNote: three.",
        "Title: x\nAuthor: y\nDate: z\n\nBody text without names.",
        "Name: John\nSchool: North\nGrade: 7",
        "http://a.b/c\n\nhttps://d.e/f\n\nhttp://g.h/i",
        "12:30 we met.\n12:45 we left.\n13:10 we ate.",
        "One thing: this.\n\nProse goes on here.\n\n" * 3 + "More prose.\n\n" * 20,
        "He said: no.\n\nShe said: yes.",
        "Anna: only one.\n\nBob: two turns.",
    ],
)
def test_prose_with_colons_is_no_transcript(text: str) -> None:
    assert set(_speakers(text)) == {None}


def test_a_huge_line_is_one_passage() -> None:
    text = "word " * 400_000
    assert find_passages(text) == [(0, len(text) - 1, "paragraph", None)]


def test_white_space_alone_has_no_passage() -> None:
    assert find_passages("") == []
    assert find_passages(" \n\t\n\u2028") == []


@given(LINES)
def test_passages_hold_every_character_once_and_split_no_letter(lines: list[str]) -> None:
    text = "\n".join(lines)
    floor = 0
    for start, end, kind, speaker in find_passages(text):
        assert floor <= start < end <= len(text)
        assert text[floor:start] == "" or text[floor:start].isspace()
        assert is_boundary(text, start)
        assert is_boundary(text, end)
        assert (kind == "turn") == (speaker is not None)
        floor = end
    assert text[floor:] == "" or text[floor:].isspace()
