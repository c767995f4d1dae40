"""Cells: widths, clusters, and where a sign may be parted from the next."""

from __future__ import annotations

from bisect import bisect_right

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.app.document.samples import texts
from tui.app.document.cells import (
    MAX_CLUSTER_CELLS,
    cluster_starts,
    clusters,
    expand_tabs,
    fit,
    is_plain,
    offset_at,
    width,
    without_loose_joiners,
)
from tui.text.graphemes import is_boundary
from tui.text.safe import make_visible


def test_plain_characters_are_one_cell_and_never_join() -> None:
    for number in range(0x20, 0x10000):
        char = chr(number)
        if is_plain(char):
            assert cell_len(char) == 1, hex(number)
            for neighbour in ("a", "\u0915", "\u1100", "\U0001f1e9"):
                assert is_boundary(neighbour + char, 1), hex(number)


def test_latin_cyrillic_and_hebrew_letters_are_plain() -> None:
    assert is_plain("“Naïve”, she said – Übung № … Женя שלום")


@pytest.mark.parametrize(
    "sign", ["e\u0301", "👩‍👩‍👧‍👦", "👍🏽", "🇩🇪", "क्ष", "नि", "한", "ね\u3099", "❤️"]
)
def test_a_sign_is_one_cluster(sign: str) -> None:
    assert cluster_starts(f"a{sign}b")[1:] in ([1, 1 + len(sign)],)


def test_flags_pair_from_the_left() -> None:
    assert cluster_starts("🇩🇪🇫🇷🇩") == [0, 2, 4]


@given(texts())
def test_clusters_cover_the_text_and_split_no_grapheme(text: str) -> None:
    found = clusters(text)
    assert "".join(text[start:end] for start, end, _ in found) == text
    for start, end, _ in found:
        assert is_boundary(text, start) or width(text[start:end]) <= MAX_CLUSTER_CELLS


@given(texts(60))
def test_a_long_conjunct_is_never_wider_than_the_limit(text: str) -> None:
    chained = "क्" * 40 + text
    assert all(cells <= MAX_CLUSTER_CELLS for _, _, cells in clusters(chained))


@given(texts())
def test_the_cells_of_clusters_add_up_to_the_cells_of_the_text(text: str) -> None:
    shown = without_loose_joiners(make_visible(text.replace("\t", " ").replace("\n", " ")))
    assert len(shown) == len(text)
    assert sum(cells for _, _, cells in clusters(shown)) == cell_len(shown)


@given(texts(), st.integers(0, 10))
@example("\u200d\t", 0)
@example("👩\u200d\u200d\t\t\u200d\u200d\u200d\tx", 3)
def test_tabs_expand_to_what_was_measured(text: str, column: int) -> None:
    line = text.replace("\n", " ")
    assert cell_len(expand_tabs(line, column)) == width(line, column)


@given(texts(), st.integers(0, 40))
def test_fitted_text_is_never_wider(text: str, cells: int) -> None:
    shown = without_loose_joiners(make_visible(text.replace("\t", " ").replace("\n", " ")))
    fitted = fit(shown, cells)
    assert width(fitted) <= cells
    if width(shown) > cells > 0:
        assert fitted.endswith("…")


@given(texts(8))
def test_the_sign_over_a_column_is_found_again(text: str) -> None:
    line = without_loose_joiners(make_visible(text.replace("\n", " "), tabs=True))
    starts = cluster_starts(line)
    for start in starts:
        column = width(line[:start])
        if width(line[: start + 1]) > column:
            found = offset_at(line, column)
            assert found == starts[bisect_right(starts, start) - 1]


def test_a_column_right_of_the_text_is_its_last_sign() -> None:
    assert offset_at("数据", 40) == 1
    assert offset_at("ab", 40) == 1
    assert offset_at("", 3) == 0
