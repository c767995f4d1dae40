"""The page of documents: which there are, how far each is, opening, renaming, importing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input

from tui.app.keybook import hint, key
from tui.app.screens.confirm import ConfirmScreen
from tui.app.screens.document_table import (
    NO_FACTS,
    UNREAD,
    Column,
    Facts,
    Filter,
    Line,
    columns_for,
    fitting,
    read_facts,
)
from tui.app.screens.importer import Importer, Progress
from tui.app.screens.manners import Page
from tui.app.screens.prompt import PromptScreen
from tui.app.widgets.query_field import QueryField
from tui.app.widgets.rows import BOLD, DIM, PLAIN, Row, Rows, clip, column, columns, wrapped
from tui.app.widgets.virtual_list import NONE, VirtualList
from tui.app.work import in_thread
from tui.errors import QualError
from tui.project.edits.documents import delete_document, rename_document
from tui.project.project import Project
from tui.project.undo import redo, undo
from tui.store.documents import list_documents
from tui.store.reader import open_reader

_ASK_ABOVE = 20
"""Deleting more codings than this asks for a word to be typed."""
_REFUSED_SHOWN = 5
_MANY = 300
"""Of more documents than this, what is known is read in a thread."""


class DocumentsScreen(Page[int | None]):
    """Lists the documents; the result is the id of the one to open, or None.

    Args:
        project: the open project.
        current_id: the document that is open now; None for none.
    """

    SCREEN = "documents"
    AUTO_FOCUS = ""

    @dataclass
    class FactsRead(Message):
        """What is known of the documents has been read in a thread."""

        facts: dict[int, Facts]

    @dataclass
    class ImportMoved(Message):
        """An import has come further, or ended."""

        progress: Progress

    def __init__(self, project: Project, current_id: int | None) -> None:
        super().__init__()
        self._project = project
        self._current_id = current_id
        self._lines: list[Line] = []
        self._shown: list[Line] = []
        self._columns: list[Column] = []
        self._fitting: list[Column] = []
        self._sorted_by = ""
        """Heading of the column that the list is sorted by; empty for the order of the project."""
        self._filtering = False
        self._importer: Importer | None = None

    @property
    def field(self) -> QueryField | None:
        """Where the filter is typed, while it is."""
        return self.query_one(QueryField) if self._filtering else None

    @property
    def listing(self) -> VirtualList:
        """The documents that the filter leaves."""
        return self.query_one(VirtualList)

    def keys_row(self) -> str:
        """Say the keys of the list, or those of the filter."""
        if self._filtering:
            return "Enter keep  Esc clear   name  year>=2013  role=x  coded:KEY  -coded:KEY"
        if self._importer is not None:
            return f"{key('documents.stop')} stops after this file"
        return super().keys_row()

    def compose(self) -> ComposeResult:
        """Make heading, filter and table."""
        with Horizontal(classes="query"):
            yield Rows(id="heading")
            yield QueryField(limit=400)
            yield Rows(classes="count")
        yield Rows(id="columns")
        yield Rows(classes="rule")
        yield VirtualList(self._row, self._moved)
        yield Rows(id="trouble")
        yield Rows(id="status")
        yield Rows(id="keys")

    def on_mount(self) -> None:
        """Show the documents, the open one highlighted."""
        self.query_one(QueryField).display = False
        self.query_one("#trouble").display = False
        self._read()
        self._select(self._current_id)

    def on_resize(self, event: events.Resize) -> None:
        """Show as many columns as there is room for."""
        self.query_one(".rule", Rows).tell("─" * event.size.width, DIM)
        self._fit()
        self.call_after_refresh(self.listing.redraw)

    def _read(self) -> None:
        """Read the documents anew."""
        project = self._project
        documents = list_documents(project.db)
        coder_id, coder_ids = project.coder_id, project.visible_coder_ids()
        if len(documents) > _MANY:
            self._lines = [Line(document, UNREAD) for document in documents]
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

    @on(FactsRead)
    def _take_facts(self, event: FactsRead) -> None:
        event.stop()
        chosen = self._line
        self._lines = [
            Line(line.document, event.facts.get(line.document.id, NO_FACTS)) for line in self._lines
        ]
        self._lay_out()
        self._select(chosen.document.id if chosen else None)

    def _lay_out(self) -> None:
        self._columns = columns_for(self._lines)
        self._fit()
        self._arrange()

    def _fit(self) -> None:
        self._fitting = fitting(self._columns, max(self.size.width - 4, 20))
        heads = [column(one.title, one.cells, right=one.right) for one in self._fitting]
        self.query_one("#columns", Rows).tell("    " + "  ".join(heads), DIM)

    def _arrange(self) -> None:
        """Show what the filter leaves, in the order that is wanted."""
        text = self.query_one(QueryField).value
        names = [one.title for one in self._columns[5:]]
        wanted = Filter(text, names)
        self._shown = [line for line in self._lines if wanted.holds(line)]
        by = next((one for one in self._columns if one.title == self._sorted_by), None)
        if by is not None:
            self._shown.sort(key=by.order)
        total = f"{len(self._lines):,}"
        heading = [(f" DOCUMENTS {total} ", BOLD)]
        if text or self._filtering:
            heading.append((" filter: ", DIM))
        box = self.query_one("#heading", Rows)
        box.styles.width = sum(len(part) for part, _ in heading)
        box.show(heading)
        count = self.query_one(".count", Rows)
        order = f"sort: {clip(self._sorted_by or 'order', 12)} "
        count.styles.width = len(order) + 1
        count.tell(order, DIM)
        self._advise(wanted)

    def _advise(self, wanted: Filter) -> None:
        self.listing.show(len(self._shown), 0 if self._shown else NONE)
        if wanted.unknown:
            known = ", ".join(clip(one.title, 20) for one in self._columns[5:]) or "none yet"
            self._status(f"No attribute {clip(wanted.unknown[0], 20)} · there are: {known}")
        elif not self._lines:
            self._status(
                f"No documents yet. {key('documents.import')} imports a file or a folder of them."
            )
        elif not self._shown:
            self._status("No document matches this filter. Esc clears it.")

    def _status(self, text: str) -> None:
        self.query_one("#status", Rows).tell(f" {text}", DIM)

    def _select(self, document_id: int | None) -> None:
        places = [at for at, line in enumerate(self._shown) if line.document.id == document_id]
        if places:
            self.listing.highlight(places[0])

    def _row(self, index: int, cells: int) -> Row:
        line = self._shown[index]
        sign = "✓" if line.is_done else "•" if line.document.id == self._current_id else " "
        parts = [column(one.show(line), one.cells, right=one.right) for one in self._fitting]
        return [(f" {sign} ", BOLD), ("  ".join(parts), PLAIN)]

    def _moved(self, index: int) -> None:
        if self._importer is not None or not 0 <= index < len(self._shown):
            return
        done = sum(line.is_done for line in self._shown)
        left = sum(line.document.passages - line.seen for line in self._shown)
        text = f"document {index + 1} of {len(self._shown):,} · {done} read to the end"
        text += f" · {left:,} ¶ to read"
        source = clip(self._shown[index].document.source, 24)
        notes = self._shown[index].document.notes
        if notes:
            source += f" ({notes})"
        row = columns([(f" {text}", DIM)], [(f"{source} ", DIM)], self.size.width)
        self.query_one("#status", Rows).show(row)

    @property
    def _line(self) -> Line | None:
        index = self.listing.highlighted
        return self._shown[index] if 0 <= index < len(self._shown) else None

    def action_open(self) -> None:
        """Close with the highlighted document."""
        if self._busy():
            return
        if self._line is None:
            self.say(f"Nothing to open · {self.keys_row()}")
        else:
            self.dismiss(self._line.document.id)

    @on(VirtualList.Chosen)
    def _clicked(self, event: VirtualList.Chosen) -> None:
        event.stop()
        self.action_open()

    def action_filter(self) -> None:
        """Type a filter."""
        self._filtering = True
        field = self.query_one(QueryField)
        field.display = True
        field.focus()
        self._arrange()
        self.show_keys(self.keys_row())

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        chosen = self._line
        self._arrange()
        self._select(chosen.document.id if chosen else None)

    @on(Input.Submitted)
    def _kept(self, event: Input.Submitted) -> None:
        event.stop()
        self._end_filter(keep=True)

    def _end_filter(self, *, keep: bool) -> None:
        self._filtering = False
        chosen = self._line
        field = self.query_one(QueryField)
        if not keep:
            field.value = ""
        field.display = bool(field.value)
        self.set_focus(None)
        self._arrange()
        self._select(chosen.document.id if chosen else None)
        self.show_keys(self.keys_row())

    def action_sort(self, by: int) -> None:
        """Sort by the next column."""
        orders = ["", *(one.title for one in self._columns)]
        at = orders.index(self._sorted_by) if self._sorted_by in orders else 0
        self._sorted_by = orders[(at + by) % len(orders)]
        chosen = self._line
        self._arrange()
        self._select(chosen.document.id if chosen else None)

    def action_leave(self) -> None:
        """Clear the filter; without one, close."""
        if self._filtering or self.query_one(QueryField).value:
            self._end_filter(keep=False)
        elif not self._busy():
            self.dismiss(None)

    def _busy(self) -> bool:
        """Say so while an import goes on."""
        if self._importer is None:
            return False
        self.say(f"An import goes on · {key('documents.stop')} stops it after this file")
        return True

    def action_rename(self) -> None:
        """Ask for another name of the highlighted document."""
        line = self._line
        if line is None or self._busy():
            return
        document = line.document

        def renamed(name: str | None) -> None:
            if name is not None and name != document.name:
                self._do(lambda: rename_document(self._project, document.id, name))
                self._select(document.id)

        box = PromptScreen("New name of the document", document.name, "It must be new here.")
        self.app.push_screen(box, renamed)

    def action_delete(self) -> None:
        """Ask, then delete the highlighted document."""
        line = self._line
        if line is None or self._busy():
            return
        document, segments = line.document, line.facts.segments
        codings = f"{segments:,} codings go with it. " if segments else ""

        def answered(yes: bool | None) -> None:
            if yes:
                at = self.listing.highlighted
                self._do(lambda: delete_document(self._project, document.id))
                self.listing.highlight(at)

        box = ConfirmScreen(
            f"Delete {clip(document.name, 60)}?",
            f"{codings}{key('documents.undo')} undoes it.",
            "delete" if segments > _ASK_ABOVE else None,
        )
        self.app.push_screen(box, answered)

    def _do(self, act: Callable[[], object], then: str = "") -> None:
        """Do an act and show what it did with what can be done then, or why it was refused."""
        chosen = self._line
        try:
            act()
        except QualError as error:
            self.say(f"{error.message} {error.hint}".strip())
            return
        self._read()
        self._select(chosen.document.id if chosen else None)
        change = self._project.last_change
        if change is not None:
            self.say(f"{clip(change.subject, 60)}   {then or hint('documents.undo', 'undo')}")

    def action_undo(self) -> None:
        """Take this coder's newest act back, whatever it was."""
        if not self._busy():
            again = hint("documents.undo", "again takes one more back")
            self._do(lambda: undo(self._project), f"{again}   {hint('documents.redo', 'redo')}")

    def action_redo(self) -> None:
        """Bring back what was taken back last."""
        if not self._busy():
            self._do(lambda: redo(self._project))

    def action_import(self) -> None:
        """Ask for a file or a folder and bring it in."""
        if self._busy():
            return
        reason = self._project.read_only_reason
        if reason is not None:
            self.say(f"This project is read-only. {reason.message}")
            return

        def named(path: str | None) -> None:
            if path is not None:
                self._show_refused(())
                self._importer = Importer(
                    path,
                    self._project.path,
                    self._project.coder,
                    lambda progress: self._post(self.ImportMoved(progress)),
                )
                self.show_keys(self.keys_row())

        hint = "A file (.txt .md) or a folder of them; ~ is your home."
        self.app.push_screen(PromptScreen("Import", "", hint), named)

    def _post(self, message: Message) -> None:
        """Take a message over from the thread."""
        self.post_message(message)

    @on(ImportMoved)
    def _imported(self, event: ImportMoved) -> None:
        event.stop()
        progress = event.progress
        if not progress.finished:
            share = progress.done * 8 // max(progress.total, 1)
            bar = "▓" * share + "░" * (8 - share)
            number = min(progress.done + 1, progress.total)
            name = clip(progress.file, 40)
            self._status(f"Importing {number}/{progress.total}  {name}  {bar}")
            return
        self._importer = None
        self._project.poll()
        self._read()
        self._select(progress.made[0] if progress.made else None)
        self._show_refused(progress.refused)
        self.show_keys(self.keys_row())
        made = len(progress.made)
        text = (
            f"Imported {made} of {progress.total} files"
            if progress.total != 1
            else ("Imported 1 file" if made else "Nothing was imported")
        )
        if progress.stopped:
            text += ", stopped"
        if progress.left_out:
            text += f" · left out: {clip(', '.join(progress.left_out), 40)}"
        if progress.notes:
            text += f" · {progress.notes[0]}"
        self._status(text + (f"   {hint('documents.undo', 'undo')}" if made else ""))

    def _show_refused(self, refused: list[tuple[str, str]] | tuple[()]) -> None:
        """Say which files were not brought in, and why."""
        box = self.query_one("#trouble", Rows)
        rows: list[Row] = []
        cells = max(self.size.width - 2, 10)
        most = 4 if len(refused) == 1 else 2
        for name, why in refused[:_REFUSED_SHOWN]:
            label = "" if clip(name, 40) in why else f"{clip(name, 40)}: "
            rows += [[(" ", PLAIN), *row] for row in wrapped(label + why, cells, most)]
        if len(refused) > _REFUSED_SHOWN:
            rows.append([(f" … and {len(refused) - _REFUSED_SHOWN} more", DIM)])
        box.display = bool(rows)
        box.styles.height = len(rows)
        box.show(*rows)

    def action_stop(self) -> None:
        """End an import after the file that is being read."""
        if self._importer is None:
            self.say(f"Nothing goes on that could be stopped · {self.keys_row()}")
        else:
            self._importer.stop()
            self.say("Stopping after this file…")

    def on_unmount(self) -> None:
        """Let an import end after its file when the program ends."""
        if self._importer is not None:
            self._importer.stop()
            self._importer.wait(2.0)
