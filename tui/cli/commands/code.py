"""``qual code``: code a span, or everything that a search found."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from tui.cli.arguments import need_code, need_document, read_span
from tui.cli.diagnostics import end_progress, note, progress
from tui.cli.options import JsonFlag, new_app
from tui.cli.output import choose_format, write_json, write_text
from tui.cli.records import Names, coding_records, write_codings
from tui.cli.session import writing
from tui.errors import AlreadyCoded, QualError
from tui.model.code import Code
from tui.store.codings import read_coding

if TYPE_CHECKING:
    from tui.project.project import Project

app = new_app()

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
    json_lines: JsonFlag = False,
) -> None:
    """Code a span of a document with one or several codes.

    With --stdin, code every span that comes through a pipe as JSON lines with document, start and
    end: `qual search … --json | qual code KEY --stdin`. What you have coded so before is skipped
    and counted. The whole is stored in slices and is one step of undo.
    """
    with writing(ctx) as project:
        if stdin:
            codes = [need_code(project.db, key) for key in words]
            if sys.stdin.isatty():
                raise QualError(
                    "Nothing comes through a pipe.", "qual search … --json | qual code KEY --stdin"
                )
            _code_found(project, read_found(project, sys.stdin), codes, important, json_lines)
        else:
            _code_span(project, words, important, json_lines)


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


def read_found(project: Project, lines: TextIO) -> list[Found]:
    """Return the spans that JSON lines name; all are proven before any is coded.

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
            if start is None or end is None:
                without_place += 1
                continue
            if not isinstance(name, str) or type(start) is not int or type(end) is not int:
                raise _bad_line(number, "it has no document, start and end")
            document = need_document(project.db, name)
            if not 0 <= start < end <= document.chars:
                raise _bad_line(number, f"{start}:{end} is not a span of {document.name}")
            found.append((document.id, start, end))
    except UnicodeDecodeError as error:
        raise QualError("What came through the pipe is not UTF-8.", "Nothing was coded.") from error
    if without_place:
        note(f"{without_place} lines name no place in a text and were skipped.")
    return found


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
    if not codes:
        raise QualError("No code is named.", "qual search … --json | qual code KEY --stdin")
    if not found:
        raise QualError("Nothing came to be coded.", "Did the search find anything?", exit_code=1)
    coded = 0
    spans = list(dict.fromkeys(found))
    with project.one_step():
        for done, made in _slices(project, spans, codes, important):
            coded += made
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
    repeated = f", {len(found) - len(spans)} spans came twice" if len(found) > len(spans) else ""
    write_text(
        f"+ {coded} codings {', '.join(keys)} on {len(spans)} spans in {documents} documents;"
        f" {known} were there already{repeated}"
    )
    if coded:
        note("One step of undo: `qual undo` takes all of it back.")


def _slices(
    project: Project, spans: Sequence[Found], codes: Sequence[Code], important: bool
) -> Iterator[tuple[int, int]]:
    """Code spans slice by slice; yield (spans done so far, codings made in this slice)."""
    from tui.project.edits.codings import SLICE, add_codings  # noqa: PLC0415 (an act)

    code_ids, keys = [each.id for each in codes], [each.key for each in codes]
    for first in range(0, len(spans), SLICE):
        made = 0
        with project.act("coding.add") as act:
            for document_id, start, end in spans[first : first + SLICE]:
                try:
                    made += len(
                        add_codings.apply(act, document_id, start, end, code_ids, important)
                    )
                except AlreadyCoded:
                    continue
            if made > 1:
                act.subject = f"+ {made} codings {', '.join(keys)} on found spans"
        yield min(first + SLICE, len(spans)), made
