"""Codes, read in the order of the tree."""

from __future__ import annotations

import sqlite3

from tui.model.code import Code

_CODE = (
    "id, key, name, parent_id, position, definition, include, exclude, example,"
    " color, letter, slot, stage, revision"
)


def list_codes(db: sqlite3.Connection) -> list[Code]:
    """Return all codes, parents before their children, siblings in their order."""
    children: dict[int | None, list[Code]] = {}
    for row in db.execute(f"SELECT {_CODE} FROM codes ORDER BY position, id"):
        code = Code(*row)
        children.setdefault(code.parent_id, []).append(code)
    ordered: list[Code] = []
    waiting = list(reversed(children.get(None, [])))
    while waiting:
        code = waiting.pop()
        ordered.append(code)
        waiting.extend(reversed(children.get(code.id, [])))
    return ordered


def read_code(db: sqlite3.Connection, code_id: int) -> Code | None:
    """Return one code by id, or None."""
    row = db.execute(f"SELECT {_CODE} FROM codes WHERE id = ?", (code_id,)).fetchone()
    return Code(*row) if row else None


def find_code(db: sqlite3.Connection, key: str) -> Code | None:
    """Return one code by key, letter case aside, or None."""
    row = db.execute(
        f"SELECT {_CODE} FROM codes WHERE key = ?1 COLLATE NOCASE ORDER BY key = ?1 DESC LIMIT 1",
        (key,),
    ).fetchone()
    return Code(*row) if row else None


def code_ids_below(db: sqlite3.Connection, code_id: int) -> list[int]:
    """Return a code's id and those of its whole branch."""
    return [
        row[0]
        for row in db.execute(
            "WITH RECURSIVE branch(id) AS (VALUES (?) UNION"
            " SELECT codes.id FROM codes JOIN branch ON codes.parent_id = branch.id)"
            " SELECT id FROM branch",
            (code_id,),
        )
    ]


def parents_of_codes(db: sqlite3.Connection) -> list[tuple[int, int]]:
    """Return (code id, parent id) of every code that is not at the top."""
    return db.execute("SELECT id, parent_id FROM codes WHERE parent_id IS NOT NULL").fetchall()
