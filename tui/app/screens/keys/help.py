"""The page of all keys of a pane; type to find one, Enter does it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.screen import ModalScreen
from textual.widgets import Input

from tui.app.action import shown
from tui.app.keybook import hint, keys_of
from tui.app.matching import Name, Names
from tui.app.screen_keys import PART, rows_of
from tui.app.screens.bindings import bottom_row
from tui.app.screens.manners import Page
from tui.app.screens.spoken import is_accessible
from tui.app.widgets.query_field import QueryField
from tui.app.widgets.rows import BOLD, DIM, PLAIN, REVERSE, Row, Rows, column, wrapped
from tui.app.widgets.virtual_list import NONE, VirtualList
from tui.errors import QualError

if TYPE_CHECKING:
    from tui.app.keys.change import Plan

PRACTICES = ("app.practice", "welcome.practice")
"""The acts that begin the practice."""
_COLUMN = 38
_WIDE = 50
"""Cells from which there is room to say what the field is for."""
"""Cells that a column of keys needs."""
_KEYS_MOST = 13
"""Cells that the keys of a row get at most."""


@dataclass(frozen=True, slots=True)
class HelpRow:
    """One act as help and palette show it."""

    id: str
    title: str
    """What it does, in a few words."""
    keys: str
    """The keys that do it, as they are written for people: ``j ↓``."""
    group: str
    """The heading it stands under."""
    help: str = ""
    """What it does, in a sentence or two."""
    blocked: str | None = None
    """Why it cannot be done now; None when it can."""


Cell = str | int | None
"""What a place of the page shows: a heading, the number of a row, nothing."""


def screen_rows(name: str) -> list[HelpRow]:
    """Return what can be done on a screen, for its help.

    Args:
        name: of the screen, as in ``screen_keys.PARTS``.
    """
    rows = []
    for row in rows_of(name):
        keys = [key for key in keys_of(row.id) if not PART[name].typing or len(key) > 1]
        if not keys:
            continue
        numbered = len(keys) > 2 and all(key.isdecimal() for key in keys)
        printed = f"{keys[0]}-{keys[-1]}" if numbered else "  ".join(shown(key) for key in keys)
        group = PART[row.id.partition(".")[0]].title
        reason = "" if row.do and not numbered else "Press it on the screen itself"
        about = row.help or f"{row.title[0].upper()}{row.title[1:]}."
        rows.append(HelpRow(row.id, row.title, printed, group, about, reason or None))
    return rows


def names_of(rows: Sequence[HelpRow]) -> Names:
    """Return the names by which acts are found: title, keys, heading and help."""
    return Names([Name(row.keys, row.title, f"{row.group} {row.help}") for row in rows])


def lay_out(rows: Sequence[HelpRow], shown: Sequence[int], count: int) -> list[list[Cell]]:
    """Return ``count`` columns, equally long, that hold the rows ``shown`` under their headings.

    Groups follow each other down the first column, then the second; a heading never stands alone
    at the foot of a column.
    """
    flow: list[Cell] = []
    group = None
    for number in shown:
        if rows[number].group != group:
            if flow:
                flow.append(None)
            group = rows[number].group
            flow.append(group)
        flow.append(number)
    height = max(-(-len(flow) // count), 1)
    while True:
        columns = _fill(flow, height)
        if len(columns) <= count:
            break
        height += 1
    columns += [[] for _ in range(count - len(columns))]
    height = max(map(len, columns))
    return [[*cells, *[None] * (height - len(cells))] for cells in columns]


def _fill(flow: Sequence[Cell], height: int) -> list[list[Cell]]:
    columns: list[list[Cell]] = [[]]
    for at, cell in enumerate(flow):
        left = height - len(columns[-1])
        if left <= 0 or (left == 1 and isinstance(cell, str) and at + 1 < len(flow)):
            columns.append([])
        if cell is not None or columns[-1]:
            columns[-1].append(cell)
    return columns


class HelpScreen(Page[str | None], ModalScreen[str | None], inherit_bindings=False):
    """Shows the keys of a pane; the result is the id of the act to do, or None.

    Args:
        rows: the acts in the order they are shown; those of one group follow each other.
        pane: the name of the pane.
    """

    SCREEN = "help"
    AUTO_FOCUS = "QueryField"

    def keys_row(self) -> str:
        """Say that letters filter, and the keys."""
        filters = "type to filter  "
        without = () if self._practice else ("help.practice",)
        keys = bottom_row(self.SCREEN, self.row_cells, without)
        return filters + keys if len(filters + keys) <= self.row_cells else keys

    def __init__(self, rows: Sequence[HelpRow], pane: str) -> None:
        super().__init__()
        self._acts = list(rows)
        self._pane = pane
        self._names = names_of(self._acts)
        self._keys_cells = min(max((len(row.keys) for row in rows), default=1), _KEYS_MOST)
        self._shown = list(range(len(self._acts)))
        self._at = 0
        """Place of the highlighted row in ``_shown``."""
        self._columns: list[list[Cell]] = [[]]

    @property
    def _practice(self) -> str | None:
        """The id of the act that begins the practice, where that can be begun."""
        return next((act.id for act in self._acts if act.id in PRACTICES), None)

    @property
    def field(self) -> QueryField:
        """Where the filter is typed."""
        return self.query_one(QueryField)

    @property
    def listing(self) -> VirtualList:
        """The lines of the page; its own highlight only keeps the right one in sight."""
        return self.query_one(VirtualList)

    def compose(self) -> ComposeResult:
        """Make filter, page and what the highlighted act does."""
        with Horizontal(classes="query"):
            yield Rows([[(" HELP ", BOLD), (f" {self._pane}: ", DIM)]], classes="heading")
            yield QueryField(limit=100)
            yield Rows(classes="count")
        yield Rows(classes="rule")
        yield VirtualList(self._line, marker=False)
        yield Rows(id="about")
        yield Rows(id="keys")

    def on_resize(self, event: events.Resize) -> None:
        """Take as many columns as there is room for."""
        self.query_one(".rule", Rows).tell("─" * event.size.width, DIM)
        heading = self.query_one(".heading", Rows)
        heading.styles.width = min(len(self._pane) + 9, max(event.size.width // 2, 8))
        if not is_accessible(self.app):  # read aloud it would seem typed
            self.field.placeholder = "type to filter" if event.size.width >= _WIDE else "filter"
        self._lay_out()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        found = dict(self._names.find(event.value)) if event.value.strip() else {}
        if event.value.strip():
            self._shown = list(found)
        else:
            self._shown = list(range(len(self._acts)))
        best = max(found, key=lambda number: found[number], default=None)
        self._at = self._shown.index(best) if best is not None else 0
        self._lay_out()

    def _lay_out(self) -> None:
        count = max(min(self.size.width // _COLUMN, 4), 1)
        if is_accessible(self.app):
            count = 1
        self._columns = lay_out(self._acts, self._shown, count)
        self.listing.show(len(self._columns[0]), NONE)
        self._point()

    def _point(self) -> None:
        """Show which act is highlighted."""
        about = self.query_one("#about", Rows)
        count = self.query_one(".count", Rows)
        if not self._shown:
            count.tell("none ".rjust(14), DIM)
            way = hint("app.palette", "finds acts of all panes")
            about.tell(f" No key or act matches. Esc closes; {way}.", DIM)
            return
        count.tell(f"{self._at + 1} of {len(self._shown)} ".rjust(14), DIM)
        number = self._shown[self._at]
        act = self._acts[number]
        text = f"Not now: {act.blocked}" if act.blocked else act.help or act.title
        cells = max(self.size.width - 2, 8)
        keys = "" if is_accessible(self.app) else f"{act.keys}  "  # the list has just said them
        rows = wrapped(keys + text, cells, 2, BOLD if act.blocked else PLAIN)
        about.show(*([(" ", PLAIN), *row] for row in rows))
        for place in self._columns:
            if number in place:
                self.listing.highlight(place.index(number))
        self.listing.redraw()

    def _line(self, index: int, cells: int) -> Row:
        room = cells // len(self._columns)
        row: Row = []
        for place in self._columns:
            row += self._cell(place[index], room)
        return row

    def _cell(self, cell: Cell, cells: int) -> Row:
        if cell is None:
            return [(" " * cells, PLAIN)]
        if isinstance(cell, str):
            return [(column(f" {cell.upper()}", cells), BOLD)]
        act = self._acts[cell]
        chosen = bool(self._shown) and cell == self._shown[self._at]
        look = REVERSE if chosen else PLAIN
        # Keys that are many stand closer together before one of them is cut.
        printed = act.keys if len(act.keys) <= self._keys_cells else act.keys.replace("  ", " ")
        keys = column(printed, self._keys_cells)
        title = column(act.title, max(cells - self._keys_cells - 4, 4))
        return [
            ("► " if chosen else "  ", look),
            (keys, look + BOLD),
            (" ", look),
            (title, look + (DIM if act.blocked and not chosen else PLAIN)),
            (" ", PLAIN),
        ]

    def action_list_move(self, by: int) -> None:
        """Highlight the next act, in the order they are read."""
        self.read_list()
        self.unsay()
        if self._shown:
            self._at = (self._at + by) % len(self._shown)
            self._point()

    def action_list_page(self, by: int) -> None:
        """Highlight an act further on, a column's height away."""
        self.read_list()
        self.unsay()
        if self._shown:
            step = by * max(self.listing.size.height - 1, 1)
            self._at = min(max(self._at + step, 0), len(self._shown) - 1)
            self._point()

    def action_list_end(self, side: int) -> None:
        """Highlight the first act or the last one."""
        self.read_list()
        if self._shown:
            self._at = 0 if side < 0 else len(self._shown) - 1
            self._point()

    @on(VirtualList.Pointed)
    def _clicked(self, event: VirtualList.Pointed) -> None:
        event.stop()
        room = max(self.size.width // len(self._columns), 1)
        place = self._columns[min(event.cell // room, len(self._columns) - 1)]
        cell = place[event.index]
        if isinstance(cell, int):
            again = self._shown[self._at] == cell
            self._at = self._shown.index(cell)
            self._point()
            if again:
                self.action_run()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_run()

    def action_practise(self) -> None:
        """Close and begin the practice, where that can be begun."""
        if self._practice:
            self.dismiss(self._practice)
        else:
            self.say("The practice begins in the text: Esc, then the same key")

    def action_remap(self) -> None:
        """Give the highlighted act another key."""
        if not self._shown:
            self.say("No key or act matches")
            return
        # Most who look for a key want to press it, not to change it.
        from tui.app.keys.rules import is_fixed  # noqa: PLC0415
        from tui.app.screens.keys.press_key import PressKey  # noqa: PLC0415

        id = self._acts[self._shown[self._at]].id
        if is_fixed(id):
            self.say("Enter, Esc and y mean the same everywhere: this key is fixed")
        else:
            self.app.push_screen(PressKey(id), self._remapped)

    def _remapped(self, wanted: Plan | None) -> None:
        if wanted is None:
            return
        from tui.app.keys.change import carry_out  # noqa: PLC0415

        try:
            said = carry_out(wanted)
        except QualError as error:
            self.say(f"{error.message} {error.hint}".strip())
            return
        changed = {wanted.id, *(each.id for each in wanted.taken)}
        self._acts = [
            replace(row, keys="  ".join(map(shown, keys_of(row.id)))) if row.id in changed else row
            for row in self._acts
        ]
        self._names = names_of(self._acts)
        self._point()
        self.say(said)

    def action_run(self) -> None:
        """Close with the highlighted act, unless something stands in its way."""
        if not self._shown:
            self.say("No key or act matches · Esc close")
            return
        act = self._acts[self._shown[self._at]]
        if act.blocked:
            self.say(f"Not now: {act.blocked}")
        else:
            self.dismiss(act.id)

    def action_cancel(self) -> None:
        """Close without an act."""
        self.dismiss(None)
