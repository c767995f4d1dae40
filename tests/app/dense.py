"""A study whose margin is crowded: many codings on few lines, by two coders."""

from __future__ import annotations

from pathlib import Path

from tests.app.document.samples import INTERVIEW
from tests.tiny import Clock, draft
from tui.project.edits.codes import add_code
from tui.project.edits.codings import add_codings
from tui.project.edits.documents import import_document
from tui.project.edits.readings import show_coders
from tui.project.project import Project
from tui.store.migrate import create_project

NAMES = (
    "Workload", "Admin", "Testing", "Burnout", "Sleep", "Data entry", "Coping", "Peer support",
    "Inspection", "Kindness",
)  # fmt: skip
TURN = INTERVIEW[2]
"""The turn that everything is coded in."""


def start_of_turn() -> int:
    """Return where in the document the turn begins."""
    return "\n\n".join(INTERVIEW).index(TURN)


def span(words: str) -> tuple[int, int]:
    """Return where in the document some words of the turn lie."""
    start = start_of_turn() + TURN.index(words)
    return start, start + len(words)


def make_dense(
    path: str | Path, codings: list[tuple[str, str]], others: list[tuple[str, str]]
) -> None:
    """Make a project in which ann and Cy Drew have coded words of one turn.

    Args:
        path: where.
        codings: words and the name of a code, by ann.
        others: the same, by Cy Drew, whose codings ann has turned on.
    """
    create_project(str(path))
    clock = Clock()
    with Project(str(path), "ann", clock=clock) as project:
        document = import_document(project, draft("interview_07", "\n\n".join(INTERVIEW) + "\n"))
        ids = {name: add_code(project, name) for name in NAMES}
        for words, name in codings:
            add_codings(project, document, *span(words), [ids[name]])
    if others:
        with Project(str(path), "Cy Drew", clock=clock) as project:
            for words, name in others:
                add_codings(project, document, *span(words), [ids[name]])
        with Project(str(path), "ann", clock=clock) as project:
            show_coders(project, ["Cy Drew"])
