"""The search: the keys of its page, in the field and in the list of hits."""

from __future__ import annotations

from textual import events, on
from textual.widgets import Input

from tui.app.screens.bulk.auto_code import other_unit, unit_name
from tui.app.screens.bulk.gather import is_codable
from tui.app.screens.search.acts import SearchActs
from tui.app.screens.search.asked import Asked
from tui.app.screens.search.memos import Annotate
from tui.app.screens.search.page import SearchPage
from tui.app.screens.search.rows import taken_first
from tui.app.screens.search.takes import SearchTakes
from tui.app.screens.search.uncoded import with_uncoded
from tui.app.screens.search.view import Found
from tui.app.state import Study
from tui.app.widgets.virtual_list import VirtualList
from tui.project.project import Project
from tui.search.query import QueryError

__all__ = ["Found", "SearchScreen"]


class SearchScreen(SearchPage):
    """Searches the project, or one document of it, and codes what was found.

    Args:
        project: the open project.
        document_id: the only document to search in; None for all.
        query: what stands in the field at first; typing replaces it.
        study: what of the project is shown; read anew when left out.
        asked: the queries of the session.
        annotate: lets a memo be written on words.
    """

    def __init__(
        self,
        project: Project,
        document_id: int | None,
        query: str = "",
        *,
        study: Study | None = None,
        asked: Asked | None = None,
        annotate: Annotate | None = None,
    ) -> None:
        super().__init__(project, document_id, query, study=study, asked=asked)
        self._acts = SearchActs(self, self._study)
        self._takes = SearchTakes(self, project, annotate)
        self._bare = self._narrowed = ""
        """A query, and the same one as it asks only for hits without a code."""

    def action_list(self) -> None:
        """Give the keys to the list; without hits, complete a name or take the nearest word."""
        answer, query = self._answer, self.field.value
        looking = self.is_looking and bool(query.strip()) and not self.completing.needed(query)
        if answer.error and not self.is_looking and not self.completing.ways(query):
            self.say(f"{answer.error} {answer.hint} · Esc back")
            return
        if looking or (answer.has_whole and not self.is_looking):
            self._in_list = True
            self._switch()
            self.set_focus(None)
            self.read_list()
            self.remember()
            return
        ways = self.completing.ways(query)
        if ways:
            self.field.value = ways[0][0]
            self.field.cursor_position = len(self.field.value)
            return
        strange = taken_first(answer)
        if (
            strange is None
            or strange.place is None
            or answer.error
            or answer.query != self.field.value
        ):
            self.say("There are no hits to go to yet · type words of a passage · Esc back")
            return
        start, end = strange.place
        self.field.value = query[:start] + strange.words[0][0] + query[end:]
        self.field.cursor_position = len(self.field.value)
        self.say(f"{strange.words[0][0]} in place of {strange.word}")

    def action_query(self) -> None:
        """Give the keys back to the field."""
        self._leave_list()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Give the keys back to the field when it was clicked."""
        if self._in_list and event.widget is self.field:
            self._leave_list()

    def action_list_move(self, by: int) -> None:
        """Move the highlight; in an empty field, bring back an earlier query."""
        if not self._in_list:
            query = self._past.step(by, self.field.value)
            if query is not None:
                self.field.value = query
                self.field.cursor_position = len(query)
                return
        super().action_list_move(by)

    def remember(self) -> None:
        """Keep the query for this session."""
        self._past.add(self.field.value)

    def action_mark(self) -> None:
        """Mark the highlighted hit, or take its mark off, and go on to the next."""
        self.hold_until_found(self._mark)

    def _mark(self) -> None:
        at = self.listing.highlighted
        hit = self._answer.hits[at] if 0 <= at < len(self._answer.hits) else None
        if hit is None or not is_codable(hit):
            what = "This one misses a word of the query" if hit and hit.partial else "No passage"
            self.say(f"{what if hit else 'Nothing'}: not to be marked · {self.keys_row()}")
            return
        self.marks.toggle(hit.passage_id)
        if at + 1 < self.listing.count:
            self.listing.highlight(at + 1)
        self.listing.refresh_line(at)
        self._show_status()

    def action_mark_all(self) -> None:
        """Mark all hits of the query, shown or not; when all are marked, none."""
        self.hold_until_found(self._mark_all)

    def _mark_all(self) -> None:
        if not any(map(is_codable, self._answer.hits)):
            self.say(f"Nothing to mark · {self.keys_row()}")
            return
        self.marks.mark_all()
        self.listing.redraw()
        self._show_status()

    def action_unit(self, by: int) -> None:
        """Code more of each hit (1), or less (-1)."""
        unit = other_unit(self.unit, by)
        if unit is None:
            size = "largest" if by > 0 else "smallest"
            self.say(f"The {unit_name(self.unit)} is the {size} unit · {self.keys_row()}")
            return
        self.unit = unit
        self.unsay()
        self._ask(self.field.value)

    def action_uncoded(self) -> None:
        """Ask only for hits without a code, or for all again."""
        now, answer = self.field.value, self._answer
        # A word that may go on finds the same when it does so in the middle.
        written = answer.whole if answer.query == now and answer.whole else now
        try:
            query = with_uncoded(written)
        except QueryError as error:
            self.say(f"{error.message} {error.hint}".strip())
            return
        if now == self._narrowed:
            query = self._bare
        else:
            self._bare, self._narrowed = now, query
            if self._in_list and len(query) > len(written):
                self.wider = now
        self.field.value = query
        self.field.cursor_position = len(query)

    # Acts

    def action_slot(self, digit: int) -> None:
        """Code with a slot."""
        self.hold_until_found(lambda: self._acts.slot(digit))

    def action_code(self) -> None:
        """Code with a code that is asked for."""
        self._acts.pick()

    def action_preview(self) -> None:
        """Show what would be coded of all hits, or of the marked ones, and code it then."""
        self._acts.pick(everything=True)

    def action_again(self) -> None:
        """Code with what was given last."""
        self.hold_until_found(lambda: self._acts.again())

    def action_undo(self) -> None:
        """Take back the newest act."""
        self._acts.undo()

    def action_redo(self) -> None:
        """Bring back what was taken back last."""
        self._acts.redo()

    def action_save(self) -> None:
        """Save the query under a name."""
        self._acts.save()

    def action_saved(self) -> None:
        """Ask which saved search to put into the field."""

        def chosen(query: str) -> None:
            self.remember()
            if self._in_list:
                self._leave_list()
            self.field.value = query
            self.field.cursor_position = len(query)

        self._acts.saved(chosen)

    def action_take(self, what: str) -> None:
        """Write a memo on the marked hits, copy them, or write them to a file."""
        do = {"memo": self._takes.memo, "copy": self._takes.copy, "export": self._takes.export}
        self.hold_until_found(do[what])

    def action_like(self) -> None:
        """Show passages like the highlighted hit."""
        self.hold_until_found(self._like)

    def _like(self) -> None:
        at, hits = self.listing.highlighted, self._answer.hits
        hit = hits[at] if 0 <= at < len(hits) else None
        if hit is None or hit.document_id is None or not hit.passage_id:
            self.say("This is no passage of a text · Enter goes to its place")
            return
        # Loaded by those who ask.
        from tui.app.screens.like.screen import FoundLike, LikeScreen  # noqa: PLC0415

        def chosen(found: FoundLike | None) -> None:
            if found is not None:
                place = found.document_id, found.start, found.end
                self.dismiss(Found(*place, self._answer.meant, found.hits, complete=False))

        place = hit.document_id, hit.start, hit.end
        name = f"the hit in {hit.document} ¶{hit.number}"
        self.app.push_screen(LikeScreen(self._study, None, place, name), chosen)

    def on_unmount(self) -> None:
        """Write no further."""
        self._takes.stop()

    @on(VirtualList.Chosen)
    @on(Input.Submitted)
    def _entered(self, event: VirtualList.Chosen | Input.Submitted) -> None:
        event.stop()
        self.action_open()

    def action_open(self) -> None:
        """Close with the highlighted hit of what was typed last, when that has been looked for."""
        # What is typed after Enter is meant for where it leads, not for the query.
        self.hold_until_found(self._open)

    def _open(self) -> None:
        index = self.listing.highlighted
        answer = self._answer
        if not 0 <= index < len(answer.hits) or answer.error:
            self.say("Nothing to go to yet · type words of a passage · Esc back")
            return
        hit = answer.hits[index]
        if hit.document_id is None:
            what = "code" if hit.code is not None else "memo"
            self.say(f"This {what} is on no place of a document · Esc back")
            return
        self.remember()
        hits = {
            span
            for one in answer.hits
            if one.document_id == hit.document_id and one.memo is None
            for span in one.hits
        }
        complete = int(answer.total.rstrip("+")) <= len(answer.hits) and answer.is_counted
        self.dismiss(
            Found(
                hit.document_id,
                max(hit.start, 0),
                max(hit.end, 0),
                answer.meant,
                tuple(sorted(hits)),
                complete,
            )
        )

    def action_leave(self) -> None:
        """Give up a search that goes on, then take marks off; else close without a hit."""
        if given_up := self._takes.stop():
            self.say(f"{given_up} · Esc back")
        elif self._searcher is not None and self.is_looking:
            self._searcher.stop()
            self.wait_no_more()
            self._asked = self._answer.serial
            self._count("stopped")
            self.say("The search was stopped · Esc back")
        elif self.marks.all or self.marks.these:
            self.marks.clear()
            self.listing.redraw()
            self._show_status()
        else:
            self.dismiss(None)
