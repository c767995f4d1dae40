"""The only writer to stdout: tables, tab-separated values, CSV, Markdown, JSON lines.

Nothing of a document, a name or a memo reaches a terminal or a file unguarded from here.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from tui.cli.columns import clipped, padded, width
from tui.errors import QualError
from tui.text.safe import guard_formula, make_line, make_visible

Format = Literal["table", "tsv", "csv", "md", "json"]
FORMATS: Final = ("table", "tsv", "csv", "md", "json")

SCHEMA: Final = 1
"""Version of the JSON lines; fields are only ever added."""

Record = Mapping[str, object]
"""One result by field names, as its JSON line has them."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a listing."""

    field: str
    """The field of the record that it shows."""
    heading: str
    right: bool = False
    """Set numbers flush right."""
    fill: bool = False
    """On a terminal, cut this column so that a row fits into one line."""


class PipeClosed(Exception):
    """The reader of our output went away: no reason to say anything."""


def choose_format(json_lines: bool, wanted: str | None = None) -> Format:
    """Return the format of the results: asked for, or by what stdout is.

    Raises:
        QualError: an unknown format, or two.
    """
    if wanted is not None and wanted not in FORMATS:
        raise QualError(f"There is no format {wanted!r}.", f"Formats: {', '.join(FORMATS)}.")
    if json_lines and wanted not in (None, "json"):
        raise QualError(f"--json and --format {wanted} exclude each other.", "Give one of them.")
    if json_lines:
        return "json"
    for known in FORMATS:
        if wanted == known:
            return known
    return "table" if sys.stdout.isatty() else "tsv"


def write_records(
    records: Iterable[Record],
    columns: Sequence[Column],
    form: Format,
    *,
    by_heading: bool = False,
) -> int:
    """Write results; return how many there were.

    JSON lines hold every field of the records, the other formats the columns. JSON, CSV and
    tab-separated values are written as they come; a table is laid out when all are there.

    Args:
        records: the results.
        columns: what of them is shown.
        form: how.
        by_heading: in CSV, name the columns by their headings instead of their fields.
    """
    if form == "table":
        return _write_table(list(records), columns)
    if form == "md":
        return _write_markdown(records, columns)
    if form == "csv":
        return _write_csv(records, columns, by_heading)
    count = 0
    for record in records:
        count += 1
        if form == "json":
            write_json(record)
        else:
            write_line("\t".join(escape_field(plain(record[c.field])) for c in columns))
    return count


def write_json(record: Record) -> None:
    """Write one JSON line with the schema number first."""
    safe = visible({"schema": SCHEMA, **record})
    write_line(json.dumps(safe, ensure_ascii=False, separators=(",", ":")))


def write_text(text: str) -> None:
    """Write text for people: line feeds and tabs stay, controls become visible."""
    write_line(make_visible(text, tabs=True))


def write_line(line: str) -> None:
    """Write one finished line as it is; what comes from a project must be made visible before.

    Raises:
        PipeClosed: nobody reads any more.
        QualError: the output could not be written (a full disk).
    """
    try:
        sys.stdout.write(line + "\n")
    except OSError as error:
        raise explain(error) from error


def flush() -> None:
    """Bring everything out; raises as :func:`write_line` does."""
    try:
        sys.stdout.flush()
    except OSError as error:
        raise explain(error) from error


def explain(error: OSError) -> Exception:
    """Return what a failed write to stdout means."""
    if error.errno in (errno.EPIPE, errno.ESHUTDOWN):
        return PipeClosed()
    return QualError(
        f"The output could not be written: {error.strerror}.",
        "What was printed so far is not complete.",
    )


def silence() -> None:
    """Point stdout at nothing, so that the interpreter's own last flush cannot fail."""
    try:
        target = sys.stdout.fileno()
    except (OSError, ValueError):
        return  # a test's stand-in for stdout
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, target)
    os.close(null)


def visible(value: object) -> object:
    """Return a JSON value with every control character in its texts replaced one for one."""
    if isinstance(value, str):
        return make_visible(value, tabs=True)
    if isinstance(value, Mapping):
        return {make_line(str(key)): visible(item) for key, item in value.items()}
    if isinstance(value, Sequence):
        return [visible(item) for item in value]
    return value


def plain(value: object) -> str:
    """Return the words for a value in a cell; nothing for None and False."""
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        return f"{value:z.2f}"
    if isinstance(value, Mapping):
        return " ".join(f"{key}={plain(item)}" for key, item in value.items())
    if isinstance(value, Sequence):
        return ", ".join(plain(item) for item in value)
    return str(value)


def escape_field(text: str) -> str:
    r"""Return a text as one tab-separated field: ``\t``, ``\n`` and ``\\`` written out."""
    if text.isprintable() and "\\" not in text:
        return text
    escaped = text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")
    return make_line(escaped)


def terminal_width() -> int:
    """Return the width of the terminal in cells."""
    return shutil.get_terminal_size((80, 24)).columns


def _write_table(records: list[Record], columns: Sequence[Column]) -> int:
    rows = [[make_line(plain(record[c.field])) for c in columns] for record in records]
    if not rows:
        return 0
    # Headings may be names of a project, too: documents, cases, values of attributes.
    head = [make_line(column.heading) for column in columns]
    widths = [max(map(width, column)) for column in zip(head, *rows, strict=True)]
    spare = terminal_width() - sum(widths) - 2 * (len(widths) - 1)
    if spare < 0:
        for at, column in enumerate(columns):
            if column.fill:
                widths[at] = max(widths[at] + spare, 12)
    for row in (head, *rows):
        cells = [
            padded(clipped(cell, room) if column.fill else cell, room, right=column.right)
            for cell, room, column in zip(row, widths, columns, strict=True)
        ]
        write_line("  ".join(cells).rstrip())
    return len(rows)


def _write_markdown(records: Iterable[Record], columns: Sequence[Column]) -> int:
    write_line("| " + " | ".join(_markdown_cell(c.heading) for c in columns) + " |")
    write_line("|" + "|".join("---:" if c.right else "---" for c in columns) + "|")
    count = 0
    for record in records:
        count += 1
        cells = (_markdown_cell(plain(record[c.field])) for c in columns)
        write_line("| " + " | ".join(cells) + " |")
    return count


def _markdown_cell(text: str) -> str:
    text = make_line(text)
    for sign in "\\`*_[]<>|":
        text = text.replace(sign, f"\\{sign}")
    return text


def _write_csv(
    records: Iterable[Record], columns: Sequence[Column], by_heading: bool = False
) -> int:
    write_line(",".join(csv_cell(c.heading if by_heading else c.field) for c in columns))
    count = 0
    for record in records:
        count += 1
        write_line(",".join(csv_cell(record[column.field]) for column in columns))
    return count


def csv_cell(value: object) -> str:
    """Return a value as a cell of a CSV file, guarded against being run as a formula."""
    text = make_visible(plain(value), tabs=True)
    if isinstance(value, str | Mapping | Sequence):
        text = guard_formula(text)
    if any(sign in text for sign in ',"\n\t') or text != text.strip():
        return '"' + text.replace('"', '""') + '"'
    return text
