"""One list for all screens: rows are drawn when they are seen, so its length costs nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual import events
from textual.geometry import Offset, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.app.widgets.rows import HEARD, PLAIN, REVERSE, Row, heard, strip_of, wrapped

Draw = Callable[[int, int], Row]
"""Takes the number of a row, from 0, and the cells it has; returns what it shows."""

NONE = -1
"""No row is highlighted."""


class VirtualList(ScrollView, can_focus=False):
    """A list whose highlighted row is reversed and marked ``►``.

    It never takes the focus: the screen moves it, so that a query can be typed meanwhile.

    Args:
        draw: draws a row; never called for rows outside the window.
        moved: called with the highlighted row whenever it may be another.
        marker: mark and reverse the highlighted row; otherwise ``draw`` shows it.
        id: its name in the stylesheet.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    VirtualList {
        height: 1fr;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size: 0 0;
    }
    """

    @dataclass(eq=False, repr=False)
    class Chosen(Message):
        """The highlighted row was clicked."""

        source: VirtualList
        index: int

    @dataclass(eq=False, repr=False)
    class Pointed(Message):
        """A list without a marker was clicked: at this row and cell."""

        source: VirtualList
        index: int
        cell: int

    def __init__(
        self,
        draw: Draw,
        moved: Callable[[int], None] | None = None,
        *,
        marker: bool = True,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._draw = draw
        self._moved = moved
        self._marker = marker
        self._count = 0
        self._highlighted = NONE
        self._said = ""
        """What was read aloud last."""
        self._shift = 0

    @property
    def is_heard(self) -> bool:
        """Whether only the highlighted row is shown, whole, for those who listen."""
        return bool(getattr(self.app, "accessible", False)) and self._highlighted >= 0

    @property
    def place(self) -> Offset:
        """Where in the window the highlighted row begins."""
        if self.is_heard:
            self._heard_rows()
            return Offset(self._shift, 0)
        return Offset(0, self._highlighted - self.top)

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self._count

    @property
    def highlighted(self) -> int:
        """The highlighted row, from 0, or ``NONE``."""
        return self._highlighted

    @property
    def top(self) -> int:
        """The first row in the window."""
        return self.scroll_offset.y

    def show(self, count: int, highlighted: int = 0) -> None:
        """Show another list of ``count`` rows."""
        self._count = count
        self._highlighted = min(max(highlighted, NONE), count - 1)
        self.virtual_size = Size(self.size.width, count)
        self._reveal()
        self.refresh()
        self._tell()

    def refresh_line(self, y: int) -> None:
        """Draw a row of the list again."""
        if self.is_heard:
            self.refresh()  # it stands where it is heard, in as many rows as it takes
        else:
            super().refresh_line(y)

    def redraw(self) -> None:
        """Draw again: what the rows show has changed, their number has not."""
        self.refresh()

    def highlight(self, index: int) -> None:
        """Highlight a row (the nearest one when there is none of that number)."""
        before = self._highlighted
        self._highlighted = min(max(index, NONE), self._count - 1)
        if before == self._highlighted:
            return
        top = self.top
        self._reveal()
        if self.is_heard or before < 0:
            self.refresh()
        elif top == self.top:
            for row in (before, self._highlighted):
                if row >= 0:
                    self.refresh_line(row)
        self._tell()

    def move(self, by: int) -> None:
        """Move the highlight by so many rows; beyond one end it goes on at the other."""
        if not self._count:
            return
        if self._highlighted < 0:
            self.highlight(0 if by > 0 else self._count - 1)
        else:
            self.highlight((self._highlighted + by) % self._count)

    def page(self, by: int) -> None:
        """Move the highlight by so many windows; it stops at the ends."""
        self.highlight(max(self._highlighted + by * max(self.size.height - 1, 1), 0))

    def on_resize(self, event: events.Resize) -> None:
        """Keep the highlighted row in the window."""
        self.virtual_size = Size(event.size.width, self._count)
        self.call_after_refresh(self._reveal)

    def on_click(self, event: events.Click) -> None:
        """Highlight the row under the pointer; a click on the highlighted row chooses it."""
        event.stop()
        index = self.top + event.y
        if index >= self._count:
            return
        if not self._marker:
            self.post_message(self.Pointed(self, index, event.x))
        elif index == self._highlighted:
            self.post_message(self.Chosen(self, index))
        else:
            self.highlight(index)

    def render_line(self, y: int) -> Strip:
        """Draw one row of the window."""
        index = self.top + y
        cells = self.size.width
        base = self.rich_style
        if self.is_heard:
            rows = self._heard_rows()
            row = rows[y] if y < len(rows) else []
            return strip_of([(" " * self._shift, PLAIN), *row], cells, base)
        if index >= self._count:
            return strip_of([], cells, base)
        if not self._marker:
            return strip_of(self._draw(index, cells), cells, base)
        row = self._draw(index, max(cells - 1, 0))
        if index == self._highlighted:
            return strip_of([("►", PLAIN), *row], cells, base + REVERSE)
        return strip_of([(" ", PLAIN), *row], cells, base)

    def _heard_rows(self) -> list[Row]:
        """Return the highlighted row in as many rows as it takes, and its place in the list.

        It stands by one cell elsewhere than the one before: what the two begin with alike would
        be left out when it is read.
        """
        at = self._highlighted
        said = heard(self._draw(at, HEARD))
        if self._marker:  # else not every row is one of those that can be chosen
            said += f"; {at + 1:,} of {self._count:,}"
        if said != self._said:
            self._said, self._shift = said, 1 - self._shift
        return wrapped(said, max(self.size.width - 2, 8), max(self.size.height, 1))

    def _tell(self) -> None:
        if self._moved is not None:
            self._moved(self._highlighted)

    def _reveal(self) -> None:
        # At once: a scroll that is put off is done to whatever list is shown by then, and may
        # carry its highlighted row out of the window.
        height = self.size.height
        if self._highlighted < 0 or not height:
            return
        if self._highlighted < self.top:
            self.scroll_to(y=self._highlighted, animate=False, force=True, immediate=True)
        elif self._highlighted >= self.top + height:
            y = self._highlighted - height + 1
            self.scroll_to(y=y, animate=False, force=True, immediate=True)
