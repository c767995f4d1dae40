"""Another process that holds the project, a disk that is full: said on the screen, nothing lost."""

from __future__ import annotations

import os
import resource
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing

import pytest

from tests.terminal.driver import PATIENCE, Terminal
from tests.tiny import assert_anchored
from tui.project.check import check
from tui.project.project import Project
from tui.store.codings import list_codings


@pytest.fixture
def terminal(path: str) -> Iterator[Terminal]:
    """Give the program at work on the project, with a code that ``.`` gives again."""
    with ExitStack() as stack:
        terminal = stack.enter_context(
            Terminal(["-p", path, "--coder", "ann"], os.path.dirname(path))
        )
        terminal.wait_for("The mill opened")
        terminal.press("c")
        terminal.wait_for("Code ")
        terminal.press("Weather")
        terminal.wait_for("> Weather ")
        terminal.press("\r")
        terminal.wait_for("+ C2 Weather on 5 words")
        yield terminal


def codings_of(path: str) -> list[str]:
    """Return what ann has coded; assert that all is whole."""
    with Project(path, "ann") as project:
        assert {name: wrong for name, wrong in check(project.db) if wrong} == {}
        assert_anchored(project)
        return [each.quote for each in list_codings(project.db, coder_ids=[project.coder_id])]


def test_a_key_waits_for_another_writer_and_says_so(path: str, terminal: Terminal) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        terminal.press("j.")
        terminal.wait_for("Another process is writing to this project: waiting")
        # What is typed meanwhile is read when the wait is over.
        terminal.press("j.")
        assert codings_of(path) == ["The mill opened in 1911."]
        other.execute("ROLLBACK")
    terminal.wait_for("+ C2 Weather on 15 words")
    assert "waiting" not in terminal.settle()
    assert len(codings_of(path)) == 3


def test_a_writer_that_does_not_end_is_named_and_the_keys_work_on(
    path: str, terminal: Terminal
) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        terminal.press("j.")
        terminal.wait_for("waiting, five seconds at most")
        terminal.press(".j.j.")
        terminal.wait_for("has been writing to this project for more than")
        terminal.wait_for("Keys pressed meanwhile")
        # Reading needs no writer.
        shown = terminal.settle()
        assert "sentence 2 of 2" in shown and "waiting" not in shown
        terminal.press("j")
        terminal.wait_for("sentence 1 of 1")
        other.execute("ROLLBACK")
    assert codings_of(path) == ["The mill opened in 1911."]
    terminal.press("k.")
    terminal.wait_for("+ C2 Weather on 5 words")
    assert codings_of(path) == ["The mill opened in 1911.", "Nobody spoke of wages then."]


@pytest.mark.skipif(sys.platform != "linux", reason="limits another process's files")
def test_a_full_disk_is_said_and_what_was_saved_is_safe(path: str, terminal: Terminal) -> None:
    end = time.monotonic() + PATIENCE
    while os.path.getsize(f"{path}-wal") and time.monotonic() < end:
        terminal.read(0.1)  # until the log lies in the file
    _, hard = resource.prlimit(terminal.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(terminal.pid, resource.RLIMIT_FSIZE, (4096, hard))
    terminal.press("j.")
    terminal.wait_for("The disk did not take it")
    shown = terminal.settle()
    assert "this act was not saved" in shown and "everything before it is safe" in shown
    assert "· 1 segment ·" in shown and "here: no code yet" in shown
    assert codings_of(path) == ["The mill opened in 1911."]
    resource.prlimit(terminal.pid, resource.RLIMIT_FSIZE, (hard, hard))
    terminal.press(".")
    terminal.wait_for("+ C2 Weather on 5 words")
    terminal.wait_for("· 2 segments ·")
    assert codings_of(path) == ["The mill opened in 1911.", "Nobody spoke of wages then."]
