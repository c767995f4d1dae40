"""``qual keys``: every key of the screen, and what arrives when keys are pressed."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated, Final

import typer

from tui.cli.diagnostics import note
from tui.cli.key_bytes import KeyPress, read_presses
from tui.cli.options import FormatOption, JsonFlag, new_app
from tui.cli.output import Column, choose_format, write_records, write_text
from tui.config import Config, read_config
from tui.errors import QualError
from tui.text.safe import make_line

if TYPE_CHECKING:
    from tui.cli.keyboard import KeyReport

app = new_app()

COLUMNS: Final = (
    Column("shown", "keys"),
    Column("id", "name"),
    Column("where", "where"),
    Column("title", "what it does", fill=True),
)
_CHUNK: Final = 4096
_ENDS: Final = (["q", "q"], ["escape", "escape"])


@app.command()
def keys(
    test: Annotated[
        bool,
        typer.Option("--test", help="Press keys and see what arrives; q q or Esc Esc ends."),
    ] = False,
    json_lines: JsonFlag = False,
    form: FormatOption = None,
) -> None:
    """List the keys of the screen, as your settings make them.

    They are set in the table [keys] of your file (`qual config path`), by `qual config set
    keys.NAME KEY`, or on the screen with F2 in the help.
    """
    # The list of all acts is loaded by those who ask for it.
    from tui.cli.keyboard import key_problems, key_records  # noqa: PLC0415

    config = read_config(os.environ)
    if test:
        _test(config)
        return
    write_records(key_records(config), COLUMNS, choose_format(json_lines, form))
    for problem in key_problems(config):
        note(f"{'error' if problem.fatal else 'warning'}: {problem.message}")


def _test(config: Config) -> None:
    """Print each key as it arrives, until two of those that end it."""
    import select  # noqa: PLC0415 (only here)
    import termios  # noqa: PLC0415
    import tty  # noqa: PLC0415

    from tui.cli.keyboard import KeyReport  # noqa: PLC0415

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise QualError("Keys arrive from a terminal, and here is none.", "Run it in one.")
    report = KeyReport(config)
    fd = sys.stdin.fileno()
    before = termios.tcgetattr(fd)
    last: list[str] = []
    try:
        tty.setraw(fd, termios.TCSANOW)  # what was typed ahead is shown, not thrown away
        now = termios.tcgetattr(fd)
        now[1] |= termios.OPOST  # line feeds stay line feeds
        termios.tcsetattr(fd, termios.TCSANOW, now)
        write_text("Press keys; q q or Esc Esc ends.")
        write_text(f"{'key':<16}{'bytes':<22}in the text")
        while last not in _ENDS:
            sys.stdout.flush()
            select.select([fd], [], [])
            data = os.read(fd, _CHUNK)
            if not data:
                break
            for press in read_presses(data):
                write_text(_line(press, report))
                last = [*last[-1:], press.name]
    finally:
        termios.tcsetattr(fd, termios.TCSADRAIN, before)


def _line(press: KeyPress, report: KeyReport) -> str:
    sent = press.sent.hex(" ")
    name = make_line(press.name)
    return f"{name:<15} {sent:<21} {report.tell(press.name, press.sign)}"
