"""``qual matrix``: codes against documents, attributes, cases or coders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Final, get_args

import typer

from tui.analysis.counting import per_thousand
from tui.analysis.matrix import Cells, Region, cell
from tui.analysis.tree import Basis
from tui.cli.arguments import need_code
from tui.cli.diagnostics import note
from tui.cli.numbers import (
    Numbers,
    at_level,
    basis_notes,
    read_basis,
    read_columns,
    read_numbers,
)
from tui.cli.options import (
    AttrOptions,
    BasisOption,
    CaseOptions,
    CodeOptions,
    DocOptions,
    FormatOption,
    JsonFlag,
    LevelOption,
    WhoseOptions,
    new_app,
)
from tui.cli.output import Column, Record, choose_format, write_records
from tui.cli.scope import Scope, count_words, read_scope
from tui.cli.session import Reading, reading
from tui.errors import QualError
from tui.model.code import Code
from tui.text.counted import counted

app = new_app()

CELLS: Final[tuple[Cells, ...]] = get_args(Cells)


@app.command()
def matrix(
    ctx: typer.Context,
    by: Annotated[
        str,
        typer.Option("--by", metavar="WHAT", help="document, case, coder, or an attribute."),
    ] = "document",
    level: LevelOption = None,
    basis: BasisOption = None,
    cells: Annotated[
        str,
        typer.Option("--cells", metavar="WHAT", help="segments, refs, chars, documents, coverage."),
    ] = "segments",
    rate: Annotated[
        bool, typer.Option("--rate", help="Per 1,000 words of the column instead.")
    ] = False,
    code: CodeOptions = None,
    doc: DocOptions = None,
    case: CaseOptions = None,
    attr: AttrOptions = None,
    whose: WhoseOptions = None,
    json_lines: JsonFlag = False,
    form: FormatOption = None,
) -> None:
    """Count codes (rows) in documents, or in what shares a value of an attribute (columns).

    segments: codings as stored; refs: a coder's overlapping or touching spans of one code counted
    once; chars: characters under the row's codes, all coders united; coverage: their percentage.
    The last column, all, is counted anew over everything, so it need not be the sum.
    """
    with reading(ctx) as opened:
        scope = read_scope(opened, docs=doc, cases=case, attrs=attr, coders=whose)
        numbers = read_numbers(opened, scope)
        counted = read_cells(cells)
        used = read_basis(basis or ("subtree" if level else "direct"))
        if rate and counted in ("coverage", "documents"):
            raise QualError(f"--rate of {counted} means nothing.", "Use it with --cells segments.")
        codes: Sequence[Code] = at_level(numbers, level) if level else numbers.codes
        if code:
            wanted = {need_code(opened.db, key).id for key in code}
            codes = [each for each in codes if each.id in wanted]
        columns = read_columns(opened, scope, by)
        words = _words(opened, scope, columns) if rate else None
        rows = matrix_records(numbers, scope, codes, columns, used, counted, words)
        heads = [Column(f"cell {at}", each.name, right=True) for at, each in enumerate(columns)]
        chosen = choose_format(json_lines, form)
        shown = (
            Column("code", "code"),
            Column("name", "name", fill=True),
            *heads,
            Column("all", "all", right=True),
        )
        if chosen == "json":
            write_records(rows, shown, chosen)
        else:
            write_records((_flat(row) for row in rows), shown, chosen, by_heading=True)
        if chosen == "tsv":
            note(f"Columns: code, name, {', '.join(each.name for each in columns)}, all")
        _explain(scope, numbers, used, counted, level, rate)


def read_cells(word: str) -> Cells:
    """Return what the cells of a matrix count.

    Raises:
        QualError: the word names nothing that is counted.
    """
    for each in CELLS:
        if word == each:
            return each
    raise QualError(f"Cells cannot count {word!r}.", f"They count {', '.join(CELLS)}.")


def matrix_records(
    numbers: Numbers,
    scope: Scope,
    codes: Sequence[Code],
    columns: Sequence[Region],
    basis: Basis,
    cells: Cells,
    words: Sequence[int] | None = None,
) -> Iterator[Record]:
    """Yield one record for each code: its cells by column.

    Args:
        numbers: what is counted from.
        scope: where.
        codes: the rows.
        columns: the columns.
        basis: which codings count for a code.
        cells: what is counted.
        words: words of each column and of everything, for rates per 1,000; None for counts.
    """
    lengths = scope.lengths()
    for code in codes:
        groups = numbers.groups(code.id, basis)
        values: list[float | None] = []
        for at, region in enumerate((*columns, scope.region)):
            value = cell(groups, region, cells, lengths)
            if words is not None and value is not None:
                value = per_thousand(value, words[at])
            values.append(value)
        names = [region.name for region in columns]
        yield {
            "code": code.key,
            "name": code.name,
            "level": numbers.tree.level[code.id],
            "basis": basis,
            "count": cells,
            "per_1000_words": words is not None,
            "cells": dict(zip(names, values[:-1], strict=True)),
            "all": values[-1],
        }


def _flat(row: Record) -> Record:
    cells = row["cells"]
    assert isinstance(cells, dict)
    return {**row, **{f"cell {at}": value for at, value in enumerate(cells.values())}}


def _words(opened: Reading, scope: Scope, columns: Sequence[Region]) -> list[int]:
    return [
        count_words(opened.db, scope.documents, region.parts) for region in (*columns, scope.region)
    ]


def _explain(
    scope: Scope, numbers: Numbers, basis: Basis, cells: Cells, level: int | None, rate: bool
) -> None:
    for line in basis_notes(scope, numbers):
        note(line)
    note(f"Cells: {cells}{' per 1,000 words' if rate else ''}; basis of each code: {basis}.")
    if level and level > 1:
        above = sum(
            len(numbers.marks.get(code.id, ()))
            for code in numbers.codes
            if numbers.tree.level[code.id] < level
        )
        if above:
            note(f"In no row: {counted(above, 'segment')} of codes above level {level}.")
