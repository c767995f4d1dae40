"""``qual memo``: memos on anything."""

from __future__ import annotations

from typing import Annotated

import typer

from tui.cli.arguments import need_case, need_code, need_document, read_span, read_text_argument
from tui.cli.diagnostics import confirm
from tui.cli.options import FormatOption, JsonFlag, YesFlag, new_app
from tui.cli.output import choose_format, write_line, write_records, write_text
from tui.cli.records import MEMO_COLUMNS, memo_records, say_act
from tui.cli.session import Reading, reading, writing
from tui.errors import QualError
from tui.model.memo import MemoTarget
from tui.store.memos import list_memos

app = new_app()

Doc = Annotated[str | None, typer.Option("--doc", metavar="DOC")]
Span = Annotated[str | None, typer.Option("--span", metavar="START:END", help="A span of --doc.")]
CaseName = Annotated[str | None, typer.Option("--case", metavar="CASE")]
CodeKey = Annotated[str | None, typer.Option("--code", metavar="KEY")]
CodingId = Annotated[int | None, typer.Option("--coding", metavar="ID")]
RelationId = Annotated[int | None, typer.Option("--relation", metavar="ID")]
TextArgument = Annotated[str, typer.Argument(metavar="TEXT", help="- reads it from stdin.")]
MemoId = Annotated[int, typer.Argument(metavar="ID", help="From `qual memo`.")]


@app.callback(invoke_without_command=True)
def list_all(
    ctx: typer.Context,
    doc: Annotated[
        str | None,
        typer.Option("--doc", metavar="DOC", help="Only on it, its spans and its codings."),
    ] = None,
    span: Span = None,
    case: CaseName = None,
    code: CodeKey = None,
    coding: CodingId = None,
    relation: RelationId = None,
    project_only: Annotated[
        bool, typer.Option("--on-project", help="Only on the project as a whole.")
    ] = False,
    json_lines: JsonFlag = False,
    form: FormatOption = None,
) -> None:
    """List memos, oldest first: yours, and those of coders that you have turned on."""
    if ctx.invoked_subcommand is not None:
        return
    chosen = choose_format(json_lines, form)
    with reading(ctx) as opened:
        whole_document = doc is not None and span is None
        named = any(each is not None for each in (span, case, code, coding, relation))
        if whole_document and named:
            raise QualError("One thing at a time.", "Name one of --doc, --case, --code, ….")
        target = None
        if project_only or (named and not whole_document):
            target = read_target(opened, doc, span, case, code, coding, relation)
        document_id = need_document(opened.db, doc).id if whole_document and doc else None
        memos = list_memos(
            opened.db, coder_ids=opened.coder_ids, target=target, document_id=document_id
        )
        rows = memo_records(opened.db, memos)
        if chosen == "table":
            for row in rows:
                write_text(
                    f"{row['id']}  {row['on']} {row['about']}  {row['coder']}  {row['updated_at']}"
                )
                write_text(f"{row['text']}")
                write_line("")
        else:
            write_records(rows, MEMO_COLUMNS, chosen)
        if not memos:
            raise QualError("No memo that you see is there.", exit_code=1)


@app.command()
def add(
    ctx: typer.Context,
    text: TextArgument,
    doc: Doc = None,
    span: Span = None,
    case: CaseName = None,
    code: CodeKey = None,
    coding: CodingId = None,
    relation: RelationId = None,
    json_lines: JsonFlag = False,
) -> None:
    """Write a memo on a document, a span, a case, a code, a coding or a relation.

    Without any of these it is on the project.
    """
    from tui.project.edits.memos import add_memo  # noqa: PLC0415 (an act)

    words = read_text_argument(text)
    with writing(ctx) as project:
        opened = Reading(project.db, project.path, project.coder, project.coder_id, [])
        target = read_target(opened, doc, span, case, code, coding, relation)
        made = add_memo(project, target, words)
        say_act(project, json_lines, memo=made)


@app.command()
def change(
    ctx: typer.Context, memo_id: MemoId, text: TextArgument, json_lines: JsonFlag = False
) -> None:
    """Rewrite a memo of yours."""
    from tui.project.edits.memos import change_memo  # noqa: PLC0415 (an act)

    words = read_text_argument(text)
    with writing(ctx) as project:
        change_memo(project, memo_id, words)
        say_act(project, json_lines)


@app.command()
def delete(
    ctx: typer.Context, memo_id: MemoId, yes: YesFlag = False, json_lines: JsonFlag = False
) -> None:
    """Delete a memo of yours; undo brings it back."""
    from tui.project.edits.memos import delete_memo  # noqa: PLC0415 (an act)

    with writing(ctx) as project:
        confirm(f"Delete memo {memo_id}?", yes=yes)
        delete_memo(project, memo_id)
        say_act(project, json_lines)


def read_target(
    opened: Reading,
    doc: str | None,
    span: str | None,
    case: str | None,
    code: str | None,
    coding: int | None,
    relation: int | None,
) -> MemoTarget:
    """Return what a memo is about; the project when nothing is named.

    Raises:
        QualError: two things are named, or one is not there.
    """
    named = [each for each in (doc, case, code, coding, relation) if each is not None]
    if len(named) > 1:
        raise QualError("A memo is about one thing.", "Name one of --doc, --case, --code, ….")
    if span is not None and doc is None:
        raise QualError("--span needs the document that it lies in.", "Add --doc DOC.")
    if doc is not None:
        document = need_document(opened.db, doc)
        if span is None:
            return MemoTarget("document", document_id=document.id)
        start, end = read_span(span, document.chars)
        return MemoTarget("span", document_id=document.id, start=start, end=end)
    if case is not None:
        return MemoTarget("case", case_id=need_case(opened.db, case).id)
    if code is not None:
        return MemoTarget("code", code_id=need_code(opened.db, code).id)
    if coding is not None:
        return MemoTarget("coding", coding_id=coding)
    if relation is not None:
        return MemoTarget("relation", relation_id=relation)
    return MemoTarget("project")
