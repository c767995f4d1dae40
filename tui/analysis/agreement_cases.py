"""The places where two coders used a code: together, with other edges, or only one of them.

A case is what can be decided at once: the codings of one code by both coders that share units,
taken together. Only units that both have read belong to it. What counts as different follows the
unit: by sentence, two codings with different edges in one sentence are the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from tui.analysis.agreement_units import Ground
from tui.analysis.spans import Pair, intersect, unite

Kind = Literal["both", "first", "second", "edges"]
"""Who coded: both the same units, only one of them, or both with different edges."""
Span = tuple[int, int, int, int, int]
"""start, end, code, coder, id of a coding."""


@dataclass(frozen=True, slots=True)
class Case:
    """One place where one or both of two coders used a code."""

    document: int
    code: int
    kind: Kind
    start: int
    end: int
    """The units that either coded, as code points of the document, half-open."""
    units: Pair
    """The same as numbers of units."""
    first: tuple[Span, ...]
    """The codings of the first coder, whole."""
    second: tuple[Span, ...]
    """Those of the second."""

    @property
    def key(self) -> tuple[int, int, int]:
        """Where it stands in a list of one document."""
        return self.start, self.end, self.code


def find_cases(
    document: int, ground: Ground, spans: Iterable[Span], first: int, second: int
) -> list[Case]:
    """Return the cases of a document in the order of the text.

    Args:
        document: its id.
        ground: its units; the readers' bits are 1 for the first coder, 2 for the second.
        spans: its codings; those of others are left out.
        first: the first coder.
        second: the second coder.
    """
    shared = ground.shared(0b11)
    by_code: dict[int, list[tuple[Pair, Span]]] = {}
    for span in spans:
        if span[3] not in (first, second):
            continue
        run = ground.axis.run(span[0], span[1])
        inside = intersect([run], shared) if run[0] < run[1] else []
        if inside:
            by_code.setdefault(span[2], []).append(((inside[0][0], inside[-1][1]), span))
    cases = [
        _case(document, ground, group, shared, first)
        for found in by_code.values()
        for group in _groups(found)
    ]
    return sorted(cases, key=lambda case: case.key)


def _groups(found: list[tuple[Pair, Span]]) -> Iterator[list[tuple[Pair, Span]]]:
    """Yield the codings that share units, one with the next."""
    found.sort()
    group: list[tuple[Pair, Span]] = []
    reach = -1
    for each in found:
        if group and each[0][0] >= reach:
            yield group
            group = []
        reach = max(reach, each[0][1]) if group else each[0][1]
        group.append(each)
    if group:
        yield group


def _case(
    document: int,
    ground: Ground,
    group: Sequence[tuple[Pair, Span]],
    shared: Sequence[Pair],
    first: int,
) -> Case:
    mine = [(run, span) for run, span in group if span[3] == first]
    theirs = [(run, span) for run, span in group if span[3] != first]
    kind: Kind = "edges"
    if not theirs:
        kind = "first"
    elif not mine:
        kind = "second"
    elif _covered(mine, shared) == _covered(theirs, shared):
        kind = "both"
    low = min(run[0] for run, _ in group)
    high = max(run[1] for run, _ in group)
    start, end = ground.axis.span(low, high)
    return Case(
        document,
        group[0][1][2],
        kind,
        start,
        end,
        (low, high),
        tuple(span for _, span in mine),
        tuple(span for _, span in theirs),
    )


def _covered(group: Sequence[tuple[Pair, Span]], shared: Sequence[Pair]) -> list[Pair]:
    return intersect(unite(run for run, _ in group), shared)


@dataclass(slots=True)
class CaseCounts:
    """How many cases of each kind a code has, and which codes it is mixed up with."""

    kinds: Counter[Kind]
    mixed: Counter[int]
    """Another code → places where one coder gave this one only and the other that one only."""

    @property
    def apart(self) -> int:
        """How many cases are disagreements."""
        return self.kinds.total() - self.kinds["both"]


def count_cases(cases: Iterable[Case]) -> dict[int, CaseCounts]:
    """Return the counts of each code.

    Args:
        cases: of any documents; those of one document in their order.
    """
    found: dict[int, CaseCounts] = {}
    going: list[Case] = []
    document = -1
    for case in cases:
        counts = found.setdefault(case.code, CaseCounts(Counter(), Counter()))
        counts.kinds[case.kind] += 1
        if case.kind not in ("first", "second"):
            continue
        if case.document != document:
            document, going = case.document, []
        going = [other for other in going if other.units[1] > case.units[0]]
        for other in going:
            if other.kind != case.kind and other.code != case.code:
                counts.mixed[other.code] += 1
                found[other.code].mixed[case.code] += 1
        going.append(case)
    return found
