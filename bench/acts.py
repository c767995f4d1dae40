"""What is pressed, in our program and in those beside it, taken in turns."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.frames import Frames
from bench.load import CODER, cache_folder
from bench.terminal import QUIET, Answer, Terminal, median, percentile99

PAGE_DOWN, WHEEL_DOWN = b"\x1b[6~", b"\x1b[<65;9;9M"
UP, DOWN, RIGHT = b"\x1b[A", b"\x1b[B", b"\x1b[C"
ENTER = "code this: Enter in the picker"
PICKER = "the picker comes: c"


@dataclass(frozen=True)
class Act:
    """Something that is done again and again."""

    name: str
    keys: Sequence[bytes]
    """Pressed one after the other, from the first again; each is measured by itself."""
    before: Sequence[bytes] = ()
    """Pressed once before all of them."""
    between: bytes = b""
    """Pressed before each of them, not measured."""
    after: Sequence[bytes] = ()
    only: str = ""
    """Of the keys, only this one is measured."""
    quiet: float = QUIET
    """Seconds without a byte after which an answer is over."""


OURS = (
    Act("h l (word)", [b"l", b"h"]),
    Act("j (sentence)", [b"j"]),
    Act("J K (stretch)", [b"J", b"K"]),
    Act("L H (edge of a coding)", [b"L", b"L", b"H", b"H"], [b"o"], after=[b"\x1b", b"\x1b"]),
    Act("code this: a digit", [b"1", b"2", b"3", b"4", b"5"], between=b"j"),
    Act(ENTER, [b"j", b"c", b"\r"], only="\r", quiet=0.25),
    Act(PICKER, [b"j", b"c", b"\x1b"], only="c", quiet=0.25),
    Act("PageDown", [PAGE_DOWN]),
    Act("wheel (3 rows)", [WHEEL_DOWN]),
)


@dataclass
class Measured:
    """The answers to one act, with what changed on the screen."""

    answers: list[Answer] = field(default_factory=list)
    cells: list[int] = field(default_factory=list)
    """Cells that each answer changed."""
    signs: list[int] = field(default_factory=list)
    """Bytes of the signs in those cells."""
    processors: list[float] = field(default_factory=list)
    """Milliseconds of the processor for each answer."""

    @property
    def milliseconds(self) -> float:
        """The median."""
        return median([answer.milliseconds for answer in self.answers])

    @property
    def processor(self) -> float:
        """The median of the processor's milliseconds: what else the machine does is not in it."""
        return median(self.processors)

    @property
    def tail(self) -> float:
        """The 99th percentile."""
        return percentile99([answer.milliseconds for answer in self.answers])

    @property
    def size(self) -> float:
        """The median of the bytes."""
        return median([answer.size for answer in self.answers])

    @property
    def changed(self) -> float:
        """The median of the changed cells."""
        return median(self.cells)


class Player:
    """One program in a terminal, ready for keys.

    Args:
        name: what it is called in the table.
        command: its command line.
        columns: width.
        lines: height.
        quiet: seconds without a byte after which its first paint is over.
        folder: where it runs.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        columns: int,
        lines: int,
        quiet: float = 1.0,
        folder: str | None = None,
    ) -> None:
        self.name = name
        environment = {"TEXTUAL_ANIMATIONS": "none"}
        self.terminal = Terminal(command, columns, lines, environment, folder)
        self.frames = Frames(columns, lines)
        self.paint = self.terminal.first_paint(quiet, 500)
        self.frames.feed(self.paint.data)

    def press(self, keys: bytes) -> Answer | None:
        """Press keys that are not measured."""
        answer = self.terminal.press(keys)
        if answer is not None:
            self.frames.feed(answer.data)
        return answer

    def measure(self, act: Act, reps: int, measured: Measured) -> None:
        """Do an act so many times and add what came of it."""
        for key in act.before:
            self.press(key)
        times = max(1, reps // 2) * len(act.keys) if act.only else reps
        for at in range(times):
            if act.between:
                self.press(act.between)
            key = act.keys[at % len(act.keys)]
            before = self.terminal.processor_milliseconds()
            answer = self.terminal.press(key, act.quiet)
            if answer is None:
                continue
            used = self.terminal.processor_milliseconds() - before
            cells, signs = self.frames.changed_by(answer.data)
            if not act.only or key == act.only.encode():
                measured.answers.append(answer)
                measured.cells.append(cells)
                measured.signs.append(signs)
                measured.processors.append(used)
        for key in act.after:
            self.press(key)

    def stop(self) -> None:
        """End the program."""
        self.terminal.stop()


def our_command(project: Path) -> list[str]:
    """Return the command that opens a project on the screen."""
    return [sys.executable, "-m", "tui", "--project", str(project), "--coder", CODER]


def editors(text: Path, columns: int, lines: int) -> list[tuple[Player | str, list[Act]]]:
    """Return the programs that are no Python screens, with what is like our acts in them.

    One that is not there is its name.
    """
    found: list[tuple[Player | str, list[Act]]] = []
    for name, command, line, page in (
        ("vim", ["vim", "-u", "NONE", "-n", str(text)], b"gj", b"\x06"),
        ("less", ["less", str(text)], b"j", b" "),
    ):
        there = shutil.which(name) is not None
        player = Player(name, command, columns, lines) if there else name
        found.append((player, [Act("line down", [line]), Act("page down", [page])]))
    found.append((_slate(columns, lines, text), [Act("next word", [RIGHT])]))
    return found


def _slate(columns: int, lines: int, text: Path) -> Player | str:
    """Start slate, when ``pip install slate-nlp`` has been done into the cache's own venv."""
    program = cache_folder() / "slate" / "bin" / "slate"
    if not program.exists():
        return "slate"
    folder = cache_folder() / "slate-run"
    folder.mkdir(exist_ok=True)
    copy = folder / "text.txt"
    shutil.copyfile(text, copy)
    command = [str(program), copy.name, "-t", "categorical", "-s", "token", "-o"]
    os.environ.setdefault("TERM", "xterm-256color")
    return Player("slate", command, columns, lines, folder=str(folder))
