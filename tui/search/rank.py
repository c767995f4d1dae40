"""How well a passage fits, and the span of it that is the hit.

The score is between 0 and 1. Passages that hold every word as typed come before those with letters
wrong, and those before passages that miss a word; within each, rarer words count more, then words
that stand close together and in the order of the query.
"""

from __future__ import annotations

from tui.text.cut import read_sentences
from tui.text.fold import find

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Literal, Protocol

    from tui.search.cuts import Cuts
    from tui.search.terms import Place

    Unit = Literal["sentence", "paragraph", "hit"]

    class Term(Protocol):
        """What the engine asks of a part of a query."""

        @property
        def forms(self) -> dict[str, float]:
            """Each token it reaches with its similarity."""

        def expression(self, exact: bool = False) -> str:
            """Return the full-text expression."""

        def must_check(self) -> bool:
            """Tell whether the index alone cannot say that a passage fits."""

        def is_plain(self) -> bool:
            """Tell whether its places are just those of its forms."""

        def is_wide(self) -> bool:
            """Tell whether more than what was typed is reached."""

        def places(self, text: str) -> list[Place]:
            """Return where it stands in a text."""


UNITS = ("sentence", "paragraph", "hit")

_EXACT, _NEAR, _PARTIAL = 0.85, 0.84, 0.5
_CLOSE, _ORDER = 0.1, 0.03
_ALMOST = 0.3

Span = tuple[int, int]
Found = tuple[int, int, int, float]
"""Start, end, number of the term, likeness."""


class Judged:
    """What was found in one text; offsets are relative to it."""

    __slots__ = ("end", "hits", "missing", "score", "start")

    def __init__(self, score: float, missing: int, start: int, end: int, hits: list[Span]) -> None:
        self.score = score
        self.missing = missing
        self.start = start
        self.end = end
        self.hits = hits


class Judge:
    """Judges texts against the terms of one query.

    Args:
        terms: the parts of the query.
        weights: how much each counts; higher for rarer ones.
        unit: what the span of a hit is.
        nearly: tokens that are no match, but almost, with the number of their term: passages that
            miss the term are better with one of them.
        cuts: remembers how texts are cut, for who judges the same ones again and again.
    """

    def __init__(
        self,
        terms: Sequence[Term],
        weights: Sequence[float],
        unit: Unit,
        nearly: Mapping[str, int] | None = None,
        cuts: Cuts | None = None,
    ) -> None:
        self._cuts = cuts
        # A word that stands often in the query is one word of more weight: else each place of it
        # would count as often, and a pasted page of one word would fill the memory.
        self._terms: list[Term] = []
        self._weights: list[float] = []
        known: dict[object, int] = {}
        places: list[int] = []
        for term, weight in zip(terms, weights, strict=True):
            place = known.setdefault(_sameness(term), len(self._terms))
            places.append(place)
            if place == len(self._terms):
                self._terms.append(term)
                self._weights.append(0.0)
            self._weights[place] += weight
        self._total = sum(weights) or 1.0
        self._unit = unit
        self._nearly = {token: places[at] for token, at in (nearly or {}).items()}
        self._forms: dict[str, list[tuple[int, float]]] = {}
        self._slow: list[int] = []
        for at, term in enumerate(self._terms):
            if not term.is_plain():
                self._slow.append(at)
                continue
            # What was seen in the texts is all that is needed to judge them.
            seen: dict[str, float] | None = getattr(term, "seen", None)
            for form, likeness in (term.forms if seen is None else seen).items():
                self._forms.setdefault(form, []).append((at, likeness))

    def prepare(self, texts: list[str]) -> None:
        """Match in one go what takes a process of its own."""
        for at in self._slow:
            prepare = getattr(self._terms[at], "prepare", None)
            if prepare is not None:
                prepare(texts)

    def most(self, words: Iterable[str]) -> float:
        """Return the most that :meth:`judge` could score a text of some tokens; quickly."""
        if self._slow:
            return 1.0
        forms, nearly = self._forms, self._nearly
        best = [0.0] * len(self._terms)
        if nearly:
            for at in [nearly[word] for word in words if word in nearly]:
                best[at] = _ALMOST
        for found in [forms[word] for word in words if word in forms]:
            for at, likeness in found:
                if likeness > best[at]:
                    best[at] = likeness
        least = min(best)
        return self._capped(best, 1.0, 0.0 if least == _ALMOST else least)

    def judge(self, text: str, packed: bytes | None, row: int = 0) -> Judged:
        """Score a text and find its hit.

        Args:
            text: the passage.
            packed: its cut; None when it has no sentences of its own.
            row: its number; it makes no difference to the result.
        """
        cuts = self._cuts
        places = self._places(text, row)
        best = [0.0] * len(self._terms)
        if not places:
            return Judged(0.0, len(best), 0, len(text), [])
        for _, _, at, likeness in places:
            if likeness > best[at]:
                best[at] = likeness
        missing = best.count(0.0)
        wanted = len(best) - missing
        sentences: list[Span] = []
        if packed and self._unit == "sentence":
            sentences = cuts.sentences(row, packed) if cuts else read_sentences(packed)
        window = places
        if len(places) > wanted:
            # Only the best likeness of each word decides where the match is.
            window = [place for place in places if place[3] == best[place[2]]]
            if len(window) > wanted:
                window = _narrowest(window, wanted, sentences)
        start, end = window[0][0], max([place[1] for place in window])
        closeness = _closeness(window, wanted, window[-1][1] - start)
        least = min(best)
        if missing and self._nearly:
            for token, _, _ in find(text, self._nearly):
                best[self._nearly[token]] = max(_ALMOST, best[self._nearly[token]])
        score = self._capped(best, closeness, least)
        if sentences:
            start, end = _widened(start, end, window[-1][0], sentences)
        elif self._unit != "hit":
            start, end = 0, len(text)
        hits = [(a, b) for a, b, _, _ in places if start <= a and b <= end]
        return Judged(score, missing, start, end, _merged(hits) if len(hits) > 1 else hits)

    def _capped(self, best: list[float], closeness: float, least: float) -> float:
        """Return the score of a text from the best likeness of each term, and the least of all."""
        score = sum([w * b * b for w, b in zip(self._weights, best, strict=True)]) / self._total
        score = _EXACT * score + _CLOSE * closeness
        if not least:
            return score * _PARTIAL
        return min(score, _NEAR) if least < 1 else score

    def _places(self, text: str, row: int) -> list[Found]:
        """Return start, end, term and likeness of all that was found, in order of start."""
        found: list[Found] = []
        if self._forms:
            forms, cuts = self._forms, self._cuts
            for token, start, end in cuts.find(row, text, forms) if cuts else find(text, forms):
                found += [(start, end, at, likeness) for at, likeness in forms[token]]
        for at in self._slow:
            found += [(a, b, at, likeness) for a, b, likeness in self._terms[at].places(text)]
        if self._slow:
            found.sort()
        return found


def _sameness(term: Term) -> object:
    """Return what two terms share that find the same; the term itself when it is no word."""
    word = getattr(term, "word", None)
    return term if word is None else (word.text, word.cased, word.fuzzy, word.open)


def _narrowest(places: list[Found], wanted: int, sentences: list[Span]) -> list[Found]:
    """Return the places in the smallest run of sentences that holds every word."""
    number = 0
    numbers = []
    for start, _, _, _ in places:
        while number + 1 < len(sentences) and sentences[number + 1][0] <= start:
            number += 1
        numbers.append(number)
    counts: dict[int, int] = {}
    left = 0
    best: tuple[int, int, int, int] | None = None
    for right, (_, end, at, _) in enumerate(places):
        counts[at] = counts.get(at, 0) + 1
        while counts[places[left][2]] > 1:
            counts[places[left][2]] -= 1
            left += 1
        if len(counts) == wanted:
            size = (numbers[right] - numbers[left], end - places[left][0], left, right)
            if best is None or size < best:
                best = size
    assert best is not None
    return places[best[2] : best[3] + 1]


def _widened(start: int, end: int, last: int, sentences: list[Span]) -> Span:
    """Return a stretch with all of the sentences that it and its last word begin in."""
    begun = ended = sentences[0]
    for one in sentences:
        if one[0] > last:
            break
        ended = one
        if one[0] <= start:
            begun = one
    return min(start, begun[0]), max(end, ended[1])


def _closeness(places: list[Found], wanted: int, width: int) -> float:
    """Return 0 to 1: one for words that touch, in the order of the query."""
    if wanted < 2:
        return 1.0
    letters = sum([end - start for start, end, _, _ in places])
    together = zip(places, places[1:], strict=False)  # noqa: RUF007 - without ``itertools``
    ordered = sum([one[2] < two[2] for one, two in together])
    order = ordered / (len(places) - 1) if len(places) > 1 else 1.0
    near = min(1.0, (letters + wanted) / max(width, 1))
    return (1 - _ORDER / _CLOSE) * near + _ORDER / _CLOSE * order


def _merged(spans: list[Span]) -> list[Span]:
    """Join spans that overlap; sorted by start."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
