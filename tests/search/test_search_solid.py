"""Words of Thai, Lao, Khmer and Burmese are found in stretches, in long ones a letter wrong."""

from __future__ import annotations

import random

import pytest

from tests.search import reference
from tests.search.projects import MakeProject, OpenEngine
from tui.search.query import QueryError, read_query
from tui.search.tree import written

LETTERS = ("กขคั่าำ", "ກຂັ່າຳ", "កខ្ាិ", "ကခ်ာ\u1025\u102e")


def holds(text: str, word: str, limit: int) -> bool:
    """Tell whether some part of a stretch of the text is the word with at most so many edits."""
    return any(
        reference.distance(word, stretch[first:last]) <= limit
        for stretch in text.split()
        for first in range(len(stretch))
        for last in range(first + len(word) - limit, first + len(word) + limit + 1)
        if first < last <= len(stretch)
    )


def spoilt(word: str, rng: random.Random, letters: str) -> str:
    """Return a word with one edit, often the two letters in its middle exchanged."""
    at = rng.choice((rng.randrange(len(word) - 1), len(word) // 2 - 1))
    ways = (
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + word[at + 1 :],
        word[:at] + rng.choice(letters) + word[at:],
        word[:at] + rng.choice(letters) + word[at + 1 :],
    )
    return rng.choice(ways)


@pytest.mark.parametrize("letters", LETTERS)
def test_what_is_found_is_what_reading_every_stretch_finds(
    letters: str, make_project: MakeProject, open_engine: OpenEngine
) -> None:
    rng = random.Random(letters)
    sizes = (1, 3, 7, 12, 20, 66)
    texts = [
        " ".join("".join(rng.choices(letters, k=rng.choice(sizes))) for _ in range(2)) + " school"
        for _ in range(8)
    ]
    engine = open_engine(make_project({"one": texts}))
    found_some = 0
    for _ in range(14):
        stretch = max(rng.choice(texts).split()[:2], key=len)
        at = rng.randrange(max(1, len(stretch) - 8))
        word = stretch[at : at + rng.randint(4, 9)]
        word = spoilt(word, rng, letters) if len(word) > 4 and rng.random() < 0.7 else word
        # Marks at its start belong to no word.
        word = word.lstrip("".join(c for c in letters if reference._class(c) == "M"))
        if not word:
            continue
        query = read_query(f"{word} scool")
        limit = 0 if len(word) < 6 else 1
        expected = {row for row, text in enumerate(texts, 1) if holds(text, word, limit)}
        assert {hit.passage_id for hit in engine.search(query).hits} == expected, ascii(word)
        assert engine.count(query) == len(expected) and engine.exists(query) == bool(expected)
        assert written(read_query(written(query))) == written(query)
        found_some += bool(expected)
    assert found_some > 3


def test_the_word_itself_is_found_before_one_like_it(
    make_project: MakeProject, open_engine: OpenEngine
) -> None:
    engine = open_engine(make_project({"one": ["โลกสันตภาพดี", "และสันติภาพ", "สันต ภาพ"]}))
    found = engine.search(read_query("สันติภาพ"))
    assert [(hit.passage_id, list(hit.hits)) for hit in found.hits] == [
        (2, [(16, 24)]),
        (1, [(3, 10)]),
    ]
    assert engine.count(read_query("สันติภาพ", whole=True)) == 0
    for query in ('"สันตภาพด"', "สันต ภาพดี"):
        assert [hit.passage_id for hit in engine.search(read_query(query)).hits] == [1]
    with pytest.raises(QueryError, match="nothing to count"):
        read_query("school NEAR/3 สันติภาพ")
