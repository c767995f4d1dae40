"""The box that shows how far a large act has come, and lets it be stopped."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import Screen

from tui.app.actions.bulk import SLICE, Slices
from tui.app.keybook import hint, key
from tui.app.screens.manners import Dialog
from tui.app.widgets.rows import DIM, PLAIN, Rows
from tui.errors import QualError

_BAR = 24

Push = Callable[["Screen[Any]", Callable[[Any], None]], object]
"""Shows a screen and calls back with its result."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a large act ended."""

    done: int
    """Codings that it has reached."""
    stopped: bool = False
    trouble: str = ""
    """Why it ended early."""

    def said(self, text: str, total: int) -> str:
        """Return what to tell: ``text`` when all went well, else how far it came and why."""
        after = f"   {hint('edit.undo', 'undo')}"
        if self.trouble:
            return f"Ended after {self.done:,}: {self.trouble}" + (after if self.done else "")
        if self.stopped:
            return f"Stopped after {self.done:,} of {total:,}: those stay as they are now{after}"
        return text + after


class SlicesScreen(Dialog[Outcome]):
    """Does an act slice by slice; each is on disk when the next begins.

    Args:
        title: what is done: ``Recoding``.
        total: how many codings there are; what tells it, where that is not known yet.
        slices: does them.
    """

    SCREEN = "slices"
    AUTO_FOCUS = ""

    def __init__(self, title: str, total: int | Callable[[], int], slices: Slices) -> None:
        super().__init__()
        self._title = title
        self._total = total
        self._slices = slices
        self._done = 0
        self._ended = False

    def compose(self) -> ComposeResult:
        """Make the row that tells how far it is."""
        with Vertical(id="box"):
            yield Rows(id="progress")
            yield Rows([[(f"What is done stays; {key('edit.undo')} takes all of it back.", DIM)]])

    def on_mount(self) -> None:
        """Begin once the box is drawn."""
        self.show_heading(self._title)
        self._draw()
        self.call_after_refresh(self._step)

    def _draw(self) -> None:
        total = self._total if isinstance(self._total, int) else self._total()
        share = self._done * _BAR // max(total, 1)
        bar = "▓" * share + "░" * (_BAR - share)
        said = f"{self._done:,} of {total:,}" if total else "Collecting them…"
        row = [(f"{said}  {bar}", PLAIN)]
        self.query_one("#progress", Rows).show(row)

    def _step(self) -> None:
        if self._ended:
            return
        try:
            self._done += next(self._slices)
        except StopIteration:
            self._end(Outcome(self._done))
            return
        except QualError as error:
            self._end(Outcome(self._done, trouble=f"{error.message} {error.hint}".strip()))
            return
        self._draw()
        # Keys that came meanwhile are read before the next slice.
        self.set_timer(0.005, self._step)

    def _end(self, outcome: Outcome) -> None:
        self._ended = True
        close(self._slices)
        self.dismiss(outcome)

    def action_stop(self) -> None:
        """End after the slice that is done."""
        self._end(Outcome(self._done, stopped=True))

    def keep(self) -> None:
        """End when the app ends."""
        self._ended = True
        close(self._slices)


def close(slices: Slices) -> None:
    """End an act where it is: what its slices did is one step of undo."""
    if isinstance(slices, Generator):
        slices.close()


def run_slices(
    push: Push, title: str, total: int, slices: Slices, then: Callable[[Outcome], None]
) -> None:
    """Do an act: at once when it is one slice, else in a box that shows how far it is.

    Args:
        push: shows the box and calls back with how it ended.
        title: what is done: ``Recoding``.
        total: how many codings there are.
        slices: does them.
        then: takes how it ended.
    """
    if total > SLICE:
        push(SlicesScreen(title, total, slices), lambda ended: then(ended or Outcome(0)))
        return
    done = 0
    try:
        for count in slices:
            done += count
    except QualError as error:
        then(Outcome(done, trouble=f"{error.message} {error.hint}".strip()))
        return
    finally:
        close(slices)
    then(Outcome(done))
