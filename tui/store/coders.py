"""Coders, and whose codings each of them has turned on."""

from __future__ import annotations

import sqlite3

from tui.model.case import Coder


def list_coders(db: sqlite3.Connection) -> list[Coder]:
    """Return all coders, oldest first."""
    return [
        Coder(*row) for row in db.execute("SELECT id, name, created_at FROM coders ORDER BY id")
    ]


def find_coder(db: sqlite3.Connection, name: str) -> Coder | None:
    """Return a coder by name, or None."""
    row = db.execute("SELECT id, name, created_at FROM coders WHERE name = ?", (name,)).fetchone()
    return Coder(*row) if row else None


def coder_name(db: sqlite3.Connection, coder_id: int) -> str:
    """Return a coder's name.

    Raises:
        KeyError: there is no such coder.
    """
    row = db.execute("SELECT name FROM coders WHERE id = ?", (coder_id,)).fetchone()
    if row is None:
        raise KeyError(coder_id)
    return str(row[0])


def insert_coder(db: sqlite3.Connection, name: str, created_at: str) -> int:
    """Insert a coder and return the id; not journaled, since the journal refers to coders."""
    cursor = db.execute("INSERT INTO coders (name, created_at) VALUES (?, ?)", (name, created_at))
    return int(cursor.lastrowid or 0)


def visible_coder_ids(db: sqlite3.Connection, coder_id: int) -> list[int]:
    """Return the coder and those whose codings this coder has turned on.

    While a round is open, nobody sees another's codings, whatever they turned on before.
    """
    others = db.execute(
        "SELECT other_id FROM shown_coders WHERE coder_id = ? AND other_id <> ?"
        " AND NOT EXISTS (SELECT 1 FROM settings WHERE name = 'round' AND value = 'open')"
        " ORDER BY other_id",
        (coder_id, coder_id),
    )
    return [coder_id, *(row[0] for row in others)]


def codings_by_coder(db: sqlite3.Connection) -> dict[int, int]:
    """Return the number of codings of each coder who has any, by coder id."""
    return dict(
        db.execute("SELECT coder_id, sum(segments) FROM code_totals GROUP BY coder_id").fetchall()
    )
