"""What the pages do alike that count: in a thread where that takes its time, a rule over it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import ClassVar, TypeVar

from textual import events
from textual.message import Message

from tui.app.screens.manners import Page
from tui.app.widgets.rows import DIM, Rows
from tui.app.work import in_thread, log_error
from tui.errors import QualError
from tui.store.reader import open_reader

Result = TypeVar("Result")
Counted = TypeVar("Counted")


def read_apart(
    path: str, read: Callable[[sqlite3.Connection], Counted], doing: str
) -> Counted | None:
    """Read from a project in a thread, by a reader of its own.

    Args:
        path: the project file.
        read: reads and counts.
        doing: what is done, in words, for the error log.

    Returns:
        What was read; None when that failed, which stands in the error log then.
    """
    try:
        db = open_reader(path)
        try:
            return read(db)
        finally:
            db.close()
    except (QualError, sqlite3.Error) as error:
        log_error(error, doing)
        return None


class CountingPage(Page[Result], inherit_bindings=False):
    """A page of numbers below a heading and a rule."""

    LOW: ClassVar[int] = 20
    """Below so many rows of the window parts of the page are left out."""

    def __init__(self) -> None:
        super().__init__()
        self._left = False
        """Whether the page has been left: what is still counted for it is of no use."""

    def on_mount(self) -> None:
        """Draw the rules for the first paint: nobody sees them come one by one."""
        for rule in self.query(".rule").results(Rows):
            rule.tell("─" * self.app.size.width, DIM)

    def on_unmount(self) -> None:
        """Let a count end that nobody waits for."""
        self._left = True

    def on_resize(self, event: events.Resize) -> None:
        """Draw rules as long as the screen is wide, and fit the parts to the window."""
        for rule in self.query(".rule").results(Rows):
            rule.tell("─" * event.size.width, DIM)
        self.set_class(event.size.height < self.LOW, "-low")
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        """Draw everything for the window as it is now."""
        raise NotImplementedError

    def _count_apart(
        self,
        read: Callable[[sqlite3.Connection], Counted],
        doing: str,
        told: Callable[[Counted | None], Message],
    ) -> None:
        """Count in a thread, and send what tells of it, unless the page has been left.

        Args:
            read: reads and counts.
            doing: what is done, in words, for the error log.
            told: makes a message of what was counted; of None when that failed.
        """
        path = self._study.project.path

        def count() -> None:
            found = read_apart(path, read, doing)
            if not self._left:
                self.post_message(told(found))

        in_thread(count, doing)
