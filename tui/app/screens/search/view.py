"""What the search shows: query, hits, and the passage of the highlighted one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical

from tui.app.document.cells import width
from tui.app.screens.bulk.gather import is_codable
from tui.app.screens.passage_list import OTHER_ROWS, PassageList
from tui.app.screens.search.asked import Asked
from tui.app.screens.search.completing import Completing
from tui.app.screens.search.idle import Acts, acts_in_field, acts_in_list
from tui.app.screens.search.nearby_box import NearbyBox
from tui.app.screens.search.rows import SearchRows
from tui.app.screens.search.searcher import Answer
from tui.app.screens.segments.rows import Marks
from tui.app.screens.spoken import is_accessible
from tui.app.state import Study
from tui.app.widgets.query_field import QueryField
from tui.app.widgets.rows import BOLD, DIM, PLAIN, Row, Rows, wrapped
from tui.app.widgets.virtual_list import VirtualList
from tui.project.project import Project
from tui.project.spans import Unit

_TROUBLE = 3
"""Rows in which it is said at most what is wrong with a query."""


@dataclass(frozen=True, slots=True)
class Found:
    """A hit that was chosen, for the text pane to open."""

    document_id: int
    start: int
    """First code point of the hit; start and end are 0 when only the document is meant."""
    end: int
    query: str
    hits: tuple[tuple[int, int], ...]
    """The words found in that document, as far as the list had them."""
    complete: bool = True
    """Whether the list had all hits."""


class SearchView(PassageList[Found | None]):
    """Draws the answer to a query.

    Args:
        project: the open project.
        query: what stands in the field at first.
        study: what of the project is shown.
        past: the queries of the session.
    """

    SCREEN = "search_page"
    # The field has the focus at first, and not again when a box closes over the list.
    AUTO_FOCUS = ""
    _in_list = False

    def __init__(self, project: Project, query: str, study: Study, past: Asked) -> None:
        super().__init__(project)
        self._query = query
        self._study = study
        self._past = past
        self._acts_now = Acts()
        self.unit: Unit = "sentence"
        """What of a hit is coded."""
        self.marks = Marks()
        """Which hits are marked, by their passages."""
        self._rows = SearchRows(project)
        self.completing = Completing(project)
        """How the query may go on."""
        self._answer = Answer(0, "")

    @property
    def part(self) -> str:
        """The keys that count: those of the list while it has them, else those of the field."""
        return "search_list" if self._in_list else self.SCREEN

    @property
    def field(self) -> QueryField:
        """Where the query is typed."""
        return self.query_one(QueryField)

    @property
    def answer(self) -> Answer:
        """What is shown."""
        return self._answer

    @property
    def query_text(self) -> str:
        """The query as it stands in the field."""
        return self.field.value

    def compose(self) -> ComposeResult:
        """Make query, hits and the passage of the highlighted one."""
        yield Rows(id="heading")
        with Horizontal(classes="query"):
            yield Rows([[("▌", BOLD)]], classes="prompt")
            yield QueryField(self._query, limit=1_000)
            yield Rows(classes="count")
        yield Rows(id="trouble")
        yield Rows(classes="rule")
        with Container(id="results"):
            yield VirtualList(self._row, self._moved)
            with Vertical(id="preview"):
                yield Rows(classes="rule")
                yield Rows(id="where")
                yield Rows(id="passage")
                yield NearbyBox(self._project)
        yield Rows(id="status")
        yield Rows(id="keys")

    def _fit(self, cells: int, height: int) -> None:
        super()._fit(cells, height)
        self.query_one(NearbyBox).fit(height - OTHER_ROWS if self.has_class("-wide") else 0)

    # What is drawn

    def on_query_field_moved(self, event: QueryField.Moved) -> None:
        """Keep the caret under the place that it points to."""
        event.stop()
        self._show_trouble()

    def _show_trouble(self) -> None:
        """Show by a caret where a query cannot be read, and what to write instead."""
        answer = self._answer
        trouble = self.query_one("#trouble", Rows)
        trouble.display = bool(answer.error)
        if not answer.error:
            return
        rows: list[Row] = []
        aloud = is_accessible(self.app)  # a caret is seen, not heard
        if answer.at is not None and not aloud:
            at = self.field.column_of(answer.at)
            rows.append([(" " * max(at + 2, 0) + "^", BOLD)])
        text = f"{answer.error} {answer.hint}".strip()
        if answer.at is not None and aloud:
            text = f"at letter {answer.at + 1}: {text}"
        cells = max(self.size.width - 4, 8)
        rows += [[("  ", PLAIN), *row] for row in wrapped(text, cells, _TROUBLE)]
        trouble.styles.height = len(rows)
        trouble.show(*rows)

    def _show_advice(self) -> None:
        """Say in place of the passage how to ask, or what is nearest to what was asked."""
        self._show_nearby()
        self._say_instead([*self._rows.advice(), *self.completing.said(self._answer.query)])
        self._fit_acts()

    def _row(self, index: int, cells: int) -> Row:
        return self._rows.hit(index, self._is_marked(index), cells)

    def _is_marked(self, index: int) -> bool:
        hit = self._answer.hits[index]
        return is_codable(hit) and hit.passage_id in self.marks

    @property
    def lists_all(self) -> bool:
        """Whether every hit has a row, none is only counted."""
        whole = sum(not hit.partial for hit in self._answer.hits)
        return self._answer.is_counted and int(self._answer.total) == whole

    @property
    def marked(self) -> int:
        """How many hits are marked, as far as they are counted."""
        total = int(self._answer.total.rstrip("+") or 0)
        return self.marks.count(total)

    def _moved(self, index: int) -> None:
        if 0 <= index < len(self._answer.hits):
            self._show_status()
            self._preview()

    def _show_status(self) -> None:
        index = self.listing.highlighted
        if 0 <= index < len(self._answer.hits):
            text = self._rows.status(index, self.marked, self._in_list)
            if self._answer.notes or not self._tell_marked(self.marked):
                self.query_one("#status", Rows).tell(text, DIM)
        self._fit_acts()

    @property
    def idle_keys(self) -> frozenset[str]:
        """What cannot be done with what is shown."""
        return self._acts_now.idle

    @property
    def verbs_now(self) -> Mapping[str, str]:
        """What keys do with what is shown, where that is something else."""
        return self._acts_now.verbs or {}

    def _fit_acts(self) -> None:
        """Offer in the bottom row what can be done now; while it is searched, what could before."""
        if self.is_looking:
            return
        answer, query, at = self._answer, self.field.value, self.listing.highlighted
        hit = answer.hits[at] if 0 <= at < len(answer.hits) else None
        if self._in_list:
            marked = bool(self.marks.all or self.marks.these)
            slots, again = bool(self._study.slots), bool(self._study.last_codes)
            acts = acts_in_list(answer, hit, marked=marked, slots=slots, again=again)
        else:
            way = not answer.has_whole and bool(self.completing.ways(query))
            acts = acts_in_field(answer, hit, query, way=way, past=not self._past.is_empty)
        if acts != self._acts_now:
            self._acts_now = acts
            self._fit_keys()

    def _preview(self) -> None:
        """Show the passage of the highlighted hit with what stands around it."""
        index = self.listing.highlighted
        if not 0 <= index < len(self._answer.hits):
            self._show_advice()
            return
        if self._is_read_out():
            return
        hit = self._answer.hits[index]
        box = self.query_one("#passage", Rows)
        cells = self._passage_cells
        self.query_one("#where", Rows).show(self._rows.where(hit, cells))
        box.show(*self._rows.passage(hit, cells, box.size.height, self.measure))
        self._show_nearby()

    def _show_nearby(self) -> None:
        """Show under the passage which codes are near, and where the hits are."""
        box = self.query_one(NearbyBox)
        box.tell_of(self._answer, self.listing.highlighted, self._rows.codes)

    def _count(self, text: str) -> None:
        count = self.query_one(".count", Rows)
        count.styles.width = max(width(text) + 1, 2)
        count.tell(text, BOLD)
