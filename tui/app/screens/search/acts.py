"""What can be done with the hits of a search: code them, take that back, save the query."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from tui.app.actions.bulk import ASK_ABOVE
from tui.app.keybook import hint
from tui.app.screens.bulk.gather import Gather, Gathered, Wanted, is_codable, place_of
from tui.app.screens.bulk.slices import Outcome, run_slices
from tui.app.screens.choosing.comparison import passages_of
from tui.app.screens.code_keys import CodeKeys
from tui.app.screens.search.rows import hits_in_words
from tui.app.screens.stepping import Stepping
from tui.app.state import Study
from tui.app.widgets.rows import clip
from tui.errors import QualError
from tui.project.spans import Place, Unit, code_places
from tui.search.saved import check_saved
from tui.search.typed import whole_query
from tui.store.codings import recent_code_ids
from tui.store.searches import find_search, list_searches
from tui.text.counted import counted

if TYPE_CHECKING:
    from tui.app.screens.bulk.auto_code import Agreed
    from tui.app.screens.choosing.picking import Picked
    from tui.app.screens.search.screen import SearchScreen

Codes = tuple[tuple[int, ...], str | None, int | None]
"""Ids of codes, the name of a code to make, what that one goes under."""


class SearchActs(CodeKeys):
    """Acts on the hits that a page has marked, or on the highlighted one.

    Args:
        page: the page.
        study: the open study.
    """

    CODE_KEY = "search_list.code"

    def __init__(self, page: SearchScreen, study: Study) -> None:
        super().__init__(page, study)
        self._page = page
        self._project = study.project
        self._stepping = Stepping(page, study.project, "search_list.undo", "search_list.redo")

    # Codes

    def _give_these(self, code_ids: tuple[int, ...]) -> None:
        self._give((code_ids, None, None))

    def pick(self, *, everything: bool = False) -> None:
        """Ask for codes and give them.

        Args:
            everything: without marks all hits are meant, and they are shown first however few.
        """
        # Nobody waits for the hits to choose a code: what is typed ahead goes to the box.
        looking = self._page.is_looking
        if not self._page.may_write(self._project) or not (looking or self._chosen(everything)):
            return
        # Loaded by those who code here.
        from tui.app.screens.choosing.picker import CodePicker  # noqa: PLC0415

        study, project = self._study, self._project
        picker = CodePicker(
            study.codes,
            study.direct,
            recent_code_ids(project.db, project.coder_id),
            study.slots,
            f"Code {self._what(everything)} as…",
            passages=lambda code, most: passages_of(study, code, most),
        )

        def picked(found: Picked | None) -> None:
            if found is not None:
                codes = (found.code_ids, found.new_name, found.new_parent_id)
                self._page.once_found(lambda: self._give(codes, everything=everything))

        self._page.app.push_screen(picker, picked)

    def _what(self, everything: bool) -> str:
        page = self._page
        if page.is_looking:
            return "the hits"
        if page.marks.all or (everything and not page.marks.these):
            asked = clip(page.answer.whole.strip(), 24)
            return f"all {hits_in_words(page.answer.total)} of {asked}"
        count = max(len(page.marks.these), 1)
        return counted(count, "hit")

    def _chosen(self, everything: bool) -> bool:
        """Tell whether there is something to code; say why not."""
        page = self._page
        answer = page.answer
        if page.is_looking:
            page.say("Still searching · try again when the count stands")
        elif not answer.hits or answer.error:
            page.say(f"Nothing to code yet · {page.keys_row()}")
        elif page.marks.all or everything:
            if any(map(is_codable, answer.hits)):
                return True
            page.say("No hit is a passage of a text with every word of the query")
        elif page.marks.these:
            return True
        else:
            hit = answer.hits[max(page.listing.highlighted, 0)]
            if is_codable(hit):
                return True
            if hit.partial:
                page.say("This one misses a word of the query · Enter goes there to code it")
            else:
                page.say("This is no passage of a text · Enter goes to its place")
        return False

    def _give(self, codes: Codes, *, everything: bool = False) -> None:
        page = self._page
        if not self._page.may_write(self._project) or not self._chosen(everything):
            return
        page.remember()
        marks = page.marks
        if everything or page.marked > ASK_ABOVE or (marks.all and not page.lists_all):
            every = marks.all or not marks.these
            self._show_first(codes, every, frozenset(marks.these))
            return
        hits = page.answer.hits
        if marks.all or marks.these:
            chosen = [place_of(hit) for hit in hits if is_codable(hit) and hit.passage_id in marks]
        else:
            chosen = [place_of(hits[max(page.listing.highlighted, 0)])]
        self._code(chosen, codes)

    def _show_first(self, codes: Codes, every: bool, passages: frozenset[int]) -> None:
        """Show what would be coded, and code it once that was agreed to."""
        # Loaded by those who code many at once.
        from tui.app.screens.bulk.auto_code import AutoCode  # noqa: PLC0415

        page = self._page
        answer = page.answer

        def agreed(found: Agreed | None) -> None:
            if found is None:
                page.say("Nothing was coded")
                return
            page.unit = found.unit
            self._code(found.places, codes)

        wanted = Wanted(
            answer.meant,
            page.document_name,
            every,
            passages,
            () if codes[1] is not None else codes[0],
        )
        project = self._project

        def collect(
            unit: Unit, done: Callable[[Gathered], None], progress: Callable[[int, int], None]
        ) -> Gather:
            coder = project.coder, project.coder_id
            return Gather(project.path, *coder, wanted, unit, done, progress)

        names = clip(self._names(*codes[:2]), 60)
        said = f"{'All hits' if every else 'The marked hits'} of {clip(answer.whole, 60)}"
        page.app.push_screen(AutoCode(collect, answer.unit, names, said), agreed)

    def _code(self, places: Sequence[Place], codes: Codes) -> None:
        page, study = self._page, self._study
        code_ids, new_name, parent_id = codes
        made = 0

        def slices() -> Iterator[int]:
            nonlocal made
            with self._project.one_step():
                for some, coded in code_places(
                    self._project, places, code_ids, new_name=new_name, parent_id=parent_id
                ):
                    made += coded
                    yield some

        names = self._names(code_ids, new_name)

        def ended(outcome: Outcome) -> None:
            page.marks.clear()
            if outcome.done:
                given = list(code_ids)
                new = next((code.id for code in study.codes if code.name == new_name), None)
                study.last_codes = tuple([*given, new] if new is not None else given)
                study.note_given(given if made else ())
            known = outcome.done * (len(code_ids) + (new_name is not None)) - made
            page.reload()
            if not made and not outcome.trouble and not outcome.stopped:
                page.say(f"Already coded {names} on {'this' if len(places) == 1 else 'these'}")
                return
            said = f"+ {made:,} {names}"
            if known:
                said += f" · {known:,} {'was' if known == 1 else 'were'} coded already"
            page.say(outcome.said(said, len(places)))

        run_slices(page.app.push_screen, "Coding", len(places), slices(), ended)

    def _names(self, code_ids: Sequence[int], new_name: str | None) -> str:
        by_id = self._study.by_id
        names = [f"{by_id[each].key} {by_id[each].name}" for each in code_ids if each in by_id]
        return ", ".join([*names, f"the new code {new_name}"] if new_name else names)

    # History

    def undo(self) -> None:
        """Take back the newest act."""
        if self._page.may_write(self._project):
            self._stepping.undo()

    def redo(self) -> None:
        """Bring back what was taken back last."""
        if self._page.may_write(self._project):
            self._stepping.redo()

    # Queries

    def save(self) -> None:
        """Save the query under a name."""
        page, db = self._page, self._project.db
        if not self._page.may_write(self._project):
            return
        try:
            query, missing = whole_query(db, page.query_text)
        except QualError as error:
            page.say(f"{error.message} {error.hint}".strip())
            return
        query = " ".join(query.split())
        if not query or missing:
            page.say(f"Not finished: {missing}" if missing else "There is no query to save")
            return
        from tui.app.screens.prompt import PromptScreen  # noqa: PLC0415 - seldom wanted

        known = next((name for _, name, text, _, _ in list_searches(db) if text == query), "")

        def named(name: str | None) -> None:
            if name is not None:
                self._save_as(name.removeprefix("@"), query)

        line = "Letters, digits, _ - . without spaces; @name then finds it."
        page.app.push_screen(PromptScreen("Save this search as", known, line, limit=80), named)

    def _save_as(self, name: str, query: str) -> None:
        known = find_search(self._project.db, name)
        if known is None or known[2] == query:
            self._store(name, query)
            return
        from tui.app.screens.confirm import ConfirmScreen  # noqa: PLC0415 - seldom wanted

        def answered(yes: bool | None) -> None:
            if yes:
                self._store(name, query)
            else:
                self._page.say("Nothing was saved")

        detail = f"now: {clip(known[2], 200)}\nthen: {clip(query, 200)}"
        self._page.app.push_screen(ConfirmScreen(f"Replace @{known[1]}?", detail), answered)

    def _store(self, name: str, query: str) -> None:
        from tui.project.edits.searches import save_search  # noqa: PLC0415 - seldom wanted

        try:
            check_saved(self._project.db, name, query)
            save_search(self._project, name, query, replace=True)
        except QualError as error:
            self._page.say(f"{error.message} {error.hint}".strip())
            return
        self._page.remember()
        self._page.say(f"Saved as @{name} · {hint('search_page.saved', 'shows what is saved')}")

    def saved(self, then: Callable[[str], None]) -> None:
        """Show the saved searches; ``then`` takes the query of the one that was chosen."""
        if not list_searches(self._project.db):
            way = hint("search_page.save", "saves the query in the field")
            self._page.say(f"No search was saved yet · {way}")
            return
        from tui.app.screens.search.saved import SavedSearches  # noqa: PLC0415 - seldom wanted

        def chosen(query: str | None) -> None:
            if query is not None:
                then(query)

        self._page.app.push_screen(SavedSearches(self._project), chosen)
