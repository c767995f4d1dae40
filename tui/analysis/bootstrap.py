"""A 95 % interval of alpha: passages drawn again and again, with replacement.

Characters and sentences of one passage are coded together, so they are no independent draws:
whole passages are drawn (documents, where the unit is the document), as many as there are, and
alpha is computed of each draw; the interval goes from the 2.5th to the 97.5th percentile. All
codes have the same draws, and the seed is fixed and printed: the same study gives the same
interval. Below ten passages nothing is said, nor where more than one draw in twenty has no
variation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter, mul
from random import Random
from typing import Final

from tui.analysis.agreement import Spread

DRAWS: Final = 1000
SEED: Final = 1
FEWEST: Final = 10
"""Passages below which no interval is given."""
_UNDEFINED: Final = 0.05

Parts = Mapping[int, tuple[float, int]]
"""Place of a passage → (split, marked) there, of one code; see ``agreement.Spread``."""
Interval = tuple[float, float]


class Bootstrap:
    """Draws of passages, the same for every code.

    Args:
        values: how many values each passage gives, in order; only passages that are compared.
        draws: how often to draw.
        seed: where the random numbers start.
    """

    def __init__(self, values: Sequence[int], draws: int = DRAWS, seed: int = SEED) -> None:
        self.refused = len(values) < FEWEST or draws < 1
        self._weights: list[list[int]] = []
        self._values: list[int] = []
        if self.refused:
            return
        random = Random(seed)  # no secret: it must be the same every time
        places = range(len(values))
        for _ in range(draws):
            weights = [0] * len(values)
            for place in random.choices(places, k=len(values)):
                weights[place] += 1
            self._weights.append(weights)
            self._values.append(sum(map(mul, weights, values)))

    def draws(self, parts: Parts) -> list[Spread]:
        """Return what alpha is computed from, in every draw.

        Args:
            parts: the passages where anybody used the code.
        """
        if self.refused:
            return []
        places = sorted(parts)
        if not places:
            return [Spread(values, 0, 0.0) for values in self._values]
        split, marked = zip(*(parts[place] for place in places), strict=True)
        pick = itemgetter(*places, places[0])  # twice the first: one place alone gives no tuple
        found = []
        for weights, values in zip(self._weights, self._values, strict=True):
            drawn = pick(weights)
            found.append(Spread(values, sum(map(mul, drawn, marked)), sum(map(mul, drawn, split))))
        return found


def interval(draws: Sequence[Spread]) -> Interval | None:
    """Return the 2.5th and the 97.5th percentile of alpha; None where too few are defined."""
    alphas = sorted(alpha for draw in draws if (alpha := draw.alpha) is not None)
    if not alphas or len(alphas) < (1 - _UNDEFINED) * len(draws):
        return None
    return _percentile(alphas, 0.025), _percentile(alphas, 0.975)


def added(draws: Iterable[Sequence[Spread]]) -> list[Spread]:
    """Return the draws of several codes added up: those of the pooled table."""
    total: list[Spread] = []
    for each in draws:
        total = list(map(Spread.__add__, total, each)) if total else list(each)
    return total


def _percentile(ordered: Sequence[float], share: float) -> float:
    """Return a percentile, between two values where it falls between them."""
    at = share * (len(ordered) - 1)
    low = int(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (at - low) * (ordered[high] - ordered[low])
