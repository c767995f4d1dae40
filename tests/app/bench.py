"""The workbench under test: keys in, plain text of the screen and rows of the store out."""

from __future__ import annotations

import asyncio
import functools
import time
import unicodedata
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec

from textual import events
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.strip import Strip

from tests.app.rest import rest
from tui.app.app import QualApp
from tui.app.screens.workbench.first_steps import SEEN
from tui.app.screens.workbench.screen import Workbench
from tui.app.work import SINCE, remember_seen, state_folder
from tui.project.project import Project

if TYPE_CHECKING:
    from textual.pilot import Pilot


P = ParamSpec("P")

PATIENCE = 120.0
"""Seconds until something that must come has surely not come: machines may be busy."""


def on_screen(test: Callable[P, Awaitable[None]]) -> Callable[P, None]:
    """Let a test be a coroutine."""

    @functools.wraps(test)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        async def whole() -> None:
            await test(*args, **kwargs)

        asyncio.run(whole())

    return run


def key_event(key: str) -> events.Key:
    """Return what the terminal sends for a key."""
    return events.Key(key, key if len(key) == 1 else None)


def pilot_event(key: str) -> events.Key:
    """Return the key event that Textual's pilot makes of a key or of its name."""
    name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
    named = REPLACED_KEYS.get(name, name)
    try:
        return events.Key(name, unicodedata.lookup(_get_unicode_name_from_key(named)))
    except KeyError:
        return events.Key(name, name if len(name) == 1 else None)


def rows_of(app: QualApp) -> list[str]:
    """Return what an app shows as plain text, row by row."""
    strips = app.screen._compositor.render_strips(app.size)
    for y, (x, strip) in app.lid_over(app.screen).items():
        below, end = strips[y], x + strip.cell_length
        strips[y] = Strip.join([below.crop(0, x), strip, below.crop(end, below.cell_length)])
    return ["".join(segment.text for segment in strip) for strip in strips]


class Bench:
    """A running app with a project open in it."""

    def __init__(self, app: QualApp, pilot: Pilot[None], project: Project) -> None:
        self.app = app
        self.pilot = pilot
        self.project = project

    @property
    def screen(self) -> Workbench:
        """The workbench, wherever it is in the stack."""
        return next(s for s in self.app.screen_stack if isinstance(s, Workbench))

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, each read when the one before it has done what it does;
        then wait for rest.
        """
        queue = self.app._keys
        for key in keys:
            self.app.post_message(pilot_event(key))
            screen = None
            while self.app.is_running and (
                screen is not self.app.screen or queue._typed or queue._waiting
            ):
                screen = self.app.screen
                await self.pilot._wait_for_screen()
        await rest()

    async def leave(self) -> None:
        """Leave as people do; nothing can be asked of the app afterwards."""
        await self.press("q")
        self.app.post_message(key_event("q"))
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if not self.app.is_running:
                return
            await asyncio.sleep(0.025)
        raise AssertionError("the app goes on")

    async def until(self, done: Callable[[], bool]) -> None:
        """Wait until something is so."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if done():
                return
            await self.pilot.pause(0.025)
        raise AssertionError(f"it never came about; the screen says\n{self.text()}")

    def rows(self) -> list[str]:
        """Return the screen as plain text, row by row."""
        return rows_of(self.app)

    def text(self) -> str:
        """Return the screen as plain text."""
        return "\n".join(self.rows())

    def codings(self) -> list[tuple[int, int, str, str]]:
        """Return (start, end, key, coder) of all codings in the store."""
        return self.project.db.execute(
            "SELECT start, end, key, coders.name FROM codings"
            " JOIN codes ON codes.id = code_id JOIN coders ON coders.id = coder_id"
            " ORDER BY codings.id"
        ).fetchall()

    def own(self) -> list[tuple[int, int, str]]:
        """Return (start, end, key) of this coder's codings in the store."""
        return [row[:3] for row in self.codings() if row[3] == self.project.coder]


@asynccontextmanager
async def bench_of(
    project: Project, size: tuple[int, int] = (80, 24), *, first_steps: bool = False
) -> AsyncIterator[Bench]:
    """Run the app on a project, headless."""
    if not first_steps:
        remember_seen(SEEN)
        Path(state_folder(), SINCE).write_text("0")  # the first hour is long over
    app = QualApp(project, project.coder)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Bench(app, pilot, project)
