"""``qual codings``: retrieve coded spans."""

from __future__ import annotations

from typing import Annotated

import typer

from tui.cli.arguments import need_code
from tui.cli.options import (
    AttrOptions,
    CaseOptions,
    CodeOptions,
    DocOptions,
    FormatOption,
    JsonFlag,
    LimitOption,
    WhoseOptions,
    new_app,
)
from tui.cli.output import choose_format
from tui.cli.records import Names, coding_records, memos_of_codings, write_codings
from tui.cli.scope import read_scope
from tui.cli.session import reading
from tui.errors import QualError
from tui.store.codes import code_ids_below
from tui.store.codings import list_codings

app = new_app()


@app.command()
def codings(
    ctx: typer.Context,
    code: CodeOptions = None,
    below: Annotated[
        bool, typer.Option("--below", help="And the codes below those named by --code.")
    ] = False,
    doc: DocOptions = None,
    case: CaseOptions = None,
    attr: AttrOptions = None,
    whose: WhoseOptions = None,
    important: Annotated[bool, typer.Option("--important", help="Only flagged ones.")] = False,
    memo: Annotated[bool, typer.Option("--memo", help="Only those with a memo.")] = False,
    limit: LimitOption = None,
    json_lines: JsonFlag = False,
    form: FormatOption = None,
) -> None:
    """List coded spans in the order of the documents.

    Values of one option are alternatives; different options must all hold. A case or an attribute
    of a case takes the codings that touch what the case owns or speaks.
    """
    with reading(ctx) as opened:
        scope = read_scope(opened, docs=doc, cases=case, attrs=attr, coders=whose)
        code_ids = None
        if code:
            keys = [need_code(opened.db, key).id for key in code]
            code_ids = (
                [each for key in keys for each in code_ids_below(opened.db, key)] if below else keys
            )
        memos = memos_of_codings(opened.db, opened.coder_ids)
        found = [
            coding
            for coding in list_codings(
                opened.db,
                coder_ids=scope.coder_ids,
                document_ids=[document.id for document in scope.documents],
                code_ids=code_ids,
            )
            if scope.region.inside(
                [(coding.document_id, coding.coder_id, coding.start, coding.end)], clip=False
            )
            and (coding.important or not important)
            and (coding.id in memos or not memo)
        ]
        shown = found[:limit] if limit else found
        write_codings(
            coding_records(Names(opened.db), shown, memos), choose_format(json_lines, form)
        )
        if not found:
            raise QualError(
                "No coding that you see is like that.",
                "Other coders' codings are hidden until `qual coders show`.",
                exit_code=1,
            )
