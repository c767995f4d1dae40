"""``qual searches``: queries that were saved under a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import typer

from tui.cli.diagnostics import confirm, note
from tui.cli.options import FormatOption, JsonFlag, YesFlag, new_app
from tui.cli.output import Column, choose_format, write_records
from tui.cli.records import say_act
from tui.cli.session import reading, writing
from tui.errors import QualError
from tui.store.searches import find_search, list_searches

if TYPE_CHECKING:
    from tui.project.project import Project

app = new_app()

COLUMNS: Final = (
    Column("name", "name"),
    Column("query", "query", fill=True),
    Column("coder", "saved by"),
    Column("created_at", "saved at"),
)

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="Without the @.")]


@app.callback(invoke_without_command=True)
def list_all(ctx: typer.Context, json_lines: JsonFlag = False, form: FormatOption = None) -> None:
    """List the saved searches of the project; all who code in it share them.

    `qual search @NAME` asks a saved one, `qual search '@NAME year>=2013'` narrows it.
    """
    if ctx.invoked_subcommand is not None:
        return
    with reading(ctx) as opened:
        records = [
            {"name": name, "query": query, "coder": coder, "created_at": at}
            for _, name, query, coder, at in list_searches(opened.db)
        ]
        if not write_records(records, COLUMNS, choose_format(json_lines, form)):
            raise QualError(
                "No search was saved.", "qual searches save NAME 'tired tests'", exit_code=1
            )


@app.command()
def save(
    ctx: typer.Context,
    name: NameArgument,
    query: Annotated[list[str], typer.Argument(metavar="QUERY…")],
    replace: Annotated[
        bool, typer.Option("--replace", help="In the place of another query of that name.")
    ] = False,
    json_lines: JsonFlag = False,
) -> None:
    """Save a query under a name; a query then finds it as @NAME."""
    from tui.project.edits.searches import save_search  # noqa: PLC0415 (an act)
    from tui.search.saved import check_saved  # noqa: PLC0415

    written = " ".join(query)
    with writing(ctx) as project:
        check_saved(project.db, name, written)
        save_search(project, name, written, replace=replace)
        say_act(project, json_lines, name=name.removeprefix("@"), query=written)


@app.command()
def rename(
    ctx: typer.Context,
    name: NameArgument,
    new_name: Annotated[str, typer.Argument(metavar="NEW")],
    json_lines: JsonFlag = False,
) -> None:
    """Give a saved search another name; queries that name it are not rewritten."""
    from tui.project.edits.searches import rename_search  # noqa: PLC0415 (an act)

    with writing(ctx) as project:
        rename_search(project, name, new_name)
        _tell_users(project, name)
        say_act(project, json_lines, name=new_name.removeprefix("@"))


@app.command()
def delete(
    ctx: typer.Context, name: NameArgument, yes: YesFlag = False, json_lines: JsonFlag = False
) -> None:
    """Delete a saved search; undo brings it back."""
    from tui.project.edits.searches import delete_search  # noqa: PLC0415 (an act)

    with writing(ctx) as project:
        known = find_search(project.db, name.removeprefix("@"))
        confirm(f"Delete the search @{known[1] if known else name}?", yes=yes)
        delete_search(project, name)
        _tell_users(project, name)
        say_act(project, json_lines)


def _tell_users(project: Project, name: str) -> None:
    """Say which saved searches name one that has this name no more."""
    from tui.search.saved import users_of  # noqa: PLC0415

    gone = name.strip().removeprefix("@")
    if find_search(project.db, gone) is None and (users := users_of(project.db, gone)):
        named = ", ".join(f"@{user}" for user in users)
        note(f"Still named @{gone} in {named}: save that anew, or nothing is found by it.")
