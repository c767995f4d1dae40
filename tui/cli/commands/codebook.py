"""``qual codebook``: keep codebook.toml and project in step."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from typing import Annotated

import typer

from tui.cli.diagnostics import note
from tui.cli.options import JsonFlag, new_app
from tui.cli.output import write_json, write_text
from tui.cli.records import say_act
from tui.cli.session import call_of, reading, writing
from tui.codebook.file import FileCode, file_codes, read_codebook
from tui.codebook.sync import Difference, Plan, compare, describe
from tui.errors import ProjectNotFound, QualError
from tui.store.bases import read_base
from tui.store.codes import list_codes
from tui.text.counted import counted

app = new_app(no_args_is_help=True)

FileOption = Annotated[
    str | None,
    typer.Option("--file", metavar="FILE", help="Another file than codebook.toml beside it."),
]
DryRunFlag = Annotated[bool, typer.Option("--dry-run", help="Only show what would change.")]


@app.callback()
def codebook() -> None:
    """Bring an edited codebook.toml into the project, or write the project's codes out to it.

    Both sides are compared with what they last had in common: what only one side changed is
    taken, what both changed differently is a conflict, shown and never guessed.
    """


@app.command()
def check(
    ctx: typer.Context,
    file: Annotated[str | None, typer.Argument(metavar="[FILE]")] = None,
    json_lines: JsonFlag = False,
) -> None:
    """Prove a codebook file: keys, parents, names, letters, slots. Changes nothing."""
    if file is None:
        try:
            folder = os.path.dirname(os.path.abspath(call_of(ctx).path()))
        except ProjectNotFound:
            folder = os.getcwd()
        file = os.path.join(folder, "codebook.toml")
    found = read_codebook(file)
    if json_lines:
        write_json({"file": file, "ok": True, "codes": len(found.codes), "title": found.title})
    else:
        write_text(f"{file}: {counted(len(found.codes), 'code')}, nothing wrong")


@app.command()
def diff(ctx: typer.Context, file: FileOption = None, json_lines: JsonFlag = False) -> None:
    """Show what a pull and a push would do; exit code 1 when both sides are the same."""
    with reading(ctx) as opened:
        path = file or os.path.join(os.path.dirname(opened.path), "codebook.toml")
        base = tuple(FileCode(**code) for code in json.loads(read_base(opened.db) or "[]"))
        plan = compare(base, read_codebook(path).codes, file_codes(list_codes(opened.db)))
        _show(plan, json_lines)
        if not (plan.pull or plan.push or plan.conflicts):
            raise QualError("Project and file hold the same codes.", exit_code=1)


@app.command()
def pull(
    ctx: typer.Context,
    file: FileOption = None,
    dry_run: DryRunFlag = False,
    json_lines: JsonFlag = False,
) -> None:
    """Bring what changed in the file into the project; one step of undo."""
    from tui.project import sync  # noqa: PLC0415 (loads the acts)

    with writing(ctx) as project:
        path = file or sync.codebook_path(project)
        _, plan = sync.plan_sync(project, path)
        if not json_lines:
            _lines(plan.pull, "file")
        if dry_run:
            note("Nothing was changed (--dry-run).")
            return
        count = sync.pull(project, path)
        say_act(project, json_lines, differences=count)


@app.command()
def push(
    ctx: typer.Context,
    file: FileOption = None,
    dry_run: DryRunFlag = False,
    json_lines: JsonFlag = False,
) -> None:
    """Write what changed in the project into the file; its comments stay."""
    from tui.project import sync  # noqa: PLC0415 (loads the acts)

    with writing(ctx) as project:
        path = file or sync.codebook_path(project)
        if os.path.exists(path):
            _, plan = sync.plan_sync(project, path)
            if not json_lines:
                _lines(plan.push, "project")
        if dry_run:
            note("Nothing was changed (--dry-run).")
            return
        count = sync.push(project, path)
        if json_lines:
            write_json({"file": path, "differences": count})
        else:
            write_text(f"{path}: {count} differences written")


def _show(plan: Plan, json_lines: bool) -> None:
    groups = (
        ("pull", "file", plan.pull),
        ("push", "project", plan.push),
        ("conflict", "file", plan.conflicts),
    )
    for name, side, differences in groups:
        if json_lines:
            for each in differences:
                write_json(
                    {
                        "direction": name,
                        "code": each.key,
                        "field": each.field,
                        "base": each.base,
                        "file": each.file,
                        "project": each.project,
                    }
                )
        elif differences:
            write_text(f"{name}: {len(differences)}")
            _lines(differences, side)


def _lines(differences: Iterable[Difference], side: str) -> None:
    for difference in differences:
        for line in describe(difference, side):
            write_text(line)
