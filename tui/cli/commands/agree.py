"""``qual agree``: how far coders agree, code by code and over all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Final

import typer

from tui.analysis.agreement_units import Read, Unit
from tui.analysis.bootstrap import DRAWS, SEED
from tui.analysis.comparison import Comparison
from tui.analysis.tree import Basis, Tree
from tui.cli.arguments import need_code
from tui.cli.commands.agree_places import decide, places, read_unit
from tui.cli.commands.agree_print import (
    TOTAL_COLUMNS,
    Asked,
    agreement_records,
    columns_by,
    explain,
    total_records,
    with_words,
)
from tui.cli.numbers import read_basis
from tui.cli.options import (
    AttrOptions,
    BasisOption,
    CaseOptions,
    CodeOptions,
    DocOptions,
    FormatOption,
    JsonFlag,
    LevelOption,
    new_app,
)
from tui.cli.output import choose_format, write_records
from tui.cli.scope import Scope, read_scope
from tui.cli.session import Reading, reading
from tui.errors import QualError
from tui.store.coders import list_coders
from tui.store.codes import list_codes
from tui.store.compared import read_compared
from tui.store.counts import cells_by_coder

app = new_app()

ROWS: Final = ("code", "document", "both")


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
    level: LevelOption = None,
    basis: BasisOption = None,
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
            written = write_records(with_words(total_records(asked), chosen), TOTAL_COLUMNS, chosen)
        else:
            rows = agreement_records(asked, by)
            written = write_records(with_words(rows, chosen), columns_by(by, len(coders)), chosen)
        explain(opened, asked)
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
) -> Asked:
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
    return Asked(
        compared, scope, [each for each in codes if each.id in rows], tree, basis, draws, seed
    )
