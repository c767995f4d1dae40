"""How the joints of a query are decided: by sets where the index knows, on the text elsewhere.

Each joint says which texts hold (:meth:`rows`), and of one text, what made it hold
(:meth:`ways`): each way is a list of needs, each need a weight and the places that satisfy it.
A way without needs holds for a reason that has no place, such as a filter or a NOT.
"""

from __future__ import annotations

from itertools import islice

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Protocol

    from tui.search.rank import Term
    from tui.search.worlds import Reading, World

    class Joint(Protocol):
        """What every part of a planned query can say."""

        def upper(self) -> str:
            """Return a full-text expression that all that hold fit; ``*`` all, empty none."""

        def exact(self) -> bool:
            """Tell whether all that fit :meth:`upper` hold."""

        def reads(self) -> bool:
            """Tell whether texts must be read to know which hold."""

        def rows(self, asked: Asked, within: set[int] | None) -> set[int]:
            """Return the texts that hold, of some (None: of all)."""

        def ways(self, reading: Reading) -> list[Way]:
            """Return the ways in which a text holds; none when it does not."""

        def spots(self, reading: Reading) -> list[Spot]:
            """Return every place that counts in a text."""

        def leaves(self) -> list[Leaf]:
            """Return the parts that are looked for in texts."""


Spot = tuple[int, int, float, tuple[tuple[int, int], ...]]
"""Start and end (half-open, in the text), likeness, and the words to be marked there."""
Need = tuple[float, list[Spot]]
Way = list[Need]

MOST_WAYS = 32
"""So many ways are weighed for the span of a hit; whether a text holds does not depend on it."""
_AT_ONCE = 200


class Asked:
    """Where a query is asked.

    Args:
        world: the texts.
        breathe: called now and then; what it raises ends the search.
        root: the whole of what must hold.
        most: when the root is decided by reading, stop after so many; None for all.
    """

    __slots__ = ("_most", "_root", "breathe", "world")

    def __init__(
        self, world: World, breathe: Callable[[], None], root: Joint, most: int | None = None
    ) -> None:
        self.world = world
        self.breathe = breathe
        self._root = root
        self._most = most

    def matching(self, expression: str, within: set[int] | None) -> set[int]:
        """Return the texts that fit a full-text expression."""
        if not expression:
            return set()
        if expression == "*":
            return set(self.world.everything() if within is None else within)
        found = set(self.world.match(expression))
        self.breathe()
        return found if within is None else found & within

    def proven(self, asker: Joint, joints: Sequence[Joint], ids: set[int]) -> set[int]:
        """Return the texts in which each of some joints holds, by reading them.

        Args:
            asker: who asks; the root may be content with some.
            joints: all must hold.
            ids: the texts to be read.
        """
        from tui.search.worlds import Reading  # noqa: PLC0415 - loaded before

        leaves = [leaf for joint in joints for leaf in joint.leaves()]
        kept: set[int] = set()
        texts = self.world.texts(sorted(ids))
        enough = self._most if asker is self._root else None
        while some := list(islice(texts, _AT_ONCE)):
            self.breathe()
            for leaf in leaves:
                leaf.prepare([text for _, text, _ in some])
            for row, text, packed in some:
                reading = Reading(row, text, packed)
                if all(joint.ways(reading) for joint in joints):
                    kept.add(row)
            if enough is not None and len(kept) >= enough:
                break
        return kept


class Leaf:
    """A word, a phrase or an expression.

    Args:
        term: what it reaches.
        weight: how much it counts in the order of hits.
        indexed: the index knows the texts.
    """

    def __init__(self, term: Term, weight: float, indexed: bool) -> None:
        self.term = term
        self.weight = weight
        self._exact = indexed and not term.must_check()

    def upper(self) -> str:
        """Return the full-text expression."""
        return self.term.expression()

    def exact(self) -> bool:
        """Tell whether the index decides."""
        return self._exact or not self.upper()

    def reads(self) -> bool:
        """Tell whether texts must be read."""
        return not self.exact()

    def rows(self, asked: Asked, within: set[int] | None) -> set[int]:
        """Return the texts that hold it."""
        found = asked.matching(self.upper(), within)
        return found if self.exact() else asked.proven(self, [self], found)

    def prepare(self, texts: list[str]) -> None:
        """Match in one go what takes a process of its own."""
        prepare = getattr(self.term, "prepare", None)
        if prepare is not None:
            prepare(texts)

    def spots(self, reading: Reading) -> list[Spot]:
        """Return where it stands."""
        found = reading.places.get(self)
        if found is None:
            found = reading.places[self] = self.term.places(reading.text)
        return [(start, end, likeness, ((start, end),)) for start, end, likeness in found]

    def ways(self, reading: Reading) -> list[Way]:
        """Return one way: wherever it stands as it was typed, or as near to that as it does."""
        spots = self.spots(reading)
        return [[(self.weight, strongest(spots))]] if spots else []

    def leaves(self) -> list[Leaf]:
        """Return itself."""
        return [self]


class Condition:
    """A filter, or its opposite."""

    def __init__(self, ids: set[int], negated: bool) -> None:
        self._ids = ids
        self._negated = negated

    def upper(self) -> str:
        """Return that the index knows nothing of it."""
        return "*"

    def exact(self) -> bool:
        """Tell that the index does not decide."""
        return False

    def reads(self) -> bool:
        """Tell that no text must be read."""
        return False

    def rows(self, asked: Asked, within: set[int] | None) -> set[int]:
        """Return the texts it leaves."""
        among = asked.world.everything() if within is None else within
        return among - self._ids if self._negated else among & self._ids

    def ways(self, reading: Reading) -> list[Way]:
        """Return one way without a place."""
        return [[]] if (reading.row in self._ids) != self._negated else []

    def spots(self, reading: Reading) -> list[Spot]:
        """Return none."""
        return []

    def leaves(self) -> list[Leaf]:
        """Return none."""
        return []


class Without:
    """The part does not hold."""

    def __init__(self, part: Joint) -> None:
        self.part = part

    def upper(self) -> str:
        """Return that the index alone does not narrow it."""
        return "*"

    def exact(self) -> bool:
        """Tell that the index alone does not decide."""
        return False

    def reads(self) -> bool:
        """Tell whether texts must be read."""
        return self.part.reads()

    def rows(self, asked: Asked, within: set[int] | None) -> set[int]:
        """Return the complement."""
        among = asked.world.everything() if within is None else within
        return among - self.part.rows(asked, within)

    def ways(self, reading: Reading) -> list[Way]:
        """Return one way without a place."""
        return [] if self.part.ways(reading) else [[]]

    def spots(self, reading: Reading) -> list[Spot]:
        """Return none: what is not there has no place."""
        return []

    def leaves(self) -> list[Leaf]:
        """Return what is looked for, to show that it is not there."""
        return self.part.leaves()


class Both:
    """Every part holds; without parts, always."""

    def __init__(self, parts: list[Joint]) -> None:
        self.parts = parts

    def upper(self) -> str:
        """Return the expressions of all parts, joined."""
        found = [part.upper() for part in self.parts]
        if not all(found):
            return ""
        narrowing = list(dict.fromkeys([expression for expression in found if expression != "*"]))
        if not narrowing:
            return "*"
        return narrowing[0] if len(narrowing) == 1 else "(" + " AND ".join(narrowing) + ")"

    def exact(self) -> bool:
        """Tell whether the index decides every part."""
        return bool(self.parts) and all(part.exact() for part in self.parts)

    def reads(self) -> bool:
        """Tell whether texts must be read."""
        return any(part.reads() for part in self.parts)

    def rows(self, asked: Asked, within: set[int] | None) -> set[int]:
        """Return the texts in which every part holds; texts are read last, and once."""
        upper = self.upper()
        rest = [part for part in self.parts if not part.exact()]
        if upper not in ("", "*") and asked.world.indexed:
            # The index leaves out what it knows best itself.
            left_out = [p for p in rest if isinstance(p, Without) and p.part.exact()]
            rest = [part for part in rest if part not in left_out]
            without = [expression for p in left_out if (expression := p.part.upper())]
            if without:
                upper = f"({upper} NOT ({' OR '.join(without)}))"
        found = within
        if upper != "*":
            found = asked.matching(upper, within)
        # What takes most away stands last: it needs to know of what.
        for part in sorted(rest, key=lambda part: isinstance(part, Without)):
            if not part.reads():
                found = part.rows(asked, found)
        read = [part for part in rest if part.reads()]
        if len(read) == 1 and isinstance(read[0], (Either, Without)):
            return read[0].rows(asked, found)
        if found is None:
            found = set(asked.world.everything())
        return asked.proven(self, read, found) if read and found else found

    def ways(self, reading: Reading) -> list[Way]:
        """Return the ways of the parts, each with each."""
        made: list[Way] = [[]]
        for part in self.parts:
            ways = part.ways(reading)
            if not ways:
                return []
            made = [one + two for one in made for two in ways][:MOST_WAYS]
        return made

    def spots(self, reading: Reading) -> list[Spot]:
        """Return the places of all parts."""
        return [spot for part in self.parts for spot in part.spots(reading)]

    def leaves(self) -> list[Leaf]:
        """Return those of all parts."""
        return [leaf for part in self.parts for leaf in part.leaves()]


class Either:
    """Some part holds; without parts, never."""

    def __init__(self, parts: list[Joint]) -> None:
        self.parts = parts

    def upper(self) -> str:
        """Return the expressions of the parts that can hold."""
        found = list(dict.fromkeys([upper for part in self.parts if (upper := part.upper())]))
        if "*" in found:
            return "*"
        return found[0] if len(found) == 1 else "(" + " OR ".join(found) + ")" if found else ""

    def exact(self) -> bool:
        """Tell whether the index decides every part."""
        return all(part.exact() for part in self.parts)

    def reads(self) -> bool:
        """Tell whether texts must be read."""
        return any(part.reads() for part in self.parts)

    def rows(self, asked: Asked, within: set[int] | None) -> set[int]:
        """Return the texts in which some part holds."""
        exact = Either([part for part in self.parts if part.exact()])
        found = asked.matching(exact.upper(), within) if exact.parts else set()
        for part in self.parts:
            if not part.exact():
                rest = within - found if within is not None else None
                found |= part.rows(asked, rest)
        return found

    def ways(self, reading: Reading) -> list[Way]:
        """Return the ways of the parts; those with one need are one."""
        single: list[Need] = []
        made: list[Way] = []
        for part in self.parts:
            for way in part.ways(reading):
                if len(way) == 1:
                    single.append(way[0])
                else:
                    made.append(way)
        if single:
            spots = [spot for _, spots in single for spot in spots]
            made.insert(0, [(max(weight for weight, _ in single), spots)])
        return made[:MOST_WAYS]

    def spots(self, reading: Reading) -> list[Spot]:
        """Return the places of all parts that hold."""
        return [s for part in self.parts if part.ways(reading) for s in part.spots(reading)]

    def leaves(self) -> list[Leaf]:
        """Return those of all parts."""
        return [leaf for part in self.parts for leaf in part.leaves()]


def narrowest(needs: Sequence[list[Spot]]) -> tuple[int, int, list[Spot]]:
    """Return the shortest stretch that holds a place of each need, and the places in it."""
    listed = sorted((spot, at) for at, spots in enumerate(needs) for spot in spots)
    counts = [0] * len(needs)
    missing, left = len(needs), 0
    best: tuple[int, int, int, int] | None = None
    for right, (_, at) in enumerate(listed):
        missing -= not counts[at]
        counts[at] += 1
        while counts[listed[left][1]] > 1:
            counts[listed[left][1]] -= 1
            left += 1
        if not missing:
            end = max(spot[1] for spot, _ in listed[left : right + 1])
            size = end - listed[left][0][0]
            if best is None or size < best[0]:
                best = (size, end, left, right)
    assert best is not None
    _, end, left, right = best
    return listed[left][0][0], end, [spot for spot, _ in listed[left : right + 1]]


def strongest(spots: list[Spot]) -> list[Spot]:
    """Return the places that are most like what was typed: only they decide where a match is."""
    best = max(spot[2] for spot in spots)
    return [spot for spot in spots if spot[2] == best]


def marks_of(spots: Iterable[Spot], start: int, end: int) -> list[tuple[int, int]]:
    """Return the words to be marked inside a stretch, in order, overlapping ones joined."""
    inside = sorted({mark for s in spots for mark in s[3] if start <= mark[0] and mark[1] <= end})
    joined: list[tuple[int, int]] = []
    for first, last in inside:
        if joined and first < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined
