"""Where one letter ends and the next begins, as a reader sees letters.

A light version of the rules of Unicode (UAX 29): combining marks, joined emoji, flags, skin tones,
Hangul jamo and the conjuncts of Indian scripts stay whole. Left out: the few characters that cling
to the *next* one (category Prepend), which no text at hand holds.
"""

from __future__ import annotations

import unicodedata

from tui.text.marks import CLINGING, FLAG_LETTERS, JOINER, PICTOGRAPHS, expand

_CLINGING = expand(CLINGING)
_PICTOGRAPHS = expand(PICTOGRAPHS)
_FIRST_FLAG, _LAST_FLAG = FLAG_LETTERS.split("-")
_NON_JOINER = "\u200c"
# Below this no character continues a cluster, but for the line feed after a carriage return.
_PLAIN = "\u0300"
# The viramas that join consonants, and the consonants of the same scripts.
_LINKERS = frozenset("\u094d\u09cd\u0acd\u0b4d\u0c4d\u0d4d")
_CONSONANTS = expand(
    "\u0915-\u0939\u0958-\u095f\u0978-\u097f\u0995-\u09a8\u09aa-\u09b0\u09b2\u09b6-\u09b9"
    "\u09dc\u09dd\u09df\u09f0\u09f1\u0a95-\u0aa8\u0aaa-\u0ab0\u0ab2\u0ab3\u0ab5-\u0ab9\u0af9"
    "\u0b15-\u0b28\u0b2a-\u0b30\u0b32\u0b33\u0b35-\u0b39\u0b5c\u0b5d\u0b5f\u0b71"
    "\u0c15-\u0c28\u0c2a-\u0c39\u0c58-\u0c5a\u0d15-\u0d3a"
)


def is_boundary(text: str, index: int) -> bool:
    """Tell whether ``index`` lies between two letters and not inside one.

    Args:
        text: any text.
        index: a code point offset, 0 to ``len(text)``; both ends are boundaries.
    """
    if index <= 0 or index >= len(text):
        return True
    after = text[index]
    before = text[index - 1]
    if after < _PLAIN and before != JOINER:
        return not (after == "\n" and before == "\r")
    if _is_control(before) or _is_control(after):
        return True
    if after in _CLINGING:
        return False
    if before in _CLINGING:
        if before == JOINER and after in _PICTOGRAPHS and _base(text, index - 1) in _PICTOGRAPHS:
            return False
        return not (after in _CONSONANTS and _links(text, index))
    if _FIRST_FLAG <= after <= _LAST_FLAG:
        return _flags_before(text, index) % 2 == 0
    return not _same_syllable(before, after)


def next_boundary(text: str, index: int) -> int:
    """Return the first boundary after ``index``, at most ``len(text)``."""
    index += 1
    while not is_boundary(text, index):
        index += 1
    return min(index, len(text))


def previous_boundary(text: str, index: int) -> int:
    """Return the last boundary before ``index``, at least 0."""
    index -= 1
    while not is_boundary(text, index):
        index -= 1
    return max(index, 0)


def _is_control(char: str) -> bool:
    """Tell whether nothing clings to ``char``: controls and the invisible format characters."""
    return (
        char < " "
        or "\x7f" <= char <= "\x9f"
        or char in "\u00ad\u061c\u180e\u200b\u200e\u200f\ufeff"
        or "\u2028" <= char <= "\u202e"
        or "\u2060" <= char <= "\u206f"
        or "\ufff0" <= char <= "\ufffb"
        or "\ud800" <= char <= "\udfff"
    )


def _extends(char: str) -> bool:
    """Tell whether a clinging character is a mere mark; vowel signs with a width of their own are
    not, and nothing is tied across them.
    """
    return unicodedata.category(char) != "Mc" and char not in "\u0e33\u0eb3"


def _base(text: str, joiner: int) -> str:
    """Return what the joiner at ``joiner`` and the marks before it cling to."""
    index = joiner - 1
    while index > 0 and text[index] in _CLINGING and text[index] != JOINER:
        if not _extends(text[index]):
            break
        index -= 1
    return text[max(index, 0)]


def _links(text: str, index: int) -> bool:
    """Tell whether a virama before ``index`` ties the consonant there to an earlier one."""
    linked = False
    index -= 1
    while index > 0 and text[index] in _CLINGING:
        if text[index] == _NON_JOINER or not _extends(text[index]):
            return False
        linked = linked or text[index] in _LINKERS
        index -= 1
    return linked and text[index] in _CONSONANTS


def _flags_before(text: str, index: int) -> int:
    """Count the flag letters that stand right before ``index``."""
    start = index
    while start > 0 and _FIRST_FLAG <= text[start - 1] <= _LAST_FLAG:
        start -= 1
    return index - start


def _same_syllable(before: str, after: str) -> bool:
    """Tell whether two Hangul characters are parts of one syllable block."""
    if not ("\u1100" <= after <= "\ud7fb" and "\u1100" <= before <= "\ud7fb"):
        return False
    first, second = _jamo(before), _jamo(after)
    if first == "L":
        return second in ("L", "V", "LV", "LVT")
    if first in ("LV", "V"):
        return second in ("V", "T")
    return first in ("LVT", "T") and second == "T"


def _jamo(char: str) -> str:
    """Return the Hangul syllable type of ``char``: L, V, T, LV, LVT or empty."""
    if "\u1100" <= char <= "\u115f" or "\ua960" <= char <= "\ua97c":
        return "L"
    if "\u1160" <= char <= "\u11a7" or "\ud7b0" <= char <= "\ud7c6":
        return "V"
    if "\u11a8" <= char <= "\u11ff" or "\ud7cb" <= char <= "\ud7fb":
        return "T"
    if "\uac00" <= char <= "\ud7a3":
        return "LVT" if (ord(char) - 0xAC00) % 28 else "LV"
    return ""
