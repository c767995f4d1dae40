"""The project and the coder of one call of the command."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.errors import OlderProject, QualError
from tui.store.coders import find_coder as find_coder_row
from tui.store.coders import visible_coder_ids
from tui.store.locate import find_coder, find_project
from tui.store.reader import open_reader

if TYPE_CHECKING:
    import typer

    from tui.project.project import Project


@dataclass(slots=True)
class Call:
    """What was said before or after the verb about project and coder."""

    project: str | None = None
    coder: str | None = None
    debug: bool = False
    no_mouse: bool = False
    """Leave the mouse to the terminal."""
    accessible: bool = False
    """Fit the screen to screen readers and magnifiers."""

    def path(self) -> str:
        """Return the project file that is meant.

        Raises:
            QualError: there is none, or more than one.
        """
        return find_project(os.getcwd(), self.project, os.environ)

    def coder_name(self) -> str:
        """Return who is working."""
        name = " ".join(find_coder(self.coder, os.environ).split())
        if not name:
            raise QualError("The name of the coder is empty.", "Name yourself with --coder NAME.")
        return name


@dataclass(frozen=True, slots=True)
class Reading:
    """A project opened for reading only."""

    db: sqlite3.Connection
    path: str
    coder: str
    coder_id: int
    """0 when the coder has never written to this project."""
    coder_ids: list[int]
    """Whose codings are shown to this coder."""


def call_of(ctx: typer.Context) -> Call:
    """Return what was said about project and coder on this command line."""
    found = ctx.find_root().obj
    if not isinstance(found, Call):
        found = ctx.find_root().obj = Call()
    return found


@contextmanager
def reading(ctx: typer.Context) -> Iterator[Reading]:
    """Open the project for reading; nothing can be changed through it.

    One of an older schema is brought up to date first, and a copy of it is kept.
    """
    call = call_of(ctx)
    path, coder = call.path(), call.coder_name()
    try:
        db: sqlite3.Connection = open_reader(path)
    except OlderProject:
        with writing(ctx):
            db = open_reader(path)
    try:
        row = find_coder_row(db, coder)
        coder_id = row.id if row else 0
        yield Reading(db, path, coder, coder_id, visible_coder_ids(db, coder_id))
    except sqlite3.DatabaseError as error:
        raise QualError(
            f"{path} could not be read: {error}.",
            "Run `qual check`; `qual backup --list` names older copies.",
        ) from error
    finally:
        db.close()


@contextmanager
def writing(ctx: typer.Context) -> Iterator[Project]:
    """Open the project for changing it.

    Raises:
        QualError: it cannot be written here; says why.
    """
    # Costs the modules of every act, which reading commands need not load.
    from tui.project.project import Project  # noqa: PLC0415

    call = call_of(ctx)
    with Project(call.path(), call.coder_name()) as project:
        if project.backup:
            from tui.cli.diagnostics import note  # noqa: PLC0415 - once in a project's life

            note(f"The project was brought up to date; the older file is {project.backup}")
        if project.read_only_reason is not None:
            raise project.read_only_reason
        yield project
