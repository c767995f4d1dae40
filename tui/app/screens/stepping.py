"""Undo and redo on a page: one step at a time, asking first when much would change."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from tui.app.actions.history import Way, in_brief, large_step, take_step
from tui.app.keybook import hint
from tui.app.screens.confirm import ConfirmScreen
from tui.app.widgets.rows import clip
from tui.errors import QualError
from tui.project.project import Project

if TYPE_CHECKING:
    from textual.app import App

_SUBJECT_MOST = 60


class SteppedPage(Protocol):
    """A page whose acts are taken back."""

    @property
    def app(self) -> App[object]:
        """The app that shows boxes."""

    def say(self, text: str) -> None:
        """Say something in the bottom row."""

    def may_write(self, project: Project) -> bool:
        """Tell whether a project can be changed; say why not."""

    def reload(self) -> None:
        """Show what has changed."""

    def call_after_refresh(self, callback: Callable[[], None]) -> object:
        """Do something once the page is drawn."""


class Stepping:
    """Takes steps through the history for a page.

    Args:
        page: the page.
        project: the open project.
        undo_id: the id of the page's key for undo, to be named in messages.
        redo_id: the id of its key for redo.
    """

    def __init__(self, page: SteppedPage, project: Project, undo_id: str, redo_id: str) -> None:
        self._page = page
        self._project = project
        self._undo_id = undo_id
        self._redo_id = redo_id

    def undo(self) -> None:
        """Take back the coder's newest act, whatever it was; ask when it is large."""
        self._go("undo", hint(self._redo_id, "brings all of it back"))

    def redo(self) -> None:
        """Bring back what was taken back last; ask when it is large."""
        self._go("redo", hint(self._undo_id, "takes all of it away again"))

    def _go(self, way: Way, back: str) -> None:
        page = self._page
        if not page.may_write(self._project):
            return
        try:
            large = large_step(self._project, way, back)
        except QualError as error:
            page.say(f"{error.message} {error.hint}".strip())
            return
        if large is None:
            self._step(way, None)
            return

        def answered(yes: bool | None) -> None:
            if yes:
                page.say(large.doing)
                page.call_after_refresh(lambda: self._step(way, large.expected))
            else:
                page.say("Nothing was changed")

        page.app.push_screen(ConfirmScreen(large.question, clip(large.detail, 300)), answered)

    def _step(self, way: Way, expected: int | None) -> None:
        turn = hint(self._redo_id, "redo") if way == "undo" else hint(self._undo_id, "undo")
        try:
            change = take_step(self._project, way, expected, turn)
            done = "Undone" if way == "undo" else "Redone"
            said = f"{done}: {clip(in_brief(change, _SUBJECT_MOST), _SUBJECT_MOST)}   {turn}"
        except QualError as error:
            said = f"{error.message} {error.hint}".strip()
        self._page.reload()
        self._page.say(said)
