"""What the matrix shows: codes against documents or values of an attribute, read cell by cell."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from rich.style import Style

from tui.analysis.counting import Mark
from tui.analysis.matrix import Region
from tui.analysis.regions import Parts
from tui.analysis.shade import shade
from tui.analysis.tree import Tree
from tui.app.document.cells import width
from tui.app.screens.documents.filter import NO_VALUE
from tui.app.widgets.rows import DIM, PLAIN, clip
from tui.model.code import Code
from tui.model.document import Document
from tui.store.codings import spans_of_document
from tui.store.counts import cells_of, codes_in

Share = Literal["row", "column", "none"]
"""What the shade of a cell is a share of."""
Number = Literal["count", "row %", "column %"]
"""What is printed in a cell."""
SHARES: Final[tuple[Share, ...]] = ("row", "column", "none")
NUMBERS: Final[tuple[Number, ...]] = ("count", "row %", "column %")
_NAME_MOST = 60
_KEPT = 400
"""So many documents' counts are kept; a group may hold more."""


@dataclass(frozen=True, slots=True)
class Group:
    """A column, or a row when transposed: one document, or those that share a value."""

    name: str
    document_ids: tuple[int, ...]
    """The documents that belong here as a whole."""
    parts: Parts = field(default_factory=dict, hash=False)
    """What belongs here of other documents: turns and spans of cases that have the value."""


class MatrixCells:
    """Codes, each with all below it, against documents.

    Args:
        db: the project.
        coder_ids: whose codings count.
        codes: the codebook in tree order.
        documents: in their order.
        branch: segments of each code with all below it, in everything.
    """

    def __init__(
        self,
        db: sqlite3.Connection,
        coder_ids: Sequence[int],
        codes: Sequence[Code],
        documents: Sequence[Document],
        branch: Mapping[int, int],
    ) -> None:
        self._db = db
        self.codes: list[Code] = []
        """The codes that are shown."""
        self.groups: list[Group] = []
        """What they are counted in."""
        self.share: Share = "row"
        self.number: Number = "count"
        self.transposed = False
        self.depth = 0
        """Codes below this level are not shown; 0 for all."""
        self.without_empty = False
        self.by = ""
        """The attribute that documents are grouped by; empty for none."""
        self._counts: dict[int, dict[int, int]] = {}
        """Segments of each code with all below it, by place of the group."""
        self._marks: dict[int, dict[int, list[Mark]]] = {}
        """Codings of the documents that belong to groups in part, by document and code."""
        self.read(coder_ids, codes, documents, branch)
        self.arrange({}, None)

    def read(
        self,
        coder_ids: Sequence[int],
        codes: Sequence[Code],
        documents: Sequence[Document],
        branch: Mapping[int, int],
    ) -> None:
        """Take what is counted; it is shown once it is arranged."""
        self._coder_ids = list(coder_ids)
        self._all_codes = list(codes)
        self._documents = list(documents)
        self._branch = branch
        self.tree = Tree((code.id, code.parent_id) for code in codes)
        self._of_level = Counter(self.tree.level.values())
        self._marks.clear()

    # What is shown

    def arrange(self, values: Mapping[str, Parts], coded: set[int] | None) -> None:
        """Choose codes and groups anew.

        Args:
            values: what belongs to each value of the attribute that is grouped by.
            coded: the documents that hold any coding; None when that is not asked.
        """
        self._counts.clear()
        level = self.tree.level
        self.codes = [
            code
            for code in self._all_codes
            if (not self.depth or level[code.id] <= self.depth)
            and (not self.without_empty or self._branch.get(code.id, 0))
        ]
        documents = self._documents
        if self.without_empty and coded is not None:
            documents = [each for each in documents if each.id in coded]
        if not self.by:
            self.groups = [Group(each.name, (each.id,)) for each in documents]
            return
        groups = [_group(value, values[value], documents) for value in sorted(values, key=_order)]
        known = {number for parts in values.values() for number in parts}
        rest = tuple(each.id for each in documents if each.id not in known)
        groups += [Group(NO_VALUE, rest)] if rest else []
        self.groups = [each for each in groups if each.document_ids or each.parts]

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.groups) if self.transposed else len(self.codes)

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return len(self.codes) if self.transposed else len(self.groups)

    @property
    def side_cells(self) -> int:
        """Cells of the names of rows."""
        if self.transposed:
            widest = max((width(clip(g.name, _NAME_MOST)) for g in self.groups[:200]), default=8)
        else:
            level = self.tree.level
            names = (width(clip(c.name, _NAME_MOST)) + 2 * level[c.id] - 2 for c in self.codes)
            widest = max(names, default=8)
        return widest + 3

    @property
    def cell_cells(self) -> int:
        """Cells of a column."""
        most = max(self._branch.values(), default=0) if self.number == "count" else 100
        return max(len(f"{most:,}") + 3, 6)

    @property
    def total_cells(self) -> int:
        """Cells of the sums of the rows."""
        return max(len(f"{sum(self._branch.get(each, 0) for each in self.tree.top):,}") + 2, 6)

    # Cells

    def at(self, row: int, column: int) -> tuple[Code, Group, int] | None:
        """Return what a cell is about, and its place among the groups; None when there is none."""
        code_at, group_at = (column, row) if self.transposed else (row, column)
        if not (0 <= code_at < len(self.codes) and 0 <= group_at < len(self.groups)):
            return None
        return self.codes[code_at], self.groups[group_at], group_at

    def prepare(self, rows: range, columns: range) -> None:
        """Read the counts of the groups in sight that are not there yet, in one go."""
        self.count(rows if self.transposed else columns)

    def count(self, groups: range) -> None:
        """Read the counts of some groups."""
        missing = [at for at in groups if at < len(self.groups) and at not in self._counts]
        if not missing:
            return
        if len(self._counts) > _KEPT:
            self._counts.clear()
            missing = [at for at in groups if at < len(self.groups)]
        direct = self._read_groups(missing) if self.by else self._read_documents(missing)
        for at, counts in direct.items():
            sums = self.tree.add_up(counts) if counts else {}
            self._counts[at] = {
                code: each["subtree"] for code, each in sums.items() if each["subtree"]
            }

    def _read_documents(self, places: Sequence[int]) -> dict[int, dict[int, int]]:
        """Return the direct counts of documents, by their places."""
        place_of = {self.groups[at].document_ids[0]: at for at in places}
        direct: dict[int, dict[int, int]] = {at: {} for at in places}
        codes = [code.id for code in self._all_codes]
        for part in _parts(list(place_of)):
            for code, document, segments in cells_of(self._db, self._coder_ids, codes, part):
                direct[place_of[document]][code] = segments
        return direct

    def _read_groups(self, places: Sequence[int]) -> dict[int, dict[int, int]]:
        """Return the direct counts of groups of documents, by their places."""
        direct: dict[int, dict[int, int]] = {}
        codes = [code.id for code in self._all_codes]
        for at in places:
            counts: Counter[int] = Counter()
            group = self.groups[at]
            for part in _parts(group.document_ids):
                counts.update(dict(codes_in(self._db, self._coder_ids, codes, part)))
            region = Region(group.name, group.parts)
            for document_id in group.parts:
                marks = self._marks_of(document_id)
                for code_id, some in marks.items():
                    counts[code_id] += len(region.inside(some, clip=False))
            direct[at] = counts
        return direct

    def segments_in(self, document_ids: Collection[int]) -> int:
        """Return how many segments some documents have, from the counts."""
        codes = [code.id for code in self._all_codes]
        return sum(
            segments
            for part in _parts(list(document_ids))
            for _, segments in codes_in(self._db, self._coder_ids, codes, part)
        )

    def _marks_of(self, document_id: int) -> dict[int, list[Mark]]:
        """Return the codings of a document by code; read once."""
        marks = self._marks.get(document_id)
        if marks is None:
            marks = self._marks[document_id] = {}
            spans = spans_of_document(self._db, document_id, self._coder_ids)
            for start, end, code_id, coder_id, _ in spans:
                marks.setdefault(code_id, []).append((document_id, coder_id, start, end))
        return marks

    def segments(self, code_id: int, group_at: int) -> int:
        """Return one count; 0 for what has not been read."""
        return self._counts.get(group_at, {}).get(code_id, 0)

    def group_total(self, group_at: int) -> int:
        """Return all segments of a group."""
        counts = self._counts.get(group_at, {})
        return sum(counts.get(code, 0) for code in self.tree.top)

    def code_total(self, code_id: int) -> int:
        """Return all segments of a code with all below it."""
        return self._branch.get(code_id, 0)

    def head(self, column: int) -> str:
        """Return the name of a column."""
        if self.transposed:
            return self.codes[column].key
        return self.groups[column].name

    def side(self, row: int) -> str:
        """Return the name of a row."""
        if self.transposed:
            return self.groups[row].name
        code = self.codes[row]
        return f"{'  ' * (self.tree.level[code.id] - 1)}{code.name}"

    def cell(self, row: int, column: int) -> tuple[str, Style]:
        """Return a cell as it is drawn: shade and number."""
        found = self.at(row, column)
        if found is None:
            return "", PLAIN
        code, _, group_at = found
        value = self.segments(code.id, group_at)
        if not value:
            return "·", DIM
        of_row, of_column = self.code_total(code.id), self.group_total(group_at)
        if self.transposed:
            of_row, of_column = of_column, of_row
        sign = ""
        if self.share == "row":
            sign = shade(value, of_row, self._peers(code, by_code=self.transposed))
        elif self.share == "column":
            sign = shade(value, of_column, self._peers(code, by_code=not self.transposed))
        text = f"{value:,}"
        if self.number != "count":
            text = percent(value, of_row if self.number == "row %" else of_column)
        room = self.cell_cells - 1 - len(sign)
        return sign + text.rjust(room), PLAIN

    def _peers(self, code: Code, *, by_code: bool) -> int:
        """Return among how many a total is divided: codes of one level, or groups."""
        return self._of_level[self.tree.level[code.id]] if by_code else len(self.groups)

    def total(self, row: int) -> str:
        """Return the sum of a row."""
        if self.transposed:
            return f"{self.group_total(row):,}"
        return f"{self.code_total(self.codes[row].id):,}"


def _group(value: str, parts: Parts, documents: Sequence[Document]) -> Group:
    """Return what belongs to a value, of these documents."""
    shown = [each.id for each in documents if each.id in parts]
    whole = tuple(each for each in shown if parts[each] is None)
    return Group(value, whole, {each: parts[each] for each in shown if parts[each] is not None})


def percent(value: int, total: int) -> str:
    """Return a share as it is printed: ``12%``, ``<1%``."""
    if not total:
        return "–"
    share = 100 * value / total
    return "<1%" if 0 < share < 0.5 else f"{share:.0f}%"


def _parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield ids in parts: SQLite takes only so many values in one statement."""
    for start in range(0, len(ids), 500):
        yield ids[start : start + 500]


def _order(value: str) -> tuple[int, float, str]:
    """Put numbers in their order, texts after them, and what has no value last."""
    if value == NO_VALUE:
        return (2, 0.0, value)
    try:
        return (0, float(value.replace(",", ".").replace(" ", "")), value)
    except ValueError:
        return (1, 0.0, value.casefold())
