"""The first steps: a few lines that lead a new coder through the first minute."""

from __future__ import annotations

from tui.app.action import Action
from tui.app.keybook import fill
from tui.app.widgets.last_row import FIRST_STEPS, LastRow
from tui.app.work import has_seen, remember_seen
from tui.project.events import Committed

SEEN = "first-steps"
ENOUGH = 5
"""So many coded passages are a beginning."""
STILL = "still open: {text.next} {code.again} same code again on the next sentence"
"""What the first step says once something is coded."""
_STRETCHING = {"text.extend_next", "text.extend_prev", "text.grow", "go.uncoded"}
_LOOKING = {"search.project", "search.document", "app.help"}
_LEAVING = {"pane.documents", "view.documents", "app.practice"}


class FirstSteps:
    """Shows the step a new coder is at, until the last is done or Esc puts all away for good.

    Args:
        row: where they are shown.
        new_here: whether this coder has never worked in this project.
        path: the project file.
    """

    def __init__(self, row: LastRow, *, new_here: bool, path: str) -> None:
        self._row = row
        self._path = path
        self._coded: set[tuple[object, ...]] = set()
        """Spans that were given a code since the study was opened."""
        self._step: int | None = None
        self._stretched = False
        """Whether the second step was taken before the first was done."""
        if new_here and not has_seen(SEEN):
            self.begin()

    def begin(self) -> None:
        """Show the first of them."""
        self._coded.clear()
        self._stretched = False
        self._go_to(0)

    def coded(self, event: Committed) -> None:
        """Note which words were given a code."""
        for image in event.images:
            row = image.after or {}
            if image.place == "codings" and image.before is None and "start" in row:
                self._coded.add((row.get("document_id"), row["start"], row.get("end")))
        if self._step == 0 and len(self._coded) >= 2:
            self._end_first()
        elif self._step == 0:
            self._row.set_step(0, left=STILL)
        elif self._step is not None and len(self._coded) >= ENOUGH:
            self._go_to(len(FIRST_STEPS))

    def done(self, action: Action) -> None:
        """Note that an action was done."""
        if self._step == len(FIRST_STEPS):
            if action.id in _LEAVING:
                self._go_to(None)
        elif self._step == 0 and action.id in _STRETCHING:
            self._stretched = True
        elif self._step == 1 and action.id in _STRETCHING:
            self._go_to(2)
        elif self._step == 2 and action.id in _LOOKING and self._coded:
            self._go_to(3)

    def refused(self, action: Action) -> None:
        """Note that an action was tried in vain: the words had that code before."""
        if self._step == 0 and action.id == "code.again" and self._coded:
            self._end_first()

    def _end_first(self) -> None:
        self._go_to(2 if self._stretched else 1)

    def put_away(self) -> bool:
        """Put them away for good; tell whether they were there."""
        if self._step is None:
            return False
        self._go_to(None)
        return True

    def _go_to(self, step: int | None) -> None:
        self._step = step
        if step is None or step == len(FIRST_STEPS):
            remember_seen(SEEN)
        self._row.set_step(step, self._last_words() if step == len(FIRST_STEPS) else "")

    def _last_words(self) -> str:
        # Loaded once in a coder's life: it knows how studies are made.
        from tui.project.workspace import is_sample  # noqa: PLC0415

        count = len(self._coded)
        passages = "1 passage" if count == 1 else f"{count} passages"
        files = fill("{pane.documents} then {documents.import}")
        own = f"Own files: {files}." if is_sample(self._path) else "w looks at all of it."
        return f"You have coded {passages}. {own}"
