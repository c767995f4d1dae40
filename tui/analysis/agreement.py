"""How far coders agree: two-by-two tables and what is computed from them.

For one code, every unit of the text that is compared (a character, a sentence, a paragraph, a
document) is coded or not by each coder; each coder's spans are united first. Of two coders, n11
units are coded by both, n10 and n01 by one only, n00 by neither; N is their sum.

* percent: 100 (n11 + n00) / N.
* kappa (Cohen): (Po - Pe) / (1 - Pe), Pe from how much each coder coded. Where both coded all or
  nothing it is 0/0. NVivo calls that complete agreement, 1: here it is 1 without variation, said
  so wherever it is printed, and left out of every mean.
* alpha (Krippendorff, nominal): 1 - Do / De for two coders or more; a unit counts with the coders
  who have read it, if they are two at least. Undefined where nothing varies.
* AC1 (Gwet, two coders): chance is 2q (1 - q), q the mean share coded.
* Holsti: 2M / (N1 + N2), M the units that both coded; composite reliability of n coders
  R = nK / (1 + (n - 1) K), K the mean of Holsti over their pairs.

Of more than two coders, percent, kappa, AC1 and Holsti are means over the pairs, each pair on
what both have read (kappa then is Light's).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

MEASURES: Final = ("percent", "kappa", "alpha", "ac1", "holsti", "reliability")
"""What an agreement is measured by, in the order of its columns."""


@dataclass(frozen=True, slots=True)
class TwoByTwo:
    """How many units two coders coded, and which of them."""

    both: int = 0
    """n11"""
    one: int = 0
    """n10: coded by the first only."""
    other: int = 0
    """n01: coded by the second only."""
    neither: int = 0
    """n00"""

    def __add__(self, more: TwoByTwo) -> TwoByTwo:
        return TwoByTwo(
            self.both + more.both,
            self.one + more.one,
            self.other + more.other,
            self.neither + more.neither,
        )

    @property
    def total(self) -> int:
        """N, the units that both have read."""
        return self.both + self.one + self.other + self.neither

    @property
    def percent(self) -> float | None:
        """Units on which both agree, of a hundred; None where there are no units."""
        return 100 * (self.both + self.neither) / self.total if self.total else None

    @property
    def varies(self) -> bool:
        """Whether kappa is defined: not so where both coded every unit, or both none."""
        return bool(self.one or self.other or (self.both and self.neither))

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa; None where nothing varies."""
        if not self.varies:
            return None
        first, second, total = self.both + self.one, self.both + self.other, self.total
        # Po and Pe times N squared: whole numbers, so that nothing is lost before the division.
        observed = total * (self.both + self.neither)
        chance = first * second + (total - first) * (total - second)
        return (observed - chance) / (total * total - chance)

    @property
    def ac1(self) -> float | None:
        """Gwet's AC1; None where there are no units."""
        if not self.total:
            return None
        share = (2 * self.both + self.one + self.other) / (2 * self.total)
        chance = 2 * share * (1 - share)
        return ((self.both + self.neither) / self.total - chance) / (1 - chance)

    @property
    def holsti(self) -> float | None:
        """Holsti's coefficient of what was coded; None where nothing was."""
        coded = 2 * self.both + self.one + self.other
        return 2 * self.both / coded if coded else None


@dataclass(frozen=True, slots=True)
class Spread:
    """What alpha is computed from: the values that coders gave to units, added up."""

    values: int = 0
    """n: one for each unit and each coder who has read it; units with a single reader are out."""
    marked: int = 0
    """n1: those values that say coded."""
    split: float = 0.0
    """The sum over units of 2 s (m - s) / (m - 1): s of its m readers coded it."""

    def __add__(self, more: Spread) -> Spread:
        return Spread(self.values + more.values, self.marked + more.marked, self.split + more.split)

    @property
    def alpha(self) -> float | None:
        """Krippendorff's nominal alpha; None where nothing varies."""
        apart = 2 * self.marked * (self.values - self.marked)
        return 1 - self.split * (self.values - 1) / apart if apart else None


def spread_of(table: TwoByTwo) -> Spread:
    """Return what alpha of two coders is computed from."""
    return Spread(
        2 * table.total,
        2 * table.both + table.one + table.other,
        2.0 * (table.one + table.other),
    )


@dataclass(frozen=True, slots=True)
class Agreed:
    """How coders agreed about one code, or about several added up."""

    pairs: tuple[TwoByTwo, ...]
    """One table for each pair of coders: of a, b, c: (a, b), (a, c), (b, c)."""
    spread: Spread

    def __add__(self, more: Agreed) -> Agreed:
        pairs = zip(self.pairs, more.pairs, strict=True)
        return Agreed(tuple(one + other for one, other in pairs), self.spread + more.spread)

    @property
    def used(self) -> bool:
        """Whether any coder coded any unit."""
        return self.spread.marked > 0

    @property
    def varies(self) -> bool:
        """Whether kappa of at least one pair is defined."""
        return any(pair.varies for pair in self.pairs)

    @property
    def percent(self) -> float | None:
        """Percent agreement, the mean of the pairs."""
        return _mean(pair.percent for pair in self.pairs)

    @property
    def kappa(self) -> float | None:
        """Kappa, the mean of the pairs where it is defined."""
        return _mean(pair.kappa for pair in self.pairs)

    @property
    def alpha(self) -> float | None:
        """Krippendorff's nominal alpha of all coders."""
        return self.spread.alpha

    @property
    def ac1(self) -> float | None:
        """Gwet's AC1, the mean of the pairs."""
        return _mean(pair.ac1 for pair in self.pairs)

    @property
    def holsti(self) -> float | None:
        """Holsti's coefficient, the mean of the pairs: K of the composite reliability."""
        return _mean(pair.holsti for pair in self.pairs)

    @property
    def reliability(self) -> float | None:
        """The composite reliability R of all coders."""
        holsti = self.holsti
        if holsti is None:
            return None
        coders = round((1 + (1 + 8 * len(self.pairs)) ** 0.5) / 2)
        return composite(holsti, coders)

    def measures(self) -> dict[str, float | None]:
        """Return every measure by its name, as ``MEASURES`` lists them."""
        return {name: getattr(self, name) for name in MEASURES}


def between(table: TwoByTwo) -> Agreed:
    """Return the agreement of two coders from their table."""
    return Agreed((table,), spread_of(table))


def holsti(agreed: int, first: int, second: int) -> float | None:
    """Return 2M / (N1 + N2); None where neither decided anything."""
    return 2 * agreed / (first + second) if first + second else None


def composite(mean: float, coders: int) -> float:
    """Return the composite reliability R = nK / (1 + (n - 1) K) of n coders."""
    return coders * mean / (1 + (coders - 1) * mean)


@dataclass(frozen=True, slots=True)
class Overall:
    """Three ways to make one value of many tables. They differ, so each goes by its name."""

    mean: dict[str, float | None]
    """The unweighted mean over the cells (code and document) that vary."""
    weighted: dict[str, float | None]
    """The mean over the same cells, each weighted by its units."""
    pooled: Agreed
    """All tables added up: one two-by-two of everything, cells without variation too."""
    cells: int
    """How many cells the means are over."""


def overall(cells: Sequence[Agreed]) -> Overall:
    """Return one value for many cells, in three ways.

    Args:
        cells: for each code and document, the agreement there; at least one.
    """
    pooled = cells[0]
    for cell in cells[1:]:
        pooled += cell
    varying = [cell for cell in cells if cell.varies]
    rows = [(cell.spread.values, cell.measures()) for cell in varying]
    mean = {name: _mean(row[name] for _, row in rows) for name in MEASURES}
    weighted = {name: _weighted((weight, row[name]) for weight, row in rows) for name in MEASURES}
    return Overall(mean, weighted, pooled, len(varying))


def _mean(values: Iterable[float | None]) -> float | None:
    """Return the mean of the values that are defined."""
    return _weighted((1, value) for value in values)


def _weighted(values: Iterable[tuple[int, float | None]]) -> float | None:
    weights, total = 0, 0.0
    for weight, value in values:
        if value is not None:
            weights += weight
            total += weight * value
    return total / weights if weights else None
