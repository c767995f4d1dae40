"""Settings that belong to the project and travel with its file."""

from __future__ import annotations

import sqlite3


def read_settings(db: sqlite3.Connection) -> dict[str, str]:
    """Return all settings by name."""
    return dict(db.execute("SELECT name, value FROM settings ORDER BY name").fetchall())


def read_setting(db: sqlite3.Connection, name: str, default: str = "") -> str:
    """Return one setting."""
    row = db.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
    return row[0] if row else default
