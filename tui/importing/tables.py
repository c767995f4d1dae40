"""The two tables that may stand beside documents: their attributes and codings made elsewhere.

Both are CSV as spreadsheets write it: comma, semicolon or tab, any character set, with or without
a byte order mark. The apostrophe that guards a cell against being run as a formula is taken off.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator
from dataclasses import dataclass

from tui.errors import QualError
from tui.text.normalise import decode
from tui.text.safe import unguard_formula

_NEEDED = ("document", "code", "start", "end")
_OPTIONAL = ("coder", "quote", "important", "memo")
_YES = frozenset(("1", "true", "yes", "y", "x", "да", "是"))
_NO = frozenset(("", "0", "false", "no", "n", "нет", "否"))
# A quote or a memo may be far longer than the 128 KB that the csv module allows a cell.
_LONGEST_CELL = 64_000_000


@dataclass(frozen=True, slots=True)
class AttributeRow:
    """The attributes of one document."""

    line: int
    """Line of the file, from 1."""
    document: str
    """Name of the document, with or without its suffix."""
    values: tuple[str, ...]
    """One for each name of the table; empty where nothing is known."""


@dataclass(frozen=True, slots=True)
class AttributeTable:
    """What ``attributes.csv`` says."""

    names: tuple[str, ...]
    """The attributes, in the order of the columns."""
    rows: tuple[AttributeRow, ...]


@dataclass(frozen=True, slots=True)
class CodingRow:
    """One coding, half-open in code points of the document's stored text."""

    line: int
    """Line of the file, from 1."""
    document: str
    coder: str
    """Empty when the table does not say."""
    code: str
    """Key of the code."""
    start: int
    end: int
    quote: str
    """What the document should say there; empty when the table does not say."""
    important: bool
    memo: str


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    cells: list[str]


def read_attributes(path: str) -> AttributeTable:
    """Read ``attributes.csv``: the first column names the document, the others are attributes.

    Raises:
        QualError: the file cannot be read or is no such table; names the file and the line.
    """
    name, header, rows = _table(path)
    titles = [title.strip() for title in header.cells]
    if titles[0].lower() != "document":
        raise QualError(
            f"{name} line {header.line}: the first column is {titles[0]!r}, not 'document'",
            "Name the first column document and put the documents' names in it.",
        )
    _check_titles(name, header.line, titles)
    seen: dict[str, int] = {}
    found: list[AttributeRow] = []
    for row in rows:
        document = row.cells[0].strip()
        if not document:
            raise _lacking(name, row.line, "document")
        if document in seen:
            raise QualError(
                f"{name} line {row.line}: {document} stands in line {seen[document]} already",
                "Keep one line for each document.",
            )
        seen[document] = row.line
        values = tuple(cell.strip() for cell in row.cells[1:])
        found.append(AttributeRow(row.line, document, values))
    return AttributeTable(tuple(titles[1:]), tuple(found))


def read_codings(path: str) -> tuple[CodingRow, ...]:
    """Read ``codings.csv``: document, coder, code, start, end, quote, important, memo.

    The columns may stand in any order; coder, quote, important and memo may be missing.

    Raises:
        QualError: the file cannot be read or is no such table; names the file and the line.
    """
    name, header, rows = _table(path)
    titles = [title.strip().lower() for title in header.cells]
    _check_titles(name, header.line, titles)
    missing = [title for title in _NEEDED if title not in titles]
    if missing:
        raise QualError(
            f"{name} line {header.line}: the column{_s(missing)} {', '.join(missing)} "
            f"{'are' if len(missing) > 1 else 'is'} missing",
            f"The first line must name {', '.join(_NEEDED)} and may name {', '.join(_OPTIONAL)}.",
        )
    unknown = [title for title in titles if title not in _NEEDED + _OPTIONAL]
    if unknown:
        raise QualError(
            f"{name} line {header.line}: nothing is known of the column{_s(unknown)} "
            f"{', '.join(unknown)}",
            f"Remove it, or name it one of {', '.join(_NEEDED + _OPTIONAL)}.",
        )
    return tuple(_coding(name, row.line, dict(zip(titles, row.cells, strict=True))) for row in rows)


def _coding(name: str, line: int, cells: dict[str, str]) -> CodingRow:
    """Check and convert one row of codings."""
    for title in ("document", "code"):
        if not cells[title].strip():
            raise _lacking(name, line, title)
    start, end = (_offset(name, line, title, cells[title].strip()) for title in ("start", "end"))
    if start >= end:
        raise QualError(
            f"{name} line {line}: the span {start}:{end} holds nothing",
            "The start must lie before the end; the end is the first character after the span.",
        )
    important = cells.get("important", "").strip().lower()
    if important not in _YES | _NO:
        raise QualError(
            f"{name} line {line}: important is {important!r}, neither yes nor no",
            "Write 1 or 0, or leave it empty.",
        )
    return CodingRow(
        line=line,
        document=cells["document"].strip(),
        coder=cells.get("coder", "").strip(),
        code=cells["code"].strip(),
        start=start,
        end=end,
        quote=cells.get("quote", ""),
        important=important in _YES,
        memo=cells.get("memo", ""),
    )


def _offset(name: str, line: int, title: str, cell: str) -> int:
    """Return an offset; only plain digits count."""
    if not (cell.isascii() and cell.isdigit() and len(cell) < 12):
        raise QualError(
            f"{name} line {line}: {title} is {cell[:40]!r}, not a whole number",
            "Offsets count characters of the document's text from 0.",
        )
    return int(cell)


def _table(path: str) -> tuple[str, _Row, list[_Row]]:
    """Return the file's name, its first row and the others, made as wide as the first."""
    name = os.path.basename(path)
    try:
        with open(path, "rb") as file:
            data = file.read()
    except FileNotFoundError:
        raise QualError(f"{path} does not exist", "Check the spelling of its name.") from None
    except OSError as error:
        raise QualError(
            f"{path} cannot be read: {error.strerror}", "Check that you may read it."
        ) from None
    text, _ = decode(data, name=name)
    rows = _rows(name, text.removeprefix("\ufeff"))
    header = next(rows, None)
    if header is None:
        raise QualError(f"{name} holds only empty cells", "Fill it in, or take it away.")
    header = _Row(header.line, list(map(unguard_formula, header.cells)))
    width = len(header.cells)
    body: list[_Row] = []
    for row in rows:
        if len(row.cells) > width and any(cell.strip() for cell in row.cells[width:]):
            raise QualError(
                f"{name} line {row.line}: {len(row.cells)} cells, but the first line names {width}",
                "A cell that holds the delimiter or a line break must stand in double quotes.",
            )
        cells = [unguard_formula(cell) for cell in row.cells[:width]]
        body.append(_Row(row.line, cells + [""] * (width - len(cells))))
    return name, header, body


def _rows(name: str, text: str) -> Iterator[_Row]:
    """Yield the rows that hold anything, each with the line it begins in."""
    before = csv.field_size_limit(_LONGEST_CELL)
    line = 1
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield _Row(line, cells)
            line = reader.line_num + 1
    except csv.Error as error:
        raise QualError(
            f"{name} line {line}: the row cannot be read ({error})",
            "Look for a double quote that is never closed, or save the table anew as CSV.",
        ) from None
    finally:
        csv.field_size_limit(before)


def _delimiter(text: str) -> str:
    """Return the delimiter that stands most often in the first line that holds anything."""
    first = text.lstrip().split("\n", 1)[0]
    return max(",;\t", key=first.count)


def _check_titles(name: str, line: int, titles: list[str]) -> None:
    """Refuse columns without a name and two of one name."""
    for place, title in enumerate(titles, start=1):
        if not title:
            raise QualError(
                f"{name} line {line}: column {place} has no name",
                "Name every column in the first line, or remove the empty ones.",
            )
        if title.lower() in (other.lower() for other in titles[: place - 1]):
            raise QualError(
                f"{name} line {line}: two columns are called {title}", "Rename or remove one."
            )


def _lacking(name: str, line: int, title: str) -> QualError:
    return QualError(f"{name} line {line}: the {title} is missing", f"Fill in its {title} cell.")


def _s(items: list[str]) -> str:
    return "s" if len(items) > 1 else ""
