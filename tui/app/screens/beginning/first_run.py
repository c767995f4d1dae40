"""From no project to an open one: the sample study, a new project, one that is elsewhere."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.app.screens.beginning.making import Making, Say, Trouble
from tui.app.screens.beginning.welcome import WelcomeResult, WelcomeScreen
from tui.errors import QualError
from tui.importing.folder import list_folder
from tui.importing.registry import read_source
from tui.project.edits.documents import import_document
from tui.project.project import Project
from tui.project.workspace import is_study, make_workspace, open_sample, project_path
from tui.text.counted import counted

if TYPE_CHECKING:
    from tui.app.app import QualApp


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
        if result.choice == "practice":
            # Loaded by the few who practise before they have a study.
            from tui.app.screens.beginning.practice import practise  # noqa: PLC0415

            practise(app.show_screen, coder, 0, lambda _: ask())
            return
        app.push_screen(Making(lambda say: make_project(result, coder, say), "a project"), made)

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
            say(f"{draft.source}: {counted(len(draft.passages), 'passage')}")
    return path
