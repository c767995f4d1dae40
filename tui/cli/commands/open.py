"""``qual`` and ``qual open``: the only way to the screen."""

from __future__ import annotations

from typing import Annotated

import typer

from tui.cli.diagnostics import note
from tui.cli.opening import need_terminal, open_here
from tui.cli.options import new_app
from tui.cli.session import call_of
from tui.errors import QualError

app = new_app()


@app.command()
def open_project(
    ctx: typer.Context,
    file: Annotated[str | None, typer.Argument(metavar="[FILE]", help="The project.")] = None,
    sample: Annotated[
        bool,
        typer.Option("--sample", help="Copy the shipped study to your data folder and open it."),
    ] = False,
    no_mouse: Annotated[
        bool, typer.Option("--no-mouse", help="Leave the mouse to the terminal, for copying.")
    ] = False,
    accessible: Annotated[
        bool,
        typer.Option(
            "--accessible", help="For screen readers: the cursor follows, one column, no boxes."
        ),
    ] = False,
) -> None:
    """Open a project on the screen; the one of this folder when no FILE is given."""
    call = call_of(ctx)
    call.no_mouse = call.no_mouse or no_mouse
    call.accessible = call.accessible or accessible
    if file is not None:
        if sample or call.project:
            raise QualError("Two projects are named.", "Give FILE, -p FILE or --sample.")
        call.project = file
    need_terminal()
    if sample:
        from tui.project.workspace import open_sample  # noqa: PLC0415 (only here)

        call.project = open_sample(call.coder_name(), say=note)
    code = open_here(call)
    if code:
        raise typer.Exit(code)
