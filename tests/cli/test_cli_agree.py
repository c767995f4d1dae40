"""Agreement as a command: what is printed is what was counted, over what both have read."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Qual


@pytest.fixture
def two(qual: Qual) -> Qual:
    """Give the tiny project where zoe and bob have read two passages together."""
    qual("code", "letter", "0:10", "C2")
    qual("code", "letter", "0:20", "C2", "--coder", "bob")
    qual("code", "talk", "0:20", "C2", "--coder", "bob")
    qual("code", "talk", "0:20", "C1")
    return qual


def test_hidden_coders_are_named_and_nothing_is_told_of_them(two: Qual) -> None:
    answer = two("agree")
    assert (answer.code, answer.out) == (1, "")
    assert "Only one coder here." in answer.err and "qual coders show NAME" in answer.err
    assert two("agree", "--coder", "bob", "--coder", "zoe").code == 2


def test_one_coder_is_told_how_another_comes(qual: Qual) -> None:
    answer = qual("agree")
    assert answer.code == 1
    assert "Only one coder here." in answer.err and "`qual import --coder`" in answer.err


def test_tables_are_over_what_both_have_read(two: Qual) -> None:
    two("coders", "show", "bob")
    answer = two("agree", "--json")
    rows = {row["code"]: row for row in answer.records}
    letter, talk = 52, 34  # the two passages that both have read
    weather = rows["C2"]
    assert weather["coders"] == ["zoe", "bob"]
    counts = [weather[name] for name in ("n11", "n10", "n01", "n00")]
    assert counts == [10, 0, 30, letter + talk - 40]
    assert weather["rare"] is True and weather["segments"] == 3
    assert rows["C1"]["n10"] == 24 + 20 and rows["C1"]["kappa"] == 0
    assert weather["alpha_low"] is None, "two passages are too few"
    assert "2 paragraphs that both have read: 86 characters; 4 are left out" in answer.err
    assert "zoe turned on the codings of bob" in answer.err
    both = two("agree", "--by", "both", "--code", "C2", "--json").records
    assert [(row["document"], row["n11"]) for row in both] == [("letter", 10), ("talk", 0)]
    by_document = two("agree", "--by", "document", "--unit", "paragraph", "--json").records
    assert [row["document"] for row in by_document] == ["letter", "talk"]


def test_the_three_averages_stand_by_their_names(two: Qual) -> None:
    two("coders", "show", "bob")
    rows = two("agree", "--total", "--unit", "sentences", "--json").records
    assert [row["average"] for row in rows] == [
        "mean",
        "length-weighted mean",
        "pooled",
        "sets of codes",
    ]
    assert rows[3]["alpha"] is not None and rows[3]["kappa"] is None
    assert rows[2]["cells"] == 8 and rows[2]["paragraphs"] == 2
    lines = two("agree", "--total", "--format", "md").lines
    assert lines[0].startswith("| over all | cells | % | kappa | alpha | 95 % | AC1 |")


def test_complete_agreement_without_variation_is_said_so(two: Qual) -> None:
    two("coders", "show", "bob")
    two("code", "letter", "0:52", "C2")
    two("code", "letter", "0:52", "C2", "--coder", "bob")
    two("uncode", *[str(row["id"]) for row in two("codings", "--doc", "talk", "--json").records])
    wanted = ("--doc", "letter", "--code", "C2", "--by", "both")
    assert "1 (no variation)" in two("agree", *wanted).out
    (row,) = two("agree", *wanted, "--json").records
    assert (row["kappa"], row["no_variation"], row["alpha"]) == (1.0, True, None)


def test_more_than_two_coders_have_pairs_and_one_alpha(two: Qual) -> None:
    two("code", "letter", "0:20", "C2", "--coder", "eve")
    two("coders", "show", "--all")
    (row,) = two("agree", "--code", "C2", "--doc", "letter", "--json").records
    assert row["coders"] == ["zoe", "bob", "eve"] and row["n11"] is None
    assert [pair["coders"] for pair in row["pairs"]] == [
        ["zoe", "bob"],
        ["zoe", "eve"],
        ["bob", "eve"],
    ]
    assert row["pairs"][2]["kappa"] == 1
    assert row["kappa"] == pytest.approx(sum(pair["kappa"] for pair in row["pairs"]) / 3)


def test_places_are_listed_and_decided_as_one_step(two: Qual) -> None:
    two("coders", "show", "bob")
    two("agree", "decide", "letter", "25:52", "C1-1", "later")
    found = two(
        "agree", "places", "--doc", "talk", "--code", "C1", "--code", "C2", "--json"
    ).records
    places = [(row["document"], row["code"], row["who"]) for row in found]
    assert places == [
        ("talk", "C1", "zoe"),
        ("talk", "C2", "bob"),
    ]
    assert two("agree", "places", "--doc", "letter", "--code", "C2").code == 1, "one sentence"
    edges = two("agree", "places", "--unit", "character", "--code", "C2", "--json").records
    assert (edges[0]["who"], edges[0]["first"], edges[0]["second"]) == (
        "edges",
        [[0, 10]],
        [[0, 20]],
    )
    act = two("agree", "decide", "talk", "0:20", "C2", "second", "--json").records[0]
    assert act["action"] == "agreement.decide" and "the other's way" in act["subject"]
    mine = two("codings", "--doc", "talk", "--code", "C2", "--coder", "zoe", "--json").records
    assert [(row["start"], row["end"]) for row in mine] == [(0, 20)]
    two("agree", "decide", "talk", "0:20", "C1", "first")
    rows = two("agree", "places", "--json").records
    assert {row["code"]: row["decision"] for row in rows if row["document"] == "talk"} == {
        "C1": "first"
    }
    waiting = two("agree", "places", "--open", "--json").records
    assert {row["code"]: row["decision"] for row in waiting} == {
        "C1": None,
        "C1-1": "later",
        "C1-1-1": None,
    }
    two("undo", "-n", "2")
    assert two("codings", "--doc", "talk", "--code", "C2", "--coder", "zoe").code == 1
    assert two("agree", "decide", "talk", "0:20", "C1", "maybe").code == 2
    assert two("agree", "places", "--coder", "zoe").code == 2
