"""Counting references as NVivo's help defines it, with the basis of every number named.

* ``segments``: codings as they are stored; two coders on the same words are two.
* ``refs_merged``: for each document and coder, the maximal unions of overlapping or adjacent
  spans of one code; their number, summed. It is what is left of a coder's repeated coding of the
  same words ("Understand how references are counted", NVivo help; that help does not say what
  happens when spans only touch: here they become one).
* ``documents``: documents with at least one reference.
* ``chars`` and ``coverage``: characters under the code, all coders' spans united first, and their
  share of the characters of the text.

References of several codes are added up: a child's reference is one more at its parent.
Characters of several codes are united: no text is covered twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tui.analysis.spans import Pair, total_length, unite

Mark = tuple[int, int, int, int]
"""document id, coder id, start, end of one coding; half-open, in code points."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted of one set of codings."""

    segments: int
    refs_merged: int
    documents: int
    chars: int


def merged_references(marks: Iterable[Mark]) -> int:
    """Return ``refs_merged`` of the codings of one code."""
    groups: dict[tuple[int, int], list[Pair]] = {}
    for document, coder, start, end in marks:
        groups.setdefault((document, coder), []).append((start, end))
    return sum(len(unite(spans)) for spans in groups.values())


def covered(marks: Iterable[Mark]) -> dict[int, list[Pair]]:
    """Return the united spans of all coders, by document id."""
    groups: dict[int, list[Pair]] = {}
    for document, _, start, end in marks:
        groups.setdefault(document, []).append((start, end))
    return {document: unite(spans) for document, spans in groups.items()}


def coverage(chars: int, total: int) -> float | None:
    """Return characters coded as a percentage of characters there are; None where are none."""
    return 100 * chars / total if total else None


def tally(groups: Sequence[Sequence[Mark]]) -> Tally:
    """Count the codings of one or several codes taken together.

    Args:
        groups: the codings of each code; references merge within a code, never across codes.
    """
    united = covered(mark for group in groups for mark in group)
    return Tally(
        segments=sum(map(len, groups)),
        refs_merged=sum(map(merged_references, groups)),
        documents=len(united),
        chars=sum(map(total_length, united.values())),
    )


def distinct_spans(marks: Iterable[Mark]) -> int:
    """Return the number of different spans that carry any coding."""
    return len({(document, start, end) for document, _, start, end in marks})


def per_thousand(count: float, words: int) -> float | None:
    """Return a count per 1,000 words; None for a text without words."""
    return 1000 * count / words if words else None
