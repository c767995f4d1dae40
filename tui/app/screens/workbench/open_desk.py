"""The desk of an open study: what actions ask for, and what a change makes different."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from tui.app.action import Pane
from tui.app.actions.copy import quotation
from tui.app.desk import KeyReader, Program, Questions, TreePane
from tui.app.document.lanes import LaneCoding
from tui.app.document.passage_table import StoredTable
from tui.app.document.text_source import DocumentText
from tui.app.keybook import hint
from tui.app.screens.clipboard import copy_long, copy_out
from tui.app.screens.workbench.desk_rows import DeskRows
from tui.app.state import Fresh
from tui.app.terminal import CLIPBOARD_LIMIT
from tui.app.themes import lane_colors
from tui.app.work import in_thread
from tui.errors import ProjectLocked
from tui.model.document import Document, Passage
from tui.project.edits.readings import mark_passages
from tui.project.events import Committed
from tui.project.project import Project
from tui.store.cases import document_attributes
from tui.store.codings import spans_of_document
from tui.store.desk import bookmarks_of_document, read_place
from tui.store.documents import passage_ids, passage_number, passage_spans, read_passages
from tui.store.memos import annotated_spans
from tui.store.readings import reading_states

if TYPE_CHECKING:
    from tui.app.screens.workbench.screen import Workbench

_MARK_AGAIN = 0.5
"""Seconds until reading is marked again that could not be, since another process was writing."""


class OpenDesk(DeskRows):
    """The open study with its panes.

    Args:
        project: the open project.
        bench: the screen that shows it, with its widgets mounted.
        ask: makes the questions for this desk.
    """

    def __init__(
        self, project: Project, bench: Workbench, ask: Callable[[OpenDesk], Questions]
    ) -> None:
        super().__init__(project, bench)
        self.ask = ask(self)
        self._passage_ids = range(0)
        """Of the open document, by number less one."""
        self._states: dict[int, str] = {}
        """Reading states by passage number, of the open document."""
        self._hits_shown = False
        self._marking: list[tuple[int, int, int]] = []
        project.subscribe(self.take)

    # What actions may touch

    @property
    def tree(self) -> TreePane:
        """The code tree."""
        return self._tree

    @property
    def program(self) -> Program:
        """The program on its terminal."""
        return self._bench.app

    def say(self, text: str) -> None:
        """Show what was done."""
        self._bench.say(text)

    def unsay(self) -> None:
        """Take back what was said last."""
        self._bench.end_notice()

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
        """Put one thing away: a far look, moved edges, the focus, stretching, hits, comparison,
        first steps.
        """
        look, self.study.look = self.study.look, None
        if look is not None:
            look.stop()
            self.say("No longer looking")
        elif self._view.put_edges_back():
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


def _raising(error: Exception) -> Callable[[], None]:
    def again() -> None:
        raise error

    return again
