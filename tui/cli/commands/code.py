"""``qual code``: code a span, or everything that a search found."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Final, TextIO

import typer

from tui.cli.arguments import need_code, need_document, read_span
from tui.cli.diagnostics import end_progress, note, progress
from tui.cli.options import JsonFlag, new_app
from tui.cli.output import Column, choose_format, write_json, write_records, write_text
from tui.cli.records import Names, coding_records, write_codings
from tui.cli.session import Reading, reading, writing
from tui.errors import QualError
from tui.model.code import Code
from tui.model.document import Document
from tui.store.codings import read_coding
from tui.store.documents import list_documents, read_text
from tui.text.counted import counted

if TYPE_CHECKING:
    from tui.project.project import Project

app = new_app()

_PIPE: Final = "qual search … --json | qual code KEY --stdin"
DRY_COLUMNS: Final = (
    Column("document", "document"),
    Column("start", "start", right=True),
    Column("end", "end", right=True),
    Column("code", "code"),
    Column("state", "state"),
    Column("quote", "quote", fill=True),
)

Found = tuple[int, int, int]
"""document id, start, end of a span to code."""


@app.command()
def code(
    ctx: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(metavar="DOC START:END KEY…", help="With --stdin: KEY… alone."),
    ],
    stdin: Annotated[
        bool,
        typer.Option("--stdin", help="Code what the lines of `qual search --json` name."),
    ] = False,
    important: Annotated[bool, typer.Option("--important", help="Flag the codings.")] = False,
    unit: Annotated[
        str | None,
        typer.Option(
            "--unit",
            metavar="UNIT",
            help="With --stdin, what of each line is coded: the whole sentence or paragraph that"
            " holds it, or hit: from its first word found to the last [default: as it came].",
        ),
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run", help="With --stdin, print what would be coded, and change nothing."
        ),
    ] = False,
    json_lines: JsonFlag = False,
) -> None:
    """Code a span of a document with one or several codes.

    With --stdin, code every span that comes through a pipe as JSON lines with document, start and
    end: `qual search … --json | qual code KEY --stdin`. What you have coded so before is skipped
    and counted. The whole is stored in slices and is one step of undo. --dry-run prints one line a
    span and code, new or known, and exits 1 when nothing would be coded.
    """
    if not stdin and (unit or dry_run):
        raise QualError("--unit and --dry-run go with --stdin.", _PIPE)
    if dry_run:
        with reading(ctx) as opened:
            codes = _codes(opened.db, words)
            found = _found(opened.db, unit)
            _show_found(opened, found, codes, json_lines)
        return
    with writing(ctx) as project:
        if stdin:
            codes = _codes(project.db, words)
            found = _found(project.db, unit)
            _code_found(project, found, codes, important, json_lines)
        else:
            _code_span(project, words, important, json_lines)


def _codes(db: sqlite3.Connection, keys: Sequence[str]) -> list[Code]:
    codes = list({code.id: code for code in (need_code(db, key) for key in keys)}.values())
    if not codes:
        raise QualError("No code is named.", _PIPE)
    return codes


def _found(db: sqlite3.Connection, unit: str | None) -> list[Found]:
    """Return what came through the pipe, fitted to a unit."""
    # Knows the acts, which reading verbs do without.
    from tui.project.spans import UNITS, widened  # noqa: PLC0415

    known = next((each for each in UNITS if each == unit), None)
    if unit is not None and known is None:
        raise QualError(f"There is no unit {unit!r}.", f"Units: {', '.join(UNITS)}.")
    if sys.stdin.isatty():
        raise QualError("Nothing comes through a pipe.", _PIPE)
    found = read_found(db, sys.stdin, narrow=known == "hit")
    if not found:
        raise QualError("Nothing came to be coded.", "Did the search find anything?", exit_code=1)
    return [widened(db, place, known) for place in found] if known else found


def _show_found(
    opened: Reading, found: Sequence[Found], codes: Sequence[Code], json_lines: bool
) -> None:
    """Print what would be coded and what would be skipped.

    Raises:
        QualError: nothing would be coded; exit code 1.
    """
    from tui.project.spans import coded_already  # noqa: PLC0415

    db, keys = opened.db, {code.id: code.key for code in codes}
    names = {document.id: document.name for document in list_documents(db)}
    spans = list(dict.fromkeys(found))
    pairs = coded_already(db, spans, list(keys), opened.coder_id)
    records = (
        {
            "document": names[place[0]],
            "start": place[1],
            "end": place[2],
            "code": keys[code_id],
            "state": "known" if known else "new",
            "quote": read_text(db, *place),
        }
        for place, code_id, known in pairs
    )
    write_records(records, DRY_COLUMNS, choose_format(json_lines))
    known = sum(pair[2] for pair in pairs)
    documents = len({span[0] for span in spans})
    note(
        f"{counted(len(pairs) - known, 'coding')} {', '.join(keys.values())} would be made on"
        f" {counted(len(spans), 'span')} in {counted(documents, 'document')};"
        f" there already: {known}. Nothing was changed."
    )
    if known == len(pairs):
        raise QualError("Nothing would be coded.", "All of it is coded so already.", exit_code=1)


def _code_span(project: Project, words: list[str], important: bool, json_lines: bool) -> None:
    from tui.project.edits.codings import add_codings  # noqa: PLC0415 (an act)

    if len(words) < 3:
        raise QualError(
            "A coding needs a document, a span and a code.",
            "qual code DOC START:END KEY…, such as: qual code interview-1 120:245 R1-2",
        )
    document = need_document(project.db, words[0])
    start, end = read_span(words[1], document.chars)
    codes = [need_code(project.db, key) for key in words[2:]]
    made = add_codings(project, document.id, start, end, [c.id for c in codes], important)
    chosen = choose_format(json_lines)
    if chosen == "table" and project.last_change is not None:
        write_text(project.last_change.subject)
    else:
        codings = [coding for each in made if (coding := read_coding(project.db, each))]
        write_codings(coding_records(Names(project.db), codings), chosen)


def read_found(db: sqlite3.Connection, lines: TextIO, *, narrow: bool = False) -> list[Found]:
    """Return the spans that JSON lines name; all are proven before any is coded.

    Args:
        db: the project.
        lines: JSON lines.
        narrow: take each from its first word found to the last; its ``hits`` say where they are.

    Raises:
        QualError: a line is no JSON line of a search or of a list of codings, or names a document
            or span that is not there; says which line.
    """
    found: list[Found] = []
    without_place = 0
    try:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            record = _parse(line, number)
            name = record.get("document")
            start, end = record.get("start"), record.get("end")
            if narrow and start is not None:
                start, end = _narrowed(record.get("hits"), number)
            if start is None or end is None:
                without_place += 1
                continue
            if not isinstance(name, str) or type(start) is not int or type(end) is not int:
                raise _bad_line(number, "it has no document, start and end")
            document = _document(db, name, number)
            if not 0 <= start < end <= document.chars:
                raise _bad_line(number, f"{start}:{end} is not a span of {document.name}")
            found.append((document.id, start, end))
    except UnicodeDecodeError as error:
        raise QualError("What came through the pipe is not UTF-8.", "Nothing was coded.") from error
    if without_place:
        note(f"Skipped: {counted(without_place, 'line')} without a place in a text.")
    return found


def _narrowed(hits: object, number: int) -> tuple[int, int]:
    """Return from the first word found to the last."""
    try:
        spans = [(int(low), int(high)) for low, high in hits]  # type: ignore[attr-defined]
        first, last = min(low for low, _ in spans), max(high for _, high in spans)
    except (TypeError, ValueError, OverflowError):
        raise _bad_line(number, "it says nothing of the words found (hits)") from None
    for low, high in spans:
        if low >= high:
            raise _bad_line(number, f"{low}:{high} is no place of a word found (hits)")
    return first, last


def _document(db: sqlite3.Connection, name: str, number: int) -> Document:
    try:
        return need_document(db, name)
    except QualError as error:
        hint = f"{error.hint} Nothing was coded."
        raise QualError(
            f"Line {number} of what came through the pipe: {error.message}", hint
        ) from None


def _parse(line: str, number: int) -> dict[str, object]:
    try:
        record = json.loads(line)
    except ValueError as error:
        raise _bad_line(number, "it is no JSON") from error
    if not isinstance(record, dict):
        raise _bad_line(number, "it is no JSON object")
    return record


def _bad_line(number: int, why: str) -> QualError:
    return QualError(
        f"Line {number} of what came through the pipe cannot be coded: {why}.",
        "Give the lines of `qual search … --json`; nothing was coded.",
    )


def _code_found(
    project: Project,
    found: Sequence[Found],
    codes: Sequence[Code],
    important: bool,
    json_lines: bool,
) -> None:
    from tui.project.spans import code_places  # noqa: PLC0415 (an act)

    coded = 0
    spans = list(dict.fromkeys(found))
    done = 0
    with project.one_step():
        code_ids = [each.id for each in codes]
        for some, made in code_places(project, spans, code_ids, important=important):
            done, coded = done + some, coded + made
            if done < len(spans):
                progress(f"Coding {done}/{len(spans)}")
    end_progress()
    known = len(spans) * len(codes) - coded
    keys = [each.key for each in codes]
    documents = len({span[0] for span in spans})
    if json_lines:
        step = project.last_change.step if project.last_change else None
        write_json(
            {
                "coded": coded,
                "known": known,
                "spans": len(spans),
                "documents": documents,
                "codes": keys,
                "step": step,
            }
        )
        return
    twice = len(found) - len(spans)
    repeated = f", {counted(twice, 'span')} came twice" if twice else ""
    write_text(
        f"+ {counted(coded, 'coding')} {', '.join(keys)} on {counted(len(spans), 'span')} in"
        f" {counted(documents, 'document')};"
        f" {known:,} {'was' if known == 1 else 'were'} there already{repeated}"
    )
    if coded:
        note("One step of undo: `qual undo` takes all of it back.")
