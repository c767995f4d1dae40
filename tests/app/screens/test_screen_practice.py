"""The practice over an open project: in a copy, at any size, back where one was."""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.app.bench import bench_of, on_screen
from tui.app.screens.beginning.lessons import LESSONS
from tui.app.screens.beginning.making import Making
from tui.app.screens.beginning.practice import PracticeBench, make_copy
from tui.app.screens.too_small import TooSmall
from tui.project.project import Project

COUNT = len(LESSONS)


@on_screen
async def test_it_is_left_at_any_time_and_the_own_project_is_as_it_was(project: Project) -> None:
    async with bench_of(project) as bench:
        await bench.press("j", "J")
        before, selected = bench.text(), bench.screen.desk.view.selected_span
        acts = project.db.execute("SELECT count(*) FROM changes").fetchone()
        await bench.press("f3")
        await bench.until(lambda: "Practice 1 of" in bench.text())
        await bench.press("1", "j", ".", "f3")
        assert "Practice 2 of" in bench.text() and "Well done" not in bench.text()
        practice = bench.app.screen
        assert isinstance(practice, PracticeBench)
        assert practice.desk.study.segments == 2
        await bench.press("t", "escape", "escape")
        assert f"F3 goes on with lesson {2}" in bench.text()
        bench.screen.end_notice()
        await bench.pilot.pause()
        assert bench.text() == before and bench.screen.desk.view.selected_span == selected
        assert project.db.execute("SELECT count(*) FROM changes").fetchone() == acts
        await bench.press("f3")
        await bench.until(lambda: "Practice 2 of" in bench.text())
        await bench.press("escape")


@on_screen
async def test_every_lesson_can_be_skipped_and_done_without_those_before_it(
    project: Project,
) -> None:
    async with bench_of(project, (40, 12)) as bench:
        await bench.press("f3")
        await bench.until(lambda: "Practice 1 of" in bench.text())
        for number, lesson in enumerate(LESSONS, 1):
            assert f" {number} of {COUNT}: {lesson.about}" in bench.text()
            text = " ".join(lesson.text().split())
            shown = " ".join(row.strip("► ") for row in bench.rows())
            assert text.split(":")[0].split()[-1] in shown, "the lesson is on the screen, all of it"
            assert "{" not in text
            if lesson.about == "one of them":
                await bench.press("o", "u")
                assert f"{number + 1} of {COUNT}: undo · Well done" in bench.text()
            else:
                await bench.press("f3")
        assert f"Practice: {COUNT} of {COUNT}" in bench.text()
        await bench.press("f3")
        assert f"Practice 1 of {COUNT}" in bench.text()
        await bench.press("escape")
        assert "Practice" not in bench.text()


@on_screen
async def test_a_window_too_small_at_the_wrong_moment_loses_nothing(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_end = threading.Event()

    def held_up(coder: str, say: Callable[[str], None]) -> str:
        may_end.wait()
        return make_copy(coder, say)

    monkeypatch.setattr("tui.app.screens.beginning.practice.make_copy", held_up)
    async with bench_of(project) as bench:
        await bench.press("f3")
        making = bench.app.screen
        assert isinstance(making, Making)
        await bench.pilot.resize_terminal(20, 5)
        await bench.until(lambda: isinstance(bench.app.screen, TooSmall))
        may_end.set()
        await bench.until(lambda: making._path is not None)
        await bench.pilot.resize_terminal(80, 24)
        await bench.until(lambda: "Practice 1 of" in bench.text())
        await bench.press("escape")
        assert "as you left it" in bench.text()


def test_copies_that_a_killed_practice_left_are_removed_a_day_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    old, fresh, other = (
        tmp_path / f"{name}" for name in ("qual-practice-a", "qual-practice-b", "x")
    )
    for folder in (old, fresh, other):
        folder.mkdir()
        (folder / "practice.qual").write_text("")
    for path in (old / "practice.qual", old, other / "practice.qual", other):
        os.utime(path, (0, 0))
    made = make_copy("ann", lambda _: None)
    assert not old.exists() and fresh.exists() and other.exists() and os.path.exists(made)
