"""What is shown while the window is too small to work in."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingsMap
from textual.screen import Screen

from tui.app.widgets.rows import PLAIN, Rows, wrapped

LEAST_WIDTH = 40
LEAST_HEIGHT = 12


def is_too_small(width: int, height: int) -> bool:
    """Tell whether a window is too small."""
    return width < LEAST_WIDTH or height < LEAST_HEIGHT


class TooSmall(Screen[None], inherit_bindings=False):
    """Waits for a larger window; what was open comes back with it."""

    def __init__(self) -> None:
        # Loaded in windows that are too small: the first paint needs no keys of other screens.
        from tui.app.screens.bindings import bindings_of  # noqa: PLC0415

        super().__init__()
        self._bindings = BindingsMap(bindings_of("too_small"))
        self._asked = False

    def compose(self) -> ComposeResult:
        """Make the message."""
        yield Rows()

    def on_resize(self, event: events.Resize) -> None:
        """Say how large the window is now."""
        self._tell(*event.size)

    async def action_quit_twice(self) -> None:
        """Quit at the second press, as everywhere."""
        if self._asked:
            await self.run_action("app.end(0)")
        self._asked = True
        self._tell(*self.app.size)

    def _tell(self, width: int, height: int) -> None:
        rows = self.query_one(Rows)
        text = (
            f"Make the window larger (now {width}x{height}, needed {LEAST_WIDTH}x{LEAST_HEIGHT})."
        )
        how = "q once more quits." if self._asked else "q q quits."
        lines = wrapped(f"{text} Nothing is lost. {how}", max(width, 8), height, PLAIN)
        rows.styles.height = height
        rows.show(*lines)
