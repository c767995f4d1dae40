"""``check`` finds damage wherever it is planted; repair touches caches only."""

from __future__ import annotations

import sqlite3

import pytest

from tests.tiny import make_tiny
from tui.errors import QualError
from tui.model.memo import MemoTarget
from tui.project.check import PROOFS, canonical_dump, check, repair
from tui.project.edits import cases, codings, memos
from tui.project.project import Project
from tui.search.engine import Engine
from tui.search.query import read_query
from tui.store.proof import DUMPED
from tui.store.reader import open_reader
from tui.text.cut import pack_cut


@pytest.fixture
def path(tiny: str) -> str:
    """Give a project with something of everything in it."""
    with Project(tiny, "ann") as project:
        (coding,) = codings.add_codings(project, 1, 0, 24, [1])
        memos.add_memo(project, MemoTarget("coding", coding_id=coding), "about the mill")
        memos.add_memo(project, MemoTarget("span", document_id=1, start=4, end=8), "which?")
        case = cases.add_case(project, "The mill")
        cases.assign_case(project, case, 1, 0, 24)
        cases.set_attribute(project, "year", "1911", document_id=1)
    return tiny


def damage(path: str, *statements: str | tuple[str, tuple[object, ...]]) -> None:
    """Change a project behind the program's back."""
    db = sqlite3.connect(path)
    db.execute("PRAGMA foreign_keys = OFF")
    db.execute("PRAGMA ignore_check_constraints = ON")
    for statement in statements:
        if isinstance(statement, tuple):
            db.execute(*statement)
        else:
            db.execute(statement)
    db.commit()
    db.close()


def findings(path: str) -> dict[str, list[str]]:
    with Project(path, "ann") as project:
        return {name: wrong for name, wrong in check(project.db) if wrong}


FIRST = "(SELECT min(id) FROM codings)"

PLANTED: dict[str, tuple[list[str | tuple[str, tuple[object, ...]]], str, str]] = {
    "a changed quote": (
        [f"UPDATE codings SET quote = 'The mall' WHERE id = {FIRST}"],
        "codings",
        "coding 1 in letter 0:24: the text there is not its quote",
    ),
    "a moved coding": (
        [f"UPDATE codings SET start = start + 1, end = end + 1 WHERE id = {FIRST}"],
        "codings",
        "coding 1 in letter 1:25: the text there is not its quote",
    ),
    "a coding past the end": (
        [f"UPDATE codings SET end = 9999 WHERE id = {FIRST}"],
        "codings",
        "coding 1 in letter: 0:9999 lies outside the text",
    ),
    "a memo past the end": (
        ["UPDATE memos SET end = 9999 WHERE kind = 'span'"],
        "codings",
        "memos 2 in letter: lies outside the text",
    ),
    "a wrong total of a code": (
        ["UPDATE code_totals SET segments = segments + 1"],
        "counts",
        "total of code 1 by coder 1: wrong",
    ),
    "a missing total of a document": (
        ["DELETE FROM document_totals"],
        "counts",
        "total of document 1 by coder 1: wrong",
    ),
    "a wrong count": (
        ["UPDATE code_counts SET segments = segments + 1 WHERE code_id = 2"],
        "counts",
        "count of code 2 in document 1 by coder 1: wrong",
    ),
    "wrong characters": (
        ["UPDATE code_counts SET chars = chars - 1 WHERE code_id = 2"],
        "counts",
        "count of code 2 in document 1 by coder 1: wrong",
    ),
    "a lost count": (
        ["DELETE FROM code_counts WHERE code_id = 2"],
        "counts",
        "count of code 2 in document 1 by coder 1: wrong",
    ),
    "an orphan coding": (
        [f"UPDATE codings SET code_id = 77 WHERE id = {FIRST}"],
        "file",
        "codings 1: refers to a row of codes that does not exist",
    ),
    "an orphan memo": (
        ["UPDATE memos SET coding_id = 77 WHERE kind = 'coding'"],
        "file",
        "memos 1: refers to a row of codings that does not exist",
    ),
    "a circle of codes": (
        ["UPDATE codes SET parent_id = 3 WHERE id = 1"],
        "codebook",
        "code C1 (1): its parents form a circle",
    ),
    "siblings of one name": (
        ["UPDATE codes SET name = 'WORK' WHERE id = 4"],
        "codebook",
        "codes C1 and C2: have the same name under one parent",
    ),
    "one slot twice": (
        ["UPDATE codes SET slot = 3 WHERE id IN (1, 4)"],
        "codebook",
        "codes C1 and C2: have the same slot",
    ),
    "a damaged cut": (
        ["UPDATE passages SET cut = x'00ff' WHERE id = 1"],
        "documents",
        "document letter ¶1: its word and sentence offsets are damaged",
    ),
    "a cut past the passage": (
        [("UPDATE passages SET cut = ? WHERE id = 1", (pack_cut([(0, 999)], []),))],
        "documents",
        "document letter ¶1: a sentence lies outside the passage",
    ),
    "a changed text": (
        ["UPDATE passages SET text = replace(text, 'mill', 'mall') WHERE id = 1"],
        "documents",
        "document letter: its text is not the text that was imported",
    ),
    "a lost passage": (
        ["DELETE FROM passages WHERE id = 2"],
        "documents",
        "document letter ¶3: does not lie where its offsets say",
    ),
    "a lost original": (
        ["DELETE FROM originals WHERE document_id = 1"],
        "documents",
        "document letter: the imported file kept with it is missing or changed",
    ),
    "a changed original": (
        ["UPDATE originals SET bytes = x'00' WHERE document_id = 1"],
        "documents",
        "document letter: the imported file kept with it is missing or changed",
    ),
    "an act without rows": (
        ["DELETE FROM change_rows WHERE change_id = 3"],
        "journal",
        "change 3 (code.add): has no rows",
    ),
    "an undo of an undo": (
        [
            "INSERT INTO changes VALUES (100, 100, '', 1, 'undo', 3, 'code.add', '')",
            "INSERT INTO changes VALUES (101, 101, '', 1, 'undo', 100, 'code.add', '')",
        ],
        "journal",
        "change 101: takes back what is not an act",
    ),
    "a torn image": (
        ["UPDATE change_rows SET after = substr(after, 1, 9) WHERE change_id = 3"],
        "journal",
        "change 3 (code.add): a row image is damaged",
    ),
    "an unknown passage in the index": (
        ["INSERT INTO index_tokens (rowid, tokens) VALUES (99, 'ghost')"],
        "index",
        "passage 99",
    ),
    "an index that was emptied": (
        ["INSERT INTO index_tokens (index_tokens) VALUES ('delete-all')"],
        "index",
        "passage 1",
    ),
    "an index without its postings": (["DELETE FROM index_tokens_data"], "index", "cannot be read"),
    "an index without its settings": (
        ["DELETE FROM index_tokens_config"],
        "index",
        "cannot be read",
    ),
    "a dropped index": (["DROP TABLE index_tokens"], "index", "cannot be read"),
    "a dropped vocabulary": (["DROP TABLE index_words"], "index", "cannot be read"),
    "an index of no revision": (["DELETE FROM index_state"], "index", "has no revision"),
    "an overwritten index": (
        ["UPDATE index_tokens_data SET block = zeroblob(20) WHERE id > 10"],
        "index",
        "index",
    ),
    "an overwritten vocabulary": (
        ["UPDATE index_words SET planes = zeroblob(length(planes))"],
        "index",
        "is damaged in part",
    ),
    "a memo that the index does not know": (
        ["UPDATE memos SET text = 'otherwise' WHERE kind = 'span'"],
        "index",
        "memo 2",
    ),
}

CACHES = ("counts", "index")


def test_a_whole_project_has_no_findings(path: str) -> None:
    assert findings(path) == {}


@pytest.mark.parametrize("kind", sorted(PLANTED))
def test_planted_damage_is_found_and_named(path: str, kind: str) -> None:
    statements, proof, said = PLANTED[kind]
    damage(path, *statements)
    found = findings(path)
    assert any(said in line for line in found.get(proof, [])), found


@pytest.mark.parametrize("kind", sorted(PLANTED))
def test_repair_mends_caches_and_nothing_else(path: str, kind: str) -> None:
    statements, proof, _ = PLANTED[kind]
    damage(path, *statements)
    with Project(path, "ann") as project:
        before = list(canonical_dump(project.db))
        repair(project)
        assert list(canonical_dump(project.db)) == before
    found = findings(path)
    assert not set(found) & set(CACHES)
    if proof not in CACHES:
        assert proof in found, "damage to what people made must not be painted over"


@pytest.mark.parametrize(
    "kind",
    # The others leave an index that knows its words: only a proof can tell.
    [kind for kind in sorted(PLANTED) if kind.startswith(("an index", "a dropped", "an overw"))],
)
def test_a_damaged_index_never_says_that_nothing_fits(path: str, kind: str) -> None:
    damage(path, *PLANTED[kind][0])
    db = open_reader(path)
    try:
        with pytest.raises((QualError, sqlite3.DatabaseError)):
            Engine(db, "ann").count(read_query("xylophone"))
    finally:
        db.close()


def test_damaged_pages_are_found(path: str) -> None:
    with open(path, "r+b") as file:
        size = file.seek(0, 2)
        page = int.from_bytes((file.seek(16), file.read(2))[1])
        roots = sqlite3.connect(path).execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'codings_by_code'"
        )
        (root,) = roots.fetchone()
        roots.connection.close()
        assert size >= root * page
        file.seek((root - 1) * page + 8)
        file.write(b"\xff" * 64)
    assert findings(path)["file"]


def test_every_proof_has_planted_damage() -> None:
    assert {proof for _, proof, _ in PLANTED.values()} == set(PROOFS)


def test_the_dump_leaves_out_what_is_not_the_study(path: str) -> None:
    with Project(path, "ann") as project:
        tables = {line.split('"')[3] for line in canonical_dump(project.db)}
        tables_now = {
            row[0]
            for row in project.db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
    totals = {"code_counts", "code_totals", "document_totals"}
    left_out = {"changes", "change_rows", "codebook_base"} | totals
    desks = {"slots", "hidden_codes", "solo_codes", "bookmarks", "places"}
    assert not tables & (left_out | desks)
    migrations = {name for name in tables_now if "migrations" in name}
    index = {name for name in tables_now if name.startswith("index_")}
    study = {table for table, _ in DUMPED}
    # A new table must be put into one of these, by somebody who has thought about it.
    assert tables_now == study | left_out | desks | migrations | index | {"sqlite_sequence"}


def test_making_the_tiny_project_twice_gives_one_dump(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    dumps = []
    for name in "ab":
        path = make_tiny(tmp_path_factory.mktemp(name) / "tiny.qual")
        with Project(path, "zoe") as project:
            dumps.append(list(canonical_dump(project.db)))
    assert dumps[0] == dumps[1]
