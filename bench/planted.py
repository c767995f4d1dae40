"""Queries whose answer is known: words of one passage, right or mistyped, class by class."""

from __future__ import annotations

import random
import sqlite3
from typing import NamedTuple

from bench import corpora
from tui.text.fold import has_digit, is_paired, tokens

WHOLE = (
    "some words mistyped",
    "each word mistyped, shuffled",
    "each word mistyped twice, shuffled",
    "words side by side, one mistyped",
    "a number among mistyped words",
    "Russian, some words mistyped",
    "Chinese, one character of six to eight wrong",
)
"""Classes of whole queries; unfinished ones are in the timing of the keystrokes."""


class Planted(NamedTuple):
    """One query."""

    passage: int
    """The id of the passage it was taken from."""
    words: str
    """As they are written there."""
    wrong: str
    """The same mistyped."""
    cut: str
    """The same with the last word unfinished."""


class _Planter:
    def __init__(self, size: int, seed: int) -> None:
        self.rng = random.Random(seed)
        self.texts = list(corpora.passages(size))
        self._db = sqlite3.connect(corpora.project_file(size))
        self._common = max(3, size // 50)

    def count(self, words: list[str]) -> int:
        statement = "SELECT count(*) FROM index_tokens WHERE index_tokens MATCH ?"
        together = " AND ".join(f'"{word}"' for word in words)
        return int(self._db.execute(statement, (together,)).fetchone()[0])

    def is_telling(self, words: list[str]) -> bool:
        """Tell whether the words occur together in at most three passages, one being rare."""
        return self.count(words) <= 3 and min(self.count([w]) for w in words) <= self._common

    def mistyped(self, word: str, language: str, times: int = 1) -> str:
        for _ in range(times):
            word = corpora.mistyped(word, self.rng, language)
        return word


def plant(size: int, count: int) -> list[Planted]:
    """Choose passages, and three words of each that occur together in at most three."""
    planter = _Planter(size, 7)
    rng, planted = planter.rng, []
    while len(planted) < count:
        row = rng.randrange(len(planter.texts))
        language, text = planter.texts[row]
        words = _plain(text)
        if language in ("zh", "ja") or len(words) < 3:
            continue
        chosen = rng.sample(words, 3)
        if not planter.is_telling(chosen):
            continue
        wrong = _some_wrong(planter, chosen, language)
        cut = chosen[2][: max(4, len(chosen[2]) - 2)]
        planted.append(
            Planted(row + 1, " ".join(chosen), " ".join(wrong), " ".join([*wrong[:2], cut]))
        )
    return planted


def plant_class(size: int, name: str, count: int) -> list[Planted]:
    """Choose queries of one class of WHOLE."""
    planter = _Planter(size, 11 + WHOLE.index(name))
    planted: list[Planted] = []
    for _ in range(200_000):
        if len(planted) == count:
            break
        row = planter.rng.randrange(len(planter.texts))
        language, text = planter.texts[row]
        made = (
            _chinese(planter, language, text)
            if name.startswith("Chinese")
            else _words(planter, name, language, text)
        )
        if made is not None:
            planted.append(Planted(row + 1, made[0], made[1], made[1]))
    return planted


def _plain(text: str) -> list[str]:
    """Return the words that may be mistyped."""
    words = [w for w in dict.fromkeys(tokens(text)) if len(w) >= 4 and w.isalpha()]
    return [w for w in words if not is_paired(w[0]) and not has_digit(w)]


def _some_wrong(planter: _Planter, chosen: list[str], language: str) -> list[str]:
    rng = planter.rng
    wrong = [planter.mistyped(w, language) if rng.random() < 0.5 else w for w in chosen]
    if wrong == chosen:
        wrong[0] = planter.mistyped(chosen[0], language)
    return wrong


def _words(planter: _Planter, name: str, language: str, text: str) -> tuple[str, str] | None:
    rng = planter.rng
    if language in ("zh", "ja") or (name.startswith("Russian") != (language == "ru")):
        return None
    words = _plain(text)
    if "twice" in name:
        words = [word for word in words if len(word) >= 6]
    wanted = rng.randint(3, 5)
    if "side by side" in name:
        every = tokens(text)
        at = rng.randrange(max(1, len(every) - wanted))
        chosen = every[at : at + wanted]
        longest = max(chosen, key=len)
        wrong = [planter.mistyped(w, language) if w == longest else w for w in chosen]
        if not longest.isalpha() or len(longest) < 4:
            return None
    elif "number" in name:
        numbers = [word for word in tokens(text) if word.isdigit() and len(word) > 1]
        if not numbers or len(words) < 2:
            return None
        some = rng.sample(words, 2)
        chosen = [*some, numbers[0]]
        wrong = [*[planter.mistyped(w, language) for w in some], numbers[0]]
    else:
        if len(words) < wanted:
            return None
        chosen = rng.sample(words, wanted)
        if name.startswith("each"):
            wrong = [planter.mistyped(w, language, 2 if "twice" in name else 1) for w in chosen]
        else:
            wrong = _some_wrong(planter, chosen, language)
    if len(chosen) < 3 or not planter.is_telling(chosen):
        return None
    return " ".join(chosen), " ".join(wrong)


def _chinese(planter: _Planter, language: str, text: str) -> tuple[str, str] | None:
    if language != "zh":
        return None
    rng = planter.rng
    wanted = rng.randint(6, 8)
    piece = text[rng.randrange(max(1, len(text) - wanted)) :][:wanted]
    if len(piece) < wanted or not all(map(is_paired, piece)):
        return None
    if not planter.is_telling(tokens(piece)):
        return None
    at = rng.randrange(wanted)
    return piece, piece[:at] + chr(rng.randrange(0x4E00, 0x59B0)) + piece[at + 1 :]
