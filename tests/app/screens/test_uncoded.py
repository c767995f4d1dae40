from __future__ import annotations

import pytest

from tui.app.screens.search.uncoded import with_uncoded
from tui.search.query import QueryError, read_query


@pytest.mark.parametrize(
    ("query", "narrowed"),
    [
        ("", "uncoded:"),
        ("kiln", "kiln uncoded:"),
        ("kiln lit", "kiln lit uncoded:"),
        ("kiln OR mill", "(kiln OR mill) uncoded:"),
        ("(kiln OR mill) lit", "(kiln OR mill) lit uncoded:"),
        ("(a OR b) NOT (c OR d)", "(a OR b) NOT (c OR d) uncoded:"),
        ('"kiln OR mill"', '"kiln OR mill" uncoded:'),
        ('"say uncoded: twice"', '"say uncoded: twice" uncoded:'),
        ("@wet", "@wet uncoded:"),
        ("-code:C1 kiln", "-code:C1 kiln uncoded:"),
    ],
)
def test_only_hits_without_a_code_are_asked_for_and_then_all_again(
    query: str, narrowed: str
) -> None:
    assert with_uncoded(query) == narrowed
    assert with_uncoded(narrowed) == query
    if "@" not in query:
        assert [one.name for one in read_query(narrowed).filters()][-1] == "uncoded"


def test_it_is_taken_away_wherever_it_stands_and_an_unfinished_query_stays() -> None:
    assert with_uncoded("kiln uncoded: lit") == "kiln lit"
    assert with_uncoded("uncoded: kiln") == "kiln"
    for unfinished in ('"kiln', "(kiln OR", "kiln OR"):
        with pytest.raises(QueryError):
            with_uncoded(unfinished)
