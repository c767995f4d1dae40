"""Acts on many codings: slices that commit one by one and are undone as one step."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from tui.model.case import ReadingState
from tui.model.document import Document
from tui.model.memo import MemoTarget
from tui.project.edits.codes import add_code
from tui.project.edits.codings import recode_codings, remove_codings, set_important
from tui.project.edits.memos import add_memo
from tui.project.edits.readings import mark_passages
from tui.project.project import Project

SLICE: Final = 200
"""Codings of one transaction: nobody else waits longer, and the screen answers in between."""
ASK_ABOVE: Final = 20
"""Acts on more codings than this ask first; so do steps through the history of more changes."""

Slices = Iterator[int]
"""Does a slice at each step and gives how many codings it was; closing it ends the act there."""


def recode_many(
    project: Project,
    ids: Sequence[int],
    code_id: int | None,
    new_name: str | None = None,
    parent_id: int | None = None,
) -> Slices:
    """Give codings of this coder another code.

    Args:
        project: the project.
        ids: the codings.
        code_id: the code; None when it is made first.
        new_name: the name of the code to make.
        parent_id: what it goes under.
    """
    with project.one_step():
        if code_id is None:
            code_id = add_code(project, new_name or "", parent_id)
        for part in _parts(ids):
            recode_codings(project, part, code_id)
            yield len(part)


def remove_many(project: Project, ids: Sequence[int]) -> Slices:
    """Take codings of this coder away, with the memos on them."""
    return _each(project, ids, lambda part: remove_codings(project, part))


def flag_many(project: Project, ids: Sequence[int], important: bool) -> Slices:
    """Flag codings of this coder as important, or take the flags off."""

    def flag(part: Sequence[int]) -> None:
        with project.act("coding.important") as act:
            for coding_id in part:
                set_important.apply(act, coding_id, important)
            if len(part) > 1:
                word = "important" if important else "not important"
                act.subject = f"{len(part)} codings: {word}"

    return _each(project, ids, flag)


def annotate_many(project: Project, ids: Sequence[int], text: str) -> Slices:
    """Write the same memo on each of some codings."""

    def write(part: Sequence[int]) -> None:
        with project.act("memo.add") as act:
            for coding_id in part:
                add_memo.apply(act, MemoTarget("coding", coding_id=coding_id), text)
            if len(part) > 1:
                act.subject = f"Memo on {len(part)} codings"

    return _each(project, ids, write)


def annotate_spans(project: Project, places: Sequence[tuple[int, int, int]], text: str) -> Slices:
    """Write the same memo on each of some stretches of documents: document, start, end."""
    with project.one_step():
        for first in range(0, len(places), SLICE):
            part = places[first : first + SLICE]
            with project.act("memo.add") as act:
                for document_id, start, end in part:
                    target = MemoTarget("span", document_id=document_id, start=start, end=end)
                    add_memo.apply(act, target, text)
                if len(part) > 1:
                    act.subject = f"Memo on {len(part)} passages"
            yield len(part)


_CHARS_AT_ONCE: Final = 100_000
"""Characters of a document whose passages are marked in one transaction."""


def mark_documents(project: Project, documents: Sequence[Document], state: ReadingState) -> Slices:
    """Mark all passages of some documents; gives how many documents are done at each step."""
    with project.one_step():
        for document in documents:
            for start in range(0, max(document.chars, 1), _CHARS_AT_ONCE):
                end = min(start + _CHARS_AT_ONCE, document.chars)
                mark_passages(project, document.id, start, end, state)
                yield int(end == document.chars)


def _each(project: Project, ids: Sequence[int], do: Callable[[Sequence[int]], object]) -> Slices:
    with project.one_step():
        for part in _parts(ids):
            do(part)
            yield len(part)


def _parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), SLICE):
        yield ids[start : start + SLICE]
