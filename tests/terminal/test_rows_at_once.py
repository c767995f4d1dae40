"""What a key writes past Textual is what Textual would have drawn."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from tests.terminal.driver import PATIENCE, Terminal
from tui.app.screens.workbench.keys import WHICH_KEY_AFTER
from tui.app.terminal import FULL_REPAINT

KEYS = "jjJlK=-.1j2.gekkzoo\x1btjjh\x1bc\x1bjfjqlwd\x1bHx"


RESTS = WHICH_KEY_AFTER + 0.2
"""Seconds of silence after which no box of keys is on its way any more."""


def cells(terminal: Terminal) -> list[str]:
    """Return the rows with what is reversed, underlined or bold marked; no blank looks bold."""
    screen = terminal.screen
    rows = []
    for y in range(screen.lines):
        row = [screen.buffer[y][x] for x in range(screen.columns)]
        rows.append(
            "".join(
                cell.data
                + "~" * cell.reverse
                + "_" * cell.underscore
                + "*" * (cell.bold and cell.data != " ")
                for cell in row
            )
        )
    return rows


@pytest.mark.parametrize(("columns", "lines"), [(80, 24), (160, 48)])
def test_keys_leave_the_screen_that_full_repaints_leave(
    tiny: str, tmp_path: Path, columns: int, lines: int
) -> None:
    other = tmp_path / "other" / Path(tiny).name
    other.parent.mkdir()
    shutil.copy(tiny, other)

    def opened(path: str, env: dict[str, str]) -> Terminal:
        words = ["--project", path, "--coder", "ann"]
        return Terminal(words, tmp_path, columns=columns, lines=lines, env=env)

    with opened(tiny, {}) as ours, opened(str(other), {FULL_REPAINT: "1"}) as full:
        for terminal in (ours, full):
            terminal.wait_for("sentence 1 of")
            terminal.settle(0.6)
        for key in KEYS:
            for terminal in (ours, full):
                terminal.press(key)
            for _ in range(20):
                ours.read(0.02)
                full.read(0.02)
                if cells(ours) == cells(full):
                    break
        # One of the two may be slower, and a box of keys or the end of a notice comes by itself:
        # what counts is where both come to rest.
        end = time.monotonic() + PATIENCE
        while True:
            for terminal in (ours, full):
                terminal.settle(RESTS)
            if cells(ours) == cells(full) or time.monotonic() > end:
                break
        assert cells(ours) == cells(full)
