"""What can be taken from the hits of a search: a copy, a file; and a memo put on them."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from tui.app.screens.clipboard import copy_out, told
from tui.app.screens.search.hits_out import (
    HitCopy,
    HitWriter,
    kwic,
    label_cells,
    room_for_labels,
    write_hits,
)
from tui.app.screens.search.memos import Annotate, SearchMemos, chosen_hits, wanted_hits
from tui.app.screens.search.rows import hits_in_words
from tui.app.terminal import CLIPBOARD_LIMIT, SparingApp
from tui.app.widgets.rows import clip
from tui.errors import QualError
from tui.search.hit import Hit

if TYPE_CHECKING:
    from tui.app.screens.search.screen import SearchScreen
    from tui.project.project import Project


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
        self._writer: HitWriter | None = None
        self._given_up = ""
        """What is said when what is being written is given up."""
        self._memos = SearchMemos(page, project, annotate)
        self.memo = self._memos.write
        """Write a memo on the words of the highlighted hit, or one on each marked hit."""

    # Copies

    def copy(self) -> None:
        """Copy the marked hits as keywords in context."""
        page, app = self._page, self._page.app
        if self._is_writing() or not isinstance(app, SparingApp):
            return
        chosen = chosen_hits(page)
        if chosen is None:
            self._copy_all()
        elif not chosen:
            page.say("Nothing to copy yet · type words of a passage")
        else:
            self._copied("".join(kwic(chosen, label_cells(chosen))), len(chosen))

    def _copied(self, text: str, count: int, trouble: str = "") -> None:
        app = self._page.app
        if trouble or not isinstance(app, SparingApp):
            self._page.say(trouble)
            return
        try:
            self._page.say(copy_out(app, text, hits_in_words(str(count))))
        except QualError as error:
            self._page.say(f"{error.message} {error.hint}".strip())

    def _copy_all(self) -> None:
        """Copy hits that have no row, too: in a thread, since nobody knows how many there are."""
        page = self._page
        answer = page.answer
        names = [name for name, _ in answer.spread] if answer.is_spread_whole else page.names
        copies = HitCopy(CLIPBOARD_LIMIT, room_for_labels(names))

        def ended(count: int, trouble: str) -> None:
            self._writer = None
            if not page.is_attached:
                return
            if trouble or copies.text:
                self._copied(copies.text, count, trouble)
            else:
                cells = page.app.size.width - 2
                page.say(told(hits_in_words(str(count)), False, "", os.environ, cells))

        self._write_in_thread(copies.write, ended)
        self._given_up = "The copying was given up, what was copied before is still there"
        page.say(f"Copying {hits_in_words(answer.total)} · Esc stops it")

    # Files

    def export(self) -> None:
        """Ask for a file and write the marked hits into it, or all of them."""
        page = self._page
        if self._is_writing():
            return
        marked = bool(page.marks.all or page.marks.these)
        whole = [hit for hit in page.answer.hits if not hit.partial]
        if not whole or page.answer.error:
            page.say("There are no hits to write yet · type words of a passage")
            return
        if marked:
            chosen = chosen_hits(page)
            count = hits_in_words(str(page.marked))
        else:
            chosen = whole if page.lists_all else None
            count = f"all {hits_in_words(page.answer.total)}"

        def named(path: str | None) -> None:
            if path is not None:
                self._write(os.path.abspath(os.path.expanduser(path)), chosen)

        from tui.app.screens.prompt import PromptScreen  # noqa: PLC0415 - seldom wanted

        stem = os.path.splitext(os.path.basename(self._project.path))[0]
        line = "A new file, one hit a line, tabs between the fields."
        page.app.push_screen(PromptScreen(f"Write {count} to", f"{stem}-hits.tsv", line), named)

    def _write(self, path: str, chosen: Sequence[Hit] | None) -> None:
        page = self._page
        if chosen is not None:
            self._written(path, *write_hits(path, chosen))
            return

        def write(hits: Iterator[Hit], stopped: Callable[[], bool]) -> tuple[int, str]:
            return write_hits(path, hits, stopped)

        def ended(count: int, trouble: str) -> None:
            self._writer = None
            if page.is_attached:
                self._written(path, count, trouble)

        self._write_in_thread(write, ended)
        self._given_up = "The file was given up, nothing is left of it"
        page.say(f"Writing {clip(os.path.basename(path), 40)} · Esc stops it")

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

    # In a thread

    def _is_writing(self) -> bool:
        """Tell whether hits are being written; say so."""
        if self._writer is not None:
            self._page.say("Hits are being written already · Esc stops it")
        return self._writer is not None

    def _write_in_thread(
        self,
        write: Callable[[Iterator[Hit], Callable[[], bool]], tuple[int, str]],
        ended: Callable[[int, str], None],
    ) -> None:
        page, project = self._page, self._project

        def done(count: int, trouble: str) -> None:
            if page.is_attached:
                page.app.call_from_thread(ended, count, trouble)

        wanted = wanted_hits(page)
        self._writer = HitWriter(project.path, project.coder, wanted, page.unit, write, done)

    def stop(self) -> str:
        """Write no further; return what to say of what was given up, empty when nothing was."""
        self._memos.stop()
        writer, self._writer = self._writer, None
        if writer is None:
            return ""
        writer.stop()
        return self._given_up
