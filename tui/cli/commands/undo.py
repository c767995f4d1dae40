"""``qual undo``."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from tui.cli.options import JsonFlag, new_app
from tui.cli.output import write_json, write_text
from tui.cli.records import change_record
from tui.cli.session import writing
from tui.text.safe import make_line

app = new_app()

StepsOption = Annotated[
    int, typer.Option("-n", "--steps", min=1, metavar="N", help="So many steps.")
]


@app.command()
def undo(ctx: typer.Context, steps: StepsOption = 1, json_lines: JsonFlag = False) -> None:
    """Take your newest act back, whichever session made it; a bulk act is one step."""
    take_steps(ctx, "undo", steps, json_lines)


def take_steps(
    ctx: typer.Context, way: Literal["undo", "redo"], steps: int, json_lines: bool
) -> None:
    """Go steps through the history of this coder, and print each.

    Args:
        ctx: names the project and the coder.
        way: back, or forward again.
        steps: how many.
        json_lines: print objects, not words.

    Raises:
        Refused: one of them cannot go; those before it have gone.
    """
    from tui.project import undo as history  # noqa: PLC0415 (only this verb and its twin)

    step, word = (history.undo, "Undone") if way == "undo" else (history.redo, "Redone")
    with writing(ctx) as project:
        for _ in range(steps):
            change = step(project)
            if json_lines:
                write_json(change_record(change, project.coder, way == "undo"))
            else:
                write_text(f"{word}: {make_line(change.subject)}")
