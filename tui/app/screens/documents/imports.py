"""The page of documents: bringing more of them in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.message import Message

from tui.app.keybook import hint, key
from tui.app.screens.documents.importer import Importer, Progress
from tui.app.screens.documents.list import DocumentList
from tui.app.screens.path_offers import path_offers
from tui.app.screens.prompt import PromptScreen
from tui.app.widgets.rows import DIM, PLAIN, Row, Rows, clip, wrapped
from tui.project.project import Project
from tui.text.counted import counted

_REFUSED_SHOWN = 5


class DocumentImports(DocumentList):
    """The list of documents, with imports that go on in a thread.

    Args:
        project: the open project.
        current_id: the document that is open now; None for none.
    """

    @dataclass
    class ImportMoved(Message):
        """An import has come further, or ended."""

        progress: Progress

    def __init__(self, project: Project, current_id: int | None) -> None:
        super().__init__(project, current_id)
        self._importer: Importer | None = None

    def keys_row(self) -> str:
        """Say the keys of the list; during an import, how it is stopped."""
        if self._importer is not None and not self._filtering:
            return f"{key('documents.stop')} stops after this file"
        return super().keys_row()

    def _moved(self, index: int) -> None:
        if self._importer is None:
            super()._moved(index)

    def _busy(self) -> bool:
        """Say so while an import goes on."""
        if self._importer is None:
            return False
        self.say(f"An import goes on · {key('documents.stop')} stops it after this file")
        return True

    def action_import(self) -> None:
        """Ask for a file or a folder and bring it in."""
        if self._busy():
            return
        if not self.may_write(self._project):
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
        self.app.push_screen(PromptScreen("Import", "", hint, offers=path_offers()), named)

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
            f"Imported {made} of {counted(progress.total, 'file')}"
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

    @property
    def _tells_refused(self) -> bool:
        """Whether it stands there what was refused, and why."""
        return bool(self.query_one("#trouble", Rows).display)

    def _show_refused(self, refused: Sequence[tuple[str, str]]) -> None:
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
