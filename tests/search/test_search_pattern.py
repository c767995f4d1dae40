"""Expressions and fixed strings find what reading every passage finds, in bounded time."""

from __future__ import annotations

import random
import re

import pytest

from tests.search.projects import MakeProject, OpenEngine
from tests.search.test_search_against_reference import text_of
from tui.search.query import QueryError, fixed_query, pattern_query


@pytest.mark.parametrize("seed", range(3))
def test_fixed_strings_are_found_wherever_they_stand(
    seed: int, make_project: MakeProject, open_engine: OpenEngine
) -> None:
    rng = random.Random(seed)
    texts = [text_of(rng) for _ in range(120)]
    engine = open_engine(make_project({"d": texts}))
    for _ in range(80):
        text = rng.choice(texts)
        at = rng.randrange(len(text))
        wanted = text[at : at + rng.randint(1, 12)]
        for case in ("smart", "ignore", "sensitive"):
            minds = case == "sensitive" or (case == "smart" and any(map(str.isupper, wanted)))
            found = re.compile(re.escape(wanted), 0 if minds else re.IGNORECASE)
            expected = {row for row, text in enumerate(texts, 1) if found.search(text)}
            query = fixed_query(wanted, case=case)
            assert {hit.passage_id for hit in engine.search(query).hits} == expected, (wanted, case)


def test_expressions_are_found(make_project: MakeProject, open_engine: OpenEngine) -> None:
    engine = open_engine(make_project({"d": ["tired of tests", "Testing tires", "tested"]}))

    def found(source: str, whole: bool = False) -> list[int]:
        query = pattern_query(source, whole=whole)
        return [hit.passage_id for hit in engine.search(query, by_place=True).hits]

    assert found("test(ed|s)") == [1, 3]
    assert found(r"\btire") == [1, 2]
    assert found("Test") == [2]
    assert found("tire", whole=True) == []
    assert found("x*") == []
    assert found(r"\Wof") == [1]


@pytest.mark.parametrize(
    "source",
    [
        "(a+)+b",
        "(a*)*b",
        "(a|aa)+b",
        "(a?){50}b",
        "(.*a)*x",
        r"((ab)*)+\1",
        ".*.*.*.*x",
        "(\\w+ )+x",
        "a?" * 30 + "a" * 30,
    ],
)
def test_expressions_that_could_take_for_ever_are_refused(
    source: str, make_project: MakeProject, open_engine: OpenEngine
) -> None:
    engine = open_engine(make_project({"d": ["a" * 5_000]}))
    with pytest.raises(QueryError, match="for ever"):
        engine.search(pattern_query(source))


@pytest.mark.parametrize("source", ["(", "[a", "a{2,1}", "*a", "(?P<n>", "\\"])
def test_expressions_that_cannot_be_read_are_refused(
    source: str, make_project: MakeProject, open_engine: OpenEngine
) -> None:
    engine = open_engine(make_project({"d": ["a"]}))
    with pytest.raises(QueryError, match="cannot be read"):
        engine.search(pattern_query(source))
