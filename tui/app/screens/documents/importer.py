"""The thread that brings files into the project while the screen goes on."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from tui.app.work import in_thread, log_error
from tui.errors import QualError
from tui.project.project import Project


@dataclass(slots=True)
class Progress:
    """How far an import has come."""

    total: int = 0
    """How many files there are."""
    done: int = 0
    """How many have been dealt with."""
    file: str = ""
    """The name of the one being read."""
    made: list[int] = field(default_factory=list)
    """Ids of the documents that were made."""
    notes: list[str] = field(default_factory=list)
    """What was done to texts to read them, in words."""
    refused: list[tuple[str, str]] = field(default_factory=list)
    """Name of a file that was not brought in, and why with what now."""
    left_out: tuple[str, ...] = ()
    """Names of the files of other kinds that stood in the folder."""
    stopped: bool = False
    finished: bool = False


class Importer:
    """Imports a file or the files of a folder, one after the other, each whole or not at all.

    The thread writes through a project of its own, so that no key waits for a large file.

    Args:
        path: a file or a folder, ``~`` allowed.
        project: the project file.
        coder: who imports.
        told: called in the thread whenever something is different.
    """

    def __init__(
        self, path: str, project: str, coder: str, told: Callable[[Progress], None]
    ) -> None:
        self._path = os.path.expanduser(path)
        self._project = project
        self._coder = coder
        self._told = told
        self._stop = threading.Event()
        self.progress = Progress()
        self._thread = in_thread(self._run, "import")

    def stop(self) -> None:
        """End after the file that is being read."""
        self._stop.set()

    def wait(self, seconds: float) -> None:
        """Wait for the thread to end."""
        self._thread.join(seconds)

    def _run(self) -> None:
        # Reading and cutting texts loads modules that no other screen needs.
        from tui.importing.folder import list_folder  # noqa: PLC0415

        progress = self.progress
        try:
            if os.path.isdir(self._path):
                listing = list_folder(self._path)
                sources: tuple[str, ...] = listing.sources
                progress.left_out = listing.left_out
            else:
                sources = (self._path,)
            progress.total = len(sources)
            with Project(self._project, self._coder) as project:
                for source in sources:
                    if self._stop.is_set():
                        progress.stopped = True
                        break
                    self._import(project, source)
        except QualError as error:
            progress.refused.append((os.path.basename(self._path), _words(error)))
        except Exception as error:  # noqa: BLE001 - a thread may not end in a traceback
            self._fail(error, self._path)
        progress.finished = True
        self._told(progress)

    def _import(self, project: Project, source: str) -> None:
        from tui.importing.registry import read_source  # noqa: PLC0415
        from tui.project.edits.documents import import_document  # noqa: PLC0415

        progress = self.progress
        progress.file = os.path.basename(source)
        self._told(progress)
        try:
            draft = read_source(source)
            progress.made.append(import_document(project, draft))
            if draft.notes:
                progress.notes.append(f"{progress.file}: {draft.notes}")
        except QualError as error:
            progress.refused.append((progress.file, _words(error)))
        except Exception as error:  # noqa: BLE001 - one file may not end the others
            self._fail(error, source)
        progress.done += 1
        self._told(progress)

    def _fail(self, error: Exception, source: str) -> None:
        path = log_error(error, f"importing {source!r}")
        self.progress.refused.append(
            (os.path.basename(source), f"It could not be read; see {path}.")
        )


def _words(error: QualError) -> str:
    message = error.message if error.message.endswith((".", "!", "?")) else error.message + "."
    return f"{message} {error.hint}".strip()
