"""The page that searches while a query is typed: what it asks, and what it draws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input

from tui.app.document.cells import width
from tui.app.screens.asked import Asked
from tui.app.screens.completing import Completing
from tui.app.screens.finding import FindingPage
from tui.app.screens.gather import is_codable
from tui.app.screens.nearby_box import NearbyBox
from tui.app.screens.search_idle import Acts, acts_in_field, acts_in_list
from tui.app.screens.search_rows import SearchRows
from tui.app.screens.searcher import Answer, Searcher
from tui.app.screens.segment_rows import Marks
from tui.app.screens.spoken import is_accessible
from tui.app.state import Study
from tui.app.widgets.query_field import QueryField
from tui.app.widgets.rows import BOLD, DIM, PLAIN, Row, Rows, wrapped
from tui.app.widgets.virtual_list import NONE, VirtualList
from tui.project.events import Committed
from tui.project.project import Project
from tui.project.spans import Unit
from tui.text.counted import counted

_WIDE = 100
"""From so many cells on the passage stands beside the list."""
_LOW = 18
"""Below so many rows headings and rules are left out."""
_OTHER_ROWS = 5
"""Rows above and below the list."""
_TROUBLE = 3
"""Rows in which it is said at most what is wrong with a query."""
_PATIENCE = 0.15
"""Seconds after which a search that goes on is said to."""
_SETTLE = 0.3
"""Seconds after a change, own or another's, until the hits are shown anew."""


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


class SearchPage(FindingPage[Found | None]):
    """Asks the thread, draws its answers, and knows whether field or list has the keys.

    Args:
        project: the open project.
        document_id: the only document to search in; None for all.
        query: what stands in the field at first; typing replaces it.
        study: what of the project is shown; read anew when left out.
        asked: the queries of the session.
    """

    SCREEN = "search_page"
    # The field has the focus at first, and not again when a box closes over the list.
    AUTO_FOCUS = ""
    _in_list = False

    @dataclass
    class Answered(Message):
        """A question was answered."""

        answer: Answer

    def __init__(
        self,
        project: Project,
        document_id: int | None,
        query: str = "",
        *,
        study: Study | None = None,
        asked: Asked | None = None,
    ) -> None:
        super().__init__()
        self._project = project
        self._query = query
        self._study = study or Study(project)
        self._past = asked or Asked()
        names = {one.id: one.name for one in self._study.documents}
        self.document_name: str | None = names.get(document_id or 0)
        self.unit: Unit = "sentence"
        """What of a hit is coded."""
        self.marks = Marks()
        """Which hits are marked, by their passages."""
        self._acts_now = Acts()
        self._rows = SearchRows(project)
        self.completing = Completing(project)
        """How the query may go on."""
        self._answer = Answer(0, "")
        self._asked = 0
        self._typed_last = query
        """What stood in the field when it was asked last."""
        self.wider = ""
        """The query before the list was narrowed by a key, until that is answered."""
        self._stale = False
        self._searcher: Searcher | None = None

    @property
    def part(self) -> str:
        """The keys that count: those of the list while it has them, else those of the field."""
        return "search_list" if self._in_list else self.SCREEN

    @property
    def field(self) -> QueryField:
        """Where the query is typed."""
        return self.query_one(QueryField)

    @property
    def listing(self) -> VirtualList:
        """The hits."""
        return self.query_one(VirtualList)

    @property
    def answer(self) -> Answer:
        """What is shown."""
        return self._answer

    @property
    def query_text(self) -> str:
        """The query as it stands in the field."""
        return self.field.value

    @property
    def is_looking(self) -> bool:
        """Whether what is shown is not yet the answer to what stands in the field."""
        return self._asked != self._answer.serial or self._unasked

    @property
    def _unasked(self) -> bool:
        """Whether what was typed last has not been asked yet."""
        query = self.field.value
        return bool(query.strip()) and query != self._typed_last

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

    def on_mount(self) -> None:
        """Start the thread, and ask what was asked before."""
        count = len(self._study.documents)
        place = (
            f"in {self.document_name}"
            if self.document_name
            else f"all {counted(count, 'document')}"
        )
        self.query_one("#heading", Rows).show(
            [(" SEARCH  ", BOLD), (f"{place} · letters may be wrong · case only if typed", DIM)]
        )
        self._rows.codes = {code.key: code for code in self._study.codes}
        self._searcher = Searcher(
            self._project.path, self._project.coder, self.document_name, self._post
        )
        self._unsubscribe = self._project.subscribe(self._take)
        self.query_one("#trouble").display = False
        self.field.focus()
        self.field.action_select_all()
        self._show_advice()
        if self._query.strip():
            self._ask(self._query)

    def _post(self, answer: Answer) -> None:
        """Take an answer over from the thread."""
        self.post_message(self.Answered(answer))

    def on_unmount(self) -> None:
        """End the thread."""
        if self._searcher is not None:
            self._unsubscribe()
            self._searcher.close()

    def on_resize(self, event: events.Resize) -> None:
        """Put the passage beside the list where there is room, else below it."""
        cells, height = event.size
        wide = cells >= _WIDE and not is_accessible(self.app)
        self.set_class(wide, "-wide")
        self.set_class(height < _LOW, "-low")
        for rule in self.query(".rule").results(Rows):
            rule.tell("─" * cells, DIM)
        preview = self.query_one("#preview")
        preview.styles.height = None if wide else max(height * 2 // 5, 4)
        self.query_one(NearbyBox).fit(height - _OTHER_ROWS if wide else 0)
        self.call_after_refresh(self._preview)

    def take_letter(self, letter: str) -> bool:
        """Let a letter that was typed early replace the old query, as any other would."""
        if self._in_list:
            return False
        if self.field.value == self._query and not self._strays:
            self.field.value = ""
            self.field.initial = 0
        return super().take_letter(letter)

    # Asking

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._offer()
        if event.value != self._answer.query or self.is_looking:
            self.marks.clear()
            self._ask(event.value)

    def _offer(self) -> None:
        """Show behind the query how the name at its end may go on."""
        ways = self.completing.ways(self.field.value) if self.field.cursor_at_end else ()
        aloud = is_accessible(self.app)  # there it would be read out as if it were typed
        self.field.offer(ways[0][0] if ways and not aloud else "")

    def _ask(self, query: str) -> None:
        if self._searcher is None:
            return
        self._typed_last = query
        if not query.strip():
            self._searcher.stop()
            self._asked = 0
            self._show(Answer(0, ""))
            return
        self._asked = self._searcher.ask(query, self.unit)
        self.set_timer(_PATIENCE, self._say_searching)

    def _say_searching(self) -> None:
        if self.is_looking:
            self._count("searching…")

    @on(Answered)
    def _answered(self, event: Answered) -> None:
        event.stop()
        answer = event.answer
        if answer.serial not in (0, self._asked):
            return
        nothing = not answer.has_whole and not answer.error and bool(answer.serial)
        before, self.wider = self.wider, ""
        if self._in_list and nothing and before and answer.query == self.field.value:
            # The list would be gone, and the key that narrowed it with it.
            with self.field.prevent(Input.Changed):
                self.field.value = before
            self._ask(before)
            self.say("Every passage found has a code on it: none is left without one")
            return
        if self._in_list and (nothing or answer.error):
            self._leave_list()
        self._show(answer)
        self.found()

    def _show(self, answer: Answer) -> None:
        before = self._answer
        counted = answer.serial == before.serial and answer.hits == before.hits
        self._answer = answer
        self._asked = answer.serial
        self._rows.take(answer)
        self._count(self._rows.total())
        if counted and answer.serial:
            self._show_status()
            self._show_nearby()
            return
        self._show_trouble()
        at = 0
        if answer.query == before.query and self.listing.highlighted > 0:
            at = self._row_of(before, answer)
        self.listing.show(len(answer.hits), at if answer.hits else NONE)
        if not answer.hits:
            self._show_advice()

    def _row_of(self, before: Answer, answer: Answer) -> int:
        """Return the row on which the highlighted passage is now; the nearest one when it left."""
        at = self.listing.highlighted
        passage = before.hits[at].passage_id if at < len(before.hits) else 0
        rows = (row for row, hit in enumerate(answer.hits) if passage and hit.passage_id == passage)
        return next(rows, min(at, len(answer.hits) - 1))

    def _count(self, text: str) -> None:
        count = self.query_one(".count", Rows)
        count.styles.width = max(len(text) + 1, 2)
        count.tell(text, BOLD)

    def reload(self) -> None:
        """Show the hits as they are coded now, the highlighted one where it is."""
        self._stale = False
        self._rows.codes = {code.key: code for code in self._study.codes}
        if self.field.value.strip():
            self._ask(self.field.value)
        self._show_status()

    def _take(self, event: Committed) -> None:
        """Show the hits anew soon after a change, own or another's."""
        self.completing.forget()
        if not self._stale and event.places() & {"codings", "codes", "documents", "shown_coders"}:
            self._stale = True
            self.set_timer(_SETTLE, self._settle)

    def _settle(self) -> None:
        if self._stale and self.is_current:
            self.reload()

    def on_screen_resume(self) -> None:
        """Show what changed while a box was open."""
        super().on_screen_resume()
        if self.is_attached and self._searcher is not None:
            self._settle()

    # What is drawn

    def _show_trouble(self) -> None:
        """Show by a caret where a query cannot be read, and what to write instead."""
        answer = self._answer
        trouble = self.query_one("#trouble", Rows)
        trouble.display = bool(answer.error)
        if not answer.error:
            return
        rows: list[Row] = []
        if answer.at is not None:
            at = width(answer.query[: answer.at][-400:]) - self.field.scroll_offset.x
            rows.append([(" " * max(at + 2, 0) + "^", BOLD)])
        text = f"{answer.error} {answer.hint}".strip()
        cells = max(self.size.width - 4, 8)
        rows += [[("  ", PLAIN), *row] for row in wrapped(text, cells, _TROUBLE)]
        trouble.styles.height = len(rows)
        trouble.show(*rows)

    def _show_advice(self) -> None:
        """Say in place of the passage how to ask, or what is nearest to what was asked."""
        self.query_one("#status", Rows).show()
        self.query_one("#where", Rows).show()
        self._show_nearby()
        cells = max(self._preview_cells() - 2, 8)
        ways = self.completing.said(self._answer.query)
        lines = [*self._rows.advice(), *ways]
        rows = [row for line in lines for row in wrapped(line, cells, 3)]
        self.query_one("#passage", Rows).show(*([(" ", PLAIN), *row] for row in rows))
        self._fit_acts()

    def _row(self, index: int, cells: int) -> Row:
        return self._rows.hit(index, self._is_marked(index), cells)

    def _is_marked(self, index: int) -> bool:
        hit = self._answer.hits[index]
        return is_codable(hit) and hit.passage_id in self.marks

    @property
    def names(self) -> list[str]:
        """The names of the documents that are searched in."""
        every = [each.name for each in self._study.documents]
        return every if self.document_name is None else [self.document_name]

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

    def _preview_cells(self) -> int:
        return self.query_one("#passage").size.width or self.size.width

    def _preview(self) -> None:
        """Show the passage of the highlighted hit with what stands around it."""
        index = self.listing.highlighted
        if not 0 <= index < len(self._answer.hits):
            self._show_advice()
            return
        hit = self._answer.hits[index]
        box = self.query_one("#passage", Rows)
        cells = self._preview_cells()
        self.query_one("#where", Rows).show(self._rows.where(hit, cells))
        box.show(*self._rows.passage(hit, cells, box.size.height, self.measure))
        self._show_nearby()

    def _show_nearby(self) -> None:
        """Show under the passage which codes are near, and where the hits are."""
        box = self.query_one(NearbyBox)
        box.tell_of(self._answer, self.listing.highlighted, self._rows.codes)

    # Who has the keys

    def _leave_list(self) -> None:
        self._in_list = False
        self.wait_no_more()
        self._switch()
        self.field.focus()
        self._show_status()

    def _switch(self) -> None:
        self._bind()
        self.query_one(".prompt", Rows).tell(" " if self._in_list else "▌", BOLD)
        self._show_status()
        self.show_keys(self.keys_row())
