"""What a query means, and what is said of one that cannot be read."""

from __future__ import annotations

import random
import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis.strategies import booleans, text

from tests.search.projects import MakeProject, OpenEngine
from tui.search.query import Filter, Pattern, Phrase, Query, QueryError, Word, read_query
from tui.search.tree import written


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
    for source in ("near(words)", "and or", "wor*ds", "^words", "{words}", "words/x", '"', "/"):
        engine.search(read_query(source))
    for source in ("words near", "not or and", "* words", "'words'", "words + -", "AND, / words"):
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
        ("good -(bad)", 5, "left out"),
        ("war (peace", 4, "not closed"),
        ("war (peace OR (treaty)", 4, "not closed"),
        ("war) peace", 3, "closes nothing"),
        ("war () peace", 4, "empty"),
        ("war ( ) peace", 4, "empty"),
        ("OR war", 0, "OR has nothing before"),
        ("war OR", 4, "OR has nothing after"),
        ("war OR OR peace", 4, "OR has nothing after"),
        ("war OR )", 4, "OR has nothing after"),
        ("AND war", 0, "AND has nothing before"),
        ("war AND", 4, "AND has nothing after"),
        ("war AND AND peace", 4, "AND has nothing after"),
        ("war NOT", 4, "NOT has nothing"),
        ("NOT", 0, "NOT has nothing"),
        ("war NOT ...", 4, "NOT has nothing"),
        ("NEAR/5 war", 0, "NEAR/5 has nothing before"),
        ("war NEAR/5", 4, "NEAR/5 has nothing after"),
        ("war NEAR peace", 4, "needs a number"),
        ("war NEAR/x peace", 4, "needs a number"),
        ("war NEAR/1000 peace", 4, "needs a number"),
        ("war NEAR/5 (peace treaty)", 11, "Beside NEAR stands"),
        ("NOT war NEAR/5 peace", 0, "Beside NEAR stands"),
        ("war NEAR/5 doc:x", 11, "Beside NEAR stands"),
        ("war NEAR/5 /pe.ce/", 11, "Beside NEAR stands"),
        ("a NEAR/2 b NEAR/3 c", 11, "cannot follow"),
        ("a SENTENCE b PARAGRAPH c", 13, "cannot follow"),
        ("SENTENCE war", 0, "SENTENCE has nothing before"),
        ("/usr/bin", 0, "no / at its end"),
        ("war /tes(t/", 8, "cannot be read"),
        ("/a**/", 3, "cannot be read"),
        ("stem:klingon war", 5, "no stems"),
        ("war OR stem:english", 7, "no words beside"),
        ("stem:english", 0, "no words beside"),
        ("stem:english stem:german war", 13, "twice"),
        ("war -in:memos", 4, "not known"),
        ("(" * 50 + "war" + ")" * 50, 40, "inside each other"),
        ("NOT " * 50 + "war", 160, "inside each other"),
    ],
)
def test_a_wrong_query_is_marked_at_its_place(source: str, at: int, said: str) -> None:
    with pytest.raises(QueryError, match=re.escape(said)) as caught:
        compile_expressions(read_query(source))
    assert (caught.value.at, caught.value.query) == (at, source)
    assert caught.value.hint
    if not any(word in said for word in _NOT_UNFINISHED):
        # While it is being typed it is not wrong yet.
        read_query(source, typing=True)


_NOT_UNFINISHED = (
    *("takes no value", "needs a number", "Beside NEAR", "cannot follow", "inside each other"),
    "not known",
)


def compile_expressions(query: Query) -> None:
    """Compile the expressions of a query, as a search does."""
    from tui.search.pattern import compiled

    for term in query.terms():
        if isinstance(term, Pattern):
            compiled(term)


@pytest.mark.parametrize(
    ("source", "meant"),
    [
        ("war peace OR treaty", "(war peace) OR treaty"),
        ("war AND peace OR treaty AND truce", "(war peace) OR (treaty truce)"),
        ("war NOT peace OR treaty", "(war (NOT peace)) OR treaty"),
        ("NOT war peace", "(NOT war) peace"),
        ("war NEAR/3 peace treaty", "(war NEAR/3 peace) treaty"),
        ("war SENTENCE peace OR treaty", "(war SENTENCE peace) OR treaty"),
        ("a SENTENCE (b OR c) SENTENCE d", "(a SENTENCE (b OR c) SENTENCE d)"),
        ("NOT war-time", "NOT (war time)"),
        ("war-time NEAR/3 peace", '"war-time" NEAR/3 peace'),
        ("(code:R1+ OR code:R2+)NOT doc:x", "(code:R1+ OR code:R2+) (NOT doc:x)"),
        ("doc:report(1) war", 'doc:"report(1)" war'),
        ("(doc:report(1))", 'doc:"report(1)"'),
        ("((war))", "war"),
        ("word(s)", "word s"),
    ],
)
def test_what_binds_more_is_joined_first(source: str, meant: str) -> None:
    assert shape(read_query(source)) == shape(read_query(meant))


PIECES = (
    *("AND", "OR", "NOT", "NEAR/3", "NEAR", "NEAR/x", "SENTENCE", "PARAGRAPH", "(", ")", "/", "-"),
    *("war", "peace", "well-known", "北京大学", "大", "ｶﾞｯ", "ヿト", "don't", "AND,", "U.S.", "½"),
    *("code:R1+", "-code:X", "uncoded:", 'doc:"a b"', 'doc:a"b', "year>=2013", "in:memos", "in:x"),
    *("stem:english", "stem:x", "coder:", "-coder:bob", "-bad", "cod:R1", "doc:x(1)", "doc:x)"),
    *(
        "\\",
        "/a(b/",
        "/a b/",
        "/[[a]/",
        "/(a+)+/",
        "\x00",
        "\ud800",
        "\u202e",
        '"',
        '"a b"',
        " ",
        "",
    ),
)


@pytest.mark.parametrize("seed", range(4))
def test_any_string_is_a_query_or_an_error_with_a_place(seed: int) -> None:
    rng = random.Random(seed)
    understood = 0
    for _ in range(2_500):
        pieces = [rng.choice(PIECES) for _ in range(rng.randint(1, 9))]
        source = "".join(piece + rng.choice(("", " ", " ")) for piece in pieces)
        if rng.random() < 0.1:
            source = "".join(chr(rng.choice((rng.randrange(33, 127), 32))) for _ in range(20))
        understood += _survives(source)
    assert understood > 500


@given(text(max_size=40), booleans())
def test_any_text_is_a_query_or_an_error_with_a_place(source: str, typing: bool) -> None:
    _survives(source)
    if typing:
        with suppress(QueryError):
            read_query(source, typing=True)


def _survives(source: str) -> bool:
    """Read a query; what can be read can be written and read again; tell whether it could."""
    for typing in (True, False):
        try:
            query = read_query(source, typing=typing)
        except QueryError as error:
            assert 0 <= error.at <= len(source), source
            assert error.query == source
            assert error.message
            assert error.hint
            continue
        if not typing:
            assert shape(read_query(written(query))) == shape(query), (source, written(query))
            return True
    return False


def shape(query: Query) -> object:
    """Return a tree as plain values, without places; stretches of Han are numbered anew."""
    runs: dict[int, int] = {}

    def plain(value: object) -> object:
        if isinstance(value, list):
            return [plain(part) for part in value]
        if isinstance(value, Word):
            run = value.run and (runs.setdefault(value.run[0], len(runs)), value.run[1])
            return (value.text, value.cased, value.fuzzy, run)
        names = [name for name in getattr(value, "__slots__", ()) if name not in _PLACES]
        if not names:
            return value
        return (type(value).__name__, *(plain(getattr(value, name)) for name in sorted(names)))

    return plain(query.root)


_PLACES = ("at", "value_at", "query", "written")


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
