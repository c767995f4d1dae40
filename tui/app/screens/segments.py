"""The page of segments: every passage of a code, in all documents, with what stands around it."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input

from tui.app.division import MEASURE
from tui.app.keybook import hint
from tui.app.screens.comparison import passages_of
from tui.app.screens.manners import Page
from tui.app.screens.picker import CodePicker, Picked
from tui.app.screens.segment_acts import SegmentActs
from tui.app.screens.segment_filter import SegmentFilter, read_filter
from tui.app.screens.segment_pages import ChosenPages, DocumentPages, Pages
from tui.app.screens.segment_preview import preview_rows
from tui.app.screens.segment_rows import Marks, SegmentRows, SegmentsPlace
from tui.app.screens.segment_scan import Scan
from tui.app.screens.spoken import is_accessible
from tui.app.state import Study
from tui.app.widgets.query_field import QueryField
from tui.app.widgets.rows import DIM, PLAIN, Row, Rows, wrapped
from tui.app.widgets.virtual_list import NONE, VirtualList
from tui.project.events import Committed
from tui.store.codings import recent_code_ids
from tui.store.segments import Segment, Wanted

_WIDE = 100
"""From so many cells on the passage stands beside the list."""
_LOW = 18
"""Below so many rows rules are left out."""
_SETTLE = 0.05
"""Seconds after a change before the list is counted anew: bulk acts make many."""


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


class SegmentsScreen(Page[FoundSegment | None]):
    """Lists the segments of a code; the result is the one to go to, or None.

    Args:
        study: the open study.
        code_id: the code.
        place: where the page was left; it is changed when it is left again.
    """

    SCREEN = "segments"
    FILTER_KEYS = "Enter keep  Esc clear   word year>=2013 doc:X coder:X important: memo:"
    AUTO_FOCUS = ""

    @dataclass
    class Scanned(Message):
        """A filter has found more segments, or has ended."""

        serial: int
        ids: list[int]
        done: bool
        trouble: str

    def __init__(self, study: Study, code_id: int, place: SegmentsPlace | None = None) -> None:
        super().__init__()
        self._study = study
        self._project = study.project
        self._place = place or SegmentsPlace()
        if self._place.code_id != code_id:
            # A code that only its branch was coded with is nothing by itself.
            below = not study.direct.get(code_id) and bool(study.branch.get(code_id))
            self._place.code_id, self._place.below = code_id, below
            self._place.filter, self._place.index = "", 0
        self._filtering = False
        self._test = SegmentFilter()
        self._pages: Pages = ChosenPages(self._project.db, ())
        self._total = 0
        """Segments without the filter."""
        self.marks = Marks()
        self._scan: Scan | None = None
        self._serial = 0
        self._stale = False
        self._rows = SegmentRows(study, self._place)
        self._acts = SegmentActs(self, study)

    @property
    def field(self) -> QueryField | None:
        """Where the filter is typed, while it is."""
        return self.query_one(QueryField) if self._filtering else None

    @property
    def listing(self) -> VirtualList:
        """The segments that the filter leaves."""
        return self.query_one(VirtualList)

    def keys_row(self) -> str:
        """Say the keys of the list, or those of the filter."""
        return self.FILTER_KEYS if self._filtering else super().keys_row()

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

    def on_mount(self) -> None:
        """Show the segments, the one highlighted that was when the page was left."""
        self._unsubscribe = self._project.subscribe(self._take)
        self.query_one(".query").display = bool(self._place.filter)
        self.load(self._place.index)

    def on_unmount(self) -> None:
        """Look no further."""
        self._unsubscribe()
        if self._scan is not None:
            self._scan.stop()

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
        self._show_heading()
        self.call_after_refresh(self._preview)

    # What is listed

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
        at = self.listing.highlighted
        self._show(at if at > 0 else self._place.index)

    @property
    def is_looking(self) -> bool:
        """Whether the filter has not looked at everything yet."""
        return self._scan is not None

    def _show(self, index: int) -> None:
        count = self._pages.count
        self.listing.show(count, min(max(index, 0), count - 1) if count else NONE)
        self._show_heading()
        if not count:
            self._show_advice()

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
        lines = self._rows.advice(self._test, self._total, self.is_looking)
        self.query_one("#where", Rows).show()
        self.query_one("#status", Rows).show()
        cells = max((self.query_one("#passage").size.width or self.size.width) - 2, 8)
        rows = [row for line in lines for row in wrapped(line, cells, 3)]
        self.query_one("#passage", Rows).show(*([(" ", PLAIN), *row] for row in rows))

    # What is drawn

    def _row(self, index: int, cells: int) -> Row:
        segment = self._pages.row(index)
        if segment is None:
            return []
        return self._rows.segment(segment, segment.id in self.marks, cells)

    def _moved(self, index: int) -> None:
        if not 0 <= index < self._pages.count:
            return
        self._place.index = index
        self._show_status()
        self._preview()

    def _show_status(self) -> None:
        segment = self.segment
        if segment is None:
            return
        shown = self._pages.count
        at, marked = self.listing.highlighted, self.marks.count(shown)
        row = self._rows.status(segment, at, shown, marked, self.size.width)
        self.query_one("#status", Rows).show(row)

    def _preview(self) -> None:
        segment = self.segment
        if segment is None:
            return
        box = self.query_one("#passage", Rows)
        cells, height = box.size.width or self.size.width, box.size.height
        self.query_one("#where", Rows).show(self._rows.where(segment, cells))
        rows = preview_rows(self._project.db, segment, self._study.visible, cells, height, MEASURE)
        box.show(*rows)

    @property
    def segment(self) -> Segment | None:
        """The highlighted segment."""
        index = self.listing.highlighted
        return self._pages.row(index) if 0 <= index < self._pages.count else None

    # Marks

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

    def action_mark(self) -> None:
        """Mark the highlighted segment, or take its mark off, and go on to the next."""
        segment = self.segment
        if segment is None:
            self.say(f"Nothing to mark · {self.keys_row()}")
            return
        self.marks.toggle(segment.id)
        if self.listing.highlighted + 1 < self.listing.count:
            at = self.listing.highlighted
            self.listing.highlight(at + 1)
            self.listing.refresh_line(at)
        else:
            self.listing.refresh_line(self.listing.highlighted)
        self._show_status()

    def action_mark_all(self) -> None:
        """Mark all that the filter leaves; when all are marked, none."""
        if not self._pages.count:
            self.say(f"Nothing to mark · {self.keys_row()}")
            return
        self.marks.mark_all()
        self.listing.redraw()
        self._show_status()

    # Keys

    def action_open(self) -> None:
        """Close with the highlighted segment."""
        segment = self.segment
        if segment is None:
            other = hint("segments.code", "shows another code")
            self.say(f"Nothing to go to · {other} · Esc back")
            return
        self._place.index = self.listing.highlighted
        self.dismiss(FoundSegment(segment.id, segment.document_id, segment.start, segment.end))

    @on(VirtualList.Chosen)
    def _clicked(self, event: VirtualList.Chosen) -> None:
        event.stop()
        self.action_open()

    def action_act(self, verb: str) -> None:
        """Do something with the marked segments, or with the highlighted one."""
        self.unsay()
        self._acts.do(verb)

    def action_filter(self) -> None:
        """Type a filter."""
        self._filtering = True
        self.query_one(".query").display = True
        self.query_one(QueryField).focus()
        self.show_keys(self.keys_row())

    def action_clear(self) -> None:
        """Clear the filter."""
        if self._place.filter or self._filtering:
            self._end_filter(keep=False)
        else:
            self.say(f"There is no filter to clear · {self.keys_row()}")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value != self._place.filter:
            self._place.filter = event.value
            if self.marks.all:
                self.marks.clear()
            self.load()

    @on(Input.Submitted)
    def _kept(self, event: Input.Submitted) -> None:
        event.stop()
        self._end_filter(keep=True)

    def _end_filter(self, *, keep: bool) -> None:
        self._filtering = False
        field = self.query_one(QueryField)
        if not keep:
            field.value = self._place.filter = ""
            self.marks.clear()
            self.load()
        self.query_one(".query").display = bool(field.value)
        self.set_focus(None)
        self.show_keys(self.keys_row())

    def action_sort(self) -> None:
        """Put the newest first, or go back to the order of the documents."""
        self._place.newest = not self._place.newest
        self.load()

    def action_branch(self) -> None:
        """Show the whole branch, or the code alone."""
        study, place = self._study, self._place
        if not study.children(place.code_id):
            self.say("There is no code below this one")
            return
        place.below = not place.below
        self.marks.clear()
        self.load()

    def action_code(self) -> None:
        """Ask for another code."""

        def picked(found: Picked | None) -> None:
            if found is None:
                return
            if found.new_name is not None or not found.code_ids:
                self.say("A new code has no segments yet · choose one that exists")
                return
            code_id = found.code_ids[0]
            direct = self._study.direct.get(code_id, 0)
            self._place.code_id = code_id
            self._place.below = not direct and bool(self._study.branch.get(code_id))
            self.marks.clear()
            self.load()

        self.app.push_screen(self.picker("Segments of which code?"), picked)

    def picker(self, heading: str) -> CodePicker:
        """Return the box that asks for a code."""
        study, project = self._study, self._project
        recent = recent_code_ids(project.db, project.coder_id)
        return CodePicker(
            study.codes,
            study.direct,
            recent,
            study.slots,
            0,
            self._place.code_id,
            heading=heading,
            passages=lambda code, most: passages_of(study, code, most),
        )

    def action_export(self) -> None:
        """Say the command that writes this list to a file."""
        code = self._study.by_id.get(self._place.code_id)
        parts = ["qual codings --code", code.key if code else "KEY"]
        parts += ["--below"] if self._place.below else []
        parts += self._test.options
        self.say(f"In a shell: {' '.join(parts)} --format csv > segments.csv")

    def action_like(self) -> None:
        """Show passages like these segments that do not have the code yet."""
        # Loaded by those who ask.
        from tui.app.screens.like import FoundLike, LikeScreen  # noqa: PLC0415

        def chosen(found: FoundLike | None) -> None:
            if found is not None:
                place = found.document_id, found.start, found.end
                self.dismiss(FoundSegment(0, *place, found.hits))

        self.app.push_screen(LikeScreen(self._study, self._place.code_id), chosen)

    def action_leave(self) -> None:
        """Clear the filter while it is typed; else close."""
        if self._filtering:
            self._end_filter(keep=False)
        else:
            self.dismiss(None)

    # What changes

    def _take(self, event: Committed) -> None:
        """Count anew soon after a change, own or another's."""
        shown = {"codings", "memos", "codes", "documents", "shown_coders"}
        if not self._stale and event.places() & shown:
            self._stale = True
            self.set_timer(_SETTLE, self._settle)

    def _settle(self) -> None:
        if self._stale and self.is_current:
            self.reload()

    def on_screen_resume(self) -> None:
        """Show what changed while a box was open."""
        super().on_screen_resume()
        self._settle()

    def reload(self) -> None:
        """Count anew, the highlight where it is."""
        if self._place.code_id not in self._study.by_id:
            self.dismiss(None)
            return
        self.load(max(self.listing.highlighted, 0))
