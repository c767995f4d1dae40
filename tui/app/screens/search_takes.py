"""What can be taken from the hits of a search: a copy, a file; and a memo put on them."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tui.app.actions.bulk import ASK_ABOVE, annotate_spans
from tui.app.keybook import hint
from tui.app.screens.clipboard import copy_out
from tui.app.screens.gather import Wanted, is_codable, place_of
from tui.app.screens.hits_out import HitFile, kwic, write_hits
from tui.app.screens.search_rows import hits_in_words, place_of_hit
from tui.app.screens.slices import Outcome, run_slices
from tui.app.terminal import SparingApp
from tui.app.widgets.rows import clip
from tui.errors import QualError
from tui.model.memo import MemoTarget
from tui.search.hit import Hit

if TYPE_CHECKING:
    from tui.app.screens.search import SearchScreen
    from tui.project.project import Project

Annotate = Callable[[MemoTarget, str, Callable[[str], None]], None]
"""Lets a memo be written: on what, that in words, and what takes what was done."""


class SearchTakes:
    """Takes hits that a page has marked, or the highlighted one, elsewhere.

    Args:
        page: the page.
        project: the open project.
        annotate: lets one memo be written; None where there is none to be written.
    """

    def __init__(self, page: SearchScreen, project: Project, annotate: Annotate | None) -> None:
        self._page = page
        self._project = project
        self._annotate = annotate
        self._file: HitFile | None = None

    def _chosen(self) -> list[Hit] | None:
        """Return the hits that are meant; None when not all of those have a row."""
        page = self._page
        hits = page.answer.hits
        if not page.marks.all and not page.marks.these:
            at = page.listing.highlighted
            return [hits[at]] if 0 <= at < len(hits) else []
        chosen = [hit for hit in hits if is_codable(hit) and hit.passage_id in page.marks]
        return chosen if len(chosen) == page.marked else None

    # Copies

    def copy(self) -> None:
        """Copy the marked hits as keywords in context."""
        page, app = self._page, self._page.app
        chosen = self._chosen()
        if chosen is None:
            way = hint("search_list.export", "writes them to a file")
            page.say(f"{page.marked:,} hits are too many to copy, one page is most · {way}")
        elif not chosen:
            page.say("Nothing to copy yet · type words of a passage")
        elif isinstance(app, SparingApp):
            text = "".join(f"{line}\n" for line in kwic(chosen))
            try:
                page.say(copy_out(app, text, len(text)))
            except QualError as error:
                page.say(f"{error.message} {error.hint}".strip())

    # Files

    def export(self) -> None:
        """Ask for a file and write the marked hits into it, or all of them."""
        page = self._page
        if self._file is not None:
            page.say("A file is being written already · Esc stops it")
            return
        marked = bool(page.marks.all or page.marks.these)
        whole = [hit for hit in page.answer.hits if not hit.partial]
        if not whole or page.answer.error:
            page.say("There are no hits to write yet · type words of a passage")
            return
        if marked:
            chosen = self._chosen()
            count = hits_in_words(str(page.marked))
        else:
            chosen = whole if page.lists_all else None
            count = f"all {hits_in_words(page.answer.total)}"
        every = page.marks.all or not marked
        wanted = Wanted(
            page.answer.meant, page.document_name, every, frozenset(page.marks.these), ()
        )

        def named(path: str | None) -> None:
            if path is not None:
                self._write(os.path.abspath(os.path.expanduser(path)), chosen, wanted)

        from tui.app.screens.prompt import PromptScreen  # noqa: PLC0415 - seldom wanted

        stem = os.path.splitext(os.path.basename(self._project.path))[0]
        line = "A new file, one hit a line, tabs between the fields."
        page.app.push_screen(PromptScreen(f"Write {count} to", f"{stem}-hits.tsv", line), named)

    def _write(self, path: str, chosen: Sequence[Hit] | None, wanted: Wanted) -> None:
        page = self._page
        if chosen is not None:
            self._written(path, *write_hits(path, chosen))
            return
        project = self._project

        def done(count: int, trouble: str) -> None:
            if page.is_attached:
                page.app.call_from_thread(self._ended, path, count, trouble)

        self._file = HitFile(project.path, project.coder, wanted, page.unit, path, done)
        page.say(f"Writing {clip(os.path.basename(path), 40)} · Esc stops it")

    def _ended(self, path: str, count: int, trouble: str) -> None:
        self._file = None
        if self._page.is_attached:
            self._written(path, count, trouble)

    def _written(self, path: str, count: int, trouble: str) -> None:
        name = clip(os.path.basename(path), 40)
        if trouble:
            self._page.say(f"{name}: {trouble}")
            return
        self._page.say(f"{hits_in_words(str(count))} in {name}{self._in_a_shell()}")

    def _in_a_shell(self) -> str:
        """Return the command that writes the same; nothing where there is none."""
        page = self._page
        if page.marks.all or page.marks.these:
            return ""
        query = page.answer.whole.strip()
        if page.document_name is not None:
            name = page.document_name
            query = f"({query})" if " OR " in query else query
            query += f' doc:"{name}"' if " " in name else f" doc:{name}"
        unit = "" if page.unit == "sentence" else f" --unit {page.unit}"
        return f" · in a shell: qual search {shlex.quote(query)}{unit} > FILE"

    def stop(self) -> bool:
        """Write no further; tell whether a file was being written."""
        file, self._file = self._file, None
        if file is not None:
            file.stop()
        return file is not None

    # Memos

    def memo(self) -> None:
        """Write a memo on the words of the highlighted hit, or one on each marked hit."""
        page, project = self._page, self._project
        if project.read_only:
            reason = project.read_only_reason
            page.say(f"This project is read-only. {reason.message if reason else ''}".strip())
            return
        chosen = self._chosen()
        if chosen is None:
            page.say(f"{page.marked:,} hits are too many for one memo, one page is most")
        elif not chosen or not all(hit.document_id and hit.passage_id for hit in chosen):
            page.say("This is no passage of a text · Enter goes to its place")
        elif len(chosen) > 1 or self._annotate is None:
            self._memo_on_each(chosen)
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

    def _memo_on_each(self, hits: Sequence[Hit]) -> None:
        # Loaded by those who write one.
        from tui.app.screens.memo import MemoScreen  # noqa: PLC0415

        page, project = self._page, self._project
        places = [place_of(hit) for hit in hits]
        count = hits_in_words(str(len(places)))

        def ended(outcome: Outcome) -> None:
            page.marks.clear()
            page.reload()
            page.say(outcome.said(f"Memo on {count}", len(places)))

        def written(text: str | None) -> None:
            if text is not None:
                slices = annotate_spans(project, places, text)
                run_slices(page.app.push_screen, "Writing memos", len(places), slices, ended)

        def write(yes: bool | None = True) -> None:
            if yes:
                draft = f"{project.path}:{project.coder}:hits"
                title = f"Memo on each of {count}" if len(places) > 1 else "Memo on this hit"
                page.app.push_screen(MemoScreen(title, "", draft), written)
            else:
                page.say("Nothing was changed")

        if len(places) <= ASK_ABOVE:
            write()
            return
        from tui.app.screens.confirm import ConfirmScreen  # noqa: PLC0415 - seldom wanted

        detail = f"{hint('search_list.undo', 'takes all of them away')}."
        page.app.push_screen(ConfirmScreen(f"Write one memo on each of {count}?", detail), write)
