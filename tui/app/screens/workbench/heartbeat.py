"""What is done while nobody types: others' changes, the place, the log folded into the file."""

from __future__ import annotations

import os
import select
import sqlite3
import sys
import time
from typing import Final

from tui.errors import ProjectLocked
from tui.project.project import Project
from tui.store.desk import keep_place

EVERY: Final = 0.5
"""Seconds between two beats."""
_FOLD_AFTER: Final = 2.0
_PLACE_AFTER: Final = 0.4
_PLACE_EVERY: Final = 2.0

Place = tuple[int, int, int]
"""Document and span."""


class Heartbeat:
    """Looks after an open project between the keys.

    Args:
        project: the open project.
        place: where the coder is at the start.
    """

    def __init__(self, project: Project, place: Place | None) -> None:
        self._project = project
        self._place = self._kept = place
        self._touched = time.monotonic()
        self._kept_at = 0.0
        self._unfolded = False

    def touch(self) -> None:
        """Note that a key came."""
        self._touched = time.monotonic()

    def move(self, place: Place) -> None:
        """Note where the coder is now."""
        self._place = place

    def committed(self) -> None:
        """Note that the log holds something that the file does not."""
        self._unfolded = True

    def beat(self) -> None:
        """Take in what others did; after a pause, keep the place and fold the log."""
        project = self._project
        if project.poll():
            self._unfolded = True
        idle = time.monotonic() - self._touched
        if idle > _PLACE_AFTER and time.monotonic() - self._kept_at > _PLACE_EVERY:
            self.keep()
        if self._unfolded and idle > _FOLD_AFTER:
            self._unfolded = not project.fold()

    def keep(self) -> None:
        """Store where the coder is, when that is new and can be written."""
        if self._place is None or self._place == self._kept or self._project.read_only:
            return
        document_id, start, end = self._place
        try:
            with self._project.without_waiting(), self._project.write() as db:
                coder_id = self._project.coder_id
                keep_place(db, coder_id, document_id, start, end, self._project.clock())
        except sqlite3.IntegrityError:
            pass  # the document has just been deleted elsewhere
        except ProjectLocked:
            return  # the next beat tries again
        self._kept, self._kept_at = self._place, time.monotonic()
        self._unfolded = True


def terminal_is_gone() -> bool:
    """Tell whether the terminal has hung up: a lost line, a closed window."""
    stdin = sys.__stdin__
    if stdin is None or stdin.closed:
        return True
    try:
        watch = select.poll()
        watch.register(stdin.fileno(), 0)
        return any(flags & (select.POLLHUP | select.POLLERR | select.POLLNVAL)
                   for _, flags in watch.poll(0)) or not os.isatty(stdin.fileno())  # fmt: skip
    except (OSError, ValueError):
        return True
