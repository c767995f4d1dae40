"""``qual undo``."""

from __future__ import annotations

from typing import Annotated

import typer

from tui.cli.options import JsonFlag, new_app
from tui.cli.output import write_json, write_text
from tui.cli.records import change_record
from tui.cli.session import writing
from tui.text.safe import make_line

app = new_app()


@app.command()
def undo(
    ctx: typer.Context,
    steps: Annotated[
        int, typer.Option("-n", "--steps", min=1, metavar="N", help="So many steps.")
    ] = 1,
    json_lines: JsonFlag = False,
) -> None:
    """Take your newest act back, whichever session made it; a bulk act is one step."""
    from tui.project import undo as history  # noqa: PLC0415 (only this verb and its twin)

    with writing(ctx) as project:
        for _ in range(steps):
            change = history.undo(project)
            if json_lines:
                write_json(change_record(change, project.coder, True))
            else:
                write_text(f"Undone: {make_line(change.subject)}")
