"""One alpha of all codes together: the set of codes that each coder gave a unit.

Krippendorff's alpha with the MASI distance (Passonneau): two sets are 1 - J M apart, J their
Jaccard coefficient, M 1 for equal sets, 2/3 where one holds the other, 1/3 where they share some,
0 where they share nothing. No code at all is a value, too: the empty set. Units that fewer than
two coders have read are dropped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations

from tui.analysis.agreement_units import Ground
from tui.analysis.spans import Pair


def masi(one: int, other: int) -> float:
    """Return how far apart two sets are, 0 to 1; bits stand for codes."""
    if one == other:
        return 0.0
    shared = one & other
    if not shared:
        return 1.0
    likeness = shared.bit_count() / (one | other).bit_count()
    return 1 - likeness * (2 / 3 if shared in (one, other) else 1 / 3)


class SetAlpha:
    """Adds up documents.

    Args:
        coders: how many are compared.
    """

    def __init__(self, coders: int) -> None:
        self._coders = coders
        self._values: Counter[int] = Counter()
        """How often each set was given."""
        self._apart = 0.0
        """Distances within units, each unit's mean over its other readers, added up."""
        self._bits: dict[int, int] = {}

    def add(self, ground: Ground, coded: Mapping[int, Mapping[int, Sequence[Pair]]]) -> None:
        """Count one document.

        Args:
            ground: its units, which are no whole documents.
            coded: code → place of the coder → united runs of units.
        """
        edges: list[tuple[int, int, int]] = []
        for code, by_coder in coded.items():
            bit = self._bits.setdefault(code, 1 << len(self._bits))
            for coder, runs in by_coder.items():
                for start, end in runs:
                    edges += ((start, coder, bit), (end, coder, bit))
        edges.sort()
        state = [0] * self._coders
        empty = sum((end - start) * who.bit_count() for start, end, who, _ in ground.readers)
        since = 0
        for at, coder, bit in edges:
            if at > since and any(state):
                empty -= self._count(ground, since, at, state)
            state[coder] ^= bit
            since = at
        self._values[0] += empty

    def _count(self, ground: Ground, start: int, end: int, state: Sequence[int]) -> int:
        """Count a run of units where nobody's set changes; return how many values it holds."""
        found = 0
        for low, high, who, _ in ground.read_between(start, end):
            sets = [each for at, each in enumerate(state) if who >> at & 1]
            size = high - low
            for each in sets:
                self._values[each] += size
            apart = sum(masi(one, other) for one, other in combinations(sets, 2))
            self._apart += size * 2 * apart / (len(sets) - 1)
            found += size * len(sets)
        return found

    @property
    def alpha(self) -> float | None:
        """Alpha of everything that was added; None where nothing varies."""
        total = self._values.total()
        expected = sum(
            2 * times * more * masi(one, other)
            for (one, times), (other, more) in combinations(self._values.items(), 2)
        )
        return 1 - self._apart * (total - 1) / expected if expected else None
