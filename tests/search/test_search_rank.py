"""Order, spans and marks of hits; what a live list shows while someone types."""

from __future__ import annotations

import tracemalloc

import pytest

from tests.search.projects import MakeProject, OpenEngine
from tui.search.engine import LIVE_LIMIT, Cancelled
from tui.search.query import read_query

TEXTS = [
    "Tierd tesst everywhere in shcools.",  # letters wrong
    "The tests came. Nobody was tired. The schools went on.",  # as typed, far apart
    "Tired tests schools.",  # as typed, close, in order
    "Tired tests and nothing else.",  # misses one
    "Nothing of it.",
]


def test_as_typed_comes_before_letters_wrong_and_those_before_a_missed_word(
    make_project: MakeProject, open_engine: OpenEngine
) -> None:
    engine = open_engine(make_project({"d": TEXTS}))
    query = read_query("tired tests schools")
    loose = engine.search(query, loose=True)
    assert [hit.passage_id for hit in loose.hits] == [3, 2, 1, 4]
    marked = engine.search(query, partial=5)
    assert [(hit.passage_id, hit.partial) for hit in marked.hits] == [
        (3, False),
        (2, False),
        (1, False),
        (4, True),
    ]
    assert (marked.total, marked.partial) == (3, 1)
    assert [hit.passage_id for hit in engine.search(query).hits] == [3, 2, 1]
    assert [hit.passage_id for hit in engine.search(query, limit=2).hits] == [3, 2]
    assert all(0 <= hit.score <= 1 for hit in loose.hits)


def test_a_pasted_page_of_one_word_costs_no_more_than_the_word(
    make_project: MakeProject, open_engine: OpenEngine
) -> None:
    engine = open_engine(make_project({"d": ["漢字" * 3_000, "mill " * 3_000, "a mill"]}))
    for word, found in (("漢字", [1]), ("mill ", [2, 3])):
        query = read_query(word * 200)
        tracemalloc.start()
        hits = engine.search(query, limit=10, typing=True, partial=10).hits
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert sorted(hit.passage_id for hit in hits if not hit.partial) == found
        assert most < 20_000_000, "each word of the query kept each place of the text"


def test_of_passages_that_miss_a_short_word_those_that_almost_have_it_come_first(
    make_project: MakeProject, open_engine: OpenEngine
) -> None:
    texts = ["tests of the schools", "tests in bold schools", "tests by old schools"]
    engine = open_engine(make_project({"d": texts}))
    found = engine.search(read_query("tests odd schools"), partial=2)
    assert (found.total, found.partial) == (0, 2)
    assert [hit.passage_id for hit in found.hits] == [3, 1]
    assert engine.search(read_query("tests odd schools"), limit=1, partial=1).hits[0].partial


def test_a_hit_spans_the_smallest_run_of_whole_sentences(
    make_project: MakeProject, open_engine: OpenEngine
) -> None:
    text = "First one. The tests came. Nobody was tired. Tests again, tired again. Last."
    engine = open_engine(make_project({"x": ["before"], "d": [text]}))

    def span(source: str, unit: str = "sentence") -> str:
        (hit,) = engine.search(read_query(source), unit=unit).hits  # type: ignore[arg-type]
        assert hit.text == text[hit.start : hit.end]
        for start, end in hit.hits:
            assert hit.start <= start < end <= hit.end
        return hit.text

    assert span("tired tests") == "Tests again, tired again."
    assert span("nobody came") == "The tests came. Nobody was tired."
    assert span("nobody came", "hit") == "came. Nobody"
    assert span("nobody came", "paragraph") == text


def test_order_of_place_is_that_of_documents(
    make_project: MakeProject, open_engine: OpenEngine
) -> None:
    path = make_project(
        {"b": ["word", "word word"], "a": ["word"]},
        "UPDATE documents SET position = 3 - position",
    )
    hits = open_engine(path).search(read_query("word"), by_place=True).hits
    assert [(hit.document, hit.number) for hit in hits] == [("a", 1), ("b", 1), ("b", 2)]


def test_a_stretch_of_han_with_one_wrong_character_is_a_partial_match(
    make_project: MakeProject, open_engine: OpenEngine
) -> None:
    engine = open_engine(make_project({"d": ["教师认为学生的阅读能力", "别的"]}))
    for source in ("认为学牛的阅", "认为学的阅", "认为学生们的阅", "从为学生"):
        found = engine.search(read_query(source), partial=5)
        assert (found.total, [hit.passage_id for hit in found.hits]) == (0, [1]), source


def test_a_phrase_of_han_is_found_across_a_sign_between_its_characters(
    make_project: MakeProject, open_engine: OpenEngine
) -> None:
    texts = ["价教师. 学校北京", "教师学校", "师 学，校", "学校教师"]
    engine = open_engine(make_project({"d": texts}))
    assert [hit.passage_id for hit in engine.search(read_query('"师学校"')).hits] == [1, 2, 3]
    assert engine.search(read_query('"师学"')).total == 3
    assert engine.search(read_query('"师"')).total == 4


def test_the_word_being_typed_is_completed_even_when_mistyped(
    make_project: MakeProject, open_engine: OpenEngine
) -> None:
    engine = open_engine(make_project({"d": ["testing of schools", "standards"]}), warm=True)

    def live(source: str) -> list[int]:
        query = read_query(source, typing=True)
        return [hit.passage_id for hit in engine.search(query, limit=LIVE_LIMIT, typing=True).hits]

    assert live("tes") == [1]
    assert live("school tset") == [1]
    assert live("stadnar") == [2]
    assert live("stan ") == []
    assert live('"testing o') == []
    assert live("code:") == []


def test_a_live_list_is_bounded_and_says_so(
    make_project: MakeProject, open_engine: OpenEngine
) -> None:
    engine = open_engine(make_project({"d": [f"word number{n}" for n in range(600)]}), warm=True)
    found = engine.search(read_query("word", typing=True), limit=LIVE_LIMIT, typing=True)
    assert (len(found.hits), found.shown_total()) == (LIVE_LIMIT, "150+")
    assert engine.search(read_query("word"), limit=3).shown_total() == "600"


def test_a_warm_engine_sees_words_that_came_later(
    make_project: MakeProject, open_engine: OpenEngine
) -> None:
    from tests.search.projects import fill

    path = make_project({"d": ["old"]})
    engine = open_engine(path, warm=True)
    assert engine.count(read_query("later")) == 0
    import sqlite3

    db = sqlite3.connect(path, isolation_level=None)
    fill(db, {"e": ["later"]})
    db.close()
    assert engine.search(read_query("latter")).total == 1


def test_a_search_stops_when_told(make_project: MakeProject, open_engine: OpenEngine) -> None:
    engine = open_engine(make_project({"d": ["word"]}))
    with pytest.raises(Cancelled):
        engine.search(read_query("word"), cancelled=lambda: True)


@pytest.mark.parametrize("source", ["tired", "tired tests", '"tired tests"', "tests doc:e", "x"])
def test_the_places_of_hits_by_document_are_those_of_the_search(
    make_project: MakeProject, open_engine: OpenEngine, source: str
) -> None:
    engine = open_engine(make_project({"d": TEXTS, "empty": ["Nothing."], "e": TEXTS[:3]}))
    query = read_query(source)
    found: dict[int, set[tuple[int, int]]] = {}
    for hit in engine.search(query).hits:
        assert hit.document_id is not None
        found.setdefault(hit.document_id, set()).update(hit.hits)
    passages = engine.passages(query)
    places = {document: engine.places(query, ids) for document, ids in passages.items()}
    assert places == {document: sorted(spans) for document, spans in found.items()}
    assert list(passages) == sorted(passages)


def test_a_character_of_hundreds_of_pairs_is_found_whole_and_bounded_while_typed(
    make_project: MakeProject, open_engine: OpenEngine
) -> None:
    # Each passage has two pairs with 中 that no other has: one begins with it, one ends so.
    texts = [f"中{chr(0x5000 + at)}{chr(0x6000 + at)}中。" for at in range(400)]
    texts += ["中", "它中", "中它", "nothing of it"]
    engine = open_engine(make_project({"d": texts}), warm=True)
    assert engine.count(read_query("中")) == 403
    assert engine.search(read_query("中"), limit=5).total == 403
    live = engine.search(read_query("中", typing=True), limit=LIVE_LIMIT, typing=True)
    assert (len(live.hits), live.shown_total()) == (LIVE_LIMIT, f"{LIVE_LIMIT}+")
    narrow = engine.search(read_query("它 中", typing=True), limit=LIVE_LIMIT, typing=True)
    assert {hit.text for hit in narrow.hits} >= {"中它"}
    again = engine.search(read_query("中", typing=True), limit=LIVE_LIMIT, typing=True)
    assert [hit.hits for hit in again.hits] == [hit.hits for hit in live.hits]


def test_a_live_list_of_known_passages_says_what_a_fresh_one_says(
    make_project: MakeProject, open_engine: OpenEngine
) -> None:
    texts = [
        *TEXTS,
        "It's the tired teacher's tests, tests of tests.",
        "Tésts der Straße: tired schöne Schools; tired.",
        "tired" + "x" * 80 + " tests schools tired.",
        "学校の試験 tired tests 学校。",
    ]
    path = make_project({"d": texts})
    warm = open_engine(path, warm=True)
    for source in ("tired tes", "tired test", "tired tests s", "tired tests schoo", "tired 学校"):
        query = read_query(source, typing=True)
        fresh = open_engine(path, warm=True)
        one, two = (
            e.search(query, limit=LIVE_LIMIT, typing=True, partial=5) for e in (warm, fresh)
        )
        cold = open_engine(path).search(query, limit=LIVE_LIMIT, typing=True, partial=5)
        told = [[(h.passage_id, h.score, h.hits) for h in f.hits] for f in (one, two, cold)]
        assert told[0] == told[1] == told[2]
