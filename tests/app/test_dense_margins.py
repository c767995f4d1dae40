"""Many codings on one line, told apart without colour: the pictures, and what a click finds."""

from __future__ import annotations

from pathlib import Path

from tests.app.bench import Bench, bench_of, on_screen
from tests.app.dense import NAMES, TURN, make_dense, span
from tui.app.document.gutter import (
    FOCUS_FOOT,
    FOCUS_LINE,
    FOOT,
    LINE,
    OTHERS_FOOT,
    OTHERS_LINE,
)
from tui.app.glyphs import Signs
from tui.app.screens.workbench.codings_here import CodingsHere
from tui.model.memo import MemoTarget
from tui.project.edits.codes import add_code
from tui.project.edits.codings import add_codings, set_important
from tui.project.edits.memos import add_memo
from tui.project.project import Project
from tui.store.codes import list_codes

OWN = [
    (TURN, "Workload"),
    ("I mark until eleven most nights", "Admin"),
    ("The data drop is what finishes me", "Burnout"),
    ("you type the same number into three systems and nobody reads it. I lie awake", "Sleep"),
    ("same number", "Data entry"),
    ("three systems", "Workload"),
]
OTHERS = [("data drop is what finishes me: you type the same number", "Testing")]


def dense(tmp_path: Path, *, others: bool = True) -> Project:
    path = tmp_path / "dense.qual"
    make_dense(path, OWN, OTHERS if others else [])
    return Project(str(path), "ann")


def beside(bench: Bench, first: str, rows: int, cells: int = 11) -> list[str]:
    """Return what stands beside some rows, from the one that holds ``first`` on."""
    drawn = bench.rows()
    at = next(y for y, row in enumerate(drawn) if first in row)
    return [row[:cells].rstrip() for row in drawn[at : at + rows]]


@on_screen
async def test_five_codings_on_one_line_are_read_at_80_by_24(tmp_path: Path) -> None:
    with dense(tmp_path) as project:
        async with bench_of(project, (80, 24)) as bench:
            await bench.press("j", "j", "j", "J")
            assert beside(bench, "R07: I mark", 6) == [
                "   3 WA",
                ">    │BT",
                ">    │└┊SD",
                ">    │W╵│└",
                ">    │  └",
                "     └",
            ]
            assert bench.rows()[-3].startswith(
                " here: W Workload ×2  B Burnout  T Testing (CD)  S Sleep  D Data entry"
            )
            # The focused one has a heavy lane: heavy where its words are underlined.
            await bench.press("o", "o", "o")
            assert beside(bench, "R07: I mark", 4) == [
                "   3 WA",
                ">    │BT",
                ">    │└┃SD",
                ">    │W┗│└",
            ]
            assert " focus: T C3 Testing (CD)  3 of 6" in bench.rows()[-3]


@on_screen
async def test_eight_codings_on_one_line_are_read_at_160_by_48(tmp_path: Path) -> None:
    drop = "The data drop is what finishes me: you type the same number into three systems"
    coded = [(TURN, "Workload"), *((drop, name) for name in NAMES[2:8]), ("same", "Admin")]
    nine = [("be kind to yourself", name) for name in NAMES[1:9]]
    make_dense(tmp_path / "eight.qual", [*coded, *nine], [])
    with Project(str(tmp_path / "eight.qual"), "ann") as project:
        async with bench_of(project, (160, 48)) as bench:
            await bench.press("j", "j", "j", "J")
            assert beside(bench, "R07: I mark", 4, 14) == [
                "    3 W",
                ">     │TBSDCPA",
                ">     │└└└└└└",
                "      └ATBSDC+",
            ]
            rows = {
                name: row for row in bench.rows() for name in ("form.", "kind to") if name in row
            }
            assert "Testing, Burnout +5" in rows["form."]
            assert "Admin, Testing +6" in rows["kind to"]
            here = bench.rows()[-3]
            assert all(name in here for name in NAMES[:8]) and "more" not in here


@on_screen
async def test_what_does_not_fit_is_counted_and_listed_by_a_click_on_its_sign(
    tmp_path: Path,
) -> None:
    with dense(tmp_path, others=False) as project:
        for code_id in range(2, 11):
            add_codings(project, 1, *span("My manager"), [code_id])
        async with bench_of(project, (80, 24)) as bench:
            await bench.press("j", "j", "j", "j", "j")
            assert beside(bench, "it. I lie", 2) == [">    │A└T+", ">    └└S└+"]
            rows = bench.rows()
            y = next(n for n, row in enumerate(rows) if "My " in row)
            assert "+" in rows[y][:11]
            assert " more" in rows[-3]
            await bench.pilot.click(offset=(9, y))
            await bench.pilot.pause()
            assert isinstance(bench.app.screen, CodingsHere)
            assert "codings share this lane" in bench.text()
            await bench.press("2")
            assert bench.screen.desk.view.focused_coding is not None
            assert " focus: " in bench.rows()[-3]


@on_screen
async def test_a_click_on_a_lane_focuses_its_coding_and_selects_it_when_it_lies_elsewhere(
    tmp_path: Path,
) -> None:
    with dense(tmp_path) as project:
        async with bench_of(project, (80, 24)) as bench:
            y = next(n for n, row in enumerate(bench.rows()) if "R07: I mark" in row)
            for column, row, focused in (
                (6, y, "Admin"),
                (7, y + 2, "Testing"),
                (8, y + 2, "Sleep"),
            ):
                await bench.pilot.click(offset=(column, row))
                await bench.pilot.pause()
                assert f"{focused}" in bench.rows()[-3]
                assert " focus: " in bench.rows()[-3]
            view = bench.screen.desk.view
            await bench.press("escape", "k", "k", "k")
            assert view.codings_here() == []
            await bench.pilot.click(offset=(5, y))
            await bench.pilot.pause()
            assert view.selected_span == span(TURN)


@on_screen
async def test_nested_crossing_and_same_start_codings_are_told_apart(tmp_path: Path) -> None:
    make_dense(
        tmp_path / "nested.qual",
        [
            (TURN, "Workload"),
            ("R07: I mark until eleven", "Admin"),
            ("R07: I", "Testing"),
            ("head adds another form. The data drop", "Burnout"),
            ("The data drop is what finishes me", "Sleep"),
            ("nobody reads it", "Coping"),
            ("it. I lie awake", "Inspection"),
        ],
        [],
    )
    with Project(str(tmp_path / "nested.qual"), "ann") as project:
        async with bench_of(project, (80, 24)) as bench:
            assert beside(bench, "R07: I mark", 6) == [
                "   3 WAT",
                "     │BS",
                "     │└└",
                "     │C",
                "     │└I",
                "     └",
            ]


@on_screen
async def test_many_codes_share_a_sign_and_are_told_apart_by_name_and_focus(
    tmp_path: Path,
) -> None:
    make_dense(tmp_path / "many.qual", [], [])
    with Project(str(tmp_path / "many.qual"), "ann") as project:
        ids = [add_code(project, f"Matter {number}") for number in range(60)]
        assert sum(not code.letter for code in list_codes(project.db)) >= 8
        without = [code.id for code in list_codes(project.db) if not code.letter][-3:]
        assert set(without) <= set(ids)
        for code_id in without:
            add_codings(project, 1, *span("same number"), [code_id])
        async with bench_of(project, (80, 24)) as bench:
            await bench.press("j", "j", "j")
            assert any(row[5:8] == "~~~" for row in bench.rows())
            names = [code.name for code in list_codes(project.db) if code.id in without]
            assert " here: " + "  ".join(f"~ {name}" for name in names) in bench.rows()[-3]
            seen = set()
            for _ in names:
                await bench.press("o")
                seen.add(next(name for name in names if name in bench.rows()[-3]))
            assert seen == set(names)


def test_lanes_are_told_apart_where_only_plain_signs_can_be_shown() -> None:
    signs = Signs(plain=True)
    shown = [signs.shown(each, 1) for each in (LINE, FOOT, OTHERS_LINE, OTHERS_FOOT, FOCUS_LINE)]
    assert shown == ["|", "'", ":", ".", "#"]
    assert signs.shown(FOCUS_FOOT, 1) == "#"


@on_screen
async def test_what_is_important_and_what_has_a_memo_is_said_below_the_text(
    tmp_path: Path,
) -> None:
    with dense(tmp_path) as project:
        ids = dict(project.db.execute("SELECT code_id, id FROM codings WHERE coder_id = 1"))
        set_important(project, ids[4], True)
        add_memo(project, MemoTarget("coding", coding_id=ids[5]), "duplicated work")
        async with bench_of(project, (80, 24)) as bench:
            await bench.press("j", "j", "j", "J")
            assert "B Burnout !  T Testing (CD)  S Sleep m  D" in bench.rows()[-3]
