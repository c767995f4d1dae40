"""Opens a project on the screen, whichever way the command line was read; no parser is loaded.

Plain lines (``qual``, ``qual open FILE``) come here straight from ``tui.__main__``: loading the
full parser takes a fifth as long as all that the first paint takes.
"""

from __future__ import annotations

import gc
import os
import sys

from tui.cli.session import Call
from tui.errors import ProjectNotFound, QualError


def read_plain(words: list[str]) -> Call | None:
    """Return what a command line asks to open, when it is ``[open] [FILE]`` with -p, --coder,
    --no-mouse and --accessible.

    Args:
        words: the words after ``qual``.

    Returns:
        None for every other line, right or wrong: the full parser knows what it means.
    """
    call = Call()
    file: str | None = None
    opened = False
    rest = iter(words)
    for word in rest:
        if word in ("--no-mouse", "--accessible"):
            setattr(call, word[2:].replace("-", "_"), True)
            continue
        name, sign, value = word.partition("=")
        if word in ("-p", "--project", "--coder"):
            value = next(rest, "")
        elif not (sign and name in ("--project", "--coder")):
            if word == "open" and not opened:
                opened = True
                continue
            if not opened or file is not None:
                return None
            name, value = "FILE", word
        if not value or value.startswith("-"):
            return None
        if name == "--coder":
            call.coder = value
        elif name == "FILE":
            file = value
        else:
            call.project = value
    if file is not None and call.project:
        return None
    call.project = file or call.project
    return call


def main(call: Call) -> int:
    """Open what a plain command line asked for; errors end in one line. Return the exit code."""
    # Looking for garbage in what is loaded takes a tenth of the way to the first paint; the app
    # turns it on again.
    gc.disable()
    try:
        return open_here(call)
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the border: one line
        from tui.cli.diagnostics import report  # noqa: PLC0415 - rarely needed

        return report(error)


def open_here(call: Call) -> int:
    """Open the project that is meant, make it of a study's folder, or show the first screen.

    Returns:
        The screen's exit code.

    Raises:
        QualError: there is no terminal, or the project cannot be opened.
    """
    need_terminal()
    coder = call.coder_name()
    path = _project_or_none(call)
    # Textual loads here and nowhere else.
    from tui.app.lean import load_textual  # noqa: PLC0415

    load_textual()
    from tui.app.app import run_app  # noqa: PLC0415

    return run_app(
        path,
        coder,
        first_run_folder=None if path else os.getcwd(),
        mouse=False if call.no_mouse else None,
        accessible=True if call.accessible else None,
    )


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
    return make_workspace(folder, call.coder_name(), say=_note) if is_study(folder) else None


def _ask_which(folder: str) -> str:
    """Ask which of several projects in one folder is meant."""
    while True:
        names = sorted(name for name in os.listdir(folder) if name.endswith(".qual"))
        if len(names) > 1 or folder == os.path.dirname(folder):
            break
        folder = os.path.dirname(folder)
    _note(f"{folder} holds {len(names)} projects:")
    for number, name in enumerate(names, 1):
        _note(f"  {number}  {name}")
    sys.stderr.write(f"Which one? [1-{len(names)}] ")
    sys.stderr.flush()
    answer = sys.stdin.readline().strip()
    if not answer.isdecimal() or not 1 <= int(answer) <= len(names):
        raise QualError("No project was chosen.", "Name one with -p FILE.", exit_code=1)
    return os.path.join(folder, names[int(answer) - 1])


def _note(text: str) -> None:
    from tui.cli.diagnostics import note  # noqa: PLC0415 - rarely needed

    note(text)
