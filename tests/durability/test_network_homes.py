"""Network file systems: a rollback journal, one writer, and words about who it is."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Opener
from tests.tiny import make_tiny
from tui.errors import ReadOnlyProject
from tui.project.check import canonical_dump, check
from tui.project.edits import codings
from tui.project.project import Project
from tui.store.codings import spans_of_document
from tui.store.filesystem import lock_path, network_type, read_writer_lock, take_writer_lock


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder that the mount table says lies on NFS."""
    folder = tmp_path / "net home"
    folder.mkdir()
    point = str(folder).replace(" ", "\\040")
    table = tmp_path / "mounts"
    table.write_text(
        "1 0 8:1 / / rw - ext4 /dev/sda1 rw\n"
        f"2 1 0:1 / {point} rw,relatime shared:1 - nfs4 server:/home rw\n"
    )
    monkeypatch.setenv("QUAL_MOUNTS", str(table))
    return folder


@pytest.mark.parametrize(
    ("kind", "found"),
    [("nfs4", "nfs4"), ("lustre", "lustre"), ("gpfs", "gpfs"), ("cifs", "cifs"), ("ext4", None)],
)
def test_the_kind_of_file_system_is_read_from_the_mount_table(
    tmp_path: Path, kind: str, found: str | None
) -> None:
    table = tmp_path / "mounts"
    table.write_text(
        f"1 0 8:1 / / rw - ext4 /dev/sda1 rw\n2 1 0:1 / {tmp_path} rw - {kind} server rw\n"
        "torn line\n"
    )
    assert network_type(str(tmp_path / "x.qual"), str(table)) == found
    assert network_type("/elsewhere/x.qual", str(table)) is None


def test_a_link_into_a_network_home_is_seen_through(home: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(home)
    assert network_type(str(tmp_path / "link" / "x.qual")) == "nfs4"


def test_without_a_mount_table_a_local_disk_is_assumed(tmp_path: Path) -> None:
    assert network_type(str(tmp_path), str(tmp_path / "none")) is None


def test_a_project_moved_to_a_network_home_is_converted_and_back(
    home: Path, tmp_path: Path
) -> None:
    path = make_tiny(tmp_path / "tiny.qual")
    with Project(path, "ann") as local:
        codings.add_codings(local, 1, 0, 4, [1])
        assert local.db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        before = list(canonical_dump(local.db))
    moved = shutil.move(path, home / "tiny.qual")
    with Project(str(moved), "ann") as remote:
        assert remote.network == "nfs4"
        assert not remote.read_only
        assert remote.db.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert list(canonical_dump(remote.db)) == before
        codings.add_codings(remote, 1, 0, 5, [1])
        assert remote.fold()
        assert {name: wrong for name, wrong in check(remote.db) if wrong} == {}
        names = set(os.listdir(home))
    assert names == {"tiny.qual", "tiny.qual.lock"}
    assert os.listdir(home) == ["tiny.qual"]
    back = shutil.move(moved, tmp_path / "back.qual")
    with Project(str(back), "ann") as local:
        assert local.db.execute("PRAGMA journal_mode").fetchone() == ("wal",)


HOLD = """
import sys
from tui.project.project import Project
project = Project(sys.argv[1], "bob")
print("open", project.read_only, flush=True)
sys.stdin.readline()
"""


def test_a_second_writer_reads_and_is_told_who_writes(home: Path) -> None:
    path = make_tiny(home / "tiny.qual")
    environment = {**os.environ, "PYTHONPATH": os.getcwd()}
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open False\n"
        with Project(path, "ann") as project:
            assert project.read_only
            reason = project.read_only_reason
            assert reason is not None
            said = (
                f"network file system and bob (host {socket.gethostname()}, process {holder.pid})"
            )
            assert said in reason.message
            assert "since 2" in reason.message
            assert len(spans_of_document(project.db, 1, [1])) == 3
            with pytest.raises(ReadOnlyProject, match=r"open read-only.*bob"):
                codings.add_codings(project, 1, 0, 4, [1])
        assert os.path.exists(lock_path(path)), "who reads must not take the writer's lock away"
        holder.kill()
    # Killed without a word: its lock is taken over, since it ran on this host.
    with Project(path, "ann") as project:
        assert not project.read_only
        held = read_writer_lock(path)
        assert held is not None
        assert (held.coder, held.pid) == ("ann", os.getpid())


def test_a_lock_of_another_host_is_respected(home: Path) -> None:
    path = make_tiny(home / "tiny.qual")
    lock = {"coder": "cleo", "host": "far", "pid": 1, "since": "2026-01-02 03:04"}
    Path(lock_path(path)).write_text(json.dumps(lock))
    with Project(path, "ann") as project:
        assert project.read_only
        assert "cleo (host far, process 1) is writing, since 2026-01-02 03:04" in str(
            project.read_only_reason
        )
        assert "delete tiny.qual.lock" in project.read_only_reason.hint  # type: ignore[union-attr]
    assert json.loads(Path(lock_path(path)).read_text()) == lock


@pytest.mark.parametrize("torn", ["", "{", "[]", '{"coder": "x"}', '{"pid": "one"}'])
def test_a_torn_lock_holds_nobody_off(home: Path, torn: str) -> None:
    path = make_tiny(home / "tiny.qual")
    Path(lock_path(path)).write_text(torn)
    with Project(path, "ann") as project:
        assert not project.read_only


def test_of_two_who_take_the_lock_one_gets_it(home: Path) -> None:
    path = make_tiny(home / "tiny.qual")
    take_writer_lock(path, "ann")
    take_writer_lock(path, "ann")  # again by the same process
    assert sorted(os.listdir(home)) == ["tiny.qual", "tiny.qual.lock"]


def test_on_a_local_disk_nobody_needs_a_lock(open_tiny: Opener) -> None:
    ann, bob = open_tiny("ann"), open_tiny("bob")
    codings.add_codings(ann, 1, 0, 4, [1])
    codings.add_codings(bob, 1, 0, 4, [1])
    assert not os.path.exists(lock_path(ann.path))
