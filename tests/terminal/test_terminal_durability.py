"""What the screen says is on the disk: the real program in a real terminal, killed at work."""

from __future__ import annotations

import os
import random
import re
import shutil
import time
from contextlib import ExitStack, suppress
from pathlib import Path

from tests.terminal.driver import PATIENCE, Terminal
from tests.tiny import LETTER, assert_anchored, make_tiny
from tui.errors import QualError
from tui.project.check import check
from tui.project.project import Project
from tui.project.undo import undo
from tui.store.codings import list_codings

Codings = list[tuple[int, int, str]]


def qual(stack: ExitStack, path: str, coder: str = "ann") -> Terminal:
    """Start the program on a project; return its terminal once the text is on the screen."""
    folder = os.path.dirname(path)
    terminal = stack.enter_context(Terminal(["-p", path, "--coder", coder], folder))
    terminal.wait_for("The mill opened")
    return terminal


def codings_of(path: str, coder: str = "ann") -> Codings:
    """Return what a coder has coded, read by another process's eyes; assert that all is whole."""
    with Project(path, coder) as project:
        assert {name: wrong for name, wrong in check(project.db) if wrong} == {}
        assert_anchored(project)
        found = list_codings(project.db, coder_ids=[project.coder_id])
        return [(coding.start, coding.end, coding.quote) for coding in found]


def code_as(terminal: Terminal, name: str) -> None:
    """Code the selected words, by the keys that a coder would press."""
    terminal.press("c")
    terminal.wait_for("Code ")
    terminal.press(name)
    terminal.wait_for(lambda shown: f"> {name} " in shown)
    terminal.press("\r")


def test_what_the_notice_says_survives_a_kill_and_z_takes_it_back(
    path: str, start: ExitStack
) -> None:
    first = qual(start, path)
    code_as(first, "Weather")
    first.wait_for("+ C2 Weather on 5 words")
    first.kill()
    first.wait_for_end()
    assert codings_of(path) == [(0, 24, LETTER[:24])]
    second = qual(start, path)
    second.wait_for("here: E Weather")
    second.press("z")
    second.wait_for("Undone: + C2 Weather")
    assert codings_of(path) == []
    second.press("Z")
    second.wait_for("here: E Weather")
    second.kill()
    second.wait_for_end()
    assert codings_of(path) == [(0, 24, LETTER[:24])]


def test_the_coding_is_on_the_disk_when_the_notice_shows(path: str, start: ExitStack) -> None:
    terminal = qual(start, path)
    code_as(terminal, "Weather")
    terminal.wait_for("+ C2 Weather")
    assert codings_of(path) == [(0, 24, LETTER[:24])]


def test_a_copy_of_the_file_is_whole_when_the_coder_has_paused(
    path: str, start: ExitStack, tmp_path: Path
) -> None:
    terminal = qual(start, path)
    code_as(terminal, "Weather")
    terminal.wait_for("+ C2 Weather")
    end = time.monotonic() + PATIENCE
    while os.path.getsize(f"{path}-wal") and time.monotonic() < end:
        terminal.read(0.1)
    copy = str(tmp_path / "copy.qual")
    shutil.copyfile(path, copy)
    assert codings_of(copy) == [(0, 24, LETTER[:24])]


KEYS = ("j", "k", "l", "h", " ", "J", "cWea\r", "cPay\r", "cWag\r", "cWor\r", ".", "i", "\x1b")


def kill_while_typing(terminal: Terminal, chance: random.Random, least: int) -> int:
    """Type at random, kill at random; return how many own codings the screen had shown.

    It goes on at any rate until ``least`` are shown.
    """
    shown = 0
    end = time.monotonic() + chance.random() * 1.2
    surely = time.monotonic() + PATIENCE
    while time.monotonic() < end or (shown < least and time.monotonic() < surely):
        terminal.press(chance.choice(KEYS))
        terminal.read(chance.random() * 0.05)
        found = re.search(r"· (\d+) segments? ·", terminal.screen.display[0])
        shown = max(shown, int(found[1])) if found else shown
    terminal.kill()
    terminal.wait_for_end()
    return shown


def most_ever(path: str) -> int:
    """Return how many codings a coder has had at most, by undoing all acts."""
    most = len(codings_of(path))
    with suppress(QualError):
        while True:
            with Project(path, "ann") as project:
                undo(project)
            most = max(most, len(codings_of(path)))
    return most


def test_twenty_killed_screens_lose_nothing_that_they_showed(
    tmp_path: Path, start: ExitStack
) -> None:
    seed = int.from_bytes(os.urandom(4))
    print(f"seed {seed}")
    chance = random.Random(seed)
    paths = []
    for number in range(2):
        (tmp_path / str(number)).mkdir()
        paths.append(make_tiny(tmp_path / str(number) / "tiny.qual"))
    for turn in range(10):
        folders = [os.path.dirname(path) for path in paths]
        terminals = [
            start.enter_context(Terminal(["-p", path, "--coder", "ann"], folder))
            for path, folder in zip(paths, folders, strict=True)
        ]
        for path, terminal in zip(paths, terminals, strict=True):
            terminal.wait_for(" segment")
            shown = kill_while_typing(terminal, chance, 4 if turn == 9 else 0)
            if len(codings_of(path)) >= shown:
                continue
            # Random keys may have taken some back, by giving two codings the same code.
            copy = shutil.copy(path, f"{path}.copy")
            assert most_ever(copy) >= shown


def test_an_act_of_another_coder_comes_to_the_screen_by_itself(path: str, start: ExitStack) -> None:
    ann, bob = qual(start, path), qual(start, path, "bob")
    bob.press("c+Weaving")
    bob.wait_for("Weaving")
    bob.press("\r")
    bob.wait_for(lambda shown: "+ C" in shown and "Weaving on" in shown)
    ann.wait_for("Weaving")
    # The code is everybody's; the coding with it is bob's own business.
    assert "· 0 segments ·" in ann.screen.display[0]


def test_two_screens_of_one_coder_show_the_same(path: str, start: ExitStack) -> None:
    here, there = qual(start, path), qual(start, path)
    code_as(here, "Weather")
    here.wait_for("+ C2 Weather")
    there.wait_for("here: E Weather")
    there.wait_for("· 1 segment ·")
    there.press("z")
    there.wait_for("Undone: + C2 Weather")
    here.wait_for("· 0 segments ·")
    assert codings_of(path) == []
