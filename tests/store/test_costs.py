"""What reading and writing cost, counted in statements and pages, never in seconds."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Opener
from tests.tiny import draft
from tui.project.edits import codings, documents
from tui.project.project import Project
from tui.store import codings as stored
from tui.store import counts, readings
from tui.store import documents as texts


def statements_of(db: sqlite3.Connection, work: Callable[[], object]) -> list[str]:
    """Return the SQL that some work runs, triggers left out."""
    seen: list[str] = []
    db.set_trace_callback(seen.append)
    try:
        work()
    finally:
        db.set_trace_callback(None)
    return [statement for statement in seen if not statement.startswith("--")]


def plans_of(db: sqlite3.Connection, work: Callable[[], object]) -> str:
    """Return the query plans of the SQL that some work runs."""
    lines = [
        row[3]
        for statement in statements_of(db, work)
        for row in db.execute(f"EXPLAIN QUERY PLAN {statement}")
    ]
    return "\n".join(lines)


def test_opening_a_document_reads_its_codings_from_the_covering_index(project: Project) -> None:
    plan = plans_of(project.db, lambda: stored.spans_of_document(project.db, 1, [1, 2]))
    assert "USING COVERING INDEX codings_by_document (document_id=?)" in plan
    assert "TEMP B-TREE" not in plan


def test_counting_the_tree_never_looks_at_codings(project: Project) -> None:
    plan = plans_of(project.db, lambda: counts.count_cells(project.db, [1, 2]))
    assert "code_counts" in plan
    assert "codings" not in plan
    plan = plans_of(project.db, lambda: counts.total_segments(project.db, [1, 2]))
    assert "codings" not in plan


def test_reading_a_screenful_scans_no_document(project: Project) -> None:
    plan = plans_of(project.db, lambda: texts.read_passages(project.db, 1, 1, 2))
    assert "SCAN" not in plan
    plan = plans_of(project.db, lambda: texts.read_text(project.db, 1, 5, 90))
    assert "SCAN" not in plan
    plan = plans_of(project.db, lambda: texts.passages_touching(project.db, 1, 5, 90))
    assert "SCAN" not in plan


@pytest.mark.parametrize("direction", [1, -1])
def test_unread_and_uncoded_passages_are_searched_not_scanned(
    project: Project, direction: int
) -> None:
    db = project.db
    plan = plans_of(db, lambda: readings.find_uncoded(db, [1], 1, 1, 30, direction))
    assert "SCAN" not in plan.replace("SCAN documents", "")
    assert "TEMP B-TREE" not in plan.replace("USE TEMP B-TREE FOR ORDER BY", "", 1)
    plan = plans_of(db, lambda: readings.find_unread(db, 1, 1, 1, 30, direction))
    assert "SCAN" not in plan.replace("SCAN documents", "")


def test_looking_for_others_changes_costs_one_pragma(open_tiny: Opener) -> None:
    project = open_tiny("ann")
    assert statements_of(project.db, project.poll) == ["PRAGMA data_version"]


def cost_of_one_coding(project: Project) -> int:
    codings.add_codings(project, 1, 0, 2, [1])
    return len(statements_of(project.db, lambda: codings.add_codings(project, 1, 0, 3, [1])))


def test_one_coding_costs_as_many_statements_in_a_large_project_as_in_a_small_one(
    open_tiny: Opener, tmp_path: Path
) -> None:
    ann, bob = open_tiny("ann"), open_tiny("bob")
    small = cost_of_one_coding(ann)
    words = "\n\n".join(f"Passage {at} has words." for at in range(300))
    document = documents.import_document(bob, draft("long", words))
    with bob.one_step():
        for start in range(0, 1200, 4):
            codings.add_codings(bob, document, start, start + 4, [1, 2])
    for start in range(4, 60):
        codings.add_codings(ann, 1, start, start + 5, [1])
    large = len(statements_of(ann.db, lambda: codings.add_codings(ann, 1, 0, 4, [1])))
    assert large <= small <= 40


def test_one_coding_writes_few_pages(project: Project) -> None:
    codings.add_codings(project, 1, 0, 2, [1])
    project.fold()
    codings.add_codings(project, 1, 0, 3, [1])
    log = Path(f"{project.path}-wal").stat().st_size
    assert log < 40 * 4096, "one coding should touch a handful of pages"
