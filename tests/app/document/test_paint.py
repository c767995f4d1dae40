"""One row as runs, and the margin beside it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.app.document.samples import texts
from tui.app.division import MEASURE
from tui.app.document.cells import cluster_starts, without_loose_joiners
from tui.app.document.gutter import geometry
from tui.app.document.paint import FOCUSED, HIT, PLAIN, SELECTED, runs
from tui.text.safe import make_visible

MARKS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 60), st.sampled_from([SELECTED, FOCUSED, HIT])),
    max_size=4,
)


def test_looks_add_up_where_marks_overlap() -> None:
    found = runs("one two three", 0, 13, [(0, 7, SELECTED), (4, 13, HIT)])
    assert found == [("one ", SELECTED), ("two", SELECTED | HIT), (" three", HIT)]


def test_unmarked_text_is_one_run_without_its_trailing_blanks() -> None:
    assert runs("one two  \n", 4, 10, []) == [("two", PLAIN)]
    assert runs("\n", 0, 1, [(0, 1, SELECTED)]) == []


def test_a_mark_that_ends_inside_a_sign_takes_all_of_it() -> None:
    assert runs("xe\u0301y", 0, 4, [(2, 3, FOCUSED)]) == [
        ("x", PLAIN),
        ("e\u0301", FOCUSED),
        ("y", PLAIN),
    ]


def test_tabs_are_drawn_as_spaces_to_the_next_stop() -> None:
    assert runs("ab\tc", 0, 4, [(0, 1, SELECTED)]) == [("a", SELECTED), ("b  c", PLAIN)]


@given(texts(), MARKS)
def test_runs_draw_the_whole_row_and_part_no_sign(
    text: str, marks: list[tuple[int, int, int]]
) -> None:
    shown = without_loose_joiners(make_visible(text.replace("\n", " "), tabs=True))
    painted = runs(shown, 0, len(shown), marks)
    drawn = "".join(part for part, _ in painted)
    assert drawn == "".join(part for part, _ in runs(shown, 0, len(shown), []))
    assert sum(cell_len(part) for part, _ in painted) == cell_len(drawn)
    signs = set(cluster_starts(drawn))
    offset = 0
    for part, _ in painted:
        assert offset in signs
        offset += len(part)


@given(st.integers(20, 300), st.integers(0, 10**6))
def test_the_columns_fit_the_pane(pane: int, passages: int) -> None:
    for screen in (pane, pane + 26, pane + 60):
        shape = geometry(pane, screen, passages)
        assert shape.text <= MEASURE
        names = shape.names + 2 if shape.names else 0
        assert shape.margin + shape.text + names <= pane


def test_the_specimen_screens_have_five_and_eight_lanes() -> None:
    small, large = geometry(54, 80, 212), geometry(108, 160, 212)
    assert (small.margin, small.lanes, small.text, small.names) == (11, 5, 43, 0)
    assert (large.margin, large.lanes, large.text) == (15, 8, 72)
    assert large.names == 19
    assert geometry(74, 100, 212).names >= 16
