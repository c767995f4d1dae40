"""``qual coders``: who codes here, and whose codings you see."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from tui.cli.diagnostics import confirm, note
from tui.cli.options import FormatOption, JsonFlag, YesFlag, new_app
from tui.cli.output import Column, choose_format, write_records
from tui.cli.records import say_act
from tui.cli.session import reading, writing
from tui.errors import QualError
from tui.store.coders import codings_by_coder, list_coders
from tui.store.settings import read_setting

app = new_app()

COLUMNS: Final = (
    Column("id", "id", right=True),
    Column("name", "name"),
    Column("codings", "codings", right=True),
    Column("shown", "shown"),
    Column("you", "you"),
    Column("created_at", "since"),
)

NamesArgument = Annotated[list[str] | None, typer.Argument(metavar="[NAME…]")]
AllFlag = Annotated[bool, typer.Option("--all", help="Everybody.")]


@app.callback(invoke_without_command=True)
def list_all(
    ctx: typer.Context,
    round_state: Annotated[
        str | None,
        typer.Option(
            "--round",
            metavar="open|closed",
            help="While a round is open, nobody can turn others' codings on.",
        ),
    ] = None,
    yes: YesFlag = False,
    json_lines: JsonFlag = False,
    form: FormatOption = None,
) -> None:
    """List who codes here, how much, and whose codings you see: your own, and those turned on."""
    if ctx.invoked_subcommand is not None:
        return
    if round_state is not None:
        _set_round(ctx, round_state, yes, json_lines)
        return
    with reading(ctx) as opened:
        counts = codings_by_coder(opened.db)
        rows = [
            {
                "id": coder.id,
                "name": coder.name,
                "codings": counts.get(coder.id, 0),
                "shown": coder.id in opened.coder_ids,
                "you": coder.id == opened.coder_id,
                "created_at": coder.created_at,
            }
            for coder in list_coders(opened.db)
        ]
        write_records(rows, COLUMNS, choose_format(json_lines, form))
        if read_setting(opened.db, "round") == "open":
            note("A round is open: others' codings stay hidden until it is closed.")
        if not opened.coder_id:
            note(f"You are {opened.coder}, who has not worked in this project yet.")


@app.command()
def show(
    ctx: typer.Context,
    names: NamesArgument = None,
    everybody: AllFlag = False,
    json_lines: JsonFlag = False,
) -> None:
    """Turn other coders' codings on for you; the journal keeps when."""
    from tui.project.edits.readings import show_coders  # noqa: PLC0415 (an act)

    with writing(ctx) as project:
        wanted = _wanted(names, everybody, [c.name for c in list_coders(project.db)], project.coder)
        shown = show_coders(project, wanted)
        say_act(project, json_lines, coders=shown)


@app.command()
def hide(
    ctx: typer.Context,
    names: NamesArgument = None,
    everybody: AllFlag = False,
    json_lines: JsonFlag = False,
) -> None:
    """Turn other coders' codings off again."""
    from tui.project.edits.readings import hide_coders  # noqa: PLC0415 (an act)

    with writing(ctx) as project:
        wanted = _wanted(names, everybody, [c.name for c in list_coders(project.db)], project.coder)
        hidden = hide_coders(project, wanted)
        say_act(project, json_lines, coders=hidden)


def _wanted(names: list[str] | None, everybody: bool, known: list[str], coder: str) -> list[str]:
    if bool(names) == everybody:
        raise QualError("Whose codings is not clear.", "Give names, or --all.")
    return [name for name in (known if everybody else names or ()) if name != coder]


def _set_round(ctx: typer.Context, state: str, yes: bool, json_lines: bool) -> None:
    from tui.project.edits.readings import set_setting  # noqa: PLC0415 (an act)

    if state not in ("open", "closed"):
        raise QualError(f"There is no state {state!r} of a round.", "States: open, closed.")
    with writing(ctx) as project:
        if state == "closed":
            confirm("End the round, so that everybody may turn others' codings on?", yes=yes)
        set_setting(project, "round", state)
        say_act(project, json_lines)
