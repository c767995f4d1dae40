"""The edges of a focused coding on their way to another place.

A coding's span is a selection like any other: the motions that extend the selection move its edges.
Nothing of it is stored; the coding as it is stored stays beside it, to be put back.
"""

from __future__ import annotations

from dataclasses import replace

from tui.app.document.cursor import Selection
from tui.app.document.lanes import LaneCoding
from tui.app.document.motions import MOTIONS, CannotMove, selection_of
from tui.app.document.text_source import DocumentText
from tui.values import dataclass

EDGE_MOTIONS = frozenset(
    {
        "extend_next",
        "extend_prev",
        "extend_word_next",
        "extend_word_prev",
        "swap_end",
        "nudge_left",
        "nudge_right",
        "grow",
        "shrink",
    }
)
"""Motions that stretch what is selected, or a focused coding; all others go somewhere else."""


@dataclass(frozen=True, slots=True)
class Edges:
    """Where the edges of a coding are, and where they were."""

    stored: LaneCoding
    """The coding as it is stored."""
    at: Selection
    """Its edges now; the head is the one that moves."""

    @property
    def moved(self) -> bool:
        """Whether they are elsewhere than stored."""
        return (self.at.start, self.at.end) != (self.stored.start, self.stored.end)

    @property
    def coding(self) -> LaneCoding:
        """The coding as it is shown."""
        return self.stored._replace(start=self.at.start, end=self.at.end)

    def restored(self, stored: LaneCoding) -> Edges | None:
        """Return the same edges of the coding as it is stored now; None when its span differs."""
        if (stored.start, stored.end) != (self.stored.start, self.stored.end):
            return None
        return replace(self, stored=stored)


def begun(text: DocumentText, coding: LaneCoding, edges: Edges | None) -> Edges:
    """Return the edges of a coding: those on their way, else where it is stored.

    Args:
        text: the document.
        coding: the coding as it is shown.
        edges: its edges, when they have been moved already.

    Raises:
        CannotMove: there is no text.
    """
    if edges is not None:
        return edges
    at = selection_of(text, coding.start, coding.end)
    if at is None:
        raise CannotMove("There is no text here")
    return Edges(coding, at)


def move_edges(text: DocumentText, coding: LaneCoding, edges: Edges | None, motion: str) -> Edges:
    """Make one of ``EDGE_MOTIONS`` with the edges of a coding; see ``begun``.

    Raises:
        CannotMove: there is nowhere to go.
    """
    edges = begun(text, coding, edges)
    return replace(edges, at=MOTIONS[motion](text, edges.at))


def over(at: Selection, start: int, end: int) -> Selection:
    """Return a selection whose moving end was taken over a word; the other end stays."""
    if start >= at.end or (not at.backward and start >= at.start):
        return Selection(at.anchor if not at.backward else at.start, end, "word")
    return Selection(at.anchor if at.backward else at.end, start, "word")
