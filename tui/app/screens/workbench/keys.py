"""The keys of the workbench: which act each one does, sequences, readers and the picker."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import events
from textual.timer import Timer

from tui.app.action import Action, shown
from tui.app.actions import ACTIONS, moves_only, prefix_heading
from tui.app.actions.edges import held
from tui.app.at_once import RowsAtOnce
from tui.app.desk import KeyReader
from tui.app.keybook import key_list, keys_of, turn
from tui.app.keymap import KeyTable, Unbound, Waiting
from tui.app.screens.workbench.first_steps import FirstSteps
from tui.app.screens.workbench.heartbeat import Heartbeat
from tui.app.screens.workbench.input_method import where_from
from tui.app.screens.workbench.rows import BenchRows
from tui.app.widgets.which_key import WhichKey, both_ways
from tui.app.work import in_first_hour

if TYPE_CHECKING:
    from tui.app.screens.choosing.picking import Picked, Picking
    from tui.app.screens.workbench.pick_box import PickBox

WHICH_KEY_AFTER = 0.4
WHICH_KEY_AT_ONCE = 0.05
"""Keys typed together leave no time for the box, and no bytes are spent on it."""


def heard_keys(waiting: Waiting) -> str:
    """Return the keys that can follow as they are read aloud: each with its verb."""
    following = both_ways([(key, action) for key, action in waiting.following])
    return ", ".join(f"{keys} {verb}" for keys, verb in following)


class BenchKeys(BenchRows, inherit_bindings=False):
    """The screen of the workbench with what its keys do, without what it shows."""

    _heart: Heartbeat
    _steps: FirstSteps

    def __init__(self) -> None:
        super().__init__()
        self._take_keys()
        self._prefix = ""
        self._reader: KeyReader | None = None
        self._read_at: tuple[int, int] | None = None
        """What was selected when the reader began."""
        self.box: PickBox | None = None
        """What lies over the workbench and has the keys."""
        self._which = WhichKey(id="which")
        self._which_timer: Timer | None = None
        self._which_for: Waiting | None = None
        self.rows_at_once = RowsAtOnce(
            self, lambda: not (self._which.is_attached and self._which.display)
        )
        """Writes what a key changed as soon as it is done with."""

    def _take_keys(self) -> None:
        """Take the keys that count now."""
        self._turn = turn()
        self._keys = KeyTable(ACTIONS, keys_of)
        quit_keys = keys_of("app.quit")
        self._quit_prefix = quit_keys[0].partition(" ")[0] if quit_keys else ""

    def on_paste(self, event: events.Paste) -> None:
        """Pasted text is not read as keys: it would code and undo at random."""
        event.stop()
        if self.box is not None:
            self.box.paste(event.text)
            return
        self._stop_reading()
        self.refuse(
            "Pasted text does nothing here ·"
            f" {key_list('code.pick', 'search.project', 'memo.open')} open fields to paste into"
        )

    def on_mouse_down(self) -> None:
        """A click, like a key, ends what was said of the key before."""
        if self._unsay():
            self.desk.tell_status()

    def _unsay(self) -> bool:
        """Take back what was refused; tell whether there was anything."""
        refused = self._status.take_back()
        if self._last.showing == "error" or (refused and self._last.showing == "notice"):
            self._last.show_keys()
        return refused

    def press(self, key: str) -> None:
        """Do what a key does, by its name."""
        with self.rows_at_once.of_key():
            self._press(key)

    def _press(self, key: str) -> None:
        self._heart.touch()
        prefix, self._prefix = self._prefix, ""
        if prefix:
            self._close_which_key()
        refused = self._unsay()
        if (box := self.box) is not None:
            self._border.run("choose codes", lambda: box.press(key))
            return
        if self._reader is not None:
            self._read_on(self._reader, key)
            return
        pane = self.desk.pane
        found = self._keys.find(pane, prefix, key)
        if prefix and isinstance(found, Unbound):
            if key == "escape":
                self.desk.tell_status()
                return
            if prefix == self._quit_prefix:
                found = self._keys.find(pane, "", key)
        if isinstance(found, Waiting):
            self._wait(found)
        elif isinstance(found, Unbound):
            self.refuse(where_from(key) or found.reason)
        else:
            self.do(found)
        if refused:
            self.desk.tell_status()

    def read_keys(self, reader: KeyReader) -> None:
        """Give the keys that follow to a reader until it is done."""
        self._reader = reader
        self._read_at = self.desk.view.selected_span
        self.refuse(reader.prompt())

    @property
    def takes_letters(self) -> bool:
        """Whether letters are taken as they were typed, whatever the layout."""
        return self.box is not None or (self._reader is not None and self._reader.literal)

    def pick_codes(
        self, picking: Picking, heading: str, answered: Callable[[Picked], None]
    ) -> None:
        """Lay the picker over the workbench and give it the keys."""
        # Loaded by the first who code.
        from tui.app.screens.workbench.pick_box import PickBox  # noqa: PLC0415

        self._stop_reading()
        self.box = PickBox(self, picking, heading, answered)
        self.box.draw()

    def put_box_away(self, then: Callable[[], None] = lambda: None) -> None:
        """Take the picker off the workbench and do what follows from its answer."""
        self.box = None
        with self.rows_at_once.of_key():
            self.app.cover(self, {})
            self._border.run("code", then)
            self.desk.tell()

    def _forward_event(self, event: events.Event) -> None:
        """Give the mouse to the picker while that has the keys: nothing below is reached."""
        box = self.box
        if box is None or not isinstance(event, events.MouseEvent):
            super()._forward_event(event)
            return
        with self.rows_at_once.of_key():
            self._border.run("choose codes", lambda: box.take_mouse(event))

    def _read_on(self, reader: KeyReader, key: str) -> None:
        self._reader = None
        goes_on: list[bool] = []
        done = self._border.run("read a key", lambda: goes_on.append(reader.press(key)))
        if done and goes_on[0]:
            self._reader = reader
            self.refuse(reader.prompt())
            return
        self.desk.tell()
        self.desk.tell_status()

    def _stop_reading(self) -> None:
        """Something else came between: the reader is put away."""
        reader, self._reader = self._reader, None
        if reader is not None:
            reader.cancel()
            self._status.take_back()
            self.desk.tell_status()

    def do(self, action: Action) -> None:
        """Do an action, or say why it cannot be done now."""
        if not self._border.run(action.title, lambda: self._do(action)):
            self._steps.refused(action)
            self.desk.tell()

    def reason_against(self, action: Action) -> str | None:
        """Say why an action cannot be done now; None when it can."""
        return held(self.desk, action) or action.blocked(self.desk)

    def _do(self, action: Action) -> None:
        reason = self.reason_against(action)
        if reason is not None:
            self.refuse(reason)
            return
        before = self._last.notices
        action.run(self.desk)
        if self._last.notices == before and not moves_only(action):
            # What was said of the act before is over; moving the selection makes nothing untrue.
            self.end_notice()
        self._steps.done(action)
        self.desk.tell()

    def _wait(self, waiting: Waiting) -> None:
        self._prefix = waiting.prefix
        if waiting.prefix == self._quit_prefix and len(waiting.following) == 1:
            last = shown(waiting.following[0][0])
            again = f"{last} again" if waiting.following[0][0] == waiting.prefix else last
            self.refuse(f"{again} leaves the program (everything is saved) · any other key goes on")
            return
        if self.app.accessible:
            # At once, where everything is said: no clock decides what is heard, no box comes.
            self._status.refuse(f"{prefix_heading(waiting.following[0][1])} {heard_keys(waiting)}")
            return
        after = WHICH_KEY_AT_ONCE if in_first_hour() else WHICH_KEY_AFTER
        self._which_for = waiting
        self._which_timer = self.set_timer(after, lambda: self._show_which_key(waiting))

    def _show_which_key(self, waiting: Waiting) -> None:
        if waiting is not self._which_for:
            return  # the key came when the timer had just sent for the box
        entries = both_ways([(key, action) for key, action in waiting.following])
        heading = f"{shown(waiting.prefix)}  {prefix_heading(waiting.following[0][1])}"
        self._which.open(heading, entries, self.size.width, self.size.height)
        if not self._which.is_attached:
            self.mount(self._which)

    def _close_which_key(self) -> None:
        if self._which_timer is not None:
            self._which_timer.stop()
            self._which_timer = None
        self._which_for = None
        self._which.close()
