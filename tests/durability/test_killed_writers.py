"""Real processes killed with ``kill -9`` at random moments: nothing lost, nothing half done."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.durability.writers import TOGETHER, Writer
from tests.tiny import assert_anchored, make_tiny
from tui.errors import Refused
from tui.project.check import canonical_dump, check
from tui.project.project import Project
from tui.project.undo import undo
from tui.store.journal import list_changes

KILLS_ON_ONE_FILE = 10


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Give a folder on a real disk."""
    with tempfile.TemporaryDirectory(dir=tmp_path) as folder:
        yield Path(folder)


def kill_at_random(path: str, chance: random.Random) -> None:
    """Kill one writer and assert what must hold; its last act may or may not be there."""
    writer = Writer(path, "ann", chance.randrange(10**9), 10_000)
    if chance.random() < 0.8:
        writer.wait_until_open()
    time.sleep(chance.random() * 0.06)
    writer.kill()
    acknowledged = writer.acknowledged()
    with Project(path, "ann") as project:
        assert {name: wrong for name, wrong in check(project.db) if wrong} == {}
        assert_anchored(project)
        there = [change for change, _ in list_changes(project.db)]
        assert set(acknowledged) <= {change.id for change in there}
        if acknowledged:
            # Undoing a bulk act is one transaction of several changes, which share their step.
            untold = {change.step for change in there if change.id > max(acknowledged)}
            assert len(untold) <= 1, "more than the act in flight was not told of"


def take_everything_back(path: str, start: list[str]) -> None:
    """Assert that the journal knows every row: undone to the end, the project is as it began."""
    with Project(path, "ann") as project:
        while True:
            try:
                undo(project)
            except Refused:
                break
        dump = [line for line in canonical_dump(project.db) if '"table": "coders"' not in line]
        assert dump == start
        assert {name: wrong for name, wrong in check(project.db) if wrong} == {}


def start_of(path: str) -> list[str]:
    """Return the dump of a fresh project, coders left out."""
    with Project(path, "zoe") as project:
        return [line for line in canonical_dump(project.db) if '"table": "coders"' not in line]


def run_kills(disk: Path, kills: int) -> None:
    seed = int.from_bytes(os.urandom(4))
    print(f"seed {seed}")  # shown by pytest when it fails
    chance = random.Random(seed)
    for number in range(kills // KILLS_ON_ONE_FILE):
        path = make_tiny(disk / f"killed-{number}.qual")
        start = start_of(path)
        for _ in range(KILLS_ON_ONE_FILE):
            kill_at_random(path, chance)
        take_everything_back(path, start)


def test_two_hundred_killed_writers_lose_no_acknowledged_act(disk: Path) -> None:
    run_kills(disk, 200)


@pytest.mark.torture
def test_two_thousand_killed_writers_lose_no_acknowledged_act(disk: Path) -> None:
    run_kills(disk, 2000)


def test_a_killed_writer_keeps_nobody_waiting(disk: Path) -> None:
    path = make_tiny(disk / "two.qual")
    for seed in range(4):
        one = Writer(path, "ann", seed, 10_000)
        two = Writer(path, "bob", seed, 25)
        one.wait_until_open()
        time.sleep(0.02)
        one.kill()
        assert one.acknowledged() is not None
        assert two.acknowledged()  # it came to its end, by itself
    with Project(path, "ann") as project:
        assert {name: wrong for name, wrong in check(project.db) if wrong} == {}


def test_two_writers_at_once_lose_no_act_and_no_count(disk: Path) -> None:
    path = make_tiny(disk / "both.qual")
    together = multiprocessing.get_context("fork").Barrier(2)
    writers = [
        Writer(path, coder, seed, 200, together) for seed, coder in enumerate(("ann", "bob"))
    ]
    told = [writer.acknowledged() for writer in writers]
    assert not set(told[0]) & set(told[1])
    with Project(path, "ann") as project:
        changes = [change for change, _ in list_changes(project.db)]
        by_others = {change.id for change in changes if change.coder_id != 1}
        assert by_others == set(told[0]) | set(told[1])
        assert {name: wrong for name, wrong in check(project.db) if wrong} == {}
        order = [change.coder_id for change in reversed(changes) if change.coder_id != 1]
        turns = sum(one != two for one, two in itertools.pairwise(order))
        assert turns >= 200 // TOGETHER - 1, "the two did not work at the same time"
