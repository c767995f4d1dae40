"""One line to type into, for queries, names and paths."""

from __future__ import annotations

from rich.text import Text
from textual import events
from textual.keys import _character_to_key
from textual.widget import Widget
from textual.widgets import Input

from tui.app.document.cells import without_loose_joiners
from tui.text.safe import make_line


def untangle(widget: Widget, event: events.Key) -> bool:
    """Take an Alt key for what it nearly always is: Esc, and then the letter, in quick succession.

    Args:
        widget: the widget that got the key.
        event: the key; when it is taken, nothing else may act on it.

    Returns:
        Whether it was taken.
    """
    letter = event.character
    if not event.key.startswith("alt+") or letter is None or not event.is_printable:
        return False
    event.stop()
    event.prevent_default()
    widget.app.post_message(events.Key("escape", None))
    widget.app.post_message(events.Key(_character_to_key(letter), letter))
    return True


class QueryField(Input):
    """A text field of one row without a frame: shows what acts on terminals as signs.

    Args:
        value: what it holds at first.
        placeholder: what it says while it is empty.
        limit: code points it takes; a longer paste is cut there.
        id: its name in the stylesheet.
    """

    DEFAULT_CSS = """
    QueryField, QueryField:focus {
        border: none;
        height: 1;
        padding: 0;
        background: transparent;
        background-tint: transparent;
    }
    QueryField > .input--cursor {
        background: $background;
        color: $foreground;
        text-style: reverse;
    }
    QueryField > .input--suggestion {
        color: $foreground;
        text-style: dim;
    }
    """

    def __init__(
        self, value: str = "", *, placeholder: str = "", limit: int = 400, id: str | None = None
    ) -> None:
        super().__init__(
            value[:limit],
            placeholder,
            id=id,
            max_length=limit,
            select_on_focus=False,
        )
        self.limit = limit
        self.initial = len(value[:limit])
        """How much it held at first."""
        self.cursor_blink = False

    @property
    def _value(self) -> Text:
        """What is drawn: as long as the value, nothing in it acts on a terminal."""
        shown = without_loose_joiners(make_line(self.value))
        return Text(shown, no_wrap=True, overflow="ignore", end="")

    def offer(self, text: str) -> None:
        """Show behind what is typed how it may go on; the right arrow at its end takes it.

        Args:
            text: the whole value as it would be; what does not go on from the value is not shown,
                nor what acts on terminals; empty to show nothing.
        """
        fits = text.startswith(self.value) and make_line(text) == text and len(text) <= self.limit
        self._suggestion = text if fits else ""

    @property
    def offered(self) -> str:
        """What is offered; empty when nothing is."""
        return self._suggestion

    def type_text(self, text: str) -> None:
        """Put text in at the cursor as one line, as much of it as there is room for."""
        line = " ".join(text.splitlines())
        start, end = sorted(self.selection)
        room = self.limit - len(self.value) + end - start
        if room < len(line):
            self.app.bell()
        self.replace(line[: max(room, 0)], start, end)

    async def _on_key(self, event: events.Key) -> None:
        if untangle(self, event):
            return
        await super()._on_key(event)

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.type_text(event.text)
