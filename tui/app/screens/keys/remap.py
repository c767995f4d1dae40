"""The page on which every act gets the keys the coder wants; presets are chosen here too."""

from __future__ import annotations

from collections.abc import Callable

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from tui.app.action import shown
from tui.app.keybook import keys_of
from tui.app.keys.change import Plan, carry_out, choose_preset, current_preset, plan, reset
from tui.app.keys.presets import PRESETS
from tui.app.keys.rules import KeyRow, key_rows, preset_keys
from tui.app.matching import Name, Names
from tui.app.screens.filtering import FilteredPage
from tui.app.screens.keys.press_key import PressKey
from tui.app.screens.manners import Dialog
from tui.app.widgets.query_field import QueryField
from tui.app.widgets.rows import BOLD, DIM, PLAIN, Row, Rows, column
from tui.app.widgets.virtual_list import NONE, VirtualList
from tui.errors import QualError

_KEYS = 20
_NAMES_FROM = 100
"""From so many cells on the names of the configuration have a column."""


class RemapScreen(FilteredPage[None]):
    """Lists everything that has a key or could have one."""

    SCREEN = "remap"
    NO_UNDO = "keys are settings, not acts: d gives those of the preset again"
    AUTO_FOCUS = ""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[KeyRow] = key_rows(preset_keys("default"))
        self._names = Names([Name(each.id, each.title, f"{each.where}") for each in self._rows])
        self._shown = list(range(len(self._rows)))
        self._base = preset_keys(current_preset())

    @property
    def listing(self) -> VirtualList:
        """The acts that the filter leaves."""
        return self.query_one(VirtualList)

    def compose(self) -> ComposeResult:
        """Make heading, filter and list."""
        with Horizontal(classes="query"):
            yield Rows(id="heading")
            yield QueryField(limit=100)
            yield Rows(classes="count")
        yield Rows(classes="rule")
        yield VirtualList(self._row, self._moved)
        yield Rows(id="about")
        yield Rows(id="keys")

    def on_mount(self) -> None:
        """Show all of it."""
        self.query_one(QueryField).display = False
        self._arrange()

    def on_resize(self, event: events.Resize) -> None:
        """Draw the rule as long as the screen is wide."""
        self.query_one(".rule", Rows).tell("─" * event.size.width, DIM)

    def _arrange(self) -> None:
        at = self._chosen
        text = self.query_one(QueryField).value.strip()
        self._shown = (
            [number for number, _ in self._names.find(text)]
            if text
            else list(range(len(self._rows)))
        )
        heading = self.query_one("#heading", Rows)
        words = f" KEYS  {current_preset()} · "
        heading.styles.width = len(words)
        heading.tell(words, BOLD)
        own = sum(keys_of(row.id) != self._base[row.id] for row in self._rows)
        count = self.query_one(".count", Rows)
        said = f"{own} keys of your own "
        count.styles.width = len(said) + 1
        count.tell(said, DIM)
        self.listing.show(len(self._shown), 0 if self._shown else NONE)
        if at is not None and at in self._shown:
            self.listing.highlight(self._shown.index(at))

    @property
    def _chosen(self) -> int | None:
        """Number of the highlighted row."""
        index = self.listing.highlighted
        return self._shown[index] if 0 <= index < len(self._shown) else None

    def _row(self, index: int, cells: int) -> Row:
        row = self._rows[self._shown[index]]
        keys = keys_of(row.id)
        sign = "*" if keys != self._base[row.id] else " "
        printed = "  ".join(map(shown, keys)) or "none"
        names = 24 if cells >= _NAMES_FROM else 0
        where = max(cells // 4, 10)
        title = max(cells - _KEYS - where - names - 5, 8)
        parts: Row = [
            (f" {sign} ", BOLD),
            (column(printed, _KEYS), DIM if row.fixed else BOLD),
            (" " + column(row.title, title), PLAIN),
            (" " + column(row.where, where), DIM),
        ]
        if names:
            parts.append((column(row.id, names), DIM))
        return parts

    def _moved(self, index: int) -> None:
        about = self.query_one("#about", Rows)
        if not 0 <= index < len(self._shown):
            about.show([(" Nothing matches. Esc clears the filter.", DIM)])
            return
        row = self._rows[self._shown[index]]
        base = "  ".join(map(shown, self._base[row.id])) or "no key"
        state = "fixed" if row.fixed else f"by default: {base}"
        about.show([(f" {row.id}  {state}", BOLD)], [(f" {row.help}", PLAIN)])

    def action_change(self) -> None:
        """Ask for the key that replaces the first one."""
        self._ask(add=False)

    def action_add(self) -> None:
        """Ask for one more key."""
        self._ask(add=True)

    def _ask(self, *, add: bool) -> None:
        at = self._chosen
        if at is None:
            self.say("Nothing is highlighted")
        elif self._rows[at].fixed:
            self.say("Enter, Esc and y mean the same everywhere: these keys are fixed")
        else:
            self.app.push_screen(PressKey(self._rows[at].id, add=add), self._given)

    def _given(self, wanted: Plan | None) -> None:
        if wanted is not None:
            self._do(lambda: carry_out(wanted))

    def action_unbind(self) -> None:
        """Leave the act without a key: it goes by its name."""
        at = self._chosen
        if at is not None:
            self._do(lambda: carry_out(plan(self._rows[at].id, ())))

    def action_default(self) -> None:
        """Give the act back the keys of the preset."""
        at = self._chosen
        if at is not None:
            self._do(lambda: reset(self._rows[at].id))

    def action_preset(self) -> None:
        """Ask for the keys to begin with."""
        self.app.push_screen(PresetBox(), self._chose)

    def _chose(self, name: str | None) -> None:
        if name is not None:
            self._do(lambda: choose_preset(name))

    def _do(self, act: Callable[[], str]) -> None:
        try:
            said = act()
        except QualError as error:
            self.say(f"{error.message} {error.hint}".strip())
            return
        self._base = preset_keys(current_preset())
        self._bind()
        self._arrange()
        self.say(said)

    def _filter(self) -> None:
        self._arrange()

    @on(VirtualList.Chosen)
    def _clicked(self, event: VirtualList.Chosen) -> None:
        event.stop()
        self.action_change()

    def action_leave(self) -> None:
        """Clear the filter; without one, close."""
        field = self.query_one(QueryField)
        if self._filtering or field.value:
            self._end_filter(keep=False)
        else:
            self.dismiss(None)


class PresetBox(Dialog[str | None]):
    """Asks for the keys to begin with."""

    SCREEN = "presets"
    HEADING = "Keys to begin with"
    AUTO_FOCUS = ""

    @property
    def listing(self) -> VirtualList:
        """The presets."""
        return self.query_one(VirtualList)

    def compose(self) -> ComposeResult:
        """Make the list."""
        with Vertical(id="box"):
            yield VirtualList(self._row)
            yield Rows([[("What you set yourself counts besides.", DIM)]])

    def on_mount(self) -> None:
        """Show the presets, the one that counts highlighted."""
        self.listing.styles.height = len(PRESETS)
        self.listing.show(len(PRESETS))
        self.listing.highlight(list(PRESETS).index(current_preset()))

    def _row(self, index: int, cells: int) -> Row:
        preset = list(PRESETS.values())[index]
        return [(f" {column(preset.name, 11)}", BOLD), (column(preset.about, cells - 13), PLAIN)]

    @on(VirtualList.Chosen)
    def _clicked(self, event: VirtualList.Chosen) -> None:
        event.stop()
        self.action_choose()

    def action_choose(self) -> None:
        """Close with the highlighted preset."""
        self.dismiss(list(PRESETS)[self.listing.highlighted])

    def action_cancel(self) -> None:
        """Close without one."""
        self.dismiss(None)
