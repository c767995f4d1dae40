"""Coders compared over a study: a cell for each code and document, sums and intervals of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tui.analysis.agreement import Agreed, Spread, TwoByTwo
from tui.analysis.agreement_sets import SetAlpha
from tui.analysis.agreement_units import Ground, Read, Unit, count, within
from tui.analysis.bootstrap import DRAWS, SEED, Bootstrap, Interval, added, interval
from tui.analysis.spans import Pair

Span = tuple[int, int, int, int, int]
"""start, end, code, coder, id of a coding."""

RARE = 10
"""Codes with fewer segments by all the coders are flagged: their values say little."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of the text was compared."""

    units: int = 0
    """Units that at least two of the coders have read."""
    paragraphs: int = 0
    """Paragraphs that at least two have read."""
    left_out: int = 0
    """Paragraphs with text that fewer than two have read, headings aside."""

    def __add__(self, more: Coverage) -> Coverage:
        return Coverage(
            self.units + more.units,
            self.paragraphs + more.paragraphs,
            self.left_out + more.left_out,
        )


class Comparison:
    """What some coders agreed on, document by document.

    Args:
        coder_ids: who is compared, two or more; their order is that of the pairs.
        unit: what is counted.
        groups: code → the codes whose codings count for it, itself among them.
        sets: compare the sets of codes, too; not for whole documents.
    """

    def __init__(
        self,
        coder_ids: Sequence[int],
        unit: Unit,
        groups: Mapping[int, Sequence[int]],
        *,
        sets: bool = False,
    ) -> None:
        self.coder_ids = list(coder_ids)
        self.unit = unit
        self.sets = SetAlpha(len(coder_ids)) if sets and unit != "documents" else None
        """Alpha of the sets of codes; None where it was not asked for."""
        self._place = {coder_id: at for at, coder_id in enumerate(coder_ids)}
        self._rows_of: dict[int, list[int]] = {}
        for code, members in groups.items():
            for member in members:
                self._rows_of.setdefault(member, []).append(code)
        self.cells: dict[tuple[int, int], Agreed] = {}
        """(code, document) → agreement, of the codes that somebody used there."""
        self.segments: Counter[int] = Counter()
        """Codings of each code by all the coders, in what two of them have read."""
        self.coverage: dict[int, Coverage] = {}
        """By document."""
        self._unused: dict[int, Agreed] = {}
        """Document → the cell of a code that nobody used there."""
        self._values: list[int] = []
        """Values of each passage that is drawn, of all documents one after the other."""
        self._parts: dict[int, dict[int, tuple[float, int]]] = {}
        self._bootstrap: Bootstrap | None = None

    def add(
        self,
        document: int,
        passages: Iterable[Read],
        spans: Iterable[Span],
        parts: Sequence[Pair] | None = None,
    ) -> None:
        """Count one document.

        Args:
            document: its id; each document once.
            passages: those with text, in order; with their sentences where those are the unit.
            spans: the codings of the coders in it.
            parts: only these united spans of the text; None for all of it.
        """
        read = within(passages, parts)
        ground = Ground(read, self.unit)
        together = sum(1 for passage in read if passage.readers.bit_count() > 1)
        left = sum(
            1 for passage in read if passage.readers.bit_count() < 2 and not passage.is_heading
        )
        many = len(self.coder_ids)
        unused = self._unused[document] = count(ground, [], many)
        units = sum(end - start for start, end, _, _ in ground.readers)
        if self.unit == "documents":
            units = min(units, 1)
        self.coverage[document] = Coverage(units, together, left)
        where = self._draw_places(ground, unused)
        every: dict[int, dict[int, list[Pair]]] = {}
        for code, by_coder in self._group(spans).items():
            coded = {coder: ground.runs(found) for coder, found in by_coder.items()}
            every[code] = coded
            pieces = list(ground.pieces(coded))
            if not pieces:
                continue
            cell = self.cells[code, document] = count(ground, pieces, many)
            self.segments[code] += sum(
                ground.holds(*span) for found in by_coder.values() for span in found
            )
            mine = self._parts.setdefault(code, {})
            if self.unit == "documents":
                mine[where[0]] = (cell.spread.split, cell.spread.marked)
            else:
                mine.update(
                    (where[block], found) for block, found in ground.by_block(pieces).items()
                )
        if self.sets is not None:
            self.sets.add(ground, every)

    def codes(self) -> set[int]:
        """Return the codes that somebody used in what was compared."""
        return {code for code, _ in self.cells}

    def documents(self) -> list[int]:
        """Return the documents where at least two have read something, as they were added."""
        return [document for document, found in self.coverage.items() if found.paragraphs]

    def cell(self, code: int, document: int) -> Agreed:
        """Return the agreement on a code in a document, used there or not."""
        return self.cells.get((code, document), self._unused[document])

    def of_code(self, code: int) -> Agreed:
        """Return the agreement on a code, the tables of all documents added up."""
        return self._sum(self.cell(code, document) for document in self.documents())

    def of_document(self, document: int, codes: Iterable[int]) -> Agreed:
        """Return the agreement in a document, the tables of some codes added up."""
        return self._sum(self.cell(code, document) for code in codes)

    def interval(
        self, codes: Sequence[int], draws: int = DRAWS, seed: int = SEED
    ) -> Interval | None:
        """Return the interval of alpha of some codes pooled; None where it says nothing.

        The first call draws the passages; see :mod:`tui.analysis.bootstrap`.
        """
        if self._bootstrap is None:
            self._bootstrap = Bootstrap(self._values, draws, seed)
        return interval(added(self._bootstrap.draws(self._parts.get(code, {})) for code in codes))

    @property
    def drawn(self) -> int:
        """How many passages (or documents) are drawn from."""
        return len(self._values)

    def _sum(self, cells: Iterable[Agreed]) -> Agreed:
        many = len(self.coder_ids)
        total = Agreed((TwoByTwo(),) * (many * (many - 1) // 2), Spread())
        for cell in cells:
            total += cell
        return total

    def _draw_places(self, ground: Ground, unused: Agreed) -> dict[int, int]:
        """Give the passages of a document their places among all that are drawn."""
        if self.unit == "documents":
            if not unused.spread.values:
                return {0: 0}
            self._values.append(unused.spread.values)
            return {0: len(self._values) - 1}
        where = {}
        for block, values in ground.values_by_block().items():
            where[block] = len(self._values)
            self._values.append(values)
        return where

    def _group(self, spans: Iterable[Span]) -> dict[int, dict[int, list[Pair]]]:
        """Return code → place of the coder → spans."""
        found: dict[int, dict[int, list[Pair]]] = {}
        for start, end, code, coder, _ in spans:
            place = self._place.get(coder)
            if place is None:
                continue
            for row in self._rows_of.get(code, ()):
                found.setdefault(row, {}).setdefault(place, []).append((start, end))
        return found
