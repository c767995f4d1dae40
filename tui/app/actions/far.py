"""Looking far: what is not found at once is looked for in a thread, with progress and a way out."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from typing import Final

from tui.app.desk import Desk
from tui.app.keybook import hint
from tui.store.reader import open_reader
from tui.store.readings import GoOn, StillLooking

_AT_ONCE: Final = 0.1
"""Seconds that a key may look for itself."""

Found = tuple[int, int, int] | None
"""Document, start and end of what was looked for."""
Find = Callable[[sqlite3.Connection, GoOn], Found]
"""Looks with a connection; asks before each document whether to go on."""


class FarLook:
    """A look through many documents that goes on while keys are pressed.

    Args:
        what: what is looked for.
        documents: how many documents there are to look into.
    """

    def __init__(self, what: str, documents: int) -> None:
        self.what = what
        self._documents = documents
        self._done = 0
        self._stopped = False

    @property
    def stopped(self) -> bool:
        """Whether it was given up."""
        return self._stopped

    def stop(self) -> None:
        """Give it up."""
        self._stopped = True

    def go_on(self, done: int) -> bool:
        """Note how many documents are done; tell whether to go on. Called in the thread."""
        self._done = done
        return not self._stopped

    def said(self) -> str:
        """Return how far it is, and how it ends."""
        where = f"{self._done:,} of {self._documents:,} documents"
        return f"Looking for an {self.what}: {where}   {hint('pane.text', 'stops')}"


def look_far(desk: Desk, what: str, find: Find, arrive: Callable[[Found], None]) -> None:
    """Look for something and go there; in a thread, when that takes its time.

    Args:
        desk: where.
        what: what is looked for, in words.
        find: looks for it.
        arrive: goes to what was found, or says that nothing was.
    """
    study = desk.study
    if study.look is not None:
        study.look.stop()
        study.look = None
    until = time.monotonic() + _AT_ONCE
    try:
        found = find(desk.project.db, lambda _: time.monotonic() < until)
    except StillLooking:
        _look_on(desk, what, find, arrive)
    else:
        arrive(found)


def _look_on(desk: Desk, what: str, find: Find, arrive: Callable[[Found], None]) -> None:
    study, path = desk.study, desk.project.path
    look = study.look = FarLook(what, len(study.documents))
    here = study.document, desk.view.selected_span
    desk.say(look.said())

    def work() -> Callable[[], None]:
        db = open_reader(path)
        try:
            found = find(db, look.go_on)
        except StillLooking:
            return lambda: None
        except Exception:
            study.look = None  # it is told of where it is raised again
            raise
        finally:
            db.close()
        return lambda: came(found)

    def came(found: Found) -> None:
        if look.stopped or study.look is not look:
            return
        study.look = None
        desk.unsay()
        if (study.document, desk.view.selected_span) == here:
            arrive(found)
        else:
            desk.say(f"You went on: no longer looking   {hint('go.again', 'looks from here')}")

    desk.in_background(f"look for an {what}", work)
