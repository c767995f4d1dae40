"""Planes of bits: they hold the words they were given, and tell their distances exactly."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from tui.search.planes import Group
from tui.store.index_planes import HOLE, pack, read_at, unpack
from tui.store.index_schema import script_of

ALPHABETS = ("abc", "aiqhd1", "абв", "ab'1", "aé中", "рстя", "ab\U00020000")


@given(words=st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=3, max_size=3)))
def test_any_words_come_back_from_their_planes(words: list[str]) -> None:
    groups: dict[int, list[str]] = {}
    for word in words:
        if word[0] != HOLE:
            groups.setdefault(script_of(word), [HOLE * 3]).append(word)
    for script, listed in groups.items():
        planes = pack(listed, script, 3)
        back = unpack(planes, script, 3)
        assert back[: len(listed)] == listed
        assert set(back[len(listed) :]) <= {HOLE * 3}
        assert pack(back, script, 3) == planes
        assert [read_at(planes, at, script, 3) for at in range(1, len(listed))] == listed[1:]


@pytest.mark.parametrize("seed", range(4))
def test_distances_of_all_words_at_once_are_those_of_each(seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(250):
        alphabet, limit = rng.choice(ALPHABETS), rng.randint(0, 2)
        length, size = rng.randint(1, 10), rng.randint(1, 10)
        query = "".join(rng.choices(alphabet, k=size))
        by_script: dict[int, dict[str, None]] = {}
        for _ in range(40):
            word = "".join(rng.choices(alphabet, k=length))
            by_script.setdefault(script_of(word), {})[word] = None
        for script, words in by_script.items():
            listed = list(words)
            # Several parts, the first of whole bytes.
            border = rng.randint(0, len(listed)) // 8 * 8
            parts = [pack(part, script, length) for part in (listed[:border], listed[border:])]
            group = Group(script, length, [part for part in parts if part])
            assert found(group, group.within(query, limit)) == {
                word: edits for word in listed if (edits := OSA.distance(word, query)) <= limit
            }
            sizes = (size - 1, size, size + 1)
            assert found(group, group.beginning(query, limit)) == {
                word: edits
                for word in listed
                if (edits := min(OSA.distance(word[:n], query) for n in sizes)) <= limit
            }
            piece = query[:2]
            assert set(group.words(group.holding(piece, False, False))) == {
                word for word in listed if piece in word
            }
            assert set(group.words(group.holding(piece, True, False))) == {
                word for word in listed if word.startswith(piece)
            }
            assert set(group.words(group.holding(piece, False, True))) == {
                word for word in listed if word.endswith(piece)
            }


def found(group: Group, rows: list[int]) -> dict[str, int]:
    """Return the words of some rows with the number of their row."""
    return {word: edits for edits, row in enumerate(rows) for word in group.words(row)}
