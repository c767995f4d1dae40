"""``qual relate``: relations between codes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final

import typer

from tui.cli.arguments import need_code
from tui.cli.diagnostics import confirm
from tui.cli.options import FormatOption, JsonFlag, YesFlag, new_app
from tui.cli.output import Column, Record, choose_format, write_records
from tui.cli.records import Names, say_act
from tui.cli.session import Reading, reading, writing
from tui.errors import QualError
from tui.store.cases import list_relations
from tui.store.memos import list_memos

app = new_app()

COLUMNS: Final = (
    Column("id", "id", right=True),
    Column("from", "from"),
    Column("kind", "kind"),
    Column("to", "to"),
    Column("coder", "coder"),
    Column("memos", "memos", right=True),
    Column("created_at", "made at"),
)


@app.callback(invoke_without_command=True)
def list_all(ctx: typer.Context, json_lines: JsonFlag = False, form: FormatOption = None) -> None:
    """List the relations between codes."""
    if ctx.invoked_subcommand is not None:
        return
    with reading(ctx) as opened:
        if not write_records(records(opened), COLUMNS, choose_format(json_lines, form)):
            raise QualError(
                "No relation is drawn.", "qual relate add FROM 'leads to' TO", exit_code=1
            )


def records(opened: Reading) -> Iterator[Record]:
    """Yield the records of all relations in the order in which they were drawn."""
    names = Names(opened.db)
    memos: dict[int | None, int] = {}
    for memo in list_memos(opened.db, coder_ids=opened.coder_ids):
        relation_id = memo.target.relation_id
        memos[relation_id] = memos.get(relation_id, 0) + 1
    for relation in list_relations(opened.db):
        yield {
            "id": relation.id,
            "from": names.codes[relation.from_code_id],
            "kind": relation.kind,
            "to": names.codes[relation.to_code_id],
            "coder": names.coders[relation.coder_id],
            "memos": memos.get(relation.id, 0),
            "created_at": relation.created_at,
        }


@app.command()
def add(
    ctx: typer.Context,
    from_code: Annotated[str, typer.Argument(metavar="FROM", help="Key of a code.")],
    kind: Annotated[str, typer.Argument(metavar="KIND", help="Such as 'leads to'.")],
    to_code: Annotated[str, typer.Argument(metavar="TO", help="Key of a code.")],
    json_lines: JsonFlag = False,
) -> None:
    """Draw a relation from one code to another; a memo on it can cite the evidence."""
    from tui.project.edits.cases import add_relation  # noqa: PLC0415 (an act)

    with writing(ctx) as project:
        start, end = need_code(project.db, from_code), need_code(project.db, to_code)
        made = add_relation(project, start.id, end.id, kind)
        say_act(project, json_lines, relation=made)


@app.command()
def delete(
    ctx: typer.Context,
    relation_id: Annotated[int, typer.Argument(metavar="ID", help="From `qual relate`.")],
    yes: YesFlag = False,
    json_lines: JsonFlag = False,
) -> None:
    """Delete a relation of yours with your memos on it; undo brings it back."""
    from tui.project.edits.cases import delete_relation  # noqa: PLC0415 (an act)

    with writing(ctx) as project:
        confirm(f"Delete relation {relation_id}?", yes=yes)
        delete_relation(project, relation_id)
        say_act(project, json_lines)
