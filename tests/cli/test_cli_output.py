"""Formats of results: what reaches a terminal, a pipe, a spreadsheet, a program."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.cli import output
from tui.cli.output import Column, csv_cell, escape_field, plain, visible
from tui.errors import QualError
from tui.text.safe import make_visible, unguard_formula

COLUMNS = (
    Column("key", "key"),
    Column("count", "count", right=True),
    Column("text", "text", fill=True),
)
RECORDS = [
    {"key": "工资", "count": 12, "text": "a\tb\nc"},
    {"key": "R1", "count": 3, "text": "=1+1 | \x1b[31m" + "long " * 40},
]


def written(form: output.Format, capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    output.write_records(RECORDS, COLUMNS, form)
    return capsys.readouterr().out


def test_a_pipe_gets_one_escaped_line_for_each_result(capsys: pytest.CaptureFixture[str]) -> None:
    lines = written("tsv", capsys).splitlines()
    assert lines[0] == "工资\t12\ta\\tb\\nc"
    assert len(lines) == 2 and lines[1].count("\t") == 2
    assert "\x1b" not in lines[1]


def test_a_terminal_gets_columns_aligned_by_cells_and_cut_to_its_width(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    lines = written("table", capsys).splitlines()
    assert lines[0] == "key   count  text"
    assert lines[1] == "工资     12  a b c"
    assert lines[2].startswith("R1        3  =1+1")
    assert len(lines[2]) == 40 and lines[2].endswith("…")


def test_markdown_cells_cannot_break_their_table(capsys: pytest.CaptureFixture[str]) -> None:
    lines = written("md", capsys).splitlines()
    assert lines[1] == "|---|---:|---|"
    assert all(line.replace("\\|", "").count("|") == 4 for line in lines)


def test_json_lines_carry_the_schema_and_no_controls(capsys: pytest.CaptureFixture[str]) -> None:
    records = [json.loads(line) for line in written("json", capsys).splitlines()]
    assert [record["schema"] for record in records] == [1, 1]
    assert records[0]["text"] == "a\tb\nc"
    assert records[1]["text"].startswith("=1+1 | ␛[31m")


def test_csv_names_its_columns_and_guards_formulas(capsys: pytest.CaptureFixture[str]) -> None:
    rows = list(csv.reader(io.StringIO(written("csv", capsys), newline="")))
    assert rows[0] == ["key", "count", "text"]
    assert rows[1] == ["工资", "12", "a\tb\nc"]
    assert rows[2][2].startswith("'=1+1")


@given(st.text())
def test_a_csv_cell_comes_back_as_what_was_shown(text: str) -> None:
    rows = list(csv.reader(io.StringIO(f"{csv_cell(text)},end\n", newline="")))
    assert [unguard_formula(rows[0][0]), rows[0][1]] == [make_visible(text, tabs=True), "end"]


@given(st.text())
def test_a_field_of_a_pipe_is_one_line_and_can_be_read_back(text: str) -> None:
    escaped = escape_field(text)
    assert "\t" not in escaped and len(escaped.splitlines()) <= 1
    back = escaped.replace("\\\\", "\0").replace("\\t", "\t").replace("\\n", "\n")
    assert back.replace("\0", "\\") == make_visible(text, tabs=True)


@given(st.recursive(st.none() | st.integers() | st.text(), lambda v: st.lists(v, max_size=3)))
def test_what_is_visible_has_the_shape_and_lengths_of_what_was_given(value: object) -> None:
    shown = visible(value)
    if isinstance(value, str):
        assert isinstance(shown, str) and len(shown) == len(value)
        assert "\x1b" not in shown and "\u202e" not in shown
    elif isinstance(value, Sequence):
        assert isinstance(shown, Sequence) and len(shown) == len(value)
    else:
        assert shown == value


def test_values_are_said_in_words() -> None:
    assert [plain(each) for each in (None, True, False, 2.0, 3)] == ["", "yes", "", "2.00", "3"]
    assert plain({"year": "1993", "kind": "brief"}) == "year=1993 kind=brief"
    assert plain(["R1", "R2"]) == "R1, R2"


class Full(io.StringIO):
    def flush(self) -> None:
        raise OSError(28, "No space left on device")


class Closed(io.StringIO):
    def write(self, _: str) -> int:
        raise BrokenPipeError(32, "Broken pipe")


def test_a_full_disk_under_stdout_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", Full())
    with pytest.raises(QualError, match="No space left on device"):
        output.flush()


def test_a_reader_that_went_away_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", Closed())
    with pytest.raises(output.PipeClosed):
        output.write_line("x")


def test_two_formats_at_once_are_refused() -> None:
    with pytest.raises(QualError, match="exclude each other"):
        output.choose_format(True, "csv")
    with pytest.raises(QualError, match="no format 'xml'"):
        output.choose_format(False, "xml")
    assert output.choose_format(False, "md") == "md"
    assert output.choose_format(True) == "json"
