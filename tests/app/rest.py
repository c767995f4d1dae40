"""When an app under test has come to rest: told by what it has left to do, not by the clock.

Textual's pilot takes an app for idle when its process has hardly worked for two hundredths of a
second. That is slow where nothing is left to do, and wrong where the machine lets it wait.
"""

from __future__ import annotations

import asyncio
import sys
import threading
from types import FrameType
from typing import TYPE_CHECKING, Any, cast

from textual._context import active_app
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

if TYPE_CHECKING:
    import pytest
    from textual.app import App

_LOOKS = 2_500
"""So often is looked whether threads and timers are done: some tests let a thread go on."""
_SOON = 0.06
"""Seconds: a timer that fires once, and so soon, is waited for."""
_HELD = 0.1
"""Seconds: a thread that waits longer for something does not go on by itself."""
_STEP = 0.002
_STYLES: dict[tuple[object, ...], list[RuleSet]] = {}


async def rest(_least: float = 0.0) -> None:
    """Wait until the app has nothing left to do: no message, no thread at work, no timer soon."""
    app = active_app.get()
    rounds = looks = 0
    while rounds < 2 and looks < _LOOKS:
        await asyncio.sleep(0)
        if _has_messages():
            rounds = 0
        elif _threads_work() or _timers_are_due(app) or _moves(app):
            rounds = 0
            looks += 1
            await asyncio.sleep(_STEP)
        else:
            # What is still to be drawn is drawn now, and may lead to more.
            if app.is_running and app._screen_stack:
                app.screen._on_timer_update()
            rounds += 1


def use_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the pilot wait for rest wherever it waits for an idle process."""
    monkeypatch.setattr("textual.pilot.wait_for_idle", rest)
    monkeypatch.setattr("textual.app.wait_for_idle", rest)


def share_styles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let all apps of a process share what they read out of equal stylesheets."""
    read = Stylesheet._parse_rules

    def read_once(self: Stylesheet, css: str, *more: Any, **named: Any) -> list[RuleSet]:
        key = (css, more, *named.items(), *self._variables.items())
        if key not in _STYLES:
            _STYLES[key] = read(self, css, *more, **named)
        return _STYLES[key]

    monkeypatch.setattr(Stylesheet, "_parse_rules", read_once)


def _has_messages() -> bool:
    """Tell whether any coroutine but the one that asks can go on at once."""
    return bool(cast(Any, asyncio.get_running_loop())._ready)


def _timers_are_due(app: App[Any]) -> bool:
    """Tell whether something that was put off for a moment is still to come."""
    return any(
        timer._repeat == 0
        and timer._interval <= _SOON
        and timer._task is not None
        and not timer._task.done()
        for node in (app, *app._registry)
        for timer in tuple(node._timers)
    )


def _moves(app: App[Any]) -> bool:
    return bool(app._animator._animations or app._animator._scheduled)


def _threads_work() -> bool:
    """Tell whether a thread that the program has started has something to do."""
    frames = sys._current_frames()
    for thread in threading.enumerate():
        target = getattr(thread, "_target", None)  # it has none any more once it is through
        if target is not None and str(target.__module__).startswith("tui."):
            frame = frames.get(thread.ident or 0)
            if frame is None or not _is_held(frame):
                return True
    return False


def _is_held(frame: FrameType) -> bool:
    """Tell whether a thread waits until it is told to go on, and has not been told so yet."""
    if frame.f_code is not threading.Condition.wait.__code__:
        return False
    names = frame.f_locals
    timeout, waiter = names.get("timeout"), names.get("waiter")
    return (timeout is None or timeout > _HELD) and waiter in names["self"]._waiters
