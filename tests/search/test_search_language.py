"""Sets, counts and exit codes of the whole language equal those of the slow reference."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.search.language import Asked, found
from tests.search.queries import Maker, Study, spell, study_of, without_places
from tui.cli.commands.search import run
from tui.search.engine import Engine
from tui.search.query import read_query
from tui.store.reader import open_reader

QUERIES = 70


@pytest.mark.parametrize("seed", range(15))
def test_random_queries_of_the_language_find_what_the_reference_finds(
    seed: int, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    compare(random.Random(seed), tmp_path, QUERIES, capfd)


@pytest.mark.torture
@pytest.mark.parametrize("seed", range(100, 140))
def test_many_random_queries_of_the_language_find_what_the_reference_finds(
    seed: int, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    compare(random.Random(seed), tmp_path, 1_000, capfd)


def compare(
    rng: random.Random, folder: Path, count: int, capfd: pytest.CaptureFixture[str]
) -> None:
    study = study_of(rng, folder / "study.qual")
    db = open_reader(str(study.path))
    try:
        answered = sum(compare_one(rng, study, Engine(db, "ann"), capfd) for _ in range(count))
    finally:
        db.close()
    assert answered > count // 3


def compare_one(
    rng: random.Random, study: Study, engine: Engine, capfd: pytest.CaptureFixture[str]
) -> bool:
    mode = rng.choice(("text", "text", "text", "memos", "codes"))
    tree = without_places(Maker(rng, study, mode).tree())
    source = spell(tree, rng)
    case, whole = rng.choice(("smart", "smart", "ignore", "sensitive")), rng.random() < 0.2
    expected = found(study.items, tree, Asked(study.facts, case, whole))
    query = read_query(source, case=case, whole=whole)  # type: ignore[arg-type]
    answer = engine.search(query)
    numbers = {key: at for at, key in enumerate(("R1", "R1-1", "R1-1-1", "R2", "C1"), 1)}
    hits = {
        ("code", numbers[hit.code]) if hit.code else
        ("memo", hit.memo) if hit.memo is not None else ("text", hit.passage_id)
        for hit in answer.hits
    }  # fmt: skip
    assert hits == expected, (source, case, whole)
    assert answer.total == len(expected) == engine.count(query), source
    assert engine.exists(query) == bool(expected), source
    options = {"ignore": ["-i"], "sensitive": ["-s"]}.get(case, []) + ["-w"] * whole
    code = run(["-p", str(study.path), "--coder", "ann", "-c", *options, "--", source])
    assert (code, capfd.readouterr().out) == (0 if expected else 1, f"{len(expected)}\n"), source
    return bool(expected)
