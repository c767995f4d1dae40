"""How the workbench divides its screen, and what it says in its last rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.geometry import Region
from textual.screen import Screen
from textual.timer import Timer

from tui.app.document.cells import width
from tui.app.screens.border import Border
from tui.app.screens.choosing.comparison import Comparison
from tui.app.screens.spoken import ring
from tui.app.widgets.inspector import FULL_HEIGHT, Inspector
from tui.app.widgets.last_row import LastRow
from tui.app.widgets.status_row import StatusRow

if TYPE_CHECKING:
    from tui.app.app import QualApp
    from tui.app.screens.workbench.open_desk import OpenDesk

NOTICE_FOR = 4.0
WIDE = 140
_WIDEST = 220
"""From so many cells on names of codes need not be cut."""
_INSPECTOR_LEAST = 30
TWO_PANES = 60


class BenchRows(Screen[int | None], inherit_bindings=False):
    """The screen of the workbench without what its keys do."""

    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - as Textual declares it
        (0, "-one-pane"),
        (TWO_PANES, "-two-panes"),
        (100, "-names"),
        (WIDE, "-wide"),
        (_WIDEST, "-widest"),
    ]
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012 - as Textual declares it
        (0, "-lowest"),
        (16, "-low"),
        (20, "-high"),
    ]
    comparison: Comparison
    desk: OpenDesk
    has_inspector_room: bool
    _last: LastRow
    _status: StatusRow
    if TYPE_CHECKING:
        app: QualApp

    def __init__(self) -> None:
        super().__init__()
        self._notice_timer: Timer | None = None
        self._border = Border(self.show_error, lambda: self.app.forget_keys())

    @property
    def status_region(self) -> Region:
        """Where on the screen the status rows are."""
        return self._status.region

    def say(self, text: str) -> None:
        """Show in the last row what was done, for some seconds."""
        if self.app.accessible:
            # Said once, in one place; nothing that is read aloud goes by itself.
            self._last.notices += 1
            self._status.refuse(text.replace("   ", "; "))
            return
        self._last.notice(text)
        if self._notice_timer is not None:
            self._notice_timer.stop()
        self._notice_timer = self.set_timer(NOTICE_FOR, self.end_notice)

    def end_notice(self) -> None:
        """Show the keys again in place of what was done, if that is shown."""
        if self._notice_timer is not None:
            self._notice_timer.stop()
            self._notice_timer = None
        if self._last.showing == "notice":
            self._last.show_keys()

    def refuse(self, reason: str) -> None:
        """Show why a key did nothing, until the next key: in the status row where it has room."""
        if width(reason) >= self.size.width > 0 and not self.app.accessible:
            # Said once, whole: the status row goes on saying what is selected.
            if self._status.take_back():
                self.desk.tell_status()
            self._last.error(reason, "")
        else:
            self._status.refuse(reason)
        ring(self.app)

    def show_error(self, message: str, hint: str) -> None:
        """Show what went wrong until the next key."""
        if self.app.accessible:
            self._status.refuse(f"{message} {hint}".rstrip())
            return
        self._last.error(message, hint)

    def guarded(self, doing: str, do: Callable[[], None]) -> None:
        """Do something that no key started; errors become words."""
        self._border.run(doing, do)

    def _take_size(self, width: int, height: int) -> None:
        """Lay out for a size before it is painted the first time, as Textual does after it."""
        for extent, classes in (
            (width, self.HORIZONTAL_BREAKPOINTS),
            (height, self.VERTICAL_BREAKPOINTS),
        ):
            fitting = [name for least, name in classes if least <= extent]
            self.update_classes({name: name == fitting[-1] for _, name in classes})

    def _divide(self, width: int, height: int) -> None:
        wanted = self.app.division.tree_width
        if wanted and not self.app.accessible:
            # Half of the window stays to the text; a single pane has all of it.
            cells = min(wanted, width // 2) if width >= TWO_PANES else None
            self.query_one("#side").styles.width = cells
        inspector = self.query_one(Inspector)
        self.has_inspector_room = (
            width >= WIDE and height >= _INSPECTOR_LEAST and not self.app.accessible
        )
        inspector.display = self.has_inspector_room and not self.comparison.is_shown
        rows = min(FULL_HEIGHT, height // 2) if self.has_inspector_room else 0
        if inspector.display:
            inspector.fit(rows)
        self.comparison.fit(height, rows)

    def divide(self) -> None:
        """Divide the screen anew: something was opened or put away."""
        self._divide(self.app.size.width, self.app.size.height)
