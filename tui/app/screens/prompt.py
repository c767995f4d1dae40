"""The box that asks for one line: a name, a path, a number."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from tui.app.keybook import hint
from tui.app.screens.manners import Dialog
from tui.app.widgets.query_field import QueryField
from tui.app.widgets.rows import BOLD, DIM, Rows, clip


class PromptScreen(Dialog[str | None]):
    """Asks for one line; the result is the line without blanks around it, None for none.

    Args:
        title: what is asked for.
        value: what stands in the field at first.
        about: what the line may be; may be empty.
        limit: code points it takes.
        again: the line that Enter alone stands for; none when empty.
        offers: beginnings that a key writes into the field, one after the other, of those that
            go on from what is typed; or what finds them for what is typed.
    """

    SCREEN = "prompt"
    AUTO_FOCUS = "QueryField"

    def __init__(
        self,
        title: str,
        value: str = "",
        about: str = "",
        *,
        limit: int = 4096,
        again: str = "",
        offers: Sequence[str] | Callable[[str], Sequence[str]] = (),
    ) -> None:
        super().__init__()
        self._title = title
        self._value = value
        self._about = about
        self._limit = limit
        self._again = again
        self._find = offers if callable(offers) else None
        self._offers = [] if callable(offers) else list(offers)
        self._typed = ""
        """What was typed before a beginning was written over it."""
        self._offered: str | None = None

    @property
    def field(self) -> QueryField:
        """Where the line is typed."""
        return self.query_one(QueryField)

    def compose(self) -> ComposeResult:
        """Make the field and, below it, what it may be."""
        with Vertical(id="box"):
            with Horizontal(classes="query"):
                yield Rows([[("> ", BOLD)]], classes="prompt")
                yield QueryField(self._value, limit=self._limit)
            if self._about:
                yield Rows([[(self._about, DIM)]])

    def on_mount(self) -> None:
        """Name the box and put the cursor behind what is there."""
        self.show_heading(self._title)
        self.field.cursor_position = len(self.field.value)

    def keys_row(self) -> str:
        """Say the keys, and what is offered first."""
        if self._find is not None:
            return f"Enter done  {hint('prompt.offer', 'goes on')}  Esc cancel"
        if not self._offers:
            return super().keys_row()
        write = hint("prompt.offer", f"writes {clip(self._offers[0], 24)}")
        return f"Enter done  {write}  Esc cancel"

    def action_offer(self) -> None:
        """Write the next beginning that is offered into the field."""
        field = self.field
        if field.value != self._offered:
            self._typed, self._offered = field.value, None
        if self._find is not None and self._offered is None:
            self._offers = list(self._find(self._typed))
        fit = [each for each in self._offers if each.startswith(self._typed)]
        if not fit:
            bare = self._find is None and not self._offers
            self.say("Nothing is offered here" if bare else "Nothing begins like that")
            return
        at = fit.index(self._offered) + 1 if self._offered in fit else 0
        self._offered = field.value = fit[at % len(fit)]
        field.cursor_position = len(field.value)
        if self._find is not None and len(fit) == 1:
            self._offered = None  # the next one is looked for behind it

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
