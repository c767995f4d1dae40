"""Copying: through the terminal, and into a file for the terminals that let nothing through."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Mapping

from tui.app.actions.copy import quotation
from tui.app.document.cells import width
from tui.app.terminal import SparingApp
from tui.app.work import LAST_COPY, in_thread, keep_copy, path_from_home, state_folder
from tui.errors import QualError
from tui.store.documents import read_text
from tui.store.reader import open_reader
from tui.text.counted import counted

_SHORT = f"…/{LAST_COPY}"


def copy_out(app: SparingApp[None], text: str, what: int | str) -> str:
    """Copy a text to terminal and file; return what to say about it, honestly.

    Args:
        app: writes to the terminal.
        text: what is copied; nothing in it may act on a terminal.
        what: the characters of it that are quoted, or what it is, in words.

    Raises:
        QualError: it could be copied nowhere.
    """
    trouble = ""
    try:
        keep_copy(text)
    except OSError as error:
        trouble = error.strerror or type(error).__name__
    sent = app.offer_to_clipboard(text)
    if trouble and not sent:
        raise QualError(
            f"Nothing was copied: {LAST_COPY} cannot be written ({trouble}).",
            f"It belongs into {state_folder()}; the terminal takes no text of this length.",
        )
    return told(what, sent, trouble, os.environ, app.size.width - 2)


def copy_long(
    app: SparingApp[None],
    project: str,
    span: tuple[int, int, int],
    source: str,
    then: Callable[[str], None],
) -> None:
    """Write a long quote to the file, in a thread; ``then`` takes what to say about it.

    Args:
        app: goes on meanwhile.
        project: path of the project; the thread reads it by itself.
        span: document, start and end.
        source: the line that cites it.
        then: called in the app's own thread.
    """

    def work() -> None:
        try:
            reader = open_reader(project)
            try:
                quote = read_text(reader, *span)
            finally:
                reader.close()
            keep_copy(quotation(quote, source))
            said = told(len(quote), False, "", os.environ, app.size.width - 2)
        except (OSError, QualError, sqlite3.Error) as error:
            said = f"Nothing was copied: {getattr(error, 'strerror', '') or error}"
        if app.is_running:
            app.call_from_thread(then, said)

    in_thread(work, "copy")


def told(what: int | str, sent: bool, trouble: str, env: Mapping[str, str], cells: int) -> str:
    """Return what to say after copying, as fully as there is room for.

    Args:
        what: the characters that are quoted, or what was copied, in words.
        sent: whether the terminal was asked to take them.
        trouble: why the file could not be written; empty when it was.
        env: the environment, which tells what the terminal is.
        cells: room.
    """
    what = f"Copied {what if isinstance(what, str) else counted(what, 'character')}"
    hint = _condition(env)
    if trouble:
        wordings = [f"{what} through the terminal; {_SHORT}: {trouble}   {hint}",
                    f"{what} through the terminal; no file: {trouble}"]  # fmt: skip
    elif not sent:
        wordings = [f"{what} to {_path()}; the terminal takes none of this length or none at all",
                    f"{what} to {_path()}, not to the terminal",
                    f"{what} to {_SHORT}, not to the terminal"]  # fmt: skip
    else:
        wordings = [f"{what} through the terminal; also in {_path()}   {hint}",
                    f"{what} through the terminal; also in {_SHORT}   {hint}",
                    f"{what}; also in {_SHORT}   {hint}",
                    f"{what}, {_SHORT}"]  # fmt: skip
    return next((each for each in wordings if width(each) <= cells), wordings[-1])


def _condition(env: Mapping[str, str]) -> str:
    """Return what must be so for the terminal's clipboard to have it."""
    if env.get("STY"):
        return "screen lets none through"
    if env.get("TMUX") or env.get("TERM", "").startswith(("tmux", "screen")):
        return "tmux needs set-clipboard on"
    if env.get("TERM_PROGRAM") == "Apple_Terminal":
        return "Terminal.app takes none"
    return "if your terminal allows it"


def _path() -> str:
    return path_from_home(os.path.join(state_folder(), LAST_COPY))
