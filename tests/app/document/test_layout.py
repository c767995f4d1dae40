"""Wrapping: every character in exactly one row, no row too wide, no sign taken apart."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.app.document.samples import texts
from tui.app.document.cells import cluster_starts, width, without_loose_joiners
from tui.app.document.layout import NARROWEST, row_of, wrap
from tui.text.safe import make_visible

WIDTHS = st.integers(NARROWEST, 80)


def _rows(text: str, cells: int) -> list[str]:
    starts = wrap(text, cells)
    return [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


def _shown(text: str) -> str:
    return without_loose_joiners(make_visible(text, tabs=True))


@given(texts(60), WIDTHS)
def test_rows_follow_on_each_other_and_cover_the_text(text: str, cells: int) -> None:
    starts = wrap(_shown(text), cells)
    assert starts[0] == 0
    assert starts == sorted(set(starts))
    assert starts[-1] < len(text)


@given(texts(60), WIDTHS)
@example("wordaatired  \u202eabc\u202cनमस्ते \u0301", 21)
def test_no_row_is_wider_than_the_width(text: str, cells: int) -> None:
    for row in _rows(_shown(text), cells):
        assert width(row.rstrip(" \t\n\u3000")) <= cells


@given(texts(60), WIDTHS)
def test_no_row_begins_inside_a_sign(text: str, cells: int) -> None:
    shown = _shown(text)
    signs = set(cluster_starts(shown))
    assert all(start in signs for start in wrap(shown, cells))


@given(texts(40), WIDTHS)
def test_an_offset_is_found_in_the_row_that_holds_it(text: str, cells: int) -> None:
    starts = wrap(_shown(text), cells)
    ends = [*starts[1:], len(text)]
    for offset in range(len(text)):
        row = row_of(starts, offset)
        assert starts[row] <= offset < ends[row]


@given(st.lists(st.sampled_from(["the", "mill", "opened", "in", "well-known"]), min_size=1))
def test_words_that_fit_are_not_broken(words: list[str]) -> None:
    text = " ".join(words)
    for row in _rows(text, 12):
        assert all(part in {*words, "well-", "known"} for part in row.split())


def test_rows_are_as_full_as_they_can_be() -> None:
    assert _rows("aaa bbb ccc ddd", 11) == ["aaa bbb ccc ", "ddd"]
    assert _rows("aaa bbb ccc", 8) == ["aaa bbb ", "ccc"]


def test_plain_and_other_text_wrap_alike() -> None:
    words = "the quick brown fox jumps over lazy dogs and well-known cats again and again "
    for cells in range(NARROWEST, 40):
        plain = wrap(words + "end", cells)
        mixed = wrap(words + "数", cells)
        assert plain[:-1] == mixed[: len(plain) - 1]


def test_trailing_blanks_hang_over_the_edge() -> None:
    assert _rows("12345678      next", 8) == ["12345678      ", "next"]
    assert _rows("12345678      ", 8) == ["12345678      "]


def test_a_line_end_ends_the_row() -> None:
    assert _rows("one\ntwo\n\nthree", 20) == ["one\n", "two\n", "\n", "three"]
    assert _rows("one\n", 20) == ["one\n"]


def test_chinese_breaks_between_signs_but_not_before_a_full_stop() -> None:
    assert _rows("一二三四五。六", 10) == ["一二三四", "五。六"]


def test_a_tab_goes_on_to_the_next_stop() -> None:
    assert _rows("a\tb\tc\td", 10) == ["a\tb\tc\t", "d"]


def test_a_word_longer_than_the_row_is_cut_at_its_edge() -> None:
    assert _rows("x" * 20, 8) == ["x" * 8, "x" * 8, "x" * 4]


def test_an_empty_text_is_one_row() -> None:
    assert wrap("", 20) == [0]


@pytest.mark.parametrize("piece", ["word ", "x", "数", "e\u0301", "🇩🇪", "क्", "\t", " "])
def test_very_long_lines_wrap(piece: str) -> None:
    line = (piece * 100_000)[:100_000]
    starts = wrap(line, 72)
    assert starts[-1] < len(line)
    assert len(starts) <= 100_000 // 8 + 1


def test_too_narrow_a_width_is_refused() -> None:
    with pytest.raises(ValueError, match="7 cells"):
        wrap("text", 7)
