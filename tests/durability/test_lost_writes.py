"""A power cut at a random moment, on a disk that forgets what was not synced, loses nothing told.

``kill -9`` cannot show this: what a dead process has written, the system still has. So a layer
under SQLite records every write and every sync, and a random moment of the log is played back
with only the synced writes sure, others dropped, kept or torn. The layer is the package ``apsw``:
it brings a SQLite of its own and needs neither a compiler nor root nor a special file system, so
these tests run wherever the others do; the program's code, its statements and its settings are
the real ones, only the connection is another. The checks of what is left use the real one.
"""

from __future__ import annotations

import os
import random
import tempfile
from pathlib import Path

import pytest

from tests.durability.lossy_disk import Disk, Mercy, recording
from tests.durability.writers import work_at_random
from tests.tiny import assert_anchored, make_tiny, memory_folder
from tui.project.check import check
from tui.project.project import Project
from tui.store import writer
from tui.store.journal import list_changes

MERCIES: tuple[Mercy, ...] = ("nothing", "everything", "some", "torn", "torn")


@pytest.fixture
def path(tmp_path: Path) -> str:
    """Give a project in a folder of its own."""
    (tmp_path / "disk").mkdir()
    return make_tiny(tmp_path / "disk" / "tiny.qual")


def record(path: str, monkeypatch: pytest.MonkeyPatch, seed: int, acts: int = 40) -> Disk:
    """Work on a project; return the log of what reached the disk when."""
    with recording(path, monkeypatch) as disk:
        for session in range(2):
            with Project(path, "ann") as project:
                work_at_random(project, random.Random(seed + session), acts, disk.acknowledge)
    return disk


def mount_table(folder: Path) -> str:
    """Return the path of a mount table that says that a folder lies on NFS."""
    table = folder / "mounts"
    table.write_text(f"1 0 0:1 / {folder} rw - nfs4 server:/home rw\n")
    return str(table)


def what_is_lost(disk: Disk, moment: int, mercy: Mercy, chance: random.Random) -> set[int]:
    """Open what a power cut leaves; assert that it is whole; return acts told of that are gone."""
    files, told = disk.after_power_cut(moment, mercy, chance)
    with tempfile.TemporaryDirectory(dir=memory_folder()) as folder:
        for name, data in files.items():
            if not name.endswith("-shm"):  # memory, not disk
                Path(folder, name).write_bytes(data)
        with Project(os.path.join(folder, "tiny.qual"), "ann") as project:
            assert {name: wrong for name, wrong in check(project.db) if wrong} == {}
            assert_anchored(project)
            return told - {change.id for change, _ in list_changes(project.db)}


def cut_power(disk: Disk, cuts: int, seed: int) -> None:
    chance = random.Random(seed)
    for number in range(cuts):
        moment = chance.randrange(len(disk.log) + 1)
        mercy = MERCIES[number % len(MERCIES)]
        lost = what_is_lost(disk, moment, mercy, chance)
        assert not lost, f"seed {seed}: after event {moment}, {mercy} kept, lost {sorted(lost)}"


def test_a_power_cut_loses_no_acknowledged_act(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seed = int.from_bytes(os.urandom(4))
    cut_power(record(path, monkeypatch, seed), 150, seed)


@pytest.mark.torture
def test_two_thousand_power_cuts_lose_no_acknowledged_act(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seed = int.from_bytes(os.urandom(4))
    cut_power(record(path, monkeypatch, seed, acts=150), 2000, seed)


def test_a_power_cut_on_a_network_file_system_loses_no_acknowledged_act(
    path: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with monkeypatch.context() as patched:
        patched.setenv("QUAL_MOUNTS", mount_table(tmp_path))
        seed = int.from_bytes(os.urandom(4))
        disk = record(path, monkeypatch, seed, acts=25)
    assert any(event.name.endswith("-journal") for event in disk.log)
    cut_power(disk, 80, seed)


@pytest.mark.parametrize(("level", "network"), [("OFF", False), ("NORMAL", False), ("FULL", True)])
def test_this_disk_would_show_a_commit_that_is_not_synced(
    path: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, level: str, network: bool
) -> None:
    # FULL is not enough where deleting the journal is the commit: its name may come back.
    opened = writer.open_writer

    def careless(at: str, *, network: bool = False) -> object:
        db = opened(at, network=network)
        db.execute(f"PRAGMA synchronous = {level}")
        return db

    with monkeypatch.context() as patched:
        if network:
            patched.setenv("QUAL_MOUNTS", mount_table(tmp_path))
        patched.setattr("tui.project.project.open_writer", careless)
        disk = record(path, patched, 1, acts=10)
    chance = random.Random(1)
    told = [at for at, event in enumerate(disk.log) if event.kind == "acknowledge"]
    assert any(what_is_lost(disk, moment + 1, "nothing", chance) for moment in told)
