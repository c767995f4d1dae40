"""The text pane as a widget, as actions and the desk use it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import ClassVar

from textual.geometry import Offset

from tui.app.division import Division
from tui.app.document.annotations import Annotations
from tui.app.document.cursor import Selection, Unit
from tui.app.document.describe import edges_words, selection_words
from tui.app.document.edges import Edges
from tui.app.document.lanes import LaneCoding
from tui.app.document.motions import CannotMove
from tui.app.document.pointed import PointedPane
from tui.app.document.sheet import CodingTuple
from tui.app.document.text_source import DocumentText
from tui.model.code import Code
from tui.model.document import Document
from tui.text.safe import make_line


class CodingView(PointedPane, can_focus=True):
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
    def selection(self) -> Selection | None:
        """What is selected; None only in an empty document."""
        return self._pane.selected

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
        """Select a span and bring it into view.

        Args:
            start: in code points of the document.
            end: likewise; half-open.
            unit: what the next move goes by; None: what the ends of the span fall on.
        """
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

    @property
    def margin(self) -> int:
        """Cells left of the text: numbers and lanes."""
        return self._pane.geometry.margin

    def cell_of(self, offset: int) -> Offset | None:
        """Return where on the widget an offset of the document is drawn; None out of sight."""
        if self._reading is not None:
            place = self._reading.cell_of(self.text, offset)
            return None if place is None else Offset(place[1], place[0] + 1)
        found = self._pane.column_of(offset)
        if found is not None:
            for y, look in enumerate(self._looks, 1):
                if look.row == found[0]:
                    return Offset(self._pane.geometry.margin + found[1], y)
        return None
