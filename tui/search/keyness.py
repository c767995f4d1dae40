"""Which words set coded passages apart from the rest, and how much of them another passage has.

*Keyness* of a word is the log-likelihood ratio G² of a two-by-two table: passages with and without
the word, in the coded part and in the rest (T. Dunning, "Accurate Methods for the Statistics of
Surprise and Coincidence", Computational Linguistics 19(1), 1993, pp. 61-74; used to compare
corpora by P. Rayson and R. Garside, "Comparing Corpora using Frequency Profiling", 2000). Words
that are everywhere come out near zero, so no list of stop words is needed.

A word's *weight* is the root of its G², which grows like the number of standard deviations from
what chance would give. A passage's *score* is the share of all weights that its words have,
so 1 at most, divided by the pivoted length of a passage that is longer than the average (A.
Singhal, C. Buckley, M. Mitra, "Pivoted Document Length Normalization", SIGIR 1996), so that long
passages do not win by being long; short ones are not raised, or headings would come first.
"""

from __future__ import annotations

from math import log

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Key = tuple[str, float, int, int]
"""A word as the index holds it, its G², coded passages and other passages that have it."""

LEAST = 3.84
"""Words below this G² are left out: chance alone does as much for one word in twenty."""
MOST = 40
"""So many words are compared: the weightiest."""
COMMON = 5
"""A word that more than one in so many of the other passages has ties nothing."""
_SLOPE = 0.5
_OFTEN_FROM = 5
_OFTEN = 2


def keyness(inside: int, coded: int, outside: int, rest: int) -> float:
    """Return G² of a word, 0 when it is no more common in the coded part than in the rest.

    Args:
        inside: coded passages that have the word.
        coded: all coded passages, one or more.
        outside: other passages that have the word.
        rest: all other passages.
    """
    if rest <= 0 or inside * rest <= outside * coded:
        return 0.0
    total, having = coded + rest, inside + outside
    table = (
        (inside, coded, having),
        (coded - inside, coded, total - having),
        (outside, rest, having),
        (rest - outside, rest, total - having),
    )
    # What is expected is row times column over all; nothing observed adds nothing.
    return 2 * sum(
        seen * log(seen * total / (row * column)) for seen, row, column in table if seen > 0
    )


def fewest(coded: int) -> int:
    """Return how many coded passages must have a word: one of many says little of the code."""
    return _OFTEN if coded >= _OFTEN_FROM else 1


def key_words(
    counts: Iterable[tuple[str, int, int]], coded: int, rest: int, most: int = MOST
) -> list[Key]:
    """Return the words that set the coded passages apart, the weightiest first.

    Args:
        counts: each word with the coded passages and the other passages that have it.
        coded: all coded passages.
        rest: all other passages.
        most: so many words at most.
    """
    least = fewest(coded)
    found = []
    for word, inside, outside in counts:
        # A word that no other passage has ties none.
        if inside < least or not 0 < outside * COMMON <= rest:
            continue
        value = keyness(inside, coded, outside, rest)
        if value >= LEAST:
            found.append((word, value, inside, outside))
    found.sort(key=lambda key: (-key[1], key[0]))
    return found[:most]


def weight(key: Key) -> float:
    """Return what a word counts."""
    return float(key[1] ** 0.5)


def score(shared: Sequence[float], total: float, length: float, average: float) -> float:
    """Return how much a passage resembles, 0 to 1: 0 when it shares no word.

    Args:
        shared: the weights of the words it shares.
        total: the sum of all weights.
        length: of the passage, in code points.
        average: the length of a passage of the project.
    """
    if not total:
        return 0.0
    return sum(sorted(shared)) / total / pivot(length, average)


def pivot(length: float, average: float) -> float:
    """Return what the share of a passage is divided by: 1 up to the average length, then more."""
    return 1 + _SLOPE * max(length / average - 1, 0) if average else 1.0
