"""One file is the project: copies, permissions, folders, and what lies beside it."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import pytest

from tests.conftest import Opener
from tests.tiny import draft
from tui.errors import QualError
from tui.project.check import canonical_dump, check
from tui.project.edits import codings, documents
from tui.project.project import Project
from tui.store.backup import back_up
from tui.store.migrate import create_project


def test_a_plain_copy_after_folding_is_whole(project: Project, tmp_path: Path) -> None:
    documents.import_document(project, draft("more", "Some words.\n\nAnd more."))
    codings.add_codings(project, 1, 0, 4, [1])
    assert project.fold()
    shutil.copyfile(project.path, tmp_path / "copy.qual")
    with Project(str(tmp_path / "copy.qual"), "ann") as copy:
        assert list(canonical_dump(copy.db)) == list(canonical_dump(project.db))
        assert {name: wrong for name, wrong in check(copy.db) if wrong} == {}


def test_without_folding_a_plain_copy_would_lack_the_last_act(
    project: Project, tmp_path: Path
) -> None:
    codings.add_codings(project, 1, 0, 4, [1])
    shutil.copyfile(project.path, tmp_path / "copy.qual")
    with Project(str(tmp_path / "copy.qual"), "ann") as copy:
        assert list(canonical_dump(copy.db)) != list(canonical_dump(project.db))


def test_folding_says_so_when_a_reader_keeps_it_from_being_whole(open_tiny: Opener) -> None:
    ann, bob = open_tiny("ann"), open_tiny("bob")
    bob.join()
    reading = bob.db.execute("SELECT * FROM passages")
    reading.fetchone()
    codings.add_codings(ann, 1, 0, 4, [1])
    assert not ann.fold()  # and it did not wait for bob
    reading.close()
    assert ann.fold()


def test_closing_leaves_one_file(tiny: str) -> None:
    with Project(tiny, "ann") as project:
        codings.add_codings(project, 1, 0, 4, [1])
    assert os.listdir(os.path.dirname(tiny)) == ["tiny.qual"]


def test_closing_twice_is_closing_once(tiny: str) -> None:
    project = Project(tiny, "ann")
    project.close()
    project.close()


@pytest.mark.parametrize("network", [False, True])
def test_every_writer_waits_for_the_disk(
    tiny: str, network: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if network:
        mounts = tmp_path / "mounts"
        mounts.write_text(f"1 0 0:1 / {tmp_path} rw - nfs4 server:/home rw\n")
        monkeypatch.setenv("QUAL_MOUNTS", str(mounts))
    with Project(tiny, "ann") as project:
        level = project.db.execute("PRAGMA synchronous").fetchone()[0]
        mode = project.db.execute("PRAGMA journal_mode").fetchone()[0]
    # FULL with a write-ahead log; EXTRA where deleting the journal is the commit.
    assert (mode, level) == (("delete", 3) if network else ("wal", 2))


def test_a_new_project_is_its_owners_alone(tmp_path: Path) -> None:
    path = str(tmp_path / "new.qual")
    old = os.umask(0)
    try:
        create_project(path)
        with Project(path, "ann") as project:
            project.join()
            modes = {
                name: stat.S_IMODE(os.stat(tmp_path / name).st_mode)
                for name in os.listdir(tmp_path)
            }
    finally:
        os.umask(old)
    assert modes == {"new.qual": 0o600, "new.qual-wal": 0o600, "new.qual-shm": 0o600}


def test_the_name_of_a_new_project_is_on_the_disk_before_anybody_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    link, fsync = os.link, os.fsync

    def noted_link(source: str, target: str) -> None:
        link(source, target)
        done.append("named")

    def noted_fsync(descriptor: int) -> None:
        fsync(descriptor)
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            done.append("folder synced")

    monkeypatch.setattr(os, "link", noted_link)
    monkeypatch.setattr(os, "fsync", noted_fsync)
    create_project(str(tmp_path / "new.qual"))
    assert done == ["named", "folder synced"]


def test_making_a_project_never_replaces_one(tiny: str) -> None:
    with open(tiny, "rb") as file:
        before = file.read()
    with pytest.raises(QualError, match="exists already"):
        create_project(tiny)
    with open(tiny, "rb") as file:
        assert file.read() == before
    assert os.listdir(os.path.dirname(tiny)) == ["tiny.qual"]


def test_a_backup_of_an_open_project_holds_its_last_act(project: Project, tmp_path: Path) -> None:
    codings.add_codings(project, 1, 0, 4, [1])
    made = back_up(project.path)
    assert stat.S_IMODE(os.stat(made).st_mode) == 0o600
    moved = tmp_path / "elsewhere.qual"
    shutil.move(made, moved)
    with Project(str(moved), "ann") as copy:
        assert list(canonical_dump(copy.db)) == list(canonical_dump(project.db))


def test_two_backups_in_one_second_have_two_names(project: Project) -> None:
    assert back_up(project.path) != back_up(project.path)


def test_a_backup_never_replaces_a_file(project: Project, tmp_path: Path) -> None:
    target = tmp_path / "there.qual"
    target.write_text("mine")
    with pytest.raises(QualError, match="exists already"):
        back_up(project.path, str(target))
    assert target.read_text() == "mine"


def test_a_backup_that_cannot_be_written_leaves_nothing(project: Project, tmp_path: Path) -> None:
    with pytest.raises(QualError, match="no folder"):
        back_up(project.path, str(tmp_path / "no" / "folder.qual"))
    assert not (tmp_path / "no").exists()
