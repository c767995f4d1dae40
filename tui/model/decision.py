"""What was decided about a place where two coders coded differently."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

Verdict = Literal["first", "second", "both", "neither", "edges", "later"]
"""As the first of the two coded it, as the second did, what either coded, nothing, the code with
the other one's edges; ``later``: put off."""
VERDICTS: Final[tuple[Verdict, ...]] = get_args(Verdict)


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision of one coder on one code at one place."""

    id: int
    document_id: int
    start: int
    end: int
    """Half-open, in code points: the units that either had coded."""
    code_id: int
    verdict: Verdict
    """Of the two in the order in which they were asked for."""
