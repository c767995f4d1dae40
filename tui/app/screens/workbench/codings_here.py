"""The box that lists the codings under the selection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical

from tui.app.document.cells import width
from tui.app.screens.bindings import bottom_row
from tui.app.screens.manners import Dialog
from tui.app.screens.spoken import is_accessible
from tui.app.screens.workbench.here import HereEntry
from tui.app.widgets.rows import BOLD, DIM, PLAIN, Row, Rows, clip, column
from tui.app.widgets.virtual_list import VirtualList

Verb = Literal["focus", "remove", "recode", "memo", "important"]
_OWN_ONLY = ("here.remove", "here.recode", "here.important")
"""What only the coder of a coding does with it."""


@dataclass(frozen=True, slots=True)
class HereResult:
    """What is to be done with which coding."""

    verb: Verb
    coding_id: int


_DATED = 50
"""From so many cells on a row says who made the coding, and when."""


class CodingsHere(Dialog[HereResult | None]):
    """Lists codings; digits focus, letters act on the highlighted one.

    Args:
        rows: the codings, at least one.
        title: the heading: ``5 codings here  (¶15, 24 words)``.
    """

    SCREEN = "here"
    NO_UNDO = "Esc first, undo is in the text"
    AUTO_FOCUS = ""

    def __init__(self, rows: Sequence[HereEntry], title: str) -> None:
        super().__init__()
        self._here = list(rows)
        self._title = title
        self._name_cells = min(max((width(clip(r.name, 40)) for r in rows), default=4), 40)
        self._place_cells = min(max((width(clip(r.place, 16)) for r in rows), default=4), 16)

    @property
    def listing(self) -> VirtualList:
        """The codings."""
        return self.query_one(VirtualList)

    def keys_row(self) -> str:
        """Say which digits focus."""
        last = min(len(self._here), 9)
        digits = "1" if last < 2 else f"1-{last}"
        focus = f"{digits} focus"
        without = () if any(row.own for row in self._here) else _OWN_ONLY
        return f"{focus}  {bottom_row(self.SCREEN, self.row_cells - len(focus) - 2, without)}"

    def compose(self) -> ComposeResult:
        """Make the list and the row that explains its signs."""
        with Vertical(id="box"):
            yield VirtualList(self._row)
            yield Rows([[("● another's   m has a memo   ! important", DIM)]], id="legend")

    def on_mount(self) -> None:
        """Show the codings."""
        self.show_heading(self._title)
        self.listing.show(len(self._here))

    def on_resize(self, event: events.Resize) -> None:
        """Be as high as the codings are many, if there is room."""
        rows = 4 if is_accessible(self.app) else len(self._here)
        self.listing.styles.height = max(min(rows, event.size.height - 4), 1)

    def _row(self, index: int, cells: int) -> Row:
        row = self._here[index]
        if is_accessible(self.app):
            said = f"{index + 1}, {row.name}, {row.place}, by {row.coder} {row.when}"
            said += "; important" if row.important else ""
            return [(said + ("; has a memo" if row.memo else ""), PLAIN)]
        number = f"{index + 1}  " if index < 9 else "   "
        signs = ("●" if not row.own else " ") + ("m" if row.memo else " ")
        signs += "!" if row.important else " "
        made = f"{clip(row.coder, 10)} {clip(row.when, 14)}"
        tail = f" {column(row.place, self._place_cells)}" + (f"  {made}" if cells >= _DATED else "")
        room = max(cells - len(number) - 3 - width(tail) - 4, 8)
        name = column(row.name, min(self._name_cells, room))
        return [
            (f" {number}", PLAIN),
            (f"{clip(row.letter, 1) or ' '} ", BOLD),
            (name, PLAIN),
            (f" {signs}", BOLD),
            (tail, PLAIN),
        ]

    def action_do(self, verb: Verb) -> None:
        """Close and do something with the highlighted coding."""
        if 0 <= self.listing.highlighted < len(self._here):
            row = self._here[self.listing.highlighted]
            if not row.own and verb in ("remove", "recode", "important"):
                self.say(f"That is {clip(row.coder, 20)}'s coding; only they can change it")
                return
            self.dismiss(HereResult(verb, row.coding_id))

    def action_number(self, number: int) -> None:
        """Focus the coding of that number."""
        if number <= len(self._here):
            self.dismiss(HereResult("focus", self._here[number - 1].coding_id))
        else:
            self.say(f"There is no coding {number} here · {self.keys_row()}")

    @on(VirtualList.Chosen)
    def _clicked(self, event: VirtualList.Chosen) -> None:
        event.stop()
        self.action_do("focus")

    def action_cancel(self) -> None:
        """Close without doing anything."""
        self.dismiss(None)
