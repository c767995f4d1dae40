"""Decisions on disagreements, read."""

from __future__ import annotations

import sqlite3
from typing import Final

from tui.model.decision import Decision, Verdict

_TURNED: Final[dict[str, Verdict]] = {"first": "second", "second": "first"}


def read_decisions(
    db: sqlite3.Connection, coder_id: int, first_id: int, second_id: int
) -> list[Decision]:
    """Return what a coder has decided between two coders, oldest first.

    Args:
        db: the project.
        coder_id: who decided.
        first_id: one of the two; ``first`` in the answer means this one.
        second_id: the other.
    """
    rows = db.execute(
        "SELECT id, document_id, start, end, code_id, verdict, first_id = ?3 FROM decisions"
        " WHERE coder_id = ?1 AND (first_id, second_id) IN (VALUES (?2, ?3), (?3, ?2))"
        " ORDER BY id",
        (coder_id, first_id, second_id),
    )
    return [
        Decision(made, document, start, end, code, _TURNED.get(said, said) if turned else said)
        for made, document, start, end, code, said, turned in rows
    ]


def last_decided(db: sqlite3.Connection, coder_id: int) -> tuple[int, int] | None:
    """Return between whom a coder decided last, the two in that order; None before the first."""
    return db.execute(  # type: ignore[no-any-return]
        "SELECT first_id, second_id FROM decisions WHERE coder_id = ? ORDER BY id DESC LIMIT 1",
        (coder_id,),
    ).fetchone()


def decisions_on(db: sqlite3.Connection, column: str, key: int) -> list[tuple[int, int]]:
    """Return (id, coder_id) of the decisions on a document or a code.

    Args:
        db: the project.
        column: ``document_id`` or ``code_id``.
        key: its id.

    Raises:
        KeyError: another column.
    """
    if column not in ("document_id", "code_id"):
        raise KeyError(column)
    return db.execute(
        f"SELECT id, coder_id FROM decisions WHERE {column} = ? ORDER BY id", (key,)
    ).fetchall()
