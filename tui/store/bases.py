"""What the codebook file held when it was last in step with the project; not journaled."""

from __future__ import annotations

import sqlite3


def read_base(db: sqlite3.Connection) -> str:
    """Return the stored state, empty when there was none."""
    row = db.execute("SELECT state FROM codebook_base").fetchone()
    return row[0] if row else ""


def write_base(db: sqlite3.Connection, state: str) -> None:
    """Store a state over the old one."""
    db.execute(
        "INSERT INTO codebook_base (id, state) VALUES (1, ?)"
        " ON CONFLICT DO UPDATE SET state = excluded.state",
        (state,),
    )
