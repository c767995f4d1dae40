"""What the pages do alike that list passages and show the highlighted one with its text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar, TypeVar

from textual import events

from tui.app.screens.finding import FindingPage
from tui.app.screens.spoken import is_accessible
from tui.app.widgets.rows import DIM, PLAIN, Rows, wrapped
from tui.app.widgets.virtual_list import VirtualList
from tui.project.events import Committed
from tui.project.project import Project

Result = TypeVar("Result")

OTHER_ROWS = 5
"""Rows above and below the list."""
_WIDE = 100
"""From so many cells on the passage stands beside the list."""
_LOW = 18
"""Below so many rows headings and rules are left out."""


class PassageList(FindingPage[Result], inherit_bindings=False):
    """A list beside or above ``#preview``, which holds ``#where`` and ``#passage``.

    Args:
        project: the open project, whose changes are shown soon after they are made.
    """

    SHOWS: ClassVar[frozenset[str]]
    """Where something must change for the list to change, as in ``Committed.places``."""
    SETTLE: ClassVar[float] = 0.05
    """Seconds after a change before it is shown: bulk acts make many."""

    def __init__(self, project: Project) -> None:
        super().__init__()
        self._project = project
        self._stale = False
        """Whether something has changed that is not shown yet."""
        self._unsubscribe: Callable[[], None] | None = None

    @property
    def listing(self) -> VirtualList:
        """The list."""
        return self.query_one(VirtualList)

    def on_mount(self) -> None:
        """Hear of changes."""
        self._unsubscribe = self._project.subscribe(self._take)

    def on_unmount(self) -> None:
        """Hear of no more changes."""
        if self._unsubscribe is not None:
            self._unsubscribe()

    # Room

    def on_resize(self, event: events.Resize) -> None:
        """Put the passage beside the list where there is room, else below it."""
        cells, height = event.size
        self.set_class(cells >= _WIDE and not is_accessible(self.app), "-wide")
        self.set_class(height < _LOW, "-low")
        for rule in self.query(".rule").results(Rows):
            rule.tell("─" * cells, DIM)
        self._fit(cells, height)
        self.call_after_refresh(self._preview)

    def _fit(self, cells: int, height: int) -> None:
        """Fit the parts to a window of so many cells and rows."""
        wide = self.has_class("-wide")
        self.query_one("#preview").styles.height = None if wide else max(height * 2 // 5, 4)

    # The passage

    def _preview(self) -> None:
        """Show the passage of the highlighted row."""
        raise NotImplementedError

    @property
    def _passage_cells(self) -> int:
        """Cells beside one another that the passage has."""
        return self.query_one("#passage").size.width or self.size.width

    def _say_instead(self, lines: Iterable[str]) -> None:
        """Say something in place of the passage: why there is none, and what to do about it."""
        self.query_one("#where", Rows).show()
        self.query_one("#status", Rows).show()
        cells = max(self._passage_cells - 2, 8)
        rows = [row for line in lines for row in wrapped(line, cells, 3)]
        self.query_one("#passage", Rows).show(*([(" ", PLAIN), *row] for row in rows))

    # What is read aloud

    def _is_read_out(self) -> bool:
        """Empty the place of the passage where the list reads its rows whole; tell if it does."""
        if not is_accessible(self.app):
            return False
        self.query_one("#where", Rows).show()
        self.query_one("#passage", Rows).show()
        return True

    def _tell_marked(self, marked: int) -> bool:
        """Say in the status row how many are marked and no more, where the list says the rest.

        Returns:
            Whether it does.
        """
        if not is_accessible(self.app):
            return False
        self.query_one("#status", Rows).tell(f" {marked:,} marked" if marked else "")
        return True

    # What changes

    def reload(self) -> None:
        """Show the list as it is now, the highlight where it is."""
        raise NotImplementedError

    def _take(self, event: Committed) -> None:
        """Show the list anew soon after a change, own or another's."""
        if not self._stale and event.places() & self.SHOWS:
            self._stale = True
            self.set_timer(self.SETTLE, self._settle)

    def _settle(self) -> None:
        if self._stale and self.is_current:
            self._stale = False
            self.reload()

    def on_screen_resume(self) -> None:
        """Show what changed while a box was open."""
        super().on_screen_resume()
        self._settle()
