"""Saved searches in place of their names, before a query is read."""

from __future__ import annotations

import pytest

from tests.tiny import draft
from tui.project.edits.documents import import_document
from tui.project.edits.searches import rename_search, save_search
from tui.project.project import Project
from tui.search.engine import Engine
from tui.search.query import QueryError, read_query
from tui.search.saved import expand


@pytest.fixture
def saved(project: Project) -> Project:
    save_search(project, "tests", "tired test")
    save_search(project, "either", "mill OR rain")
    save_search(project, "both", "@tests @either")
    save_search(project, "paid", "stem:english paying")
    return project


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("mill", "mill"),
        ("@tests", "tired test"),
        ("  @TESTS  year>=2013", "  tired test  year>=2013"),
        ("@either", "(mill OR rain)"),
        ("NOT @tests", "NOT (tired test)"),
        ("(@tests) snow", "(tired test) snow"),
        ("@both", "(tired test (mill OR rain))"),
        ('a@tests.org @ "@tests" /@tests/ x', 'a@tests.org @ "@tests" /@tests/ x'),
        ("@tests.", "tired test."),
        ("@paid", "(stem:english paying)"),
        ("@paid alway", "(stem:english paying) alway"),
        ("NOT (@paid OR mill)", "NOT ((stem:english paying) OR mill)"),
    ],
)
def test_a_name_is_replaced_by_what_was_saved(saved: Project, written: str, meant: str) -> None:
    assert expand(saved.db, written).text == meant


def test_a_place_in_what_was_put_in_is_the_place_of_the_name(saved: Project) -> None:
    found = expand(saved.db, "a @tests b @either c")
    assert found.text == "a tired test b (mill OR rain) c"
    for sign, at in (("a t", 0), ("test", 2), (" b", 8), ("b", 9), ("OR", 11), ("c", 19)):
        assert found.place(found.text.rindex(sign)) == at, sign
    assert found.place(len(found.text)) == len("a @tests b @either c")


def test_a_name_that_is_none_or_leads_back_to_itself_is_shown_where_it_stands(
    saved: Project,
) -> None:
    with pytest.raises(QueryError, match="no saved search @tets") as wrong:
        expand(saved.db, "mill @tets")
    assert wrong.value.at == 5 and wrong.value.hint == "Saved: @tests."
    rename_search(saved, "tests", "old")
    save_search(saved, "tests", "@both")
    with pytest.raises(QueryError, match="leads back to itself"):
        expand(saved.db, "@both")


def test_the_language_of_a_saved_search_speaks_of_its_own_words_alone(saved: Project) -> None:
    text = "They pay always.\n\nShe pays him.\n\nThe payment is late.\n\nHe paying bills."
    import_document(saved, draft("wages", text))
    engine = Engine(saved.db, "zoe")

    def found(query: str) -> list[str]:
        asked = read_query(expand(saved.db, f"{query} doc:wages").text)
        return [hit.text for hit in engine.search(asked, by_place=True).hits]

    paid = ["They pay always.", "She pays him.", "He paying bills."]
    assert found("@paid") == found("(@paid)") == found("((@paid))") == paid
    assert found("(@paid OR payment)") == [*paid[:2], "The payment is late.", paid[2]]
    assert found("(@paid) bill") == found("@paid bill") == paid[2:]
    # "alwasy" has letters wrong: no stem reaches it, but nobody asked for one there.
    assert found("(@paid) alwasy") == found("alwasy @paid") == paid[:1]
    assert found("NOT (@paid)") == ["The payment is late."]
    assert found("(stem:english paying alwasy)") == []
