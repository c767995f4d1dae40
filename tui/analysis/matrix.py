"""Matrix of codes against columns: documents, values of an attribute, cases or coders.

After NVivo's crosstab and matrix coding: rows are codes, a cell counts the coding references
(default), the documents or the characters of the row's codings that belong to the column.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from tui.analysis.counting import Mark, Tally, coverage, tally
from tui.analysis.regions import Parts, chars_of, overlap
from tui.analysis.spans import intersect

Cells = Literal["segments", "refs", "chars", "documents", "coverage"]


@dataclass(frozen=True, slots=True)
class Region:
    """What belongs to a column: parts of documents, and perhaps only one coder's codings."""

    name: str
    parts: Parts
    """The text that belongs here."""
    coder: int | None = None
    """Only this coder's codings count; None for everybody's."""

    def inside(self, marks: Sequence[Mark], *, clip: bool) -> list[Mark]:
        """Return the codings that touch the column's text.

        Args:
            marks: codings.
            clip: cut them to the column's text, for measuring it; for counting they stay whole.
        """
        found: list[Mark] = []
        for mark in marks:
            document, coder, start, end = mark
            if document not in self.parts or self.coder not in (None, coder):
                continue
            spans = self.parts[document]
            if spans is None:
                found.append(mark)
                continue
            shared = intersect([(start, end)], spans)
            if clip:
                found.extend((document, coder, *piece) for piece in shared)
            elif shared:
                found.append(mark)
        return found

    def within(self, parts: Parts) -> Region:
        """Return the column cut to a part of the corpus."""
        return Region(self.name, overlap(self.parts, parts), self.coder)

    def chars(self, lengths: Mapping[int, int]) -> int:
        """Return how many characters of text the column has."""
        return chars_of(self.parts, lengths)


def cell(
    groups: Sequence[Sequence[Mark]], region: Region, cells: Cells, lengths: Mapping[int, int]
) -> float | None:
    """Return one cell.

    Args:
        groups: the codings of each code that the row adds up.
        region: the column.
        cells: what to count.
        lengths: characters of each document, by id.
    """
    clip = cells in ("chars", "coverage")
    counted: Tally = tally([region.inside(group, clip=clip) for group in groups])
    if cells == "segments":
        return counted.segments
    if cells == "refs":
        return counted.refs_merged
    if cells == "documents":
        return counted.documents
    return counted.chars if cells == "chars" else coverage(counted.chars, region.chars(lengths))
