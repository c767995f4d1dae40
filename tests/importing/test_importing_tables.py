from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tui.errors import QualError
from tui.importing.tables import CodingRow, read_attributes, read_codings
from tui.text.safe import guard_formula

HEAD = "document,coder,code,start,end,quote,important,memo\n"


def _write(folder: Path, name: str, data: str | bytes) -> str:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return str(path)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_attributes_in_any_delimiter_and_encoding(
    tmp_path: Path, delimiter: str, encoding: str
) -> None:
    rows = [["document", "год", "автор"], ["doc-1", "1993", "Анна; и, Пётр"], [], ["doc-2", "2000"]]
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    table = read_attributes(_write(tmp_path, "attributes.csv", text.getvalue().encode(encoding)))
    assert table.names == ("год", "автор")
    assert [(row.line, row.document, row.values) for row in table.rows] == [
        (2, "doc-1", ("1993", "Анна; и, Пётр")),
        (4, "doc-2", ("2000", "")),
    ]


def test_codings_are_read_with_their_lines(tmp_path: Path) -> None:
    text = HEAD + 'a,ann,R1-1,0,5,"Hello\nthere",1,"a ""memo"""\nb,,R2,7,9,,,\'=1+1\n'
    assert read_codings(_write(tmp_path, "codings.csv", text)) == (
        CodingRow(2, "a", "ann", "R1-1", 0, 5, "Hello\nthere", True, 'a "memo"'),
        CodingRow(4, "b", "", "R2", 7, 9, "", False, "=1+1"),
    )


def test_columns_of_codings_may_come_in_any_order(tmp_path: Path) -> None:
    text = "End,Start,Code,Document\n5,0,C1,a\n"
    (row,) = read_codings(_write(tmp_path, "codings.csv", text))
    assert (row.start, row.end, row.code, row.document) == (0, 5, "C1", "a")


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("document,code,start\na,b,0\n", 1, "the column end is missing"),
        (HEAD.replace("memo", "memmo"), 1, "nothing is known of the column memmo"),
        (HEAD.replace("memo", "quote"), 1, "two columns are called quote"),
        (HEAD.replace("memo", ""), 1, "column 8 has no name"),
        (HEAD + "a,b,c,0,5,,,\n,b,c,0,5,,,\n", 3, "the document is missing"),
        (HEAD + "a,b,,0,5,,,\n", 2, "the code is missing"),
        (HEAD + "a,b,c,x,5,,,\n", 2, "start is 'x', not a whole number"),
        (HEAD + "a,b,c,-1,5,,,\n", 2, "start is '-1', not a whole number"),
        (HEAD + "a,b,c,0,5.0,,,\n", 2, "end is '5.0', not a whole number"),
        (HEAD + "a,b,c,5,5,,,\n", 2, "the span 5:5 holds nothing"),
        (HEAD + "a,b,c,0,5,,maybe,\n", 2, "important is 'maybe'"),
        (HEAD + "a,b,c,0,5,,,m,extra\n", 2, "9 cells, but the first line names 8"),
        (HEAD + 'a,b,c,0,5,"x\n\n', 2, "the row cannot be read"),
    ],
)
def test_a_wrong_row_names_file_and_line(tmp_path: Path, text: str, line: int, why: str) -> None:
    with pytest.raises(QualError) as caught:
        read_codings(_write(tmp_path, "codings.csv", text))
    assert caught.value.message.startswith(f"codings.csv line {line}: ")
    assert why in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("name,year\na,1\n", "line 1: the first column is 'name'"),
        ("document,year\na,1\nb,2\na,3\n", "line 4: a stands in line 2 already"),
        ("document,year\n,1\n", "line 2: the document is missing"),
        (",,\n", "holds only empty cells"),
        ("", "is empty"),
    ],
)
def test_wrong_attributes_are_refused(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(QualError, match=why):
        read_attributes(_write(tmp_path, "attributes.csv", text))


def test_a_missing_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(QualError, match="does not exist"):
        read_codings(str(tmp_path / "codings.csv"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30))
def test_a_guarded_quote_comes_back(tmp_path: Path, quote: str) -> None:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["document", "code", "start", "end", "quote"])
    writer.writerow(["a", "c", "0", "1", guard_formula(quote)])
    path = _write(tmp_path, "codings.csv", text.getvalue())
    assert read_codings(path)[0].quote == quote


def test_a_cell_may_be_as_long_as_a_document(tmp_path: Path) -> None:
    before = csv.field_size_limit()
    quote = "word " * 100_000
    path = _write(tmp_path, "codings.csv", f"{HEAD}a,b,c,0,500000,{quote},,\n")
    assert read_codings(path)[0].quote == quote
    assert csv.field_size_limit() == before
