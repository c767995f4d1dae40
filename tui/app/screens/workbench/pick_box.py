"""The code picker over the workbench, drawn past the widgets.

As a screen of its own it would have every widget laid out and painted twice, once to open it and
once to close it, and its frame would cover what it need not cover. Here its rows are laid over
those of the workbench, and taking them off draws what they hid together with what its answer has
changed: one small paint each.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

from textual import events
from textual.actions import parse
from textual.binding import Binding
from textual.geometry import Offset, Region
from textual.strip import Strip

from tui.app.action import shown
from tui.app.document.cells import width
from tui.app.keybook import turn
from tui.app.screen_keys import PART, rows_of
from tui.app.screens.bindings import bindings_of, bottom_row
from tui.app.screens.choosing.picking import Picked, Picking
from tui.app.screens.choosing.reached import NONE
from tui.app.screens.spoken import place_in_text, ring
from tui.app.widgets.rows import BOLD, DIM, PLAIN, REVERSE, Row, clip, strip_of, wrapped
from tui.app.widgets.typed_line import TypedLine

if TYPE_CHECKING:
    from tui.app.screens.workbench.keys import BenchKeys

_PART = "picker"
_WIDEST, _NARROWEST = 70, 54
"""Cells of the box, from the lanes on, which stay in sight; only a small window has fewer."""
_EDGES = 3
"""Rows of the frame and of the query."""
_TALL = 40
"""Screens of so many rows and more have room for a longer list."""


class PickBox:
    """Asks over the workbench which codes the selection gets.

    Args:
        bench: the workbench.
        picking: what can be chosen.
        heading: what the codes are for.
        answered: called with what was chosen, once the box is away; not called when nothing was.
    """

    def __init__(
        self,
        bench: BenchKeys,
        picking: Picking,
        heading: str,
        answered: Callable[[Picked], None],
    ) -> None:
        self._bench = bench
        self._picking = picking
        self._heading = heading
        self._answered = answered
        self._line = TypedLine()
        self._top = 0
        """The first row of the list in sight."""
        self._said = ""
        """What the lower edge says in place of the keys, until the next key."""
        self._reads_list = False
        """Whether the last move was one in the list, for those who follow the cursor."""
        self._place = Region()
        self._list_rows = 1
        self._cursor = 0
        """The cell of the typed line that its cursor is in."""
        self._heard = ""
        """What was read aloud of the highlighted row last."""
        self._shift = 0
        self._turn = -1
        self._keys: dict[str, str] = {}
        picking.ask("")

    # Keys

    def press(self, key: str) -> None:
        """Take a key by its name."""
        self._said = ""
        if key.startswith("alt+"):
            # Esc, and then the letter, in quick succession.
            self.action_cancel()
            self._bench.press(key.removeprefix("alt+"))
            return
        if self._turn != turn():
            self._turn = turn()
            bound = [each for each in bindings_of(_PART) if isinstance(each, Binding)]
            self._keys = {each.key: each.action for each in bound}
        if self._line.press(key):
            self._ask()
        elif key in self._keys:
            _, name, arguments = parse(self._keys[key])
            getattr(self, f"action_{name}")(*arguments)
        else:
            ring(self._bench.app)
            self._said = f"{shown(key)}: no use here · {self._keys_row()}"
        self.draw()

    def paste(self, text: str) -> None:
        """Put pasted text into the query."""
        self._said = ""
        if not self._line.insert(text):
            self._bench.app.bell()
        self._ask()
        self.draw()

    def _ask(self) -> None:
        self._reads_list = False
        self._picking.ask(self._line.text)
        self._top = 0

    def action_apply(self) -> None:
        """Give the marked codes, or the highlighted one; make a new one from its own row."""
        found = self._picking.result()
        if isinstance(found, str):
            self._said = found
        else:
            self._bench.put_box_away(lambda: self._answered(found))

    def action_cancel(self) -> None:
        """Close without a code."""
        self._bench.put_box_away()

    def action_mark(self) -> None:
        """Mark the highlighted code, or take its mark off; the query stays."""
        self._said = self._picking.mark() or ""

    def action_show(self, what: Literal["whole", "passages"]) -> None:
        """Show the whole definition, or other passages, in the lower part; then as before."""
        self._said = self._picking.lower_shows(what) or ""

    def action_list_move(self, by: int) -> None:
        """Move the highlight by rows; beyond one end it goes on at the other."""
        count, at = self._picking.count, self._picking.highlighted
        if count:
            if at == NONE:
                self._point(0 if by > 0 else count - 1)
            else:
                self._point((at + by) % count)

    def action_list_page(self, by: int) -> None:
        """Move the highlight by windows."""
        step = max(self._list_rows - 1, 1)
        self._point(max(self._picking.highlighted + by * step, 0))

    def action_list_end(self, side: int) -> None:
        """Highlight the first row (-1) or the last one (1)."""
        self._point(0 if side < 0 else self._picking.count - 1)

    def _point(self, index: int) -> None:
        self._reads_list = True
        self._picking.point(min(index, self._picking.count - 1))

    def action_show_keys_help(self) -> None:
        """Show every key of the picker; what is chosen is done."""
        # Loaded by those who ask.
        from tui.app.screens.keys.help import HelpScreen, screen_rows  # noqa: PLC0415

        def chosen(id: str | None) -> None:
            row = next((row for row in rows_of(_PART) if row.id == id), None)
            if row is not None and row.keys and row.do:
                self._bench.press(row.keys[0])

        self._bench.app.show_screen(HelpScreen(screen_rows(_PART), PART[_PART].title), chosen)

    # The mouse

    def take_mouse(self, event: events.MouseEvent) -> None:
        """Highlight the row that is clicked, choose the highlighted one, turn the list."""
        if isinstance(event, events.MouseScrollDown | events.MouseScrollUp):
            by = 1 if isinstance(event, events.MouseScrollDown) else -1
            self._point(max(self._picking.highlighted + by, 0))
        elif isinstance(event, events.MouseUp) and self._list.contains(event.x, event.y):
            index = self._top + event.y - self._list.y
            if index >= self._picking.count:
                return
            if index == self._picking.highlighted:
                self.action_apply()
            else:
                self._point(index)
        else:
            return
        self.draw()

    # What is seen

    @property
    def place(self) -> Offset:
        """Where on the screen a reader is: where the cursor of the terminal belongs."""
        if self._bench.app.accessible:
            x, y = (self._shift, 2) if self._reads_list else (self._cursor, 1)
            return Offset(x, self._place.y + y)
        if self._reads_list and self._picking.highlighted != NONE:
            return self._list.offset + Offset(0, self._picking.highlighted - self._top)
        return self._place.offset + Offset(4 + self._cursor, 1)

    @property
    def _list(self) -> Region:
        """Where on the screen the list is."""
        place = self._place
        return Region(place.x + 2, place.y + 2, max(place.width - 4, 0), self._list_rows)

    def _keys_row(self) -> str:
        return bottom_row(_PART, self._place.width - 6, self._picking.useless_keys)

    def draw(self) -> None:
        """Lay the box over the screen as it should be seen now, if it is still there."""
        bench = self._bench
        if bench.box is not self:
            return
        if bench.app.accessible:
            self._be_heard()
            return
        below = self._measure()
        at, rows = self._picking.highlighted, self._list_rows
        if at >= 0:
            self._top = min(max(self._top, at - rows + 1), at)
        self._top = max(min(self._top, self._picking.count - rows), 0)
        inner = self._place.width - 4
        drawn = [self._upper_edge(), self._framed(self._query(inner))]
        for index in range(self._top, self._top + rows):
            drawn.append(self._framed(*self._list_row(index, inner)))
        lower = self._picking.below(inner, below, bench.app.division.text_width)
        for y in range(below):
            drawn.append(self._framed(lower[y] if y < len(lower) else []))
        drawn.append(self._edge("╚═ ", [(clip(self._said or self._keys_row(), inner - 2), PLAIN)]))
        lid = {self._place.y + y: (self._place.x, strip) for y, strip in enumerate(drawn)}
        with bench.rows_at_once.of_key():
            bench.app.cursor_position = self.place
            bench.app.cover(bench, lid)

    def _be_heard(self) -> None:
        """Lay the box over the status rows: what it is for, the query, the highlighted row.

        The codes around it, which would all be read aloud, are a key away. The text above stays:
        it would be read again when the box is gone.
        """
        bench, picking = self._bench, self._picking
        place = bench.status_region
        said = self._said or picking.heard()
        if said != self._heard:
            self._heard, self._shift = said, 1 - self._shift
        cells = place.width - 2
        query = [(text, PLAIN) for text, _ in self._query(cells)[1:]]  # the cursor is a real one
        rows = [[(self._heading, PLAIN)], query]
        rows += [
            [(" " * self._shift, PLAIN), *row]
            for row in wrapped(said, cells, max(place.height - len(rows), 1))
        ]
        rows += [[] for _ in range(place.height - len(rows))]
        self._place = Region(0, place.y, place.width, place.height)
        self._top, self._list_rows = picking.highlighted, 1
        if picking.lower.shows != "definition":
            above = place.y - bench.desk.view.region.y - 1
            lower = picking.below(cells, above, bench.app.division.text_width)
            while lower and not any(text.strip() for text, _ in lower[-1]):
                lower.pop()
            rows[:0] = lower
        first = place.bottom - len(rows)
        lid = {
            first + y: (0, self._filtered(strip_of(row, place.width, bench.rich_style)))
            for y, row in enumerate(rows)
        }
        with bench.rows_at_once.of_key():
            bench.app.cursor_position = self.place
            bench.app.cover(bench, lid)

    def _measure(self) -> int:
        """Find the place of the box and divide it; return how many rows stand below the list.

        It lies over the rows below the text, which an answer changes anyway, and over as much of
        the text as it needs; at the top only when otherwise nothing of the selection were seen.
        """
        bench = self._bench
        columns, lines = bench.app.size
        text = bench.desk.view.region
        margin = bench.desk.view.margin
        cells = min(max(text.right + 1 - margin, _NARROWEST), _WIDEST, columns)
        x = min(margin, columns - cells)
        lower = self._picking.lower.shows != "definition"
        most = max(lines - _EDGES - (1 if lines > 12 else 0), 2)
        self._list_rows = min(5 if lines >= _TALL else 4, max(most - 1, 1))
        wanted = 11 if lower else 2
        below = max(min(wanted, most - self._list_rows), 0)
        height = _EDGES + self._list_rows + below
        y = max(lines - height, 0)
        selected = place_in_text(bench.desk.view)
        top = text.y + 1
        if selected is not None and selected.y >= max(y, top + height):
            y = top
        self._place = Region(x, y, cells, height)
        return below

    def _query(self, inner: int) -> Row:
        row, self._cursor = self._line.row(max(inner - 2, 1))
        return [("> ", BOLD), *row]

    def _list_row(self, index: int, inner: int) -> tuple[Row, bool]:
        if index >= self._picking.count:
            return [], False
        row = self._picking.row(index, max(inner - 1, 0))
        if index == self._picking.highlighted:
            return [("►", PLAIN), *row], True
        return [(" ", PLAIN), *row], False

    def _framed(self, row: Row, is_marked: bool = False) -> Strip:
        """Return a row between the sides of the frame."""
        base: Any = self._bench.rich_style
        inner = self._place.width - 4
        content = strip_of(row, inner, base + REVERSE if is_marked else base)
        left, right = strip_of([("║ ", PLAIN)], 2, base), strip_of([(" ║", PLAIN)], 2, base)
        return self._filtered(Strip.join([left, content, right]))

    def _upper_edge(self) -> Strip:
        count = self._picking.count_words()
        heading = clip(self._heading, self._place.width - 10 - width(count))
        return self._edge("╔═ ", [(heading, BOLD)], [(count, DIM)])

    def _edge(self, start: str, words: Row, last: Row | None = None) -> Strip:
        """Return an edge of the frame with words in it, and others at its right end."""
        cells = self._place.width
        end = "═╗" if start[0] == "╔" else "═╝"
        tail: Row = [(" ", PLAIN), *last, (f" {end}", PLAIN)] if last else [(end, PLAIN)]
        taken = sum(width(text) for text, _ in (*words, *tail)) + width(start) + 1
        row: Row = [(start, PLAIN), *words, (" " + "═" * max(cells - taken, 0), PLAIN), *tail]
        return self._filtered(strip_of(row, cells, self._bench.rich_style))

    def _filtered(self, strip: Strip) -> Strip:
        """Do with a row what the app does with all that it draws."""
        bench = self._bench
        for each in bench.app.get_line_filters():
            strip = strip.apply_filter(each, bench.background_colors[1])
        return strip
