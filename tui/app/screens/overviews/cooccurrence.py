"""Co-occurrence: which codes overlap, as a table and as a list of the strongest pairs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from textual import on
from textual.app import ComposeResult
from textual.geometry import Offset
from textual.message import Message

from tui.analysis.cooccurrence import (
    Pair,
    Together,
)
from tui.app.screens.counting import CountingPage
from tui.app.screens.hidden import hidden_words
from tui.app.screens.overviews.pair_cells import (
    PairCells,
    Place,
    Unit,
    count_together,
    places_of,
    printed,
)
from tui.app.screens.spoken import place_in_grid, place_in_list
from tui.app.state import Study
from tui.app.widgets.grid import Grid
from tui.app.widgets.rows import BOLD, DIM, PLAIN, Row, Rows, clip, column, columns
from tui.app.widgets.virtual_list import NONE, VirtualList

_NOW: Final = 20_000
"""Up to so many segments are counted at once; more are counted in a thread."""
_BAR = 20


class CooccurrenceScreen(CountingPage[list[Place] | None]):
    """Shows which codes stand together; the result is where a pair does, or None.

    Args:
        study: what is shown of the project.
    """

    SCREEN = "cooccurrence"
    VIEW = "view.cooc"
    AUTO_FOCUS = ""

    @dataclass
    class Counted(Message):
        """A thread has counted."""

        unit: Unit
        found: Together | None

    def __init__(self, study: Study) -> None:
        super().__init__()
        self._study = study
        self._unit: Unit = "overlap"
        self._cells = PairCells([], Together())
        self._pairs: list[Pair] = []
        self._in_pairs = False
        self._counting = False
        self._begun = False
        """Whether its rows can be written."""

    @property
    def grid(self) -> Grid:
        """The table."""
        return self.query_one(Grid)

    @property
    def reading_place(self) -> Offset | None:
        """The pair, or the cell, that has the keys: where the cursor of the terminal belongs."""
        return place_in_list(self.listing) if self._in_pairs else place_in_grid(self.grid)

    @property
    def listing(self) -> VirtualList:
        """The pairs, the strongest first."""
        return self.query_one(VirtualList)

    @property
    def code_in_hand(self) -> int | None:
        """The code at the cursor."""
        at = self.grid.row
        return self._cells.codes[at].id if at < len(self._cells.codes) else None

    def compose(self) -> ComposeResult:
        """Make table and pairs."""
        yield Rows(id="heading")
        yield Rows(classes="rule")
        yield Grid(self._cells, self._tell)
        yield Rows(id="pairs")
        yield VirtualList(self._pair_row, self._pair_pointed)
        yield Rows(id="about")
        yield Rows(id="legend")
        yield Rows(id="keys")

    def on_mount(self) -> None:
        """Count, in a thread where that takes its time."""
        self.query_one("#legend", Rows).tell(
            " ░ c<.05  ▒ <.10  ▓ <.25  █ .25 and more   c = n12 / (n1 + n2 - n12)", DIM
        )
        self._begun = True
        self._count()
        self._tell()

    def _fit(self) -> None:
        self._tell()

    def _count(self) -> None:
        study = self._study
        ids = [document.id for document in study.documents]
        coders, unit = list(study.visible), self._unit
        if study.segments <= _NOW:
            self._take(count_together(study.project.db, ids, coders, unit))
            return
        self._counting = True
        self._tell()

        self._count_apart(
            lambda db: count_together(
                db, ids, coders, unit, lambda: not self._left and self._unit == unit
            ),
            "count overlaps",
            lambda found: self.Counted(unit, found),
        )

    @on(Counted)
    def _counted(self, event: Counted) -> None:
        event.stop()
        if event.unit != self._unit:
            return
        self._counting = False
        if event.found is None:
            self.say("That could not be counted; `qual check` in a shell says what is wrong")
        else:
            self._take(event.found)

    def _take(self, found: Together) -> None:
        cells = self._cells
        cells.found = found
        cells.codes = [code for code in self._study.codes if found.alone[code.id]]
        self._order()
        self._to_pair()
        self.grid.renew()

    def _pair_pointed(self, index: int) -> None:
        if self._in_pairs:
            self._to_pair()
        self._tell()

    def _to_pair(self) -> None:
        """Put the table's cursor on the pair at the cursor of the list."""
        at = self.listing.highlighted
        if not 0 <= at < len(self._pairs):
            return
        place = {code.id: row for row, code in enumerate(self._cells.codes)}
        rows = sorted(place[each] for each in self._pairs[at])
        self.grid.put(rows[1], rows[0])

    def _order(self) -> None:
        found = self._cells.found

        def weight(pair: Pair) -> tuple[float, float, Pair]:
            value = found.coefficient(*pair)
            strong = -1.0 if value is None else value
            count = float(found.pairs[pair])
            first, second = (count, strong) if self._cells.measure == "count" else (strong, count)
            return (-first, -second, pair)

        self._pairs = sorted(found.pairs, key=weight)
        self.listing.show(len(self._pairs), 0 if self._pairs else NONE)

    # What is said

    def _tell(self) -> None:
        if not self._begun:
            return
        unit = "overlapping segments" if self._unit == "overlap" else "codes in one paragraph"
        measure = "count" if self._cells.measure == "count" else "coefficient c"
        whose = "same coder" if self._unit == "overlap" else "all shown coders"
        said = f"{unit} · {whose} · {measure}"
        if hidden := hidden_words(self._study):
            said += f" · {hidden}"
        self.query_one("#heading", Rows).show([(" CO-OCCURRENCE  ", BOLD), (said, PLAIN)])
        mark = "▌" if self._in_pairs else " "
        counted = "" if self._counting else f" {len(self._pairs):,}"
        head: Row = [(f"{mark}STRONGEST PAIRS{counted}", BOLD)]
        names: Row = [(f"{'count':>7} {'c':>5} {'docs':>5}" + " " * (_BAR + 1), DIM)]
        cells = self.size.width or self.app.size.width
        self.query_one("#pairs", Rows).show(columns(head, names, cells))
        self.query_one("#about", Rows).show(self._about())

    def _about(self) -> Row:
        if self._counting:
            return [(" counting …", DIM)]
        pair = self._pair
        if pair is None:
            nothing = "" if self._pairs else " No two codes stand together yet."
            return [(nothing, DIM)]
        one, other = (self._study.by_id[each].name for each in pair)
        found = self._cells.found
        count, documents = found.count(*pair), found.documents.get(pair, 0)
        n1, n2 = found.alone[pair[0]], found.alone[pair[1]]
        where = "1 document" if documents == 1 else f"{documents:,} documents"
        text = f" {count:,} together in {where} · n1 {n1:,}, n2 {n2:,}"
        value = found.coefficient(*pair)
        if value is None:
            text += " · c undefined: n1 + n2 - n12 is not above 0"
        elif count:
            text += f" · c {printed(value)}"
            if value > 1:
                text += ", above 1: segments overlap several others"
            elif max(n1, n2) > 5 * min(n1, n2):
                text += ", with care: one has five times the other's"
        half = max((self.size.width - len(text)) // 2 - 4, 8)
        name = f" {clip(one, half)} ~ {clip(other, half)}"
        return columns([(name, BOLD)], [(f"{text} ", PLAIN)], self.size.width)

    def _pair_row(self, index: int, cells: int) -> Row:
        pair = self._pairs[index]
        found, by_id = self._cells.found, self._study.by_id
        value = found.coefficient(*pair)
        size = found.pairs[pair] / max(found.pairs[self._pairs[0]], 1)
        if self._cells.measure == "c":
            size = min(value or 0.0, 1.0)
        numbers = f"{found.pairs[pair]:>7,} {printed(value):>5} {found.documents[pair]:>5}"
        room = max(cells - len(numbers) - _BAR - 8, 10)
        half = (room - 3) // 2
        one, other = (by_id[each].name for each in pair)
        name = f"{clip(one, half)} ~ {clip(other, half)}"
        bar = "█" * max(round(min(size, 1.0) * _BAR), 1)
        return [
            (f"{index + 1:>4} ", DIM),
            (column(name, room), PLAIN),
            (f" {numbers} ", PLAIN),
            (bar.ljust(_BAR), DIM),
        ]

    @property
    def _pair(self) -> Pair | None:
        """The pair at the cursor of the part that has the keys."""
        if self._in_pairs:
            at = self.listing.highlighted
            return self._pairs[at] if 0 <= at < len(self._pairs) else None
        codes, grid = self._cells.codes, self.grid
        if grid.row >= len(codes) or grid.column >= len(codes) or grid.row == grid.column:
            return None
        one, other = codes[grid.row].id, codes[grid.column].id
        return min(one, other), max(one, other)

    # What the keys do

    def action_list_move(self, by: int) -> None:
        """Move in the table, or in the list of pairs."""
        self.unsay()
        if self._in_pairs:
            self.listing.move(by)
        else:
            self.grid.put(self.grid.row + by, self.grid.column)

    def action_list_page(self, by: int) -> None:
        """Move by windows."""
        self.unsay()
        if self._in_pairs:
            self.listing.page(by)
        else:
            self.grid.page(by)

    def action_list_end(self, side: int) -> None:
        """Go to the first row (-1) or the last one (1)."""
        last = (len(self._pairs) if self._in_pairs else self._cells.rows) - 1
        if self._in_pairs:
            self.listing.highlight(0 if side < 0 else last)
        else:
            self.grid.put(0 if side < 0 else last, self.grid.column)

    def action_across(self, by: int) -> None:
        """Move to another column."""
        if self._in_pairs:
            self.say(f"The list of pairs has no columns · {self.keys_row()}")
        else:
            self.unsay()
            self.grid.put(self.grid.row, self.grid.column + by)

    def action_pairs(self) -> None:
        """Go to the list of pairs, or back to the table."""
        self._in_pairs = not self._in_pairs
        self.set_class(self._in_pairs, "-in-pairs")
        self._tell()

    def action_measure(self) -> None:
        """Print and order by counts, or by the coefficient."""
        self._cells.measure = "c" if self._cells.measure == "count" else "count"
        self._order()
        self.grid.renew()

    def action_unit(self) -> None:
        """Count overlapping segments, or paragraphs that hold both codes."""
        self._unit = "passage" if self._unit == "overlap" else "overlap"
        self._count()

    def action_open(self) -> None:
        """Close with the places where the pair at the cursor stands together."""
        pair = self._pair
        if pair is None or not self._cells.found.count(*pair):
            self.say(f"These two do not stand together · {self.keys_row()}")
            return
        study = self._study
        ids = [document.id for document in study.documents]
        places = places_of(study.project.db, ids, study.visible, pair, self._unit)
        if places:
            self.dismiss(places)
        else:
            self.say("Somebody has just changed these codings · f f counts anew")

    @on(VirtualList.Chosen)
    def _clicked(self, event: VirtualList.Chosen) -> None:
        event.stop()
        self._in_pairs = True
        self.action_open()

    def action_leave(self) -> None:
        """Go back to where one was."""
        self.dismiss(None)
