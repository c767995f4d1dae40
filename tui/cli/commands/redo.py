"""``qual redo``."""

from __future__ import annotations

import typer

from tui.cli.commands.undo import StepsOption, take_steps
from tui.cli.options import JsonFlag, new_app

app = new_app()


@app.command()
def redo(ctx: typer.Context, steps: StepsOption = 1, json_lines: JsonFlag = False) -> None:
    """Bring back what you undid last; a new act ends redo."""
    take_steps(ctx, "redo", steps, json_lines)
