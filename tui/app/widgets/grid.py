"""A table of cells with a cursor: only what is in sight is asked for and drawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from rich.style import Style
from textual import events
from textual.geometry import Offset
from textual.strip import Strip
from textual.widget import Widget

from tui.app.widgets.rows import (
    BOLD,
    DIM,
    PLAIN,
    REVERSE,
    Row,
    clip,
    column,
    heard,
    strip_of,
    wrapped,
)

HEAD_ROWS = 2


class GridSource(Protocol):
    """What a grid shows."""

    @property
    def rows(self) -> int:
        """How many rows there are."""

    @property
    def columns(self) -> int:
        """How many columns there are."""

    @property
    def side_cells(self) -> int:
        """Cells of the names of rows, at most."""

    @property
    def cell_cells(self) -> int:
        """Cells of a column, the blank before it included."""

    @property
    def total_cells(self) -> int:
        """Cells of the last column, which stays in sight; 0 for none."""

    def prepare(self, rows: range, columns: range) -> None:
        """Get ready what is about to be drawn."""

    def head(self, column: int) -> str:
        """Return the name of a column."""

    def side(self, row: int) -> str:
        """Return the name of a row."""

    def cell(self, row: int, column: int) -> tuple[str, Style]:
        """Return what stands in a cell, and its look."""

    def total(self, row: int) -> str:
        """Return what stands in the last column of a row."""


class Grid(Widget, can_focus=False):
    """Rows and columns under a head of two rows; names and head stay while it scrolls.

    The screen moves the cursor. Cells in sight are prepared all at once.

    Args:
        source: what it shows.
        moved: called when the cursor is elsewhere.
        total: the head of the last column.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = "Grid { height: 1fr; }"

    def __init__(
        self, source: GridSource, moved: Callable[[], None], total: str = "all", *,
        id: str | None = None,
    ) -> None:  # fmt: skip
        super().__init__(id=id)
        self._source = source
        self._moved = moved
        self._total = total
        self.row = 0
        """The row of the cursor."""
        self.column = 0
        """The column of the cursor."""
        self._top = 0
        self._left = 0
        self._said = ""
        """What was read aloud last."""
        self._shift = 0

    @property
    def is_heard(self) -> bool:
        """Whether only the cell at the cursor is shown, with its names, for those who listen."""
        return bool(getattr(self.app, "accessible", False))

    @property
    def in_sight(self) -> tuple[range, range]:
        """The rows and columns that are drawn."""
        source = self._source
        if self.is_heard and source.rows and source.columns:
            return range(self.row, self.row + 1), range(self.column, self.column + 1)
        height = max(self.size.height - HEAD_ROWS, 1)
        rows = range(self._top, min(self._top + height, source.rows))
        columns = range(self._left, min(self._left + self._room, source.columns))
        return rows, columns

    @property
    def side(self) -> int:
        """Cells that the names of rows have, the mark before them included."""
        source = self._source
        spare = self.size.width - source.total_cells - source.columns * source.cell_cells
        return min(source.side_cells, max(self.size.width // 3, 10, spare))

    @property
    def _room(self) -> int:
        """How many columns fit."""
        source = self._source
        left = self.size.width - self.side - source.total_cells
        return max(left // max(source.cell_cells, 1), 1)

    @property
    def cursor_place(self) -> Offset:
        """Where in the table the cell of the cursor begins."""
        if self.is_heard:
            self._heard_rows()
            return Offset(self._shift, 0)
        across = self.side + (self.column - self._left) * self._source.cell_cells + 1
        return Offset(across, HEAD_ROWS + self.row - self._top)

    def renew(self) -> None:
        """Show what there is now; the cursor stays where it can."""
        self.row = min(self.row, max(self._source.rows - 1, 0))
        self.column = min(self.column, max(self._source.columns - 1, 0))
        self._reveal()

    def put(self, row: int, column: int) -> None:
        """Put the cursor on a cell, the nearest one when there is none."""
        source = self._source
        before = self.row, self.column
        self.row = min(max(row, 0), max(source.rows - 1, 0))
        self.column = min(max(column, 0), max(source.columns - 1, 0))
        if before != (self.row, self.column):
            self._reveal()

    def page(self, by: int) -> None:
        """Move the cursor by windows."""
        self.put(self.row + by * max(self.size.height - HEAD_ROWS - 1, 1), self.column)

    def page_across(self, by: int) -> None:
        """Move the cursor by so many columns as are in sight."""
        self.put(self.row, self.column + by * max(self._room - 1, 1))

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._reveal()

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the cell under the pointer."""
        event.stop()
        rows, columns = self.in_sight
        row = self._top + event.y - HEAD_ROWS
        at = self._left + (event.x - self.side) // max(self._source.cell_cells, 1)
        if row in rows:
            self.put(row, at if event.x >= self.side and at in columns else self.column)

    def _reveal(self) -> None:
        height = max(self.size.height - HEAD_ROWS, 1)
        self._top = max(min(self._top, self.row), self.row - height + 1)
        self._top = max(min(self._top, self._source.rows - height), 0)
        room = self._room
        self._left = max(min(self._left, self.column), self.column - room + 1)
        self._left = max(min(self._left, self._source.columns - room), 0)
        if self.size.height:
            self._source.prepare(*self.in_sight)
        self._moved()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw a row of the head, or of the table."""
        cells = self.size.width
        if self.is_heard:
            said = self._heard_rows()
            spoken = said[y] if y < len(said) else []
            return strip_of([(" " * self._shift, PLAIN), *spoken], cells, self.rich_style)
        if y < HEAD_ROWS:
            return strip_of(self._head_row(y), cells, self.rich_style)
        row = self._top + y - HEAD_ROWS
        if row >= self._source.rows:
            return strip_of([], cells, self.rich_style)
        return strip_of(self._body_row(row), cells, self.rich_style)

    def _heard_rows(self) -> list[Row]:
        """Return the cell at the cursor as it is read aloud: what stands in it, then its names."""
        source, at = self._source, (self.row, self.column)
        if at[0] >= source.rows or at[1] >= source.columns:
            return []
        value = heard([source.cell(*at)])
        said = f"{value or '0'}, {source.side(at[0]).strip()}"
        said += f", {source.head(at[1]).strip()}"
        said += (
            f"; row {at[0] + 1:,} of {source.rows:,}, column {at[1] + 1:,} of {source.columns:,}"
        )
        if said != self._said:
            self._said, self._shift = said, 1 - self._shift
        return wrapped(said, max(self.size.width - 2, 8), max(self.size.height, 1))

    def _head_row(self, y: int) -> Row:
        source = self._source
        wide = source.cell_cells - 1
        row: Row = [(" " * self.side, PLAIN)]
        for at in self.in_sight[1]:
            part = head_parts(source.head(at), wide)[y]
            row += [
                (" ", PLAIN),
                (column(part, wide, right=True), BOLD if at == self.column else DIM),
            ]
        if source.total_cells:
            label = self._total if y == HEAD_ROWS - 1 else ""
            row.append((column(label, source.total_cells, right=True), DIM))
        return row

    def _body_row(self, at: int) -> Row:
        source = self._source
        here = at == self.row
        name = column(source.side(at), self.side - 2)
        row: Row = [("►" if here else " ", PLAIN), (name, BOLD if here else PLAIN), (" ", PLAIN)]
        for each in self.in_sight[1]:
            text, look = source.cell(at, each)
            shown = column(text, source.cell_cells - 1, right=True)
            row += [(" ", PLAIN), (shown, REVERSE if here and each == self.column else look)]
        if source.total_cells:
            row.append((column(source.total(at), source.total_cells, right=True), PLAIN))
        return row


def head_parts(name: str, cells: int) -> tuple[str, str]:
    """Return a name as the two rows of a head: the second one goes on where the first ends."""
    line = clip(name, cells * HEAD_ROWS)
    return (line[:cells], line[cells:]) if len(line) > cells else ("", line)
