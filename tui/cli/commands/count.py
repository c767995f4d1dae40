"""``qual count``: references, documents, coverage."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from tui.analysis.counting import covered, distinct_spans
from tui.analysis.spans import count_touched
from tui.cli.arguments import need_code
from tui.cli.diagnostics import note
from tui.cli.numbers import Numbers, basis_notes, read_numbers, total_record
from tui.cli.options import (
    AttrOptions,
    CaseOptions,
    DocOptions,
    FormatOption,
    JsonFlag,
    WhoseOptions,
    new_app,
)
from tui.cli.output import Column, Record, choose_format, write_records
from tui.cli.scope import Scope, read_scope
from tui.cli.session import Reading, reading
from tui.errors import QualError
from tui.store.documents import passage_table

app = new_app()

COLUMNS: Final = (
    Column("code", "code"),
    Column("name", "name", fill=True),
    Column("direct", "direct", right=True),
    Column("aggregated", "aggreg.", right=True),
    Column("subtree", "subtree", right=True),
    Column("refs_merged", "merged", right=True),
    Column("documents", "docs", right=True),
    Column("chars", "chars", right=True),
    Column("coverage", "%", right=True),
)

TOTALS: Final = tuple(
    Column(name, name.replace("_", " "), right=True)
    for name in (
        "segments",
        "refs_merged",
        "codes_used",
        "documents",
        "spans",
        "passages",
        "chars",
        "coverage",
    )
)


@app.command()
def count(
    ctx: typer.Context,
    keys: Annotated[
        list[str] | None, typer.Argument(metavar="[KEY…]", help="Only these codes.")
    ] = None,
    total: Annotated[
        bool, typer.Option("--total", help="One line for all codings together.")
    ] = False,
    used: Annotated[bool, typer.Option("--used", help="Leave out codes without codings.")] = False,
    doc: DocOptions = None,
    case: CaseOptions = None,
    attr: AttrOptions = None,
    whose: WhoseOptions = None,
    json_lines: JsonFlag = False,
    form: FormatOption = None,
) -> None:
    """Count the references of each code, and how much text it covers.

    direct: codings as stored; aggregated: and those of the direct children; subtree: of the whole
    branch; merged: direct, a coder's overlapping or touching spans counted once; coverage:
    characters under the code, all coders united, of the characters there are.
    """
    with reading(ctx) as opened:
        scope = read_scope(opened, docs=doc, cases=case, attrs=attr, coders=whose)
        numbers = read_numbers(opened, scope)
        chosen = choose_format(json_lines, form)
        if total:
            write_records([_total(opened, scope, numbers)], TOTALS, chosen)
        else:
            wanted = {need_code(opened.db, key).id for key in keys or ()}
            rows: list[Record] = [
                numbers.code_record(code)
                for code in numbers.codes
                if (not wanted or code.id in wanted)
                and (not used or numbers.tally(code.id, "subtree").segments)
            ]
            write_records(rows, COLUMNS, chosen)
        for line in basis_notes(scope, numbers):
            note(line)
        if not any(numbers.marks.values()):
            raise QualError(
                "You see no codings there.",
                "Other coders' codings are hidden until `qual coders show`.",
                exit_code=1,
            )


def _total(opened: Reading, scope: Scope, numbers: Numbers) -> Record:
    united = covered(mark for marks in numbers.measured.values() for mark in marks)
    passages = sum(
        count_touched(
            [(start, end) for _, start, end in passage_table(opened.db, document_id)], spans
        )
        for document_id, spans in united.items()
    )
    spans = distinct_spans(mark for marks in numbers.marks.values() for mark in marks)
    return total_record(scope, numbers, passages, spans)
