"""What can be done with the marked segments: recode, uncode, memo, flag, undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tui.app.actions.bulk import (
    ASK_ABOVE,
    Slices,
    annotate_many,
    flag_many,
    recode_many,
    remove_many,
)
from tui.app.actions.copy import citation, quotation
from tui.app.keybook import hint, key
from tui.app.screens.bulk.slices import Outcome, run_slices
from tui.app.screens.choosing.picking import Picked
from tui.app.screens.clipboard import copy_out
from tui.app.screens.confirm import ConfirmScreen
from tui.app.screens.memo.screen import MemoScreen
from tui.app.screens.stepping import Stepping
from tui.app.state import Study
from tui.app.terminal import SparingApp
from tui.app.widgets.rows import clip
from tui.errors import QualError
from tui.store.codings import read_coding
from tui.store.documents import passage_number
from tui.store.segments import sort_out, unflagged
from tui.text.counted import counted

if TYPE_CHECKING:
    from tui.app.screens.segments.screen import SegmentsScreen


_COPIED_MOST = 200
"""Quotes that are copied at once at most."""


class SegmentActs:
    """Acts on the segments that a page has marked.

    Args:
        page: the page.
        study: the open study.
    """

    def __init__(self, page: SegmentsScreen, study: Study) -> None:
        self._page = page
        self._study = study
        self._project = study.project
        self._stepping = Stepping(page, study.project, "segments.undo", "segments.redo")

    def do(self, verb: str) -> None:
        """Do what a key asks for once the filter has looked at everything, or say why not."""
        page = self._page
        if verb == "copy":
            if page.marks.all or page.segment is None or page.is_ahead:
                page.once_listed(self._copy)
            else:
                self._copy()
        elif verb == "undo":
            self._stepping.undo()
        elif verb == "redo":
            self._stepping.redo()
        elif page.may_write(self._project):
            page.once_listed(lambda: self._act(verb))

    def _copy(self) -> None:
        """Copy the quotes of the marked segments with their citations."""
        page, study, db = self._page, self._study, self._project.db
        if page.marked > _COPIED_MOST:
            export = hint("segments.export", "says how to write them to a file")
            page.say(f"{page.marked:,} are too many to copy, {_COPIED_MOST} are most · {export}")
            return
        codings = [one for each in page.chosen_ids() if (one := read_coding(db, each))]
        order = {document.id: at for at, document in enumerate(study.documents)}
        codings.sort(key=lambda one: (order.get(one.document_id, 0), one.start, one.end))
        pieces = []
        for one in codings:
            passages = (
                passage_number(db, one.document_id, one.start),
                passage_number(db, one.document_id, one.end - 1),
            )
            code = study.by_id[one.code_id]
            name = study.documents[order[one.document_id]].name
            span = one.start, one.end
            source = citation(name, passages, span, [f"{code.key} {code.name}"])
            pieces.append(quotation(one.quote, source))
        app = page.app
        if pieces and isinstance(app, SparingApp):
            try:
                page.say(copy_out(app, "\n".join(pieces), sum(len(one.quote) for one in codings)))
            except QualError as error:
                page.say(f"{error.message} {error.hint}".strip())
        elif not pieces:
            page.say("Nothing to copy")

    def _act(self, verb: str) -> None:
        page = self._page
        chosen = page.chosen_ids()
        if not chosen:
            other = hint("segments.code", "shows another code")
            page.say(f"Nothing is marked or highlighted · {other} · Esc back")
            return
        found = sort_out(self._project.db, chosen, self._project.coder_id)
        if verb == "remove":
            own, left = found.free, _left_out(found.others, len(found.held))
        else:
            # Another coder's memo stays on a coding whatever its code.
            own, left = found.free + found.held, _left_out(found.others, 0)
        if not own:
            page.say(f"Nothing was changed: {left or 'they are gone'}")
            return
        {
            "remove": self._remove,
            "recode": self._recode,
            "memo": self._memo,
            "important": self._flag,
        }[verb](own, f" · {left}" if left else "")

    def _remove(self, ids: Sequence[int], left: str) -> None:
        self._ask(
            ids,
            f"Uncode {_codings(ids)}?",
            f"Your memos on them go too{left}. {key('segments.undo')} brings all of it back.",
            lambda: self._run(
                "Uncoding", ids, remove_many(self._project, ids), f"- {_codings(ids)}{left}"
            ),
        )

    def _recode(self, ids: Sequence[int], left: str) -> None:
        def picked(found: Picked | None) -> None:
            if found is None:
                return
            if len(found.code_ids) + (found.new_name is not None) != 1:
                self._page.say("A coding has one code: choose one · marks are for coding only")
                return
            code = self._study.by_id.get(found.code_ids[0]) if found.code_ids else None
            name = f"{code.key} {code.name}" if code else f"the new code {found.new_name}"
            slices = recode_many(
                self._project,
                ids,
                code.id if code else None,
                found.new_name,
                found.new_parent_id,
            )
            self._ask(
                ids,
                f"Recode {_codings(ids)} to {clip(name, 60)}?",
                f"Edges and memos stay{left}. {key('segments.undo')} brings all of it back.",
                lambda: self._run(
                    "Recoding", ids, slices, f"Recoded {_codings(ids)} → {clip(name, 60)}{left}"
                ),
            )

        # In a branch each code may be another one's new code.
        same = set() if self._page.shows_branch else {self._page.code_in_hand or 0}
        box = self._page.picker(f"Recode {_codings(ids)} as…{left}", same)
        self._page.app.push_screen(box, picked)

    def _memo(self, ids: Sequence[int], left: str) -> None:
        def written(text: str | None) -> None:
            if text is not None:
                slices = annotate_many(self._project, ids, text)
                self._run("Writing memos", ids, slices, f"Memo on {_codings(ids)}{left}")

        def write() -> None:
            self._page.app.push_screen(MemoScreen(title, "", draft), written)

        draft = f"{self._project.path}:{self._project.coder}:segments"
        title = f"Memo on each of {_codings(ids)}" if len(ids) > 1 else "Memo on this coding"
        self._ask(
            ids,
            f"Write one memo on each of {_codings(ids)}?",
            f"{key('segments.undo')} takes all of them away{left}.",
            write,
        )

    def _flag(self, ids: Sequence[int], left: str) -> None:
        important = unflagged(self._project.db, ids) > 0
        word = "important" if important else "no longer important"
        self._ask(
            ids,
            f"Mark {_codings(ids)} as {word}?",
            f"{key('segments.undo')} takes it back{left}.",
            lambda: self._run(
                "Marking",
                ids,
                flag_many(self._project, ids, important),
                f"{_codings(ids)}: {word}{left}",
            ),
        )

    def _ask(self, ids: Sequence[int], question: str, detail: str, do: Callable[[], None]) -> None:
        if len(ids) <= ASK_ABOVE:
            do()
            return

        def answered(yes: bool | None) -> None:
            if yes:
                do()
            else:
                self._page.say("Nothing was changed")

        self._page.app.push_screen(ConfirmScreen(question, detail), answered)

    def _run(self, title: str, ids: Sequence[int], slices: Slices, said: str) -> None:
        def ended(outcome: Outcome) -> None:
            self._page.marks.clear()
            self._page.reload()
            self._page.say(outcome.said(said, len(ids)))

        run_slices(self._page.app.push_screen, title, len(ids), slices, ended)


def _codings(ids: Sequence[int]) -> str:
    return counted(len(ids), "coding")


def _left_out(others: int, held: int) -> str:
    parts = []
    if others:
        parts.append(f"{others:,} of other coders stay{'s' if others == 1 else ''} as is")
    if held:
        parts.append(f"{held:,} stay{'s' if held == 1 else ''}: another coder's memo is on them")
    return " · ".join(parts)
