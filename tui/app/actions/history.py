"""Undo and redo as they are asked about: what a large step would do, in words."""

from __future__ import annotations

from typing import Final, Literal

from tui.app.actions.bulk import ASK_ABOVE
from tui.app.document.cells import fit, width
from tui.app.keybook import hint
from tui.errors import Refused
from tui.model.change import Change
from tui.project.project import Project
from tui.project.undo import (
    NothingLeft,
    redo,
    refuse_blocked,
    undo,
    weigh_redo,
    weigh_undo,
    weight_in_words,
)
from tui.text.safe import make_line
from tui.values import dataclass

Way = Literal["undo", "redo"]

_DONE_LAST: Final = {"coding.important": " on ", "agreement.decide": ", "}
"""Acts whose subject ends with what was done, and what divides code and place in it."""
_CODE_LEAST: Final = 16
"""Cells that a code keeps where its subject is made short."""


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

    Raises:
        Refused: it is large, and another coder's act stands in its way.
    """
    rows, acts = weigh_undo(project) if way == "undo" else weigh_redo(project)
    if rows <= ASK_ABOVE:
        return None
    try:
        refuse_blocked(project, acts, way)
    except NothingLeft as error:
        raise Refused(error.message, hint("edit.redo", "redo")) from error
    weight = weight_in_words(project, rows, acts)
    last = acts[0] if way == "undo" else acts[-1]
    what = acts[0].subject if len(acts) == 1 else f"{len(acts)} acts, the last: {last.subject}"
    verb = way.capitalize()
    return LargeStep(
        f"{verb} {weight} in one step?", f"{what}. {back}.", f"{verb}ing {weight}…", acts[0].id
    )


def take_step(project: Project, way: Way, expected: int | None, back: str) -> Change:
    """Undo or redo; return the act.

    Args:
        project: the open project.
        way: which way the step goes.
        expected: the id of the act that was asked about.
        back: the key that turns it round, with its verb: ``Z redo``.

    Raises:
        Refused: as ``undo`` and ``redo`` say it.
    """
    try:
        return (undo if way == "undo" else redo)(project, expected)
    except NothingLeft as error:
        raise Refused(error.message, back) from error


def in_brief(change: Change, cells: int) -> str:
    """Return the subject of an act, of at most ``cells`` cells where that leaves enough of it.

    Where it is too long, what was done comes first, and the code's name is cut before the place.
    """
    subject = make_line(change.subject)
    if width(subject) <= cells:
        return subject
    divider = _DONE_LAST.get(change.action)
    if divider is not None:
        about, _, done = subject.rpartition(": ")
        subject = f"{done} · {about}" if about else subject
    elif change.action == "coding.add":
        divider = " on "
    what, sign, place = subject.rpartition(divider or " on ")
    if divider is None or not sign:
        return fit(subject, cells)
    kept = cells - width(f"{sign}{place}")
    return fit(f"{fit(what, max(kept, _CODE_LEAST))}{sign}{place}", cells)
