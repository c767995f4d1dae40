"""Filters are conditions on the passage; codings of hidden coders do not exist for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.search.projects import MakeProject, OpenEngine
from tui.search.query import QueryError, read_query

DOCUMENTS = {
    "brief-1993": ["School is tested. Teachers are tired.", "Nothing on school here."],
    "brief-2013": ["School again, untested.", "School at last."],
    "interview": ["School, she said."],
}
STATEMENTS = (
    "INSERT INTO codes (id, key, name, position, example) VALUES (1, 'R1', 'Root', 1, 'school')",
    "INSERT INTO codes (id, key, name, parent_id, position) VALUES (2, 'R1-1', 'Child', 1, 1)",
    "INSERT INTO codes (id, key, name, position) VALUES (3, 'C1', 'Other', 2)",
    "INSERT INTO codes (id, key, name, position) VALUES (4, 'P', 'Parental sorrow', 3)",
    "INSERT INTO codes (id, key, name, parent_id, position) VALUES (5, 'P-1', 'Below', 4, 1)",
    # ann: R1 on the first sentence of passage 1; C1 over passages 1 and 2. bob: R1-1 in passage 3.
    "INSERT INTO codings VALUES (1, 1, 0, 17, 1, 1, 0, 1, '', '')",
    "INSERT INTO codings VALUES (2, 1, 30, 50, 3, 1, 0, 1, '', '')",
    "INSERT INTO codings VALUES (3, 2, 0, 6, 2, 2, 0, 1, '', '')",
    """INSERT INTO attributes VALUES (1, 'year', 'number'), (2, 'role', 'text'),
       (3, 'made', 'date'), (4, 'date of birth', 'number')""",
    "INSERT INTO attribute_values (attribute_id, document_id, value) VALUES (1, 1, '1993')",
    "INSERT INTO attribute_values (attribute_id, document_id, value) VALUES (1, 2, '2013')",
    "INSERT INTO attribute_values (attribute_id, document_id, value) VALUES (3, 1, '1993-04-23')",
    "INSERT INTO attribute_values (attribute_id, document_id, value) VALUES (3, 2, '2013-02-12')",
    "INSERT INTO cases VALUES (1, 'Ada', 'speaker')",
    "INSERT INTO attribute_values (attribute_id, case_id, value) VALUES (2, 1, 'Teacher')",
    "INSERT INTO case_spans VALUES (1, 1, 3, NULL, NULL)",
    """INSERT INTO memos (id, kind, code_id, coder_id, text, created_at, updated_at)
       VALUES (1, 'code', 1, 1, 'school memo', '', '')""",
    """INSERT INTO memos (id, kind, document_id, start, end, coder_id, text, created_at, updated_at)
       VALUES (2, 'span', 1, 0, 6, 2, 'bob on school', '', '')""",
)
SHOW_BOB = "INSERT INTO shown_coders VALUES (1, 2)"


@pytest.fixture
def project(make_project: MakeProject) -> Path:
    return make_project(DOCUMENTS, *STATEMENTS)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("school", [1, 2, 3, 4, 5]),
        ("school code:R1", [1]),
        ("code:r1", [1]),
        ("code:R1+", [1]),
        ("code:C1", [1, 2]),
        ("school -code:C1", [3, 4, 5]),
        ("school uncoded:", [3, 4, 5]),
        ("-uncoded:", [1, 2]),
        ("code:C1 code:R1", [1]),
        ("school doc:brief-1993", [1, 2]),
        ("doc:brief-1993.txt tired", [1]),
        ("school doc:brief-*", [1, 2, 3, 4]),
        ("school -doc:interview", [1, 2, 3, 4]),
        ("school year>=2000", [3, 4]),
        ("school year<2000", [1, 2]),
        ("school year=2013.0", [3, 4]),
        ("school year!=2013", [1, 2, 5]),
        ("school -year=2013", [1, 2, 5]),
        ("role=teacher", [5]),
        ("role=teach*", [5]),
        ("role!=teach*", [1, 2, 3, 4]),
        ('"role" = teacher', [5]),
        ("school year >= 2000", [3, 4]),
        ("school made=2013", [3, 4]),
        ("school made<=2013", [1, 2, 3, 4]),
        ("school made>2013", []),
        ("school made<=2013-02", [1, 2, 3, 4]),
        ("school made>=1993-05", [3, 4]),
        ("school made!=1993", [3, 4, 5]),
        ('code:"root"', [1]),
        ('code:"Other" school', [1, 2]),
        ("school coder:ann", [1, 2]),
        ("coder:bob school", []),
    ],
)
def test_filters_leave_the_passages_that_fit(
    source: str, expected: list[int], project: Path, open_engine: OpenEngine
) -> None:
    engine = open_engine(project)
    found = engine.search(read_query(source), by_place=True)
    assert [hit.passage_id for hit in found.hits] == expected
    assert engine.count(read_query(source)) == len(expected) == found.total


def test_codings_of_others_count_once_they_are_turned_on(
    make_project: MakeProject, open_engine: OpenEngine
) -> None:
    path = make_project(DOCUMENTS, *STATEMENTS, SHOW_BOB, name="shown.qual")
    engine = open_engine(path)
    assert [hit.passage_id for hit in engine.search(read_query("code:R1-1")).hits] == [3]
    assert [hit.passage_id for hit in engine.search(read_query("coder:bob")).hits] == [3]
    assert engine.count(read_query("code:R1+")) == 2
    assert engine.count(read_query("code:R1+ coder:bob")) == 1
    assert engine.count(read_query("school uncoded:")) == 2
    assert open_engine(path, "bob").count(read_query("uncoded:")) == 4
    assert open_engine(path, "nobody").count(read_query("uncoded:")) == 5


def test_a_hidden_coder_is_said_to_be_hidden(project: Path, open_engine: OpenEngine) -> None:
    found = open_engine(project).search(read_query("coder:bob"))
    assert found.notes == ["The codings of bob are not turned on for ann."]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("role=teach", "Nothing has role=teach. Nearest: Teacher."),
        ("school role=boss", "Nothing has role=boss. There are: Teacher."),
        ("year>2013 OR school", "Nothing has year>2013. There are: 1993, 2013."),
        ("role!=boss", "Nothing has role=boss: all fit. There are: Teacher."),
        ("school code:P", "Nothing is coded with P itself; code:P+ takes in the codes below it."),
        ("x OR code:P", "Nothing is coded with P itself; code:P+ takes in the codes below it."),
    ],
)
def test_a_value_that_nothing_has_is_said_with_those_there_are(
    source: str, said: str, project: Path, open_engine: OpenEngine
) -> None:
    engine = open_engine(project)
    assert engine.search(read_query(source)).notes == [said]
    engine.count(read_query(source))
    assert engine.notes == [said]


def test_hits_show_the_visible_codes_of_their_own_span(
    project: Path, open_engine: OpenEngine
) -> None:
    engine = open_engine(project)
    codes = {hit.passage_id: hit.codes for hit in engine.search(read_query("school")).hits}
    assert codes == {1: ["R1"], 2: ["C1"], 3: [], 4: [], 5: []}
    whole = engine.search(read_query("school doc:brief-1993"), unit="paragraph", by_place=True)
    assert whole.hits[0].codes == ["R1", "C1"]


def test_memos_and_codes_are_searched_where_asked(project: Path, open_engine: OpenEngine) -> None:
    engine = open_engine(project)
    memos = engine.search(read_query("school in:memos")).hits
    assert [(hit.memo, hit.codes, hit.text) for hit in memos] == [(1, ["R1"], "school memo")]
    codes = engine.search(read_query("school in:codes")).hits
    assert [hit.code for hit in codes] == ["R1"]
    both = engine.search(read_query("school in:memos in:text"))
    assert both.total == len(both.hits) == 6
    assert engine.count(read_query("school in:memos")) == 1
    seen = open_engine(project, "bob").search(read_query("school in:memos")).hits
    assert [(hit.memo, hit.document, hit.start, hit.end) for hit in seen] == [
        (2, "brief-1993", 0, 6)
    ]


@pytest.mark.parametrize(
    ("source", "at", "said"),
    [
        ("school code:R9", 12, "no code R9"),
        ("doc:brief-1994", 4, "no document"),
        ("coder:an", 6, "no coder"),
        ("yera>=2000", 0, "no attribute yera"),
        ("x year>=soon", 8, "is a number"),
        ("made>2013-13-45", 5, "is a date"),
        ("made=2013-02-29", 5, "is a date"),
        ("date of birth=5", 0, "has to stand in quotes"),
        ("in:memos uncoded:", 9, "cannot be asked"),
    ],
)
def test_a_filter_on_nothing_is_refused_with_the_nearest_name(
    source: str, at: int, said: str, project: Path, open_engine: OpenEngine
) -> None:
    with pytest.raises(QueryError, match=said) as caught:
        open_engine(project).search(read_query(source))
    assert caught.value.at == at


def test_a_beginning_of_a_name_with_a_letter_wrong_is_known(
    project: Path, open_engine: OpenEngine
) -> None:
    with pytest.raises(QueryError, match="no document breif") as caught:
        open_engine(project).search(read_query("doc:breif"))
    assert "brief-" in caught.value.hint
    with pytest.raises(QueryError) as caught:
        open_engine(project).search(read_query("doc:Brief"))
    for source, hint in (
        ("code:sorow", "By name: P (Parental sorrow)."),
        ("code:R1,C1", "Write (code:R1 OR code:C1)."),
    ):
        with pytest.raises(QueryError) as refused:
            open_engine(project).search(read_query(source))
        assert refused.value.hint == hint
    assert caught.value.hint.startswith("All that begin so: doc:Brief*. Nearest: brief-1993")
