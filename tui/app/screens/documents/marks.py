"""Reading marks of whole documents: read or set aside, and unread again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from textual.screen import Screen

from tui.app.actions.bulk import SLICE, mark_documents
from tui.app.screens.bulk.slices import Outcome, SlicesScreen, run_slices
from tui.app.screens.confirm import ConfirmScreen
from tui.app.screens.documents.facts import Line
from tui.app.widgets.rows import clip
from tui.model.case import ReadingState
from tui.project.project import Project

_ASK_ABOVE = 20
"""Marking more documents than this asks first."""
_LONG = 1_000
"""Of more passages than these it is shown how far it is."""
_WORDS = {"read": "read", "aside": "set aside", "unread": "unread again"}

Push = Callable[[Screen[Any], Callable[[Any], None]], object]
"""Shows a screen and calls back with its result."""


def turn_marks(
    push: Push,
    project: Project,
    lines: Sequence[Line],
    wanted: ReadingState,
    told: Callable[[str], None],
) -> None:
    """Mark documents read or set aside; those that all are so already become unread.

    Args:
        push: shows a question, or how far it is.
        project: the open project.
        lines: the documents.
        wanted: ``read`` or ``aside``.
        told: takes what was done, or that nothing was.
    """
    state: ReadingState = "unread" if all(_is(line, wanted) for line in lines) else wanted
    one = len(lines) == 1
    what = clip(lines[0].document.name, 40) if one else f"{len(lines):,} documents"
    documents = [line.document for line in lines]

    def ended(outcome: Outcome) -> None:
        told(outcome.said(f"{what}: {_WORDS[state]}", len(lines)))

    def mark() -> None:
        slices = mark_documents(project, documents, state)
        if len(lines) <= SLICE and sum(each.passages for each in documents) > _LONG:
            box = SlicesScreen("Marking documents", len(lines), slices)
            push(box, lambda outcome: ended(outcome or Outcome(0)))
        else:
            run_slices(push, "Marking documents", len(lines), slices, ended)

    def answered(yes: bool | None) -> None:
        if yes:
            mark()
        else:
            told("Nothing was changed")

    if len(lines) > _ASK_ABOVE:
        push(ConfirmScreen(f"Mark {what} {_WORDS[state]}?", "It is one step of undo."), answered)
    else:
        mark()


def _is(line: Line, state: ReadingState) -> bool:
    passages = line.document.passages
    return passages == (line.facts.read if state == "read" else line.facts.aside)
