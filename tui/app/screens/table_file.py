"""Writing the table of a page into a new file."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any

from tui.app.keybook import hint
from tui.app.screens.manners import Page
from tui.app.screens.prompt import PromptScreen
from tui.app.widgets.rows import clip
from tui.text.safe import make_line

_NAME_MOST = 24
_PATH_MOST = 40


def ask_and_write(
    page: Page[Any],
    path: str,
    title: str,
    name: str,
    lines: Callable[[], Iterable[Iterable[str]]],
    command: Callable[[], str],
    again: str,
) -> None:
    """Ask for a file and write a table into it, tabs between the cells; say what came of it.

    Args:
        page: the page that the table is on.
        path: the project file, whose name the file's begins with.
        title: heading of the question: ``Write the table to``.
        name: what the file's name ends with: ``matrix``.
        lines: gives the cells, row by row; asked when the file is to be written.
        command: gives the command that prints the same.
        again: the id of the key that begins this, to be named when the file exists.
    """

    def named(given: str | None) -> None:
        if given is not None:
            page.say(_write(os.path.abspath(os.path.expanduser(given)), lines, command, again))

    stem = os.path.splitext(os.path.basename(path))[0]
    words = "A new file of this name, tabs between the cells."
    page.app.push_screen(PromptScreen(title, f"{stem}-{name}.tsv", words), named)


def _write(
    path: str,
    lines: Callable[[], Iterable[Iterable[str]]],
    command: Callable[[], str],
    again: str,
) -> str:
    """Write the file; return what is said of it."""
    try:
        with open(path, "x", encoding="utf-8", newline="") as file:
            for line in lines():
                file.write("\t".join(map(make_line, line)) + "\n")
    except FileExistsError:
        other = hint(again, "names another")
        return f"{clip(path, _PATH_MOST)} exists already: nothing was written · {other}"
    except OSError as error:
        return f"{clip(path, _PATH_MOST)}: {error.strerror} · nothing whole was written"
    return f"Written to {clip(os.path.basename(path), _NAME_MOST)} · {command()}"
