"""Names found by a few of their letters: codes in the picker, commands in the palette.

A query is cut into words like any text. Every one of them must reach some word of the name or of
what stands above it; how well decides the place. Nothing here draws.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tui.search.distance import allowed, compiled
from tui.text.fold import tokens

_LONGEST = 200
"""Code points of a name that are looked at; nobody types more of it."""

EQUAL, START, TYPO, START_TYPO, INSIDE, INITIALS = 1.0, 0.9, 0.7, 0.6, 0.5, 0.4
"""How well a word of the query reaches a word of a name."""
_ABOVE = 0.6
"""What a word counts that is found only above the name, in its parents' names."""
Distance = Callable[..., int]
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
        self._plain = [_squeezed(f"{n.text[:_LONGEST]} {n.above[:_LONGEST]}") for n in names]
        self._own: list[list[str]] = []
        self._above: list[list[str]] = []
        self._places: dict[str, list[tuple[int, float]]] = {}
        """Each word with the names it is in, and what it counts there."""
        for number, name in enumerate(names):
            own = tokens(name.text[:_LONGEST]) + tokens(name.key[:_LONGEST])
            above = tokens(name.above[:_LONGEST])
            self._own.append(own)
            self._above.append(above)
            weights = {**dict.fromkeys(above, _ABOVE), **dict.fromkeys(own, 1.0)}
            for word, weight in weights.items():
                self._places.setdefault(word, []).append((number, weight))
        self._reached: dict[str, dict[int, float]] = {}

    def find(self, query: str) -> list[tuple[int, float]]:
        """Return (number of the name, score above 0) of all names that the query reaches.

        They are in the order of the names, not of the scores.
        """
        typed = _squeezed(query[:_LONGEST])
        if not typed:
            return []
        words = tokens(query[:_LONGEST])
        if words:
            found = self._by_words(words) or self._by_initials(words)
        else:
            # Signs that are no words: arrows, emoji.
            found = {number: 1.0 for number, plain in enumerate(self._plain) if typed in plain}
        for number, key in enumerate(self._keys):
            if key.startswith(typed) and (score := _key_score(typed, key)):
                found[number] = score
        return sorted(found.items())

    def _by_words(self, words: list[str]) -> dict[int, float]:
        """Return the score of each name that every word of a query reaches."""
        reached = [self._reach(word) for word in words]
        found: dict[int, float] = {}
        for number in min(reached, key=len):
            if all(number in one for one in reached):
                # Of two names that hold all words the one that says little else is meant.
                share = min(len(words) / max(len(self._own[number]), 1), 1.0)
                total = sum(one[number] for one in reached)
                found[number] = total / len(words) + 0.1 * share
        return found

    def _by_initials(self, words: list[str]) -> dict[int, float]:
        """Return the names whose neighbouring words begin with what each word is made of."""
        return {
            number: INITIALS
            for number, (above, own) in enumerate(zip(self._above, self._own, strict=True))
            if all(len(word) > 1 and _is_initials(word, above + own) for word in words)
        }

    def _reach(self, word: str) -> dict[int, float]:
        """Return the names that a word of a query reaches, and how well."""
        known = self._reached.get(word)
        if known is None:
            if len(self._reached) > 500:
                self._reached.clear()
            limit = min(allowed(word), 1) if word.isalpha() else 0
            distance = compiled() if limit else None
            known = {}
            for one, places in self._places.items():
                score = _word_score(word, one, distance)
                if score:
                    for number, weight in places:
                        known[number] = max(known.get(number, 0.0), score * weight)
            self._reached[word] = known
        return known


def _squeezed(text: str) -> str:
    return " ".join(text.split()).casefold()


def _key_score(typed: str, key: str) -> float:
    """Return how well a key that begins so is meant: all of it, or its beginning with a digit."""
    if typed == key:
        return _KEY_EQUAL
    return _KEY_START if any(char.isdigit() for char in typed) else 0.0


def _word_score(word: str, one: str, distance: Distance | None) -> float:
    """Return how well a word of a query reaches a word of a name; 0 when it does not."""
    if one.startswith(word):
        return EQUAL if len(one) == len(word) else START
    if distance is not None and len(one) >= len(word) - 1:
        score = _typo_score(word, one, distance)
        if score:
            return score
    return INSIDE if len(word) > 1 and word in one else 0.0


def _typo_score(word: str, one: str, distance: Distance) -> float:
    """Return the score of a word, or the beginning of one, with one letter wrong."""
    length = len(word)
    if len(one) <= length + 1 and distance(word, one, score_cutoff=1) <= 1:
        return TYPO
    for cut in (length, length + 1, length - 1):
        if cut < len(one) and distance(word, one[:cut], score_cutoff=1) <= 1:
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
