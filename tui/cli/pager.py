"""Long answers on a terminal: through ``$QUAL_PAGER``, ``$PAGER`` or ``less``.

Nothing heavy is imported: a search on a terminal comes here.
"""

from __future__ import annotations

import os
import sys

_LESS = "less -FIRX"
_OFF = ("", "cat")


def page(text: str) -> bool:
    """Show a text through the pager when it is longer than the screen.

    Args:
        text: whole lines, safe to print; bold and underlined by escape sequences at most.

    Returns:
        Whether it was shown; else it is for the caller to print.
    """
    command = _command()
    if not command or text.count("\n") < _screen_lines():
        return False
    reading, writing = os.pipe()
    try:
        child = os.fork()
    except OSError:
        os.close(reading)
        os.close(writing)
        return False
    if child == 0:
        _become(command, reading, writing)
    os.close(reading)
    return _feed(child, writing, text)


def _command() -> str:
    """Return the command line of the pager; empty when there is to be none."""
    if os.environ.get("TERM", "dumb") == "dumb":
        return ""
    for name in ("QUAL_PAGER", "PAGER"):
        said = os.environ.get(name)
        if said is not None:
            return "" if said.strip() in _OFF else said
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    found = any(os.access(os.path.join(folder, "less"), os.X_OK) for folder in folders if folder)
    return _LESS if found else ""


def _screen_lines() -> int:
    try:
        return os.get_terminal_size(sys.stdout.fileno()).lines or 24
    except (OSError, ValueError):
        return 24


def _become(command: str, reading: int, writing: int) -> None:
    """Turn the child into the pager; never returns."""
    try:
        os.close(writing)
        os.dup2(reading, 0)
        os.close(reading)
        os.environ.setdefault("LESSCHARSET", "utf-8")
        os.execv("/bin/sh", ["sh", "-c", command])
    finally:
        os._exit(127)


def _feed(child: int, writing: int, text: str) -> bool:
    """Give the pager the text and wait until it is put away; tell whether it could show it."""
    import signal  # noqa: PLC0415 - only while a pager is open

    # Ctrl+C is the pager's: it stops a search inside it.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        try:
            with open(writing, "wb") as pipe:
                pipe.write(text.encode(sys.stdout.encoding or "utf-8", "replace"))
        except BrokenPipeError:
            pass  # it was put away before its end
        _, status = os.waitpid(child, 0)
    finally:
        signal.signal(signal.SIGINT, before)
    # 126 and 127 say that there was no such program.
    return os.waitstatus_to_exitcode(status) not in (126, 127)
