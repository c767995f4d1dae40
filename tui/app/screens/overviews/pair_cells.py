"""What the page of overlaps shows: which codes stand together, how often, and where."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from rich.style import Style

from tui.analysis.cooccurrence import (
    Pair,
    Together,
    add_overlaps,
    add_passages,
    overlapping,
)
from tui.analysis.shade import SHADES
from tui.app.document.cells import width
from tui.app.widgets.rows import DIM, PLAIN, clip
from tui.model.code import Code
from tui.store.codings import spans_of_document
from tui.store.documents import passage_table

Unit = Literal["overlap", "passage"]
Measure = Literal["count", "c"]
Place = tuple[int, int, int]
"""Document, start, end."""

_NAME_MOST = 24


@dataclass(slots=True)
class PairCells:
    """The lower triangle of the codes that occur, for the grid."""

    codes: list[Code]
    found: Together
    measure: Measure = "count"

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.codes)

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return len(self.codes)

    @property
    def side_cells(self) -> int:
        """Cells of the names of rows."""
        names = (width(clip(code.name, _NAME_MOST)) for code in self.codes)
        return max(names, default=8) + 6

    @property
    def cell_cells(self) -> int:
        """Cells of a column."""
        most = max(self.found.pairs.values(), default=0)
        return max(len(f"{most:,}") + 3, 6)

    @property
    def total_cells(self) -> int:
        """Cells of what a code has alone."""
        return max(len(f"{max(self.found.alone.values(), default=0):,}") + 2, 6)

    def prepare(self, rows: range, columns: range) -> None:
        """Everything is there already."""

    def head(self, column: int) -> str:
        """Return the letter of the code of a column, from 0; its key where it has no letter."""
        code = self.codes[column]
        return code.letter or code.key

    def side(self, row: int) -> str:
        """Return letter and name of the code of a row, from 0."""
        code = self.codes[row]
        return f"{code.letter or '~'} {code.name}"

    def cell(self, row: int, column: int) -> tuple[str, Style]:
        """Return a cell as it is drawn: shade and number."""
        if column > row:
            return "", PLAIN
        if column == row:
            return "-", DIM
        one, other = self.codes[row].id, self.codes[column].id
        count = self.found.count(one, other)
        if not count:
            return "·", DIM
        value = self.found.coefficient(one, other)
        text = f"{count:,}" if self.measure == "count" else printed(value)
        sign = strength(value)
        return sign + text.rjust(self.cell_cells - 1 - len(sign)), PLAIN

    def total(self, row: int) -> str:
        """Return what a code has alone."""
        return f"{self.found.alone[self.codes[row].id]:,}"


def printed(value: float | None) -> str:
    """Return a coefficient as it is printed: ``.45``, ``1.20``; a dash where it is undefined."""
    if value is None:
        return "–"
    return f"{value:.2f}".removeprefix("0")


def strength(value: float | None) -> str:
    """Return the shade of a coefficient; ``?`` where it is undefined."""
    if value is None:
        return "?"
    return SHADES[sum(value >= bound for bound in (0.05, 0.1, 0.25))]


def count_together(
    db: sqlite3.Connection,
    document_ids: Sequence[int],
    coder_ids: Sequence[int],
    unit: Unit,
    wanted: Callable[[], bool] = lambda: True,
) -> Together:
    """Return how often codes stand together in these documents, codings by these coders.

    Args:
        db: a reader.
        document_ids: where.
        coder_ids: whose.
        unit: what together means.
        wanted: asked before each document; what was counted so far is returned when not.
    """
    found = Together()
    for document_id in document_ids:
        if not wanted():
            break
        spans = [row[:4] for row in spans_of_document(db, document_id, coder_ids)]
        if not spans:
            continue
        if unit == "overlap":
            add_overlaps(found, spans)
        else:
            table = passage_table(db, document_id)
            add_passages(found, spans, [(start, end) for _, start, end in table])
    return found


def places_of(
    db: sqlite3.Connection,
    document_ids: Sequence[int],
    coder_ids: Sequence[int],
    pair: Pair,
    unit: Unit,
) -> list[Place]:
    """Return where a pair stands together: what both share, or the passages that hold both."""
    places: list[Place] = []
    for document_id in document_ids:
        rows = spans_of_document(db, document_id, coder_ids)
        spans = [row[:4] for row in rows if row[2] in pair]
        if len({span[2] for span in spans}) < 2:
            continue
        if unit == "overlap":
            shared = {
                (max(one[0], other[0]), min(one[1], other[1])) for one, other in overlapping(spans)
            }
            places += [(document_id, *span) for span in sorted(shared)]
            continue
        for _, start, end in passage_table(db, document_id):
            here = {code for low, high, code, _ in spans if low < end and start < high}
            if len(here) == 2:
                places.append((document_id, start, end))
    return places
