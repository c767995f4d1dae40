"""Opening a project of a million codings beside one of ten thousand, and its largest document."""

from __future__ import annotations

from pathlib import Path

from bench.acts import DOWN, UP, Player, our_command
from bench.load import CODER, large_project, loaded_project
from bench.row import Row, verdict
from bench.screen import paints
from bench.terminal import median
from tui.app.state import Study
from tui.project.project import Project

SIZES = ((80, 24), (160, 48))
TARGET = 1.15
"""As long as the small project, and what the machine's noise makes of it."""


def rows(quick: bool = False) -> list[Row]:
    """Measure and return the rows."""
    large, small = large_project(), loaded_project()
    found = [_steps_row(large, small)]
    for columns, lines in SIZES[:1] if quick else SIZES:
        found += _paint_rows(large, small, columns, lines, 3 if quick else 7)
    found += _screens_rows(large, *SIZES[0])
    return found


def _steps(path: Path) -> int:
    """Return how many steps of SQLite's machine the study takes to read, in hundreds."""
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    with Project(str(path), CODER) as project:
        project.db.set_progress_handler(count, 100)
        Study(project)
        project.db.set_progress_handler(None, 0)
    return steps


def _steps_row(large: Path, small: Path) -> Row:
    return Row(
        "large",
        "the study read at the start",
        "1,000,000 codings",
        f"{_steps(large) * 100:,} steps of SQLite",
        f"10,922 codings: {_steps(small) * 100:,} steps",
        "",
        "",
    )


def _paint_rows(large: Path, small: Path, columns: int, lines: int, reps: int) -> list[Row]:
    """Both open where their coder stopped: in the document of 10 MB that both have."""
    first, second = [], []
    for path in (large, small):
        paints(our_command(path), columns, lines)
    for _ in range(reps):
        first.append(paints(our_command(large), columns, lines))
        second.append(paints(our_command(small), columns, lines))
    ours, other = (median([each[0] for each in them]) for them in (first, second))
    memory = [median([each[2] for each in them]) for them in (first, second)]
    size = f"{columns}x{lines}"
    return [
        Row(
            "large",
            "first paint, 1,000,000 codings in 2,000 documents",
            size,
            f"{ours:.0f} ms, {min(each[1] for each in first):,} B or more",
            f"10,922 codings in one: {other:.0f} ms ({ours / other:.2f} x)",
            f"<= {TARGET} x",
            verdict(ours / other, TARGET),
        ),
        Row(
            "large",
            "its peak memory",
            size,
            f"{memory[0]:.0f} MB",
            f"10,922 codings: {memory[1]:.0f} MB",
            "",
            "",
        ),
    ]


def _screens_rows(large: Path, columns: int, lines: int) -> list[Row]:
    """Open the list of documents, and from it another document and the largest one again."""
    player = Player("qual", our_command(large), columns, lines)
    player.press(b"\x1b")
    figures = {}
    steps = (
        ("the documents' screen (w d)", [b"w", b"d"]),
        ("a small document opened from it", [DOWN, DOWN, b"\r"]),
        ("", [b"w", b"d"]),
        ("the largest document (10 MB, 10,922 codings) opened from it", [UP, UP, b"\r"]),
        ("g u, next paragraph without a code", [b"g", b"u"]),
    )
    for name, keys in steps:
        for key in keys[:-1]:
            player.terminal.press(key, 0.3)
        answer = player.terminal.press(keys[-1], 0.6)
        if name and answer is not None:
            figures[name] = answer
    memory = player.terminal.resident_megabytes()
    player.stop()
    size = f"{columns}x{lines}"
    found = [
        Row("large", name, size, f"{each.milliseconds:.0f} ms, {each.size:,} B", "", "", "")
        for name, each in figures.items()
    ]
    found.append(Row("large", "peak memory after that", size, f"{memory:.0f} MB", "", "", ""))
    return found
