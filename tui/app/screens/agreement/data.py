"""What the page of agreement shows: counted for two coders, in one document or in all."""

from __future__ import annotations

import sqlite3
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from tui.analysis.agreement import Agreed
from tui.analysis.agreement_cases import Case, CaseCounts, Span, count_cases, find_cases
from tui.analysis.agreement_units import Ground, Read, Unit
from tui.analysis.bootstrap import Interval
from tui.analysis.comparison import Comparison
from tui.model.code import Code
from tui.store.compared import read_compared

Pair = tuple[int, int]
"""Two coders."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is compared."""

    coders: Pair
    unit: Unit
    documents: tuple[int, ...]


class SpansAt:
    """The codings of a document, found by place.

    Args:
        spans: ordered by start.
    """

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = spans
        self._starts = [span[0] for span in spans]
        self._reach = list(accumulate((span[1] for span in spans), max))

    def touching(self, start: int, end: int) -> list[Span]:
        """Return the codings that share a character with a span."""
        low = bisect_right(self._reach, start)
        high = bisect_left(self._starts, end)
        return [span for span in self._spans[low:high] if span[1] > start]


@dataclass(slots=True)
class Table:
    """One row of the table: a code that one of the two used."""

    code: Code
    counts: CaseCounts
    agreed: Agreed
    segments: int
    interval: Interval | None = None


@dataclass(slots=True)
class Compared:
    """All that was found."""

    asked: Asked
    comparison: Comparison
    cases: list[Case] = field(default_factory=list)
    """In the order of documents and text, those where both agree too."""
    rows: list[Table] = field(default_factory=list)
    """In tree order."""
    pooled: Agreed | None = None
    """All codes added up; None where nothing was compared."""
    interval: Interval | None = None
    """Of alpha, pooled."""
    has_intervals: bool = False
    spans: dict[int, SpansAt] = field(default_factory=dict)
    """By document."""


def compare(
    db: sqlite3.Connection,
    asked: Asked,
    codes: Sequence[Code],
    going: Callable[[], bool] = lambda: True,
) -> Compared | None:
    """Count what two coders agree on.

    Args:
        db: the project.
        asked: what is compared.
        codes: the codes that count, in tree order.
        going: asked before each document; ends the count when false.
    """
    comparison = Comparison(asked.coders, asked.unit, {code.id: [code.id] for code in codes})
    found = Compared(asked, comparison)
    known = {code.id for code in codes}
    for document in asked.documents:
        if not going():
            return None
        read = read_compared(db, document, asked.coders, sentences=asked.unit == "sentences")
        passages = [Read(*passage) for passage in read.passages]
        comparison.add(document, passages, read.spans)
        ground = Ground(passages, asked.unit)
        cases = find_cases(document, ground, read.spans, *asked.coders)
        found.cases.extend(case for case in cases if case.code in known)
        found.spans[document] = SpansAt(read.spans)
    counts = count_cases(found.cases)
    found.rows = [
        Table(
            code,
            counts[code.id],
            comparison.of_code(code.id),
            comparison.segments[code.id],
        )
        for code in codes
        if code.id in counts
    ]
    for row in found.rows:
        found.pooled = row.agreed if found.pooled is None else found.pooled + row.agreed
    return found


def add_intervals(found: Compared, going: Callable[[], bool] = lambda: True) -> bool:
    """Draw the intervals of all rows and of everything; tell whether it came to the end.

    Args:
        found: what was counted.
        going: asked before each code.
    """
    for row in found.rows:
        if not going():
            return False
        row.interval = found.comparison.interval([row.code.id])
    if found.rows:
        found.interval = found.comparison.interval([row.code.id for row in found.rows])
    found.has_intervals = True
    return True
