"""``qual import``: bring documents in."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Annotated

import typer

from tui.cli.diagnostics import end_progress, note, progress
from tui.cli.options import JsonFlag, new_app
from tui.cli.output import Record, write_json, write_text
from tui.cli.session import writing
from tui.config import read_config
from tui.errors import QualError
from tui.store.settings import read_settings
from tui.text.counted import counted

app = new_app()

_MANY = 5


@app.command(name="import")
def import_documents(
    ctx: typer.Context,
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH…", help="Files, or folders of files.")
    ],
    name: Annotated[
        str | None, typer.Option("--name", help="Call the one document this, not after its file.")
    ] = None,
    language: Annotated[
        str | None,
        typer.Option("--language", metavar="CODE", help="en, ru, zh, …; guessed when left out."),
    ] = None,
    encoding: Annotated[
        str | None, typer.Option("--encoding", help="Character set of the files, when it is known.")
    ] = None,
    join_lines: Annotated[
        bool | None,
        typer.Option(
            "--join-lines/--keep-lines",
            help="Join hard-wrapped lines always or never; else when they are recognised.",
        ),
    ] = None,
    json_lines: JsonFlag = False,
) -> None:
    """Bring documents in: .txt and .md files. What cannot be read is named and left out.

    All documents of one call are one step of undo. attributes.csv and codings.csv in a folder are
    taken in by `qual attr load` and by `qual init` only.
    """
    # The readers and the acts load only here.
    from dataclasses import replace  # noqa: PLC0415

    from tui.importing.registry import read_source  # noqa: PLC0415
    from tui.project.edits.documents import import_document  # noqa: PLC0415
    from tui.store.documents import read_document  # noqa: PLC0415

    files = list_files(paths)
    if name is not None and len(files) != 1:
        raise QualError("--name goes with one file.", f"{len(files)} files are named here.")
    refused: list[QualError] = []
    with writing(ctx) as project, project.one_step():
        config = read_config(os.environ, read_settings(project.db))
        config.refuse_errors()
        language = language or config.text("import.language") or None
        if join_lines is None:
            join_lines = {"always": True, "never": False}.get(config.text("import.join_lines"))
        for number, path in enumerate(files, 1):
            if len(files) >= _MANY:
                progress(f"Importing {number}/{len(files)}  {os.path.basename(path)}")
            try:
                draft = read_source(
                    path, join_lines=join_lines, language=language, encoding=encoding
                )
                if name is not None:
                    draft = replace(draft, name=" ".join(name.split()))
                document = read_document(project.db, import_document(project, draft))
            except QualError as error:
                refused.append(error)
                continue
            assert document is not None
            end_progress()
            _say(
                json_lines,
                {
                    "id": document.id,
                    "name": document.name,
                    "chars": document.chars,
                    "paragraphs": document.passages,
                    "language": document.language,
                    "notes": document.notes,
                    "path": path,
                },
            )
        end_progress()
    _report_refused(refused, len(files))


def list_files(paths: Sequence[str]) -> list[str]:
    """Return the files to import: those named, and those of the folders named and below them.

    Hidden files and folders are passed over.

    Raises:
        QualError: a folder cannot be read, or neither it nor a folder below holds a document.
    """
    from tui.importing.folder import folders_with_documents, list_folder  # noqa: PLC0415

    files: list[str] = []
    for path in paths:
        if not os.path.isdir(path):
            files.append(path)
            continue
        for folder in folders_with_documents(path) or [path]:
            listing = list_folder(folder)
            files.extend(listing.sources)
            if listing.left_out:
                note(f"{folder}: left out, of other kinds: {', '.join(listing.left_out)}")
    return files


def _say(json_lines: bool, record: Record) -> None:
    if json_lines:
        write_json(record)
        return
    count, chars = record["paragraphs"], record["chars"]
    assert isinstance(count, int) and isinstance(chars, int)
    notes = f" ({record['notes']})" if record["notes"] else ""
    passages, characters = counted(count, "passage"), counted(chars, "character")
    write_text(f"Imported {record['name']}, {passages}, {characters}{notes}")


def _report_refused(refused: Sequence[QualError], count: int) -> None:
    if not refused:
        return
    if count == 1:
        raise refused[0]
    for error in refused:
        note(f"qual: {error.message}")
        note(f"hint: {error.hint}")
    if len(refused) == count:
        raise QualError(
            f"None of the {count} files was imported.",
            "The project is as it was; what is wrong with each stands above.",
        )
    raise QualError(
        f"Not imported: {len(refused)} of {count} files; nothing of them is in the project.",
        "The others are in; `qual undo` takes them out again as one step.",
    )
