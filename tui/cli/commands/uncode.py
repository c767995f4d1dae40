"""``qual uncode``: take codings away."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import Annotated

import typer

from tui.cli.diagnostics import confirm
from tui.cli.options import JsonFlag, YesFlag, new_app
from tui.cli.records import say_act
from tui.cli.session import writing
from tui.errors import QualError
from tui.text.counted import counted

app = new_app()


@app.command()
def uncode(
    ctx: typer.Context,
    ids: Annotated[
        list[int] | None, typer.Argument(metavar="ID…", help="Ids from `qual codings`.")
    ] = None,
    stdin: Annotated[
        bool, typer.Option("--stdin", help="Take the ids from lines of `qual codings --json`.")
    ] = False,
    yes: YesFlag = False,
    json_lines: JsonFlag = False,
) -> None:
    """Take own codings away, with your memos on them; one step of undo.

    Codings named by their ids are taken away at once; for those from a pipe it asks.
    """
    from tui.project.edits.codings import remove_codings  # noqa: PLC0415 (an act)

    wanted = [*(ids or ()), *(read_ids(sys.stdin) if stdin else ())]
    if not wanted:
        raise QualError("No coding is named.", "`qual codings` lists them with their ids.")
    with writing(ctx) as project:
        if stdin:
            confirm(f"Take {counted(len(set(wanted)), 'coding')} away?", yes=yes)
        removed = remove_codings(project, wanted)
        say_act(project, json_lines, codings=removed)


def read_ids(lines: Iterable[str]) -> list[int]:
    """Return the ids of codings that JSON lines name.

    Raises:
        QualError: a line is no JSON line of `qual codings`; says which.
    """
    found: list[int] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            coding_id = json.loads(line)["id"]
        except (ValueError, TypeError, KeyError):
            coding_id = None
        if type(coding_id) is not int:
            raise QualError(
                f"Line {number} of what came through the pipe names no coding.",
                "Give the lines of `qual codings … --json`; nothing was changed.",
            )
        found.append(coding_id)
    return found
