"""Rows that a key changed, written as soon as the key is done with.

Textual draws at its next tick, and for that it goes through every widget between the first row that
changed and the last. A key mostly changes a few rows of the text and the rows below it: these are
drawn and written directly, through the same shadow of the terminal, so that whatever Textual draws
later finds them there. Where anything is not as usual, Textual is asked as always.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from textual.geometry import Region

from tui.app.terminal import SparingApp

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.strip import Strip
    from textual.widget import Widget


class RowsAtOnce:
    """Collects the rows that change while a key is done with, and writes them.

    Args:
        screen: the screen whose keys they are.
        is_clear: tells whether nothing lies over the widgets of the screen.
    """

    def __init__(self, screen: Screen[Any], is_clear: Callable[[], bool]) -> None:
        self._screen = screen
        self._is_clear = is_clear
        self._rows: dict[Widget, set[int]] = {}
        self._in_key = False

    @contextmanager
    def of_key(self) -> Iterator[None]:
        """Collect what changes in the body; write it at its end."""
        if self._in_key:
            yield
            return
        self._in_key = True
        try:
            yield
        finally:
            self._in_key = False
            self._write()

    def take(self, widget: Widget, rows: Iterable[int]) -> bool:
        """Note changed rows of a widget; tell whether they will be drawn at the end of the key."""
        if self._in_key:
            self._rows.setdefault(widget, set()).update(rows)
        return self._in_key

    def _write(self) -> None:
        rows, self._rows = self._rows, {}
        app = self._screen.app
        covers = isinstance(app, SparingApp) and app.lid_waits
        if not rows and not covers:
            return
        if (
            not isinstance(app, SparingApp)
            or not app.takes_rows(self._screen)
            or not self._is_clear()
            or self._screen._layout_required
            or any(widget._layout_required for widget in rows)
        ):
            for widget, changed in rows.items():
                widget.refresh(*_regions(widget, changed))
            if isinstance(app, SparingApp) and covers:
                app.lid_waits = False
                self._screen.refresh()
            return
        pieces: list[tuple[int, int, Strip]] = []
        for widget, changed in rows.items():
            # What Textual keeps of these rows is old; it is not asked to draw them.
            widget._set_dirty(*_regions(widget, changed))
            if widget.display:
                pieces += _drawn(widget, changed)
        app.write_rows(self._screen, pieces)


def repaint(widget: Widget, rows: Iterable[int]) -> None:
    """Draw some rows of a widget anew: at the end of the key that is being done with, if any.

    Args:
        widget: a widget that draws itself line by line.
        rows: from 0, in its content.
    """
    if not widget.is_attached:
        return
    at_once = getattr(widget.screen, "rows_at_once", None)
    changed = list(rows)
    if not changed:
        return
    if at_once is None or not at_once.take(widget, changed):
        widget.refresh(*_regions(widget, changed))


def _regions(widget: Widget, rows: Iterable[int]) -> list[Region]:
    cells = max(widget.size.width, 1)
    return [Region(0, y, cells, 1) for y in rows]


def _drawn(widget: Widget, rows: set[int]) -> list[tuple[int, int, Strip]]:
    """Return the rows as Textual would draw them: (row of the screen, column, strip)."""
    place, down = widget.region, widget.content_offset.y
    first, last = min(rows) + down, min(max(rows) + down, place.height - 1)
    if not place or first > last:
        return []
    strips = widget.render_lines(Region(0, first, place.width, last - first + 1))
    return [
        (place.y + y + down, place.x, strips[y + down - first])
        for y in sorted(rows)
        if y + down <= last
    ]
