"""Bringing an older file up to date: a proven copy first, all or nothing."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlite_utils
from sqlite_utils.migrations import Migrations

from tests.tiny import make_tiny
from tui.cli.commands.search import run as run_search
from tui.cli.main import main
from tui.cli.upgrading import bring_up_to_date
from tui.errors import OlderProject, QualError
from tui.project.check import canonical_dump, check
from tui.project.project import Project
from tui.store import migrate
from tui.store.reader import open_reader
from tui.store.version import SCHEMA_VERSION

NEXT = SCHEMA_VERSION + 1


def raise_schema(monkeypatch: pytest.MonkeyPatch, *statements: str) -> None:
    """Let this program know a next schema, reached by some statements."""
    migrations = Migrations("qual")
    migrations._migrations.extend(migrate.MIGRATIONS._migrations)

    @migrations(name="m9999_next")
    def next_schema(db: sqlite_utils.Database) -> None:
        for statement in statements:
            db.conn.execute(statement)

    monkeypatch.setattr(migrate, "MIGRATIONS", migrations)
    for module in ("migrate", "reader"):
        monkeypatch.setattr(f"tui.store.{module}.SCHEMA_VERSION", NEXT)


def backups(folder: Path) -> list[str]:
    return sorted(name for name in os.listdir(folder) if ".backup-" in name)


@pytest.fixture
def old(tmp_path: Path) -> Iterator[tuple[str, list[str]]]:
    """Give a project of the present schema, with its dump."""
    path = make_tiny(tmp_path / "tiny.qual")
    with Project(path, "zoe") as project:
        yield path, list(canonical_dump(project.db))


def test_opening_an_older_project_brings_it_up_to_date_after_a_backup(
    old: tuple[str, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, before = old
    with monkeypatch.context() as patched:
        raise_schema(patched, "CREATE TABLE extras (id INTEGER PRIMARY KEY) STRICT")
        with pytest.raises(OlderProject):
            open_reader(path)
        with Project(path, "zoe") as project:
            assert project.backup is not None
            assert backups(tmp_path) == [os.path.basename(project.backup)]
            assert list(canonical_dump(project.db)) == before
            assert project.db.execute("PRAGMA user_version").fetchone() == (NEXT,)
            assert project.db.execute("SELECT count(*) FROM extras").fetchone() == (0,)
            copy = project.backup
        with Project(path, "zoe") as again:
            assert again.backup is None
        assert len(backups(tmp_path)) == 1
    # What was kept is the old project, whole, and opens in the old program.
    with Project(copy, "zoe") as project:
        assert list(canonical_dump(project.db)) == before
        assert {name: wrong for name, wrong in check(project.db) if wrong} == {}


def test_a_command_that_only_reads_brings_an_older_project_up_to_date_too(
    old: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path, _ = old
    with monkeypatch.context() as patched:
        raise_schema(patched, "CREATE TABLE extras (id INTEGER PRIMARY KEY) STRICT")
        # Who may not change it, as the shell's completion, says what to do.
        assert run_search(["-p", path, "mill"]) == 2
        assert "Run `qual check` once" in capsys.readouterr().err
        assert main(["check", "-p", path]) == 0
        assert "was brought up to date; the older file is" in capsys.readouterr().err
        assert run_search(["-p", path, "mill"]) == 0


@pytest.mark.parametrize("words", [["mill"], ["-c", "mill"]])
def test_a_search_brings_an_older_project_up_to_date_itself(
    old: tuple[str, list[str]],
    words: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path, _ = old
    with monkeypatch.context() as patched:
        raise_schema(patched, "CREATE TABLE extras (id INTEGER PRIMARY KEY) STRICT")
        assert run_search(["-p", path, *words], bring_up_to_date) == 0
        first = capsys.readouterr()
        assert first.err.count("was brought up to date; the older file is") == 1
        assert len(backups(tmp_path)) == 1
        assert run_search(["-p", path, *words], bring_up_to_date) == 0
        assert capsys.readouterr() == (first.out, "")


@pytest.mark.parametrize(
    "broken",
    ["CREATE TABLE codes (id)", "INSERT INTO coders (id, name) VALUES (1, NULL)", "no SQL"],
)
def test_a_failing_migration_leaves_the_file_as_it_was(
    old: tuple[str, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    path, before = old
    with monkeypatch.context() as patched:
        raise_schema(patched, "CREATE TABLE extras (id INTEGER PRIMARY KEY) STRICT", broken)
        with pytest.raises(QualError) as refused:
            Project(path, "zoe")
        assert f"could not be brought from schema {SCHEMA_VERSION} to {NEXT}" in str(refused.value)
        assert backups(tmp_path)[0] in refused.value.hint
    with Project(path, "zoe") as project:
        assert list(canonical_dump(project.db)) == before
        tables = {row[0] for row in project.db.execute("SELECT name FROM sqlite_master")}
        assert "extras" not in tables
        assert {name: wrong for name, wrong in check(project.db) if wrong} == {}


def test_no_migration_without_a_backup(
    old: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, before = old

    def full(*_: object) -> str:
        raise QualError("The backup could not be written: disk full.")

    with monkeypatch.context() as patched:
        raise_schema(patched, "CREATE TABLE extras (id INTEGER PRIMARY KEY) STRICT")
        patched.setattr(migrate, "back_up", full)
        with pytest.raises(QualError, match="backup could not be written"):
            Project(path, "zoe")
    with Project(path, "zoe") as project:
        assert list(canonical_dump(project.db)) == before


def test_a_damaged_copy_is_no_backup(
    old: tuple[str, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, _ = old
    with sqlite3.connect(path) as db:  # an index that lies: only a proof of the copy can see it
        db.execute("PRAGMA writable_schema = 1")
        db.execute(
            "UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master"
            " WHERE name = 'codings_by_code') WHERE name = 'codings_by_coder'"
        )
    db.close()
    raise_schema(monkeypatch, "CREATE TABLE extras (id INTEGER PRIMARY KEY) STRICT")
    with pytest.raises(QualError, match="damaged"):
        Project(path, "zoe")
    assert backups(tmp_path) == []


def test_the_name_of_a_migration_never_changes() -> None:
    assert [step.name for step in migrate.MIGRATIONS._migrations] == [
        "m0001_initial",
        "m0002_solo",
        "m0003_totals",
        "m0004_searches",
        "m0005_planes",
        "m0006_decisions",
    ]


def test_a_project_of_the_first_schema_gets_what_came_later(
    old: tuple[str, list[str]], tmp_path: Path
) -> None:
    path, before = old
    with sqlite3.connect(path) as db:
        for table in ("solo_codes", "code_totals", "document_totals", "searches", "decisions"):
            db.execute(f"DROP TABLE {table}")
        for change in ("insert", "delete", "update"):
            db.execute(f"DROP TRIGGER codings_total_{change}")
        db.execute("DELETE FROM _sqlite_migrations WHERE name > 'm0001_initial'")
        db.execute("PRAGMA user_version = 1")
    db.close()
    with Project(path, "zoe") as project:
        assert project.backup is not None and len(backups(tmp_path)) == 1
        assert project.db.execute("SELECT count(*) FROM solo_codes").fetchone() == (0,)
        assert list(canonical_dump(project.db)) == before
        assert not [wrong for _, wrong in check(project.db) if wrong]
