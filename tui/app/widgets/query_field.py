"""One line to type into, for queries, names and paths."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Offset
from textual.keys import _character_to_key
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input
from textual.widgets.input import Selection

from tui.app.document.cells import (
    cluster_starts,
    clusters,
    snap_left,
    snap_right,
    width,
    without_loose_joiners,
)
from tui.text.safe import make_line


def untangle(widget: Widget, event: events.Key) -> bool:
    """Take an Alt key for what it nearly always is: Esc, and then the letter, in quick succession.

    Args:
        widget: the widget that got the key.
        event: the key; when it is taken, nothing else may act on it.

    Returns:
        Whether it was taken.
    """
    letter = event.character
    if not event.key.startswith("alt+") or letter is None or not event.is_printable:
        return False
    event.stop()
    event.prevent_default()
    widget.app.post_message(events.Key("escape", None))
    widget.app.post_message(events.Key(_character_to_key(letter), letter))
    return True


class QueryField(Input):
    """A text field of one row without a frame: shows what acts on terminals as signs.

    Args:
        value: what it holds at first.
        placeholder: what it says while it is empty.
        limit: code points it takes; a longer paste is cut there.
        id: its name in the stylesheet.
    """

    class Moved(Message):
        """Another part of the value is shown: ``column_of`` gives other answers."""

    DEFAULT_CSS = """
    QueryField, QueryField:focus {
        border: none;
        height: 1;
        padding: 0;
        background: transparent;
        background-tint: transparent;
    }
    QueryField > .input--cursor {
        background: $background;
        color: $foreground;
        text-style: reverse;
    }
    QueryField > .input--suggestion {
        color: $foreground;
        text-style: dim;
    }
    """

    def __init__(
        self, value: str = "", *, placeholder: str = "", limit: int = 400, id: str | None = None
    ) -> None:
        super().__init__(
            value[:limit],
            placeholder,
            id=id,
            max_length=limit,
            select_on_focus=False,
        )
        self.limit = limit
        self.initial = len(value[:limit])
        """How much it held at first."""
        self.cursor_blink = False

    _first = 0
    """The first code point of the value that is shown."""

    # The part of the value that is shown. Text of any length is measured and drawn only as far as
    # there is room for it, and nothing on the screen is laid out anew when it changes.

    def column_of(self, position: int) -> int:
        """Return how many cells right of the field's first one a position of the value is.

        Args:
            position: a code point of the value; left of what is shown the answer is negative.
        """
        if position < self._first:
            return -width(_shown(self.value[position : self._first]))
        return width(_shown(self.value[self._first : position]))

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where on the screen what is typed goes."""
        x, y, _, _ = self.content_region
        return Offset(x + self.column_of(self.cursor_position) + self.cursor_at_end, y)

    def _watch_value(self, value: str) -> None:
        # The scrollbars of a field are never seen: its size as a scrolled one is of no use.
        self._suggestion = ""
        self.post_message(self.Changed(self, value, None))
        if self._initial_value:
            self.cursor_position = len(value)
            self._initial_value = False
        else:
            self.selection = self.selection  # still inside the value
            self._fit()

    def _watch_selection(self, selection: Selection) -> None:
        self.app.clear_selection()
        self._fit()
        self.app.cursor_position = self.cursor_screen_offset

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._fit()

    def _fit(self) -> None:
        """Show another part when the cursor left this one, or when there is room for more."""
        cells, value, cursor = self.size.width, self.value, self.cursor_position
        first = min(self._first, cursor)
        most = _MOST_CODE_POINTS * cells
        if cells and first and len(value) - first < most:
            # What was deleted leaves room: what stands before takes it.
            first = min(first, _first_of(value, len(value), cells - 1, most))
        end = min(cursor + 1, len(value))
        room = cells - (cursor == len(value))
        if cells and (end - first > most or width(_shown(value[first:end])) > room):
            first = _first_of(value, end, room, most)
        if cells and width(_shown(value[first:cursor])) >= cells:
            first = _first_of(value, cursor, cells - 1, most)  # it stands inside a cluster
        if first != self._first:
            self._first = first
            self.refresh()
            self.post_message(self.Moved())

    def _cell_offset_to_index(self, offset: int) -> int:
        shown = _shown(self.value[self._first :][: _MOST_CODE_POINTS * max(self.size.width, 1)])
        at = 0
        for start, _, cells in clusters(shown):
            at += cells
            if at > offset:
                return self._first + start
        return len(self.value)

    def render_line(self, y: int) -> Strip:
        """Draw the part of the value that there is room for."""
        value, first, cells = self.value, self._first, self.size.width
        if y or not value:
            return super().render_line(y)
        text = _shown(value[first : first + _MOST_CODE_POINTS * cells])
        dim_from = len(text)
        if self.has_focus and len(self._suggestion) > len(value) and first + dim_from == len(value):
            text += self._suggestion[len(value) :]
        text += " "  # the cursor behind the last letter
        looks = [(dim_from, len(self._suggestion) - first, "input--suggestion")]
        if self.has_focus:
            start, end = sorted(self.selection)
            cursor = self.cursor_position - first
            looks += [(start - first, end - first, "input--selection")]
            looks += [(cursor, cursor + 1, "input--cursor")] * self._cursor_visible
        strip = Strip(_segments(text, looks, self.get_component_rich_style))
        return strip.crop(0, cells).extend_cell_length(cells).apply_style(self.rich_style)

    def offer(self, text: str) -> None:
        """Show behind what is typed how it may go on; the right arrow at its end takes it.

        Args:
            text: the whole value as it would be; what does not go on from the value is not shown,
                nor what acts on terminals; empty to show nothing.
        """
        fits = text.startswith(self.value) and make_line(text) == text and len(text) <= self.limit
        self._suggestion = text if fits else ""

    @property
    def offered(self) -> str:
        """What is offered; empty when nothing is."""
        return self._suggestion

    def type_text(self, text: str) -> None:
        """Put text in at the cursor as one line, as much of it as there is room for."""
        line = " ".join(text.splitlines())
        start, end = sorted(self.selection)
        room = self.limit - len(self.value) + end - start
        if room < len(line):
            self.app.bell()
        self.replace(line[: max(room, 0)], start, end)

    async def _on_key(self, event: events.Key) -> None:
        if untangle(self, event):
            return
        if event.is_printable and len(event.character or "") > 1:
            # Several keys that were typed ahead, in one.
            event.stop()
            event.prevent_default()
            self.type_text(event.character or "")
            return
        await super()._on_key(event)

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.type_text(event.text)


_MOST_CODE_POINTS = 4
"""Code points that are looked at for a cell: letters may carry marks, which take none."""


def _shown(text: str) -> str:
    """Return a text as it is drawn: as long as it is, nothing in it acts on a terminal."""
    return without_loose_joiners(make_line(text))


def _first_of(value: str, end: int, cells: int, most: int) -> int:
    """Return where the longest part begins that ends at ``end`` and takes at most ``cells``."""
    low = max(0, end - most)
    first = end
    for start, _, taken in reversed(clusters(_shown(value[low:end]))):
        if taken > cells:
            break
        cells -= taken
        first = low + start
    return min(first, max(end - 1, 0))


def _segments(
    text: str, looks: Iterable[tuple[int, int, str]], style_of: Callable[[str], Style]
) -> list[Segment]:
    """Return a text with parts of it in looks of their own, the later ones over the earlier."""
    starts = cluster_starts(text)  # what is joined is never drawn in part
    parts = [
        (snap_left(starts, max(start, 0)), snap_right(starts, min(end, len(text)), len(text)), name)
        for start, end, name in looks
        if start < end and end > 0
    ]
    edges = sorted({0, len(text), *(edge for part in parts for edge in part[:2])})
    segments = []
    for start, end in pairwise(edges):
        style: Style | None = None
        for low, high, name in parts:
            if low <= start < high:
                style = style_of(name) if style is None else style + style_of(name)
        segments.append(Segment(text[start:end], style))
    return segments
