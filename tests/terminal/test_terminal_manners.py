"""How the program leaves and fits its terminal: signals, a lost line, windows of every size."""

from __future__ import annotations

import os
import random
import signal
from contextlib import ExitStack

import pytest

from tests.terminal.driver import PATIENCE, Terminal
from tests.terminal.test_terminal_durability import code_as, codings_of, qual
from tests.tiny import LETTER


def processes_of(session: int) -> list[int]:
    """Return the processes of a terminal's session that still run."""
    found = []
    for name in os.listdir("/proc"):
        if name.isdecimal():
            try:
                if os.getsid(int(name)) == session:
                    found.append(int(name))
            except ProcessLookupError:
                continue
    return found


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_in_order(path: str, start: ExitStack, number: signal.Signals) -> None:
    terminal = qual(start, path)
    code_as(terminal, "Weather")
    terminal.wait_for("+ C2 Weather")
    terminal.kill(number)
    assert terminal.wait_for_end() == 128 + number
    assert terminal.is_restored()
    assert terminal.is_cooked()
    assert processes_of(terminal.pid) == []
    assert os.listdir(os.path.dirname(path)) == ["tiny.qual"]  # folded into the one file
    assert codings_of(path) == [(0, 24, LETTER[:24])]


def test_a_lost_line_ends_it_and_keeps_what_was_coded(path: str, start: ExitStack) -> None:
    terminal = qual(start, path)
    code_as(terminal, "Weather")
    terminal.wait_for("+ C2 Weather")
    terminal.hang_up()
    assert terminal.wait_for_end() != 0
    assert processes_of(terminal.pid) == []
    assert codings_of(path) == [(0, 24, LETTER[:24])]


def test_leaving_by_keys_restores_the_terminal(path: str, start: ExitStack) -> None:
    terminal = qual(start, path)
    assert not terminal.is_cooked()
    terminal.press("qq")
    assert terminal.wait_for_end() == 0
    assert terminal.is_restored()
    assert terminal.is_cooked()
    assert os.listdir(os.path.dirname(path)) == ["tiny.qual"]


@pytest.mark.parametrize("typing", [False, True], ids=["silent", "typing"])
def test_a_storm_of_sizes_leaves_it_working(path: str, start: ExitStack, typing: bool) -> None:
    terminal = qual(start, path)
    chance = random.Random(7)
    for _ in range(60):
        terminal.resize(chance.randrange(1, 220), chance.randrange(1, 70))
        if typing and chance.random() < 0.5:
            terminal.press(chance.choice("jklJ"))
        terminal.read(0.01)
    terminal.resize(100, 30)
    terminal.press("\x1b\x1b")
    terminal.wait_for("CODES 4")
    after_the_storm = terminal.settle()
    # The same window drawn from nothing: not a cell of the storm may be left.
    terminal.resize(90, 30)
    terminal.settle()
    terminal.resize(100, 30)
    assert terminal.settle() == after_the_storm
    code_as(terminal, "Weather")
    terminal.wait_for("+ C2 Weather")
    assert len(codings_of(path)) == 1


def test_a_tiny_window_says_so_and_comes_back(path: str, start: ExitStack) -> None:
    terminal = qual(start, path)
    terminal.resize(20, 5)
    terminal.wait_for(lambda shown: "CODES" not in shown)
    terminal.resize(80, 24)
    terminal.wait_for("CODES 4")


@pytest.mark.parametrize("what", ["", "dumb"])
def test_without_a_real_terminal_it_says_so(path: str, start: ExitStack, what: str) -> None:
    folder = os.path.dirname(path)
    terminal = start.enter_context(Terminal(["-p", path], folder, env={"TERM": what}))
    assert terminal.wait_for_end() == 2
    assert "cannot show a screen" in terminal.text().replace("\n", " ")
    assert b"Traceback" not in terminal.output


def test_stopping_and_going_on_draws_it_anew(path: str, start: ExitStack) -> None:
    terminal = qual(start, path)
    terminal.kill(signal.SIGSTOP)
    os.waitpid(terminal.pid, os.WUNTRACED)
    terminal.kill(signal.SIGCONT)
    terminal.press("j")
    terminal.wait_for("sentence 2 of 2", PATIENCE)
