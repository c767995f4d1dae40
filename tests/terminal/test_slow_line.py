"""What a slow line needs: few bytes for each key, nothing cleared, nothing blanked for a moment."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.terminal.driver import Terminal
from tests.tiny import draft
from tui.project.edits.codes import add_code
from tui.project.edits.codings import add_codings
from tui.project.edits.documents import import_document
from tui.project.project import Project
from tui.store.migrate import create_project

SENTENCES = (
    "The mill number {0} was opened in that year, and nobody in the valley spoke of wages.",
    "Мир и договор номер {0} держались долго.",
    "国际秩序 {0} 多极世界，合作安全发展。",
    "Work {0} was good 👩‍👩‍👧 and the river ✅ ran.",
)
LINE = 20_000
"""Bytes a second."""
TYPIST = 5
"""Keys a second."""
CLEARS = re.compile(rb"\x1b\[[0-3]?[JK]")


@pytest.fixture
def dense(tmp_path: Path) -> str:
    """Give a project with at least three codings on every line of a long document."""
    path = str(tmp_path / "dense.qual")
    create_project(path)
    text = "\n\n".join(
        " ".join(SENTENCES[(p + s) % 4].format(4 * p + s) for s in range(4)) for p in range(40)
    )
    with Project(path, "ann") as project:
        document = import_document(project, draft("mills", text))
        codes = [
            add_code(project, f"Pay {at}", fields={"slot": at if at < 10 else None})
            for at in range(1, 13)
        ]
        with project.one_step():
            for layer in range(3):
                for start in range(7 * layer, len(text) - 400, 380):
                    add_codings(project, document, start, start + 380, [codes[layer + start % 9]])
    return path


class Cost:
    """What the keys of a session cost."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self.sizes: list[int] = []
        self.over: list[tuple[str, int, int]] = []

    def press(self, keys: str, most: int | None, more: int = 0) -> None:
        """Press keys as one; note what they sent, and where that is more than the most.

        Where there is no most, it is 1.2 for each byte that looks different now, and some more.
        """
        terminal = self._terminal
        before, sent = self._cells(), len(terminal.output)
        terminal.press(keys)
        while len(terminal.output) == sent:
            terminal.read(0.05)
        terminal.settle(0.15)
        size = len(terminal.output) - sent
        # A Cyrillic letter takes two bytes, a Chinese sign three for two cells.
        changed = sum(
            max(1, len(new.data.encode()))
            for old, new in zip(before, self._cells(), strict=True)
            if old != new
        )
        self.sizes.append(size)
        if size > (1.2 * changed + more if most is None else most):
            self.over.append((keys, size, changed))

    def _cells(self) -> list[Any]:
        screen = self._terminal.screen
        return [screen.buffer[y][x] for y in range(screen.lines) for x in range(screen.columns)]


@pytest.mark.parametrize(
    ("columns", "lines", "more", "coding"), [(80, 24, 120, 700), (160, 48, 200, 1_000)]
)
def test_coding_sentences_leaves_a_slow_line_half_empty(
    dense: str, tmp_path: Path, columns: int, lines: int, more: int, coding: int
) -> None:
    arguments = ["--project", dense, "--coder", "ann"]
    with Terminal(arguments, tmp_path, columns=columns, lines=lines) as terminal:
        terminal.wait_for("sentence 1 of 4")
        terminal.settle(0.5)
        terminal.press("\x1b")
        terminal.settle(0.3)
        opened = len(terminal.output)
        cost = Cost(terminal)
        for slot in "1.2.3..4":
            cost.press("j", None, more)
            cost.press(slot, coding)
        sent = terminal.output[opened:]
        assert not CLEARS.findall(sent)
        assert cost.over == []
        assert sum(cost.sizes) / len(cost.sizes) * TYPIST < LINE / 2
