"""The desk of an open study: what actions ask for, and what a change makes different."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from tui.app.action import Pane
from tui.app.actions.copy import quotation
from tui.app.desk import KeyReader, Program, Questions, TreePane
from tui.app.document.edges import Edges
from tui.app.document.lanes import LaneCoding
from tui.app.document.passage_table import StoredTable
from tui.app.document.text_source import DocumentText
from tui.app.document.view import CodingView
from tui.app.keybook import hint
from tui.app.screens.clipboard import copy_long, copy_out
from tui.app.screens.here import here_entries
from tui.app.screens.spoken import code_sentence, selection_sentence
from tui.app.state import Fresh, Study
from tui.app.terminal import CLIPBOARD_LIMIT
from tui.app.themes import lane_colors
from tui.app.widgets.code_tree import CodeTree
from tui.app.widgets.here_hints import next_keys
from tui.app.widgets.here_row import HereRow
from tui.app.widgets.inspector import HereLine, Inspector
from tui.app.widgets.status_row import StatusRow
from tui.app.widgets.title_row import TitleRow
from tui.app.work import in_thread
from tui.errors import ProjectLocked
from tui.model.document import Document, Passage
from tui.model.memo import MemoTarget
from tui.project.edits.readings import mark_passages
from tui.project.events import Committed
from tui.project.project import Project
from tui.store.cases import document_attributes
from tui.store.codings import spans_of_document
from tui.store.desk import bookmarks_of_document, read_place
from tui.store.documents import passage_ids, passage_number, passage_spans, read_passages
from tui.store.journal import list_changes
from tui.store.memos import annotated_spans, coding_signs, list_memos
from tui.store.readings import reading_states

if TYPE_CHECKING:
    from tui.app.screens.workbench import Workbench

NAMES = 100
"""From this width on there is room for names beside the text."""
_LAST_ACTS = 3
_MARK_AGAIN = 0.5
"""Seconds until reading is marked again that could not be, since another process was writing."""


class OpenDesk:
    """The open study with its panes.

    Args:
        project: the open project.
        bench: the screen that shows it, with its widgets mounted.
        ask: makes the questions for this desk.
    """

    def __init__(
        self, project: Project, bench: Workbench, ask: Callable[[OpenDesk], Questions]
    ) -> None:
        self.project = project
        self.study = Study(project)
        self._bench = bench
        self._view = bench.query_one(CodingView)
        self._tree = bench.query_one(CodeTree)
        self._title = bench.query_one(TitleRow)
        self._here = bench.query_one(HereRow)
        self._status = bench.query_one(StatusRow)
        self._inspector = bench.query_one(Inspector)
        self._comparison = bench.comparison
        self.ask = ask(self)
        self._passage_ids = range(0)
        """Of the open document, by number less one."""
        self._states: dict[int, str] = {}
        """Reading states by passage number, of the open document."""
        self._told: object = None
        self._told_edges: Edges | None = None
        self._signs: dict[int, str] = {}
        """Coding id to what it carries, of the codings at the selection."""
        self._version = 0
        self._hits_shown = False
        self._attributes = ""
        self._marking: list[tuple[int, int, int]] = []
        project.subscribe(self.take)

    # What actions may touch

    @property
    def view(self) -> CodingView:
        """The text pane."""
        return self._view

    @property
    def tree(self) -> TreePane:
        """The code tree."""
        return self._tree

    @property
    def program(self) -> Program:
        """The program on its terminal."""
        return self._bench.app

    @property
    def pane(self) -> Pane:
        """The pane that has the keys."""
        # What the screen says holds at once; a widget hears of its focus only later.
        return "tree" if self._bench.focused is self._tree else "text"

    def say(self, text: str) -> None:
        """Show what was done."""
        self._bench.say(text)

    def refuse(self, reason: str) -> None:
        """Show why a key did nothing."""
        self._bench.refuse(reason)

    def open_document(
        self,
        document_id: int,
        place: tuple[int, int] | None = None,
        hits: Iterable[tuple[int, int]] = (),
    ) -> None:
        """Show a document, at a span or where this coder left it."""
        if self.study.document is None or self.study.document.id != document_id:
            found = next((d for d in self.study.documents if d.id == document_id), None)
            if found is None:
                self.refuse("That document is no longer in the project")
                return
            self._show(found, place)
            self.tell_title()
        elif place is not None:
            self._view.select(*place)
        self._show_hits(hits)
        self.tell()

    def read_keys(self, reader: KeyReader) -> None:
        """Give the keys that follow to a reader."""
        self._bench.read_keys(reader)

    def copy(self, document_id: int, start: int, end: int, source: str) -> None:
        """Copy a span with the line that cites it for other programs, and say how."""
        app = self._bench.app
        if end - start <= CLIPBOARD_LIMIT:
            text = quotation(self._view.text.slice(start, end), source)
            self.say(copy_out(app, text, end - start))
            return
        # No terminal takes that much, and to read it takes time.
        self.say(f"Copying {end - start:,} characters…")
        path = self.project.path

        def copied(said: str) -> None:
            self._bench.say(said)

        copy_long(app, path, (document_id, start, end), source, copied)

    def go_to_pane(self, pane: Pane) -> None:
        """Give a pane the keys, unfolded."""
        self._bench.go_to_pane(pane)

    def fold_tree(self) -> None:
        """Fold the tree away, or back."""
        self._bench.fold_tree()

    def compare(self) -> bool:
        """Show passages of the code at the tree's cursor, or put them away; tell which."""
        self._comparison.is_shown = not self._comparison.is_shown
        self._bench.divide()
        # The rows are told when they have their new places.
        self._bench.call_after_refresh(self.tell_all)
        return self._comparison.is_shown

    def put_away(self) -> bool:
        """Put one thing away: moved edges, the focus, stretching, hits, comparison, first steps."""
        if self._view.put_edges_back():
            self.say(f"The edges are back where they were   {hint('code.focus_next', 'goes on')}")
        elif self._view.focused_coding is not None:
            self._view.set_focus_coding(None)
        elif self.study.stretching:
            self.study.stretching = False
        elif self._hits_shown:
            self._show_hits(())
        elif self._comparison.is_shown:
            self.compare()
        else:
            return self._bench.put_steps_away()
        return True

    def show_first_steps(self) -> None:
        """Show the first steps from the beginning."""
        self._bench.show_steps()

    def desk_changed(self) -> None:
        """Show pins and hidden branches as they are now."""
        self.study.read_desk()
        self._view.hidden_codes = self.study.hidden
        self._tree.update()
        self._tell_slots()
        self.tell_title()
        self._version += 1

    def do_said(self, saying: str, doing: str, do: Callable[[], None]) -> None:
        """Say what is done, and do it once that is on the screen."""
        self.say(saying)
        self._bench.call_after_refresh(self._do_now, doing, do)

    def _do_now(self, doing: str, do: Callable[[], None]) -> None:
        self._bench.guarded(doing, do)
        self.tell()

    def mark_read_later(self, document_id: int, start: int, end: int) -> None:
        """Mark passages read once the screen has been painted."""
        if not self.project.read_only:
            self._marking.append((document_id, start, end))
            self._bench.call_after_refresh(self._bench.guarded, "mark read", self._mark_read)

    def in_background(self, doing: str, work: Callable[[], Callable[[], None]]) -> None:
        """Do ``work`` in a thread, then what it returns here; its errors become words here."""

        def run() -> None:
            try:
                then = work()
            except Exception as error:  # noqa: BLE001 - it is raised again where it is shown
                then = _raising(error)
            self._bench.call_later(self._bench.guarded, doing, then)
            self._bench.call_later(self.tell)

        in_thread(run, doing)

    def leave(self) -> None:
        """End the program."""
        self._bench.leave()

    # What is shown

    def start(self, place: tuple[int, int, int] | None) -> None:
        """Show the study: the document and span given, or the first document."""
        study = self.study
        colors = lane_colors(study.codes)
        self._tree.show_study(study, colors)
        found = next((d for d in study.documents if place and d.id == place[0]), None)
        if found is not None and place is not None:
            self._show(found, (place[1], place[2]))
        elif study.documents:
            self._show(study.documents[0], None)
        self.tell_all()

    def _show(self, document: Document, place: tuple[int, int] | None) -> None:
        project = self.project
        if place is None:
            place = read_place(project.db, project.coder_id, document.id)
        text = DocumentText(self._table(document), self._fetch(document.id))
        self._passage_ids = passage_ids(project.db, document.id)
        self.study.document = document
        self._view.set_others(self.study.others)
        self._view.open(document, text, self._spans(), self.study.codes, place)
        self._view.set_codes(self.study.codes, lane_colors(self.study.codes))
        self._view.hidden_codes = self.study.hidden
        self._read_states()
        self._view.set_bookmarks(bookmarks_of_document(project.db, project.coder_id, document.id))
        self._read_annotations()
        self._hits_shown = False
        self._attributes = " ".join(
            f"{name}={value}"
            for name, value in document_attributes(project.db).get(document.id, {}).items()
        )

    def tell_title(self) -> None:
        """Draw the text pane's title anew: which pane has the keys, the attributes if they fit."""
        wide = self._bench.size.width >= NAMES
        hidden = self._hidden_words()
        notes = [f"lanes: {hidden}" if hidden and wide else hidden]
        notes += [self._attributes] if wide else []
        self._view.set_title_note(" · ".join(note for note in notes if note))

    def _hidden_words(self) -> str:
        """Say that lanes are missing, when some are."""
        study = self.study
        if study.solo is not None and study.solo in study.by_id:
            return f"only {study.by_id[study.solo].key}"
        return f"{len(study.hidden)} hidden" if study.hidden else ""

    def _table(self, document: Document) -> StoredTable:
        db = self.project.db
        return StoredTable(
            document.passages,
            lambda first, last: passage_spans(db, document.id, first, last),
            lambda offset: passage_number(db, document.id, offset),
        )

    def _fetch(self, document_id: int) -> Callable[[int, int], list[Passage]]:
        return lambda first, last: read_passages(self.project.db, document_id, first, last)

    def _show_hits(self, hits: Iterable[tuple[int, int]]) -> None:
        found = list(hits)
        self._hits_shown = bool(found)
        self._view.set_hits(found)

    def _spans(self) -> list[tuple[int, int, int, int, int]]:
        document = self.study.document
        if document is None:
            return []
        return spans_of_document(self.project.db, document.id, self.study.visible)

    def _read_states(self) -> None:
        document = self.study.document
        if document is None:
            return
        ids = self._passage_ids
        states = reading_states(self.project.db, self.project.coder_id, ids)
        self._states = {each - ids.start + 1: state for each, state in states.items()}
        self._view.set_reading(self._states)

    def _read_annotations(self) -> None:
        document = self.study.document
        if document is not None:
            spans = annotated_spans(self.project.db, document.id, self.study.visible)
            self._view.set_annotations(spans)

    def _mark_read(self) -> None:
        try:
            while self._marking:
                with self.project.without_waiting():
                    mark_passages(self.project, *self._marking[0], "read")
                del self._marking[0]
        except ProjectLocked:  # another process writes: the reader need not wait for that
            self._bench.set_timer(
                _MARK_AGAIN, lambda: self._bench.guarded("mark read", self._mark_read)
            )

    # What changes make different

    def take(self, event: Committed) -> None:
        """Show what a change made different, own or another's; draw nothing else."""
        fresh = self.study.take(event)
        self._version += 1
        on_their_way = self._view.focused if self._view.moved_edges else None
        if fresh.everything:
            self._show_anew()
        else:
            # The pane looks into these states when it draws the codings: one look at its rows does.
            read = fresh.readings and self._take_readings(event)
            if not self._show_codings(fresh) and read:
                self._view.set_reading(self._states)
            if fresh.memos:
                self._read_annotations()
        if fresh.title:
            self._title.tell_study(self.study)
        self._bench.committed(event)
        self._tell_acts()
        if not event.own:
            if on_their_way is not None and self._view.moved_edges is None:
                self._say_overtaken(on_their_way)
            self.tell()

    def _say_overtaken(self, coding: LaneCoding) -> None:
        code = self.study.by_id.get(coding.code_id)
        name = f"{code.key} {code.name}" if code else "The coding"
        there = self._view.focused is not None
        what = "were changed elsewhere" if there else "were moved, but it was taken off elsewhere"
        self._bench.show_error(
            f"The edges of {name} {what} meanwhile.",
            "Yours were not kept; o focuses what is there now." if there else "Nothing was stored.",
        )

    def _show_anew(self) -> None:
        study, document = self.study, self.study.document
        colors = lane_colors(study.codes)
        self._tree.show_study(study, colors)
        self._view.set_codes(study.codes, colors)
        self._view.set_others(study.others)
        kept = next((d for d in study.documents if document and d.id == document.id), None)
        if kept is None:
            study.document = None
            if study.documents:
                self._show(study.documents[0], None)
            else:
                self._view.open(None, DocumentText.from_passages(()), (), ())
        elif kept != document:
            at = self._view.selected_span
            self._show(kept, at)
        else:
            self._view.set_codings(self._spans())
            self._view.hidden_codes = study.hidden
            self._read_states()
            self._read_annotations()
        self._title.tell_study(study)
        self._tell_slots()
        self.tell_title()

    def _show_codings(self, fresh: Fresh) -> bool:
        """Show codings that came, went or moved; tell whether any lies in the open document."""
        document = self.study.document
        for document_id, coding_id in fresh.gone:
            if document and document_id == document.id:
                self._view.coding_removed(coding_id)
        for document_id, span in fresh.shown:
            if document and document_id == document.id:
                self._view.coding_added(span)
        if fresh.counted:
            self._tree.recount(fresh.counted)
        return document is not None and any(
            document_id == document.id for document_id, _ in (*fresh.gone, *fresh.shown)
        )

    def _take_readings(self, event: Committed) -> bool:
        """Note which passages of the open document were read; tell whether any was."""
        changed = False
        for image in event.images:
            if image.place != "readings":
                continue
            coder, _, passage = image.row_key.partition("/")
            if int(passage) not in self._passage_ids or int(coder) != self.project.coder_id:
                continue
            number = int(passage) - self._passage_ids.start + 1
            state = (image.after or {}).get("state")
            if state is None:
                self._states.pop(number, None)
            else:
                self._states[number] = str(state)
            changed = True
        return changed

    # The rows around the panes

    def tell(self) -> None:
        """Show what is selected in the rows below, when it has changed."""
        view = self._view
        study = self.study
        selected = (self.pane, self._tree.highlighted, view.selection, view.focused_coding)
        given = (study.last_codes, study.last_go_words, study.offer, study.advance)
        state = (*selected, self._version, given, study.stretching, study.document)
        self._tell_comparison()
        edges_only = state == self._told
        if edges_only and view.edges == self._told_edges:
            return
        self._told, self._told_edges = state, view.edges
        here = view.codings_here()
        # Edges on their way change nothing that is stored: nothing is read for them.
        if not edges_only:
            ids = [coding.id for coding in here]
            self._signs = coding_signs(self.project.db, ids, study.visible)
        hints = next_keys(
            study, here, view.focused, moved=view.moved_edges is not None, pane=self.pane
        )
        memo = view.annotated_here
        self._here.tell_codings(study, here, view.focused, hints, self._signs, memo=memo)
        self.tell_status()
        if self._inspector.display and not edges_only:
            self._tell_inspector([coding.id for coding in here])

    def _tell_comparison(self) -> None:
        document, span = self.study.document, self._view.selected_span or (0, 0)
        at = (document.id if document else 0, *span)
        self._comparison.tell(self.study, self._tree.highlighted, at, self._version)

    def tell_status(self) -> None:
        """Show what is selected, in words."""
        code = self._tree.highlighted if self.pane == "tree" else None
        view = self._view
        if view.edges is not None and view.focused is not None:
            moved = view.moved_edges is not None
            # The end moves unless x was pressed; which one does must be seen at every width.
            which = "beginning" if view.edges.at.backward else "edges"
            code_id, words = view.focused.code_id, view.edges_words()
            self._status.tell_edges(self.study, code_id, words, which=which, moved=moved)
        elif self._bench.app.accessible:
            self._status.tell_sentence(
                selection_sentence(
                    self.study,
                    self._view.unit_words(),
                    self._view.codings_here(),
                    memo=self._view.annotated_here,
                )
                if code is None
                else code_sentence(self.study, code)
            )
        elif code is None:
            stretching = "stretching · " if self.study.stretching else ""
            self._status.tell_state(self.study, stretching + self._view.unit_words())
        else:
            self._status.tell_code(self.study, code)

    def tell_all(self) -> None:
        """Show everything in the rows around the panes: the width has changed."""
        self._told = None
        self.tell_title()
        self._title.tell_study(self.study)
        self._tell_slots()
        self._tell_acts()
        self.tell()

    def _tell_inspector(self, coding_ids: list[int]) -> None:
        focused = self._view.focused_coding
        entries = here_entries(self, coding_ids)
        self._inspector.tell_here(
            [
                HereLine(
                    row.letter,
                    row.name,
                    row.place,
                    row.coder,
                    row.when,
                    ("m" if row.memo else "") + ("!" if row.important else "")
                    + ("" if row.own else "●"),
                    row.coding_id == focused,
                )
                for row in entries
            ]
        )  # fmt: skip
        chosen = next((row for row in entries if row.coding_id == focused), None)
        chosen = chosen or next((row for row in entries if row.memo), None)
        if chosen is not None and chosen.memo:
            memos = list_memos(
                self.project.db,
                coder_ids=self.study.visible,
                target=MemoTarget("coding", coding_id=chosen.coding_id),
            )
            self._inspector.tell_memo(f"MEMO  {chosen.name}", memos[-1].text if memos else "")
        else:
            self._inspector.tell_memo("", "")

    def _tell_acts(self) -> None:
        if self._inspector.display:
            project = self.project
            changes = list_changes(project.db, coder_ids=[project.coder_id], limit=_LAST_ACTS)
            self._inspector.tell_acts(
                [
                    (change.at[11:16], f"{'undone: ' * (change.kind == 'undo')}{change.subject}")
                    for change, _ in changes
                ]
            )

    def _tell_slots(self) -> None:
        if self._inspector.display:
            by_id = self.study.by_id
            self._inspector.tell_slots(
                {slot: by_id[code_id].name for slot, code_id in self.study.slots.items()}
            )


def _raising(error: Exception) -> Callable[[], None]:
    def again() -> None:
        raise error

    return again
