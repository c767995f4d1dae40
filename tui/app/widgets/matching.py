"""Names found by a few of their letters: codes in the picker, commands in the palette.

A query is cut into words like any text. Every one of them must reach some word of the name or of
what stands above it; how well decides the place. Nothing here draws.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tui.search.distance import allowed, compiled
from tui.text.fold import tokens

_LONGEST = 200
"""Code points of a name that are looked at; nobody types more of it."""

EQUAL, START, TYPO, START_TYPO, INSIDE, INITIALS = 1.0, 0.9, 0.7, 0.6, 0.5, 0.4
"""How well a word of the query reaches a word of a name."""
_ABOVE = 0.6
"""What a word counts that is found only above the name, in its parents' names."""
_KEY_EQUAL, _KEY_START = 4.0, 3.0


@dataclass(frozen=True, slots=True)
class Name:
    """One thing that can be found by its name."""

    key: str
    """A short unique key (``R1-2``), or empty."""
    text: str
    """Its own name."""
    above: str = ""
    """What stands above it: the names of its parents, its group, its help."""


class Names:
    """Names ready to be searched; cutting them once makes a keystroke cheap.

    Args:
        names: the names, in the order that they have while nothing is asked.
    """

    def __init__(self, names: Sequence[Name]) -> None:
        self._keys = [name.key[:_LONGEST].casefold() for name in names]
        self._plain = [f"{n.text[:_LONGEST]} {n.above[:_LONGEST]}".casefold() for n in names]
        self._own: list[list[str]] = []
        self._above: list[list[str]] = []
        vocabulary: dict[str, None] = {}
        for name in names:
            own = tokens(name.text[:_LONGEST]) + tokens(name.key[:_LONGEST])
            above = tokens(name.above[:_LONGEST])
            self._own.append(own)
            self._above.append(above)
            vocabulary.update(dict.fromkeys(own))
            vocabulary.update(dict.fromkeys(above))
        self._vocabulary = list(vocabulary)
        self._reached: dict[str, dict[str, float]] = {}

    def find(self, query: str) -> list[tuple[int, float]]:
        """Return (number of the name, score above 0) of all names that the query reaches.

        They are in the order of the names, not of the scores.
        """
        typed = " ".join(query.split())[:_LONGEST].casefold()
        words = tokens(typed)
        if not typed:
            return []
        found = self._pass(typed, words, initials=False)
        return found or self._pass(typed, words, initials=True)

    def _pass(self, typed: str, words: list[str], *, initials: bool) -> list[tuple[int, float]]:
        found: list[tuple[int, float]] = []
        for number, key in enumerate(self._keys):
            score = _key_score(typed, key)
            if not score and words:
                score = self._score(number, words, initials=initials)
            elif not score:
                # Signs that are no words: arrows, emoji.
                score = float(typed in self._plain[number])
            if score:
                found.append((number, score))
        return found

    def _score(self, number: int, words: list[str], *, initials: bool) -> float:
        total = 0.0
        own, above = self._own[number], self._above[number]
        for word in words:
            reached = self._reach(word)
            best = max((reached.get(one, 0.0) for one in own), default=0.0)
            if best < START:
                other = max((reached.get(one, 0.0) for one in above), default=0.0)
                best = max(best, other * _ABOVE)
            if not best and initials and len(word) > 1 and _is_initials(word, above + own):
                best = INITIALS
            if not best:
                return 0.0
            total += best
        # Of two names that hold all words the one that says little else is meant.
        share = min(len(words) / max(len(own), 1), 1.0)
        return total / len(words) + 0.1 * share

    def _reach(self, word: str) -> dict[str, float]:
        """Return how well a word of a query reaches each word that it reaches at all."""
        known = self._reached.get(word)
        if known is None:
            if len(self._reached) > 500:
                self._reached.clear()
            limit = min(allowed(word), 1)
            known = {
                one: score for one in self._vocabulary if (score := _word_score(word, one, limit))
            }
            self._reached[word] = known
        return known


def _key_score(typed: str, key: str) -> float:
    """Return how well a key is meant: all of it typed, or its beginning as far as a digit."""
    if not typed or not key.startswith(typed):
        return 0.0
    if typed == key:
        return _KEY_EQUAL
    return _KEY_START if any(char.isdigit() for char in typed) else 0.0


def _word_score(word: str, one: str, limit: int) -> float:
    if one.startswith(word):
        return EQUAL if len(one) == len(word) else START
    if limit and word.isalpha():
        score = _typo_score(word, one, limit)
        if score:
            return score
    return INSIDE if len(word) > 1 and word in one else 0.0


def _typo_score(word: str, one: str, limit: int) -> float:
    """Return the score of a word, or the beginning of one, with one letter wrong."""
    length = len(word)
    if len(one) < length - limit:
        return 0.0
    distance = compiled()
    if abs(len(one) - length) <= limit and distance(word, one, score_cutoff=limit) <= limit:
        return TYPO
    for cut in (length, length + 1, length - 1):
        if cut < len(one) and distance(word, one[:cut], score_cutoff=limit) <= limit:
            return START_TYPO
    return 0.0


def _is_initials(word: str, names: Sequence[str]) -> bool:
    """Tell whether ``word`` is made of beginnings of neighbouring words of ``names``."""
    reached: set[int] = set()
    for name in names:
        # How many letters of the word are spelled when this name's beginning has given its part.
        now: set[int] = set()
        for done in {0, *reached}:
            at = 0
            while at < len(name) and done < len(word) and name[at] == word[done]:
                at, done = at + 1, done + 1
                now.add(done)
        if len(word) in now:
            return True
        reached = now
    return False
