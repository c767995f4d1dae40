"""A stage for one screen: opens it in a small app, presses keys, reads what is drawn."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

from rich.cells import cell_len
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen

from tests.app.bench import PATIENCE, pilot_event
from tui.app.themes import DARK, themes
from tui.text.safe import make_visible

SIZES = ((80, 24), (160, 48), (40, 12))
HOSTILE = (
    "[red]not red[/red]",
    "[/x] closes nothing",
    "\x1b[31mred\x1b[0m \x07\x9b1;1H",
    "\u202eright to left\u202c \u2066isolated\u2069",
    "👩‍👩‍👧‍👦 family 🇫🇷🏴󠁧󠁢󠁳󠁣󠁴󠁿",
    "क्षत्रिय नमस्ते ਪੰਜਾਬੀ தமிழ்",
    "e\u0301" * 40 + "\u0300" * 300,
    "Z" * 100_000,
    "漢字" * 50_000,
    "two\nlines\tand a tab\r\u2028\ud800",
    "",
    "   ",
)
"""Names that nobody would choose and every project meets."""

PENDING = "still open"


class Stage(App[None]):
    """Shows one screen and keeps its result.

    Args:
        screen: the screen.
    """

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, screen: Screen[Any]) -> None:
        super().__init__()
        self.first = screen
        self.result: Any = PENDING
        for theme in themes():
            self.register_theme(theme)
        self.theme = DARK
        self.animation_level = "none"

    def on_mount(self) -> None:
        """Open the screen."""
        self.push_screen(self.first, self._take_result)

    def read_keys(self) -> None:
        """Do nothing: keys are read as they come here."""

    def forget_keys(self) -> None:
        """Do nothing: none wait here."""

    def _take_result(self, result: Any) -> None:
        self.result = result

    def drawn(self) -> str:
        """Return what the topmost screen shows, row by row."""
        rows = self.screen._compositor.render_strips(self.size)
        return "\n".join("".join(segment.text for segment in strip) for strip in rows)

    def last_row(self) -> str:
        """Return the row that names the keys: of a page the last, of a box its lower edge."""
        rows = [row for row in self.drawn().splitlines() if row.strip()]
        return rows[-1]


Play = Callable[[Stage, Pilot[None]], Awaitable[None]]


def play(screen: Screen[Any], script: Play, size: tuple[int, int] = (80, 24)) -> Stage:
    """Open a screen, let a script act on it, return the app as it was at the end.

    Nothing unsafe may have been drawn.
    """
    app = Stage(screen)

    async def run() -> None:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await script(app, pilot)
            shown = app.drawn()
            assert make_visible(shown) == shown

    asyncio.run(run())
    return app


async def walk(pilot: Pilot[None], key: str) -> None:
    """Press a key as ``pilot.press`` does, but do not wait for the whole process to be idle."""
    pilot.app.post_message(pilot_event(key))
    for _ in range(2):  # what has been scrolled is laid out one round later
        await pilot._wait_for_screen()
        pilot.app.screen._on_timer_update()


def widest(app: Stage) -> int:
    """Return the cells of the widest row that is drawn."""
    return max(cell_len(row) for row in app.drawn().splitlines())


def typed(text: str) -> list[str]:
    """Return the keys that type a text of letters, digits, blanks and a few signs."""
    names = {" ": "space", "+": "plus", "-": "minus", ":": "colon", "=": "equals_sign"}
    names |= {">": "greater_than_sign", "/": "slash", '"': "quotation_mark", ".": "full_stop"}
    return [names.get(letter, letter) for letter in text]


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    """Wait for something that a thread brings about."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if holds():
            return
        await pilot.pause(0.01)
    raise AssertionError("it never came about")
