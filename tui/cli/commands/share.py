"""``qual share``: let a group write to the project."""

from __future__ import annotations

from typing import Annotated

import typer

from tui.cli.options import JsonFlag, new_app
from tui.cli.output import write_json, write_text
from tui.cli.session import call_of
from tui.store.filesystem import share_with_group
from tui.store.reader import open_reader

app = new_app()


@app.command()
def share(
    ctx: typer.Context,
    group: Annotated[str, typer.Argument(metavar="GROUP", help="A group of this machine.")],
    json_lines: JsonFlag = False,
) -> None:
    """Make the project and its folder writable for a group, so that its members can code in it."""
    path = call_of(ctx).path()
    open_reader(path).close()  # refuses what is not a project
    for line in share_with_group(path, group):
        if json_lines:
            write_json({"done": line})
        else:
            write_text(line)
