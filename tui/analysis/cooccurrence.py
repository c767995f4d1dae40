"""Which codes stand together: overlapping segments, or the same passages.

* ``overlap``: n12 is the number of pairs of segments, one of each code, of the same document and
  the same coder, that share at least one character. n1 and n2 are the segments of each code. The
  coefficient is c = n12 / (n1 + n2 - n12), as ATLAS.ti defines it: 5 / (100 + 10 - 5) = 0.048.
  A segment may overlap several of the other code, so c can pass 1, and where n1 + n2 - n12 is not
  positive it is undefined: not a number, never 0.
* ``passage``: n1, n2 and n12 are passages that hold the one code, the other, both; c is then the
  Jaccard coefficient, between 0 and 1.

Codes are taken as they were given: a code's segments do not count for the codes above it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import combinations

Span = tuple[int, int, int, int]
"""start, end, code, coder."""
Pair = tuple[int, int]
"""Two codes, the smaller id first."""


@dataclass(slots=True)
class Together:
    """How often codes stand together."""

    alone: Counter[int] = field(default_factory=Counter)
    """n1: segments, or passages, of each code."""
    pairs: Counter[Pair] = field(default_factory=Counter)
    """n12 of each pair of different codes that occurs."""
    documents: Counter[Pair] = field(default_factory=Counter)
    """In how many documents each pair occurs."""

    def count(self, one: int, other: int) -> int:
        """Return n12."""
        return self.pairs.get((min(one, other), max(one, other)), 0)

    def coefficient(self, one: int, other: int) -> float | None:
        """Return c; None where it is undefined."""
        return coefficient(self.alone[one], self.alone[other], self.count(one, other))


def coefficient(first: int, second: int, both: int) -> float | None:
    """Return n12 / (n1 + n2 - n12); None where that divides by nothing or less."""
    rest = first + second - both
    return both / rest if rest > 0 else None


def overlapping(spans: Iterable[Span]) -> Iterable[tuple[Span, Span]]:
    """Yield the pairs of spans of one document, one coder, two codes that share a character.

    A sweep: each span is held only against those that have not ended where it starts.

    Args:
        spans: ordered by start; half-open, not empty.
    """
    # What has not ended yet, by coder: (end, number) finds what has.
    going: dict[int, list[tuple[int, int]]] = {}
    held: dict[int, dict[int, Span]] = {}
    for number, span in enumerate(spans):
        start, end, code, coder = span
        ends, open_now = going.setdefault(coder, []), held.setdefault(coder, {})
        while ends and ends[0][0] <= start:
            del open_now[heappop(ends)[1]]
        for other in open_now.values():
            if other[2] != code:
                yield other, span
        heappush(ends, (end, number))
        open_now[number] = span


def add_overlaps(found: Together, spans: Sequence[Span]) -> None:
    """Count one document's segments and their overlaps.

    Args:
        found: is added to.
        spans: ordered by start.
    """
    found.alone.update(span[2] for span in spans)
    here: Counter[Pair] = Counter()
    for one, other in overlapping(spans):
        here[min(one[2], other[2]), max(one[2], other[2])] += 1
    found.pairs.update(here)
    found.documents.update(here.keys())


def add_passages(
    found: Together, spans: Sequence[Span], passages: Sequence[tuple[int, int]]
) -> None:
    """Count one document's passages by the codes that touch them, all coders taken together.

    Args:
        found: is added to.
        spans: in any order.
        passages: start and end of each, in order.
    """
    starts = [start for start, _ in passages]
    codes_of: dict[int, set[int]] = {}
    for start, end, code, _ in spans:
        at = max(bisect_right(starts, start) - 1, 0)
        while at < len(passages) and passages[at][0] < end:
            if passages[at][1] > start:
                codes_of.setdefault(at, set()).add(code)
            at += 1
    here: set[Pair] = set()
    for codes in codes_of.values():
        found.alone.update(codes)
        pairs = list(combinations(sorted(codes), 2))
        found.pairs.update(pairs)
        here.update(pairs)
    found.documents.update(here)
