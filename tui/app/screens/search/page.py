"""The page that searches while a query is typed: what it asks, and who has the keys."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.message import Message
from textual.widgets import Input

from tui.app.screens.search.asked import Asked
from tui.app.screens.search.searcher import Answer, Searcher
from tui.app.screens.search.view import SearchView
from tui.app.screens.spoken import is_accessible
from tui.app.state import Study
from tui.app.widgets.rows import BOLD, DIM, Rows
from tui.app.widgets.virtual_list import NONE
from tui.project.events import Committed
from tui.project.project import Project
from tui.text.counted import counted

_PATIENCE = 0.15
"""Seconds after which a search that goes on is said to."""


class SearchPage(SearchView):
    """Asks the thread, takes its answers, and knows whether field or list has the keys.

    Args:
        project: the open project.
        document_id: the only document to search in; None for all.
        query: what stands in the field at first; typing replaces it.
        study: what of the project is shown; read anew when left out.
        asked: the queries of the session.
    """

    SHOWS = frozenset({"codings", "codes", "documents", "shown_coders"})
    SETTLE = 0.3

    @dataclass
    class Answered(Message):
        """A question was answered."""

        answer: Answer

    def __init__(
        self,
        project: Project,
        document_id: int | None,
        query: str = "",
        *,
        study: Study | None = None,
        asked: Asked | None = None,
    ) -> None:
        super().__init__(project, query, study or Study(project), asked or Asked())
        names = {one.id: one.name for one in self._study.documents}
        self.document_name: str | None = names.get(document_id or 0)
        self._asked = 0
        self._typed_last = query
        """What stood in the field when it was asked last."""
        self.wider = ""
        """The query before the list was narrowed by a key, until that is answered."""
        self._searcher: Searcher | None = None

    @property
    def names(self) -> list[str]:
        """The names of the documents that are searched in."""
        every = [each.name for each in self._study.documents]
        return every if self.document_name is None else [self.document_name]

    @property
    def is_looking(self) -> bool:
        """Whether what is shown is not yet the answer to what stands in the field."""
        return self._asked != self._answer.serial or self._unasked

    @property
    def _unasked(self) -> bool:
        """Whether what was typed last has not been asked yet."""
        query = self.field.value
        return bool(query.strip()) and query != self._typed_last

    def on_mount(self) -> None:
        """Start the thread, and ask what was asked before."""
        self._say_where()
        self._rows.codes = {code.key: code for code in self._study.codes}
        self._searcher = Searcher(
            self._project.path, self._project.coder, self.document_name, self._post
        )
        self.query_one("#trouble").display = False
        self.field.focus()
        self.field.action_select_all()
        self._show_advice()
        if self._query.strip():
            self._ask(self._query)

    def _post(self, answer: Answer) -> None:
        """Take an answer over from the thread."""
        self.post_message(self.Answered(answer))

    def on_unmount(self) -> None:
        """End the thread."""
        if self._searcher is not None:
            self._searcher.close()

    def take_letter(self, letter: str) -> bool:
        """Let a letter that was typed early replace the old query, as any other would."""
        if self._in_list:
            return False
        if self.field.value == self._query and not self._strays:
            self.field.value = ""
            self.field.initial = 0
        return super().take_letter(letter)

    # Asking

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._offer()
        if event.value != self._answer.query or self.is_looking:
            self.marks.clear()
            self._ask(event.value)

    def _offer(self) -> None:
        """Show behind the query how the name at its end may go on."""
        ways = self.completing.ways(self.field.value) if self.field.cursor_at_end else ()
        aloud = is_accessible(self.app)  # there it would be read out as if it were typed
        self.field.offer(ways[0][0] if ways and not aloud else "")

    def _ask(self, query: str) -> None:
        if self._searcher is None:
            return
        self._typed_last = query
        if not query.strip():
            self._searcher.stop()
            self._asked = 0
            self._show(Answer(0, ""))
            return
        self._asked = self._searcher.ask(query, self.unit)
        self.set_timer(_PATIENCE, self._say_searching)

    def _say_searching(self) -> None:
        if self.is_looking:
            self._count("searching…")

    @on(Answered)
    def _answered(self, event: Answered) -> None:
        event.stop()
        answer = event.answer
        if answer.serial not in (0, self._asked):
            return
        nothing = not answer.has_whole and not answer.error and bool(answer.serial)
        before, self.wider = self.wider, ""
        if self._in_list and nothing and before and answer.query == self.field.value:
            # The list would be gone, and the key that narrowed it with it.
            with self.field.prevent(Input.Changed):
                self.field.value = before
            self._ask(before)
            self.say("Every passage found has a code on it: none is left without one")
            return
        if self._in_list and (nothing or answer.error):
            self._leave_list()
        self._show(answer)
        self.found()

    def _show(self, answer: Answer) -> None:
        before = self._answer
        counted = answer.serial == before.serial and answer.hits == before.hits
        self._answer = answer
        self._asked = answer.serial
        self._rows.take(answer)
        self._count(self._rows.total())
        if counted and answer.serial:
            self._show_status()
            self._show_nearby()
            return
        self._show_trouble()
        at = 0
        if answer.query == before.query and self.listing.highlighted > 0:
            at = self._row_of(before, answer)
        self.listing.show(len(answer.hits), at if answer.hits else NONE)
        if not answer.hits:
            self._show_advice()

    def _row_of(self, before: Answer, answer: Answer) -> int:
        """Return the row on which the highlighted passage is now; the nearest one when it left."""
        at = self.listing.highlighted
        passage = before.hits[at].passage_id if at < len(before.hits) else 0
        rows = (row for row, hit in enumerate(answer.hits) if passage and hit.passage_id == passage)
        return next(rows, min(at, len(answer.hits) - 1))

    def _say_where(self) -> None:
        count = len(self._study.documents)
        place = (
            f"in {self.document_name}"
            if self.document_name
            else f"all {counted(count, 'document')}"
        )
        self.query_one("#heading", Rows).show(
            [(" SEARCH  ", BOLD), (f"{place} · letters may be wrong · case only if typed", DIM)]
        )

    def reload(self) -> None:
        """Show the hits as they are coded now, the highlighted one where it is."""
        self._say_where()
        self._stale = False
        self._rows.codes = {code.key: code for code in self._study.codes}
        if self.field.value.strip():
            self._ask(self.field.value)
        self._show_status()

    def _take(self, event: Committed) -> None:
        self.completing.forget()
        super()._take(event)

    # Who has the keys

    def _leave_list(self) -> None:
        self._in_list = False
        self.wait_no_more()
        self._switch()
        self.field.focus()
        self._show_status()

    def _switch(self) -> None:
        self._bind()
        self.query_one(".prompt", Rows).tell(" " if self._in_list else "▌", BOLD)
        self._show_status()
        self.show_keys(self.keys_row())
