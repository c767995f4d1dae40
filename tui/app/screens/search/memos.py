"""Memos on the hits of a search; and which of its hits are meant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tui.app.actions.bulk import ASK_ABOVE, Slices, annotate_spans
from tui.app.keybook import hint
from tui.app.screens.bulk.gather import Gather, Gathered, Wanted, is_codable, place_of
from tui.app.screens.bulk.slices import Outcome, run_slices
from tui.app.screens.search.rows import hits_in_words, place_of_hit
from tui.app.widgets.rows import clip
from tui.errors import Refused
from tui.model.memo import MemoTarget
from tui.project.spans import Place
from tui.search.hit import Hit

if TYPE_CHECKING:
    from tui.app.screens.search.screen import SearchScreen
    from tui.project.project import Project

Annotate = Callable[[MemoTarget, str, Callable[[str], None]], None]
"""Lets a memo be written: on what, that in words, and what takes what was done."""


def chosen_hits(page: SearchScreen) -> list[Hit] | None:
    """Return the hits that are marked, or the highlighted one; None when some have no row."""
    hits, marks = page.answer.hits, page.marks
    if not marks.all and not marks.these:
        at = page.listing.highlighted
        return [hits[at]] if 0 <= at < len(hits) else []
    if marks.all and not page.lists_all:
        return None
    chosen = [hit for hit in hits if is_codable(hit) and hit.passage_id in marks]
    return chosen if len(chosen) == page.marked else None


def wanted_hits(page: SearchScreen) -> Wanted:
    """Return which hits are marked, or that all are meant, for what looks for them in a thread."""
    marks = page.marks
    every = marks.all or not marks.these
    return Wanted(page.answer.meant, page.document_name, every, frozenset(marks.these))


class SearchMemos:
    """Writes memos on hits that a page has marked, or on the highlighted one.

    Args:
        page: the page.
        project: the open project.
        annotate: lets one memo be written; None where there is none to be written.
    """

    def __init__(self, page: SearchScreen, project: Project, annotate: Annotate | None) -> None:
        self._page = page
        self._project = project
        self._annotate = annotate
        self._gather: Gather | None = None
        self._found: Gathered | None = None

    def write(self) -> None:
        """Write a memo on the words of the highlighted hit, or one on each marked hit."""
        page, project = self._page, self._project
        if not page.may_write(project):
            return
        chosen = chosen_hits(page)
        if chosen is None:
            self._on_all()
        elif not chosen or not all(hit.document_id and hit.passage_id for hit in chosen):
            page.say("This is no passage of a text · Enter goes to its place")
        elif len(chosen) > 1 or self._annotate is None:
            self._on_each([place_of(hit) for hit in chosen])
        else:
            document_id, start, end = place_of(chosen[0])
            target = MemoTarget("span", document_id=document_id, start=start, end=end)
            name, place = place_of_hit(chosen[0])
            undo = hint("search_list.undo", "undo")
            self._annotate(
                target,
                f"Memo on {place} {clip(name, 40)}",
                lambda said: page.say(f"{said}   {undo}"),
            )

    def stop(self) -> None:
        """Look no further for hits to write on."""
        gather, self._gather = self._gather, None
        if gather is not None:
            gather.stop()

    def _on_each(self, places: Sequence[Place]) -> None:
        project, count = self._project, hits_in_words(str(len(places)))

        def write(text: str) -> None:
            slices = annotate_spans(project, places, text)
            run_slices(
                self._page.app.push_screen, "Writing memos", len(places), slices, self._ended
            )

        self._ask(count, len(places), write)

    def _on_all(self) -> None:
        """Write on hits that have no row, too; they are looked for while the memo is written."""
        page, project = self._page, self._project
        self.stop()
        self._found = None

        def done(found: Gathered) -> None:
            self._found = found

        coder = project.coder, project.coder_id
        self._gather = Gather(project.path, *coder, wanted_hits(page), page.unit, done)

        def write(text: str) -> None:
            from tui.app.screens.bulk.slices import SlicesScreen  # noqa: PLC0415 - seldom wanted

            def ended(outcome: Outcome | None) -> None:
                self.stop()
                self._ended(outcome or Outcome(0))

            slices = self._slices(text)
            page.app.push_screen(SlicesScreen("Writing memos", self._total, slices), ended)

        total = page.answer.total if page.marks.all and not page.marks.these else str(page.marked)
        self._ask(f"the {hits_in_words(total)}", ASK_ABOVE + 1, write)

    def _total(self) -> int:
        return len(self._found.places) if self._found is not None else 0

    def _slices(self, text: str) -> Slices:
        while (found := self._found) is None:
            yield 0
        if found.trouble:
            raise Refused(found.trouble)
        yield from annotate_spans(self._project, found.places, text)

    def _ask(self, count: str, number: int, write: Callable[[str], None]) -> None:
        """Let a memo be written on each of some hits, after a question when they are many."""
        # Loaded by those who write one.
        from tui.app.screens.memo.screen import MemoScreen  # noqa: PLC0415

        page, project = self._page, self._project

        def written(text: str | None) -> None:
            if text is None:
                self.stop()
            else:
                write(text)

        def agreed(yes: bool | None = True) -> None:
            if yes:
                draft = f"{project.path}:{project.coder}:hits"
                title = f"Memo on each of {count}" if number > 1 else "Memo on this hit"
                page.app.push_screen(MemoScreen(title, "", draft), written)
            else:
                self.stop()
                page.say("Nothing was changed")

        if number <= ASK_ABOVE:
            agreed()
            return
        from tui.app.screens.confirm import ConfirmScreen  # noqa: PLC0415 - seldom wanted

        detail = f"{hint('search_list.undo', 'takes all of them away')}."
        page.app.push_screen(ConfirmScreen(f"Write one memo on each of {count}?", detail), agreed)

    def _ended(self, outcome: Outcome) -> None:
        page = self._page
        page.marks.clear()
        page.reload()
        count = hits_in_words(str(outcome.done))
        page.say(outcome.said(f"Memo on {count}", self._total() or outcome.done))
