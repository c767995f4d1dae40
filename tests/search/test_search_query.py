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
from tui.search.typed import read_typed


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
    for source in ("near(words)", "and or", "^words", "{words}", "words/x", "words -> near?"):
        engine.search(read_query(source))
    for source in ("words near", "not or and", "- words", "'words'", "words + -", "AND, / words"):
        assert engine.search(read_query(source)).total == 1, source
    assert engine.search(read_query("")).total == 0


@pytest.mark.parametrize(
    ("source", "at", "said"),
    [
        ('tests "not closed', 6, "not closed"),
        ("tests code:", 6, "no value"),
        ("cod:R1", 0, "no filter"),
        ("a in:memo", 5, "no place"),
        ("uncoded:R1", 8, "takes no value"),
        ("a year>=", 2, "no value"),
        ("a year >= ", 2, "no value"),
        ("year = OR x", 0, "no value"),
        ("year => 5", 5, "no =>"),
        (">= 2013", 0, "No attribute"),
        ('a kind="brief"x', 14, "space is missing"),
        ("a year:2013", 2, "no filter year"),
        ("document:brief-1993", 0, "no filter document"),
        ("war near/5 peace", 4, "in capitals"),
        ("secur?ty", 5, "no letter"),
        ("sec*ty", 3, "at the end"),
        ("war * peace", 4, "at the end"),
        ("a* b", 1, "2 letters"),
        ("学校*", 2, "longer words"),
        ("well-known* NEAR/3 x", 5, "stand together"),
        ("security|nuclear", 8, "no joint"),
        ("war !security", 4, "by a !"),
        ("!(war)", 0, "by a !"),
        ("security 😀", 9, "no word"),
        ("😀 AND", 0, "no word"),
        ('  "', 2, "no word in this query"),
        ('""', 0, "no word in this query"),
        ("//", 0, "no word in this query"),
        ("!!! ???", 0, "no word in this query"),
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


@pytest.mark.parametrize(
    ("source", "way"),
    [
        ("/a/b", "a / inside is written \\/"),
        ("/war/i", "After the last / comes a space"),
        (r"/\p{L}+/", "is a letter"),
        ("/(?<=a+)b/", "one length"),
        ("/a{9999999999}/", "none so large"),
        ("https://example.org/x?y=1", "Quotes find the sign"),
    ],
)
def test_what_is_refused_says_what_to_write(source: str, way: str) -> None:
    with pytest.raises(QueryError) as caught:
        compile_expressions(read_query(source))
    assert way in caught.value.hint


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
    for source in ("http://example.org", "10:30", "note: this", "a ::", "a:b"):
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


@pytest.mark.parametrize(
    ("typed", "meaning", "missing"),
    [
        ("secur", "secur*", ""),
        ("secur ", "secur ", ""),
        ("a secur*", "a secur*", ""),
        ("nato,", "nato,", ""),
        ("a", "a", ""),
        ('war "of the', 'war "of the"', "quote"),
        ("学校", "学校", ""),
        ("/tes", "/tes/", "no / at its end"),
        ("/tes(", "", "no / at its end"),
        ("war OR", "war", "nothing after"),
        ("(war OR pea", "(war OR pea*)", "not closed"),
        ("war (", "war", "not closed"),
        ("war NEAR/", "war", "needs a number"),
        ("war NEAR/5", "war", "nothing after"),
        ("war NOT", "war", "nothing to leave"),
        ("war stem:engl", "war", "no stems"),
        ("stem:english", "", "no words beside"),
        ("war in:mem", "war", "no place"),
        ("war code:", "war", "no value"),
        ("war -cod", "war", "left out"),
        ("war year >", "war", "no value"),
        ('war -"date of', "war", "left out"),
        ("", "", ""),
    ],
)
def test_only_what_is_unfinished_at_the_end_is_let_pass(
    typed: str, meaning: str, missing: str
) -> None:
    found = read_typed(typed)
    assert (found.meaning, missing in getattr(found.missing, "message", "")) == (meaning, True)
    assert bool(found.missing) == bool(missing)
    if meaning:
        assert shape(read_query(meaning)) == shape(found.query)


@pytest.mark.parametrize(
    "wrong",
    [
        *("a) b", "in:foo x", "-word x", "security () war", "code: war", ") OR x", "cod:R1"),
        *("stem:klingon war", "NEAR/x war", "war NEAR x", "war OR)", "NOT war NEAR/5", "a|b"),
        *("war NEAR/5 (a b", "war NEAR/5 /(", "in:fo", "stem:engx", "😀", "s* x", "year:2"),
    ],
)
def test_what_no_ending_can_mend_is_wrong_while_it_is_typed(wrong: str) -> None:
    with pytest.raises(QueryError) as typed:
        read_typed(wrong)
    with pytest.raises(QueryError) as whole:
        read_query(wrong)
    said = [(e.value.message, e.value.hint, e.value.at) for e in (typed, whole)]
    assert said[0] == said[1]


ENDS = ("x", " x", '"', 'x"', "/", "x/", " 5", "5 x", "/5 x", "=1", '"=1', 'x"=1')
VALUES = ("in:", "stem:", "text", "memos", "codes", "english")


@pytest.mark.parametrize("seed", range(2))
def test_a_query_that_passes_while_typed_is_right_or_begins_one_that_is(seed: int) -> None:
    rng = random.Random(seed)
    passed = wrong = 0
    for _ in range(700):
        pieces = [rng.choice(PIECES) for _ in range(rng.randint(1, 6))]
        source = "".join(piece + rng.choice(("", " ", " ")) for piece in pieces)
        source = source[: rng.randint(1, len(source))] if source else "x"
        try:
            typed = read_typed(source)
        except QueryError as error:
            with pytest.raises(QueryError, match=re.escape(error.message)):
                read_query(source)
            wrong += 1
            continue
        if typed.meaning:
            assert shape(read_query(typed.meaning)) == shape(typed.query), source
        if typed.missing is not None:
            ends = [end + ")" * deep for end in ENDS for deep in range(5)]
            chunk = source.split(":")[-1].strip('"')
            ends += [f"{v[len(chunk) :]} x{')' * d}" for v in VALUES for d in range(5)]
            assert any(map(_is_right, (source + end for end in ends))), source
        else:
            assert _is_right(source), source
        passed += 1
    assert passed > 60 and wrong > 60


def _is_right(source: str) -> bool:
    with suppress(QueryError):
        read_query(source)
        return True
    return False
