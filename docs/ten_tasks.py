"""The ten tasks of ``ten-tasks.toml``: how many presses each takes, as a page."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).with_suffix("").with_name("ten-tasks.toml")
SHIFTED = '~!@#$%^&*()_+{}|:"<>?'

_HEAD = """# Ten tasks, key by key

Ten acts that a day of coding is made of, on the shipped study ([ten-tasks.toml](ten-tasks.toml)).
`tests/terminal/test_ten_tasks.py` plays them in a real terminal, looks whether each has done what
it says, and fails when this page says anything else. A press is a key that goes down; Shift counts,
once for capitals that follow each other.

| | act | keys | presses | goal |
|---|---|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Task:
    """One act, and how to see that it was done."""

    letter: str
    act: str
    ready: tuple[str, ...]
    """Keys that lead to where it begins."""
    keys: tuple[str, ...]
    goal: int
    """The most presses it may take."""
    shows: str
    """A pattern that is on the screen afterwards."""
    codings: int
    """How many codings more there are afterwards."""
    typed: str = ""
    """What is written before the last key; not counted."""

    @property
    def presses(self) -> int:
        """How many keys go down for it."""
        return count_presses(self.keys)


def read_tasks() -> Iterator[Task]:
    """Yield the tasks of the file, in order."""
    for table in tomllib.loads(FILE.read_text(encoding="utf-8"))["task"]:
        lists = {name: tuple(table[name]) for name in ("ready", "keys")}
        yield Task(**{**table, **lists})


def count_presses(keys: Sequence[str]) -> int:
    """Return how many keys go down for ``keys``; Shift once for those that follow each other."""
    total, held = 0, False
    for key in keys:
        shifted = len(key) == 1 and (key.isupper() or key in SHIFTED)
        total += 2 if shifted and not held else 1
        held = shifted
    return total


def tasks_page() -> str:
    """Return the page as Markdown."""
    rows = [
        f"| {task.letter} | {task.act} | `{' '.join(task.keys)}` | {task.presses} | {task.goal} |"
        for task in read_tasks()
    ]
    return _HEAD + "\n".join(rows) + "\n"
