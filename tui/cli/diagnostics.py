"""The only writer to stderr: notes, questions, errors and what the shell gets for them."""

from __future__ import annotations

import sys
import traceback

from tui.cli.output import PipeClosed
from tui.errors import QualError
from tui.text.safe import make_line, make_visible


def note(text: str) -> None:
    """Say something beside the results, in one line.

    A line feed in a name must not look as if the program had said what follows it.
    """
    _say(make_line(text))


def _say(text: str) -> None:
    try:
        sys.stderr.write(text + "\n")
        sys.stderr.flush()
    except OSError:
        return  # nowhere left to say it


def progress(text: str) -> None:
    """Show how far a long act has come, over the line before; only on a terminal."""
    if sys.stderr.isatty():
        sys.stderr.write("\r" + make_line(text) + "\x1b[K")
        sys.stderr.flush()


def end_progress() -> None:
    """Clear the line of :func:`progress`."""
    progress("")
    if sys.stderr.isatty():
        sys.stderr.write("\r")
        sys.stderr.flush()


def confirm(question: str, *, yes: bool) -> None:
    """Ask before an act that takes something away.

    Args:
        question: what would happen, as a question.
        yes: ``--yes`` was given: do not ask.

    Raises:
        QualError: the answer was no, or nobody can be asked.
    """
    if yes:
        return
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise QualError(f"{question} Nobody can be asked here.", "Say so with --yes.")
    sys.stderr.write(f"{make_line(question)} [y/N] ")
    sys.stderr.flush()
    if sys.stdin.readline().strip().casefold() not in ("y", "yes"):
        raise QualError("Nothing was changed.", exit_code=1)


def report(error: BaseException, *, debug: bool = False) -> int:
    """Say what went wrong in one line, with a hint where there is one; return the exit code."""
    if isinstance(error, PipeClosed | BrokenPipeError):
        return 0
    if isinstance(error, KeyboardInterrupt):
        note("qual: interrupted; what was acknowledged is stored")
        return 130
    if debug:
        _say(make_visible("".join(traceback.format_exception(error)).rstrip()))
    if isinstance(error, QualError):
        note(f"qual: {error.message}")
        if error.hint:
            note(f"hint: {error.hint}")
        return error.exit_code
    if isinstance(error, UnicodeEncodeError):
        # Bytes that are no text arrive as halves of characters, which nothing can store.
        note("qual: A name or a text that was given is not UTF-8; nothing was stored.")
        note("hint: Type it anew; `qual doctor` tells what encoding the terminal has.")
        return 2
    if isinstance(error, MemoryError):
        note("qual: not enough memory for this.")
        return 2
    words = " ".join(str(error).split()) or "no further words"
    note(f"qual: unexpected {type(error).__name__}: {words}")
    note("hint: --debug shows where; `qual check` proves the project whole.")
    return 2


def report_usage(message: str, command: str) -> int:
    """Say how a command was called wrongly; return the exit code."""
    note(f"qual: {message}")
    note(f"hint: {command} --help")
    return 2
