"""Projects for the search tests, written directly: passages, codings, memos and the index."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from tui.search.engine import Engine
from tui.store import index
from tui.store.index_schema import INDEX_STATEMENTS
from tui.store.migrations.m0001_initial import STATEMENTS
from tui.store.reader import open_reader
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
    for statement in (*STATEMENTS, *INDEX_STATEMENTS):
        db.execute(statement)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    db.execute("PRAGMA journal_mode = wal")
    for name in ("ann", "bob", "cid"):
        db.execute("INSERT INTO coders (name, created_at) VALUES (?, '')", (name,))
    return db


def fill(db: sqlite3.Connection, documents: Documents) -> None:
    """Add documents and their index."""
    rows: list[tuple[int, str]] = []
    number = int(db.execute("SELECT count(*) FROM passages").fetchone()[0])
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


@pytest.fixture
def make_project(tmp_path: Path) -> Iterator[MakeProject]:
    """Give a function that makes a project of documents; SQL may add what else it needs."""
    opened: list[sqlite3.Connection] = []

    def make(documents: Documents, *statements: str, name: str = "study.qual") -> Path:
        path = tmp_path / name
        db = empty_project(path)
        opened.append(db)
        fill(db, documents)
        for statement in statements:
            db.execute(statement)
        for row in db.execute("SELECT id, text FROM memos").fetchall():
            index.add_memos(db, [row])
        return path

    yield make
    for db in opened:
        db.close()


@pytest.fixture
def open_engine() -> Iterator[OpenEngine]:
    """Give a function that opens an engine on a project."""
    opened = []

    def open_one(path: Path, coder: str = "ann", *, warm: bool = False) -> Engine:
        db = open_reader(str(path))
        opened.append(db)
        return Engine(db, coder, warm=warm)

    yield open_one
    for db in opened:
        db.close()
