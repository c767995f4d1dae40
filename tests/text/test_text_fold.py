"""The quick ways to cut a text say what the long one says."""

from __future__ import annotations

import random

from tui.search.cuts import Cuts
from tui.text.fold import cut, find, find_character, is_paired, tokens

# Han, Kana of both widths, marks that join them, letters that fold to others, signs.
_SIGNS = "中文它かがゃー゙ｶﾞﾞ㈱豈\u3099\u309a々ab'é 。，x9𠀀ßЁй-\u00ad"


def texts(count: int) -> list[str]:
    rng = random.Random(5)
    return ["".join(rng.choices(_SIGNS, k=rng.randint(1, 14))) for _ in range(count)]


def test_a_character_is_found_where_the_cut_has_it() -> None:
    for text in texts(2_000):
        alone = cut(text, pairs=False)
        for char in {token for token, _, _ in alone} | {"中", "か", "豈"}:
            if len(char) == 1 and is_paired(char):
                places = [(start, end) for token, start, end in alone if token == char]
                assert find_character(text, char) == places, (text, char)


def test_what_is_remembered_of_a_text_is_what_is_found_in_it() -> None:
    cuts = Cuts(lambda _, text: frozenset(tokens(text)))
    for row, text in enumerate([*texts(1_000), "a ab b'a ab ab", "x" * 70 + " ab", ""]):
        here = tokens(text)
        wanted = {*here[::2], "ab", "中文"}
        for _ in range(2):
            assert cuts.find(row, text, wanted) == find(text, wanted), text
