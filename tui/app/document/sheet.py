"""What the text pane has to show of a document, and what its rows look like; no widget, no colour.

All ends in ``looks``: for each row of the screen, all that its picture depends on. Rows whose look
is the same need no repaint.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from tui.app.division import Division
from tui.app.document.annotations import Annotations
from tui.app.document.cells import offset_at, width
from tui.app.document.cursor import Selection
from tui.app.document.edges import Edges
from tui.app.document.gutter import LaneCell, geometry, lane_cells, names_beside, stripes_at
from tui.app.document.lanes import CodingIndex, LaneCoding, Lanes
from tui.app.document.motions import first_selection, selection_of, unit_after
from tui.app.document.paint import FOCUSED, HIT, SELECTED, Mark, clip
from tui.app.document.text_source import DocumentText
from tui.app.document.viewport import Row, Rows
from tui.model.code import Code
from tui.text.safe import make_line

_STATE_MARKS = {"unread": "·", "aside": "-"}
_BOOKMARK = "*"
_MEMO = '"'

CodingTuple = tuple[int, int, int, int, int]
"""``(start, end, code_id, coder_id, id)`` of a coding."""


class RowLook(NamedTuple):
    """Everything a row's picture depends on; two rows of equal look are the same picture."""

    row: Row | None
    chosen: bool
    """Whether the selection touches the row."""
    state: str
    cells: tuple[LaneCell, ...]
    marks: tuple[Mark, ...]
    names: str
    labels: tuple[tuple[int, str], ...]


NOTHING = RowLook(None, False, "", (), (), "", ())


class Sheet:
    """Text, codings, marks and notes as they lie on the screen."""

    def __init__(self) -> None:
        self.text = DocumentText.from_passages(())
        self.codings = CodingIndex()
        self.hidden: frozenset[int] = frozenset()
        self.selected: Selection | None = None
        self.focused: LaneCoding | None = None
        self.edges: Edges | None = None
        """Those of the focused coding, once a motion has been made with them."""
        self.states: Mapping[int, str] | None = None
        self.bookmarks: Sequence[int] = ()
        """Offsets, sorted."""
        self.annotations = Annotations()
        self.labels: dict[int, str] = {}
        self.others: dict[int, str] = {}
        """Other coders' ids, and the initials that stand for them."""
        self.bare = False
        """Whether there are no lanes and names beside the text."""
        self.height = 0
        """Rows of text on the screen."""
        self.wanted = Division()
        """How the coder wants the columns divided."""
        self.geometry = geometry(80, 80, 0)
        self.top = Row(0, 0)
        self._hits: list[tuple[int, int]] = []
        self._letters: dict[int, str] = {}
        self._names: dict[int, str] = {}
        self._rows = Rows(self.text, self.geometry.text)
        self._lanes = Lanes(self._rows, self.codings, self.is_shown)

    # What there is to show

    def open(
        self, text: DocumentText, codings: Iterable[CodingTuple], place: tuple[int, int] | None
    ) -> None:
        """Take another document.

        Args:
            text: of the document.
            codings: those to be shown.
            place: the span to select, half-open in code points; None selects the first sentence.
        """
        self.text = text
        self.codings = CodingIndex(codings)
        self.focused = None
        self.edges = None
        self.states = None
        self.bookmarks = ()
        self.annotations = Annotations()
        self.labels = {}
        self._hits = []
        self.selected = selection_of(text, *place) if place else first_selection(text)
        self.top = Row(0, 0)
        self._rows = Rows(text, self.geometry.text)
        self._forget_lanes()

    def set_codings(self, codings: Iterable[CodingTuple]) -> None:
        """Replace all codings."""
        self.codings = CodingIndex(codings)
        self.focused = self.codings.get(self.focused.id) if self.focused else None
        if self.edges is not None:
            self.edges = self.edges.restored(self.focused) if self.focused else None
        if self.edges is not None:
            self.focused = self.edges.coding
            self.codings.add(self.focused)
        self._forget_lanes()

    def add(self, coding: CodingTuple) -> None:
        """Show one more coding, or one of known id at its new place."""
        added = LaneCoding(*coding)
        focused = self.focused is not None and self.focused.id == added.id
        edges = self.edges if focused else None
        self.remove(added.id)
        if edges is not None and (edges := edges.restored(added)) is not None:
            # Its code or the like has changed, its place has not: the edges stay on their way.
            self.edges, added = edges, edges.coding
        self.codings.add(added)
        self.focused = added if focused else self.focused
        self._lanes.forget_from(added.start)

    def remove(self, coding_id: int) -> None:
        """Show one coding less."""
        removed = self.codings.remove(coding_id)
        if removed is None:
            return
        if self.focused is not None and self.focused.id == coding_id:
            self.focused = self.edges = None
        self._lanes.forget_from(removed.start)

    def set_codes(self, codes: Iterable[Code]) -> None:
        """Take letters and names from the codebook."""
        known = list(codes)
        self._letters = {code.id: make_line(code.letter)[:1] for code in known if code.letter}
        self._names = {code.id: make_line(code.name) for code in known}

    def set_hits(self, spans: Iterable[tuple[int, int]]) -> None:
        """Take the search hits to mark; those that touch become one.

        Args:
            spans: half-open in code points of the document, in any order.
        """
        merged: list[tuple[int, int]] = []
        for start, end in sorted(spans):
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            elif start < end:
                merged.append((start, end))
        self._hits = merged

    def hide(self, codes: Iterable[int]) -> None:
        """Give the codings of these codes no lane."""
        self.hidden = frozenset(codes)
        self._forget_lanes()

    def is_shown(self, code_id: int) -> bool:
        """Tell whether a code's codings have lanes."""
        return code_id not in self.hidden

    def _forget_lanes(self) -> None:
        room = max(self.geometry.lanes, 1)
        self._lanes = Lanes(self._rows, self.codings, self.is_shown, room)

    # What it looks like

    def looks(self) -> list[RowLook]:
        """Return what each row of the screen looks like, from the top."""
        looks: list[RowLook] = []
        if len(self.text):
            looks = [self._look(row) for row in self._rows.window(self.top, self.height)]
        looks.extend([NOTHING] * (self.height - len(looks)))
        return looks

    def _look(self, at: Row) -> RowLook:
        start = self.text.span(at.place)[0]
        low, high = self._rows.bounds(at)
        stripes = self._lanes.row(at)
        marks = self._marks(start, start + low, start + high) if low < high else ()
        state = "read"
        if self.states is not None and at.row == 0:
            state = self.states.get(at.place + 1, "unread")
        mark = _STATE_MARKS.get(state, "")
        if self.annotations.begin_in(start + low, start + max(high, low + 1)):
            mark = _MEMO
        if self.bookmarks:
            first = bisect_left(self.bookmarks, start + low)
            if first < bisect_left(self.bookmarks, start + max(high, low + 1)):
                mark = _BOOKMARK
        return RowLook(
            at,
            bool(marks) and marks[0][2] == SELECTED,
            mark,
            lane_cells(
                stripes,
                at.row,
                self.geometry.lanes,
                self._letters,
                others=self.others,
                focused=self.focused.id if self.focused else None,
            ),
            marks,
            names_beside(stripes, at.row, self.geometry.names, self._names, self.others),
            self._labels_in(start, start + low, start + high) if self.labels else (),
        )

    def _marks(self, start: int, low: int, high: int) -> tuple[Mark, ...]:
        """Return what of selection, focus and hits falls on a row, the selection first."""
        spans: list[Mark] = []
        if self.selected is not None:
            spans.append((self.selected.start, self.selected.end, SELECTED))
        if self.focused is not None:
            spans.append((self.focused.start, self.focused.end, FOCUSED))
        if self._hits:
            first = max(0, bisect_right(self._hits, (low,)) - 1)
            after = bisect_left(self._hits, (high,))
            spans.extend((begin, end, HIT) for begin, end in self._hits[first:after])
        clipped = (clip(begin, end, low, high, look) for begin, end, look in spans)
        return tuple((mark[0] - start, mark[1] - start, mark[2]) for mark in clipped if mark)

    def _labels_in(self, start: int, low: int, high: int) -> tuple[tuple[int, str], ...]:
        return tuple(
            (offset - start, letter)
            for offset, letter in sorted(self.labels.items())
            if low <= offset < high
        )

    def row_text(self, row: Row) -> tuple[str, int, int]:
        """Return the passage of a row as drawn, and where in it the row begins and ends.

        The two places are half-open, in code points of the passage.
        """
        return self.text.passage(row.place).shown, *self._rows.bounds(row)

    def offset_under(self, row: Row, column: int) -> int:
        """Return the offset of the sign drawn at a column of the text, right of it the last."""
        shown, low, high = self.row_text(row)
        drawn = shown[low:high].rstrip("\n")
        return self.text.span(row.place)[0] + low + offset_at(drawn, max(0, column))

    def codings_under(self, row: Row, lane: int) -> list[LaneCoding]:
        """Return what the sign in a lane of a row stands for: one coding, or those behind ``+``."""
        found = stripes_at(self._lanes.row(row), lane, self.geometry.lanes)
        return [stripe.coding for stripe in found]

    def column_of(self, offset: int) -> tuple[Row, int] | None:
        """Return the row and the column of the text at which an offset is drawn."""
        if not len(self.text):
            return None
        row = self._rows.row_at(offset)
        shown, low, _ = self.row_text(row)
        return row, width(shown[low : max(low, offset - self.text.span(row.place)[0])])

    def words_in_sight(self) -> list[tuple[int, int]]:
        """Return the words that begin on the screen, in order."""
        rows = self._rows.window(self.top, self.height) if len(self.text) else []
        if not rows:
            return []
        low = self.text.span(rows[0].place)[0] + self._rows.bounds(rows[0])[0]
        high = self.text.span(rows[-1].place)[0] + self._rows.bounds(rows[-1])[1]
        found: list[tuple[int, int]] = []
        offset = low
        while (word := unit_after(self.text, "word", offset)) and word[0] < high:
            if word[0] >= low:
                found.append(word)
            offset = word[1]
        return found
