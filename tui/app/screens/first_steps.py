"""The first steps: three lines that lead a new coder through the first minute."""

from __future__ import annotations

from tui.app.action import Action
from tui.app.widgets.last_row import FIRST_STEPS, LastRow
from tui.app.work import has_seen, remember_seen

SEEN = "first-steps"
_STRETCHING = {"text.extend_next", "text.extend_prev", "text.grow", "go.uncoded"}
_LOOKING = {"search.project", "search.document", "app.help"}


class FirstSteps:
    """Shows the step a new coder is at, until the last is done or Esc puts all away for good.

    Args:
        row: where they are shown.
        new_here: whether this coder has never worked in this project.
    """

    def __init__(self, row: LastRow, *, new_here: bool) -> None:
        self._row = row
        self._coded = 0
        self._step: int | None = 0 if new_here and not has_seen(SEEN) else None
        if self._step is not None:
            row.set_step(self._step)

    def coded(self) -> None:
        """Note that a passage was coded."""
        self._coded += 1
        if self._step == 0 and self._coded >= 2:
            self._go_to(1)

    def done(self, action: Action) -> None:
        """Note that an action was done."""
        if (self._step == 1 and action.id in _STRETCHING) or (
            self._step == 2 and action.id in _LOOKING
        ):
            self._go_to(self._step + 1)

    def put_away(self) -> bool:
        """Put them away for good; tell whether they were there."""
        if self._step is None:
            return False
        self._go_to(len(FIRST_STEPS))
        return True

    def _go_to(self, step: int) -> None:
        if step < len(FIRST_STEPS):
            self._step = step
        else:
            self._step = None
            remember_seen(SEEN)
        self._row.set_step(self._step)
