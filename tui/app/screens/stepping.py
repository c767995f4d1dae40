"""Undo and redo on a page: one step at a time, asking first when much would change."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from tui.app.actions.bulk import ASK_ABOVE
from tui.app.keybook import hint
from tui.app.screens.confirm import ConfirmScreen
from tui.errors import QualError
from tui.project.project import Project
from tui.project.undo import redo, undo, weigh_undo, weight_in_words

if TYPE_CHECKING:
    from textual.app import App


class SteppedPage(Protocol):
    """A page whose acts are taken back."""

    @property
    def app(self) -> App[object]:
        """The app that shows boxes."""

    def say(self, text: str) -> None:
        """Say something in the bottom row."""

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
        """Take back the coder's newest act; ask when it is large."""
        rows, acts = weigh_undo(self._project)
        if rows <= ASK_ABOVE:
            self._step(lambda: self._undone(None))
            return
        weight = weight_in_words(self._project, rows, acts)
        what = acts[0].subject if len(acts) == 1 else f"{len(acts)} acts, last: {acts[0].subject}"

        def answered(yes: bool | None) -> None:
            if yes:
                self._page.say(f"Undoing {weight}…")
                step = lambda: self._step(lambda: self._undone(acts[0].id))  # noqa: E731
                self._page.call_after_refresh(step)

        question = f"Undo {weight} in one step?"
        detail = f"{what}. {hint(self._redo_id, 'brings all of it back')}."
        self._page.app.push_screen(ConfirmScreen(question, detail), answered)

    def redo(self) -> None:
        """Bring back what was taken back last."""
        after = hint(self._undo_id, "undo")
        self._step(lambda: f"Redone: {redo(self._project).subject}   {after}")

    def _undone(self, expected: int | None) -> str:
        done = undo(self._project, expected)
        return f"Undone: {done.subject}   {hint(self._redo_id, 'redo')}"

    def _step(self, do: Callable[[], str]) -> None:
        try:
            said = do()
        except QualError as error:
            said = f"{error.message} {error.hint}".strip()
        self._page.reload()
        self._page.say(said)
