"""``qual case``: cases and what they own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final

import typer

from tui.cli.arguments import need_case, need_document, read_span
from tui.cli.diagnostics import confirm
from tui.cli.options import FormatOption, JsonFlag, YesFlag, new_app
from tui.cli.output import Column, Record, choose_format, write_records
from tui.cli.records import say_act
from tui.cli.session import Reading, reading, writing
from tui.errors import QualError
from tui.store.cases import (
    case_attributes,
    list_case_spans,
    list_cases,
    passages_spoken,
)
from tui.store.documents import list_documents

app = new_app()

COLUMNS: Final = (
    Column("id", "id", right=True),
    Column("name", "name"),
    Column("kind", "kind"),
    Column("turns", "turns", right=True),
    Column("owns", "owns", fill=True),
    Column("attributes", "attributes", fill=True),
)

CaseArgument = Annotated[str, typer.Argument(metavar="CASE")]
DocArgument = Annotated[str, typer.Argument(metavar="DOC")]
SpanArgument = Annotated[
    str | None, typer.Argument(metavar="[START:END]", help="Only a span of it.")
]


@app.callback(invoke_without_command=True)
def list_all(ctx: typer.Context, json_lines: JsonFlag = False, form: FormatOption = None) -> None:
    """List the cases: their speaker turns, what they own, their attributes."""
    if ctx.invoked_subcommand is not None:
        return
    with reading(ctx) as opened:
        if not write_records(records(opened), COLUMNS, choose_format(json_lines, form)):
            raise QualError("There are no cases.", "`qual case add NAME` makes one.", exit_code=1)


def records(opened: Reading) -> Iterator[Record]:
    """Yield the records of all cases by name."""
    names = {document.id: document.name for document in list_documents(opened.db)}
    owned: dict[int, list[str]] = {}
    for span in list_case_spans(opened.db):
        place = "" if span.start is None else f" {span.start}:{span.end}"
        owned.setdefault(span.case_id, []).append(names[span.document_id] + place)
    turns, attributes = passages_spoken(opened.db), case_attributes(opened.db)
    for case in list_cases(opened.db):
        yield {
            "id": case.id,
            "name": case.name,
            "kind": case.kind,
            "turns": turns.get(case.id, 0),
            "owns": owned.get(case.id, []),
            "attributes": attributes.get(case.id, {}),
        }


@app.command()
def add(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    kind: Annotated[
        str, typer.Option("--kind", metavar="KIND", help="person, organisation, version, …")
    ] = "",
    json_lines: JsonFlag = False,
) -> None:
    """Make a case: who or what the data is about."""
    from tui.project.edits.cases import add_case  # noqa: PLC0415 (an act)

    with writing(ctx) as project:
        made = add_case(project, name, kind)
        say_act(project, json_lines, case=made)


@app.command()
def rename(
    ctx: typer.Context,
    case: CaseArgument,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    json_lines: JsonFlag = False,
) -> None:
    """Give a case another name."""
    from tui.project.edits.cases import rename_case  # noqa: PLC0415 (an act)

    with writing(ctx) as project:
        rename_case(project, need_case(project.db, case).id, name)
        say_act(project, json_lines)


@app.command()
def assign(
    ctx: typer.Context,
    case: CaseArgument,
    document: DocArgument,
    span: SpanArgument = None,
    json_lines: JsonFlag = False,
) -> None:
    """Give a case a whole document, or a span of it."""
    from tui.project.edits.cases import assign_case  # noqa: PLC0415 (an act)

    with writing(ctx) as project:
        found, owner = need_document(project.db, document), need_case(project.db, case)
        start, end = read_span(span, found.chars) if span else (None, None)
        assign_case(project, owner.id, found.id, start, end)
        say_act(project, json_lines)


@app.command()
def release(
    ctx: typer.Context,
    case: CaseArgument,
    document: DocArgument,
    span: SpanArgument = None,
    json_lines: JsonFlag = False,
) -> None:
    """Take a document, or a span of it, away from a case."""
    from tui.project.edits.cases import release_case  # noqa: PLC0415 (an act)

    with writing(ctx) as project:
        found, owner = need_document(project.db, document), need_case(project.db, case)
        place = read_span(span, found.chars) if span else (None, None)
        for owned in list_case_spans(project.db, owner.id):
            if owned.document_id == found.id and (owned.start, owned.end) == place:
                release_case(project, owned.id)
                say_act(project, json_lines)
                return
        raise QualError(f"{owner.name} does not own that.", "`qual case` lists what cases own.")


@app.command()
def delete(
    ctx: typer.Context, case: CaseArgument, yes: YesFlag = False, json_lines: JsonFlag = False
) -> None:
    """Delete a case with what it owns and its attributes; undo brings all back."""
    from tui.project.edits.cases import delete_case  # noqa: PLC0415 (an act)

    with writing(ctx) as project:
        found = need_case(project.db, case)
        confirm(f"Delete the case {found.name}?", yes=yes)
        delete_case(project, found.id)
        say_act(project, json_lines)
