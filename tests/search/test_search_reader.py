"""The light door: reads where nothing can be written, and can itself change nothing."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from tests.search.projects import MakeProject
from tui.errors import ProjectNotFound
from tui.store.reader import open_reader


def test_a_reader_changes_nothing(make_project: MakeProject) -> None:
    db = open_reader(str(make_project({"d": ["text"]})))
    with pytest.raises(sqlite3.OperationalError):
        db.execute("DELETE FROM passages")
    db.close()


def test_a_project_in_a_folder_that_cannot_be_written_is_read_and_nothing_is_put_there(
    make_project: MakeProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_project({"d": ["text"]})
    before = sorted(os.listdir(tmp_path))
    # The user of a test may write everywhere, so the folder only says that it cannot be written.
    monkeypatch.setattr(os, "access", lambda place, mode: mode != os.W_OK)
    db = open_reader(str(path))
    assert db.execute("SELECT text FROM passages").fetchall() == [("text",)]
    db.close()
    assert sorted(os.listdir(tmp_path)) == before


@pytest.mark.parametrize("name", ["100%25.qual", "a?mode=rw#x.qual", "with space.qual"])
def test_a_name_with_signs_of_an_address_is_only_a_name(
    name: str, make_project: MakeProject
) -> None:
    db = open_reader(str(make_project({"d": ["text"]}, name=name)))
    assert db.execute("SELECT count(*) FROM passages").fetchone() == (1,)
    db.close()


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    for path in (tmp_path / "gone.qual", tmp_path):
        with pytest.raises(ProjectNotFound):
            open_reader(str(path))


@pytest.mark.parametrize(("kind", "mapped"), [("wal", True), ("delete", False)])
def test_pages_are_mapped_only_where_the_disk_is_a_local_one(
    kind: str, mapped: bool, make_project: MakeProject
) -> None:
    path = make_project({"d": ["text"]})
    made = sqlite3.connect(path)
    # Projects on network file systems have a rollback journal.
    assert made.execute(f"PRAGMA journal_mode = {kind}").fetchone() == (kind,)
    made.close()
    db = open_reader(str(path), still=True)
    assert bool(db.execute("PRAGMA mmap_size").fetchone()[0]) == mapped
    assert db.execute("SELECT text FROM passages").fetchall() == [("text",)]
    db.close()
