"""What a query with joints finds by hand-made examples, where its hits lie, and what it refuses."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.search.projects import MakeProject, OpenEngine
from tests.search.test_search_filters import DOCUMENTS, SHOW_BOB, STATEMENTS
from tui.project.spans import UNITS
from tui.search.engine import LIVE_LIMIT, Engine
from tui.search.grammar import LANGUAGES
from tui.search.query import QueryError, read_query
from tui.search.stems import FIRST_STAYS
from tui.search.typed import read_typed

TEXTS = [
    "The war began. Nobody spoke of peace then. A treaty ended the war.",
    "Peace came. Then came the treaty of peace.",
    "War and more war.",
    "学生的阅读能力. 教师认为标准很高",
]


def ids(engine: object, source: str) -> list[int]:
    return [hit.passage_id for hit in engine.search(read_query(source), by_place=True).hits]  # type: ignore[attr-defined]


def assert_streamed(engine: Engine, source: str) -> None:
    """Hits that come one by one must be those that come at once, whatever of them is wanted."""
    query = read_query(source)
    listed = [row for rows in engine.passages(query).values() for row in rows]
    for unit in UNITS:
        once = [
            (hit.passage_id, hit.start, hit.end, hit.hits)
            for hit in engine.search(query, unit=unit, by_place=True).hits
        ]
        assert once == [
            (hit.passage_id, hit.start, hit.end, hit.hits)
            for hit in engine.hits(query, listed, unit=unit)
        ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("war OR peace", [1, 2, 3]),
        ("NOT war", [2, 4]),
        ("treaty NOT war", [2]),
        ("NOT (war OR peace)", [4]),
        ("NOT NOT war", [1, 3]),
        ("(war OR peace) treaty", [1, 2]),
        ("treaty NEAR/2 war", [1]),
        ("treaty NEAR/1 war", []),
        ("war NEAR/2 treaty", [1]),
        ("war NEAR/2 war", [3]),
        ('"peace then" NEAR/1 treaty', [1]),
        ("(nobody OR ended) NEAR/3 (peace OR treaty)", [1]),
        ("war SENTENCE treaty", [1]),
        ("war SENTENCE peace", []),
        ("war PARAGRAPH peace", [1]),
        ("came SENTENCE treaty SENTENCE peace", [2]),
        ("/tre.ty/ SENTENCE war", [1]),
        ("treaty NOT (war SENTENCE treaty)", [2]),
        ("学生 NEAR/1 阅读", [4]),
        ("学生 NEAR/0 阅读", []),
        ("生 NEAR/2 能", []),
        ("生 NEAR/3 能", [4]),
        ("阅读能力 NEAR/4 标准", [4]),
        ("学生 SENTENCE 教师", []),
        ("教师 SENTENCE 标准", [4]),
        ("/pe.ce/ OR 学", [1, 2, 4]),
        ("/w[a]r/ NOT /pea/", [3]),
        ("doc:d NOT war", [2, 4]),
    ],
)
def test_joints_join(
    source: str, expected: list[int], make_project: MakeProject, open_engine: OpenEngine
) -> None:
    engine = open_engine(make_project({"d": TEXTS}))
    assert ids(engine, source) == expected
    assert engine.count(read_query(source)) == len(expected)
    passages = engine.passages(read_query(source))
    assert sorted(row for rows in passages.values() for row in rows) == expected
    assert_streamed(engine, source)


@pytest.mark.parametrize(
    ("source", "span", "marks"),
    [
        ("(nobody OR ended) treaty", "A treaty ended the war.", ["treaty", "ended"]),
        ("treaty NEAR/2 war", "A treaty ended the war.", ["treaty", "war"]),
        ("war SENTENCE treaty", "A treaty ended the war.", ["treaty", "war"]),
        ("peace (war OR none)", "The war began. Nobody spoke of peace then.", None),
        ("began OR ended", "The war began.", ["began"]),
        ("war NOT none", "The war began.", ["war"]),
        ("NOT none", TEXTS[0], []),
        ("doc:d OR none", TEXTS[0], []),
        ("doc:d OR began", "The war began.", ["began"]),
        ("spoke NEAR/1 peace", "Nobody spoke of peace then.", ["spoke", "peace"]),
    ],
)
def test_a_hit_is_the_smallest_run_of_sentences_that_makes_the_query_fit(
    source: str,
    span: str,
    marks: list[str] | None,
    make_project: MakeProject,
    open_engine: OpenEngine,
) -> None:
    engine = open_engine(make_project({"d": [TEXTS[0]]}))
    (hit,) = engine.search(read_query(source)).hits
    assert hit.text == span
    if marks is not None:
        assert [TEXTS[0][a:b].lower() for a, b in hit.hits] == marks
    (pair,) = engine.search(read_query("spoke NEAR/1 peace"), unit="hit").hits
    assert pair.text == "spoke of peace"
    assert engine.places(read_query("spoke NEAR/1 peace"), [1]) == [(22, 27), (31, 36)]


def test_passages_that_fit_as_typed_come_before_those_with_letters_wrong(
    make_project: MakeProject, open_engine: OpenEngine
) -> None:
    engine = open_engine(make_project({"d": ["a peacce treaty", "no war", "peace treaty war"]}))
    hits = engine.search(read_query("(peace treaty) OR war")).hits
    assert [hit.passage_id for hit in hits] == [3, 2, 1]
    assert all(0 <= hit.score <= 1 for hit in hits)


@pytest.fixture
def project(make_project: MakeProject) -> Path:
    return make_project(DOCUMENTS, *STATEMENTS, SHOW_BOB)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("(code:R1+ OR year>=2013) NOT doc:brief-1993", [3, 4]),
        ("uncoded: OR year<2000", [1, 2, 4, 5]),
        ("code:R1 OR code:R1-1", [1, 3]),
        ("code:R1+ coder:bob", [3]),
        ("(code:R1 OR code:R1-1) coder:ann", [1]),
        ("(code:R1+ coder:bob) OR (code:C1 coder:ann)", [1, 2, 3]),
        ("NOT coder:bob", [1, 2, 4, 5]),
        ("-coder:bob", [1, 2, 4, 5]),
        ("coder:ann OR coder:bob", [1, 2, 3]),
        ("uncoded: coder:bob", [1, 2, 4, 5]),
        ("school NOT (code:R1 OR role=teacher)", [2, 3, 4]),
    ],
)
def test_filters_stand_anywhere_in_the_tree(
    source: str, expected: list[int], project: Path, open_engine: OpenEngine
) -> None:
    assert ids(open_engine(project), source) == expected


def test_a_place_belongs_to_the_alternative_that_names_it(
    project: Path, open_engine: OpenEngine
) -> None:
    engine = open_engine(project)

    def kinds(source: str) -> list[str]:
        hits = engine.search(read_query(source), by_place=True).hits
        return sorted("code" if h.code else "memo" if h.memo else "text" for h in hits)

    assert kinds("(school in:memos) OR tired") == ["memo", "memo", "text"]
    assert kinds("(school OR tired) in:memos") == ["memo", "memo"]
    assert kinds("tired OR (root in:codes)") == ["code", "text"]
    assert kinds("school NOT bob in:memos") == ["memo"]
    assert kinds("school in:memos coder:bob") == ["memo"]
    assert kinds("school in:memos -code:R1") == ["memo"]
    # Words that only the codebook has are found there, with letters wrong too.
    assert kinds("othr in:codes") == ["code"]


@pytest.mark.parametrize(
    ("source", "at", "said"),
    [
        ("school OR code:R9", 15, "no code R9"),
        ("NOT doc:brief-1994", 8, "no document"),
        ("coder:ann coder:bob code:R1", 10, "stands twice"),
        ("coder:ann coder:bob", 10, "stands twice"),
        ("(uncoded: OR school) in:memos", 1, "cannot be asked"),
        ("school NOT (tired in:memos)", 7, "left out"),
    ],
)
def test_a_wrong_filter_is_marked_wherever_it_stands(
    source: str, at: int, said: str, project: Path, open_engine: OpenEngine
) -> None:
    with pytest.raises(QueryError, match=said) as caught:
        open_engine(project).search(read_query(source))
    assert (caught.value.at, caught.value.query) == (at, source)


def test_stems_reach_the_forms_of_a_word_and_no_others(
    make_project: MakeProject, open_engine: OpenEngine
) -> None:
    texts = [
        "they argued",
        "an argument",
        "Arguing on",
        "argus eyes",
        "школами",
        "школа",
        "школьник",
        "gewerkt",
    ]
    engine = open_engine(make_project({"d": texts}), warm=True)
    assert ids(engine, "argue") == [1, 4]
    assert ids(engine, "stem:english argues") == [1, 3]
    assert ids(engine, "stem:english Argues") == [3]
    assert ids(engine, "stem:russian школе") == [5, 6]
    # Stemmers that take beginnings off compare all words.
    assert ids(engine, "stem:dutch werken") == [8]
    assert ids(engine, "stem:english roots in:codes") == []
    assert ids(engine, "(stem:english arguing) OR (stem:russian школы)") == [1, 3, 5, 6]
    assert ids(engine, "stem:english (argue OR eye) NOT on") == [1, 4]
    # A language that is still being typed says nothing; one that there is not is named at once.
    live = engine.search(read_query("argue stem:eng", typing=True), typing=True)
    assert {hit.passage_id for hit in live.hits} == {1, 4}
    with pytest.raises(QueryError, match="no stems for 'klingon'"):
        read_typed("stem:klingon argues")
    assert ids(engine, "stem:English argues") == [1, 3]
    live = engine.search(read_query("stem:english argu", typing=True), typing=True)
    assert {hit.passage_id for hit in live.hits} == {1, 2, 3, 4}


def test_every_language_has_a_stemmer_and_those_that_keep_the_first_letter_do() -> None:
    import snowballstemmer

    assert set(LANGUAGES) <= set(snowballstemmer.algorithms())
    assert set(LANGUAGES) >= FIRST_STAYS
    rng = random.Random(1)
    words = ["dying", "ties", "yes", "skies", "ski", "queen", "herr", "ss"]
    for alphabet in ("abcdeghilmnorstuy", "абвгдежзиклмнопрстуыья"):
        words += ["".join(rng.choices(alphabet, k=rng.randint(1, 9))) for _ in range(400)]
    for language in sorted(FIRST_STAYS):
        stem = snowballstemmer.stemmer(language).stemWord
        assert [word for word in words if stem(word)[:1] != word[0]] == [], language


def test_what_is_being_typed_is_never_an_error_and_soon_finds(
    make_project: MakeProject, open_engine: OpenEngine
) -> None:
    engine = open_engine(make_project({"d": TEXTS}), warm=True)
    whole = '(treaty OR "more war") NEAR/4 peace OR /beg[ai]n/ NOT (war SENTENCE none) doc:d'
    for end in range(len(whole) + 1):
        query = read_query(whole[:end], typing=True)
        if whole[:end].endswith("doc:"):
            continue
        engine.search(query, limit=LIVE_LIMIT, typing=True, partial=5)
    assert ids(engine, whole) == [1, 2]
    live = read_query("war NOT (peace OR trea", typing=True)
    assert [h.passage_id for h in engine.search(live, typing=True).hits] == [3]
    live = read_query("came (none OR trea", typing=True)
    assert [h.passage_id for h in engine.search(live, typing=True).hits] == [2]
