"""``codebook.toml``: read with every mistake named by its line."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from tui.errors import QualError
from tui.model.code import TEXT_FIELDS, Code

STAGES: Final = ("", "open", "axial", "selective")

_STRINGS = re.compile(
    r'''"""(?:\\.|(?!""").)*"{3,5}|\'{3}.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|\#[^\n]*''',
    re.DOTALL,
)
_TABLE = re.compile(r"^\s*\[\[\s*code\s*\]\]")
_MEND = "Nothing was changed; mend that line."


@dataclass(frozen=True, slots=True)
class FileCode:
    """One code as the file has it; ``parent`` is a key, empty at the top."""

    key: str
    parent: str
    name: str
    definition: str = ""
    include: str = ""
    exclude: str = ""
    example: str = ""
    color: str = ""
    letter: str = ""
    slot: int | None = None
    stage: str = ""


@dataclass(frozen=True, slots=True)
class CodebookFile:
    """A whole ``codebook.toml``."""

    title: str
    source: str
    codes: tuple[FileCode, ...]


def read_codebook(path: str) -> CodebookFile:
    """Read and prove a codebook file.

    Raises:
        QualError: it is missing, not TOML, or wrong in itself; names file, line and, for two
            codes that do not go together, both places.
    """
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError as error:
        raise QualError(f"{path} cannot be read: {error.strerror}.", "Is it there?") from error
    return parse_codebook(data, path)


def parse_codebook(data: bytes, path: str) -> CodebookFile:
    """Parse the bytes of a codebook file; ``path`` is for messages. Raises as above."""
    name = os.path.basename(path)
    try:
        text = data.decode("utf-8-sig")
        tables = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise QualError(
            f"{name} is not UTF-8 (byte {error.start}).", "Save it as UTF-8."
        ) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        # The second one where brackets stand in brackets by the thousand.
        raise QualError(f"{name}: {error}.", "Nothing was changed; mend that place.") from error
    lines = _Lines(text, name)
    head = tables.get("codebook", {})
    entries = tables.get("code", [])
    if not isinstance(head, dict) or not isinstance(entries, list):
        raise QualError(
            f"{name}: [codebook] must be one table and [[code]] a list of tables.",
            "Each code is a [[code]] table of its own.",
        )
    unknown = sorted(set(tables) - {"codebook", "code"})
    if unknown:
        raise QualError(
            f"{name}: unknown table {unknown[0]!r}.", "It holds [codebook] and [[code]] only."
        )
    codes = tuple(_read_code(entry, at, lines) for at, entry in enumerate(entries))
    _check_tree(codes, lines)
    return CodebookFile(str(head.get("title", "")), str(head.get("source", "")), codes)


def file_codes(codes: Sequence[Code]) -> tuple[FileCode, ...]:
    """Return codes of a project, in tree order, as the file would have them."""
    keys = {code.id: code.key for code in codes}
    return tuple(
        FileCode(
            key=code.key,
            parent=keys[code.parent_id] if code.parent_id is not None else "",
            slot=code.slot,
            **{field: getattr(code, field) for field in TEXT_FIELDS},
        )
        for code in codes
    )


def hide_strings(text: str) -> str:
    """Return TOML with the words of all texts that go over several lines blotted out."""
    return _STRINGS.sub(_blotted, text)


def _blotted(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]+", "x", found[0]) if "\n" in found[0] else found[0]


class _Lines:
    """Where each ``[[code]]`` table and each of its fields stands, for messages."""

    def __init__(self, text: str, name: str) -> None:
        self.name = name
        self._text = hide_strings(text).split("\n")
        self._tables = [at for at, line in enumerate(self._text, 1) if _TABLE.match(line)]

    def of(self, code: int, field: str = "") -> str:
        """Return ``codebook.toml line 12`` for a field of the code with this index."""
        first = self._tables[code] if code < len(self._tables) else 0
        last = self._tables[code + 1] if code + 1 < len(self._tables) else len(self._text) + 1
        if field:
            pattern = re.compile(rf"^\s*[\"']?{re.escape(field)}[\"']?\s*=")
            for at in range(first, last - 1):
                if pattern.match(self._text[at]):
                    first = at + 1
                    break
        return f"{self.name} line {first}" if first else self.name


def _read_code(entry: object, at: int, lines: _Lines) -> FileCode:
    if not isinstance(entry, dict):
        raise QualError(f"{lines.of(at)}: a code must be a [[code]] table.", _MEND)
    for field in entry:
        if field not in (*TEXT_FIELDS, "key", "parent", "slot"):
            raise QualError(
                f"{lines.of(at, field)}: a code has no field {field!r}.",
                f"Fields: key, parent, slot, {', '.join(TEXT_FIELDS)}.",
            )
    for field in ("key", "name"):
        if not isinstance(entry.get(field), str) or not entry[field].strip():
            raise QualError(f"{lines.of(at, field)}: a code needs a {field}, as text.", _MEND)
    for field, value in entry.items():
        if field == "slot":
            if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 9:
                raise QualError(f"{lines.of(at, field)}: slot must be a number from 1 to 9.", _MEND)
        elif not isinstance(value, str):
            raise QualError(f"{lines.of(at, field)}: {field} must be text, in quotes.", _MEND)
    key = entry["key"]
    if key.split() != [key]:
        raise QualError(
            f"{lines.of(at, 'key')}: key {key!r} must be one word, such as R1-2.", _MEND
        )
    _check_values(entry, at, lines)
    return FileCode(**_tidied(entry))


def _tidied(entry: dict[str, Any]) -> dict[str, Any]:
    name = " ".join(entry["name"].split())
    return {**entry, "name": name, "parent": entry.get("parent", "")}


def _check_values(entry: dict[str, Any], at: int, lines: _Lines) -> None:
    letter = entry.get("letter", "")
    if letter and not (len(letter) == 1 and letter.isascii() and letter.isalpha()):
        raise QualError(f"{lines.of(at, 'letter')}: letter must be one of A-Z or a-z.", _MEND)
    if entry.get("stage", "") not in STAGES:
        raise QualError(f"{lines.of(at, 'stage')}: stage must be open, axial or selective.", _MEND)


def _check_tree(codes: Sequence[FileCode], lines: _Lines) -> None:
    first: dict[tuple[str, str], int] = {}
    for at, code in enumerate(codes):
        marks = (
            ("key", code.key.casefold()),
            ("letter", code.letter),
            ("slot", str(code.slot or "")),
            ("name", f"{code.parent}\n{code.name.casefold()}"),
        )
        for field, value in marks:
            if not value:
                continue
            if (field, value) in first:
                where = f"{lines.of(first[field, value], field)} and {lines.of(at, field)}"
                what = {"name": f"siblings share the name {code.name!r}"}.get(
                    field, f"{field} {getattr(code, field)!r} is given twice"
                )
                raise QualError(f"{where}: {what}.", "Nothing was changed; change one of them.")
            first[field, value] = at
    index = {code.key: at for at, code in enumerate(codes)}
    for at, code in enumerate(codes):
        if code.parent and code.parent not in index:
            raise QualError(
                f"{lines.of(at, 'parent')}: {code.key} names the parent {code.parent!r},"
                " which no code has as its key.",
                "Nothing was changed; keys are compared letter by letter.",
            )
        seen = {code.key}
        up = code
        while up.parent:
            below, up = up, codes[index[up.parent]]
            if up.key in seen:
                raise _circle(lines, below, up, index)
            seen.add(up.key)


def _circle(lines: _Lines, below: FileCode, above: FileCode, index: dict[str, int]) -> QualError:
    where = lines.of(index[above.key], "parent")
    what = f"{above.key} is its own parent"
    if below.key != above.key:
        where += f" and {lines.of(index[below.key], 'parent')}"
        what = f"{above.key} and {below.key} are above each other"
    return QualError(f"{where}: {what}.", "Nothing was changed; take one parent away.")
