"""The page of documents as a list: which are shown, in which order, what is told of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message

from tui.app.keybook import hint, key
from tui.app.screens.documents.facts import NO_FACTS, UNREAD, Facts, Line, read_facts
from tui.app.screens.documents.filter import Filter, no_condition
from tui.app.screens.documents.panel import group_rows, panel_rows
from tui.app.screens.documents.table import (
    Column,
    Entry,
    Group,
    columns_for,
    fitting,
    grouped,
    in_order,
    spoken_line,
)
from tui.app.screens.filtering import FilteredPage
from tui.app.screens.spoken import is_accessible
from tui.app.widgets.query_field import QueryField
from tui.app.widgets.rows import BOLD, DIM, PLAIN, Row, Rows, clip, column, columns
from tui.app.widgets.virtual_list import NONE, VirtualList
from tui.app.work import in_thread
from tui.errors import QualError
from tui.model.memo import MemoTarget
from tui.project.project import Project
from tui.store.codes import list_codes
from tui.store.counts import total_segments
from tui.store.documents import list_documents
from tui.store.memos import list_memos
from tui.store.reader import open_reader

_MANY = 300
_MANY_SEGMENTS = 20_000
"""Of more documents or codings than these, what is known is read in a thread."""
_WIDE = 140
_PANEL = 50
"""From so wide a screen on, all about the highlighted document stands beside the list."""
_SOURCE = 70
"""From so wide a screen on, the file it came from is named below."""


class DocumentList(FilteredPage[int | None]):
    """Lists the documents; the result is the id of the one to open, or None.

    Args:
        project: the open project.
        current_id: the document that is open now; None for none.
    """

    SCREEN = "documents"
    VIEW = "view.documents"
    AUTO_FOCUS = ""
    FILTER_KEYS = "Enter keep  Esc clear · name role=x year>2013 coded:KEY -coded:KEY uncoded:"

    @dataclass
    class FactsRead(Message):
        """What is known of the documents has been read in a thread."""

        facts: dict[int, Facts]

    def __init__(self, project: Project, current_id: int | None) -> None:
        super().__init__()
        self._project = project
        self._current_id = current_id
        self._lines: list[Line] = []
        self._shown: list[Line] = []
        self._entries: list[Entry] = []
        """What the list shows: documents, and headings of groups."""
        self._marked: set[int] = set()
        self._columns: list[Column] = []
        self._fitting: list[Column] = []
        self._sorted_by = ""
        """Heading of the column that the list is sorted by; empty for the order of the project."""
        self._turned = False
        """Whether that order is turned round."""
        self._grouped_by = ""
        """The attribute whose values head the groups; empty for none."""
        self._summary = ""

    @property
    def listing(self) -> VirtualList:
        """The documents that the filter leaves."""
        return self.query_one(VirtualList)

    def compose(self) -> ComposeResult:
        """Make heading, filter, table and, for wide screens, the panel."""
        with Horizontal(classes="query"):
            yield Rows(id="heading")
            yield QueryField(limit=400)
            yield Rows(classes="count")
        with Horizontal(id="results"):
            with Vertical():
                yield Rows(id="columns")
                yield Rows(classes="rule")
                yield VirtualList(self._row, self._moved)
            yield Rows(id="panel")
        yield Rows(id="trouble")
        yield Rows(id="status")
        yield Rows(id="keys")

    def on_mount(self) -> None:
        """Show the documents, the open one highlighted."""
        self.query_one(QueryField).display = False
        self.query_one("#trouble").display = False
        self.query_one("#panel").display = self.is_wide
        self._read()
        self._select(self._current_id)

    @property
    def is_wide(self) -> bool:
        """Whether all about the highlighted document stands beside the list."""
        return self.app.size.width >= _WIDE and not is_accessible(self.app)

    def on_resize(self, event: events.Resize) -> None:
        """Show as many columns as there is room for."""
        self.query_one("#panel").display = self.is_wide
        self._lay_out()
        self.call_after_refresh(self.listing.redraw)

    # What there is

    def _read(self) -> None:
        """Read the documents anew."""
        project = self._project
        documents = list_documents(project.db)
        coder_id, coder_ids = project.coder_id, project.visible_coder_ids()
        self._codes = list_codes(project.db)
        if len(documents) > _MANY or total_segments(project.db, coder_ids) > _MANY_SEGMENTS:
            known = {line.document.id: line.facts for line in self._lines}
            self._lines = [Line(each, known.get(each.id, UNREAD)) for each in documents]
            self._lay_out()
            in_thread(lambda: self._read_facts(coder_id, coder_ids), "documents")
            return
        facts = read_facts(project.db, coder_id, coder_ids)
        self._lines = [Line(document, facts.get(document.id, NO_FACTS)) for document in documents]
        self._lay_out()

    def _read_facts(self, coder_id: int, coder_ids: list[int]) -> None:
        """Read in a thread what is known of the documents; the list is shown already."""
        try:
            db = open_reader(self._project.path)
            facts = read_facts(db, coder_id, coder_ids)
            db.close()
        except QualError:
            return  # the list stays as it is; whoever opens a document is told
        self._post(self.FactsRead(facts))

    def _post(self, message: Message) -> None:
        """Take a message over from a thread."""
        self.post_message(message)

    @on(FactsRead)
    def _take_facts(self, event: FactsRead) -> None:
        event.stop()
        chosen = self._highlighted_id
        self._lines = [
            Line(line.document, event.facts.get(line.document.id, NO_FACTS)) for line in self._lines
        ]
        self._lay_out()
        self._select(chosen)

    # What is shown

    def _lay_out(self) -> None:
        self._columns = columns_for(self._lines, wide=self.is_wide)
        self._arrange()

    def _attributes(self) -> list[str]:
        return [one.attribute for one in self._columns if one.attribute]

    def _arrange(self) -> None:
        """Show what the filter leaves, in the order and the groups that are wanted."""
        self._fit()
        chosen = self._highlighted_id
        text = self.query_one(QueryField).value
        wanted = Filter(text, self._attributes(), self._codes)
        by = next((one for one in self._columns if one.title == self._sorted_by), None)
        left = [line for line in self._lines if wanted.holds(line)]
        self._shown = in_order(left, by, turned=self._turned)
        self._entries = grouped(self._shown, self._grouped_by)
        self._tell_heading(by, filtered=bool(text) or self._filtering)
        self._sum_up()
        self.listing.show(len(self._entries), 0 if self._entries else NONE)
        self._select(chosen)
        self._advise(wanted)

    def _fit(self) -> None:
        cells = self.size.width - (_PANEL + 1) * self.is_wide
        self.query_one(".rule", Rows).tell("─" * cells, DIM)
        self._fitting = fitting(self._columns, max(cells - 4, 20), self._sorted_by)
        heads = [column(one.title, one.cells, right=one.right) for one in self._fitting]
        self.query_one("#columns", Rows).tell("    " + "  ".join(heads), DIM)

    def _tell_heading(self, by: Column | None, *, filtered: bool) -> None:
        heading = [(f" DOCUMENTS {len(self._lines):,} ", BOLD)]
        if filtered:
            heading.append((" filter: ", DIM))
        box = self.query_one("#heading", Rows)
        box.styles.width = sum(len(part) for part, _ in heading)
        box.show(heading)
        arrow = "▼" if (by is not None and by.down) != self._turned else "▲"
        order = f"sort: {clip(self._sorted_by or 'imported', 14)} {arrow} "
        if self._filtering:
            order = f"{len(self._shown):,} left "
        elif self._grouped_by:
            order = f"group: {clip(self._grouped_by, 14)}   {order}"
        count = self.query_one(".count", Rows)
        count.styles.width = len(order) + 1
        count.tell(order, DIM)

    def _sum_up(self) -> None:
        """Say what is shown in numbers."""
        shown = self._shown
        text = f"{len(shown):,} of {len(self._lines):,} shown"
        if all(line.facts.known for line in shown):
            coded = sum(line.is_coded for line in shown)
            uncoded = sum(line.facts.uncoded for line in shown)
            text += f" · {coded:,} fully coded · {uncoded:,} uncoded ¶"
        else:
            text += " · counting…"
        if self._marked:
            unseen = len(self._marked - {line.document.id for line in shown})
            text += f" · {len(self._marked):,} marked" + (f" ({unseen} not shown)" * bool(unseen))
        self._summary = text

    def _advise(self, wanted: Filter) -> None:
        if wanted.trouble:
            self._status(wanted.trouble)
        elif not self._lines:
            self._status(
                f"No documents yet. {key('documents.import')} imports a file or a folder of them."
            )
        elif not self._shown:
            why = "No document matches this filter."
            if wanted.taken_as_word:
                why = no_condition(wanted.taken_as_word, "coded: uncoded: unread:") + "."
            self._status(f"{why} Esc clears it.")
        else:
            self._moved(self.listing.highlighted)

    def _status(self, text: str) -> None:
        self.query_one("#status", Rows).tell(f" {text}", DIM)

    def _select(self, document_id: int | None) -> None:
        for at, entry in enumerate(self._entries):
            if isinstance(entry, Line) and entry.document.id == document_id:
                self.listing.highlight(at)
                return

    def _row(self, index: int, cells: int) -> Row:
        entry = self._entries[index]
        if isinstance(entry, Group):
            return [(f" {entry.words()}", BOLD)]
        document = entry.document
        mark = "*" if document.id in self._marked else " "
        sign = "✓" if entry.is_coded else "•" if document.id == self._current_id else " "
        if is_accessible(self.app):
            state = "  open" if document.id == self._current_id else ""
            state += "  fully coded" if entry.is_coded else ""
            marked = "marked  " if document.id in self._marked else ""
            return [(f"{marked}{spoken_line(entry, self._columns)}{state}", PLAIN)]
        parts = [column(one.show(entry), one.cells, right=one.right) for one in self._fitting]
        return [(f"{mark}{sign} ", BOLD), ("  ".join(parts), PLAIN)]

    def _moved(self, index: int) -> None:
        if not 0 <= index < len(self._entries):
            return
        entry = self._entries[index]
        source = ""
        wide = self.size.width >= _SOURCE and not is_accessible(self.app)
        if isinstance(entry, Line) and wide:
            source = clip(entry.document.source, 24)
            if entry.document.notes and not self.is_wide:
                source += f" ({entry.document.notes})"
        row = columns([(f" {self._summary}", DIM)], [(f"{source} ", DIM)], self.size.width)
        self.query_one("#status", Rows).show(row)
        if self.is_wide:
            self._tell_panel(entry)

    def _tell_panel(self, entry: Entry) -> None:
        box = self.query_one("#panel", Rows)
        if isinstance(entry, Group):
            box.show(*group_rows(entry, _PANEL))
            return
        memos = list_memos(
            self._project.db,
            coder_ids=self._project.visible_coder_ids(),
            target=MemoTarget("document", document_id=entry.document.id),
        )
        names = {code.key: code.name for code in self._codes}
        box.show(*panel_rows(entry, [memo.text for memo in memos], names, _PANEL))

    @property
    def _entry(self) -> Entry | None:
        index = self.listing.highlighted
        return self._entries[index] if 0 <= index < len(self._entries) else None

    @property
    def _line(self) -> Line | None:
        entry = self._entry
        return entry if isinstance(entry, Line) else None

    @property
    def _highlighted_id(self) -> int | None:
        line = self._line
        return line.document.id if line else None

    # The filter

    def _filter(self) -> None:
        self._arrange()

    # Order, groups, marks

    def action_sort(self) -> None:
        """Sort by the next column."""
        orders = ["", *(one.title for one in self._columns)]
        at = orders.index(self._sorted_by) if self._sorted_by in orders else 0
        self._sorted_by = orders[(at + 1) % len(orders)]
        self._turned = False
        self._arrange()

    def action_reverse(self) -> None:
        """Sort the other way round."""
        self._turned = not self._turned
        self._arrange()

    def action_group(self) -> None:
        """Group by the next attribute, after the last one by none."""
        names = ["", *self._attributes()]
        if len(names) == 1:
            self.say(f"No attributes to group by yet · {hint('documents.attribute', 'sets one')}")
            return
        at = names.index(self._grouped_by) if self._grouped_by in names else 0
        self._grouped_by = names[(at + 1) % len(names)]
        self._arrange()

    def action_mark(self) -> None:
        """Mark the highlighted document and go on; on a heading, its whole group."""
        entry = self._entry
        if entry is None:
            self.say("Nothing here to mark")
            return
        lines: Iterable[Line] = entry.lines if isinstance(entry, Group) else [entry]
        self._turn_marks(lines)
        if isinstance(entry, Line) and self.listing.highlighted + 1 < self.listing.count:
            self.listing.move(1)

    def action_mark_all(self) -> None:
        """Mark all that are shown; when all are marked, none."""
        self._turn_marks(self._shown)

    def _turn_marks(self, lines: Iterable[Line]) -> None:
        ids = {line.document.id for line in lines}
        if ids <= self._marked:
            self._marked -= ids
        else:
            self._marked |= ids
        self._sum_up()
        self._moved(self.listing.highlighted)
        self.listing.redraw()

    def _chosen(self) -> list[Line]:
        """Return the marked documents that are shown, else the highlighted one, else none."""
        marked = [line for line in self._shown if line.document.id in self._marked]
        if marked or self._line is None:
            return marked
        return [self._line]
