from __future__ import annotations

import random
import re
import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.text.joining import join_wrapped_lines

WORDS = (
    "the of and policy that teachers when it was work because of long evenings with marking for "
    "every school they said foreign ministers again neighbours to have been responsibility in as"
)
VOCABULARY = WORDS.split()


def _paragraph(source: random.Random, sentences: int) -> str:
    made = []
    for _ in range(sentences):
        words = [source.choice(VOCABULARY) for _ in range(source.randint(6, 24))]
        made.append(" ".join(words).capitalize() + ".")
    return " ".join(made)


def _document(seed: int, paragraphs: int = 8) -> list[str]:
    source = random.Random(seed)
    return [_paragraph(source, source.randint(2, 7)) for _ in range(paragraphs)]


def _wrap(paragraph: str, width: int) -> str:
    return textwrap.fill(paragraph, width, break_on_hyphens=False)


@settings(deadline=None)
@given(st.integers(0, 10_000), st.integers(40, 110))
def test_wrapped_paragraphs_become_what_they_were(seed: int, width: int) -> None:
    paragraphs = _document(seed)
    wrapped = "\n\n".join(_wrap(p, width) for p in paragraphs) + "\n"
    joined, note = join_wrapped_lines(wrapped)
    assert joined == "\n\n".join(paragraphs) + "\n"
    assert re.fullmatch(r"joined \d+ hard-wrapped lines into \d+ paragraphs?", note)


@settings(deadline=None)
@given(st.integers(0, 10_000), st.integers(45, 100))
def test_double_spaced_lines_are_joined_inside_paragraphs(seed: int, width: int) -> None:
    paragraphs = _document(seed)
    spaced = "\n\n\n".join(_wrap(p, width).replace("\n", "\n\n") for p in paragraphs)
    joined, note = join_wrapped_lines(spaced)
    assert joined == "\n\n\n".join(paragraphs)
    assert "double-spaced" in note


@settings(deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(["\n", "\n\n"]))
def test_paragraphs_of_one_line_are_left_alone(seed: int, between: str) -> None:
    text = between.join(_document(seed, 30))
    assert join_wrapped_lines(text) == (text, "")


@settings(deadline=None)
@given(st.integers(0, 10_000))
def test_joining_changes_white_space_only(seed: int) -> None:
    source = random.Random(seed)
    text = "\n".join(
        source.choice(("", " ", "- ", "  ", "")) + _paragraph(source, 1)[: source.randint(0, 70)]
        for _ in range(40)
    )
    for wanted in (None, True):
        joined, note = join_wrapped_lines(text, wanted)
        assert "".join(joined.split()) == "".join(text.split())
        assert (note == "") == (joined == text)


def _lines(make: str, count: int = 30) -> str:
    return "\n".join(make.format(i) for i in range(count))


@pytest.mark.parametrize(
    "text",
    [
        "Rain on the roof and rain on the road,\nThe carter sleeps upon his load,\n"
        "The horses know the homeward way,\nAnd no one speaks till break of day;\n" * 6,
        "rain comes\nsoftly over the whole of the long field\nand is gone\n"
        "before anyone who sleeps\nhas heard\n" * 6,
        _lines("- item number {} of a list, with some more words in it"),
        _lines("{}. the item of a list, and this one has a number"),
        _lines("* item number {} of a list, with some more words in it"),
        _lines("Anna: and then I said number {} to them\nBob: yes you did say that indeed"),
        _lines("| cell {} | another cell of the table | and a third one |"),
        _lines("cell {}\tanother cell of the table\tand a third one"),
        "```\n" + _lines("    call_number_{}(argument, another_argument)") + "\n```",
        _lines("> quoted line {} of a letter that somebody else has sent"),
        _lines("Word{}"),
        _lines("The teacher number {} came late and left early."),
        "One short line\nand another",
        "床前明月光，\n疑是地上霜。\n举头望明月，\n低头思故乡。\n" * 5,
    ],
)
def test_what_an_author_broke_stays_broken(text: str) -> None:
    assert join_wrapped_lines(text) == (text, "")


def test_han_is_joined_without_a_space() -> None:
    text = "这是关于外交政策的研究报告我们讨论了许多问题并且希望得到答案" * 12
    wrapped = "\n".join(text[i : i + 30] for i in range(0, len(text), 30))
    joined, note = join_wrapped_lines(wrapped)
    assert joined == text
    assert note == "joined 12 hard-wrapped lines into 1 paragraph"


def test_lists_and_names_inside_wrapped_text_keep_their_lines() -> None:
    body = "\n\n".join(_wrap(p, 60) for p in _document(1))
    items = "- first item of a list that is short\n- second item of the same list"
    joined, _ = join_wrapped_lines(f"{body}\n\n{items}\n\n{body}")
    assert items in joined


def test_hyphens_at_the_end_of_lines_stay() -> None:
    text = "a well-\nknown word"
    assert join_wrapped_lines(text, True)[0] == "a well-known word"


def test_joining_can_be_forced_and_forbidden() -> None:
    wrapped = "\n\n".join(_wrap(p, 60) for p in _document(2))
    assert join_wrapped_lines(wrapped, False) == (wrapped, "")
    assert join_wrapped_lines("Some words\nAnd more\n\nThen this\nAnd that", True) == (
        "Some words And more\n\nThen this And that",
        "joined 4 hard-wrapped lines into 2 paragraphs",
    )


def test_nothing_to_join_is_nothing_joined() -> None:
    for text in ("", "\n", "one", "one\n", "\n\n\n"):
        assert join_wrapped_lines(text, True) == (text, "")
