"""The box of keys that can follow: at once for who is new, later for others, never in the way."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.app.bench import bench_of, on_screen
from tui.app.action import Action
from tui.app.actions import ACTIONS
from tui.app.screens.workbench import keys as bench_keys
from tui.app.widgets.which_key import both_ways
from tui.app.work import SINCE, in_first_hour, state_folder
from tui.project.project import Project


def since() -> Path:
    return Path(state_folder()) / SINCE


def test_the_first_hour_begins_when_it_is_first_asked_for() -> None:
    assert in_first_hour()
    begun = since().read_text()
    assert in_first_hour() and since().read_text() == begun
    since().write_text(f"{int(time.time()) - 1800}")
    assert in_first_hour()
    since().write_text(f"{int(time.time()) - 3601}")
    assert not in_first_hour()
    since().write_text("not a time")
    assert not in_first_hour()


def test_where_nothing_can_be_written_nobody_is_new(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "/proc/nowhere")
    assert not in_first_hour()


def test_what_goes_on_and_what_goes_back_share_a_place() -> None:
    following = [(keys.split(" ")[1], action) for action in ACTIONS for keys in action.keys
                 if keys.startswith("g ")]  # fmt: skip
    entries = both_ways(following)
    assert ("u U", "uncoded ¶") in entries and ("g", "top") in entries
    assert ("m M", "memo") in entries and ("l", "¶ by number") in entries
    shown = {key for keys, _ in entries for key in keys.split(" ")}
    assert shown == {key for key, _ in following}
    alone = Action("go.x_back", "x", "X.", ("g x",), ("text",), lambda desk: None)
    assert both_ways([("x", alone)]) == [("x", "x")]


@on_screen
async def test_in_the_first_hour_the_box_is_there_at_once_and_typing_goes_on(
    project: Project,
) -> None:
    async with bench_of(project, first_steps=True) as bench:
        await bench.press("g")
        await bench.until(lambda: "keep typing" in bench.text())
        assert "x X disagreement" in bench.text()
        await bench.press("e")
        assert "keep typing" not in bench.text() and "¶3/3" in bench.text()
        # Typed together, the box never comes.
        bench.screen.press("g")
        bench.screen.press("g")
        assert bench.screen._which_timer is None
        # It may have been sent for just before the key came.
        bench.screen.press("g")
        late = bench.screen._which_for
        assert late is not None
        bench.screen.press("g")
        bench.screen._show_which_key(late)
        await bench.press("g", "escape")
        assert "keep typing" not in bench.text()


@on_screen
async def test_after_the_first_hour_it_waits(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench_keys, "WHICH_KEY_AFTER", 3600)
    async with bench_of(project) as bench:
        await bench.press("g")
        await bench.pilot.pause(0.15)
        assert "keep typing" not in bench.text()
        await bench.press("e")
        assert "¶3/3" in bench.text()
