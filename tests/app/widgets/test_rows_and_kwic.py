from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style

from tests.app.screens.stage import HOSTILE
from tui.app.document.cells import width
from tui.app.widgets.kwic import Excerpt, in_line, last_cells
from tui.app.widgets.rows import MATCH, clip, column, columns, marked, strip_of, wrapped
from tui.text.safe import make_line

TEXTS = st.one_of(
    st.text(max_size=80),
    st.sampled_from(HOSTILE),
    st.text("aé漢🇫🇷👩\u200d\u0301\t\x1b\u202e […]", max_size=60),
)


@given(TEXTS, st.integers(0, 90))
def test_a_clipped_line_fits_and_is_safe(text: str, cells: int) -> None:
    line = clip(text, cells)
    assert width(line) <= cells
    assert make_line(line) == line


@given(TEXTS, st.integers(1, 60), st.booleans())
def test_a_field_of_a_table_has_its_width(text: str, cells: int, right: bool) -> None:
    assert width(column(text, cells, right=right)) == cells


@given(TEXTS, TEXTS, st.integers(1, 100))
def test_a_row_is_as_wide_as_its_place(left: str, right: str, cells: int) -> None:
    strip = strip_of(columns([(left, Style())], [(right, MATCH)], cells), cells, Style())
    assert strip.cell_length == cells
    assert cell_len(strip.text) == cells


@given(TEXTS, st.integers(8, 80), st.integers(0, 6))
def test_wrapped_text_stays_within_its_rows(text: str, cells: int, most: int) -> None:
    rows = wrapped(text, cells, most)
    assert len(rows) <= most
    assert all(sum(width(part) for part, _ in row) <= cells for row in rows)


@given(st.text("ab ", max_size=30), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40))))
def test_marking_keeps_every_character_once(text: str, places: list[tuple[int, int]]) -> None:
    assert "".join(part for part, _ in marked(text, places)) == text


@given(TEXTS, st.integers(0, 40))
def test_the_end_of_a_line_fits(text: str, cells: int) -> None:
    line = make_line(text)
    assert width(last_cells(line, cells)) <= cells


def test_hits_stand_under_each_other() -> None:
    rows = [
        in_line("the old mill ran on water", [(8, 12)], 40, 12),
        in_line("mill", [(0, 4)], 40, 12),
        in_line("漢字漢字漢字漢字漢字 mill", [(11, 15)], 40, 12),
    ]
    for row in rows:
        before = []
        for text, look in row:
            if look == MATCH:
                break
            before.append(text)
        assert sum(width(text) for text in before) == 12
        assert ("mill", MATCH) in row


def test_text_beyond_the_row_is_said_to_go_on() -> None:
    row = in_line("a" * 50 + " mill " + "b" * 50, [(51, 55)], 30, 10)
    line = "".join(text for text, _ in row)
    assert line.startswith("…") and line.endswith("…")
    assert width(line) <= 30


def test_an_excerpt_shows_the_hit_bright_and_the_words_found_marked() -> None:
    excerpt = Excerpt("¶3", "It rained. The mill ran. It stopped.", (11, 24), [(15, 19)])
    rows, at = excerpt.rows(12, 4)
    assert at == 1
    looks = {text: look for row in rows for text, look in row}
    assert looks["mill"] == MATCH
    assert looks["It rained. "].dim
    assert not looks["The "].dim
