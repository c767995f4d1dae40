"""``qual cluster``: codes that stand in the same places, and names for such groups of codes."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Annotated, Final, Literal, TypeVar, get_args

import typer

from tui.analysis.cluster_names import ON_PROJECT, named_clusters
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
)
from tui.analysis.dendrogram import number
from tui.analysis.incidence import UNITS, Incidence, Unit
from tui.analysis.tree import Tree
from tui.cli.arguments import need_code
from tui.cli.commands.cluster_print import CODES, JOINS, PAIRS, PLAIN, Printed
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
from tui.cli.output import Record, choose_format, write_line, write_records
from tui.cli.records import say_act
from tui.cli.scope import Scope, read_scope
from tui.cli.session import Reading, reading, writing
from tui.errors import QualError
from tui.model.code import Code
from tui.store.codes import list_codes
from tui.store.codings import spans_of_document
from tui.store.counts import cells_by_coder
from tui.store.documents import passage_table
from tui.store.memos import list_memos

app = new_app()

Shown = Literal["codes", "joins", "pairs", "tree"]
SHOWN: Final[tuple[Shown, ...]] = get_args(Shown)
_Word = TypeVar("_Word", bound=str)


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
    step; pairs: every similarity, also undefined ones; tree: drawn (in
    formats other than a table: the joins).
    """
    if ctx.invoked_subcommand is not None:
        return
    what = _one_of(show, SHOWN, "--show")
    unit, by = _one_of(columns, UNITS, "--columns"), _one_of(measure, MEASURES, "--measure")
    if linkage == "ward":
        raise QualError(
            "Ward's linkage needs Euclidean distances; Jaccard, Sørensen and Pearson are none.",
            f"Linkages: {', '.join(LINKAGES)}.",
        )
    linked = _one_of(linkage, LINKAGES, "--linkage")
    if wanted is not None and cut is not None:
        raise QualError("--clusters and --cut exclude each other.", "Give one of them.")
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
        if what == "tree" and not json_lines and form in (None, "table"):
            plain = not (sys.stdout.encoding or "").lower().startswith("utf")
            for line in printed.drawing(FLOOR[by]):
                write_line(line.translate(PLAIN) if plain else line)
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
    whole = all(scope.region.parts[document.id] is None for document in scope.documents)
    if unit == "document" and whole:
        cells = cells_by_coder(opened.db, scope.coder_ids)
        found.add_cells(cells, [document.id for document in scope.documents])
        return found
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
    if at is not None:
        return at
    return cuts[first_cut(cuts, count, wanted)].at
