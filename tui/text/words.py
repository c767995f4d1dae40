"""Where words lie.

A word is a run of letters, digits and their marks; apostrophes and hyphens inside it belong to it,
and so do the separators of numbers (3.6, 1,000, 12.04.1993) and the dots of ``U.S``. Each Han or
kana character and each emoji is a word by itself. Punctuation belongs to no word.
"""

from __future__ import annotations

import re
from functools import cache

from tui.text.marks import CLINGING, FLAG_LETTERS, HAN_AND_KANA, JOINER, PICTOGRAPHS

_ASCII = re.compile(
    r"[A-Za-z0-9]+"
    r"(?:(?:['_-]|(?<=[0-9])[.,:](?=[0-9])|(?<=\b[A-Za-z])\.(?=[A-Za-z]\b))[A-Za-z0-9]+)*"
)
# Pictographs that are signs of print rather than emoji, unless something marks them as emoji.
_PRINT_SIGNS = "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u21aa\u24c2\u25aa-\u25fe\u3030\u303d"


def find_words(text: str) -> list[tuple[int, int]]:
    """Return the spans of the words of ``text``.

    Args:
        text: the text of a passage.

    Returns:
        Half-open spans in code points, sorted, not overlapping, never inside a letter.
    """
    pattern = _ASCII if text.isascii() else _pattern()
    return [found.span() for found in pattern.finditer(text)]


@cache
def _pattern() -> re.Pattern[str]:
    """Compile the full pattern; not at import, since plain English never needs it."""
    letter = rf"[^\W_{HAN_AND_KANA}\u0e33\u0eb3\uff9e\uff9f]"
    clings = f"[{CLINGING}]"
    run = f"{letter}+(?:{clings}+{letter}*)*"
    # The look-behinds name what they allow, since Python wants them of fixed width.
    joiner = (
        r"(?:['’‘＇_\-‐‑·\u00ad]"
        r"|(?<=\d)[.,:\u00a0\u202f](?=\d)"
        rf"|(?<=\b{letter})\.(?={letter}\b))"
    )
    emoji = (
        rf"(?:[{_PRINT_SIGNS}](?={clings})|(?![{_PRINT_SIGNS}])[{PICTOGRAPHS}])"
        rf"(?:{clings}*(?<={JOINER})[{PICTOGRAPHS}])*{clings}*"
    )
    return re.compile(
        f"{run}(?:{joiner}{run})*"
        f"|[{HAN_AND_KANA}]{clings}*"
        f"|{emoji}"
        f"|[{FLAG_LETTERS}]{{1,2}}{clings}*"
        "|[#*]\ufe0f?\u20e3"
    )
