"""The box in which every command is found by its name."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from tui.app.document.cells import width
from tui.app.screens.keys.help import HelpRow, names_of
from tui.app.screens.manners import Dialog
from tui.app.widgets.query_field import QueryField
from tui.app.widgets.rows import BOLD, DIM, PLAIN, Row, Rows, clip, column, wrapped
from tui.app.widgets.virtual_list import NONE, VirtualList


class PaletteScreen(Dialog[str | None]):
    """Finds an act by a few letters of its name; the result is its id.

    Args:
        rows: the acts, in the order they have while nothing is typed.
    """

    HEADING = "Every command by name"
    SCREEN = "palette"
    NONE_FOUND = "No command of that name. ? lists the keys of this pane."
    """What is said where a query finds nothing."""
    AUTO_FOCUS = "QueryField"

    def __init__(self, rows: Sequence[HelpRow]) -> None:
        super().__init__()
        self._acts = list(rows)
        self._names = names_of(self._acts)
        self._shown: list[int] = []

    @property
    def field(self) -> QueryField:
        """Where the query is typed."""
        return self.query_one(QueryField)

    @property
    def listing(self) -> VirtualList:
        """The acts that the query reaches."""
        return self.query_one(VirtualList)

    def compose(self) -> ComposeResult:
        """Make query, list and what the highlighted act does."""
        with Vertical(id="box"):
            with Horizontal(classes="query"):
                yield Rows([[(": ", BOLD)]], classes="prompt")
                yield QueryField(limit=200)
                yield Rows(classes="count")
            yield VirtualList(self._row, self._moved)
            yield Rows(id="about")

    def on_mount(self) -> None:
        """Show all acts."""
        self._ask("")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._ask(event.value)

    def _ask(self, query: str) -> None:
        if query.strip():
            found = sorted(self._names.find(query), key=lambda one: (-one[1], one[0]))
            self._shown = [number for number, _ in found]
        else:
            self._shown = list(range(len(self._acts)))
        self.query_one(".count", Rows).tell(
            f"{len(self._shown)} of {len(self._acts)}".rjust(14), DIM
        )
        self.listing.show(len(self._shown), 0 if self._shown else NONE)

    def _row(self, index: int, cells: int) -> Row:
        act = self._acts[self._shown[index]]
        keys = clip(act.keys, cells // 3)
        name = column(f" {clip(act.title, cells)}", max(cells - width(keys) - 1, 4))
        return [(name, DIM if act.blocked else PLAIN), (" ", PLAIN), (keys, BOLD)]

    def _moved(self, index: int) -> None:
        about = self.query_one("#about", Rows)
        cells = about.size.width or 60
        if index < 0:
            about.show([(self.NONE_FOUND, DIM)])
            return
        act = self._acts[self._shown[index]]
        text = f"Not now: {act.blocked}" if act.blocked else act.help or act.title
        about.show(*wrapped(text, cells, 2, BOLD if act.blocked else DIM))

    @on(VirtualList.Chosen)
    @on(Input.Submitted)
    def _entered(self, event: VirtualList.Chosen | Input.Submitted) -> None:
        event.stop()
        self.action_run()

    def action_run(self) -> None:
        """Close with the highlighted act, unless something stands in its way."""
        index = self.listing.highlighted
        if index < 0:
            self.say(f"{self.NONE_FOUND} · Esc close")
            return
        act = self._acts[self._shown[index]]
        if act.blocked:
            self.say(f"Not now: {act.blocked}")
        else:
            self.dismiss(act.id)

    def action_cancel(self) -> None:
        """Close without an act."""
        self.dismiss(None)
