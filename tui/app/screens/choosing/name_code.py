"""The box that asks for a new code's name and shows where it will stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from tui.app.keybook import key
from tui.app.screens.manners import Dialog
from tui.app.widgets.query_field import QueryField
from tui.app.widgets.rows import BOLD, PLAIN, Row, Rows

_LONGEST = 400


class NamedCode(NamedTuple):
    """What was typed, and where the code is to stand."""

    name: str
    parent_id: int | None


class NameCode(Dialog[NamedCode | None]):
    """Asks for a name; the result is name and parent, None for none.

    Args:
        name: what stands in the field at first.
        places: parent and words of each place it may stand at, the likeliest first; one at least.
    """

    SCREEN = "name"
    AUTO_FOCUS = "QueryField"

    def __init__(self, name: str, places: Sequence[tuple[int | None, str]]) -> None:
        super().__init__()
        self._name_first = name
        self._places = places
        self._at = 0

    @property
    def field(self) -> QueryField:
        """Where the name is typed."""
        return self.query_one(QueryField)

    def compose(self) -> ComposeResult:
        """Make the field and, below it, the place."""
        with Vertical(id="box"):
            with Horizontal(classes="query"):
                yield Rows([[("> ", BOLD)]], classes="prompt")
                yield QueryField(self._name_first, limit=_LONGEST)
            yield Rows([self._place()], id="place")

    def on_mount(self) -> None:
        """Name the box and put the cursor behind what is there."""
        self.show_heading("New code in the words of the text")
        self.field.cursor_position = len(self.field.value)

    def _place(self) -> Row:
        count = len(self._places)
        which = f"place {self._at + 1} of {count} ({key('name.place')}): " if count > 1 else ""
        return [(f"  {which}{self._places[self._at][1]}", PLAIN)]

    def action_place(self) -> None:
        """Let it stand elsewhere."""
        if len(self._places) == 1:
            self.say("There is no other place: the tree is empty")
            return
        self._at = (self._at + 1) % len(self._places)
        self.query_one("#place", Rows).show(self._place())

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        name = " ".join(event.value.split())
        if name:
            self.dismiss(NamedCode(name, self._places[self._at][0]))
        else:
            self.say("A code needs a name · Esc cancel")

    def action_cancel(self) -> None:
        """Close without a code."""
        self.dismiss(None)
