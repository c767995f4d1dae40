"""Projects for the search tests, written directly: passages, codings, memos and the index."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

from tui.search.engine import Engine
from tui.store import index
from tui.store.index_schema import INDEX_STATEMENTS
from tui.store.migrations import m0001_initial, m0002_solo, m0003_totals, m0004_searches
from tui.store.version import APPLICATION_ID, SCHEMA_VERSION
from tui.text.cut import pack_cut

Documents = dict[str, Sequence[str]]
"""The passages of each document."""

MakeProject = Callable[..., Path]
OpenEngine = Callable[..., Engine]


def sentences(text: str) -> list[tuple[int, int]]:
    """Cut after each full stop and space, as the tests write them."""
    spans, start = [], 0
    while start < len(text):
        end = text.find(". ", start)
        end = len(text) if end < 0 else end + 1
        spans.append((start, end))
        start = end + 1
    return spans


def empty_project(path: Path) -> sqlite3.Connection:
    """Make a project file without documents and return a writing connection."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA synchronous = off")
    db.execute("BEGIN")
    for statement in (
        *m0001_initial.STATEMENTS,
        *INDEX_STATEMENTS,
        *m0002_solo.STATEMENTS,
        *m0003_totals.STATEMENTS,
        *m0004_searches.STATEMENTS,
    ):
        db.execute(statement)
    db.execute("COMMIT")
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    db.execute("PRAGMA journal_mode = wal")
    for name in ("ann", "bob", "cid"):
        db.execute("INSERT INTO coders (name, created_at) VALUES (?, '')", (name,))
    return db


def fill(db: sqlite3.Connection, documents: Documents) -> None:
    """Add documents and their index."""
    rows: list[tuple[int, str]] = []
    inside = db.in_transaction
    if not inside:
        db.execute("BEGIN")
    number = int(db.execute("SELECT coalesce(max(id), 0) FROM passages").fetchone()[0])
    for name, texts in documents.items():
        place = int(db.execute("SELECT count(*) FROM documents").fetchone()[0]) + 1
        db.execute(
            "INSERT INTO documents VALUES (?, ?, ?, 'en', ?, '', '', 0, ?, '', '', '')",
            (place, name, place, f"{name}.txt", len(texts)),
        )
        start = 0
        for at, text in enumerate(texts, 1):
            number += 1
            end = start + len(text)
            db.execute(
                "INSERT INTO passages VALUES (?, ?, ?, ?, ?, 'paragraph', NULL, ?, char(10), ?)",
                (number, place, at, start, end, text, pack_cut(sentences(text), [])),
            )
            rows.append((number, text))
            start = end + 1
    index.add_passages(db, rows)
    if not inside:
        db.execute("COMMIT")


def write_project(path: Path, documents: Documents, *statements: str) -> Path:
    """Write a project of documents; SQL may add what else it needs; memos are indexed."""
    db = empty_project(path)
    fill(db, documents)
    for statement in statements:
        db.execute(statement)
    index.add_memos(db, db.execute("SELECT id, text FROM memos").fetchall())
    db.close()
    return path
