"""A change: one entry of the journal."""

from __future__ import annotations

from typing import Literal

from tui.values import dataclass

ChangeKind = Literal["act", "undo", "redo"]


@dataclass(frozen=True, slots=True)
class Change:
    """One committed act, undo or redo."""

    id: int
    step: int
    """Id of the first change of its undo step; slices of one bulk act share it."""
    at: str
    coder_id: int
    kind: ChangeKind
    target: int | None
    """For an undo or redo: the id of the act it takes back or brings back."""
    action: str
    """Name in the registry of acts: ``coding.add``."""
    subject: str
    """What it did, in words for the log and the notices."""
