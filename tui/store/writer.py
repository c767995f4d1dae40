"""The door for writing: one connection that commits durably or not at all."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tui.errors import ProjectLocked, QualError, ReadOnlyProject

BUSY_MILLISECONDS = 5_000
"""How long a writer waits for another one's short transaction."""


_SHORT_MILLISECONDS = 250
"""How long nothing is said of such a wait."""


class Writer(sqlite3.Connection):
    """A connection that writes, and how it waits while another process does."""

    waiting: Callable[[bool], object] | None = None
    """Called with True when a wait has become long, with False when it is over."""
    patient: bool = True
    """Whether it waits at all."""


def open_writer(path: str, *, network: bool = False) -> Writer:
    """Open an existing project file for writing.

    Args:
        path: the project file.
        network: the file lies on a network file system, where WAL is unsafe; a rollback
            journal is used instead.

    Returns:
        A connection in autocommit mode with foreign keys on, whose commits are on the disk
        when they return.

    Raises:
        ReadOnlyProject: the file cannot be written.
        ProjectLocked: another process holds it.
    """
    if not os.access(path, os.W_OK) or not os.access(os.path.dirname(path) or ".", os.W_OK):
        raise ReadOnlyProject(
            f"{os.path.basename(path)} cannot be written here.",
            "Copy it to a folder of your own, or ask its owner for `qual share GROUP`.",
        )
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, factory=Writer)
    try:
        with explained(path):
            db.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
            db.execute("PRAGMA foreign_keys = ON")
            wanted = "delete" if network else "wal"
            mode = db.execute("PRAGMA journal_mode").fetchone()[0]
            if mode != wanted:
                db.execute(f"PRAGMA journal_mode = {wanted}")
            # FULL: a commit returns only after the journal has reached the disk. EXTRA: a rollback
            # journal is deleted to commit, and must not come back with the power, either.
            db.execute(f"PRAGMA synchronous = {'EXTRA' if network else 'FULL'}")
            db.execute("PRAGMA cache_size = -16000")
    except BaseException:
        db.close()
        raise
    return db


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """Run the body in one immediate transaction: all of it is committed, or nothing.

    Raises:
        QualError: the disk is full, the file is locked, damaged or read-only.
    """
    with explained():
        _begin(db)
        try:
            yield
            db.execute("COMMIT")
        except BaseException:
            # A failed COMMIT (a full disk) may have rolled back already.
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise


def _begin(db: sqlite3.Connection) -> None:
    """Begin a transaction that writes, when nobody else is in one."""
    if not isinstance(db, Writer) or (db.patient and db.waiting is None):
        db.execute("BEGIN IMMEDIATE")
        return
    try:
        db.execute(f"PRAGMA busy_timeout = {_SHORT_MILLISECONDS if db.patient else 0}")
        try:
            db.execute("BEGIN IMMEDIATE")
            return
        finally:
            db.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    except sqlite3.OperationalError as error:
        if not db.patient or db.waiting is None or "locked" not in str(error):
            raise
    db.waiting(True)
    try:
        db.execute("BEGIN IMMEDIATE")
    finally:
        db.waiting(False)


def leave_wal(db: sqlite3.Connection) -> None:
    """Go back to a rollback journal, so that nothing lies beside the file once it is closed."""
    with explained():
        db.execute("PRAGMA journal_mode = DELETE")


def data_version(db: sqlite3.Connection) -> int:
    """Return a number that changes when another connection has committed something."""
    return int(db.execute("PRAGMA data_version").fetchone()[0])


def fold_wal(db: sqlite3.Connection) -> bool:
    """Move what the write-ahead log holds into the file itself, without waiting for anyone.

    Returns:
        True when the one file is whole, so that a plain copy of it is a full copy.
    """
    try:
        db.execute("PRAGMA busy_timeout = 0")
        busy, in_log, moved = db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        if not busy and in_log == moved and in_log > 0:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy and in_log == moved
    except sqlite3.OperationalError:
        return False
    finally:
        db.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")


@contextmanager
def explained(path: str = "") -> Iterator[None]:
    """Turn SQLite's own errors into ones that say what, why and what now."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise _explain(error, path) from error
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError):
            raise
        raise QualError(
            f"The project file is damaged or not a project: {error}.",
            "Run `qual check`; the newest backup lies beside the file.",
        ) from error


def _explain(error: sqlite3.OperationalError, path: str) -> QualError:
    text = str(error)
    if "full" in text or "disk I/O" in text:
        return QualError(
            f"The disk did not take it ({text}): this act was not saved.",
            "Free some space and do it again; everything before it is safe.",
        )
    if "locked" in text or "busy" in text:
        return ProjectLocked(
            "Another process has been writing to this project for more than five seconds.",
            "Try again; `qual doctor` names who holds it.",
        )
    if "readonly" in text:
        return ReadOnlyProject(
            "The project file or its folder is read-only: this act was not saved.",
            "Copy the file to a folder of your own, or ask its owner for `qual share GROUP`.",
        )
    where = f" ({os.path.basename(path)})" if path else ""
    return QualError(f"The project file could not be used{where}: {text}.", "Run `qual check`.")
