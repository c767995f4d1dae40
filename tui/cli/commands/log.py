"""``qual log``: the journal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Final

import typer

from tui.cli.diagnostics import note
from tui.cli.options import FormatOption, JsonFlag, LimitOption, new_app
from tui.cli.output import Column, Record, choose_format, write_records
from tui.cli.records import change_record
from tui.cli.session import Reading, reading
from tui.errors import QualError
from tui.store.coders import list_coders
from tui.store.journal import list_changes
from tui.text.counted import counted

app = new_app()

COLUMNS: Final = (
    Column("id", "id", right=True),
    Column("at", "at"),
    Column("coder", "coder"),
    Column("action", "action"),
    Column("undone", "undone"),
    Column("subject", "subject", fill=True),
)

HIDDEN_FAMILIES: Final = ("coding", "memo", "reading")
"""Acts that would tell what a coder whose codings are hidden has coded and thought."""

_SCREENFUL: Final = 50


@app.command()
def log(
    ctx: typer.Context,
    limit: LimitOption = None,
    json_lines: JsonFlag = False,
    form: FormatOption = None,
) -> None:
    """Show the journal, newest first: who did what, and what has been undone.

    Codings, memos and reading of coders whose codings are hidden from you are left out.
    """
    if limit is None:
        limit = _SCREENFUL if sys.stdout.isatty() else 0
    chosen = choose_format(json_lines, form)
    with reading(ctx) as opened:
        rows = list(journal_records(opened))
        hidden = sum(1 for row in rows if row is None)
        shown = [row for row in rows if row is not None]
        write_records(shown[:limit] if limit else shown, COLUMNS, chosen)
    if hidden:
        left = counted(hidden, "act")
        note(f"Left out: {left} of coders whose codings are hidden from you.")
    if limit and len(shown) > limit:
        note(f"{limit} of {counted(len(shown), 'change')}; -n 0 shows all.")
    if not shown:
        raise QualError("Nothing has been done in this project yet.", exit_code=1)


def journal_records(opened: Reading) -> Iterator[Record | None]:
    """Yield the records of all changes, newest first; None in place of one that is hidden."""
    names = {coder.id: coder.name for coder in list_coders(opened.db)}
    for change, undone in list_changes(opened.db):
        family = change.action.partition(".")[0]
        if change.coder_id not in opened.coder_ids and family in HIDDEN_FAMILIES:
            yield None
        else:
            yield change_record(change, names[change.coder_id], undone)
