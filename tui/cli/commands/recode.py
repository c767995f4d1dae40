"""``qual recode``: change the code, the edges or the flag of codings."""

from __future__ import annotations

from typing import Annotated

import typer

from tui.cli.arguments import need_code, read_span
from tui.cli.diagnostics import confirm
from tui.cli.options import JsonFlag, YesFlag, new_app
from tui.cli.records import say_act
from tui.cli.session import writing
from tui.errors import QualError
from tui.store.codings import list_codings
from tui.text.counted import counted

app = new_app()


@app.command()
def recode(
    ctx: typer.Context,
    ids: Annotated[
        list[int] | None, typer.Argument(metavar="[ID…]", help="Ids from `qual codings`.")
    ] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="KEY", help="The new code.")] = None,
    from_code: Annotated[
        str | None,
        typer.Option("--from", metavar="KEY", help="All your codings of it, instead of ids."),
    ] = None,
    span: Annotated[
        str | None, typer.Option("--span", metavar="START:END", help="New edges of one coding.")
    ] = None,
    important: Annotated[
        bool | None, typer.Option("--important/--not-important", help="The flag.")
    ] = None,
    yes: YesFlag = False,
    json_lines: JsonFlag = False,
) -> None:
    """Change own codings: give them another code, move their edges, flag them; one step of undo."""
    from tui.project.edits.codings import (  # noqa: PLC0415 (acts)
        move_coding,
        recode_codings,
        set_important,
    )

    if (to is None) and (span is None) and (important is None):
        raise QualError("What to change is not said.", "Give --to KEY, --span or --important.")
    if bool(ids) == (from_code is not None):
        raise QualError("Which codings is not clear.", "Give their ids, or --from KEY.")
    if span is not None and (not ids or len(ids) != 1):
        raise QualError("--span moves the edges of one coding.", "Give its id.")
    with writing(ctx) as project, project.one_step():
        wanted = list(ids or ())
        if from_code is not None:
            source = need_code(project.db, from_code)
            own = list_codings(project.db, coder_ids=[project.coder_id], code_ids=[source.id])
            wanted = [coding.id for coding in own]
            if not wanted:
                raise QualError(f"You have no codings of {source.key}.", exit_code=1)
            confirm(
                f"Change all you coded with {source.key} ({counted(len(wanted), 'coding')})?",
                yes=yes,
            )
        if span is not None:
            move_coding(project, wanted[0], *read_span(span))
        if important is not None:
            for coding_id in wanted:
                set_important(project, coding_id, important)
        if to is not None:
            recode_codings(project, wanted, need_code(project.db, to).id)
        say_act(project, json_lines, codings=len(wanted))
