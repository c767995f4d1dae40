"""The app on a terminal of its own, opened on a project, without the command around it."""

from __future__ import annotations

from contextlib import ExitStack

from tests.terminal.driver import ROOT, Terminal

PROGRAM = "import sys; from tui.app.app import run_app; sys.exit(run_app(sys.argv[1], 'ann'))"


class Started:
    """Starts the program on projects; every terminal is closed at the end."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack

    def __call__(self, project: str, columns: int = 80, lines: int = 24, **env: str) -> Terminal:
        terminal = Terminal([project], ROOT, columns=columns, lines=lines, env=env, program=PROGRAM)
        self._stack.enter_context(terminal)
        terminal.wait_for("sentence 1 of ")
        return terminal
