"""Saved searches in place of their names, before a query is read."""

from __future__ import annotations

import pytest

from tui.project.edits.searches import rename_search, save_search
from tui.project.project import Project
from tui.search.query import QueryError
from tui.search.saved import expand


@pytest.fixture
def saved(project: Project) -> Project:
    save_search(project, "tests", "tired test")
    save_search(project, "either", "mill OR rain")
    save_search(project, "both", "@tests @either")
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
