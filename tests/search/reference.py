"""What counts as found, written as slowly and plainly as it can be: the judge of the engine.

Reads every passage, compares every word with every token by a full table, knows no index.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from functools import lru_cache

_PAIRED = re.compile(
    "[\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d\U00020000-\U00031fff]"
)
_WORDS = re.compile("H[HV]*|W[WMV]*(?:J(?=W)[WMV]*)*")


def _class(char: str) -> str:
    if char in "\u3099\u309a\uff9e\uff9f":
        return "V"
    if _PAIRED.match(char):
        return "H"
    if char in "'\u2019\u02bc\uff07\u00ad\u200c\u200d":
        return "J"
    if char.isalnum():
        return "W"
    return "M" if unicodedata.category(char).startswith("M") else " "


@lru_cache(maxsize=100_000)
def fold(word: str, keep_case: bool = False) -> str:
    """Fold case, accents, full width."""
    word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    kept = [c for c in word if _class(c) in "HWJMV" or c == "\u2044"]
    word = re.sub("[\u00ad\u200c\u200d]", "", "".join(kept))
    word = re.sub("[\u2019\u02bc\uff07]", "'", unicodedata.normalize("NFC", word))
    if keep_case:
        word = "".join(c if c.isupper() else c.casefold() for c in word)
    else:
        word = word.casefold()
    return word.replace("\u0131", "i")[:64]


@lru_cache(maxsize=100_000)
def tokens(text: str, keep_case: bool = False, pairs: bool = True) -> tuple[str, ...]:
    """Return the tokens of a text; stretches of Han as pairs or one by one."""
    found = []
    for match in _WORDS.finditer("".join(map(_class, text))):
        word = text[match.start() : match.end()]
        if not match[0].startswith("H"):
            found.append(fold(word, keep_case))
            continue
        chars = [
            unicodedata.normalize("NFKC", c)
            for c in re.findall("(?s).[\u3099\u309a\uff9e\uff9f]*", word)
        ]
        if len(chars) == 1 or not pairs:
            found += chars
        else:
            found += [a + b for a, b in itertools.pairwise(chars)]
    return tuple(found)


@lru_cache(maxsize=1_000_000)
def distance(one: str, two: str) -> int:
    """Return the optimal string alignment distance from the whole table."""
    rows = [
        [i + j if not i or not j else 0 for j in range(len(two) + 1)] for i in range(len(one) + 1)
    ]
    for i in range(1, len(one) + 1):
        for j in range(1, len(two) + 1):
            change = rows[i - 1][j - 1] + (one[i - 1] != two[j - 1])
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, change)
            swapped = i > 1 and j > 1 and one[i - 1] == two[j - 2] and one[i - 2] == two[j - 1]
            if swapped:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


def allowed(word: str) -> int:
    """Return how many letters may be wrong."""
    if any(c.isdigit() for c in word) or _PAIRED.match(word):
        return 0
    return 0 if len(word) <= 3 else 1 if len(word) <= 5 else 2


Word = tuple[str, str | None]
"""The folded word, and with its capitals when they count."""


def words_of(query: str, case: str) -> list[Word]:
    """Return the words of a query without quotes or filters."""
    found = []
    for chunk in query.split():
        for plain, kept in zip(tokens(chunk), tokens(chunk, True), strict=True):
            minds = case == "sensitive" or (case == "smart" and any(c.isupper() for c in kept))
            found.append((plain, kept if minds and not _PAIRED.match(plain) else None))
    return found


def has_word(text: str, word: Word, whole: bool) -> bool:
    """Tell whether some token of the text is within reach of the word."""
    plain, kept = word
    if len(plain) == 1 and _PAIRED.match(plain):
        return any(plain in token for token in tokens(text) if _PAIRED.match(token))
    limit = 0 if whole else allowed(plain)
    for token, cased in zip(tokens(text), tokens(text, True), strict=True):
        edits = distance(plain, token)
        if edits <= limit and (kept is None or distance(kept, cased) == edits):
            return True
    return False


def begins(token: str, kept: str, word: Word, whole: bool) -> bool:
    """Tell whether a token begins as a word does: ``word*``."""
    plain, cased = word
    size = len(plain)
    limit = 0 if whole or size < 4 or any(c.isdigit() for c in plain) else 1 if size < 7 else 2
    near = min(distance(plain, token[:length]) for length in (size - 1, size, size + 1))
    return near <= limit and (cased is None or kept.startswith(cased))


def has_phrase(text: str, phrase: str, case: str, whole: bool = False) -> bool:
    """Tell whether the words stand side by side in the text; without words, the signs."""
    if not tokens(phrase):
        sign = re.escape(phrase)
        return bool(re.search(rf"(?<!\w){sign}(?!\w)" if whole else sign, text))
    keep = case == "sensitive" or (case == "smart" and any(c.isupper() for c in phrase))
    wanted, units = tokens(phrase, keep, False), tokens(text, keep, False)
    size = len(wanted)
    return (
        any(units[at : at + size] == wanted for at in range(len(units) - size + 1))
        if size
        else False
    )


def find(texts: dict[int, str], query: str, case: str = "smart", whole: bool = False) -> set[int]:
    """Return the ids of the texts that fit a query of words and ``"phrases"``."""
    pieces = query.split('"')
    words = [word for piece in pieces[::2] for word in words_of(piece, case)]
    phrases = [piece for piece in pieces[1::2] if piece.strip()]
    if not words and not phrases:
        return set()
    return {
        row
        for row, text in texts.items()
        if all(has_word(text, word, whole) for word in words)
        and all(has_phrase(text, phrase, case, whole) for phrase in phrases)
    }


def find_loosely(texts: dict[int, str], words: list[str]) -> set[int]:
    """Return the ids of the texts that hold all of three or more plain words, or all but one."""
    found = set()
    for row, text in texts.items():
        missing = sum(not has_word(text, (word, None), False) for word in words)
        if missing <= (1 if len(words) >= 3 else 0):
            found.add(row)
    return found
