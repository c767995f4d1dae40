"""``qual backup``: copy the project, and list older copies."""

from __future__ import annotations

import glob
import os
import time
from collections.abc import Iterator
from typing import Annotated, Final

import typer

from tui.cli.options import FormatOption, JsonFlag, new_app
from tui.cli.output import Column, Record, choose_format, write_json, write_records, write_text
from tui.cli.session import call_of
from tui.errors import QualError
from tui.store.backup import back_up
from tui.store.reader import open_reader

app = new_app()

COLUMNS: Final = (
    Column("path", "file"),
    Column("bytes", "bytes", right=True),
    Column("at", "made"),
)


@app.command()
def backup(
    ctx: typer.Context,
    target: Annotated[
        str | None,
        typer.Argument(metavar="[FILE]", help="Where to; beside the project when left out."),
    ] = None,
    list_only: Annotated[
        bool, typer.Option("--list", help="Only list the copies beside the project.")
    ] = False,
    json_lines: JsonFlag = False,
    form: FormatOption = None,
) -> None:
    """Copy the project, whether it is open or not, and prove the copy readable."""
    path = call_of(ctx).path()
    if list_only:
        if not write_records(copies(path), COLUMNS, choose_format(json_lines, form)):
            raise QualError(f"No copy lies beside {path}.", "`qual backup` makes one.", exit_code=1)
        return
    open_reader(path).close()  # refuses what is not a project
    made = back_up(path, target)
    if json_lines:
        write_json({"path": made, "bytes": os.path.getsize(made)})
    else:
        write_text(made)


def copies(path: str) -> Iterator[Record]:
    """Yield the copies that lie beside a project, oldest first."""
    names = [
        name
        for name in glob.glob(glob.escape(path) + ".backup-*")
        if not name.endswith(("-wal", "-shm", "-journal"))
    ]
    for name in sorted(names, key=os.path.getmtime):
        made = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(os.path.getmtime(name)))
        yield {"path": name, "bytes": os.path.getsize(name), "at": made}
