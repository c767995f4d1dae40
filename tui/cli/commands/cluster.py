"""``qual cluster``: codes that stand in the same places, and names for such groups of codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Final, Literal, TypeVar, get_args

import typer

from tui.analysis.cluster_names import ON_PROJECT, NamedCluster, find_name, named_clusters
from tui.analysis.clusters import (
    FLOOR,
    LEAST_SEGMENTS,
    LINKAGES,
    MEASURES,
    NAMES,
    Clustering,
    Cut,
    cluster,
    first_cut,
    in_words,
    why_left_out,
)
from tui.analysis.dendrogram import axis_of, draw, number, numbered, with_cut
from tui.analysis.incidence import UNITS, Incidence, Unit
from tui.analysis.tree import Tree
from tui.cli.arguments import need_code
from tui.cli.columns import clipped, padded
from tui.cli.diagnostics import note
from tui.cli.options import (
    AttrOptions,
    CaseOptions,
    CodeOptions,
    DocOptions,
    FormatOption,
    JsonFlag,
    WhoseOptions,
    new_app,
)
from tui.cli.output import (
    Column,
    Record,
    choose_format,
    terminal_width,
    write_line,
    write_records,
)
from tui.cli.records import say_act
from tui.cli.scope import Scope, read_scope
from tui.cli.session import Reading, reading, writing
from tui.errors import QualError
from tui.model.code import Code
from tui.store.codes import list_codes
from tui.store.codings import spans_of_document
from tui.store.documents import passage_table
from tui.store.memos import list_memos
from tui.text.safe import make_line

app = new_app()

Shown = Literal["codes", "joins", "pairs", "tree"]
SHOWN: Final[tuple[Shown, ...]] = get_args(Shown)
_Word = TypeVar("_Word", bound=str)

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


@app.callback(invoke_without_command=True)
def clusters(
    ctx: typer.Context,
    columns: Annotated[
        str,
        typer.Option("--columns", metavar="WHAT", help="paragraph, segment or document."),
    ] = "paragraph",
    measure: Annotated[
        str, typer.Option("--measure", metavar="NAME", help="jaccard, sorensen or pearson.")
    ] = "jaccard",
    linkage: Annotated[
        str, typer.Option("--linkage", metavar="NAME", help="complete, average or single.")
    ] = "complete",
    counts: Annotated[
        bool, typer.Option("--counts", help="Compare how often, not only whether.")
    ] = False,
    wanted: Annotated[
        int | None,
        typer.Option("--clusters", min=1, metavar="N", help="The nearest cut to so many."),
    ] = None,
    cut: Annotated[
        float | None, typer.Option("--cut", metavar="S", help="Cut at this similarity.")
    ] = None,
    least: Annotated[
        int, typer.Option("--min", min=1, metavar="N", help="Leave out codes with fewer segments.")
    ] = LEAST_SEGMENTS,
    level: Annotated[
        int | None,
        typer.Option("--level", min=1, metavar="N", help="Codes of this level, with all below."),
    ] = None,
    show: Annotated[
        str, typer.Option("--show", metavar="WHAT", help="codes, joins, pairs or tree.")
    ] = "codes",
    code: CodeOptions = None,
    doc: DocOptions = None,
    case: CaseOptions = None,
    attr: AttrOptions = None,
    whose: WhoseOptions = None,
    json_lines: JsonFlag = False,
    form: FormatOption = None,
) -> None:
    """Group codes that stand in the same paragraphs, segments or documents.

    The two most alike are joined, again and again; the tree that grows so is cut into clusters.
    codes: each with its cluster, and those left out with the reason; joins: the tree, step by
    step; pairs: every similarity, also undefined ones; tree: drawn.
    """
    if ctx.invoked_subcommand is not None:
        return
    what = _one_of(show, SHOWN, "--show")
    unit, by = _one_of(columns, UNITS, "--columns"), _one_of(measure, MEASURES, "--measure")
    linked = _one_of(linkage, LINKAGES, "--linkage")
    chosen = choose_format(json_lines, form)
    with reading(ctx) as opened:
        scope = read_scope(opened, docs=doc, cases=case, attrs=attr, coders=whose)
        codes = list_codes(opened.db)
        order = _chosen(opened, codes, code, level)
        found = read_incidence(opened, scope, unit, _items(codes, order, level))
        made = cluster(found, order, measure=by, linkage=linked, counts=counts, least=least)
        _check(made, unit, least, pairs=what == "pairs")
        at = _cut(made.tree.cuts(FLOOR[by]), len(made.items), wanted, cut)
        memos = list_memos(opened.db, coder_ids=opened.coder_ids, target=ON_PROJECT)
        printed = Printed({each.id: each for each in codes}, found, made, at, unit, least)
        printed.name_clusters(named_clusters(memos), opened.coder_id)
        settings: Record = {
            "measure": by,
            "linkage": linked,
            "by": unit,
            "counts": counts,
            "cut": at,
        }
        if what == "tree" and chosen != "json":
            for line in printed.drawing(FLOOR[by]):
                write_line(line)
        else:
            rows, heads = {
                "codes": (printed.codes(), CODES),
                "pairs": (printed.pairs("" if chosen == "json" else "undefined"), PAIRS),
            }.get(what, (printed.joins(), JOINS))
            write_records(({**row, **settings} for row in rows), heads, chosen)
        note(f"{in_words(by, linked, unit, counts=counts)} · cut {number(at)}")
        for line in printed.notes(scope, wanted):
            note(line)


@app.command()
def name(
    ctx: typer.Context,
    new: Annotated[str, typer.Argument(metavar="NAME", help="'' takes your name away.")],
    keys: Annotated[list[str], typer.Argument(metavar="KEY…", help="All codes of the cluster.")],
    json_lines: JsonFlag = False,
) -> None:
    """Name a cluster: a memo on the project that says which codes it has."""
    from tui.project.cluster_names import name_cluster  # noqa: PLC0415 (an act)

    with writing(ctx) as project:
        chosen = {need_code(project.db, key).id for key in keys}
        codes = [each for each in list_codes(project.db) if each.id in chosen]
        name_cluster(project, codes, new)
        say_act(project, json_lines, cluster=new, codes=[each.key for each in codes])


def read_incidence(
    opened: Reading, scope: Scope, unit: Unit, items: Mapping[int, int]
) -> Incidence:
    """Return in which columns codes stand.

    Args:
        opened: the open project.
        scope: the documents, or parts of them, and the coders that count.
        unit: what a column is.
        items: code id to what it counts for.
    """
    found = Incidence(unit, items)
    for document in scope.documents:
        rows = spans_of_document(opened.db, document.id, scope.coder_ids)
        spans = [row[:4] for row in rows]
        parts = scope.region.parts[document.id]
        if parts is not None:
            inside = scope.region.inside
            spans = [
                span
                for span in spans
                if inside([(document.id, span[3], span[0], span[1])], clip=False)
            ]
        if unit != "paragraph":
            found.add_document(spans)
        elif not spans and parts is None:
            found.add_document(spans, document.passages)
        else:
            table = [(start, end) for _, start, end in passage_table(opened.db, document.id)]
            if parts is not None:
                table = [
                    each
                    for each in table
                    if any(start < each[1] and each[0] < end for start, end in parts)
                ]
            found.add_document(spans, table)
    return found


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
        """Return the tree drawn in lines as wide as the terminal."""
        made = self._made
        cluster_of = numbered(self._clusters)
        wide = len(str(len(self._clusters)))
        leaves = made.tree.leaves()
        labels = [
            f"{cluster_of[item]:>{wide}} {make_line(self._of[made.items[item]].name)}"
            for item in leaves
        ]
        room = min(max(map(len, labels)), max(terminal_width() // 3, 12))
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
                " otherwise (--show joins: rivals); codes that come first were joined first."
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


def _one_of(word: str, known: Sequence[_Word], option: str) -> _Word:
    for each in known:
        if word == each:
            return each
    raise QualError(f"{option} cannot be {word!r}.", f"It is one of {', '.join(known)}.")


def _chosen(
    opened: Reading, codes: Sequence[Code], keys: Sequence[str] | None, level: int | None
) -> list[int]:
    """Return the codes that are asked for, in tree order."""
    tree = Tree((each.id, each.parent_id) for each in codes)
    if level is not None and level > tree.depth:
        raise QualError(
            f"The code tree has no level {level}.",
            f"Its levels are 1 to {tree.depth}." if tree.depth else "",
        )
    named = {need_code(opened.db, key).id for key in keys or ()}
    return [
        each.id
        for each in codes
        if (not named or each.id in named) and (level is None or tree.level[each.id] == level)
    ]


def _items(codes: Sequence[Code], order: Sequence[int], level: int | None) -> dict[int, int]:
    """Return what each code counts for: itself, or the code of the level that it lies under."""
    if level is None:
        return {each: each for each in order}
    tree = Tree((each.id, each.parent_id) for each in codes)
    return {below: each for each in order for below in tree.branch(each)}


def _check(made: Clustering, unit: Unit, least: int, *, pairs: bool) -> None:
    """Refuse what there is too little for."""
    if len(made.compared) < 3:
        raise QualError(
            f"Fewer than 3 codes have {least} {'segment' if least == 1 else 'segments'}.",
            "--min takes those with fewer; other coders' codings are hidden until"
            " `qual coders show`.",
            exit_code=1,
        )
    if len(made.items) < 3 and not pairs:
        raise QualError(
            f"Fewer than 3 codes can be compared by {NAMES[unit]}: the others stand in each of them"
            " as often.",
            "Try --columns paragraph, --counts or --measure jaccard; --show pairs lists what is"
            " undefined.",
            exit_code=1,
        )


def _cut(cuts: Sequence[Cut], count: int, wanted: int | None, at: float | None) -> float:
    if wanted is not None and at is not None:
        raise QualError("--clusters and --cut exclude each other.", "Give one of them.")
    if at is not None:
        return at
    return cuts[first_cut(cuts, count, wanted)].at
