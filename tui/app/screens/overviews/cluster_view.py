"""What the page of clusters shows: how codes are compared, their tree, and its rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar

from tui.analysis.cluster_names import NamedCluster, find_name, find_near_name
from tui.analysis.clusters import (
    FLOOR,
    LEAST_SEGMENTS,
    NAMES,
    Clustering,
    Cut,
    LeftOut,
    Linkage,
    Measure,
    cluster,
    first_cut,
    in_words,
    why_left_out,
)
from tui.analysis.dendrogram import Axis, Told, axis_of, draw, number, numbered, told, with_cut
from tui.analysis.incidence import Incidence, Unit
from tui.analysis.tree import Tree
from tui.app.document.cells import width
from tui.app.widgets.rows import BOLD, DIM, PLAIN, Row, clip, column
from tui.model.code import Code
from tui.store.codings import spans_of_document
from tui.store.counts import cells_by_coder
from tui.store.documents import passage_table
from tui.text.counted import counted

MINIMA: Final = (5, 2, 1, 20, 10)
"""How many segments a code needs, one after the other."""
_Value = TypeVar("_Value")
_NAME_LEAST: Final = 12
_NAME_MOST: Final = 40


@dataclass(frozen=True, slots=True)
class Settings:
    """How codes are compared and joined."""

    unit: Unit = "paragraph"
    measure: Measure = "jaccard"
    counts: bool = False
    linkage: Linkage = "complete"
    level: int = 0
    """Codes of this level with all below; 0 for every code alone."""
    least: int = LEAST_SEGMENTS

    def words(self) -> str:
        """Return them as they stand in the heading."""
        words = in_words(self.measure, self.linkage, self.unit, counts=self.counts)
        return f"{words} · level {self.level}" if self.level else words


def count_columns(
    db: sqlite3.Connection,
    documents: Sequence[tuple[int, int]],
    coder_ids: Sequence[int],
    unit: Unit,
    items: dict[int, int],
    wanted: Callable[[], bool] = lambda: True,
) -> Incidence | None:
    """Return in which columns codes stand; None when it was no longer wanted.

    Args:
        db: a reader.
        documents: id and number of passages of each.
        coder_ids: whose codings count.
        unit: what a column is.
        items: code id to what it counts for.
        wanted: asked before each document.
    """
    found = Incidence(unit, items)
    if unit == "document":
        found.add_cells(cells_by_coder(db, coder_ids), [each for each, _ in documents])
        return found
    for document_id, passages in documents:
        if not wanted():
            return None
        spans = [row[:4] for row in spans_of_document(db, document_id, coder_ids)]
        if unit != "paragraph" or not spans:
            found.add_document(spans, passages)
        else:
            table = passage_table(db, document_id)
            found.add_document(spans, [(start, end) for _, start, end in table])
    return found


def items_of(tree: Tree, level: int) -> dict[int, int]:
    """Return what each code counts for: itself, or the code of a level that it lies under."""
    if not level:
        return {code: code for code in tree.level}
    return {below: code for code in tree.at_level(level) for below in tree.branch(code)}


@dataclass(slots=True)
class Shown:
    """A clustering as it is shown: cut somewhere, and drawn at some width."""

    settings: Settings
    found: Incidence
    made: Clustering
    codes: dict[int, Code]
    names: Sequence[NamedCluster]
    coder_id: int
    cuts: Sequence[Cut]
    at: int
    """Which of the cuts it is."""
    leaves: list[int]
    clusters: list[list[int]]
    cluster_of: dict[int, int]
    """Number of each item's cluster, from 1."""
    told: list[Told]
    axis: Axis
    drawing: list[str]
    longest: int = 0
    """Cells of the longest name."""
    panels: dict[tuple[int, int, int], list[Row]] = field(default_factory=dict)
    """The panel by cluster, width and height, until something in it changes."""

    @classmethod
    def of(
        cls,
        settings: Settings,
        found: Incidence,
        codes: dict[int, Code],
        names: Sequence[NamedCluster],
        coder_id: int,
    ) -> Shown:
        """Return the clusters of codes, cut where that is most useful at first.

        Args:
            settings: how they are compared and joined.
            found: in which columns they stand.
            codes: every code by its id, in the order of the codebook.
            names: what clusters have been called.
            coder_id: who looks: own names go first.
        """
        order = [code for code in codes if code in found.items]
        made = cluster(
            found,
            order,
            measure=settings.measure,
            linkage=settings.linkage,
            counts=settings.counts,
            least=settings.least,
        )
        cuts = made.tree.cuts(FLOOR[settings.measure])
        shown = cls(
            settings, found, made, codes, names, coder_id, cuts,
            first_cut(cuts, len(made.items)), made.tree.leaves(), [], {}, told(made.tree),
            axis_of(made.tree, FLOOR[settings.measure], 2), [],
        )  # fmt: skip
        shown.cut(shown.at)
        names_ = (clip(codes[item].name, _NAME_MOST) for item in made.items)
        shown.longest = max(map(width, names_), default=0)
        return shown

    def cut(self, at: int) -> None:
        """Cut elsewhere: at the cut of this place."""
        self.at = at
        self.clusters = self.made.tree.clusters(self.similarity)
        self.cluster_of = numbered(self.clusters)
        self.panels.clear()

    def call(self, names: Sequence[NamedCluster]) -> None:
        """Take in what clusters are called now."""
        self.names = names
        self.panels.clear()

    def cut_near(self, similarity: float) -> None:
        """Cut where a similarity is nearest."""
        self.cut(min(range(len(self.cuts)), key=lambda at: abs(self.cuts[at].at - similarity)))

    @property
    def similarity(self) -> float:
        """Where it is cut."""
        return self.cuts[self.at].at

    @property
    def enough(self) -> bool:
        """Whether there is a tree worth looking at."""
        return len(self.made.items) >= 3

    def nothing(self) -> str:
        """Return why there is no tree."""
        least = self.settings.least
        if len(self.made.compared) < 3:
            return f"Fewer than 3 codes have {counted(least, 'segment')}."
        where = NAMES[self.settings.unit]
        return f"Fewer than 3 codes can be compared by {where}: the others stand in all alike."

    def code(self, item: int) -> Code:
        """Return the code of an item of the tree."""
        return self.codes[self.made.items[item]]

    def name_of(self, number_: int) -> NamedCluster | None:
        """Return what a cluster, numbered from 1, has been called."""
        codes = [self.code(item) for item in self.clusters[number_ - 1]]
        return find_name(self.names, codes, self.coder_id)

    def title_of(self, number_: int) -> str:
        """Return what a cluster is called, ``≈`` before a name that most of its codes had."""
        named = self.name_of(number_)
        if named is not None:
            return named.name
        codes = [self.code(item) for item in self.clusters[number_ - 1]]
        near = find_near_name(self.names, codes, self.coder_id)
        return f"≈ {near.name}" if near is not None else ""

    def sizes(self, number_: int) -> str:
        """Return how much a cluster holds: ``188 segments in 26 documents``."""
        items = [self.made.items[item] for item in self.clusters[number_ - 1]]
        segments = sum(self.found.segments[item] for item in items)
        documents = set().union(*(self.found.documents[item] for item in items))
        return f"{counted(segments, 'segment')} in {counted(len(documents), 'document')}"

    # Rows

    def room(self, cells: int) -> int:
        """Return the cells of number and name before the drawing."""
        return min(self.longest + 1, max(cells * 2 // 5, _NAME_LEAST)) + self._digits

    @property
    def _digits(self) -> int:
        return len(str(len(self.leaves))) + 1

    def fit(self, cells: int) -> None:
        """Draw the tree for a list so wide."""
        axis = axis_of(self.made.tree, FLOOR[self.settings.measure], cells - self.room(cells) - 2)
        if axis != self.axis or len(self.drawing) != len(self.leaves):
            self.axis, self.drawing = axis, draw(self.made.tree, axis)

    def head(self, cells: int) -> Row:
        """Return the row of numbers above a drawing for a list so wide."""
        label = column("similarity", self.room(cells))
        return [(f" {label} ", DIM), (self.axis.numbers(self.similarity), DIM)]

    def row(self, index: int, cells: int) -> Row:
        """Return a row of the tree: cluster, name, lines."""
        item = self.leaves[index]
        room = self.room(cells)
        tie = "?" if self.told[index].rivals else " "
        number_ = f"{self.cluster_of[item]:>{self._digits - 1}}{tie}"
        line = with_cut(self.drawing[index], self.axis, self.similarity)
        return [
            (number_, BOLD),
            (column(self.code(item).name, room - len(number_)), PLAIN),
            (f" {line}", PLAIN),
        ]

    def spoken_row(self, index: int) -> Row:
        """Return a row of the tree in words: nesting, cluster, name, what it joins."""
        item = self.leaves[index]
        nested = "  " * min(self.told[index].depth, 8)
        text = f"{nested}{self.cluster_of[item]} {self.code(item).name}"
        return [(text, PLAIN), (f"; {self.joins(index)}", PLAIN)]

    def joins(self, index: int) -> str:
        """Return what the code of a row joins, and where, in words."""
        each = self.told[index]
        if each.other < 0:
            return f"first of {counted(self.made.tree.count, 'code')}"
        with_it = f", with {each.size - 1} below it," if each.size > 1 else ""
        others = f" and {each.others - 1} more" if each.others > 1 else ""
        tie = " (a tie)" if each.rivals else ""
        return (
            f"at {number(each.similarity)}{tie}{with_it} joins {self.code(each.other).name}{others}"
        )

    def left_row(self, index: int, cells: int) -> Row:
        """Return a row about a code that is left out."""
        left = self.made.left[index]
        code = self.codes[left.item]
        why = self.why(left)
        said = f"{left.segments:>8,}  {why}"
        return [
            (column(f"{code.key} {code.name}", max(cells - width(said) - 1, cells // 3)), PLAIN),
            (f" {said}", DIM),
        ]

    def why(self, left: LeftOut) -> str:
        """Return why a code is left out."""
        return why_left_out(left, self.settings.unit, self.settings.least)

    def facts(self, cells: int, left: str) -> str:
        """Return how true the tree is and what it cannot say.

        Args:
            cells: how much of it has room.
            left: what is said of the codes that are left out; may be empty.
        """
        made, found = self.made, self.found
        true = "undefined" if made.cophenetic is None else number(made.cophenetic)
        said = [f"cophenetic correlation {true}"] if self.enough else []
        if made.ties:
            said.append(f"{counted(made.ties, 'tie')} (?)")
        if made.undefined:
            said.append(f"{counted(made.undefined, 'pair')} undefined")
        if left:
            said.append(left)
        pairs = len(made.items) * (len(made.items) - 1) // 2
        if made.alike * 5 > pairs:
            said.append(f"{made.alike:,} of {counted(pairs, 'pair')} exactly alike")
        said.append(f"{found.columns:,} {NAMES[found.unit]}")
        text = " · ".join(said)
        return (
            text if width(text) <= cells else text.replace("cophenetic correlation", "cophenetic")
        )

    def lines(self) -> list[list[str]]:
        """Return a table for a file: what ``qual cluster`` prints, below a row of names."""
        made = self.made
        stands = {item: row.columns for item, row in self.found.rows().items()}
        names = "cluster code name segments documents columns joins about"
        lines = [names.split()]
        for index, item in enumerate(self.leaves):
            number_, each = self.cluster_of[item], self.told[index]
            named = self.name_of(number_)
            joins = f"{each.similarity:.2f}" if each.other >= 0 else ""
            about = named.name if named else ""
            lines.append([str(number_), *self._cells(made.items[item], stands), joins, about])
        for left in made.left:
            why = f"left out: {self.why(left)}"
            lines.append(["", *self._cells(left.item, stands), "", why])
        return lines

    def _cells(self, item: int, stands: Mapping[int, int]) -> list[str]:
        code, found = self.codes[item], self.found
        documents = len(found.documents.get(item, ()))
        counts = (found.segments.get(item, 0), documents, stands.get(item, 0))
        return [code.key, code.name, *map(str, counts)]

    def command(self) -> str:
        """Return the command that prints the same."""
        now, plain = self.settings, Settings()
        words = ["qual cluster"]
        for option, value, usual in (
            ("--columns", now.unit, plain.unit),
            ("--measure", now.measure, plain.measure),
            ("--linkage", now.linkage, plain.linkage),
            ("--min", now.least, plain.least),
            ("--level", now.level, plain.level),
        ):
            if value != usual:
                words.append(f"{option} {value}")
        if now.counts:
            words.append("--counts")
        return " ".join([*words, f"--clusters {len(self.clusters)}"])


def after(value: _Value, values: Sequence[_Value]) -> _Value:
    """Return the value that comes after one; after the last comes the first."""
    return values[(values.index(value) + 1) % len(values)]
