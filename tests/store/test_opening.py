"""What is not a project of this program is refused in words, and is left as it was."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tiny import make_tiny
from tui.errors import ProjectLocked, ProjectNotFound, QualError
from tui.project.edits import codes, codings
from tui.project.project import Project
from tui.store import reader, writer
from tui.store.reader import open_reader
from tui.store.version import APPLICATION_ID, SCHEMA_VERSION


def newer(path: Path) -> None:
    make_tiny(path)
    db = sqlite3.connect(path)
    db.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    db.close()


def foreign(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE notes (text)")
    db.commit()
    db.close()


def torn(path: Path) -> None:
    make_tiny(path)
    with open(path, "r+b") as file:
        file.truncate(5000)


def assert_alone(path: Path) -> None:
    """Assert that nothing lies beside a file but, at the most, the empty log of a reader."""
    beside = {name: os.path.getsize(path.parent / name) for name in os.listdir(path.parent)}
    del beside[path.name]
    beside.pop(f"{path.name}-shm", None)
    assert beside in ({}, {f"{path.name}-wal": 0})


BAD: dict[str, tuple[Callable[[Path], object], str]] = {
    "newer": (newer, f"was written by a newer qual (schema {SCHEMA_VERSION + 1}"),
    "foreign": (foreign, "is an SQLite database, but not a project of qual"),
    "text": (lambda path: path.write_text("Only words.\n" * 500), "is no project of qual"),
    "empty": (lambda path: path.write_bytes(b""), "not a project of qual"),
    "header": (
        lambda path: path.write_bytes(b"SQLite format 3\0" + b"\0" * 5000),
        "project of qual",
    ),
    "torn": (torn, "damaged"),
    "folder": (lambda path: path.mkdir(), "is a folder, not a project file"),
}


@pytest.mark.parametrize("kind", sorted(BAD))
@pytest.mark.parametrize("door", ["project", "reader"])
def test_what_is_no_project_is_refused_and_left_alone(tmp_path: Path, kind: str, door: str) -> None:
    make, said = BAD[kind]
    path = tmp_path / "bad.qual"
    make(path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(QualError) as refused:
        Project(str(path), "ann") if door == "project" else open_reader(str(path))
    assert said in refused.value.message
    assert refused.value.hint
    assert "Traceback" not in refused.value.message
    assert (path.read_bytes() if path.is_file() else b"") == before
    assert_alone(path)


def test_what_is_not_there_is_said_to_be_not_there(tmp_path: Path) -> None:
    with pytest.raises(ProjectNotFound, match="is not there"):
        Project(str(tmp_path / "none.qual"), "ann")
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("name", ["a#b?c%41.qual", "проект 名.qual", "it's.qual", "-p.qual"])
def test_any_file_name_will_do(tmp_path: Path, name: str) -> None:
    path = make_tiny(tmp_path / name)
    with Project(path, "ann") as project:
        assert not project.read_only
        codings.add_codings(project, 1, 0, 4, [1])
    assert os.listdir(tmp_path) == [name]
    open_reader(path).close()
    assert_alone(tmp_path / name)


@pytest.mark.parametrize("name", ["", "  ", "\udcff"])
def test_a_coder_needs_a_name_that_is_text(tiny: str, name: str) -> None:
    with pytest.raises(QualError, match="name"):
        Project(tiny, name)


def test_bytes_that_are_no_text_are_refused_in_words(project: Project) -> None:
    with pytest.raises(QualError, match="bytes that are not text"):
        codes.add_code(project, "bad \udcff name")


def test_a_writer_that_holds_on_too_long_is_waited_for_and_then_named(
    tiny: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "BUSY_MILLISECONDS", 50)
    with Project(tiny, "ann") as project:
        project.join()
        other = sqlite3.connect(tiny, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ProjectLocked) as refused:
            codings.add_codings(project, 1, 0, 4, [1])
        assert "qual doctor" in refused.value.hint
        other.execute("ROLLBACK")
        other.close()
        codings.add_codings(project, 1, 0, 4, [1])


def test_a_file_held_whole_by_another_program_is_said_to_be_held(
    tiny: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "WAIT_SECONDS", 0.05)
    monkeypatch.setattr(writer, "BUSY_MILLISECONDS", 50)
    writer.leave_wal(other := sqlite3.connect(tiny, isolation_level=None))
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(ProjectLocked):
        open_reader(tiny)
    other.close()


def test_the_header_says_whose_file_it_is(tiny: str) -> None:
    header = Path(tiny).read_bytes()[:100]
    assert header[68:72] == APPLICATION_ID.to_bytes(4) == b"qual"
    assert int.from_bytes(header[60:64]) == SCHEMA_VERSION
