"""Where a leap can go: the words in sight that two typed letters can mean, and their labels.

Case and accents do not count. Letters are compared in the script they were typed in.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from string import ascii_lowercase, ascii_uppercase, digits

from tui.app.document.motions import Bounds
from tui.app.document.text_source import DocumentText
from tui.text.fold import fold

_NEAR_AT_HAND = "asdfghjkl"
LABELS = "".join(dict.fromkeys(chain(_NEAR_AT_HAND, ascii_lowercase, ascii_uppercase, digits)))
"""What is written over words, the keys under the fingers first."""


def letters_of(typed: str) -> str:
    """Return what was typed as it is compared: without case, accents and width."""
    return fold(typed) or typed.casefold()


def targets(
    text: DocumentText, words: Sequence[Bounds], typed: str, *, whole: bool = False
) -> list[Bounds]:
    """Return the words that begin with what was typed; if there is none, those that hold it.

    Words of a script that is written without spaces are read on into the next one: what begins
    with 中国 is the word 中 before 国.

    Args:
        text: the document.
        words: the words in sight, in order.
        typed: the letters.
        whole: the word ends after them, if any word does.
    """
    wanted = letters_of(typed)
    if not wanted:
        return []
    folded = [letters_of(text.slice(*word)) for word in words]
    if whole:
        exact = [word for word, letters in zip(words, folded, strict=True) if letters == wanted]
        if exact:
            return exact
    begun = [
        word for at, word in enumerate(words) if _read_on(words, folded, at, wanted)
    ]  # fmt: skip
    if begun:
        return begun
    return [word for word, letters in zip(words, folded, strict=True) if wanted in letters]


def _read_on(words: Sequence[Bounds], folded: Sequence[str], at: int, wanted: str) -> bool:
    letters = folded[at]
    while (
        len(letters) < len(wanted)
        and at + 1 < len(words)
        and words[at + 1][0] == words[at][1]
        and wanted.startswith(letters)
    ):
        at += 1
        letters += folded[at]
    return letters.startswith(wanted)


def labelled(found: Sequence[Bounds], near: int) -> dict[str, Bounds]:
    """Return label to word; the nearest to ``near`` get the labels that are quickest to press.

    Words for which there is no label left are left out: the farthest.
    """
    nearest = sorted(found, key=lambda word: (abs(word[0] - near), word[0]))
    return dict(zip(LABELS, nearest, strict=False))
