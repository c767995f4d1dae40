"""Parts of a query that must stand close to each other: some words apart, or in one unit."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from tui.search.joints import Both, narrowest, strongest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tui.search.joints import Asked, Joint, Spot, Way
    from tui.search.worlds import Reading


class _Tied(Both):
    """Parts that stand in one text, and close to each other; what is close is said by others."""

    def exact(self) -> bool:
        """Tell that the index does not decide."""
        return False

    def reads(self) -> bool:
        """Tell that the texts must be read."""
        return True

    def rows(self, asked: Asked, within: set[int] | None) -> set[int]:
        """Return the texts in which the parts stand so."""
        found = asked.matching(self.upper(), within)
        return asked.proven(self, [self], found) if found else found

    def ways(self, reading: Reading) -> list[Way]:
        """Return one way: each place where the parts stand so."""
        spots = self.spots(reading)
        weight = max([leaf.weight for leaf in self.leaves()], default=1.0)
        return [[(weight, strongest(spots))]] if spots else []


class Close(_Tied):
    """Two parts with at most some words between them, in either order; never the same words."""

    def __init__(self, left: Joint, right: Joint, words: int) -> None:
        super().__init__([left, right])
        self._words = words

    def spots(self, reading: Reading) -> list[Spot]:
        """Return the near pairs: for each place of one side, the nearest of the other."""
        left, right = (part.spots(reading) for part in self.parts)
        if not left or not right:
            return []
        starts, ends = reading.units()
        places = sorted([_place(spot, starts, ends) for spot in right])
        by_end = sorted(places, key=lambda place: place[1])
        firsts = [place[0] for place in places]
        lasts = [place[1] for place in by_end]
        found: list[Spot] = []
        for spot in left:
            first, last, _ = _place(spot, starts, ends)
            after, before = bisect_right(firsts, last), bisect_left(lasts, first) - 1
            if after < len(firsts) and firsts[after] - last - 1 <= self._words:
                found.append(_pair(spot, places[after][2]))
            if before >= 0 and first - lasts[before] - 1 <= self._words:
                found.append(_pair(by_end[before][2], spot))
        return found


class Together(_Tied):
    """All parts in one sentence or paragraph; two parts may be the same word there."""

    def __init__(self, parts: list[Joint], unit: str) -> None:
        super().__init__(parts)
        self._unit = unit

    def spots(self, reading: Reading) -> list[Spot]:
        """Return, for each sentence (or paragraph) that holds all, the least that does."""
        found: list[Spot] = []
        listed = [part.spots(reading) for part in self.parts]
        if not all(listed):
            return []
        regions = reading.sentences() if self._unit == "SENTENCE" else reading.paragraphs()
        for start, end in regions:
            inside = [
                [spot for spot in spots if start <= spot[0] and spot[1] <= end] for spots in listed
            ]
            if all(inside):
                first, last, least = narrowest([strongest(spots) for spots in inside])
                marks = {mark for spot in least for mark in spot[3]}
                likeness = min(max(spot[2] for spot in spots) for spots in inside)
                found.append((first, last, likeness, tuple(sorted(marks))))
        return found


def _place(spot: Spot, starts: list[int], ends: list[int]) -> tuple[int, int, Spot]:
    """Return the first and the last of the text's words that a place touches."""
    return bisect_right(ends, spot[0]), bisect_left(starts, spot[1]) - 1, spot


def _pair(one: Spot, two: Spot) -> Spot:
    """Return the stretch from one place to the next."""
    likeness = min(one[2], two[2])
    return min(one[0], two[0]), max(one[1], two[1]), likeness, (*one[3], *two[3])
