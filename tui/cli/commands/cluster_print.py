"""What ``qual cluster`` prints of a tree: codes, joins, pairs, the drawing, and what to know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from tui.analysis.cluster_names import NamedCluster, find_name
from tui.analysis.clusters import NAMES, Clustering, why_left_out
from tui.analysis.dendrogram import axis_of, draw, number, numbered, told, with_cut
from tui.analysis.incidence import Incidence, Unit
from tui.cli.columns import clipped, padded, width
from tui.cli.output import Column, Record, terminal_width
from tui.cli.scope import Scope
from tui.model.code import Code
from tui.text.safe import make_line

PLAIN: Final = str.maketrans("─│┬┤┼┘…", "-|+++'.")
"""What stands for the signs of a drawing where only ASCII is to be had."""
CODES: Final = (
    Column("cluster", "cluster", right=True),
    Column("code", "code"),
    Column("name", "name", fill=True),
    Column("segments", "segments", right=True),
    Column("documents", "docs", right=True),
    Column("columns", "columns", right=True),
    Column("joins", "joins at", right=True),
    Column("about", ""),
)
JOINS: Final = (
    Column("similarity", "at", right=True),
    Column("clusters", "clusters", right=True),
    Column("first", "first", fill=True),
    Column("second", "second", fill=True),
    Column("rivals", "rivals", right=True),
)
PAIRS: Final = (
    Column("code_1", "code"),
    Column("code_2", "code"),
    Column("similarity", "similarity", right=True),
    Column("tree", "in the tree", right=True),
)


class Printed:
    """What is printed of a clustering.

    Args:
        codes: every code by its id.
        found: in which columns they stand.
        made: their tree.
        cut: where it is cut.
        unit: what a column is.
        least: how many segments a code needs.
    """

    def __init__(
        self,
        codes: Mapping[int, Code],
        found: Incidence,
        made: Clustering,
        cut: float,
        unit: Unit,
        least: int,
    ) -> None:
        self._of = codes
        self._found = found
        self._made = made
        self._cut = cut
        self._unit: Unit = unit
        self._least = least
        self._clusters = made.tree.clusters(cut)
        self._names: dict[int, str] = {}
        self._rows = found.rows()

    def name_clusters(self, names: Sequence[NamedCluster], coder_id: int) -> None:
        """Find the names that clusters have been given."""
        for at, each in enumerate(self._clusters, 1):
            codes = [self._of[self._made.items[item]] for item in each]
            named = find_name(names, codes, coder_id)
            if named is not None:
                self._names[at] = named.name

    def codes(self) -> Iterator[Record]:
        """Yield a record for each code, as they are drawn, and then those that are left out."""
        made = self._made
        cluster_of = numbered(self._clusters)
        joins = made.tree.joined_at()
        for item in made.tree.leaves():
            row = self._code(made.items[item], cluster_of[item], joins.get(item))
            yield {**row, "about": row["cluster_name"]}
        for left in made.left:
            why = why_left_out(left, self._unit, self._least)
            row = self._code(left.item, None, None)
            yield {**row, "left_out": why, "about": f"left out: {why}"}

    def _code(self, item: int, at: int | None, joins: float | None) -> Record:
        code, found = self._of[item], self._found
        return {
            "cluster": at,
            "cluster_name": self._names.get(at or 0),
            "code": code.key,
            "name": code.name,
            "segments": found.segments.get(item, 0),
            "documents": len(found.documents.get(item, ())),
            "columns": self._rows[item].columns if item in self._rows else 0,
            "joins": joins,
            "left_out": None,
        }

    def joins(self) -> Iterator[Record]:
        """Yield a record for each join, the most similar first."""
        made = self._made
        for at, join in enumerate(made.tree.joins, 1):
            yield {
                "similarity": join.similarity,
                "clusters": len(made.items) - at,
                "first": self._keys(join.first),
                "second": self._keys(join.second),
                "rivals": join.rivals,
            }

    def _keys(self, node: int) -> list[str]:
        made = self._made
        return [self._of[made.items[item]].key for item in made.tree.leaves(node)]

    def pairs(self, undefined: str) -> Iterator[Record]:
        """Yield a record for each pair of codes that have segments enough.

        Args:
            undefined: what stands for a similarity that is undefined; None when it is empty.
        """
        made = self._made
        heights, place = made.tree.heights(), {item: at for at, item in enumerate(made.items)}
        for at, one in enumerate(made.compared):
            for beside, two in enumerate(made.compared[:at]):
                drawn = one in place and two in place
                value = made.similarities[at][beside]
                yield {
                    "code_1": self._of[two].key,
                    "code_2": self._of[one].key,
                    "similarity": undefined or None if value is None else value,
                    "tree": heights[place[one]][place[two]] if drawn else None,
                }

    def drawing(self, floor: float) -> list[str]:
        """Return the tree drawn in lines as wide as the terminal.

        Args:
            floor: the least value of the measure, beyond which the axis does not go.
        """
        made = self._made
        cluster_of = numbered(self._clusters)
        wide = len(str(len(self._clusters)))
        leaves = made.tree.leaves()
        labels = [
            f"{cluster_of[item]:>{wide}}{'?' if tied.rivals else ' '}"
            f"{make_line(self._of[made.items[item]].name)}"
            for item, tied in zip(leaves, told(made.tree), strict=True)
        ]
        room = min(max(map(width, labels)), max(terminal_width() // 3, 12))
        axis = axis_of(made.tree, floor, terminal_width() - room - 1)
        head = padded("similarity", room) + " " + axis.numbers(self._cut)
        drawn = [with_cut(row, axis, self._cut) for row in draw(made.tree, axis)]
        return [
            head.rstrip(),
            *(
                f"{padded(clipped(label, room), room)} {line}".rstrip()
                for label, line in zip(labels, drawn, strict=True)
            ),
        ]

    def notes(self, scope: Scope, wanted: int | None) -> Iterator[str]:
        """Yield what there is to know about the tree."""
        made, found = self._made, self._found
        count = len(self._clusters)
        segments = sum(found.segments.values())
        who = ", ".join(
            name
            for coder, name in zip(scope.coder_ids, scope.coders, strict=True)
            if coder in found.coders
        )
        yield (
            f"{len(made.items)} codes in {count} {'cluster' if count == 1 else 'clusters'};"
            f" {segments:,} segments by {who or 'nobody'} in"
            f" {found.columns:,} {NAMES[self._unit]}."
        )
        if wanted is not None and wanted != count:
            yield f"No cut leaves {wanted}: equal similarities are cut all or none."
        true = number(made.cophenetic) if made.cophenetic is not None else "undefined"
        yield f"Cophenetic correlation {true}."
        if made.ties:
            yield (
                f"{made.ties} of {len(made.tree.joins)} joins are ties that could have gone"
                " otherwise (? in the tree); the codes that come first are joined first."
            )
        if made.undefined:
            yield f"{made.undefined} pairs are undefined; they are not taken for 0."
        if made.left:
            yield f"{len(made.left)} codes are left out."
        pairs = len(made.items) * (len(made.items) - 1) // 2
        if made.alike * 5 > pairs:
            yield (
                f"{made.alike} of {pairs} pairs are exactly alike: these columns hardly tell codes"
                " apart. Try --columns paragraph, or --counts."
            )
