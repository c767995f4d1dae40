"""The box that asks before an act that is large or cannot be aimed back."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from tui.app.screens.manners import Dialog
from tui.app.widgets.query_field import QueryField
from tui.app.widgets.rows import BOLD, PLAIN, Row, Rows, wrapped


class ConfirmScreen(Dialog[bool]):
    """Asks a question; the result tells whether the answer was yes.

    Args:
        question: what will be done, with its number: ``Recode 132 segments?``
        detail: what follows from it; may be empty.
        typed: a word that must be typed for a yes; left out, the key ``y`` is one.
    """

    SCREEN = "confirm"
    AUTO_FOCUS = "QueryField"

    def __init__(self, question: str, detail: str, typed: str | None = None) -> None:
        super().__init__()
        self._question = question
        self._detail = detail
        self._typed = typed

    @property
    def field(self) -> QueryField | None:
        """Where the word is typed, when one must be."""
        return self.query_one(QueryField) if self._typed else None

    def keys_row(self) -> str:
        """Say how to answer."""
        if self._typed:
            return f"type {self._typed} and Enter: yes   Esc: no"
        return "y yes   n no   Esc no"

    def compose(self) -> ComposeResult:
        """Make question, detail and, when a word must be typed, its field."""
        with Vertical(id="box"):
            yield Rows(id="question")
            if self._typed:
                with Horizontal(classes="query"):
                    yield Rows([[("> ", BOLD)]], classes="prompt")
                    yield QueryField(limit=100)

    def on_resize(self, event: events.Resize) -> None:
        """Set the question anew."""
        cells = max(min(event.size.width, 64) - 4, 8)
        most = max(event.size.height - 5, 2)
        rows: list[Row] = wrapped(self._question, cells, max(most // 2, 1), BOLD)
        for line in self._detail.splitlines():
            rows += wrapped(line, cells, most - len(rows), PLAIN) if line.strip() else [[]]
        box = self.query_one("#question", Rows)
        box.styles.height = min(len(rows), most)
        box.show(*rows[:most])

    def on_key(self, event: events.Key) -> None:
        """Take ``y`` and ``n`` while no word must be typed."""
        if self._typed or event.character is None:
            return
        letter = event.character.lower()
        if letter in ("y", "n"):
            event.stop()
            event.prevent_default()
            self.dismiss(letter == "y")

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        if self._typed and event.value.strip().casefold() == self._typed.casefold():
            self.dismiss(True)
        else:
            self.say(f"That is not {self._typed} · Esc: no")

    def action_answer(self, yes: bool) -> None:
        """Close with an answer."""
        self.dismiss(yes)
