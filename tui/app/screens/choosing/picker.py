"""The box over a page that asks which codes something gets; ``pick_box`` is the workbench's."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from tui.app.desk import ANY_CODES, Choice
from tui.app.screens.bindings import bottom_row
from tui.app.screens.choosing.picking import Lower, Picked, Picking
from tui.app.screens.manners import Dialog
from tui.app.screens.spoken import is_accessible
from tui.app.widgets.passages import Found
from tui.app.widgets.query_field import QueryField
from tui.app.widgets.rows import BOLD, DIM, PLAIN, Row, Rows
from tui.app.widgets.virtual_list import NONE, VirtualList
from tui.model.code import Code

_LOW = 18
"""Below so many rows the box takes them all."""


class CodePicker(Dialog[Picked | None]):
    """Picks one code or several, by a few letters of their names.

    Args:
        codes: the codebook in tree order.
        counts: segments of each code, by code id; codes without any may be missing.
        recent: ids of the codes used last, newest first.
        slots: slot (1 to 9) to code id.
        heading: what the codes are for.
        parent_id: what a new code goes under while no other code has been pointed at.
        passages: gives so many other passages of a code; None when there are none to show.
        lower: what the lower part shows at first; it is changed when another is asked for.
        choice: which codes can be chosen.
    """

    SCREEN = "picker"
    AUTO_FOCUS = "QueryField"

    def __init__(
        self,
        codes: Sequence[Code],
        counts: Mapping[int, int],
        recent: Sequence[int],
        slots: Mapping[int, int],
        heading: str,
        parent_id: int | None = None,
        *,
        passages: Callable[[Code, int], Sequence[Found]] | None = None,
        lower: Lower | None = None,
        choice: Choice = ANY_CODES,
    ) -> None:
        super().__init__()
        self.picking = Picking(
            codes,
            counts,
            recent,
            slots,
            parent_id,
            passages=passages,
            lower=lower,
            choice=choice,
        )
        self._heading = heading

    @property
    def field(self) -> QueryField:
        """Where the query is typed."""
        return self.query_one(QueryField)

    @property
    def listing(self) -> VirtualList:
        """The codes that the query reaches."""
        return self.query_one(VirtualList)

    def keys_row(self) -> str:
        """Say the keys that do something in this choice."""
        return bottom_row(self.SCREEN, self.row_cells, self.picking.useless_keys)

    def compose(self) -> ComposeResult:
        """Make query, list and definition."""
        with Vertical(id="box"):
            with Horizontal(classes="query"):
                yield Rows([[("> ", BOLD)]], classes="prompt")
                yield QueryField(limit=200)
                yield Rows(classes="count")
            yield VirtualList(self._row, self._moved)
            yield Rows(id="definition")

    def on_mount(self) -> None:
        """Show recent codes, then slots, then the tree."""
        self.show_heading(self._heading)
        self.set_class(self.picking.lower.shows != "definition", "-lower")
        self._ask("")

    def on_resize(self, event: events.Resize) -> None:
        """Take the whole of a small window."""
        self.set_class(event.size.height < _LOW, "-low")
        self.call_after_refresh(self._define)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._ask(event.value)

    def _ask(self, query: str) -> None:
        self.picking.ask(query)
        self.listing.show(self.picking.count, self.picking.highlighted)
        self._count()
        self._define()

    def _count(self) -> None:
        text = self.picking.count_words()
        count = self.query_one(".count", Rows)
        count.styles.width = max(len(text) + 1, 6)
        count.tell(f" {text}", DIM)

    def _moved(self, index: int) -> None:
        """Follow the highlight: it says what the definition box shows and where a new code goes."""
        if index != self.picking.highlighted:
            self.picking.point(index)
            if self.picking.is_naming:
                self.listing.redraw()
        if self.picking.offers_new:
            self.listing.refresh_line(self.listing.count - 1)
        self._define()

    def _row(self, index: int, cells: int) -> Row:
        if is_accessible(self.app):
            return [(self.picking.heard_row(index), PLAIN)]
        return self.picking.row(index, cells)

    def _define(self) -> None:
        """Show what the highlighted code means; read aloud that is a key away."""
        box = self.query_one("#definition", Rows)
        if is_accessible(self.app) and self.picking.lower.shows == "definition":
            box.show()
            if self.picking.highlighted == NONE:
                box.show(*self.picking.below(box.size.width, box.size.height, self.measure))
            return
        if box.size.width >= 8 and box.size.height:
            box.show(*self.picking.below(box.size.width, box.size.height, self.measure))

    def action_show(self, what: Literal["whole", "passages"]) -> None:
        """Show the whole definition, or other passages, in the lower part; then as before."""
        self.unsay()
        refused = self.picking.lower_shows(what)
        if refused:
            self.say(refused)
            return
        self.set_class(self.picking.lower.shows != "definition", "-lower")
        self.call_after_refresh(self._define)

    def action_mark(self) -> None:
        """Mark the highlighted code, or take its mark off; the query stays."""
        self.unsay()
        refused = self.picking.mark()
        if refused:
            self.say(refused)
            return
        self.listing.refresh_line(self.listing.highlighted)
        self._count()

    def action_apply(self) -> None:
        """Give the marked codes, or the highlighted one; make a new one from its own row."""
        found = self.picking.result()
        if isinstance(found, str):
            self.say(found)
        else:
            self.dismiss(found)

    @on(VirtualList.Chosen)
    @on(Input.Submitted)
    def _entered(self, event: VirtualList.Chosen | Input.Submitted) -> None:
        event.stop()
        self.action_apply()

    def action_cancel(self) -> None:
        """Close without a code."""
        self.dismiss(None)
