"""What SQLite and a project file say of themselves, for ``qual doctor``."""

from __future__ import annotations

import sqlite3


def sqlite_options() -> tuple[bool, str]:
    """Return whether this SQLite can index text (FTS5), and its threading option."""
    db = sqlite3.connect(":memory:")
    try:
        options = sorted(row[0] for row in db.execute("PRAGMA compile_options"))
        threads = next((option for option in options if option.startswith("THREADSAFE")), "")
        try:
            db.execute("CREATE VIRTUAL TABLE probe USING fts5(text)")
        except sqlite3.OperationalError:
            return False, threads
        return True, threads
    finally:
        db.close()


def schema_version(db: sqlite3.Connection) -> int:
    """Return the number of the schema of a project file."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def journal_mode(db: sqlite3.Connection) -> str:
    """Return how a project file is kept safe: ``wal``, or ``delete`` on a network file system."""
    return str(db.execute("PRAGMA journal_mode").fetchone()[0])
