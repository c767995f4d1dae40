"""Totals by code and by document are what counting gives, after every change and upgrade."""

from __future__ import annotations

import sqlite3

from tests.conftest import Opener
from tui.project.check import check
from tui.project.edits import codings
from tui.project.project import Project
from tui.project.undo import undo
from tui.store.counts import code_totals, total_segments
from tui.store.migrations import m0001_initial, m0003_totals


def counted(db: sqlite3.Connection, what: str) -> set[tuple[int, int, int]]:
    return set(
        db.execute(
            f"SELECT {what}_id, coder_id, count(*) FROM codings GROUP BY {what}_id, coder_id"
        )
    )


def kept(db: sqlite3.Connection, what: str) -> set[tuple[int, int, int]]:
    return set(db.execute(f"SELECT {what}_id, coder_id, segments FROM {what}_totals"))


def assert_right(project: Project) -> None:
    for what in ("code", "document"):
        assert kept(project.db, what) == counted(project.db, what)
    assert not dict(check(project.db))["counts"]


def test_totals_follow_adding_moving_recoding_removing_and_undoing(open_tiny: Opener) -> None:
    ann, bob = open_tiny("ann"), open_tiny("bob")
    one, two = codings.add_codings(ann, 1, 0, 5, [1, 2])
    codings.add_codings(ann, 2, 0, 5, [1])
    codings.add_codings(bob, 1, 0, 5, [1])
    assert_right(ann)
    ann.db.execute("UPDATE codings SET code_id = 3, end = 6 WHERE id = ?", (one,))
    assert_right(ann)
    ann.db.execute("UPDATE codings SET end = 7 WHERE id = ?", (two,))
    assert_right(ann)
    undo(bob)
    assert_right(ann)
    ids = [row[0] for row in ann.db.execute("SELECT id FROM codings")]
    ann.db.executemany("DELETE FROM codings WHERE id = ?", [(each,) for each in ids])
    assert_right(ann)
    assert not code_totals(ann.db, [1, 2, 3])
    assert total_segments(ann.db, [1, 2, 3]) == 0


def test_an_older_file_gets_its_totals_from_its_counts() -> None:
    db = sqlite3.connect(":memory:", isolation_level=None)
    for statement in m0001_initial.STATEMENTS:
        db.execute(statement)
    db.executemany(
        "INSERT INTO codings (document_id, start, end, code_id, coder_id, revision, created_at,"
        " quote) VALUES (?, ?, ?, ?, ?, 1, '', '')",
        [
            (
                1 + at % 3,
                at,
                at + 2,
                1 + at % 4,
                1 + at % 2,
            )
            for at in range(60)
        ],
    )
    for statement in m0003_totals.STATEMENTS:
        db.execute(statement)
    for what in ("code", "document"):
        assert kept(db, what) == counted(db, what)
