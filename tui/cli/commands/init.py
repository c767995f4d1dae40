"""``qual init``: make a project of a folder."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from tui.cli.diagnostics import note
from tui.cli.options import JsonFlag, new_app
from tui.cli.output import write_json, write_text
from tui.cli.session import call_of
from tui.errors import QualError

app = new_app()


@app.command()
def init(
    ctx: typer.Context,
    folder: Annotated[str, typer.Argument(metavar="[DIR]", help="The folder.")] = ".",
    sample: Annotated[
        bool, typer.Option("--sample", help="Copy the shipped study into the folder first.")
    ] = False,
    json_lines: JsonFlag = False,
) -> None:
    """Make a project of a folder: DIR/NAME.qual, NAME being the folder's.

    A codebook.toml in the folder, the documents in its corpus/ and the tables attributes.csv and
    codings.csv there are taken in. -p FILE gives the project another name.
    """
    # Making a project loads the migrations, which nothing else needs.
    from tui.project.workspace import copy_sample, make_workspace  # noqa: PLC0415

    call = call_of(ctx)
    if sample:
        copy_sample(folder)
    wanted = os.path.abspath(call.project) if call.project else None
    if wanted and not wanted.endswith(".qual"):
        raise QualError(f"{call.project} does not end in .qual.", "A project file is NAME.qual.")
    path = make_workspace(folder, call.coder_name(), path=wanted, say=note)
    if json_lines:
        write_json({"project": path})
    else:
        write_text(path)
