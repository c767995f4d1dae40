"""``qual cluster``: what is printed of a tree, and the names that clusters are given."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Qual


@pytest.fixture
def coded(qual: Qual) -> Qual:
    """Give the tiny project with three codes on the same and on different paragraphs."""
    qual("code", "letter", "0:10", "C1", "C1-1")
    qual("code", "letter", "60:80", "C1", "C1-1", "C2")
    qual("code", "talk", "5:24", "C2")
    return qual


def test_codes_are_grouped_and_what_is_left_out_says_why(coded: Qual) -> None:
    answer = coded("cluster", "--min", "2", "--clusters", "2", "--json")
    rows = {row["code"]: row for row in answer.records}
    assert [rows[key]["cluster"] for key in ("C1", "C1-1", "C2", "C1-1-1")] == [1, 1, 2, None]
    assert rows["C1-1"]["joins"] == 1.0 and rows["C1"]["joins"] is None
    assert rows["C2"]["joins"] == pytest.approx(1 / 3) and rows["C2"]["columns"] == 2
    assert rows["C1-1-1"]["left_out"] == "fewer than 2 segments"
    assert (rows["C1"]["measure"], rows["C1"]["linkage"], rows["C1"]["by"]) == (
        "jaccard", "complete", "paragraph",
    )  # fmt: skip
    assert "3 codes in 2 clusters" in answer.err and "by zoe in 6 paragraphs" in answer.err
    assert "Cophenetic correlation 1.00." in answer.err


def test_undefined_similarities_are_printed_as_such(coded: Qual) -> None:
    words = ("--columns", "document", "--measure", "pearson", "--min", "1", "--show", "pairs")
    # In two documents r is 1, -1 or undefined.
    coded("code", "talk", "0:4", "C1-1-1")
    rows = coded("cluster", *words).rows
    assert ["C1", "C2", "undefined", ""] in rows and ["C1", "C1-1", "1.00", "1.00"] in rows
    assert "Fewer than 3 codes can be compared" in coded("cluster", *words[:-2]).err
    null = [row for row in coded("cluster", *words, "--json").records if row["similarity"] is None]
    assert len(null) == 5 and "5 pairs are undefined" in coded("cluster", *words).err


def test_the_tree_is_drawn_and_told_join_by_join(coded: Qual) -> None:
    drawn = coded("cluster", "--min", "2", "--show", "tree").lines
    assert "cut" in drawn[0] and "┬" in drawn[1] and "┘" in drawn[2]
    assert coded("cluster", "--min", "2", "--show", "joins").rows == [
        ["1.00", "2", "C1", "C1-1", "0"], ["0.33", "1", "C1, C1-1", "C2", "0"],
    ]  # fmt: skip
    assert coded("cluster", "--min", "2", "--format", "md").lines[0].startswith("| cluster |")
    assert "cluster_name" not in coded("cluster", "--min", "2", "--format", "csv").lines[0]


def test_a_level_takes_its_branches_and_a_scope_its_part(coded: Qual) -> None:
    few = coded("cluster", "--level", "1", "--min", "1")
    assert few.code == 1 and "Fewer than 3 codes have 1 segment." in few.err
    clerk = coded("cluster", "--case", "Ada", "--min", "1")
    assert clerk.code == 1
    letter = coded("cluster", "--doc", "letter", "--min", "2", "--json")
    assert letter.code == 1, "C2 is there but once"
    assert "in 3 paragraphs" in coded("cluster", "--doc", "letter", "--min", "1").err


def test_a_cluster_is_named_by_its_codes_and_the_name_is_a_memo(coded: Qual) -> None:
    coded("cluster", "name", "paid work", "C1-1", "C1")
    memo = coded("memo", "--on-project", "--json").records[0]["text"]
    assert memo == "Cluster: paid work\n\n[[C1 Work]]\n[[C1-1 Pay]]"
    named = coded("cluster", "--min", "2", "--clusters", "2", "--json").records
    assert [row["cluster_name"] for row in named[:3]] == ["paid work", "paid work", None]
    coded("cluster", "name", "work", "c1", "c1-1")
    assert len(coded("memo", "--on-project", "--json").records) == 1, "renamed, not named twice"
    coded("undo")
    named = coded("cluster", "--min", "2", "--clusters", "2", "--json").records
    assert named[0]["cluster_name"] == "paid work"
    coded("cluster", "name", "", "C1", "C1-1")
    assert coded("memo", "--on-project").code == 1
    assert "Nothing was changed" in coded("cluster", "name", "", "C1").err
    assert coded("cluster", "name", "x" * 90, "C1").code == 2
