"""The text pane: the sheet it shows, and how selection, edges and view move over it."""

from __future__ import annotations

from dataclasses import replace

from tui.app.document.cursor import Selection, Unit
from tui.app.document.edges import Edges, begun, move_edges, over
from tui.app.document.gutter import geometry
from tui.app.document.lanes import LaneCoding
from tui.app.document.motions import MOTIONS, CannotMove, selection_at, selection_of
from tui.app.document.sheet import Sheet
from tui.app.document.viewport import Row, Rows, scrolled

CONTEXT = 2
"""Rows kept in sight above and below the selection."""
PAGES = {"page_down": 1, "page_up": -1}
SCROLLS = {"scroll_down": 1, "scroll_up": -1}


class Pane(Sheet):
    """The state of the text pane."""

    def lay_out(self, cells: int, height: int, screen: int) -> None:
        """Divide a pane of ``cells`` by ``height`` on a screen ``screen`` cells wide.

        The selection keeps its row on the screen as far as it fits; one that was out of sight
        comes to rest a third down.
        """
        y = height // 3
        if self.selected is not None and self.height > 0:
            first = self._rows.row_at(self.selected.start)
            above = self._rows.distance(self.top, first, self.height) if first >= self.top else -1
            y = above if 0 <= above < self.height else y
        divided = geometry(cells, screen, len(self.text), self.wanted, bare=self.bare)
        if divided.text != self._rows.width or self._rows.text is not self.text:
            self._rows = Rows(self.text, divided.text)
        self.geometry = divided
        self.height = height
        self._forget_lanes()
        if self.selected is not None:
            first = self._rows.row_at(self.selected.start)
            self.top = self._rows.step(first, -max(0, min(y, height - 1)))
        self.follow()

    # Moving

    def select(self, start: int, end: int, unit: Unit | None = None) -> bool:
        """Select a span.

        Args:
            start: in code points of the document.
            end: likewise; half-open.
            unit: what the next move goes by; None: what the ends of the span fall on.

        Returns:
            Whether it is selected: in an empty document nothing is.
        """
        selected = selection_of(self.text, start, end)
        if selected is None:
            return False
        self.take(Selection(selected.anchor, selected.head, unit) if unit else selected)
        return True

    def select_unit(self, unit: Unit, offset: int) -> None:
        """Select the unit that holds or follows ``offset``."""
        found = selection_at(self.text, unit, offset)
        if found is not None:
            self.take(found)

    def extend_over(self, start: int, end: int) -> bool:
        """Move an end of the selection so that it reaches over a word, ``start`` to ``end``.

        Returns:
            Whether there was a selection.
        """
        at = self.selected
        if at is None:
            return False
        self.take(over(at, start, end))
        return True

    def select_words(self, first: int, last: int) -> None:
        """Select from the word at one offset to the word at another; the second end moves."""
        here = selection_at(self.text, "word", first)
        there = selection_at(self.text, "word", last)
        if here is None or there is None:
            return
        if there.start < here.start:
            self.take(Selection(here.end, there.start, "word"))
        else:
            self.take(Selection(here.start, there.end, "word"))

    def move(self, motion: str) -> None:
        """Move by the name of a motion.

        Raises:
            CannotMove: there is nowhere to go.
        """
        if self.selected is None:
            raise CannotMove("There is no text here")
        if motion in PAGES:
            self._page(PAGES[motion], self.selected)
        elif motion in SCROLLS:
            self.scroll(SCROLLS[motion])
        else:
            self.take(MOTIONS[motion](self.text, self.selected))

    def take(self, selected: Selection) -> None:
        """Select, and bring the selection into sight; a coding elsewhere keeps no focus."""
        before, self.selected = self.selected, selected
        if before is None or (before.start, before.end) != (selected.start, selected.end):
            self.focus(None)
        self.follow()

    # The focused coding

    def focus(self, coding_id: int | None) -> None:
        """Underline a coding; None underlines none. Edges that were not kept go back."""
        self.put_edges_back()
        self.focused = None if coding_id is None else self.codings.get(coding_id)

    def move_edges(self, motion: str) -> None:
        """Move the edges of the focused coding by the name of a motion; nothing is stored.

        Raises:
            CannotMove: there is nowhere to go, or no coding has the focus.
        """
        if self.focused is None:
            raise CannotMove("No coding has the focus")
        self._shift(self.focused, move_edges(self.text, self.focused, self.edges, motion))

    def edges_over(self, start: int, end: int) -> None:
        """Move an edge of the focused coding so that it reaches over a word; nothing is stored.

        Raises:
            CannotMove: no coding has the focus, or it ends there already.
        """
        if self.focused is None:
            raise CannotMove("No coding has the focus")
        edges = begun(self.text, self.focused, self.edges)
        at = over(edges.at, start, end)
        if (at.start, at.end) == (edges.at.start, edges.at.end):
            raise CannotMove("The coding ends with that word already")
        self._shift(self.focused, replace(edges, at=at))

    def _shift(self, focused: LaneCoding, edges: Edges) -> None:
        self._lay(focused, edges.coding)
        self.edges = edges
        self.follow()

    def put_edges_back(self) -> bool:
        """Put the focused coding back where it is stored; tell whether it was elsewhere."""
        edges, self.edges = self.edges, None
        if edges is None or not edges.moved or self.focused is None:
            return False
        self._lay(self.focused, edges.stored)
        self.follow()
        return True

    def _lay(self, before: LaneCoding, after: LaneCoding) -> None:
        if before != after:
            self.codings.add(after)
            self._lanes.moved(before, after)
        self.focused = after

    def scroll(self, by: int) -> None:
        """Move the view by rows and leave the selection where it is.

        Raises:
            CannotMove: the view is at that end already.
        """
        if self.selected is None:
            raise CannotMove("There is no text here")
        top = min(self._rows.step(self.top, by), self._lowest_top())
        if top == self.top:
            raise CannotMove(f"This is the {'end' if by > 0 else 'beginning'} of the document")
        self.top = top

    def follow(self) -> None:
        """Scroll so that the selection is in sight, or the edges on their way; of a stretch taller
        than the screen, its head.
        """
        at = self.selected if self.edges is None else self.edges.at
        if at is None or self.height <= 0:
            return
        first, last = self._rows.row_at(at.start), self._rows.row_at(at.end - 1)
        if self._rows.distance(first, last, self.height) >= self.height - 2 * CONTEXT:
            bottom = self._rows.step(self.top, self.height - 1)
            if at.inner is not None and first <= bottom and last >= self.top:
                # It has just grown around what is being read: the reader's place stays.
                return
            first = last = self._rows.row_at(at.head if at.backward else at.head - 1)
        self.top = scrolled(self._rows, self.top, self.height, first, last, CONTEXT)

    def _page(self, direction: int, at: Selection) -> None:
        top = self._rows.step(self.top, direction * max(1, self.height - CONTEXT))
        top = min(top, self._lowest_top())
        if top == self.top:
            self.take(MOTIONS["last" if direction > 0 else "first"](self.text, at))
            return
        self.top = top
        edge = self._rows.step(top, CONTEXT) if top > Row(0, 0) else top
        start = self.text.span(edge.place)[0]
        low, high = self._rows.bounds(edge)
        unit: Unit = "passage" if at.unit == "document" else at.unit
        found = selection_at(self.text, unit, start + low)
        if found is not None and found.start < start + low and found.end <= start + high:
            # It begins above the edge; the next one is seen whole, if it begins on this row.
            found = selection_at(self.text, unit, found.end)
        if found is not None:
            self.take(found)

    def _lowest_top(self) -> Row:
        return self._rows.step(self._rows.last(), 1 - max(1, self.height))

    # Where it is

    def place(self) -> int:
        """Return the place of the passage the head is in; there must be a selection."""
        assert self.selected is not None
        at = self.selected
        return self.text.place_of(at.head if at.backward else at.head - 1)
