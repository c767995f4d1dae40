"""The box that waits for the new key of an act, and tells whose it is."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from tui.app.action import shown
from tui.app.keybook import keys_of
from tui.app.keymap import name_of
from tui.app.keys.change import Plan, plan
from tui.app.keys.names import BadKey, held_by, read_keys
from tui.app.keys.rules import title_of, where_of
from tui.app.screen_keys import PART, SCREEN_KEYS
from tui.app.screens.manners import Dialog
from tui.app.widgets.rows import BOLD, PLAIN, Row, Rows, wrapped


class PressKey(Dialog[Plan | None]):
    """Waits for a key, or for two in a row; the result is what giving it would do, None for none.

    Args:
        id: of the act that gets the key.
        add: whether it keeps all keys that it has; else the first one goes.
    """

    SCREEN = "press_key"
    AUTO_FOCUS = ""

    def __init__(self, id: str, *, add: bool = False) -> None:
        super().__init__()
        self._act = id
        self._add = add
        self._pressed: list[str] = []
        self._plan: Plan | None = None

    def keys_row(self) -> str:
        """Say what the next key does."""
        if not self._pressed:
            return "press the new key  Esc cancel"
        more = "" if self._act in SCREEN_KEYS or len(self._pressed) > 1 else "or a second key  "
        return f"Enter keep it  {more}Backspace again  Esc cancel"

    def compose(self) -> ComposeResult:
        """Make the rows."""
        with Vertical(id="box"):
            yield Rows(id="said")

    def on_mount(self) -> None:
        """Say which act is to get a key."""
        self.show_heading("Another key" if self._add else "The new key")
        self._show()

    def on_key(self, event: events.Key) -> None:
        """Take any key; once there is one, Enter keeps it and Backspace begins again."""
        event.stop()
        event.prevent_default()
        self._told = False
        key = name_of(event.key, event.character)
        if key == "escape":
            self.dismiss(None)
        elif self._pressed and key == "enter":
            self._keep()
        elif self._pressed and key == "backspace":
            self._take([])
        else:
            again = len(self._pressed) > 1 or self._act in SCREEN_KEYS
            self._take([key] if again else [*self._pressed, key])

    def _take(self, pressed: list[str]) -> None:
        self._pressed, self._plan = pressed, None
        if pressed:
            try:
                self._check(" ".join(pressed))
            except BadKey as error:
                self._pressed = pressed[:-1]
                self.say(f"{shown(pressed[-1])} {error.why}. {error.instead}".strip())
        self._show()
        if not self._told:
            self.show_keys(self.keys_row())

    def _check(self, keys: str) -> None:
        part = PART[self._act.partition(".")[0]] if self._act in SCREEN_KEYS else None
        if part is not None and part.typing and len(keys) == 1:
            raise BadKey(f"is text in the {part.title}", "Take a key with Ctrl.")
        new = read_keys(keys)
        now = keys_of(self._act)
        rest = now if self._add else now[1:]
        self._plan = plan(
            self._act, tuple(dict.fromkeys([*rest, new] if self._add else [new, *rest]))
        )

    def _keep(self) -> None:
        if self._plan is None:
            return
        if self._plan.refusal:
            self.say(f"{self._plan.refusal} · Backspace again  Esc cancel")
        else:
            self.dismiss(self._plan)

    def _show(self) -> None:
        now = "  ".join(map(shown, keys_of(self._act))) or "no key"
        cells = max((self.box.size.width or min(self.app.size.width, 64)) - 4, 20)
        rows: list[Row] = [[(title_of(self._act), BOLD), (f"  in {where_of(self._act)}", PLAIN)]]
        rows.append([(f"now   {now}", PLAIN)])
        if self._plan is not None:
            rows.append([("then  ", PLAIN), ("  ".join(map(shown, self._plan.keys)), BOLD)])
            lines = [f"{each.in_words()}." for each in self._plan.taken]
            if self._plan.refusal:
                lines = [f"{self._plan.refusal}."]
            elif holder := held_by(self._pressed[-1]):
                lines.append(f"It may be kept by {holder}, and never arrive elsewhere.")
            elif not lines:
                lines = ["Nothing else has this key there."]
            for line in lines:
                rows += wrapped(line, cells, 2)
        else:
            rows.append([("then  …", PLAIN)])
        said = self.query_one("#said", Rows)
        said.styles.height = max(len(rows), 5)
        said.show(*rows)
