"""What the search tests share: projects and engines on them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.search.projects import Documents, MakeProject, OpenEngine, write_project
from tui.search.engine import Engine
from tui.store.reader import open_reader


@pytest.fixture
def make_project(tmp_path: Path) -> MakeProject:
    """Give a function that makes a project of documents."""

    def make(documents: Documents, *statements: str, name: str = "study.qual") -> Path:
        return write_project(tmp_path / name, documents, *statements)

    return make


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
