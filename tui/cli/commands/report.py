"""``qual report``: tables for a paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Final

import typer

import tui
from tui.cli.numbers import Numbers, basis_notes, read_numbers
from tui.cli.options import (
    AttrOptions,
    CaseOptions,
    DocOptions,
    FormatOption,
    JsonFlag,
    WhoseOptions,
    new_app,
)
from tui.cli.output import (
    Column,
    Format,
    Record,
    choose_format,
    write_line,
    write_records,
    write_text,
)
from tui.cli.scope import Scope, read_scope
from tui.cli.session import reading
from tui.errors import QualError
from tui.store.settings import read_setting

app = new_app(no_args_is_help=True)

ORDINALS: Final = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth")

NUMBER_COLUMNS: Final = (
    Column("direct", "Direct", right=True),
    Column("aggregated", "Aggregated", right=True),
    Column("subtree", "Subtree", right=True),
    Column("refs_merged_subtree", "Merged", right=True),
    Column("documents_subtree", "Documents", right=True),
)

BASIS: Final = (
    "Direct: codings with the code itself, as stored, each coder's counted.",
    "Aggregated: direct plus the codings of the direct children.",
    "Subtree: the codings of the whole branch; over the first-level codes it adds up to all.",
    "Merged: as Subtree, but a coder's overlapping or touching spans of one code count once.",
    "Documents: documents with at least one coding in the branch.",
)


@app.callback()
def report() -> None:
    """Print what a paper needs from the project as it stands."""


@app.command()
def tables(
    ctx: typer.Context,
    level: Annotated[
        int | None, typer.Option("--level", min=1, metavar="N", help="Only this level's table.")
    ] = None,
    doc: DocOptions = None,
    case: CaseOptions = None,
    attr: AttrOptions = None,
    whose: WhoseOptions = None,
    json_lines: JsonFlag = False,
    form: FormatOption = None,
) -> None:
    """Print the tables of first-, second- and third-level codes: keys, names, counts.

    Markdown by default, with the basis of every count; --format csv for one plain table.
    """
    chosen: Format = choose_format(json_lines, form) if json_lines or form else "md"
    with reading(ctx) as opened:
        scope = read_scope(opened, docs=doc, cases=case, attrs=attr, coders=whose)
        numbers = read_numbers(opened, scope)
        if not numbers.codes:
            raise QualError("The codebook is empty.", "`qual codes add NAME`", exit_code=1)
        levels = [level] if level else list(range(1, numbers.tree.depth + 1))
        if level and level > numbers.tree.depth:
            raise QualError(
                f"The code tree has no level {level}.", f"It has {numbers.tree.depth} levels."
            )
        title = read_setting(opened.db, "codebook.title", read_setting(opened.db, "title"))
        if chosen == "md":
            _write_markdown(numbers, scope, levels, title)
            return
        rows = [row for each in levels for row in table_records(numbers, each)]
        write_records(rows, (*_path_columns(max(levels)), *NUMBER_COLUMNS), chosen)


def table_records(numbers: Numbers, level: int) -> Iterator[Record]:
    """Yield the rows of one level's table: the path to the code, the code, its counts."""
    by_id = {code.id: code for code in numbers.codes}
    for code in numbers.codes:
        if numbers.tree.level[code.id] != level:
            continue
        path = [code]
        while path[0].parent_id is not None:
            path.insert(0, by_id[path[0].parent_id])
        above = {
            f"level_{at}": f"{path[at - 1].key} {path[at - 1].name}" if at < level else ""
            for at in range(1, max(numbers.tree.depth, 1))
        }
        yield {"table": level, **above, **numbers.code_record(code)}


def _path_columns(level: int) -> tuple[Column, ...]:
    above = tuple(Column(f"level_{at}", f"{_ordinal(at)}-level code") for at in range(1, level))
    return (Column("table", "Level"), *above, Column("code", "Key"), Column("name", "Name"))


def _ordinal(level: int) -> str:
    return ORDINALS[level - 1] if level <= len(ORDINALS) else f"{level}th"


def _write_markdown(numbers: Numbers, scope: Scope, levels: Sequence[int], title: str) -> None:
    write_text(f"# Codes{f' of “{title}”' if title else ''}")
    write_line("")
    for number, level in enumerate(levels, 1):
        rows = list(table_records(numbers, level))
        write_line(f"## Table {number}. {_ordinal(level)}-level codes ({len(rows)})")
        write_line("")
        columns = (*_path_columns(level)[1:], *NUMBER_COLUMNS)
        write_records(rows, columns, "md")
        write_line("")
    write_line("## Basis of counting")
    write_line("")
    for line in (*basis_notes(scope, numbers), *BASIS):
        write_text(f"- {line}")
    write_line("")
    write_line(f"Counted by qual {tui.__version__}.")
