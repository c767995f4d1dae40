"""From no project to an open one: the sample study, a new project, one that is elsewhere."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.screen import Screen

from tui.app.screens.bindings import bindings_of
from tui.app.screens.welcome import WelcomeResult, WelcomeScreen
from tui.app.widgets.rows import BOLD, PLAIN, Row, Rows, wrapped
from tui.app.work import in_thread, log_error
from tui.errors import QualError
from tui.importing.folder import list_folder
from tui.importing.registry import read_source
from tui.project.edits.documents import import_document
from tui.project.project import Project
from tui.project.workspace import is_study, make_workspace, open_sample, project_path

if TYPE_CHECKING:
    from tui.app.app import QualApp

Say = Callable[[str], None]


def begin(app: QualApp, coder: str, folder: str | None, opened: Callable[[Project], None]) -> None:
    """Show the first-run screen; ``opened`` gets the project that comes of it.

    Args:
        app: shows the screens.
        coder: who works here.
        folder: offered for a new project.
        opened: takes the open project.
    """

    def chosen(result: WelcomeResult | None) -> None:
        if result is None:
            app.end(0)
            return
        app.push_screen(Making(result, coder), made)

    def made(path: str | None) -> None:
        if path is not None:
            try:
                opened(Project(path, coder))
                return
            except QualError as error:
                app.push_screen(Trouble(error.message, error.hint), lambda _: ask())
                return
        ask()

    def ask() -> None:
        app.push_screen(WelcomeScreen(folder), chosen)

    ask()


class Making(Screen[str | None], inherit_bindings=False):
    """Tells what is being made; the result is the path of the project, None after an error."""

    BINDINGS = bindings_of("making")

    def __init__(self, wanted: WelcomeResult, coder: str) -> None:
        super().__init__()
        self._wanted = wanted
        self._coder = coder
        self._lines: list[Row] = []
        self._failed = False

    def compose(self) -> ComposeResult:
        """Make the rows."""
        yield Rows()

    def on_mount(self) -> None:
        """Begin, in a thread: a large folder takes its time."""
        self.query_one(Rows).styles.height = "1fr"
        in_thread(self._make, "first project")

    def _make(self) -> None:
        try:
            path = make_project(
                self._wanted, self._coder, lambda line: self.app.call_from_thread(self._tell, line)
            )
        except QualError as error:
            self.app.call_from_thread(self._fail, error.message, error.hint)
        except Exception as error:  # noqa: BLE001 - a thread that dies silently would leave a dead screen
            log = log_error(error, "make a project")
            self.app.call_from_thread(self._fail, "That did not work.", f"Details in {log}")
        else:
            self.app.call_from_thread(self.dismiss, path)

    def _tell(self, line: str) -> None:
        self._show([[(f" {line}", PLAIN)]])

    def _fail(self, message: str, hint: str) -> None:
        self._failed = True
        cells = max(self.size.width - 2, 8)
        rows = [*wrapped(message, cells, 4, BOLD), *wrapped(hint, cells, 4)]
        self._show([[], *([(" ", PLAIN), *row] for row in rows), [], [(" Esc back", PLAIN)]])

    def _show(self, rows: list[Row]) -> None:
        self._lines = [*self._lines, *rows][-max(self.size.height, 1) :]
        self.query_one(Rows).show(*self._lines)

    def action_back(self) -> None:
        """Go back to the choice, after an error."""
        if self._failed:
            self.dismiss(None)


class Trouble(Screen[None], inherit_bindings=False):
    """Says why a project cannot be opened."""

    BINDINGS = bindings_of("trouble")

    def __init__(self, message: str, hint: str) -> None:
        super().__init__()
        self._message, self._hint = message, hint

    def compose(self) -> ComposeResult:
        """Make the rows."""
        rows = [*wrapped(self._message, 76, 6, BOLD), *wrapped(self._hint, 76, 6)]
        said = Rows([[], *([(" ", PLAIN), *row] for row in rows), [], [(" Esc back", PLAIN)]])
        said.styles.height = "1fr"
        yield said


def make_project(wanted: WelcomeResult, coder: str, say: Say) -> str:
    """Make what was chosen, unless it is there already; return the path of the project.

    Raises:
        QualError: it cannot be made; what was begun is gone again.
    """
    if wanted.choice == "open":
        return wanted.path
    if wanted.choice == "sample":
        say("The sample study is being made …")
        return open_sample(coder, say)
    folder = wanted.path if os.path.isdir(wanted.path) else os.path.dirname(wanted.path)
    if is_study(folder) and os.path.isdir(wanted.path):
        return make_workspace(folder, coder, say=say)
    files = [wanted.path] if os.path.isfile(wanted.path) else list_folder(folder).sources
    drafts = [read_source(path) for path in files]  # what cannot be read stops it here
    path = project_path(folder)
    if os.path.lexists(path):
        raise QualError(f"{path} exists already.", "Choose 3 and open it.")
    path = make_workspace(folder, coder, path=path, say=say)
    with Project(path, coder) as project, project.one_step():
        for draft in drafts:
            import_document(project, draft)
            say(f"{draft.source}: {len(draft.passages)} passages")
    return path
