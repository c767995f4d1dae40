"""``qual attr``: attributes of documents and cases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final

import typer

from tui.cli.arguments import near, need_case, need_document, read_pair
from tui.cli.diagnostics import confirm
from tui.cli.options import FormatOption, JsonFlag, YesFlag, new_app
from tui.cli.output import Column, Record, choose_format, write_json, write_records, write_text
from tui.cli.records import say_act
from tui.cli.session import Reading, reading, writing
from tui.errors import QualError
from tui.store.cases import case_attributes, document_attributes, list_attributes, list_cases
from tui.store.documents import list_documents

app = new_app()

COLUMNS: Final = (
    Column("on", "on"),
    Column("name", "name"),
    Column("attribute", "attribute"),
    Column("value", "value", fill=True),
    Column("kind", "kind"),
)


@app.callback(invoke_without_command=True)
def list_all(
    ctx: typer.Context,
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="Only this attribute.")
    ] = None,
    doc: Annotated[str | None, typer.Option("--doc", metavar="DOC")] = None,
    case: Annotated[str | None, typer.Option("--case", metavar="CASE")] = None,
    json_lines: JsonFlag = False,
    form: FormatOption = None,
) -> None:
    """List the attributes of documents and cases, one value a line."""
    if ctx.invoked_subcommand is not None:
        return
    with reading(ctx) as opened:
        names = [attribute.name for attribute in list_attributes(opened.db)]
        if name is not None and name not in names:
            raise QualError(f"There is no attribute {name!r}.", near(name, names, "`qual attr`"))
        wanted = {
            ("document", need_document(opened.db, doc).name) if doc else None,
            ("case", need_case(opened.db, case).name) if case else None,
        } - {None}
        rows = [
            row
            for row in records(opened)
            if name in (None, row["attribute"])
            and (not wanted or (row["on"], row["name"]) in wanted)
        ]
        if not write_records(rows, COLUMNS, choose_format(json_lines, form)):
            raise QualError("No attribute is set there.", "`qual attr set`", exit_code=1)


def records(opened: Reading) -> Iterator[Record]:
    """Yield one record for each value of each attribute."""
    kinds = {attribute.name: attribute.kind for attribute in list_attributes(opened.db)}
    documents = [(each.id, each.name) for each in list_documents(opened.db)]
    cases = [(each.id, each.name) for each in list_cases(opened.db)]
    for kind, things, values in (
        ("document", documents, document_attributes(opened.db)),
        ("case", cases, case_attributes(opened.db)),
    ):
        for thing_id, name in things:
            for attribute, value in values.get(thing_id, {}).items():
                yield {
                    "on": kind,
                    "name": name,
                    "attribute": attribute,
                    "value": value,
                    "kind": kinds[attribute],
                }


@app.command(name="set")
def set_values(
    ctx: typer.Context,
    pairs: Annotated[
        list[str], typer.Argument(metavar="NAME=VALUE…", help="An empty VALUE removes it.")
    ],
    doc: Annotated[
        list[str] | None, typer.Option("--doc", metavar="DOC", help="Repeatable.")
    ] = None,
    case: Annotated[
        list[str] | None, typer.Option("--case", metavar="CASE", help="Repeatable.")
    ] = None,
    json_lines: JsonFlag = False,
) -> None:
    """Set attributes of documents or cases: qual attr set --doc brief-1993 year=1993."""
    from tui.project.edits.cases import set_attribute  # noqa: PLC0415 (an act)

    values = [read_pair(pair) for pair in pairs]
    if not doc and not case:
        raise QualError("Whose attribute is not said.", "Give --doc DOC or --case CASE.")
    with writing(ctx) as project:
        documents = [need_document(project.db, name).id for name in doc or ()]
        cases = [need_case(project.db, name).id for name in case or ()]
        changed = 0
        with project.one_step():
            for name, value in values:
                for document_id in documents:
                    changed += set_attribute(project, name, value, document_id=document_id)
                for case_id in cases:
                    changed += set_attribute(project, name, value, case_id=case_id)
        if changed == 1 or not changed:
            say_act(project, json_lines, values=changed)
        elif json_lines:
            write_json({"values": changed})
        else:
            write_text(f"Set {changed} attribute values")


@app.command()
def load(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE.csv")],
    json_lines: JsonFlag = False,
) -> None:
    """Set attributes of documents from a table whose first column is `document`."""
    from tui.project.workspace import load_attributes  # noqa: PLC0415 (an act)

    with writing(ctx) as project:
        count = load_attributes(project, file)
        say_act(project, json_lines, values=count)


@app.command()
def delete(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    yes: YesFlag = False,
    json_lines: JsonFlag = False,
) -> None:
    """Delete an attribute with all its values; undo brings them back."""
    from tui.project.edits.cases import delete_attribute  # noqa: PLC0415 (an act)

    with writing(ctx) as project:
        confirm(f"Delete the attribute {name} of everything?", yes=yes)
        count = delete_attribute(project, name)
        say_act(project, json_lines, values=count)
