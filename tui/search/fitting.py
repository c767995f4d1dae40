"""All passages that fit a query, and what judges them; for screens that go through every hit."""

from __future__ import annotations

from tui.search.rank import Judge

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tui.search.filters import Scope
    from tui.search.matching import Matching
    from tui.search.plan import Plan
    from tui.search.rank import Term, Unit
    from tui.search.verdict import Verdict


class Fitting:
    """What a query asks, read once for all that is asked about it afterwards.

    Args:
        terms: the parts of a plain query.
        scope: what its conditions leave.
        plans: of any other query; None for a plain one.
        matching: finds the passages.
        weigh: returns how much each of some terms counts.
        breathe: called now and then; raises when the search is to stop.
    """

    def __init__(
        self,
        terms: list[Term],
        scope: Scope | None,
        plans: list[Plan] | None,
        matching: Matching,
        weigh: Callable[[list[Term]], list[float]],
        breathe: Callable[[], None],
    ) -> None:
        self._terms = terms
        self._scope = scope
        self._plans = plans and [plan for plan in plans if plan.place == "text"]
        self._matching = matching
        self._weigh = weigh
        self._breathe = breathe

    def rows(self) -> list[int]:
        """Return the ids of all passages that fit."""
        if self._plans is None:
            return self._matching.complete(self._terms, self._scope)
        return [row for plan in self._plans for row in plan.rows(self._breathe)]

    def judges(self, unit: Unit) -> Iterator[tuple[Judge | Verdict, list[Term]]]:
        """Yield what judges passages, with the terms of which each must have a place."""
        if self._plans is None:
            yield Judge(self._terms, self._weigh(self._terms), unit), self._terms
            return
        from tui.search.verdict import Verdict  # noqa: PLC0415 - plain queries do without

        for plan in self._plans:
            yield Verdict(plan.root, unit), []
