"""The index equals the text, whatever was added and removed, and small changes stay small."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.search.projects import empty_project, fill
from tests.search.test_search_against_reference import text_of
from tui.store import index, index_words
from tui.store.index_schema import BLOCK, PART


def rows_of(db: sqlite3.Connection) -> list[tuple[int, str]]:
    return db.execute("SELECT id, text FROM passages ORDER BY id").fetchall()


def drop(db: sqlite3.Connection, rows: list[tuple[int, str]]) -> None:
    index.remove_passages(db, rows)
    db.executemany("DELETE FROM passages WHERE id = ?", [(row,) for row, _ in rows])


@pytest.mark.parametrize("seed", range(5))
def test_index_equals_the_text_after_random_adding_and_removing(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    db = empty_project(tmp_path / "a.qual")
    for turn in range(25):
        if rng.random() < 0.6 or not rows_of(db):
            fill(db, {f"d{turn}": [text_of(rng) for _ in range(rng.randint(1, 30))]})
        else:
            rows = rows_of(db)
            drop(db, rng.sample(rows, rng.randint(1, min(20, len(rows)))))
        assert index.check(db) == []
    before = index_words.all_words(db)
    index.rebuild(db)
    assert index.check(db) == []
    assert index_words.all_words(db) == before
    db.close()


@given(texts=st.lists(st.text(max_size=40), max_size=6), gone=st.sets(st.integers(0, 5)))
def test_index_equals_any_text(texts: list[str], gone: set[int]) -> None:
    db = empty_project(Path(":memory:"))
    safe = [t.encode("utf-8", "replace").decode() for t in texts]
    fill(db, {"d": safe})
    assert index.check(db) == []
    drop(db, [row for at, row in enumerate(rows_of(db)) if at in gone])
    assert index.check(db) == []
    db.close()


def test_many_words_of_one_length_fill_several_parts_and_leave_holes(tmp_path: Path) -> None:
    db = empty_project(tmp_path / "a.qual")
    words = [f"{n:06}" for n in range(PART + 3 * BLOCK + 7)]
    fill(db, {"d": [" ".join(words[at : at + 100]) for at in range(0, len(words), 100)]})
    assert db.execute("SELECT count(*) FROM index_words").fetchone()[0] == 3
    assert index.check(db) == []
    drop(db, rows_of(db)[3:20])
    assert index.check(db) == []
    fill(db, {"e": ["abcdef 000301"]})
    assert index.check(db) == []
    db.close()


def test_one_passage_more_rewrites_no_full_part(tmp_path: Path) -> None:
    db = empty_project(tmp_path / "a.qual")
    words = [f"{n:06}" for n in range(PART + 2 * BLOCK)]
    fill(db, {"d": [" ".join(words[at : at + 100]) for at in range(0, len(words), 100)]})
    read = "SELECT id, planes FROM index_words WHERE id % 65536 > 0"
    full = db.execute(read).fetchall()
    fill(db, {"e": ["000001 newword 999999 other"]})
    assert db.execute(read).fetchall() == full
    assert index.check(db) == []
    db.close()


def test_known_words_touch_no_part_and_no_revision(tmp_path: Path) -> None:
    db = empty_project(tmp_path / "a.qual")
    fill(db, {"d": ["some words here"]})
    state = "SELECT value FROM index_state"
    revision = db.execute(state).fetchone()
    fill(db, {"e": ["here some words"]})
    assert db.execute(state).fetchone() == revision
    fill(db, {"f": ["another"]})
    assert db.execute(state).fetchone() != revision
    db.close()


def test_a_change_rolled_back_leaves_no_trace_in_later_ones(tmp_path: Path) -> None:
    db = empty_project(tmp_path / "a.qual")
    fill(db, {"d": [" ".join(f"word{n}x" for n in range(400))]})
    db.execute("BEGIN")
    fill(db, {"e": ["vanishing words"]})
    db.execute("ROLLBACK")
    fill(db, {"e": ["vanishing words again"]})
    assert index.check(db) == []
    db.close()


def test_another_file_is_not_taken_for_the_one_before(tmp_path: Path) -> None:
    one, two = empty_project(tmp_path / "a.qual"), empty_project(tmp_path / "b.qual")
    many = " ".join(f"word{n}x" for n in range(400))
    fill(one, {"d": [many]})
    fill(two, {"d": [many + " more"]})
    fill(one, {"e": ["more"]})
    assert index.check(one) == index.check(two) == []
    one.close()
    two.close()


Damage = Callable[[sqlite3.Connection], object]


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda db: db.execute("UPDATE passages SET text = 'other' WHERE id = 1"), "passage 1"),
        (lambda db: db.execute("DELETE FROM passages WHERE id = 2"), "passage 2"),
        (
            lambda db: db.execute("INSERT INTO index_tokens (rowid, tokens) VALUES (-7, 'x')"),
            "memo 7",
        ),
        (lambda db: index_words.add(db, ["phantom"]), "of no text"),
        (lambda db: index_words.remove(db, ["first"]), "lacks 1"),
        (
            lambda db: db.execute("UPDATE index_words SET planes = zeroblob(length(planes))"),
            "damaged",
        ),
    ],
)
def test_damage_is_found_and_rebuilding_heals_it(damage: Damage, said: str, tmp_path: Path) -> None:
    db = empty_project(tmp_path / "a.qual")
    fill(db, {"d": ["first passage", "second passage"]})
    damage(db)
    assert any(said in line for line in index.check(db))
    index.rebuild(db)
    assert index.check(db) == []
    db.close()


def test_memos_are_indexed_beside_the_passages(tmp_path: Path) -> None:
    db = empty_project(tmp_path / "a.qual")
    fill(db, {"d": ["a passage"]})
    db.execute(
        """INSERT INTO memos (id, kind, coder_id, text, created_at, updated_at)
           VALUES (5, 'project', 1, 'a memo on passages', '', '')"""
    )
    index.add_memos(db, [(5, "a memo on passages")])
    assert index.check(db) == []
    index.remove_memos(db, [(5, "a memo on passages")])
    assert index.check(db) == ["the search index does not hold memo 5 as it is written"]
    db.close()


def test_the_entry_of_a_text_leads_to_its_tokens(tmp_path: Path) -> None:
    rng = random.Random(5)
    pieces = ["plain", "don't", "Straße", "ёлка", "Ж", "学生", "a_b", "x" * 64, "y" * 65, "é", "1"]
    signs = [" ", ", ", "\n", "_", "\0", "\t", "-", "'", "\u00ad", "\x7f", ""]
    texts = [
        "".join(rng.choice(pieces) + rng.choice(signs) for _ in range(rng.randint(1, 30)))
        for _ in range(400)
    ]
    plain = [p for p in pieces if p.isascii() and "'" not in p]
    texts += [" ".join(rng.choices(plain, k=rng.randint(1, 30))) for _ in range(100)]
    db = empty_project(tmp_path / "a.qual")
    fill(db, {"d": texts})
    index.rebuild(db)
    assert index.check(db) == []
    db.close()
