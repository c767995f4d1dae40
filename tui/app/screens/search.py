"""The page that searches while a query is typed."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input

from tui.app.division import MEASURE
from tui.app.document.cells import width
from tui.app.screens.manners import Page
from tui.app.screens.searcher import Answer, Searcher
from tui.app.screens.spoken import is_accessible
from tui.app.widgets.kwic import Excerpt, in_line
from tui.app.widgets.query_field import QueryField
from tui.app.widgets.rows import BOLD, DIM, PLAIN, Row, Rows, clip, column, columns, wrapped
from tui.app.widgets.virtual_list import NONE, VirtualList
from tui.model.code import Code
from tui.project.project import Project
from tui.search.hit import Hit
from tui.store.codes import list_codes
from tui.store.documents import list_documents, read_passages

_WIDE = 100
"""From so many cells on the passage stands beside the list."""
_LOW = 18
"""Below so many rows headings and rules are left out."""
_KEYS_FROM = 90
"""From so many cells on codes are shown by their keys, below by the letters of their lanes."""
_PATIENCE = 0.15
"""Seconds after which a search that goes on is said to."""
_AROUND = 1_200
"""Code points of a passage shown on each side of a hit."""
_NEIGHBOURS = 2


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


class SearchScreen(Page[Found | None]):
    """Searches the project, or one document of it.

    Args:
        project: the open project.
        document_id: the only document to search in; None for all.
        query: what stands in the field at first; typing replaces it.
    """

    SCREEN = "search_page"
    AUTO_FOCUS = "QueryField"

    @dataclass
    class Answered(Message):
        """A question was answered."""

        answer: Answer

    def __init__(self, project: Project, document_id: int | None, query: str = "") -> None:
        super().__init__()
        self._project = project
        self._document_id = document_id
        self._query = query
        self._documents = {one.id: one for one in list_documents(project.db)}
        self._codes: dict[str, Code] = {code.key: code for code in list_codes(project.db)}
        self._answer = Answer(0, "")
        self._asked = 0
        self._searcher: Searcher | None = None

    @property
    def field(self) -> QueryField:
        """Where the query is typed."""
        return self.query_one(QueryField)

    @property
    def listing(self) -> VirtualList:
        """The hits."""
        return self.query_one(VirtualList)

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
        yield Rows(id="status")
        yield Rows(id="keys")

    def on_mount(self) -> None:
        """Start the thread, and ask what was asked before."""
        document = self._documents.get(self._document_id or 0)
        place = f"in {document.name}" if document else f"all {len(self._documents)} documents"
        self.query_one("#heading", Rows).show(
            [(" SEARCH  ", BOLD), (f"{place} · letters may be wrong · case only if typed", DIM)]
        )
        self._searcher = Searcher(
            self._project.path,
            self._project.coder,
            document.name if document else None,
            self._post,
        )
        self.query_one("#trouble").display = False
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
        self.call_after_refresh(self._preview)

    def take_letter(self, letter: str) -> bool:
        """Let a letter that was typed early replace the old query, as any other would."""
        if self.field.value == self._query and not self._strays:
            self.field.value = ""
            self.field.initial = 0
        return super().take_letter(letter)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value != self._answer.query or self._asked != self._answer.serial:
            self._ask(event.value)

    def _ask(self, query: str) -> None:
        if self._searcher is None:
            return
        if not query.strip():
            self._searcher.stop()
            self._asked = 0
            self._show(Answer(0, ""))
            return
        self._asked = self._searcher.ask(query)
        self.set_timer(_PATIENCE, self._say_searching)

    def _say_searching(self) -> None:
        if self._asked != self._answer.serial:
            self._count("searching…")

    @on(Answered)
    def _answered(self, event: Answered) -> None:
        event.stop()
        if event.answer.serial in (0, self._asked):
            self._show(event.answer)

    def _show(self, answer: Answer) -> None:
        self._answer = answer
        self._asked = answer.serial
        self._name_cells = self._widest_name()
        self._count(_hits(answer.total) if answer.query and not answer.error else "")
        self._show_trouble()
        self.listing.show(len(answer.hits), 0 if answer.hits else NONE)
        if not answer.hits:
            self._show_advice()

    def _widest_name(self) -> int:
        names = {self._place(hit)[0] for hit in self._answer.hits}
        return max((width(clip(name, 24)) for name in names), default=8)

    def _count(self, text: str) -> None:
        count = self.query_one(".count", Rows)
        count.styles.width = max(len(text) + 1, 2)
        count.tell(text.rjust(len(text)), BOLD)

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
        rows += [[("  ", PLAIN), *row] for row in wrapped(text, cells, 2)]
        trouble.styles.height = len(rows)
        trouble.show(*rows)

    def _show_advice(self) -> None:
        """Say in place of the passage how to ask, or what is nearest to what was asked."""
        answer = self._answer
        lines: list[str] = []
        if answer.error:
            lines = ["Nothing is searched until the query can be read."]
        elif answer.query:
            lines = [f"0 hits for {clip(answer.query, 60)}."]
            if answer.nearest:
                words = [f"{word}: {', '.join(near)}" for word, near in answer.nearest]
                lines.append("Nearest words · " + " · ".join(words))
            lines += answer.notes
        else:
            lines = [
                "Words in any order; letters may be wrong.",
                '"exact phrase"   /regular expression/   code:KEY   uncoded:   doc:NAME',
                "year>=2013   coder:NAME   in:memos   in:codes   -code:KEY",
            ]
        self.query_one("#status", Rows).tell(" " + " ".join(answer.notes), DIM)
        self.query_one("#where", Rows).show()
        cells = max(self._preview_cells() - 2, 8)
        rows = [row for line in lines for row in wrapped(line, cells, 3)]
        self.query_one("#passage", Rows).show(*([(" ", PLAIN), *row] for row in rows))

    def _place(self, hit: Hit) -> tuple[str, str]:
        """Return what a hit is in, and where."""
        if hit.code is not None:
            return "codebook", hit.code
        if hit.memo is not None:
            return hit.document or "project", "memo"
        return hit.document, f"¶{hit.number}"

    def _row(self, index: int, cells: int) -> Row:
        hit = self._answer.hits[index]
        name, place = self._place(hit)
        name_cells = min(self._name_cells, max(cells // 5, 8))
        codes = self._codes_of(hit, cells)
        codes_cells = min(max(cells // 8, 6), 20)
        text_cells = max(cells - name_cells - codes_cells - 9, 10)
        base = 0 if hit.memo is not None or hit.code is not None else hit.start
        hits = [(start - base, end - base) for start, end in hit.hits]
        sign = "~" if hit.partial else " "
        head: Row = [(f"{sign}{column(name, name_cells)} {column(place, 6)} ", DIM)]
        text = in_line(hit.text, hits, text_cells, text_cells // 3)
        return columns([*head, *text], [(column(codes, codes_cells), PLAIN)], cells)

    def _codes_of(self, hit: Hit, cells: int) -> str:
        """Return the codes on a hit as short as the room asks for."""
        if hit.memo is not None:
            return "memo"
        if hit.code is not None:
            return "code"
        if not hit.codes:
            return "-"
        if cells < _KEYS_FROM:
            known = [self._codes[key].letter or "~" for key in hit.codes if key in self._codes]
            return " ".join(known)
        return " ".join(hit.codes)

    def _moved(self, index: int) -> None:
        hits = self._answer.hits
        if 0 <= index < len(hits):
            whole = [hit for hit in hits if not hit.partial]
            places = {self._place(hit)[0] for hit in whole}
            bare = sum(not hit.codes and hit.memo is None for hit in whole)
            text = f" {index + 1} of {self._answer.total} in {len(places)} "
            text += "document" if len(places) == 1 else "documents"
            if bare and "uncoded:" not in self._answer.query:
                text += f" · {bare} of them without a code (uncoded: finds these)"
            if hits[index].partial:
                text = " This one misses a word of the query (~)"
            if self._answer.notes:
                text = " " + " ".join(self._answer.notes)
            self.query_one("#status", Rows).tell(text, DIM)
            self._preview()

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
        cells, height = self._preview_cells(), box.size.height
        name, place = self._place(hit)
        codes = [self._codes[key].name for key in hit.codes if key in self._codes]
        what = ", ".join(codes) or "uncoded"
        self.query_one("#where", Rows).show(
            columns([(f" {clip(name, 40)} {place}", BOLD)], [(f"{clip(what, 60)} ", DIM)], cells)
        )
        margin = 6
        text_cells = min(cells - margin - 1, MEASURE)
        rows: list[Row] = []
        first = 0
        for excerpt in self._excerpts(hit):
            drawn, at = excerpt.rows(text_cells, margin)
            if excerpt.bright[0] < excerpt.bright[1]:
                first = len(rows) + at
            rows += [*drawn, []]
        # One row of what stands before, if there is any, and the hit in sight.
        top = max(0, min(first - min(height // 3, 2), len(rows) - height))
        box.show(*rows[top : top + height])

    def _excerpts(self, hit: Hit) -> list[Excerpt]:
        if hit.memo is not None or hit.code is not None or hit.document_id is None:
            return [Excerpt("", hit.text[: 2 * _AROUND], (0, len(hit.text)), hit.hits)]
        first, last = hit.number - _NEIGHBOURS, hit.number + _NEIGHBOURS
        found: list[Excerpt] = []
        for passage in read_passages(self._project.db, hit.document_id, first, last):
            label = f" ¶{passage.number}"
            if passage.number != hit.number:
                part = slice(-_AROUND, None) if passage.number < hit.number else slice(_AROUND)
                found.append(Excerpt(label, passage.text[part], (0, 0)))
                continue
            low = max(0, hit.start - passage.start - _AROUND)
            high = hit.end - passage.start + _AROUND
            base = passage.start + low
            found.append(
                Excerpt(
                    label,
                    passage.text[low:high],
                    (hit.start - base, hit.end - base),
                    [(start - base, end - base) for start, end in hit.hits],
                )
            )
        return found

    @on(VirtualList.Chosen)
    @on(Input.Submitted)
    def _entered(self, event: VirtualList.Chosen | Input.Submitted) -> None:
        event.stop()
        self.action_open()

    def action_open(self) -> None:
        """Close with the highlighted hit."""
        index = self.listing.highlighted
        answer = self._answer
        if not 0 <= index < len(answer.hits) or answer.error:
            self.say("Nothing to go to yet · type words of a passage · Esc back")
            return
        hit = answer.hits[index]
        if hit.document_id is None:
            what = "code" if hit.code is not None else "memo"
            self.say(f"This {what} is on no place of a document · Esc back")
            return
        hits = {
            span
            for one in answer.hits
            if one.document_id == hit.document_id and one.memo is None
            for span in one.hits
        }
        self.dismiss(
            Found(
                hit.document_id,
                max(hit.start, 0),
                max(hit.end, 0),
                answer.query,
                tuple(sorted(hits)),
                "+" not in answer.total,
            )
        )

    def action_leave(self) -> None:
        """Give up a search that goes on; else close without a hit."""
        if self._searcher is not None and self._asked != self._answer.serial:
            self._searcher.stop()
            self._asked = self._answer.serial
            self._count("stopped")
            self.say("The search was stopped · Esc back")
        else:
            self.dismiss(None)


def _hits(total: str) -> str:
    """Return ``37 hits`` or ``1 hit``."""
    return f"{total} hit" if total == "1" else f"{total} hits"
