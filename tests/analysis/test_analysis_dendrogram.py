"""The drawing of a tree: rows, signs, axis, and the same in words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.analysis.clusters import Dendrogram, Join, link
from tui.analysis.dendrogram import Axis, axis_of, draw, number, numbered, told, with_cut

#  Four items: 0 and 1 at .8, 2 and 3 at .9, both pairs at .4.
TREE = Dendrogram(4, [Join(2, 3, 0.9, 0), Join(0, 1, 0.8, 0), Join(5, 4, 0.4, 0)])


def test_a_node_sits_on_the_row_of_its_top_item_and_the_cut_is_a_column() -> None:
    axis = Axis(1.0, 0.0, 21)
    assert [with_cut(row, axis, 0.6) for row in draw(TREE, axis)] == [
        "────┬───┼───┬────────",
        "────┘   :   │        ",
        "──┬─────┼───┘        ",
        "──┘     :            ",
    ]
    assert axis.numbers(0.6).split() == ["1.0", "cut", ".60", "0"]
    assert Axis(1.0, 0.0, 61).numbers(0.3).split() == [
        "1.0", ".8", ".6", ".4", "cut", ".30", ".2", "0",
    ]  # fmt: skip
    assert numbered(TREE.clusters(0.6)) == {0: 1, 1: 1, 2: 2, 3: 2}


def test_joins_at_one_height_share_a_column() -> None:
    clique = Dendrogram(3, link([[1.0, 0.5, 0.5], [0.5, 1.0, 0.5], [0.5, 0.5, 1.0]], "complete"))
    assert draw(clique, Axis(1.0, 0.0, 11)) == ["─────┬─────", "─────┤     ", "─────┘     "]


def test_the_axis_takes_what_the_tree_needs_and_says_so() -> None:
    axis = axis_of(Dendrogram(3, [Join(0, 1, 0.23, 0), Join(3, 2, 0.04, 0)]), 0.0, 41)
    assert (round(axis.left, 9), axis.right) == (0.3, 0.0)
    assert axis.place(0.3) == 0 and axis.place(0.0) == 40
    both = axis_of(Dendrogram(2, [Join(0, 1, -0.5, 0)]), -1.0, 20)
    assert both.left > -0.5 > both.right >= -1.0
    assert [number(value) for value in (0.3, 1.0, -0.25, 0.0, -0.001, 0.0004, None)] == [
        ".30", "1.00", "-.25", "0", "-.001", "0", "–",
    ]  # fmt: skip
    assert number(0.999) == "1.00" and number(0.5, 1) == ".5"


def test_the_same_is_said_in_words() -> None:
    said = told(TREE)
    assert [(each.depth, each.other, each.others, each.size) for each in said] == [
        (0, -1, 0, 4), (1, 0, 1, 1), (1, 0, 2, 2), (2, 2, 1, 1),
    ]  # fmt: skip
    assert [each.similarity for each in said] == [1.0, 0.8, 0.4, 0.9]


@given(
    st.integers(2, 12).flatmap(
        lambda n: st.lists(
            st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.9, 1.0]),
            min_size=n * (n - 1) // 2,
            max_size=n * (n - 1) // 2,
        ).map(lambda flat: (n, flat))
    ),
    st.integers(2, 60),
)
def test_lines_never_cross_and_every_row_but_the_first_ends(
    table: tuple[int, list[float]], cells: int
) -> None:
    count, flat = table
    values = [[1.0] * count for _ in range(count)]
    for (one, two), value in zip(
        ((a, b) for a in range(count) for b in range(a)), flat, strict=True
    ):
        values[one][two] = values[two][one] = value
    tree = Dendrogram(count, link(values, "complete"))
    rows = draw(tree, axis_of(tree, 0.0, cells))
    assert all(len(row) == cells for row in rows)
    for at, row in enumerate(rows):
        assert row.rstrip(" │")[-1:] in ("┘", "┤") or at == 0
        for cell, sign in enumerate(row):
            if sign in "┬│┤" and at + 1 < count:
                assert rows[at + 1][cell] in "│┤┘"
