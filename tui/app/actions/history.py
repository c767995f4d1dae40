"""Undo and redo as they are asked about: what a large step would do, in words."""

from __future__ import annotations

from typing import Literal

from tui.app.actions.bulk import ASK_ABOVE
from tui.project.project import Project
from tui.project.undo import weigh_redo, weigh_undo, weight_in_words
from tui.values import dataclass

Way = Literal["undo", "redo"]


@dataclass(frozen=True, slots=True)
class LargeStep:
    """A step through the history that is asked about before it is gone."""

    question: str
    detail: str
    """Which act it is, and how it is turned round again."""
    doing: str
    """What is said while it goes on."""
    expected: int
    """The act that was asked about: another one must not go in its place."""


def large_step(project: Project, way: Way, back: str) -> LargeStep | None:
    """Return what is asked before the next step; None when it is small, or there is none.

    Args:
        project: the open project.
        way: which way the step goes.
        back: what turns it round, a key with its verb: ``Z brings all of it back``.
    """
    rows, acts = weigh_undo(project) if way == "undo" else weigh_redo(project)
    if rows <= ASK_ABOVE:
        return None
    weight = weight_in_words(project, rows, acts)
    last = acts[0] if way == "undo" else acts[-1]
    what = acts[0].subject if len(acts) == 1 else f"{len(acts)} acts, the last: {last.subject}"
    verb = way.capitalize()
    return LargeStep(
        f"{verb} {weight} in one step?", f"{what}. {back}.", f"{verb}ing {weight}…", acts[0].id
    )
