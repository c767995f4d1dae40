"""A page whose list is found in a thread: what is to be done to the list waits for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar, cast

from textual.timer import Timer

from tui.app.keymap import KeyHolder
from tui.app.screens.manners import Page

if TYPE_CHECKING:
    from tui.app.app import QualApp

Result = TypeVar("Result")

LONGEST_HOLD = 1.0
"""Seconds that keys wait at most for what one before them acts on."""


class FindingPage(Page[Result], KeyHolder, inherit_bindings=False):
    """A page that looks for what it lists; ``found`` is to be called when all of it is there."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: list[Callable[[], None]] = []
        """What is to be done once the list is there."""
        self._hold: Timer | None = None
        """Runs while keys wait."""

    @property
    def is_looking(self) -> bool:
        """Whether the list is not yet what was asked for."""
        raise NotImplementedError

    @property
    def holds_keys(self) -> bool:
        """Whether keys wait: those before them may yet lead to another screen."""
        return self._hold is not None

    def once_found(self, do: Callable[[], None]) -> None:
        """Do something to the list: at once, or when it is there."""
        if self.is_looking:
            self._waiting.append(do)
        else:
            do()

    def hold_until_found(self, do: Callable[[], None], late: str = "") -> None:
        """Do something to the list when it is there; keys that come meanwhile wait behind it.

        Args:
            do: what is to be done.
            late: what is said instead when the list is not there after ``LONGEST_HOLD``; the keys
                that waited are forgotten, for they were meant for what would have come of it.
                Empty: keys are read from then on, and it is done whenever the list comes.
        """
        if not self.is_looking:
            do()
            return

        def over() -> None:
            if not late:
                self._let_go()
                return
            cast("QualApp", self.app).forget_keys()
            self.wait_no_more()
            self.say(late)

        self._waiting.append(do)
        if self._hold is not None:
            self._hold.stop()
        self._hold = self.set_timer(LONGEST_HOLD, over)

    def wait_no_more(self) -> None:
        """Forget what was to be done to a list that nobody looks for any more; let keys go on."""
        self._waiting.clear()
        self._let_go()

    def found(self) -> None:
        """Do what has waited for the list, and let keys go on."""
        waiting, self._waiting = self._waiting, []
        for do in waiting:
            do()
        self._let_go()

    def _let_go(self) -> None:
        hold, self._hold = self._hold, None
        if hold is not None:
            hold.stop()
            cast("QualApp", self.app).read_keys()

    def on_unmount(self) -> None:
        """Let keys go that waited for a page that is gone."""
        self.wait_no_more()
