"""Expressions and fixed strings find what reading every passage finds, in bounded time."""

from __future__ import annotations

import itertools
import random
import re
import unicodedata

import pytest

from tests.search.projects import MakeProject, OpenEngine
from tests.search.test_search_against_reference import text_of
from tui.cli.commands import search as command
from tui.errors import QualError
from tui.search import pattern
from tui.search.engine import Cancelled
from tui.search.query import Pattern, QueryError, fixed_query, pattern_query, read_query


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
            # An accent may stand on its letter or after it.
            chars = unicodedata.normalize("NFC", wanted)
            forms = [(re.escape(c), unicodedata.normalize("NFD", c)) for c in chars]
            either = "".join(f"(?:{c}|{d})" if len(d) > 1 else c for c, d in forms)
            either = f"{re.escape(wanted)}|{either}"
            found = re.compile(either, 0 if minds else re.IGNORECASE)
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


WILD = [
    "(a+)+$",
    "(a*)*b",
    "(a|aa)+b",
    "(a?){60}b",
    "(.*a){30}x",
    ".*.*.*.*.*x",
    "a?" * 40 + "a" * 40,
]


@pytest.mark.parametrize("source", WILD)
def test_an_expression_without_end_is_stopped_in_a_thread_that_has_no_timer(
    source: str, make_project: MakeProject, open_engine: OpenEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pattern, "SECONDS", 0.3)
    engine = open_engine(make_project({"d": ["a" * 5_000 + "!", "aaa"]}), warm=True)
    with pytest.raises(QualError, match="stopped") as caught:
        engine.search(read_query(f"/{source}/", typing=True), typing=True)
    assert "would not be all" in caught.value.hint


def test_an_expression_that_only_looks_dangerous_is_answered_in_full(
    make_project: MakeProject, open_engine: OpenEngine
) -> None:
    long = "b" * 30_000 + " very very good " + "a" * 3_000
    engine = open_engine(make_project({"d": ["very very good", "bad", long]}))
    for source in (r"(\w+ )+good", "(very |quite )+good", r"((very) )+good", "v.*y.*d.*"):
        found = engine.search(pattern_query(source), by_place=True)
        assert [hit.passage_id for hit in found.hits] == [1, 3], source
        inside = engine.search(read_query(f"/{source}/ OR bad"), by_place=True)
        assert [hit.passage_id for hit in inside.hits] == [1, 2, 3], source


def test_an_expression_is_given_up_when_the_search_is(
    make_project: MakeProject, open_engine: OpenEngine
) -> None:
    engine = open_engine(make_project({"d": ["a" * 5_000 + "!"]}))
    asked = itertools.count()
    with pytest.raises(Cancelled):
        engine.search(pattern_query("(a+)+$"), cancelled=lambda: next(asked) > 3)


def test_the_command_stops_an_expression_without_end(
    make_project: MakeProject, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    path = str(make_project({"d": ["a" * 5_000 + "!", "aaa"]}))
    monkeypatch.setattr(command, "_ALARM_SECONDS", 0.3)
    for words in (["-e", "(a+)+$"], ["/(a+)+$/ OR aaa"], ["-c", "NOT /(a+)+$/"]):
        assert command.run(["-p", path, *words]) == 2
        said = capfd.readouterr()
        assert said.out == ""
        assert "stopped" in said.err


@pytest.mark.parametrize(
    ("source", "quick"),
    [
        ("tests", True),
        ("test(s|ed)?", True),
        (r"\btest\w*", True),
        ("(a+)+", False),
        ("(ab|cd)*", False),
        (r"(\w)(x\1)*", False),
        ("(?:a*+)*+", False),
    ],
)
def test_only_what_cannot_take_long_is_matched_right_away(source: str, quick: bool) -> None:
    assert (pattern.quick_length(source) > 500) == quick


def test_an_error_in_an_expression_is_marked_in_the_query_it_stands_in() -> None:
    for source, at in (("war /tes(t/", 8), ("war /a**/ peace", 7)):
        for whole in (False, True):
            terms = read_query(source, whole=whole).terms()
            with pytest.raises(QueryError) as caught:
                pattern.compiled(next(term for term in terms if isinstance(term, Pattern)))
            assert (caught.value.query, caught.value.at) == (source, at)


def test_an_expression_is_looked_for_while_it_is_being_typed(
    make_project: MakeProject, open_engine: OpenEngine
) -> None:
    engine = open_engine(make_project({"d": ["tested", "no"]}), warm=True)
    totals = [
        engine.search(read_query("/tes(t|x)ed/"[:end], typing=True), typing=True).total
        for end in range(1, 13)
    ]
    assert totals == [0, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1]


@pytest.mark.parametrize("source", ["(", "[a", "a{2,1}", "*a", "(?P<n>", "\\"])
def test_expressions_that_cannot_be_read_are_refused(
    source: str, make_project: MakeProject, open_engine: OpenEngine
) -> None:
    engine = open_engine(make_project({"d": ["a"]}))
    with pytest.raises(QueryError, match="cannot be read"):
        engine.search(pattern_query(source))
