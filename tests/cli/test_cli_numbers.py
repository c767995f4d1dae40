"""Count, matrix and tables: what is printed is what was counted, with its basis."""

from __future__ import annotations

import csv
import io

import pytest

from tests.cli.conftest import Qual


@pytest.fixture
def coded(qual: Qual) -> Qual:
    """Give the tiny project with two coders on the same words and attributes on both documents."""
    qual("code", "letter", "0:10", "C2")
    qual("code", "letter", "8:15", "C2")
    qual("code", "letter", "10:20", "C2", "--coder", "bob")
    qual("code", "talk", "5:24", "C2")
    qual("coders", "show", "bob")
    qual("attr", "set", "--doc", "letter", "year=1911")
    qual("attr", "set", "--doc", "talk", "year=999")
    qual("attr", "set", "--case", "Ada", "role=clerk")
    return qual


def test_a_code_is_counted_on_every_basis(coded: Qual) -> None:
    records = {each["code"]: each for each in coded("count", "--json").records}
    weather = records["C2"]
    chars = sum(each["chars"] for each in coded("docs", "--json").records)
    assert (weather["direct"], weather["refs_merged"], weather["documents"]) == (4, 3, 2)
    assert weather["chars"] == 20 + 19
    assert weather["coverage"] == pytest.approx(100 * 39 / chars)
    assert [records["C1"][basis] for basis in ("direct", "aggregated", "subtree")] == [1, 2, 3]
    assert records["C1"]["chars_subtree"] == 24 + 27
    assert records["C1"]["documents"] == records["C1"]["documents_subtree"] == 1


def test_the_total_counts_spans_and_passages_once(coded: Qual) -> None:
    (total,) = coded("count", "--total", "--json").records
    wanted = ("segments", "refs_merged", "codes_used", "documents", "spans", "passages")
    assert [total[name] for name in wanted] == [7, 6, 4, 2, 6, 2]
    assert total["coders"] == ["zoe", "bob"]


def test_the_sum_of_subtrees_over_the_top_is_the_number_of_segments(coded: Qual) -> None:
    records = coded("count", "--json").records
    (total,) = coded("count", "--total", "--json").records
    assert sum(each["subtree"] for each in records if each["level"] == 1) == total["segments"]
    assert sum(each["direct"] for each in records) == total["segments"]


def test_the_basis_is_said_beside_the_numbers(coded: Qual) -> None:
    err = coded("count").err
    assert "7 segments by zoe, bob in 2 of 2 documents; 6 references when" in err
    assert "basis of each code: subtree" in coded("matrix", "--level", "1").err


def test_counts_can_be_narrowed_and_say_when_nothing_is_there(coded: Qual) -> None:
    assert [row[0] for row in coded("count", "C2", "c1").rows] == ["C1", "C2"]
    assert [row[0] for row in coded("count", "--used", "--doc", "talk").rows] == ["C2"]
    clerk = coded("count", "C2", "--attr", "role=clerk", "--json").records[0]
    spoken = 34 + 18  # the two turns of Ada
    assert clerk["coverage"] == pytest.approx(100 * 19 / spoken, rel=0.05)
    assert coded("count", "C2", "--coder", "bob", "--json").records[0]["direct"] == 1
    assert coded("count", "--case", "Ben").code == 1


def test_columns_of_an_attribute_stand_in_the_order_of_its_numbers(coded: Qual) -> None:
    rows = coded("matrix", "--by", "year", "--json").records
    assert list(rows[0]["cells"]) == ["999", "1911"]
    assert [row["cells"] for row in rows if row["code"] == "C2"] == [{"999": 1, "1911": 3}]
    assert "Columns: code, name, 999, 1911, all" in coded("matrix", "--by", "year").err


def test_a_matrix_of_a_level_takes_the_whole_branch(coded: Qual) -> None:
    rows = {row["code"]: row for row in coded("matrix", "--level", "1", "--json").records}
    assert rows["C1"]["cells"] == {"letter": 3, "talk": 0}
    assert rows["C2"]["all"] == 4
    two = coded("matrix", "--level", "2", "--json")
    assert [row["code"] for row in two.records] == ["C1-1"]
    assert "In no row: 5 segments of codes above level 2." in two.err


def test_cells_count_what_is_asked(coded: Qual) -> None:
    def row(*words: str) -> list[float]:
        (record,) = coded("matrix", "--code", "C2", "--json", *words).records
        return [*record["cells"].values(), record["all"]]

    assert row() == [3, 1, 4]
    assert row("--cells", "refs") == [2, 1, 3]
    assert row("--cells", "chars") == [20, 19, 39]
    assert row("--cells", "documents") == [1, 1, 2]
    assert row("--cells", "coverage")[0] == pytest.approx(
        100 * 20 / coded("docs", "--json").records[0]["chars"]
    )
    assert row("--by", "coder") == [3, 1, 4]
    assert row("--by", "case") == [1, 0, 4]
    assert row("--by", "role") == [1, 3, 4]  # clerk, (none), all


def test_rates_are_per_thousand_words_of_the_column(coded: Qual) -> None:
    (record,) = coded("matrix", "--code", "C2", "--rate", "--doc", "talk", "--json").records
    words = [
        "We",
        "met",
        "on",
        "Fridays",
        "It",
        "rained",
        "It",
        "always",
        "rained",
        "👩",
        "Yes",
        "always",
        "Ada",
        "Ben",
        "Ada",
    ]
    assert record["per_1000_words"] is True
    assert record["cells"]["talk"] == pytest.approx(1000 / len(words))
    assert coded("matrix", "--rate", "--cells", "coverage").code == 2


def test_a_matrix_is_a_table_for_spreadsheets_and_papers(coded: Qual) -> None:
    rows = list(csv.reader(io.StringIO(coded("matrix", "--format", "csv").out)))
    assert rows[0] == ["code", "name", "letter", "talk", "all"]
    assert rows[-1] == ["C2", "Weather", "3", "1", "4"]
    lines = coded("matrix", "--format", "md").lines
    assert lines[0] == "| code | name | letter | talk | all |"


def test_the_tables_of_the_study_stand_one_under_the_other_with_their_basis(coded: Qual) -> None:
    text = coded("report", "tables").out
    heads = [line for line in text.splitlines() if line.startswith("## ")]
    assert heads == [
        "## Table 1. First-level codes (2)",
        "## Table 2. Second-level codes (1)",
        "## Table 3. Third-level codes (1)",
        "## Basis of counting",
    ]
    assert "| C1 Work | C1-1 Pay | C1-1-1 | Wages | 1 | 1 | 1 | 1 | 1 |" in text
    assert "7 segments by zoe, bob" in text


def test_the_tables_are_one_plain_table_as_csv(coded: Qual) -> None:
    rows = list(csv.DictReader(io.StringIO(coded("report", "tables", "--format", "csv").out)))
    assert [(row["table"], row["code"], row["subtree"]) for row in rows] == [
        ("1", "C1", "3"),
        ("1", "C2", "4"),
        ("2", "C1-1", "2"),
        ("3", "C1-1-1", "1"),
    ]
    assert rows[3]["level_1"] == "C1 Work" and rows[3]["level_2"] == "C1-1 Pay"
    assert [
        each["code"] for each in coded("report", "tables", "--level", "1", "--json").records
    ] == [
        "C1",
        "C2",
    ]
    assert coded("report", "tables", "--level", "4").code == 2
