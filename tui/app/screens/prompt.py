"""The box that asks for one line: a name, a path, a number."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from tui.app.screens.manners import Dialog
from tui.app.widgets.query_field import QueryField
from tui.app.widgets.rows import BOLD, DIM, Rows


class PromptScreen(Dialog[str | None]):
    """Asks for one line; the result is the line without blanks around it, None for none.

    Args:
        title: what is asked for.
        value: what stands in the field at first.
        hint: what the line may be; may be empty.
        limit: code points it takes.
        again: the line that Enter alone stands for; none when empty.
    """

    SCREEN = "prompt"
    AUTO_FOCUS = "QueryField"

    def __init__(
        self, title: str, value: str = "", hint: str = "", *, limit: int = 4096, again: str = ""
    ) -> None:
        super().__init__()
        self._title = title
        self._value = value
        self._hint = hint
        self._limit = limit
        self._again = again

    @property
    def field(self) -> QueryField:
        """Where the line is typed."""
        return self.query_one(QueryField)

    def compose(self) -> ComposeResult:
        """Make the field and, below it, the hint."""
        with Vertical(id="box"):
            with Horizontal(classes="query"):
                yield Rows([[("> ", BOLD)]], classes="prompt")
                yield QueryField(self._value, limit=self._limit)
            if self._hint:
                yield Rows([[(self._hint, DIM)]])

    def on_mount(self) -> None:
        """Name the box and put the cursor behind what is there."""
        self.show_heading(self._title)
        self.field.cursor_position = len(self.field.value)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        line = event.value.strip() or self._again
        if line:
            self.dismiss(line)
        else:
            self.say("Nothing typed yet · Esc cancel")

    def action_cancel(self) -> None:
        """Close without a line."""
        self.dismiss(None)
