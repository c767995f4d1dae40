"""The five-minute practice, played to its end with real keys on a real terminal."""

from __future__ import annotations

import signal
from pathlib import Path

from tests.terminal.driver import Terminal
from tui.app.screens.beginning.lessons import LESSONS

PLAYED = (
    ("jj",),
    ("J=-",),
    ("ctrade\r",),
    ("j1j.",),
    ("23",),
    ("oL\r",),
    ("ou",),
    ("z",),
    ("ma thought\x1b",),
    ("gun",),
    ("sneighbours", "\r"),
    ("tj\x1b",),
    ("d\x1b[B\r",),
    ("?undo\x1b",),
)
"""The keys of each lesson, as fast as they can be typed; hits are waited for before Enter."""


def test_the_practice_is_played_to_its_end_and_leaves_nothing(tmp_path: Path) -> None:
    assert len(PLAYED) == len(LESSONS)
    copies = tmp_path / "copies"
    copies.mkdir()
    env = {"TMPDIR": str(copies), "NO_COLOR": "1"}
    with Terminal([], tmp_path, columns=80, lines=24, env=env) as terminal:
        terminal.wait_for("no project here yet")
        terminal.press("\x1bOR")  # F3
        for number, (lesson, keys) in enumerate(zip(LESSONS, PLAYED, strict=True), 1):
            terminal.wait_for(f"Practice {number} of {len(LESSONS)}: {lesson.about}")
            if number == 1:
                assert "your own project is not touched" in terminal.text()
            else:
                assert "Well done" in terminal.text()
            for part in keys:
                terminal.press(part)
                if part != keys[-1]:
                    terminal.wait_for("1 of ")
                    terminal.settle(0.3)
        count = len(LESSONS)
        terminal.wait_for(f"Practice: {count} of {count} · Well done")
        assert [each.name for each in copies.iterdir()] != []
        terminal.press("\x1b")
        terminal.wait_for("no project here yet")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    assert list(copies.iterdir()) == []


def test_a_signal_in_the_middle_of_it_ends_in_order_and_leaves_nothing(tmp_path: Path) -> None:
    copies = tmp_path / "copies"
    copies.mkdir()
    with Terminal([], tmp_path, env={"TMPDIR": str(copies)}) as terminal:
        terminal.wait_for("no project here yet")
        terminal.press("p")
        terminal.wait_for("Practice 1 of")
        terminal.press("1")
        terminal.wait_for("z undo")
        terminal.resize(100, 30)
        terminal.kill(signal.SIGTERM)
        assert terminal.wait_for_end() == 128 + signal.SIGTERM
        assert terminal.is_restored()
    assert list(copies.iterdir()) == []
