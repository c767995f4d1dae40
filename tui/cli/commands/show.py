"""``qual show``: read a document or a span of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final

import typer

from tui.cli.arguments import need_document, read_span
from tui.cli.options import FormatOption, JsonFlag, new_app
from tui.cli.output import Column, Record, choose_format, write_line, write_records, write_text
from tui.cli.records import Names
from tui.cli.session import Reading, reading
from tui.errors import QualError
from tui.model.document import Document
from tui.store.cases import list_cases
from tui.store.codings import spans_of_document
from tui.store.documents import passages_touching, read_text

app = new_app()

COLUMNS: Final = (
    Column("paragraph", "¶", right=True),
    Column("start", "start", right=True),
    Column("end", "end", right=True),
    Column("speaker", "speaker"),
    Column("codes", "codes"),
    Column("text", "text"),
)


@app.command()
def show(
    ctx: typer.Context,
    document: Annotated[str, typer.Argument(metavar="DOC")],
    span: Annotated[
        str | None, typer.Argument(metavar="[START:END]", help="In characters.")
    ] = None,
    raw: Annotated[
        bool, typer.Option("--raw", help="Only the text, as it is stored, gaps and all.")
    ] = False,
    json_lines: JsonFlag = False,
    form: FormatOption = None,
) -> None:
    """Read a document or a span of it: its passages with the codes that you see on them."""
    chosen = choose_format(json_lines, form)
    with reading(ctx) as opened:
        found = need_document(opened.db, document)
        start, end = read_span(span, found.chars) if span else (0, found.chars)
        if raw:
            write_text(read_text(opened.db, found.id, start, end).removesuffix("\n"))
            return
        rows = passage_records(opened, found, start, end)
        if chosen == "table":
            listed = list(rows)
            count = len(listed)
            for row in listed:
                _write_passage(row)
        else:
            count = write_records(rows, COLUMNS, chosen)
        if not count:
            raise QualError(f"{found.name} has no text there.", exit_code=1)


def passage_records(opened: Reading, document: Document, start: int, end: int) -> Iterator[Record]:
    """Yield the passages of a span, each cut to the span, with the codes on what is left."""
    names = Names(opened.db)
    cases = {case.id: case.name for case in list_cases(opened.db)}
    spans = spans_of_document(opened.db, document.id, opened.coder_ids)
    for passage in passages_touching(opened.db, document.id, start, end):
        first, last = max(start, passage.start), min(end, passage.end)
        codes = [
            names.codes[code_id]
            for at, until, code_id, _, _ in spans
            if at < last and first < until
        ]
        yield {
            "document": document.name,
            "paragraph": passage.number,
            "start": first,
            "end": last,
            "kind": passage.kind,
            "speaker": cases[passage.case_id] if passage.case_id else "",
            "codes": list(dict.fromkeys(codes)),
            "text": passage.text[first - passage.start : last - passage.start],
        }


def _write_passage(row: Record) -> None:
    codes = row["codes"]
    listed = f"  {' '.join(codes)}" if isinstance(codes, list) and codes else ""
    write_text(f"¶{row['paragraph']}  {row['start']}:{row['end']}{listed}")
    write_text(str(row["text"]))
    write_line("")
