"""The text pane as a widget: draws the looks of its rows, says what was selected or clicked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Offset, Size
from textual.strip import Strip
from textual.widget import Widget

from tui.app.at_once import repaint
from tui.app.division import Division
from tui.app.document.annotations import Annotations
from tui.app.document.cells import fit, width
from tui.app.document.cursor import Selection, Unit
from tui.app.document.describe import edges_words, selection_words
from tui.app.document.edges import Edges
from tui.app.document.lanes import LaneCoding
from tui.app.document.motions import CannotMove
from tui.app.document.paint import FOCUSED, HIT, LABEL, SELECTED, Run, runs, written_over
from tui.app.document.pane import CodingTuple, Pane, RowLook
from tui.app.document.text_source import DocumentText
from tui.app.document.viewport import Row
from tui.app.messages import (
    CodingPointedAt,
    CodingsAskedFor,
    CodingsPointedAt,
    EdgesHeld,
    PassageLeft,
    SelectionMoved,
)
from tui.app.themes import tint_on
from tui.model.code import Code
from tui.model.document import Document
from tui.text.safe import make_line

_WHEEL_ROWS = 3
_KEPT_STRIPS = 600
_TITLE_NAME = 26
_UNIT_OF_CLICK: dict[int, Unit] = {1: "word", 2: "sentence"}


class CodingView(Widget, can_focus=True):
    """Shows one document, its selection and its codings in the margin.

    Row 0 is the title. A change repaints the rows whose look it changed and no others.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    CodingView { width: 1fr; height: 1fr; }
    CodingView > .coding-view--title { text-style: bold; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "coding-view--title",
        "coding-view--margin",
        "coding-view--names",
    }

    def __init__(
        self, *, name: str | None = None, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._pane = Pane()
        self._document: Document | None = None
        self._note = ""
        self._lane_colors: dict[int, str] = {}
        self._looks: list[RowLook] = []
        self._title_text = ""
        self._strips: dict[RowLook, Strip] = {}
        self._styles_by_part: dict[object, Style] = {}
        self._cells = 0
        self._laid_out: tuple[Size, int] | None = None
        """The sizes of widget and screen that the rows are laid out for."""
        self._dragged_from: int | None = None
        self.refusal = ""
        """Why the last ``move`` could not move, in words for the reader; else empty."""

    # What is shown

    def divide(self, wanted: Division) -> None:
        """Divide the columns as the coder wants, from the next document on."""
        self._pane.wanted = wanted

    def open(
        self,
        document: Document | None,
        text: DocumentText,
        codings: Iterable[CodingTuple],
        codes: Iterable[Code],
        place: tuple[int, int] | None = None,
    ) -> None:
        """Show a document.

        Args:
            document: the document; None shows an empty pane.
            text: its text.
            codings: ``(start, end, code_id, coder_id, id)`` of each coding to show, in any order.
            codes: the codebook, for letters and names.
            place: the span selected when the coder left it; None selects the first sentence.
        """
        self._document = document
        self._pane.open(text, codings, place)
        self._pane.set_codes(codes)
        self._lay_out()
        self.refresh()
        self._announce()

    def set_codings(self, codings: Iterable[CodingTuple]) -> None:
        """Replace all codings; see ``open`` for what each is made of."""
        self._pane.set_codings(codings)
        self._update()

    def coding_added(self, coding: CodingTuple) -> None:
        """Show one more coding, or a coding of known id at its new place."""
        self._pane.add(coding)
        self._update()

    def coding_removed(self, coding_id: int) -> None:
        """Show one coding less."""
        self._pane.remove(coding_id)
        self._update()

    def set_codes(self, codes: Iterable[Code], colors: Mapping[int, str] | None = None) -> None:
        """Take new letters and names; ``colors`` (code id to colour) tint lane letters only."""
        self._pane.set_codes(codes)
        self._lane_colors = dict(colors or {})
        self._forget_strips()
        self._update()

    def set_others(self, others: Mapping[int, str]) -> None:
        """Tell apart in the margin what these coders made: their ids and initials."""
        if self._pane.others != others:
            self._pane.others = dict(others)
            self._update()

    def set_focus_coding(self, coding_id: int | None) -> None:
        """Underline one coding's text; None underlines none. Edges that were not kept go back."""
        self._pane.focus(coding_id)
        self._update()

    def move_edges(self, motion: str) -> bool:
        """Move the edges of the focused coding by one of ``EDGE_MOTIONS``; nothing is stored.

        Returns:
            Whether anything moved; if not, ``refusal`` says why.
        """
        return self._stir(lambda: self._pane.move_edges(motion))

    def edges_over(self, start: int, end: int) -> bool:
        """Move an edge of the focused coding over a word; see ``move_edges``."""
        return self._stir(lambda: self._pane.edges_over(start, end))

    def _stir(self, stir: Callable[[], None]) -> bool:
        self.refusal = ""
        try:
            stir()
        except CannotMove as refusal:
            self.refusal = str(refusal)
            return False
        self._update()
        return True

    def put_edges_back(self) -> bool:
        """Put the focused coding back where it is stored; tell whether it was elsewhere."""
        moved = self._pane.put_edges_back()
        self._update()
        return moved

    def set_hits(self, spans: Iterable[tuple[int, int]]) -> None:
        """Mark search hits in the text (bold and underlined)."""
        self._pane.set_hits(spans)
        self._update()

    def set_labels(self, labels: Mapping[int, str]) -> None:
        """Write a letter over the sign at each offset (to leap there); empty takes them away."""
        self._pane.labels = dict(labels)
        self._update()

    def set_reading(self, states: Mapping[int, str] | None) -> None:
        """Mark passages by reading state: passage number to ``read`` or ``aside``; those not named
        are unread. None shows no marks.
        """
        self._pane.states = states
        self._update()

    def set_bookmarks(self, offsets: Iterable[int]) -> None:
        """Mark the rows that hold these offsets with a sign in the margin."""
        self._pane.bookmarks = sorted(offsets)
        self._update()

    def set_annotations(self, spans: Iterable[tuple[int, int]]) -> None:
        """Mark the rows in which these spans, which carry memos, begin with a sign."""
        self._pane.annotations = Annotations(spans)
        self._update()

    def set_title_note(self, note: str) -> None:
        """Show attributes or the like at the right of the title."""
        self._note = make_line(note)
        self._update()

    @property
    def hidden_codes(self) -> frozenset[int]:
        """Ids of codes whose codings have no lane."""
        return self._pane.hidden

    @hidden_codes.setter
    def hidden_codes(self, codes: Iterable[int]) -> None:
        self._pane.hide(codes)
        self._update()

    # What is selected

    @property
    def document(self) -> Document | None:
        """The open document."""
        return self._document

    @property
    def text(self) -> DocumentText:
        """Its text."""
        return self._pane.text

    @property
    def selection(self) -> Selection | None:
        """What is selected; None only in an empty document."""
        return self._pane.selected

    @property
    def selected_span(self) -> tuple[int, int] | None:
        """Start and end of the selection in the stored text; None only in an empty document."""
        at = self._pane.selected
        return None if at is None else (at.start, at.end)

    @property
    def focused_coding(self) -> int | None:
        """Id of the underlined coding."""
        return None if self._pane.focused is None else self._pane.focused.id

    @property
    def focused(self) -> LaneCoding | None:
        """The underlined coding, its edges as they are shown."""
        return self._pane.focused

    @property
    def edges(self) -> Edges | None:
        """The edges of the underlined coding, once a motion has been made with them."""
        return self._pane.edges

    @property
    def moved_edges(self) -> tuple[int, int] | None:
        """Where the edges of the underlined coding are, when they are not where it is stored."""
        edges = self._pane.edges
        return (edges.at.start, edges.at.end) if edges is not None and edges.moved else None

    @property
    def passage_at(self) -> int:
        """Number of the passage the moving end of the selection is in; 0 in an empty document."""
        return 0 if self._pane.selected is None else self._pane.place() + 1

    def unit_words(self) -> str:
        """Return in words what is selected: ``sentence 2 of 5 · 24 words``."""
        if self._pane.selected is None:
            return "nothing to select"
        return selection_words(self._pane.text, self._pane.selected)

    def edges_words(self) -> str:
        """Return in words how much the edges on their way hold: ``13 words``."""
        edges = self._pane.edges
        return "" if edges is None else edges_words(self._pane.text, edges.at)

    def codings_here(self) -> list[LaneCoding]:
        """Return the shown codings that share text with the selection: by start, long first."""
        at = self._pane.selected
        if at is None:
            return []
        found = self._pane.codings.overlapping(at.start, at.end)
        return [coding for coding in found if self._pane.is_shown(coding.code_id)]

    @property
    def annotated_here(self) -> bool:
        """Whether words of the selection carry a memo themselves."""
        at = self._pane.selected
        return at is not None and self._pane.annotations.touch(at.start, at.end)

    def select(self, start: int, end: int, unit: Unit | None = None) -> None:
        """Select a span and bring it into view; its unit follows from its ends unless given."""
        before = self.passage_at
        if self._pane.select(start, end, unit):
            self._moved(before)

    def extend_over(self, start: int, end: int) -> None:
        """Stretch the selection so that it reaches over a word; its anchor stays."""
        before = self.passage_at
        if self._pane.extend_over(start, end):
            self._moved(before)

    def move(self, motion: str) -> bool:
        """Move the selection or the view by the name of a motion: one of ``MOTIONS``, ``PAGES`` or
        ``SCROLLS``.

        Returns:
            Whether anything moved; if not, ``refusal`` says why.
        """
        self.refusal = ""
        before, selected = self.passage_at, self._pane.selected
        try:
            self._pane.move(motion)
        except CannotMove as refusal:
            self.refusal = str(refusal)
            return False
        if selected is self._pane.selected:
            self._update()
        else:
            self._moved(before)
        return True

    def visible_words(self) -> list[tuple[int, int]]:
        """Return the words that begin on the screen, in order: where a leap can go."""
        return self._pane.words_in_sight()

    def cell_of(self, offset: int) -> Offset | None:
        """Return where on the widget an offset of the document is drawn; None out of sight."""
        found = self._pane.column_of(offset)
        if found is not None:
            for y, look in enumerate(self._looks, 1):
                if look.row == found[0]:
                    return Offset(self._pane.geometry.margin + found[1], y)
        return None

    def _moved(self, passage_before: int) -> None:
        self._update()
        if self._document is not None and passage_before not in (0, self.passage_at):
            self.post_message(PassageLeft(self._document.id, passage_before))
        self._announce()

    def _announce(self) -> None:
        at = self._pane.selected
        if at is not None and self._document is not None:
            self.post_message(SelectionMoved(self._document.id, at.start, at.end, at.unit))

    # Drawing

    def on_resize(self, event: events.Resize) -> None:
        """Keep the selection where it was on the screen, as far as it fits."""
        if self._laid_out != (self.size, self.app.size.width):
            self._lay_out()
            self.refresh()

    def on_focus(self) -> None:
        """Show the focus mark in the title."""
        self._update()

    def on_blur(self) -> None:
        """Take the focus mark away."""
        self._update()

    def notify_style_update(self) -> None:
        """Draw all rows anew in the new theme."""
        super().notify_style_update()
        known, self._styles_by_part = self._styles_by_part, {}
        if any(self._style(part) != style for part, style in known.items()):
            self._strips.clear()

    def _lay_out(self) -> None:
        if not self.is_attached:
            return
        self._laid_out = (self.size, self.app.size.width)
        self._cells, rows = self.size
        self._pane.bare = bool(getattr(self.app, "accessible", False))
        self._pane.lay_out(self._cells, rows - 1, self.app.size.width)
        self._forget_strips()
        self._looks = self._pane.looks() if self._pane.height > 0 else []
        self._title_text = self._title()

    def _forget_strips(self) -> None:
        self._strips.clear()
        self._styles_by_part.clear()

    def _update(self) -> None:
        """Find the rows that look different now and repaint them."""
        if self._pane.height <= 0 or not self.is_attached:
            return
        before, self._looks = self._looks, self._pane.looks()
        changed = [y for y, look in enumerate(self._looks, 1) if before[y - 1 : y] != [look]]
        title = self._title()
        if title != self._title_text:
            self._title_text = title
            changed.append(0)
        if changed:
            repaint(self, changed)

    def render_line(self, y: int) -> Strip:
        """Draw one row of the widget: the title, then the rows of the document."""
        if self._laid_out != (self.size, self.app.size.width):
            # The first paint comes before the news of the size.
            self._lay_out()
        if y == 0:
            return self._draw_title()
        if y > len(self._looks):
            return Strip.blank(self._cells, self._style("base"))
        look = self._looks[y - 1]
        strip = self._strips.get(look)
        if strip is None:
            if len(self._strips) > _KEPT_STRIPS:
                self._strips.clear()
            strip = self._strips[look] = self._draw(look)
        return strip

    def _draw(self, look: RowLook) -> Strip:
        base = self._style("base")
        if look.row is None:
            return Strip.blank(self._cells, base)
        segments = self._draw_margin(look, look.row)
        painted = _painted(look, *self._pane.row_text(look.row))
        segments.extend(Segment(text, self._style(part)) for text, part in painted)
        if look.names:
            used = sum(width(text) for text, _ in painted)
            segments.append(Segment(" " * (self._pane.geometry.text + 1 - used), base))
            segments.append(Segment(look.names, self._style("names")))
        return Strip(segments).adjust_cell_length(self._cells, base)

    def _draw_margin(self, look: RowLook, row: Row) -> list[Segment]:
        shape = self._pane.geometry
        number = str(row.place + 1) if row.row == 0 else ""
        mark = ">" if look.chosen else " "
        text = f"{mark}{number:>{shape.number}}{look.state or ' '}"
        style = self._style("margin")
        segments: list[Segment] = []
        for sign, code_id in look.cells:
            color = self._lane_colors.get(code_id)
            if color is None:
                text += sign
                continue
            segments.extend((Segment(text, style), Segment(sign, self._style(("lane", color)))))
            text = ""
        text += " " * (shape.lanes - len(look.cells) + 1)
        return [*(segment for segment in segments if segment.text), Segment(text, style)]

    def _title(self) -> str:
        if self._document is None:
            return ""
        at = self._pane.selected
        where = "empty"
        if at is not None:
            percent = 100 * at.end // max(1, self.text.end)
            where = f"¶{self.passage_at}/{len(self.text)}  {percent}%"
        room = max(1, self._cells - width(where) - 4)
        name = fit(make_line(self._document.name), room)
        gap = " " * max(2, min(_TITLE_NAME, room) - width(name))
        note = f"   {self._note}" if self._note else ""
        return fit(f"{'▌' if self.has_focus else ' '}{name}{gap}{where}{note}", self._cells)

    def _draw_title(self) -> Strip:
        segments = [Segment(self._title_text, self._style("title"))] if self._title_text else []
        return Strip(segments).adjust_cell_length(self._cells, self._style("base"))

    def _style(self, part: object) -> Style:
        """Return the style of a part of the picture: a look of ``paint`` or a column's name."""
        style = self._styles_by_part.get(part)
        if style is None:
            style = self._styles_by_part[part] = self._make_style(part)
        return style

    def _make_style(self, part: object) -> Style:
        if isinstance(part, int):
            return self._style("base") + Style(
                # A label inside the selection stands out by not being reversed.
                reverse=True if bool(part & SELECTED) != bool(part & LABEL) else None,
                underline=True if part & (FOCUSED | HIT) else None,
                bold=True if part & (HIT | LABEL) else None,
            )
        if isinstance(part, tuple):
            return self._style("margin") + Style(color=tint_on(self.app, part[1]))
        if part == "base":
            return self.rich_style
        return self.get_component_rich_style(f"coding-view--{part}")

    # The mouse

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
        if row is None or offset is None or self._document is None:
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

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select from the word where the button went down to the word under the pointer."""
        offset = self._offset_under(event)
        if self._dragged_from is None or offset is None or offset == self._dragged_from:
            return
        before, span = self.passage_at, self.selected_span
        self.capture_mouse()
        self._pane.select_words(self._dragged_from, offset)
        if self.selected_span != span:
            self._moved(before)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """End a drag; a drag is no click."""
        if self.app.mouse_captured is self:
            self.release_mouse()
            self.suppress_click()
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


def _painted(look: RowLook, shown: str, start: int, end: int) -> list[Run]:
    """Paint a row's text, letters written over the signs that can be leapt to."""
    if not look.labels:
        return runs(shown, start, end, look.marks)
    labels = [(offset, offset + 1, LABEL) for offset, _ in look.labels]
    letters = "".join(letter for _, letter in look.labels)
    return written_over(runs(shown, start, end, [*look.marks, *labels]), letters)
