"""The page of segments as a list: which are listed, how they are drawn, which are marked."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical
from textual.message import Message

from tui.app.screens.filtering import FilteredPage
from tui.app.screens.passage_list import PassageList
from tui.app.screens.segments.filter import SegmentFilter, read_filter
from tui.app.screens.segments.pages import ChosenPages, DocumentPages, Pages
from tui.app.screens.segments.preview import preview_rows
from tui.app.screens.segments.rows import Marks, SegmentRows, SegmentsPlace
from tui.app.screens.segments.scan import Scan
from tui.app.screens.spoken import is_accessible
from tui.app.state import Study
from tui.app.widgets.query_field import QueryField
from tui.app.widgets.rows import DIM, PLAIN, Row, Rows
from tui.app.widgets.virtual_list import NONE, VirtualList
from tui.store.segments import Segment, Wanted

_OF_SEGMENTS = frozenset(
    f"segments.{act}"
    for act in (
        *("open", "mark", "mark_all", "recode", "remove"),
        *("memo", "important", "copy", "like", "sort"),
    )
)
"""Acts for which there must be a segment."""


@dataclass(frozen=True, slots=True)
class FoundSegment:
    """A segment that was chosen, for the text pane to open."""

    coding_id: int
    """0: a passage like these segments, not one of them."""
    document_id: int
    start: int
    end: int
    words: tuple[tuple[int, int], ...] = ()
    """What ties such a passage."""


class SegmentList(PassageList[FoundSegment | None], FilteredPage[FoundSegment | None]):
    """Lists the segments of a code; the result is the one to go to, or None.

    Args:
        study: the open study.
        code_id: the code.
        place: where the page was left; it is changed when it is left again.
    """

    SCREEN = "segments"
    VIEW = "view.segments"
    FILTER_KEYS = "Enter keep  Esc clear   word year>=2013 doc:X coder:X important: memo:"
    AUTO_FOCUS = ""
    SHOWS = frozenset({"codings", "memos", "codes", "documents", "shown_coders"})

    @dataclass
    class Scanned(Message):
        """A filter has found more segments, or has ended."""

        serial: int
        ids: list[int]
        done: bool
        trouble: str

    def __init__(self, study: Study, code_id: int, place: SegmentsPlace | None = None) -> None:
        super().__init__(study.project)
        self._study = study
        self._place = place or SegmentsPlace()
        if self._place.code_id != code_id:
            # A code that only its branch was coded with is nothing by itself.
            below = not study.direct.get(code_id) and bool(study.branch.get(code_id))
            self._place.code_id, self._place.below = code_id, below
            self._place.filter, self._place.index = "", 0
        self._test = SegmentFilter()
        self._pages: Pages = ChosenPages(self._project.db, ())
        self._total = 0
        """Segments without the filter."""
        self.marks = Marks()
        self._scan: Scan | None = None
        self._serial = 0
        self._aim = 0
        """The row to highlight; it may not have been found yet."""
        self._rows = SegmentRows(study, self._place)

    @property
    def code_in_hand(self) -> int | None:
        """The code at the cursor."""
        return self._place.code_id

    @property
    def shows_branch(self) -> bool:
        """Whether the segments may have several codes."""
        return self._place.below

    def compose(self) -> ComposeResult:
        """Make heading, filter, list and the passage of the highlighted segment."""
        yield Rows(id="heading")
        with Horizontal(classes="query"):
            yield Rows([[(" filter: ", DIM)]], classes="prompt")
            yield QueryField(self._place.filter, limit=400)
            yield Rows(classes="count")
        yield Rows(classes="rule")
        with Container(id="results"):
            yield VirtualList(self._row, self._moved)
            with Vertical(id="preview"):
                yield Rows(classes="rule")
                yield Rows(id="where")
                yield Rows(id="passage")
        yield Rows(id="status")
        yield Rows(id="keys")

    def _fit(self, cells: int, height: int) -> None:
        super()._fit(cells, height)
        self._show_heading()

    def _wanted(self) -> Wanted:
        study, place = self._study, self._place
        codes = [place.code_id]
        if place.below:
            codes = [code.id for code in study.codes if place.code_id in study.line_of(code.id)]
        return Wanted(tuple(codes), self._test.coder_ids, self._test.document_ids)

    def load(self, index: int = 0) -> None:
        """Count and show the segments anew.

        Args:
            index: the row to highlight.
        """
        study, place = self._study, self._place
        self._stale = False
        self._serial += 1
        if self._scan is not None:
            self._scan.stop()
            self._scan = None
        db = self._project.db
        counts = study.branch if place.below else study.direct
        self._total = counts.get(place.code_id, 0)
        self._test = read_filter(db, place.filter, study.visible, study.coder_names)
        self._rows.measure()
        if self._test.trouble:
            self._pages = ChosenPages(db, study.visible)
        elif place.newest or self._test.looks_into_rows:
            self._pages = ChosenPages(db, study.visible)
            self._begin_scan()
        else:
            self._pages = DocumentPages(db, self._wanted())
        self._place.index = index
        self._show(index)
        if not self.is_looking:
            self.found()

    def _begin_scan(self) -> None:
        serial = self._serial

        def found(ids: list[int], done: bool, trouble: str) -> None:
            if ids or done:
                self.post_message(self.Scanned(serial, ids, done, trouble))

        self._scan = Scan(
            self._project.path,
            self._wanted(),
            self._test,
            tuple(self._study.visible),
            self._place.newest,
            found,
        )

    @on(Scanned)
    def _scanned(self, event: Scanned) -> None:
        event.stop()
        if event.serial != self._serial or not isinstance(self._pages, ChosenPages):
            return
        if event.ids:
            self._pages.add(event.ids)
        if event.done:
            self._scan = None
            self._test.trouble = event.trouble
        self._show(self._aim)
        if event.done:
            self.found()

    @property
    def is_looking(self) -> bool:
        """Whether the filter has not looked at everything yet."""
        return self._scan is not None

    @property
    def is_ahead(self) -> bool:
        """Whether the row that is to be highlighted may still be found."""
        return self.is_looking and self._aim >= self._pages.count

    def action_list_move(self, by: int) -> None:
        """Move the highlight, if need be to a row that is yet to be found."""
        if self.is_ahead:
            self.unsay()
            self._show(self._aim + by)
        else:
            super().action_list_move(by)

    _is_bare = False
    """Whether no segment is listed, and none is looked for."""

    def _show(self, index: int) -> None:
        count = self._pages.count
        self.listing.show(count, min(max(index, 0), count - 1) if count else NONE)
        self._aim = max(index, 0)
        self._show_heading()
        if not count:
            self._show_advice()
        if self._is_bare != (bare := not count and not self.is_looking):
            self._is_bare = bare
            self._fit_keys()

    @property
    def idle_keys(self) -> frozenset[str]:
        """What cannot be done where no segment is listed."""
        return _OF_SEGMENTS if self._is_bare else frozenset()

    def _show_heading(self) -> None:
        pages = self._pages
        documents = pages.documents if isinstance(pages, DocumentPages) else 0
        self.query_one("#heading", Rows).show(
            self._rows.heading(
                pages.count, self._total, documents, self.is_looking, self.size.width
            )
        )

    def _show_advice(self) -> None:
        """Say in place of the passage why there is nothing, and what to do about it."""
        self._say_instead(self._rows.advice(self._test, self._total, self.is_looking))

    def _row(self, index: int, cells: int) -> Row:
        segment = self._pages.row(index)
        if segment is None:
            return []
        if is_accessible(self.app):
            return [(self._rows.heard(segment, segment.id in self.marks), PLAIN)]
        return self._rows.segment(segment, segment.id in self.marks, cells)

    def _moved(self, index: int) -> None:
        if not 0 <= index < self._pages.count:
            return
        self._aim = self._place.index = index
        self._show_status()
        self._preview()

    def _show_status(self) -> None:
        segment = self.segment
        if segment is None:
            return
        shown = self._pages.count
        at, marked = self.listing.highlighted, self.marks.count(shown)
        row = self._rows.status(segment, at, shown, marked, self.size.width)
        if not self._tell_marked(marked):
            self.query_one("#status", Rows).show(row)

    def _preview(self) -> None:
        segment = self.segment
        if segment is None:
            return
        if self._is_read_out():
            return
        box = self.query_one("#passage", Rows)
        cells, height = self._passage_cells, box.size.height
        self.query_one("#where", Rows).show(self._rows.where(segment, cells))
        visible, measure = self._study.visible, self.measure
        rows = preview_rows(self._project.db, segment, visible, cells, height, measure)
        box.show(*rows)

    @property
    def segment(self) -> Segment | None:
        """The highlighted segment."""
        index = self.listing.highlighted
        return self._pages.row(index) if 0 <= index < self._pages.count else None

    @property
    def marked(self) -> int:
        """How many segments are marked."""
        return self.marks.count(self._pages.count)

    def chosen_ids(self) -> list[int]:
        """Return the marked segments; without marks, the highlighted one."""
        marks = self.marks
        if marks.all:
            return [each for each in self._pages.ids() if each in marks]
        if marks.these:
            return sorted(marks.these)
        return [self.segment.id] if self.segment else []
