"""Writes ``codebook.toml``: what people wrote around the values stays.

The file is cut into blocks, one for each ``[[code]]`` table. Comments and blank lines above a
table belong to it and move with it; inside a block only the values that differ are changed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from tui.codebook.file import FileCode, hide_strings
from tui.model.code import TEXT_FIELDS

_HEADER = re.compile(r"^\s*\[")
_CODE = re.compile(r"^\s*\[\[\s*[\"']?code[\"']?\s*\]\]")
_MARK: Final = "\ufeff"


@dataclass(slots=True)
class _Block:
    lead: str
    """Comments and blank lines above the table."""
    body: str
    """From its header to its last value."""


def write_codebook(old: str, codes: Sequence[FileCode], title: str = "", source: str = "") -> str:
    """Return the text of a codebook file that holds these codes.

    Comments, spacing and unchanged values of the old text stay. A comment right above a code goes
    with it when it is deleted; one that a blank line divides from it stays.

    Args:
        old: the present text of the file; empty for a new one.
        codes: in tree order.
        title: for a new file.
        source: for a new file.
    """
    import tomlkit

    windows = "\r\n" in old
    head, blocks, tail = _cut(old.removeprefix(_MARK).replace("\r\n", "\n"))
    document = tomlkit.parse(head)
    document.pop("code", None)  # written as one list instead of tables
    if "codebook" not in document:
        table = tomlkit.table()
        table["title"], table["source"] = title, source
        document["codebook"] = table
    pieces = [tomlkit.dumps(document)]
    wanted = {code.key for code in codes}
    present: dict[str, _Block] = {}
    kept = ""
    for block in blocks:
        key = str(tomlkit.parse(block.body)["code"][0]["key"])
        if key in wanted:
            present[key] = _Block(kept + block.lead, block.body)
            kept = ""
        else:
            kept += _without_last_comment(block.lead)
    for code in codes:
        block = present.get(code.key) or _Block("\n", "")
        pieces.append(block.lead + _filled(block.body, code))
    pieces.append(kept + tail)
    text = _joined(pieces)
    return text.replace("\n", "\r\n") if windows else text


def _cut(text: str) -> tuple[str, list[_Block], str]:
    """Return all that is not of a code, the blocks of the codes, and what follows the last."""
    lines, plain = _lines(text), _lines(hide_strings(text))
    starts = [at for at, line in enumerate(plain) if _HEADER.match(line)]
    head = lines[: starts[0]] if starts else lines
    blocks: list[_Block] = []
    lead: list[str] = []
    if starts and _CODE.match(plain[starts[0]]):
        head, lead = _split_end(head, plain[: starts[0]])
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=False):
        body, after = _split_end(lines[start:end], plain[start:end])
        if _CODE.match(plain[start]):
            blocks.append(_Block("".join(lead), "".join(body)))
        else:
            head += [*lead, *body]
        lead = after
    if not blocks:
        return "".join([*head, *lead]), [], ""
    return "".join(head), blocks, "".join(lead)


def _lines(text: str) -> list[str]:
    # Not splitlines(): to TOML, only a line feed ends a line.
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def _split_end(lines: list[str], plain: list[str]) -> tuple[list[str], list[str]]:
    """Divide lines after the last one that is neither blank nor a comment."""
    end = len(lines)
    while end and (not plain[end - 1].strip() or plain[end - 1].lstrip().startswith("#")):
        end -= 1
    return lines[:end], lines[end:]


def _without_last_comment(lead: str) -> str:
    lines = _lines(lead)
    while lines and lines[-1].strip():
        lines.pop()
    return "".join(lines) if any(line.strip() for line in lines) else ""


def _joined(pieces: Sequence[str]) -> str:
    text = ""
    for piece in pieces:
        if text and piece and not text.endswith("\n"):
            text += "\n"
        text += piece.lstrip("\n") if not text else piece
    return text


def _filled(body: str, code: FileCode) -> str:
    """Return the table of a code with its values brought up to date; a new one from nothing."""
    import tomlkit

    document = tomlkit.parse(body or "[[code]]\n")
    table: Any = document["code"][0]
    values: dict[str, str | int | None] = {"key": code.key, "name": code.name}
    values["parent"] = code.parent
    values |= {field: getattr(code, field) for field in TEXT_FIELDS[1:]}
    values["slot"] = code.slot
    for field, value in values.items():
        if value in ("", None):
            if field in table:
                del table[field]
        elif field not in table or table[field] != value:
            table[field] = value
    return tomlkit.dumps(document)
