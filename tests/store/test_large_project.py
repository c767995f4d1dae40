"""Opening a project costs what its codes and documents cost, however many codings there are."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest

from tests.conftest import Opener
from tui.app.state import Study
from tui.project.project import Project
from tui.store import codings, counts, documents, readings


def steps_of(db: sqlite3.Connection, work: Callable[[], object]) -> int:
    """Return how many hundreds of steps of SQLite's machine some work takes."""
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    db.set_progress_handler(count, 100)
    try:
        work()
    finally:
        db.set_progress_handler(None, 0)
    return steps


def add_documents(project: Project, number: int, each: int, marks: int = 60) -> None:
    """Add documents with so many codings each, past the acts: acts would take a minute."""
    project.join()
    db = project.db
    first = db.execute("SELECT max(id) FROM documents").fetchone()[0] + 1
    passage = db.execute("SELECT max(id) FROM passages").fetchone()[0] + 1
    db.execute("BEGIN")
    for document in range(first, first + number):
        db.execute(
            "INSERT INTO documents VALUES (?, ?, ?, 'en', '', '', '', 1000, 10, '', '', '')",
            (document, f"more {document}", document),
        )
        for at in range(10):
            db.execute(
                "INSERT INTO passages VALUES (?, ?, ?, ?, ?, 'paragraph', NULL, ?, char(10), x'')",
                (passage, document, at + 1, at * 100, at * 100 + 99, "x" * 99),
            )
            passage += 1
    db.executemany(
        "INSERT INTO codings (document_id, start, end, code_id, coder_id, revision, created_at,"
        " quote) VALUES (?, ?, ?, ?, ?, 1, '', 'x')",
        (
            (document, at % marks, at % marks + 1 + at // marks, 1 + at % 2, 1 + at % 2)
            for document in range(first, first + number)
            for at in range(each)
        ),
    )
    db.execute("COMMIT")


@pytest.fixture
def works(open_tiny: Opener) -> dict[str, tuple[Project, Callable[[], object]]]:
    """Give what is done at the start and when a document is opened, by name."""
    project = open_tiny("ann")
    db, coders = project.db, [1, 2]
    ids = documents.passage_ids(db, 1)
    return {
        "study": (project, lambda: Study(project)),
        "tree counts": (project, lambda: counts.code_totals(db, coders)),
        "codings of a document": (project, lambda: codings.spans_of_document(db, 1, coders)),
        "passages of a document": (
            project,
            lambda: (documents.passage_ids(db, 1), documents.passage_spans(db, 1, 1, 256)),
        ),
        "reading states": (project, lambda: readings.reading_states(db, 1, ids)),
    }


def test_more_codings_do_not_make_opening_dearer(
    works: dict[str, tuple[Project, Callable[[], object]]],
) -> None:
    project = works["study"][0]
    add_documents(project, 8, 100)
    before = {name: steps_of(project.db, work) for name, (_, work) in works.items()}
    project.db.execute("BEGIN")
    project.db.execute(
        "INSERT INTO codings (document_id, start, end, code_id, coder_id, revision, created_at,"
        " quote) SELECT document_id, start, end + 500, code_id, coder_id, 1, '', quote"
        " FROM codings WHERE document_id > 2"
    )
    project.db.execute(
        "INSERT INTO codings (document_id, start, end, code_id, coder_id, revision, created_at,"
        " quote) SELECT document_id, start, end + 1000 * n, code_id, coder_id, 1, '', quote"
        " FROM codings JOIN (SELECT 1 AS n UNION SELECT 2 UNION SELECT 3 UNION SELECT 4"
        " UNION SELECT 5 UNION SELECT 6) WHERE document_id > 2"
    )
    project.db.execute("COMMIT")
    after = {name: steps_of(project.db, work) for name, (_, work) in works.items()}
    assert project.db.execute("SELECT count(*) FROM codings").fetchone()[0] > 10_000
    # The last code that was given is looked for among the newest codings, a few hundred at most.
    assert after["study"] <= before["study"] + 30
    for name in works.keys() - {"study"}:
        assert after[name] <= before[name] + 1, name
