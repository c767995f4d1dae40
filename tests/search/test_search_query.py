"""What a query means, and what is said of one that cannot be read."""

from __future__ import annotations

import pytest

from tests.search.projects import MakeProject, OpenEngine
from tui.search.query import Filter, Phrase, QueryError, Word, read_query


def test_words_phrases_and_filters_are_told_apart() -> None:
    query = read_query('tired "of the tests" code:R1-2+ -code:C1 uncoded: year>=2013 role="a b"')
    kinds = [type(part) for part in query.root.parts]
    assert kinds == [Word, Phrase, Filter, Filter, Filter, Filter, Filter]
    values = [(f.name, f.field, f.sign, f.value, f.negated) for f in query.filters()]
    assert values == [
        ("code", "", "", "R1-2+", False),
        ("code", "", "", "C1", True),
        ("uncoded", "", "", "", False),
        ("attribute", "year", ">=", "2013", False),
        ("attribute", "role", "=", "a b", False),
    ]


def test_signs_that_mean_something_elsewhere_are_harmless(
    make_project: MakeProject, open_engine: OpenEngine
) -> None:
    engine = open_engine(make_project({"d": ["AND or not NEAR words", "plain text"]}))
    for source in ("NEAR(words", "AND OR", "wor*ds", "^words", "{words}", "(words", "words)", '"'):
        engine.search(read_query(source))
    for source in ("words NEAR", "not or AND", "* words", "'words'", "words + -"):
        assert engine.search(read_query(source)).total == 1, source
    assert engine.search(read_query("!!! ???")).total == 0
    assert engine.search(read_query("")).total == 0


@pytest.mark.parametrize(
    ("source", "at", "said"),
    [
        ('tests "not closed', 6, "not closed"),
        ("tests code:", 6, "no value"),
        ("cod:R1", 0, "no filter"),
        ("a in:memo", 5, "no place"),
        ("uncoded:R1", 8, "takes no value"),
        ("year>= x", 0, "no value"),
        ("good -bad", 5, "left out"),
    ],
)
def test_a_wrong_query_is_marked_at_its_place(source: str, at: int, said: str) -> None:
    with pytest.raises(QueryError, match=said) as caught:
        read_query(source)
    assert (caught.value.at, caught.value.query) == (at, source)
    assert caught.value.hint
    if not source.startswith("uncoded"):
        # While it is being typed it is not wrong yet.
        read_query(source, typing=True)


def test_a_colon_inside_other_words_is_no_filter() -> None:
    for source in ("http://example.org", "10:30", "note:this", "::", "a:"):
        assert read_query(source).filters() == []


def test_capitals_count_only_in_words_that_have_one(
    make_project: MakeProject, open_engine: OpenEngine
) -> None:
    engine = open_engine(make_project({"d": ["us and them", "the US army", "Testing", "testing"]}))

    def found(source: str, case: str = "smart") -> list[int]:
        query = read_query(source, case=case)  # type: ignore[arg-type]
        return [hit.passage_id for hit in engine.search(query, by_place=True).hits]

    assert found("us") == [1, 2]
    assert found("US") == [2]
    assert found("US", "ignore") == [1, 2]
    assert found("Tesing") == [3]
    assert found("tesing", "sensitive") == [4]


def test_one_character_of_han_is_found_inside_a_stretch(
    make_project: MakeProject, open_engine: OpenEngine
) -> None:
    engine = open_engine(make_project({"d": ["北京大学的学生", "大", "没有"]}))
    hits = engine.search(read_query("大"), by_place=True).hits
    assert [(hit.passage_id, hit.hits) for hit in hits] == [(1, [(2, 3)]), (2, [(8, 9)])]
    assert [hit.hits for hit in engine.search(read_query('"京大学"')).hits] == [[(1, 4)]]
    assert engine.search(read_query("京学")).total == 0


def test_nothing_found_names_the_nearest_words(
    make_project: MakeProject, open_engine: OpenEngine
) -> None:
    engine = open_engine(make_project({"d": ["tired of testing", "tyre"]}))
    assert engine.nearest_words(read_query("tyr")) == [("tyr", ["tyre"])]
