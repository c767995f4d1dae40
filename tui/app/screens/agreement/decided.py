"""What was decided about disagreements, found by place, and in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Final

from tui.analysis.agreement_cases import Case
from tui.app.widgets.rows import clip
from tui.model.decision import Decision, Verdict

_COUNTED: Final[tuple[tuple[Verdict, str], ...]] = (
    ("first", "kept"),
    ("second", "taken"),
    ("both", "both"),
    ("neither", "neither"),
    ("edges", "edges"),
    ("later", "put off"),
)
_NAME = 16


class Decided:
    """One coder's decisions between two coders.

    Args:
        decisions: oldest first.
    """

    def __init__(self, decisions: Sequence[Decision]) -> None:
        self._all = decisions
        self._by_place: dict[tuple[int, int], list[Decision]] = {}
        for each in decisions:
            self._by_place.setdefault((each.document_id, each.code_id), []).append(each)

    @property
    def all(self) -> Sequence[Decision]:
        """Every one of them, oldest first."""
        return self._all

    def __bool__(self) -> bool:
        return bool(self._all)

    def of(self, case: Case) -> Decision | None:
        """Return the newest decision on a case; a case that has grown since keeps it."""
        found = self._by_place.get((case.document, case.code), ())
        return next(
            (each for each in reversed(found) if each.start < case.end and case.start < each.end),
            None,
        )

    def open(self, case: Case) -> bool:
        """Tell whether a case waits for a decision: none was made, or it was put off."""
        decision = self.of(case)
        return decision is None or decision.verdict == "later"

    def words(self, documents: Collection[int], code_id: int | None) -> str:
        """Return how often what was decided: ``kept 3 · taken 1``; empty before the first one.

        Args:
            documents: only there.
            code_id: only on this code; None for all.
        """
        counts = Counter(
            each.verdict
            for each in self._all
            if each.document_id in documents and code_id in (None, each.code_id)
        )
        return " · ".join(
            f"{word} {counts[verdict]:,}" for verdict, word in _COUNTED if counts[verdict]
        )


def verdict_words(verdict: Verdict, names: tuple[str, str]) -> str:
    """Return a verdict in words; ``names`` are those of the two."""
    first, second = (clip(name, _NAME) for name in names)
    return {
        "first": f"kept {first}",
        "second": f"taken {second}",
        "both": "both",
        "neither": "neither",
        "edges": "edges taken",
        "later": "put off",
    }[verdict]
