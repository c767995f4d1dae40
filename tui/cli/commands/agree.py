"""``qual agree``: how far coders agree, code by code and over all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Annotated, Final

import typer

from tui.analysis.agreement import MEASURES, Agreed, overall
from tui.analysis.agreement_units import Read, Unit
from tui.analysis.bootstrap import DRAWS, FEWEST, SEED, Interval
from tui.analysis.comparison import RARE, Comparison, Coverage
from tui.analysis.tree import Basis, Tree
from tui.cli.arguments import need_code
from tui.cli.commands.agree_places import decide, places, read_unit
from tui.cli.diagnostics import note
from tui.cli.numbers import read_basis
from tui.cli.options import (
    AttrOptions,
    CaseOptions,
    CodeOptions,
    DocOptions,
    FormatOption,
    JsonFlag,
    new_app,
)
from tui.cli.output import Column, Format, Record, choose_format, write_records
from tui.cli.scope import Scope, read_scope
from tui.cli.session import Reading, reading
from tui.errors import QualError
from tui.model.code import Code
from tui.store.coders import list_coders
from tui.store.codes import list_codes
from tui.store.compared import read_compared, shown_later
from tui.store.counts import cells_by_coder
from tui.text.counted import counted

app = new_app()

ROWS: Final = ("code", "document", "both")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was compared, and how rows are made of it."""

    compared: Comparison
    scope: Scope
    codes: list[Code]
    """The rows' codes that somebody used, in tree order."""
    tree: Tree
    basis: Basis
    draws: int
    seed: int

    def interval(self, codes: Sequence[int]) -> Interval | None:
        """Return the interval of alpha of these codes pooled, over all documents."""
        return self.compared.interval(codes, self.draws, self.seed) if self.draws else None


app.command()(places)
app.command()(decide)


@app.callback(invoke_without_command=True)
def agree(
    ctx: typer.Context,
    by: Annotated[
        str,
        typer.Option("--by", metavar="WHAT", help="One row for each code, document, or both."),
    ] = "code",
    total: Annotated[
        bool, typer.Option("--total", help="Mean, length-weighted, pooled; sets of codes.")
    ] = False,
    unit: Annotated[
        str,
        typer.Option(
            "--unit", metavar="UNIT", help="characters, sentences, paragraphs, documents."
        ),
    ] = "characters",
    level: Annotated[
        int | None,
        typer.Option("--level", min=1, metavar="N", help="Only codes of this level; 1 = top."),
    ] = None,
    basis: Annotated[
        str | None,
        typer.Option(
            "--basis",
            metavar="BASIS",
            help="direct, aggregated or subtree; subtree with --level, else direct.",
        ),
    ] = None,
    code: CodeOptions = None,
    doc: DocOptions = None,
    case: CaseOptions = None,
    attr: AttrOptions = None,
    whom: Annotated[
        list[str] | None,
        typer.Option(
            "--coder",
            metavar="NAME",
            help="Compare these coders; repeatable. (Before the verb: who you are.)",
        ),
    ] = None,
    draws: Annotated[
        int,
        typer.Option(
            "--draws", min=0, max=100_000, metavar="N", help="For the interval; 0 = none."
        ),
    ] = DRAWS,
    seed: Annotated[int, typer.Option("--seed", metavar="N", help="Of these draws.")] = SEED,
    json_lines: JsonFlag = False,
    form: FormatOption = None,
) -> None:
    """Compare coders: two-by-two tables, percent, Cohen's kappa, Krippendorff's alpha, Holsti.

    Only what two coders have read is compared; what one has not read is missing, not uncoded. Each
    coder's spans of a code are united first. Without --coder all are compared whose codings are
    shown to you and who coded something; percent, kappa and Holsti of more than two are means over
    the pairs. R is the composite reliability of all coders by Holsti's formula. The interval is of
    alpha: passages are drawn again and again, with replacement. With --total, "sets of codes" is
    alpha of all codes of a unit taken together; sets that share codes are nearer (MASI distance).
    """
    if ctx.invoked_subcommand is not None:
        return
    if by not in ROWS:
        raise QualError(f"--by cannot be {by!r}.", f"It can be {', '.join(ROWS)}.")
    units = read_unit(unit)
    with reading(ctx) as opened:
        scope = read_scope(opened, docs=doc, cases=case, attrs=attr, coders=whom)
        coders = compared_coders(opened, scope, named=bool(whom))
        used = read_basis(basis or ("subtree" if level else "direct"))
        asked = _compare(opened, scope, coders, units, used, code, level, draws, seed, total)
        chosen = choose_format(json_lines, form)
        if total:
            written = write_records(_said(_totals(asked), chosen), TOTAL_COLUMNS, chosen)
        else:
            rows = agreement_records(asked, by)
            written = write_records(_said(rows, chosen), _columns(by, len(coders)), chosen)
        _explain(opened, asked)
        if not written:
            raise QualError("None of the codes stands in what they have read.", exit_code=1)


def compared_coders(opened: Reading, scope: Scope, *, named: bool) -> list[int]:
    """Return who is compared: those named, or all shown coders who coded something.

    Raises:
        QualError: they are fewer than two.
    """
    ids = list(dict.fromkeys(scope.coder_ids))
    if not named:
        coded = {row[2] for row in cells_by_coder(opened.db, ids)}
        ids = [each for each in ids if each in coded]
    if len(ids) < 2:
        hidden = [c.name for c in list_coders(opened.db) if c.id not in opened.coder_ids]
        if named:
            raise QualError("One coder agrees with nobody.", "Name two or more with --coder.")
        hint = (
            f"The codings of {', '.join(hidden)} are hidden from you; `qual coders show NAME`"
            " turns them on, and the journal keeps it."
            if hidden
            else "`qual import --coder` adds another."
        )
        raise QualError(
            "Only one coder here." if ids else "Nobody has coded here yet.", hint, exit_code=1
        )
    return ids


def _compare(
    opened: Reading,
    scope: Scope,
    coders: Sequence[int],
    unit: Unit,
    basis: Basis,
    keys: Sequence[str] | None,
    level: int | None,
    draws: int,
    seed: int,
    sets: bool,
) -> _Asked:
    codes = list_codes(opened.db)
    tree = Tree((each.id, each.parent_id) for each in codes)
    if level and not tree.at_level(level):
        raise QualError(
            f"The code tree has no level {level}.",
            f"Its levels are 1 to {tree.depth}." if tree.depth else "",
        )
    if level:
        codes = [each for each in codes if tree.level[each.id] == level]
    if keys:
        wanted = {need_code(opened.db, key).id for key in keys}
        codes = [each for each in codes if each.id in wanted]
    groups = {each.id: tree.members(each.id, basis) for each in codes}
    compared = Comparison(coders, unit, groups, sets=sets)
    for document in scope.documents:
        found = read_compared(opened.db, document.id, coders, sentences=unit == "sentences")
        compared.add(
            document.id,
            [Read(*passage) for passage in found.passages],
            found.spans,
            scope.region.parts[document.id],
        )
    rows = compared.codes()
    return _Asked(
        compared, scope, [each for each in codes if each.id in rows], tree, basis, draws, seed
    )


def agreement_records(asked: _Asked, by: str) -> Iterator[Record]:
    """Yield one record for each code, each document, or each code in each document.

    Args:
        asked: what was compared.
        by: ``code``, ``document`` or ``both``.
    """
    compared = asked.compared
    names = {document.id: document.name for document in asked.scope.documents}
    if by == "document":
        ids = [each.id for each in asked.codes]
        for document in compared.documents():
            agreed = compared.of_document(document, ids)
            yield {"document": names[document], **_record(asked, agreed, None)}
        return
    for code in asked.codes:
        about = {
            "code": code.key,
            "name": code.name,
            "level": asked.tree.level[code.id],
            "basis": asked.basis,
        }
        rare = {
            "segments": compared.segments[code.id],
            "rare": compared.segments[code.id] < RARE,
        }
        if by == "code":
            agreed = compared.of_code(code.id)
            found = asked.interval([code.id])
            yield {**about, **_record(asked, agreed, found), **rare}
            continue
        for document in compared.documents():
            agreed = compared.cell(code.id, document)
            if agreed.used:
                yield {"document": names[document], **about, **_record(asked, agreed, None)}


def _record(asked: _Asked, agreed: Agreed, interval: Interval | None) -> dict[str, object]:
    """Return the fields that every row has; of two coders the four counts stand in it."""
    only = agreed.pairs[0] if len(agreed.pairs) == 1 else None
    return {
        "unit": asked.compared.unit,
        "coders": _names(asked),
        "units": only.total if only else None,
        "n11": only.both if only else None,
        "n10": only.one if only else None,
        "n01": only.other if only else None,
        "n00": only.neither if only else None,
        **_values(agreed),
        "alpha_low": interval[0] if interval else None,
        "alpha_high": interval[1] if interval else None,
        "pairs": [
            {
                "coders": list(names),
                "n11": table.both,
                "n10": table.one,
                "n01": table.other,
                "n00": table.neither,
                "percent": table.percent,
                "kappa": table.kappa if table.varies else 1.0 if table.total else None,
                "no_variation": not table.varies,
            }
            for names, table in zip(combinations(_names(asked), 2), agreed.pairs, strict=True)
        ],
    }


def _values(agreed: Agreed) -> dict[str, object]:
    """Return the measures, kappa 1 where nothing varies, and whether it does."""
    values: dict[str, object] = {**agreed.measures()}
    if not agreed.varies and agreed.percent is not None:
        values["kappa"] = 1.0
    values["no_variation"] = not agreed.varies
    return values


def _said(records: Iterable[Record], form: Format) -> Iterator[Record]:
    """Yield records with the two cells that are words, which JSON has as numbers only."""
    for row in records:
        if form == "json":
            yield row
            continue
        kappa, low, high = row["kappa"], row["alpha_low"], row["alpha_high"]
        yield {
            **row,
            "kappa": "1 (no variation)" if kappa is not None and row["no_variation"] else kappa,
            "interval": f"{low:z.2f} to {high:z.2f}" if low is not None else None,
        }


def _names(asked: _Asked) -> list[str]:
    scope = asked.scope
    by_id = dict(zip(scope.coder_ids, scope.coders, strict=True))
    return [by_id[each] for each in asked.compared.coder_ids]


def _totals(asked: _Asked) -> Iterator[Record]:
    """Yield the three ways to make one value of all, each by its name, and alpha of the sets.

    A cell is a code in a document; a document that is one unit itself makes none, so there it is
    a code over all documents.
    """
    compared = asked.compared
    if compared.unit == "documents":
        cells = [compared.of_code(code.id) for code in asked.codes]
    else:
        cells = [
            compared.cell(code.id, document)
            for code in asked.codes
            for document in compared.documents()
        ]
    if not cells:
        return
    found = overall(cells)
    interval = asked.interval([each.id for each in asked.codes])
    covered = sum(compared.coverage.values(), Coverage())
    common = {
        "unit": compared.unit,
        "coders": _names(asked),
        "codes": len(asked.codes),
        "documents": len(compared.documents()),
        "basis": asked.basis,
        "units": covered.units,
        "paragraphs": covered.paragraphs,
        "left_out": covered.left_out,
    }
    for name, values in (("mean", found.mean), ("length-weighted mean", found.weighted)):
        rest = {"no_variation": False, "alpha_low": None, "alpha_high": None}
        yield {"average": name, "cells": found.cells, **common, **values, **rest}
    yield {
        "average": "pooled",
        "cells": len(cells),
        **common,
        **_values(found.pooled),
        "alpha_low": interval[0] if interval else None,
        "alpha_high": interval[1] if interval else None,
    }
    if compared.sets is not None:
        none = dict.fromkeys((*MEASURES, "cells", "alpha_low", "alpha_high"))
        alpha = compared.sets.alpha
        yield {
            **common,
            "average": "sets of codes",
            **none,
            "alpha": alpha,
            "no_variation": alpha is None,
        }


def _measure_columns(*, interval: bool = True) -> list[Column]:
    heads = {"percent": "%", "holsti": "Holsti", "reliability": "R", "ac1": "AC1"}
    columns = []
    for name in MEASURES:
        columns.append(Column(name, heads.get(name, name), right=True))
        if name == "alpha" and interval:
            columns.append(Column("interval", "95 %", right=True))
    return columns


TOTAL_COLUMNS: Final = (
    Column("average", "over all"),
    Column("cells", "cells", right=True),
    *_measure_columns(),
)


def _columns(by: str, coders: int) -> list[Column]:
    first = []
    if by != "code":
        first.append(Column("document", "document"))
    if by != "document":
        first += [Column("code", "code"), Column("name", "name", fill=True)]
    counts = ("n11", "n10", "n01", "n00") if coders == 2 else ()
    return [
        *first,
        *(Column(name, name, right=True) for name in counts),
        *_measure_columns(interval=by == "code"),
    ]


def _explain(opened: Reading, asked: _Asked) -> None:
    """Say on what the numbers stand: who, what was read, how it was counted, how independent."""
    compared = asked.compared
    covered = sum(compared.coverage.values(), Coverage())
    names = _names(asked)
    many = len(names)
    both, one = ("both have", "one has") if many == 2 else ("two or more have", "fewer have")
    whom = ", ".join(names) if many > 2 else f"{names[0]} (n10: {names[0]} only) and {names[1]}"
    size = "" if compared.unit == "paragraphs" else f": {covered.units:,} {compared.unit}"
    read = counted(covered.paragraphs, "paragraph")
    left = covered.left_out
    out = f"; {counted(left, 'is', 'are')} left out because {one if many > 2 else one + ' not'}"
    note(f"{whom}, on the {read} that {both} read{size}{out if left else ''}.")
    rare = sum(1 for each in asked.codes if compared.segments[each.id] < RARE)
    if rare:
        all_codes = counted(len(asked.codes), "code")
        note(f"{rare} of {all_codes}: fewer than {RARE} segments, so their values say little.")
    drawn = "documents" if compared.unit == "documents" else "paragraphs"
    if asked.draws and compared.drawn < FEWEST:
        note(f"No interval: {compared.drawn} {drawn} to draw from, fewer than {FEWEST}.")
    elif asked.draws:
        note(
            f"95 %: of alpha, percentiles of {asked.draws} draws of {drawn}, seed {asked.seed};"
            " empty where it says nothing."
        )
    by_id = dict(zip(compared.coder_ids, names, strict=True))
    later = shown_later(opened.db, compared.coder_ids)
    for coder, other, at, count in later:
        note(
            f"{by_id[coder]} turned on the codings of {by_id[other]} on {at[:10]};"
            f" {counted(count, 'coding')} of {by_id[coder]} younger than that."
        )
    if not later:
        note("None of them had turned on the codings of another.")
