"""The screen: first paint, and key to last byte and bytes, in a real pseudo terminal."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.load import CODER, loaded_project, text_file
from bench.row import Row, verdict
from bench.terminal import Answer, Terminal, median, percentile99
from tests.terminal.driver import Terminal as EmulatedTerminal

SIZES = ((80, 24), (160, 48))

GOALS = {
    # act: (ratio of a TextArea's like act, most bytes), at 80x24 and at 160x48; for sentences the
    # bytes go by what changes: 1.2 for each cell whose sign or style is another, and so many more.
    "h l (word)": ((1 / 10, 150), (1 / 10, 200)),
    "j (sentence)": ((1 / 10, 120), (1 / 10, 200)),
    "PageDown": ((1 / 6, 2200), (1 / 4, 6000)),
    "code this": ((1 / 6, 700), (1 / 7, 1000)),
}
PAINT_GOAL = 1.45
PAINT_BYTES = (8_000, 22_000)


def rows(quick: bool = False) -> list[Row]:
    """Measure and return the rows; a quick run takes fewer keys."""
    found: list[Row] = []
    for at, (columns, height) in enumerate(SIZES):
        found += _size_rows(at, columns, height, 10 if quick else 60)
    return found


def _size_rows(at: int, columns: int, height: int, reps: int) -> list[Row]:
    size = f"{columns}x{height}"
    text = str(text_file(10))
    blank, area_answers = _textual_peers(columns, height, text, reps)
    project = loaded_project()
    command = [sys.executable, "-m", "tui", "--project", str(project), "--coder", CODER]
    paints, paint_bytes = [], 0
    for _ in range(3):
        terminal = Terminal(command, columns, height)
        paint, paint_bytes = terminal.first_paint()
        paints.append(paint)
        terminal.stop()
    ratio = median(paints) / median(blank)
    found = [
        Row(
            "screen",
            "first paint, 10 MB, 10,922 codings",
            size,
            f"{median(paints):.0f} ms, {paint_bytes:,} B",
            f"blank Textual app {median(blank):.0f} ms ({ratio:.2f} x)",
            f"<= {PAINT_GOAL} x, {PAINT_BYTES[at]:,} B",
            verdict(max(ratio / PAINT_GOAL, paint_bytes / PAINT_BYTES[at]), 1),
        )
    ]
    terminal = Terminal(command, columns, height)
    terminal.first_paint(1.0)
    terminal.press(b"\x1b")
    answers = {
        "h l (word)": _many(terminal, [b"l", b"h"], reps),
        "j (sentence)": _many(terminal, [b"j"], reps),
        "PageDown": _many(terminal, [b"\x1b[6~"], reps),
        "code this": _code(terminal, reps),
    }
    memory = terminal.resident_megabytes()
    terminal.stop()
    cells = _changed_cells(project, columns, height, 10 if reps < 20 else 30)
    for act, measured in answers.items():
        like = area_answers["page" if act == "PageDown" else "cursor"]
        share, most = GOALS[act][at]
        milliseconds = median([a.milliseconds for a in measured])
        size_bytes = median([a.size for a in measured])
        if act == "j (sentence)":
            most += round(1.2 * cells)
        beside = median([a.milliseconds for a in like])
        tail = percentile99([a.milliseconds for a in measured])
        found.append(
            Row(
                "screen",
                act,
                size,
                f"{milliseconds:.1f} ms (99 %: {tail:.0f}), {size_bytes:.0f} B",
                f"TextArea {beside:.1f} ms ({milliseconds / beside:.2f} x)",
                f"<= {share:.2f} x, {most:,} B",
                verdict(max(milliseconds / beside / share, size_bytes / most), 1),
            )
        )
    found.append(Row("screen", "peak memory", size, f"{memory:.0f} MB", "", "", ""))
    found += _editors(columns, height, text, reps)
    return found


def _textual_peers(
    columns: int, height: int, text: str, reps: int
) -> tuple[list[float], dict[str, list[Answer]]]:
    blank = []
    for _ in range(3):
        terminal = Terminal([sys.executable, "-m", "bench.peers", "blank"], columns, height)
        blank.append(terminal.first_paint()[0])
        terminal.stop()
    terminal = Terminal(
        [sys.executable, "-m", "bench.peers", "textarea", text],
        columns,
        height,
        {"TEXTUAL_ANIMATIONS": "none"},
    )
    terminal.first_paint(2.0)
    answers = {
        "cursor": _many(terminal, [b"\x1b[B"], reps // 2),
        "page": _many(terminal, [b"\x1b[6~"], reps // 2),
    }
    terminal.stop()
    return blank, answers


def _changed_cells(project: Path, columns: int, height: int, reps: int) -> float:
    """Return how many cells of the screen a ``j`` changes, in the middle of several."""
    arguments = ["--project", str(project), "--coder", CODER]
    changes = []
    with EmulatedTerminal(arguments, project.parent, columns=columns, lines=height) as terminal:
        terminal.settle(1.0)
        before = _cells(terminal, columns, height)
        for _ in range(reps):
            terminal.press("j")
            terminal.settle(0.2)
            after = _cells(terminal, columns, height)
            changes.append(sum(one != other for one, other in zip(before, after, strict=True)))
            before = after
    return median(changes)


def _cells(terminal: EmulatedTerminal, columns: int, height: int) -> list[object]:
    rows_of_cells = terminal.screen.buffer
    return [rows_of_cells[row][column] for row in range(height) for column in range(columns)]


def _editors(columns: int, height: int, text: str, reps: int) -> list[Row]:
    found = []
    for name, command, line, page in (
        ("vim", ["vim", "-u", "NONE", "-n", text], b"gj", b"\x06"),
        ("less", ["less", text], b"j", b" "),
    ):
        size = f"{columns}x{height}"
        if shutil.which(name) is None:
            found.append(Row("peer", name, size, "MISSING", "", "", "MISSING"))
            continue
        terminal = Terminal(command, columns, height)
        terminal.first_paint(1.0)
        for what, keys in (("line down", line), ("page down", page)):
            measured = _many(terminal, [keys], reps // 2)
            figure = f"{median([a.milliseconds for a in measured]):.1f} ms"
            sent = f"{median([a.size for a in measured]):.0f} B"
            found.append(Row("peer", f"{name}, {what}", size, f"{figure}, {sent}", "", "", ""))
        terminal.stop()
    return found


def _many(terminal: Terminal, keys: Sequence[bytes], reps: int) -> list[Answer]:
    answers = [terminal.press(keys[at % len(keys)]) for at in range(reps)]
    return [answer for answer in answers if answer is not None]


def _code(terminal: Terminal, reps: int) -> list[Answer]:
    answers = []
    for at in range(reps // 2):
        terminal.press(b"j")
        answer = terminal.press(b"%d" % (at % 9 + 1))
        if answer is not None:
            answers.append(answer)
    return answers
