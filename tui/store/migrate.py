"""Making a project file, and bringing an older one to the present schema."""

from __future__ import annotations

import os
import sqlite3
import uuid

import sqlite_utils
from sqlite_utils.migrations import Migrations

from tui.errors import QualError
from tui.store import index
from tui.store.backup import back_up
from tui.store.filesystem import publish
from tui.store.index_schema import INDEX_STATEMENTS
from tui.store.migrations import (
    m0001_initial,
    m0002_solo,
    m0003_totals,
    m0004_searches,
    m0005_planes,
    m0006_decisions,
)
from tui.store.version import APPLICATION_ID, SCHEMA_VERSION
from tui.store.writer import open_writer, transaction

MIGRATIONS = Migrations("qual")


@MIGRATIONS(name=m0001_initial.NAME)
def initial(db: sqlite_utils.Database) -> None:
    """Create every table of the first schema and the search index."""
    for statement in (*m0001_initial.STATEMENTS, *INDEX_STATEMENTS):
        db.conn.execute(statement)


@MIGRATIONS(name=m0002_solo.NAME)
def solo(db: sqlite_utils.Database) -> None:
    """Let each coder show the lanes of one branch alone."""
    for statement in m0002_solo.STATEMENTS:
        db.conn.execute(statement)


@MIGRATIONS(name=m0003_totals.NAME)
def totals(db: sqlite_utils.Database) -> None:
    """Keep totals by code and by document."""
    for statement in m0003_totals.STATEMENTS:
        db.conn.execute(statement)


@MIGRATIONS(name=m0004_searches.NAME)
def searches(db: sqlite_utils.Database) -> None:
    """Keep queries under names."""
    for statement in m0004_searches.STATEMENTS:
        db.conn.execute(statement)


@MIGRATIONS(name=m0005_planes.NAME)
def planes(db: sqlite_utils.Database) -> None:
    """Write the vocabulary of the search index as planes of bits."""
    for statement in m0005_planes.STATEMENTS:
        db.conn.execute(statement)
    index.rebuild_words(db.conn)


@MIGRATIONS(name=m0006_decisions.NAME)
def decisions(db: sqlite_utils.Database) -> None:
    """Keep what was decided about disagreements."""
    for statement in m0006_decisions.STATEMENTS:
        db.conn.execute(statement)


def create_project(path: str, *, network: bool = False) -> None:
    """Make a new, empty project file, readable and writable by its owner only.

    The file appears under its name only when it is complete, so a kill leaves nothing behind
    that looks like a project.

    Args:
        path: where; must not exist yet.
        network: use a rollback journal (network file systems).

    Raises:
        QualError: the file exists or the folder cannot be written.
    """
    if os.path.lexists(path):
        raise QualError(f"{path} exists already.", "Open it, or choose another name.")
    draft = f"{path}.{uuid.uuid4().hex[:8]}.new"
    try:
        descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    except OSError as error:
        raise QualError(
            f"No project can be made in {os.path.dirname(path) or '.'}: {error.strerror}.",
            "Choose a folder that you can write to.",
        ) from error
    os.close(descriptor)
    try:
        db = open_writer(draft, network=True)
        try:
            _apply(db)
        finally:
            db.close()
        publish(draft, path)
    finally:
        if os.path.exists(draft):
            os.unlink(draft)
    if not network:
        open_writer(path).close()


def upgrade(path: str, *, network: bool = False) -> str | None:
    """Bring an older project file to the present schema, after a verified backup.

    Returns:
        The path of the backup, or None when nothing had to be done.

    Raises:
        QualError: the backup or the upgrade failed; the project is as it was.
    """
    db = open_writer(path, network=network)
    try:
        version = int(db.execute("PRAGMA user_version").fetchone()[0])
        if version >= SCHEMA_VERSION:
            return None
        backup = back_up(path)
        try:
            _apply(db)
        except (QualError, sqlite3.Error) as error:
            raise QualError(
                f"The project could not be brought from schema {version} to {SCHEMA_VERSION}:"
                f" {error}.",
                f"It is as it was; a copy lies beside it: {os.path.basename(backup)}.",
            ) from error
        return backup
    finally:
        db.close()


def _apply(db: sqlite3.Connection) -> None:
    with transaction(db):
        MIGRATIONS.apply(sqlite_utils.Database(db))
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
