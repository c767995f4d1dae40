"""Names the input method, or the keyboard, that a letter came from which is no key here."""

from __future__ import annotations

import unicodedata
from typing import Final

_METHODS: Final = {
    "CJK": "Chinese characters",
    "IDEOGRAPHIC": "Chinese characters",
    "BOPOMOFO": "Bopomofo",
    "HIRAGANA": "Japanese kana",
    "KATAKANA": "Japanese kana",
    "KATAKANA-HIRAGANA": "Japanese kana",
    "HALFWIDTH": "Japanese kana",
    "HANGUL": "Korean Hangul",
    "YI": "Yi",
}
"""Scripts that no keyboard types letter by letter: by the first word of a character's name."""


def where_from(key: str) -> str:
    """Return in words why a key that does nothing arrived; empty when there is no more to say.

    Layouts of other alphabets are read by the place of the key; what comes here is what an input
    method composed, or letters of an alphabet whose layout is not known.

    Args:
        key: the name of the key, or what it prints.
    """
    letter = next((char for char in key if not char.isascii() and char.isalpha()), "")
    script = unicodedata.name(letter, "").partition(" ")[0] if letter else ""
    if script in _METHODS:
        return (
            f"An input method is on: {_METHODS[script]}; switch it off for keys,"
            " or set keyboard.layout"
        )
    if not letter or not script or script in ("LATIN", "MICRO", "FEMININE", "MASCULINE"):
        return ""
    return f"{letter} is a letter of {script.title()}; switch to Latin letters for keys"
