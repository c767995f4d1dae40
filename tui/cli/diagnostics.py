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
    known = error if isinstance(error, QualError) else _explained(error)
    if known is not None:
        note(f"qual: {known.message}")
        if hasattr(known, "query"):
            from tui.cli.commands.search_errors import marked  # noqa: PLC0415 - of queries only

            for line in marked(known):
                note(line)
        if known.hint:
            note(f"hint: {known.hint}")
        return known.exit_code
    words = " ".join(str(error).split()) or "no further words"
    note(f"qual: unexpected {type(error).__name__}: {words}")
    note("hint: --debug shows where; `qual check` proves the project whole.")
    return 2


def _explained(error: BaseException) -> QualError | None:
    """Return what an error of Python or SQLite means, when that can be told."""
    if isinstance(error, UnicodeEncodeError):
        # Bytes that are no text arrive as halves of characters, which nothing can store.
        return QualError(
            "A name or a text that was given is not UTF-8; nothing was stored.",
            "Type it anew; `qual doctor` tells what encoding the terminal has.",
        )
    if type(error).__module__ == "sqlite3" and type(error).__name__ != "ProgrammingError":
        return QualError(
            f"The project file cannot be used: {error}.",
            "Run `qual check`; `qual backup --list` names older copies.",
        )
    if isinstance(error, RecursionError):
        return QualError(
            "What was given is nested too deeply to be read; nothing was stored.",
            "Is it what it should be? Brackets stand in brackets by the thousand.",
        )
    if isinstance(error, MemoryError):
        return QualError(
            "There is not enough memory for this; what was acknowledged is stored.",
            "Close other programs, or split what was given.",
        )
    return None


def report_usage(message: str, command: str) -> int:
    """Say how a command was called wrongly; return the exit code."""
    note(f"qual: {message}")
    note(f"hint: {command} --help")
    return 2
