"""``qual check``: prove the project whole."""

from __future__ import annotations

from typing import Annotated

import typer

from tui.cli.diagnostics import note
from tui.cli.options import JsonFlag, new_app
from tui.cli.output import write_json, write_line, write_text
from tui.cli.session import Reading, reading, writing
from tui.errors import QualError
from tui.text.counted import counted
from tui.text.safe import make_visible

app = new_app()

_SHOWN = 50
"""So many faults of one kind are printed; a lost index has one for each passage."""


@app.command()
def check(
    ctx: typer.Context,
    repair: Annotated[
        bool, typer.Option("--repair", help="Make counts and index anew, then check.")
    ] = False,
    dump: Annotated[
        bool,
        typer.Option("--dump", help="Print all that researchers made, one JSON line per row."),
    ] = False,
    json_lines: JsonFlag = False,
) -> None:
    """Prove that every coding stands on its words, and every tree, count and index is right.

    Exit code 1 when something is wrong; it is said what and where.
    """
    if repair:
        from tui.project.check import repair as make_anew  # noqa: PLC0415 (only with --repair)

        with writing(ctx) as project:
            make_anew(project)
            note("Counts and index were made anew.")
    with reading(ctx) as opened:
        if dump:
            _dump(opened)
        else:
            _check(opened, json_lines)


def _check(opened: Reading, json_lines: bool) -> None:
    from tui.project.check import check as prove  # noqa: PLC0415 (only here)

    wrong = 0
    for name, problems in prove(opened.db):
        wrong += len(problems)
        if json_lines:
            write_json({"proof": name, "ok": not problems, "problems": problems})
            continue
        write_text(f"{name}\t{'ok' if not problems else f'{len(problems)} wrong'}")
        for problem in problems[:_SHOWN]:
            write_text(f"  {problem}")
        if len(problems) > _SHOWN:
            write_text(f"  … and {len(problems) - _SHOWN:,} more; --json lists all")
    if wrong:
        raise QualError(
            f"{counted(wrong, 'thing')} {'is' if wrong == 1 else 'are'} wrong in {opened.path}.",
            "`qual check --repair` mends counts and index; `qual backup --list` names older"
            " copies for the rest.",
            exit_code=1,
        )


def _dump(opened: Reading) -> None:
    from tui.project.check import canonical_dump  # noqa: PLC0415 (only here)

    for line in canonical_dump(opened.db):
        # Escaped, not replaced: two dumps are equal only when their studies are.
        write_line(line if make_visible(line) == line else _escaped(line))


def _escaped(line: str) -> str:
    """Return a JSON line with every character that could act on a terminal as ``\\uXXXX``."""
    safe = make_visible(line)
    pieces = []
    for char, shown in zip(line, safe, strict=True):
        if char == shown:
            pieces.append(char)
            continue
        units = char.encode("utf-16-be", "surrogatepass")
        pieces += [f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2)]
    return "".join(pieces)
