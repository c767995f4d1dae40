"""``qual`` and ``qual open``: the only way to the screen."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from tui.cli.diagnostics import note
from tui.cli.options import new_app
from tui.cli.session import Call, call_of
from tui.errors import ProjectNotFound, QualError

app = new_app()


@app.command()
def open_project(
    ctx: typer.Context,
    file: Annotated[str | None, typer.Argument(metavar="[FILE]", help="The project.")] = None,
    sample: Annotated[
        bool,
        typer.Option("--sample", help="Copy the shipped study to your data folder and open it."),
    ] = False,
) -> None:
    """Open a project on the screen; the one of this folder when no FILE is given."""
    call = call_of(ctx)
    if file is not None:
        if sample or call.project:
            raise QualError("Two projects are named.", "Give FILE, -p FILE or --sample.")
        call.project = file
    need_terminal()
    if sample:
        from tui.project.workspace import open_sample  # noqa: PLC0415 (only here)

        call.project = open_sample(call.coder_name(), say=note)
    open_here(call)


def open_here(call: Call) -> None:
    """Open the project that is meant, make it of a study's folder, or show the first screen.

    Raises:
        QualError: there is no terminal, or the project cannot be opened.
        typer.Exit: with the screen's exit code.
    """
    need_terminal()
    coder = call.coder_name()
    path = _project_or_none(call)
    # Textual loads here and nowhere else.
    from tui.app.app import run_app  # noqa: PLC0415

    code = run_app(path, coder, first_run_folder=None if path else os.getcwd())
    if code:
        raise typer.Exit(code)


def need_terminal() -> None:
    """Refuse to start the screen where there is none.

    Raises:
        QualError: stdin or stdout is no terminal, or it is a dumb one.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise QualError(
            "The screen needs a terminal, and here is none:"
            " run it in one, or see `qual --help` for the commands that need none."
        )
    if os.environ.get("TERM", "") in ("", "dumb"):
        raise QualError(
            f"The terminal says TERM={os.environ.get('TERM', '')!r}: it cannot show a screen.",
            "Set TERM to what your terminal is (xterm-256color, mostly), or use the commands.",
        )


def _project_or_none(call: Call) -> str | None:
    try:
        return call.path()
    except ProjectNotFound:
        if call.project or os.environ.get("QUAL_PROJECT"):
            raise
    except QualError:
        if call.project or os.environ.get("QUAL_PROJECT"):
            raise
        return _ask_which(os.getcwd())
    from tui.project.workspace import is_study, make_workspace  # noqa: PLC0415 (only here)

    folder = os.getcwd()
    return make_workspace(folder, call.coder_name(), say=note) if is_study(folder) else None


def _ask_which(folder: str) -> str:
    """Ask which of several projects in one folder is meant."""
    while True:
        names = sorted(name for name in os.listdir(folder) if name.endswith(".qual"))
        if len(names) > 1 or folder == os.path.dirname(folder):
            break
        folder = os.path.dirname(folder)
    note(f"{folder} holds {len(names)} projects:")
    for number, name in enumerate(names, 1):
        note(f"  {number}  {name}")
    sys.stderr.write(f"Which one? [1-{len(names)}] ")
    sys.stderr.flush()
    answer = sys.stdin.readline().strip()
    if not answer.isdecimal() or not 1 <= int(answer) <= len(names):
        raise QualError("No project was chosen.", "Name one with -p FILE.", exit_code=1)
    return os.path.join(folder, names[int(answer) - 1])
