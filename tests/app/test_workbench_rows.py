"""The rows around the panes, the code tree's rows, sizes from the smallest to the widest."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.app.bench import bench_of, on_screen
from tui.app.document.cells import width
from tui.app.document.lanes import LaneCoding
from tui.app.keybook import fill
from tui.app.state import Study
from tui.app.widgets.here_row import here_row
from tui.app.widgets.inspector import HereLine, here_rows, slot_rows
from tui.app.widgets.last_row import FIRST_STEPS, keys_row, steps_rows
from tui.app.widgets.rows import Row
from tui.app.widgets.status_row import edges_row, status_row
from tui.app.widgets.title_row import title_row
from tui.app.widgets.tree_rows import key_tail, opened_to_fit, row_text, visible_rows
from tui.app.widgets.which_key import box_rows
from tui.model.code import Code
from tui.project.edits.codes import add_code, change_code
from tui.project.edits.codings import add_codings
from tui.project.edits.documents import rename_document
from tui.project.project import Project

STEPS = [fill(step) for step in FIRST_STEPS]
HOSTILE = "[red]x[/] \x1b[31m \u202e工资 👩‍👩‍👧" + "very " * 30


HINTS = ("Enter lists · o focus · u off", "Enter lists", "")
WORDS = ("", "13 words", "1,024 words")


def plain(row: Row) -> str:
    return "".join(text for text, _ in row)


CODES = [
    Code(1, "R1", "Security", None, 1),
    Code(2, "R1-1", "World", 1, 1, letter="w"),
    Code(3, "R1-1-1", "Interests of the nation and more", 2, 1, letter="N", slot=1),
    Code(4, "R2", "Prosperity", None, 2, letter="p"),
    Code(5, "C7", "Elsewhere", 4, 1),
]


def test_the_tree_shows_open_branches_only() -> None:
    assert [row.code.id for row in visible_rows(CODES, set())] == [1, 4]
    assert [row.code.id for row in visible_rows(CODES, {2})] == [1, 4]
    assert [(row.code.id, row.depth) for row in visible_rows(CODES, {1, 2})] == [
        (1, 0), (2, 1), (3, 2), (4, 0),
    ]  # fmt: skip


def test_the_tree_is_opened_level_by_level_as_far_as_it_fits() -> None:
    assert opened_to_fit(CODES, 1) == set()
    assert opened_to_fit(CODES, 4) == {1, 4}
    assert opened_to_fit(CODES, 5) == {1, 2, 4}
    assert opened_to_fit([], 5) == set()


def test_keys_are_cut_to_what_they_add() -> None:
    assert key_tail("R1-2-4", "R1-2") == "-4"
    assert key_tail("C7", "R1-2") == "C7"
    assert key_tail("R1", "") == "R1"
    assert key_tail("R10-1", "R1") == "R10-1"


@given(
    st.integers(18, 60),
    st.text(max_size=40),
    st.integers(0, 2_000_000),
    st.integers(0, 9),
    st.integers(0, 6),
)
def test_a_row_of_the_tree_is_as_wide_as_the_tree(
    cells: int, name: str, segments: int, slot: int, depth: int
) -> None:
    code = Code(9, "R1-1-1", name, None, 1, letter="N")
    row = visible_rows([code], set())[0]._replace(depth=depth, parent_key="R1-1")
    text = row_text(row, cells, slot=slot or None, segments=segments, total=2_000_000, marked=True)
    assert sum(width(part) for part in text) <= max(cells, 12 + depth * 2 + 16)
    if cells >= 30:
        assert sum(width(part) for part in text) == cells
        assert text.tally.strip().startswith(f"{segments:,}")


def test_the_here_row_cuts_names_before_it_leaves_codes_out(project: Project) -> None:
    study = Study(project)
    here = [LaneCoding(0, 5, code.id, 0, number) for number, code in enumerate(study.codes)]
    assert "W Work  P Pay  A Wages  E Weather" in plain(here_row(study, here, None, HINTS, 80))
    often = plain(here_row(study, here * 4, None, HINTS, 80))
    assert "W Work ×4  P Pay ×4  A Wages ×4  E Weather ×4" in often
    for number in range(16):
        add_code(project, f"Something else {number}")
    study = Study(project)
    here = [LaneCoding(0, 5, code.id, 0, number) for number, code in enumerate(study.codes)]
    short = plain(here_row(study, here * 2, None, HINTS, 80))
    assert re.search(r"  \+\d+ more", short) and width(short) <= 80


@pytest.mark.parametrize("cells", [40, 60, 80, 160])
def test_no_row_is_wider_than_the_screen(project: Project, cells: int) -> None:
    for _ in range(3):
        code_id = add_code(project, HOSTILE + str(_))
    study = Study(project)
    study.last_codes = (code_id, code_id)
    here = [LaneCoding(0, 5, code.id, 0, number) for number, code in enumerate(study.codes)]
    rows = [
        title_row(study, cells),
        status_row(study, "sentence 1-12 of 50 · 1,024 words", cells),
        keys_row([("c", "code"), ("J/K", "extend")] * 20, cells),
        *(
            here_row(study, here[:n], focus, HINTS, cells)
            for n in range(8)
            for focus in (None, here[2], here[-1])
        ),
        *(
            edges_row(HOSTILE, words, cells, which="beginning", moved=moved)
            for words in WORDS
            for moved in (True, False)
        ),
        *steps_rows(1, cells),
        *slot_rows({1: HOSTILE, 9: "x"}, cells),
        *here_rows(
            [HereLine("N", HOSTILE, "¶4 s1-2", "hana the great", "10:31", "m!", True)] * 9, cells
        ),
    ]
    for row in rows:
        assert width(plain(row)) <= cells or "\x1b" in plain(row)
        assert "\x1b" not in plain(row).replace(HOSTILE, "")


def test_the_box_of_keys_is_square() -> None:
    for inside in (36, 56):
        for count in (1, 2, 5, 9, 10):
            rows = box_rows("g  go to…", [(str(n), "next uncoded ¶") for n in range(count)], inside)
            assert {width(plain(row)) for row in rows} == {inside + 2}


@pytest.mark.parametrize(
    "size",
    [(40, 12), (45, 15), (59, 19), (60, 20), (80, 24), (100, 30), (139, 40), (160, 48), (300, 80)],
)
@on_screen
async def test_every_size_is_filled_exactly_and_says_what_is_selected(
    project: Project, size: tuple[int, int]
) -> None:
    change_code(project, 1, {"name": HOSTILE, "definition": HOSTILE})
    rename_document(project, 1, "[bold]\x1b[31mletter" + "x" * 200)
    add_codings(project, 1, 0, 24, [1, 2, 3])
    async with bench_of(project, size) as bench:
        for keys in ((), ("J",), ("o",), ("t",), ("escape", "G")):
            await bench.press(*keys)
            rows = bench.rows()
            assert len(rows) == size[1]
            assert {width(row) for row in rows} == {size[0]}
            assert "\x1b" not in bench.text() and "\u202e" not in bench.text()
        if size[1] >= 20:
            assert rows[0].startswith(" qual · ")


@on_screen
async def test_narrow_screens_show_one_pane_and_tab_swaps_them(project: Project) -> None:
    async with bench_of(project, (50, 20)) as bench:
        assert "CODES" not in bench.text() and "The mill opened" in bench.text()
        await bench.press("tab")
        assert "CODES" in bench.text() and "The mill opened" not in bench.text()
        await bench.press("escape")
        assert "CODES" not in bench.text()


@on_screen
async def test_wide_screens_tell_about_the_codings_here(project: Project) -> None:
    async with bench_of(project, (160, 48)) as bench:
        await bench.press("c", *"pay", "enter", "m", *"low", "escape")
        text = bench.text()
        assert "HERE  1 coding" in text and "P C1-1 Pay" in text and "MEMO  C1-1 Pay" in text
        assert "LAST ACTS" in text and "+ C1-1 Pay on letter ¶1" in text
        assert "1 -" in text


@on_screen
async def test_a_window_too_small_says_so_and_comes_back(project: Project) -> None:
    async with bench_of(project) as bench:
        await bench.press("j")
        await bench.pilot.resize_terminal(38, 10)
        await bench.until(lambda: "Make the window larger (now 38x10" in _joined(bench.text()))
        await bench.pilot.resize_terminal(39, 30)
        await bench.until(lambda: "now 39x30" in _joined(bench.text()))
        await bench.pilot.resize_terminal(80, 24)
        await bench.until(lambda: "sentence 2 of 2" in bench.text())
        await bench.press("k")
        assert "sentence 1 of 2" in bench.text()


def _joined(text: str) -> str:
    return " ".join(text.split())


@on_screen
async def test_the_first_steps_end_with_what_was_coded(project: Project) -> None:
    async with bench_of(project, (40, 12), first_steps=True) as bench:
        assert STEPS[0][:30] in bench.text(), "they are worth a row of any window"
        await bench.press("c", *"pay", "enter", *"j.j.J.g.".replace("g", "j"))
        bench.screen.end_notice()
        await bench.pilot.pause()
        assert "You have coded 5 passages. w looks" in bench.text()
        await bench.press("d", "escape")
        assert "You have coded" not in bench.text()
        await bench.press(":", *"first steps", "enter")
        assert STEPS[0][:30] in bench.text(), "the palette brings them back"


@on_screen
async def test_the_first_steps_go_on_by_themselves_and_never_come_back(project: Project) -> None:
    async with bench_of(project, first_steps=True) as bench:
        assert f"► {STEPS[0]}" in bench.text()
        await bench.press("c", *"pay", "enter", "j")
        bench.screen.end_notice()
        await bench.pilot.pause()
        assert "► still open: j . same code again on the next" in bench.text()
        await bench.press("k", ".", "j")
        bench.screen.end_notice()
        await bench.pilot.pause()
        assert f"► {STEPS[1]}" in bench.text(), "what was coded so before was tried, too"
        await bench.press("g", "u")
        assert f"► {STEPS[2]}" in bench.text()
        await bench.press("escape", "s", "escape")
        assert STEPS[2] not in bench.text() and "c code  1-9 slot" in bench.text()
        await bench.leave()
    async with bench_of(Project(project.path, "ben"), first_steps=True) as bench:
        assert STEPS[0] not in bench.text()
    # Not while the app runs: it looks for what others did twice a second.
    bench.project.close()
