"""Clauses: where a sentence comes apart, and where it does not."""

from __future__ import annotations

import itertools
from typing import SupportsIndex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.app.document.samples import texts
from tui.text.clauses import find_clauses
from tui.text.graphemes import is_boundary
from tui.text.sentences import find_sentences
from tui.text.words import find_words

MARKS = (
    ", ",
    "; ",
    ": ",
    " (",
    ") ",
    ")",
    "—",
    " – ",
    "，",
    "、",
    "；",
    "（",
    "）",
    "، ",
    "؛ ",
    "1,000",
    '"',
    "”",
)


def parts(text: str) -> list[str]:
    """Return the clauses of one sentence."""
    return [text[a:b] for a, b in find_clauses(text, [(0, len(text))], find_words(text))]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Nothing divides this.", ["Nothing divides this."]),
        (
            "The data drop (they say), at last, finishes me: you type – and type.",
            ["The data drop", "(they say),", "at last,", "finishes me:", "you type –", "and type."],
        ),
        ("He came—late—to school; so what.", ["He came—", "late—", "to school;", "so what."]),
        ('"Yes," he said, “no,” and left.', ['"Yes,"', "he said,", "“no,”", "and left."]),
        ("Well - I think -- maybe.", ["Well -", "I think --", "maybe."]),
        ("学校好，但是（师生）都累。", ["学校好，", "但是", "（师生）", "都累。"]),
        ("先生、生徒、親：みんな。", ["先生、", "生徒、", "親：", "みんな。"]),
        ("ذهبت إلى المدرسة، ثم عدت؛ وكان طويلا.", ["ذهبت إلى المدرسة،", "ثم عدت؛", "وكان طويلا."]),
        ("הלכתי לבית הספר, ואז חזרתי.", ["הלכתי לבית הספר,", "ואז חזרתי."]),
        ("We won 🎉, they lost 😀😀: fine.", ["We won 🎉,", "they lost 😀😀:", "fine."]),
    ],
)  # fmt: skip
def test_a_sentence_comes_apart_at_its_inner_marks(sentence: str, expected: list[str]) -> None:
    assert parts(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "It cost 1,000 or 1，000 at 10:31 in 1993–2000.",
        "Some 10 – 12 pupils came.",
        "The colour(s) and the (re)building of London–Paris.",
        "See http://a.b/c:d for key:value pairs.",
        "a) the first",
        "a well-known teacher's view",
        ", , ,",
    ],
)
def test_marks_inside_numbers_times_and_words_end_nothing(sentence: str) -> None:
    assert parts(sentence) == [sentence]


@pytest.mark.parametrize(
    "text",
    [
        "(" * 9_000 + "a" + ")" * 9_000,
        "a" + "," * 30_000 + " b",
        "1 - " * 9_000,
        "a" + " -" + " " * 30_000 + "b",
        "word, " * 9_000,
    ],
    ids=["brackets", "commas", "dashes", "blanks", "words"],
)
def test_a_long_line_of_marks_is_read_in_one_go(text: str) -> None:
    looked_at = CountingText(text)
    found = find_clauses(looked_at, [(0, len(text))], find_words(text))
    assert found[-1][1] == len(text)
    assert looked_at.looks < 20 * len(text)


class CountingText(str):
    """A text that counts how many of its signs are looked at."""

    looks = 0

    def __getitem__(self, key: SupportsIndex | slice) -> str:
        found = super().__getitem__(key)
        self.looks += len(found)
        return found


@given(st.lists(texts(6) | st.sampled_from(MARKS), min_size=1, max_size=12).map("".join))
def test_clauses_make_up_their_sentences_and_cut_no_word_and_no_sign(text: str) -> None:
    sentences, words = find_sentences(text), find_words(text)
    clauses = find_clauses(text, sentences, words)
    edges = {edge for clause in clauses for edge in clause}
    assert all(is_boundary(text, edge) for edge in edges if 0 < edge < len(text))
    assert not any(start < edge < end for edge in edges for start, end in words)
    left = list(clauses)
    for start, end in sentences:
        within = [clause for clause in left if start <= clause[0] and clause[1] <= end]
        left = left[len(within) :]
        assert (within[0][0], within[-1][1]) == (start, end)
        for (_, before), (after, _) in itertools.pairwise(within):
            assert before <= after
            assert not text[before:after].strip()
        if len(within) > 1:
            assert all(any(a <= word[0] < b for word in words) for a, b in within)
    assert not left
