"""The ten tasks in a real terminal: each does what it says, in as many presses as promised."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from docs.ten_tasks import Task, count_presses, read_tasks, tasks_page
from tests.terminal.driver import PATIENCE, ROOT, Terminal
from tui.project.project import Project
from tui.project.workspace import copy_sample, make_workspace
from tui.store.codings import list_codings

SENT = {"Enter": "\r", "Escape": "\x1b", "Space": " "}


def codings_of(path: str) -> int:
    """Return how many codings the coder of these tasks has, as another process sees them."""
    with Project(path, "kim") as project:
        return len(list_codings(project.db, coder_ids=[project.coder_id]))


def play(terminal: Terminal, path: str, task: Task) -> None:
    """Press the keys of a task, all at once, and see that it was done."""
    terminal.press("".join(SENT.get(key, key) for key in task.ready))
    terminal.settle(0.3)
    before, shown = codings_of(path), terminal.text()
    terminal.press("".join(SENT.get(key, key) for key in task.keys[:-1]))
    terminal.press(task.typed + SENT.get(task.keys[-1], task.keys[-1]))
    pattern = re.compile(task.shows)
    terminal.wait_for(lambda text: text != shown and pattern.search(text) is not None)
    end = time.monotonic() + PATIENCE
    while codings_of(path) - before != task.codings and time.monotonic() < end:
        terminal.read(0.05)
    assert codings_of(path) - before == task.codings, terminal.text()


def test_each_of_the_ten_tasks_is_done_in_the_promised_presses(tmp_path: Path) -> None:
    copy_sample(str(tmp_path / "study"))
    path = make_workspace(str(tmp_path / "study"), "zoe", say=lambda line: None)
    environment = {"HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path / "state")}
    with Terminal(["-p", path, "--coder", "kim"], tmp_path, env=environment) as terminal:
        terminal.wait_for("The Basic Provisions")
        for task in read_tasks():
            play(terminal, path, task)
            assert task.presses <= task.goal, task
    page = (ROOT / "docs" / "ten-tasks.md").read_text(encoding="utf-8")
    assert page == tasks_page(), "stale: run `python docs/generate.py`"


@pytest.mark.parametrize(
    ("keys", "presses"), [(["j"], 1), (["V"], 2), (["L", "L"], 3), (["J", "1", "K"], 5)]
)
def test_a_shift_counts_once_for_capitals_in_a_row(keys: list[str], presses: int) -> None:
    assert count_presses(keys) == presses
