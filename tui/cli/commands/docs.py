"""``qual docs``: list and manage the documents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final

import typer

from tui.cli.arguments import need_document, read_span
from tui.cli.diagnostics import confirm
from tui.cli.options import FormatOption, JsonFlag, YesFlag, new_app
from tui.cli.output import Column, Record, choose_format, write_json, write_records, write_text
from tui.cli.records import say_act
from tui.cli.session import Reading, reading, writing
from tui.errors import QualError
from tui.model.case import ReadingState
from tui.store.cases import document_attributes
from tui.store.desk import list_bookmarks
from tui.store.documents import list_documents, progress
from tui.store.readings import find_uncoded, find_unread

app = new_app()

COLUMNS: Final = (
    Column("id", "id", right=True),
    Column("name", "name"),
    Column("chars", "characters", right=True),
    Column("paragraphs", "¶", right=True),
    Column("read", "read", right=True),
    Column("aside", "aside", right=True),
    Column("codings", "codings", right=True),
    Column("attributes", "attributes", fill=True),
)


@app.callback(invoke_without_command=True)
def list_all(ctx: typer.Context, json_lines: JsonFlag = False, form: FormatOption = None) -> None:
    """List the documents: their length, what you have read, the codings you see."""
    if ctx.invoked_subcommand is not None:
        return
    with reading(ctx) as opened:
        count = write_records(records(opened), COLUMNS, choose_format(json_lines, form))
    if not count:
        raise QualError("The project has no documents.", "`qual import PATH…`", exit_code=1)


def records(opened: Reading) -> Iterator[Record]:
    """Yield the records of all documents in their order."""
    attributes = document_attributes(opened.db)
    done = progress(opened.db, opened.coder_id, opened.coder_ids)
    for document in list_documents(opened.db):
        read, aside, codings = done.get(document.id, (0, 0, 0))
        yield {
            "id": document.id,
            "name": document.name,
            "chars": document.chars,
            "paragraphs": document.passages,
            "codings": codings,
            "attributes": attributes.get(document.id, {}),
            "read": read,
            "aside": aside,
            "language": document.language,
            "source": document.source,
            "notes": document.notes,
            "imported_at": document.imported_at,
        }


@app.command()
def rename(
    ctx: typer.Context,
    document: Annotated[str, typer.Argument(metavar="DOC")],
    name: Annotated[str, typer.Argument(metavar="NAME")],
    json_lines: JsonFlag = False,
) -> None:
    """Give a document another name."""
    from tui.project.edits.documents import rename_document  # noqa: PLC0415 (an act)

    with writing(ctx) as project:
        rename_document(project, need_document(project.db, document).id, name)
        say_act(project, json_lines)


@app.command()
def delete(
    ctx: typer.Context,
    document: Annotated[str, typer.Argument(metavar="DOC")],
    yes: YesFlag = False,
    json_lines: JsonFlag = False,
) -> None:
    """Delete a document with your codings and memos in it; undo brings all back."""
    from tui.project.edits.documents import delete_document  # noqa: PLC0415 (an act)

    with writing(ctx) as project:
        found = need_document(project.db, document)
        confirm(f"Delete {found.name} with your codings and memos in it?", yes=yes)
        delete_document(project, found.id)
        say_act(project, json_lines)


@app.command()
def mark(
    ctx: typer.Context,
    document: Annotated[str, typer.Argument(metavar="DOC")],
    state: Annotated[str, typer.Argument(metavar="read|aside|unread")],
    span: Annotated[
        str | None, typer.Argument(metavar="[START:END]", help="Only its passages.")
    ] = None,
    json_lines: JsonFlag = False,
) -> None:
    """Mark passages of a document read, set aside or unread, for you."""
    from tui.project.edits.readings import mark_passages  # noqa: PLC0415 (an act)

    with writing(ctx) as project:
        found = need_document(project.db, document)
        start, end = read_span(span, found.chars) if span else (0, found.chars)
        passages = mark_passages(project, found.id, start, end, read_state(state))
        say_act(project, json_lines, passages=passages)


def read_state(word: str) -> ReadingState:
    """Return the reading state that a word names.

    Raises:
        QualError: it names none.
    """
    states: dict[str, ReadingState] = {"read": "read", "aside": "aside", "unread": "unread"}
    if word not in states:
        raise QualError(f"There is no state {word!r}.", f"States: {', '.join(states)}.")
    return states[word]


@app.command(name="next")
def next_passage(
    ctx: typer.Context,
    uncoded: Annotated[
        bool, typer.Option("--uncoded/--unread", help="Which question is asked.")
    ] = False,
    after: Annotated[
        str | None, typer.Option("--after", metavar="DOC:START", help="Look behind this place.")
    ] = None,
    json_lines: JsonFlag = False,
) -> None:
    """Name the next passage that you have not read, or that carries no coding you see."""
    with reading(ctx) as opened:
        position, document_id, start = 0, 0, -1
        if after is not None:
            name, _, offset = after.rpartition(":")
            if not offset.isdecimal():
                raise QualError(f"{after!r} is not DOC:START.", "Such as interview-1:120.")
            found = need_document(opened.db, name)
            position, document_id, start = found.position, found.id, int(offset)
        if uncoded:
            place = find_uncoded(opened.db, opened.coder_ids, position, document_id, start)
        else:
            place = find_unread(opened.db, opened.coder_id, position, document_id, start)
        if place is None:
            what = "without a coding" if uncoded else "unread"
            raise QualError(f"No passage is left that is {what}.", exit_code=1)
        names = {each.id: each.name for each in list_documents(opened.db)}
        record = {"document": names[place[0]], "start": place[1], "end": place[2]}
        if json_lines:
            write_json(record)
        else:
            write_text("\t".join(map(str, record.values())))


@app.command()
def bookmark(
    ctx: typer.Context,
    document: Annotated[str | None, typer.Argument(metavar="[DOC]")] = None,
    start: Annotated[int | None, typer.Argument(metavar="[START]", min=0)] = None,
    json_lines: JsonFlag = False,
    form: FormatOption = None,
) -> None:
    """List your bookmarks; with DOC START set one there, or take it away when it stands."""
    if document is None:
        with reading(ctx) as opened:
            names = {each.id: each.name for each in list_documents(opened.db)}
            rows = list_bookmarks(opened.db, opened.coder_id)
            columns = (Column("document", "document"), Column("start", "start", right=True))
            marks = [{"document": names[row[0]], "start": row[1]} for row in rows]
            if not write_records(marks, columns, choose_format(json_lines, form)):
                raise QualError("You have no bookmarks.", exit_code=1)
        return
    from tui.store.desk import toggle_bookmark  # noqa: PLC0415 (writes)

    with writing(ctx) as project:
        found = need_document(project.db, document)
        if start is None or start >= found.chars:
            raise QualError(
                f"A bookmark needs a place in {found.name}.",
                f"START is a character from 0 to {max(found.chars - 1, 0)}.",
            )
        with project.write() as db:
            stands = toggle_bookmark(db, project.coder_id, found.id, start)
        if json_lines:
            write_json({"document": found.name, "start": start, "stands": stands})
        else:
            write_text(f"Bookmark {'set' if stands else 'taken away'} at {found.name} {start}")
