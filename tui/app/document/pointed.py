"""The text pane under a mouse: clicks, drags, the wheel."""

from __future__ import annotations

from textual import events

from tui.app.document.cursor import Unit
from tui.app.document.drawn import DrawnPane
from tui.app.document.motions import CannotMove
from tui.app.document.viewport import Row
from tui.app.messages import (
    CodingPointedAt,
    CodingsAskedFor,
    CodingsPointedAt,
    EdgesHeld,
)

_WHEEL_ROWS = 3
_UNIT_OF_CLICK: dict[int, Unit] = {1: "word", 2: "sentence"}


class PointedPane(DrawnPane):
    """Selects what is clicked or dragged over, and says which codings were pointed at."""

    def _row_under(self, event: events.MouseEvent) -> Row | None:
        return self._looks[event.y - 1].row if 1 <= event.y <= len(self._looks) else None

    def _offset_under(self, event: events.MouseEvent) -> int | None:
        """Return the offset of the sign under the pointer; right of a row: its last sign's."""
        row = self._row_under(event)
        if row is None:
            return None
        return self._pane.offset_under(row, event.x - self._pane.geometry.margin)

    def on_click(self, event: events.Click) -> None:
        """Select the word, at the second click the sentence, at the third the passage."""
        row, offset = self._row_under(event), self._offset_under(event)
        if row is None or offset is None or self._document is None or self._has_dragged:
            return
        if self.moved_edges is not None:
            self.post_message(EdgesHeld())
            return
        shape, before = self._pane.geometry, self.passage_at
        if event.button == 3:
            span = self.selected_span
            if span is None or not span[0] <= offset < span[1]:
                self._pane.select_unit("word", offset)
                self._moved(before)
            if (here := self.selected_span) is not None:
                self.post_message(CodingsAskedFor(self._document.id, *here))
        elif event.x < shape.margin:
            found = self._pane.codings_under(row, event.x - (shape.margin - 1 - shape.lanes))
            if len(found) == 1:
                self.post_message(CodingPointedAt(found[0].id))
            elif found:
                self.post_message(CodingsPointedAt(tuple(coding.id for coding in found)))
        else:
            self._pane.select_unit(_UNIT_OF_CLICK.get(event.chain, "passage"), offset)
            self._moved(before)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Remember where a drag may begin."""
        inside = event.button == 1 and event.x >= self._pane.geometry.margin
        inside = inside and self.moved_edges is None
        self._dragged_from = self._offset_under(event) if inside else None
        self._has_dragged = False

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select from the word where the button went down to the word under the pointer."""
        offset = self._offset_under(event)
        if self._dragged_from is None or offset is None or offset == self._dragged_from:
            return
        before, span = self.passage_at, self.selected_span
        self.capture_mouse()
        # A drag is no click. The app makes one as soon as the button is up, before this pane
        # hears of it, and in a burst of reports even before it hears of the drag.
        self.suppress_click()
        self._has_dragged = True
        self._pane.select_words(self._dragged_from, offset)
        if self.selected_span != span:
            self._moved(before)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """End a drag."""
        if self.app.mouse_captured is self:
            self.release_mouse()
        self._dragged_from = None

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll on; the selection stays, in sight or not."""
        self._wheel(event, _WHEEL_ROWS)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll back."""
        self._wheel(event, -_WHEEL_ROWS)

    def _wheel(self, event: events.MouseEvent, rows: int) -> None:
        event.stop()
        try:
            self._pane.scroll(rows)
        except CannotMove as refusal:
            self.refusal = str(refusal)
            return
        self._update()
