"""The selection in words, for the status row and for screen readers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import itemgetter

from tui.app.document.cursor import Selection
from tui.app.document.motions import units_of
from tui.app.document.text_source import DocumentText
from tui.text.counted import counted

_COUNTED_PASSAGES = 200
_start = itemgetter(0)
_end = itemgetter(1)


def selection_words(text: DocumentText, at: Selection) -> str:
    """Return what is selected: ``sentence 2 of 5 · 24 words``."""
    first, last = text.place_of(at.start), text.place_of(at.end - 1)
    end = "its beginning moves" if at.backward else ""
    return " · ".join(
        part for part in (_unit_words(text, at, first, last), _how_many(text, at), end) if part
    )


def edges_words(text: DocumentText, at: Selection) -> str:
    """Return how much the edges of a coding hold: ``13 words``; empty when it is very much."""
    return _how_many(text, at)


def _how_many(text: DocumentText, at: Selection) -> str:
    if text.place_of(at.end - 1) - text.place_of(at.start) >= _COUNTED_PASSAGES:
        return ""
    count = count_words(text, at.start, at.end)
    return "1 word" if count == 1 else f"{count:,} words"


def count_words(text: DocumentText, start: int, end: int) -> int:
    """Return how many words have a character in ``[start, end)``."""
    total = 0
    for place in range(text.place_of(start), text.place_of(end - 1) + 1):
        base = text.span(place)[0]
        words = text.passage(place).words
        low = bisect_right(words, start - base, key=_end)
        total += max(0, bisect_left(words, end - base, key=_start) - low)
    return total


def _unit_words(text: DocumentText, at: Selection, first: int, last: int) -> str:
    if at.unit == "document":
        return f"the whole document · {counted(len(text), 'passage')}"
    if at.unit == "passage":
        return f"passage {_range(first + 1, last + 1)} of {len(text):,}"
    if first != last:
        return f"passages {_range(first + 1, last + 1)}, by {at.unit}s"
    base = text.span(first)[0]
    units = units_of(text, at.unit, first)
    if at.unit == "clause":
        units = _of_its_sentences(text, at, first, units)
    low = bisect_right(units, at.start - base, key=_end) + 1
    high = bisect_left(units, at.end - base, key=_start)
    if high < low:
        return ""
    return f"{at.unit} {_range(low, high)} of {len(units)}"


def _of_its_sentences(
    text: DocumentText, at: Selection, place: int, clauses: Sequence[tuple[int, int]]
) -> Sequence[tuple[int, int]]:
    """Return the clauses of the sentences that the selection touches."""
    base = text.span(place)[0]
    sentences = text.passage(place).sentences
    low = bisect_right(sentences, at.start - base, key=_end)
    high = bisect_left(sentences, at.end - base, key=_start)
    if high <= low:
        return clauses
    begin, finish = sentences[low][0], sentences[high - 1][1]
    return [clause for clause in clauses if begin <= clause[0] < finish]


def _range(first: int, last: int) -> str:
    return f"{first:,}" if first == last else f"{first:,}-{last:,}"
