"""The box of saved searches: found by a few letters, asked, renamed, deleted."""

from __future__ import annotations

from tui.app.keybook import hint
from tui.app.screens.confirm import ConfirmScreen
from tui.app.screens.keys.help import HelpRow, names_of
from tui.app.screens.keys.palette_screen import PaletteScreen
from tui.app.screens.prompt import PromptScreen
from tui.app.screens.stepping import Stepping
from tui.app.widgets.rows import BOLD, DIM, PLAIN, Row, clip, column
from tui.errors import QualError
from tui.project.edits.searches import NAME_LIMIT, delete_search, rename_search
from tui.project.project import Project
from tui.search.saved import users_of
from tui.store.searches import list_searches


class SavedSearches(PaletteScreen):
    """Finds a saved search; the result is its query.

    Args:
        project: the open project.
    """

    HEADING = "Saved searches"
    SCREEN = "saved_searches"
    NONE_FOUND = "No saved search of that name."

    def __init__(self, project: Project) -> None:
        super().__init__([])
        self._project = project
        self._stepping = Stepping(self, project, "saved_searches.undo", "saved_searches.redo")
        self._read()

    def _read(self) -> None:
        self._acts = [
            HelpRow(
                query, f"@{name}", query, f"saved by {coder}", f"{query} · by {coder}, {at[:10]}"
            )
            for _, name, query, coder, at in list_searches(self._project.db)
        ]
        self._names = names_of(self._acts)

    def reload(self) -> None:
        """Show what has changed."""
        at = self.listing.highlighted
        self._read()
        self._ask(self.field.value)
        self.listing.highlight(min(max(at, 0), self.listing.count - 1))

    def _row(self, index: int, cells: int) -> Row:
        one = self._acts[self._shown[index]]
        name = column(f" {one.title}", min(max(cells // 3, 8), NAME_LIMIT + 2))
        return [(name, BOLD), (" ", PLAIN), (clip(one.id, cells - len(name) - 1), DIM)]

    def _chosen_name(self) -> str | None:
        """Return the name of the highlighted search, or say that there is none."""
        index = self.listing.highlighted
        if index < 0:
            self.say(f"{self.NONE_FOUND} · Esc close")
            return None
        return self._acts[self._shown[index]].title.removeprefix("@")

    def action_rename(self) -> None:
        """Give the highlighted search another name."""
        name = self._chosen_name()
        if name is None or not self.may_write(self._project):
            return

        def named(new: str | None) -> None:
            if new is not None:
                try:
                    rename_search(self._project, name, new)
                except QualError as error:
                    self.say(f"{error.message} {error.hint}".strip())
                    return
                self.reload()
                self.say(f"@{name} is @{new.removeprefix('@')} now · queries that name it stay")

        hint_line = "Letters, digits, _ - and dots, without spaces."
        self.app.push_screen(PromptScreen("Another name", name, hint_line, limit=80), named)

    def action_delete(self) -> None:
        """Delete the highlighted search, once it was agreed to."""
        name = self._chosen_name()
        if name is None or not self.may_write(self._project):
            return

        def answered(yes: bool | None) -> None:
            if not yes:
                return
            try:
                delete_search(self._project, name)
            except QualError as error:
                self.say(f"{error.message} {error.hint}".strip())
                return
            self.reload()
            self.say(f"Deleted @{name}   {hint('saved_searches.undo', 'undo')}")

        text = "It is gone for all who code here."
        if users := users_of(self._project.db, name):
            named = ", ".join(f"@{user}" for user in users)
            text += f" Named in {named}, which will find nothing."
        self.app.push_screen(ConfirmScreen(f"Delete the search @{name}?", text), answered)

    def action_undo(self) -> None:
        """Take back the newest act."""
        self._stepping.undo()

    def action_redo(self) -> None:
        """Bring back what was taken back last."""
        self._stepping.redo()
