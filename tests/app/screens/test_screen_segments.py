"""The page of segments: listing, filtering, marking, acting on many, undoing it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.app.bench import PATIENCE, Bench, bench_of, on_screen, pilot_event
from tests.app.screens.stage import HOSTILE, Stage, play, typed, until, widest
from tests.conftest import Opener
from tests.tiny import assert_anchored, draft
from tui.app.actions.bulk import SLICE, remove_many
from tui.app.screens import finding
from tui.app.screens.bulk.slices import Outcome, SlicesScreen, close
from tui.app.screens.segments.filter import SegmentFilter, read_filter
from tui.app.screens.segments.pages import PAGE, DocumentPages
from tui.app.screens.segments.screen import SegmentsScreen
from tui.app.state import Study
from tui.app.work import LAST_COPY, state_folder
from tui.model.memo import MemoTarget
from tui.project.check import canonical_dump, check
from tui.project.edits.cases import set_attribute
from tui.project.edits.codings import add_codings, set_important
from tui.project.edits.documents import import_document
from tui.project.edits.memos import add_memo
from tui.project.edits.readings import hide_coders, show_coders
from tui.project.project import Project
from tui.project.undo import undo
from tui.store.documents import list_documents
from tui.store.segments import Wanted, segment_ids

SENTENCE = "The mill {0} opened and nobody in the valley spoke of wages then. "


def plant(project: Project, documents: int, each: int, code_id: int = 1) -> None:
    """Code ``each`` sentences of each of some new documents, past the journal."""
    coder_id = project.join()
    first = len(list_documents(project.db)) - 2
    for number in range(first, first + documents):
        text = "\n\n".join(SENTENCE.format(at).strip() for at in range(each))
        document_id = import_document(project, draft(f"mills {number}", text))
        with project.write() as db:
            db.execute(
                "INSERT INTO codings (document_id, start, end, code_id, coder_id, important,"
                " revision, created_at, quote) SELECT document_id, start, end, ?, ?, 0, 1,"
                " '2026-01-01T00:00:00Z', text FROM passages WHERE document_id = ?",
                (code_id, coder_id, document_id),
            )


def page_of(bench: Bench) -> SegmentsScreen:
    screen = bench.app.screen
    assert isinstance(screen, SegmentsScreen)
    return screen


def statements_of(project: Project, work: Callable[[], object]) -> list[str]:
    seen: list[str] = []
    project.db.set_trace_callback(seen.append)
    work()
    project.db.set_trace_callback(None)
    return seen


def key_of(project: Project, coding_id: int) -> str:
    return str(
        project.db.execute(
            "SELECT key FROM codings JOIN codes ON codes.id = code_id WHERE codings.id = ?",
            (coding_id,),
        ).fetchone()[0]
    )


@pytest.mark.parametrize("code_ids", [(1,), (1, 2, 3)])
def test_every_row_is_found_from_every_side(project: Project, code_ids: tuple[int, ...]) -> None:
    plant(project, 3, 100)
    show_coders(project, ["zoe"])
    wanted = Wanted(code_ids, tuple(project.visible_coder_ids()))
    ids = list(segment_ids(project.db, wanted))
    assert len(ids) == 301 + 2 * (len(code_ids) > 1)
    for order in ([0, 64, 128, 200, 300], [300, 240, 190, 100, 70, 0], [150, 149, 151, 192, 127]):
        pages = DocumentPages(project.db, wanted)
        assert pages.count == len(ids)
        for at in order:
            row = pages.row(at)
            assert row is not None and row.id == ids[at]
    assert sorted(segment_ids(project.db, wanted, newest=True), reverse=True) == list(
        segment_ids(project.db, wanted, newest=True)
    )


def test_a_long_list_opens_with_as_many_statements_as_a_short_one(project: Project) -> None:
    plant(project, 2, 10)

    def open_and_look() -> None:
        pages = DocumentPages(project.db, Wanted((1,), tuple(project.visible_coder_ids())))
        for at in range(20):
            assert pages.row(at) is not None
        assert pages.row(pages.count - 1) is not None

    few = statements_of(project, open_and_look)
    plant(project, 3, 3 * PAGE)
    many = statements_of(project, open_and_look)
    assert len(many) <= len(few) + 1  # the page with the last row
    for statement in many:
        plan = " ".join(row[3] for row in project.db.execute(f"EXPLAIN QUERY PLAN {statement}"))
        assert "SCAN codings" not in plan and "SCAN passages" not in plan


@on_screen
async def test_enter_in_the_tree_shows_the_segments_and_enter_there_goes_to_one(
    open_tiny: Opener,
) -> None:
    zoe = open_tiny("zoe")
    plant(zoe, 1, 4)
    async with bench_of(zoe) as bench:
        await bench.press("t", "enter")
        rows = bench.rows()
        assert "SEGMENTS" in rows[0] and "C1 Work" in rows[0] and "5 in 2 documents" in rows[0]
        assert "►" in rows[2] and "letter" in rows[2] and "The mill opened in 1911." in rows[2]
        await bench.press("ctrl+n", "j", "ctrl+p", "j", "enter")
        desk = bench.screen.desk
        assert desk.study.document is not None and desk.study.document.name == "mills 0"
        assert desk.view.focused_coding is not None and desk.pane == "text"
        assert (
            "mill 1 opened"
            in zoe.db.execute(
                "SELECT quote FROM codings WHERE id = ?", (desk.view.focused_coding,)
            ).fetchone()[0]
        )
        # And back where it was left: the focused coding says of which code.
        await bench.press("w", "s")
        assert page_of(bench).listing.highlighted == 2


@on_screen
async def test_a_code_without_segments_shows_its_branch_or_says_what_to_do(
    open_tiny: Opener,
) -> None:
    ann = open_tiny("ann")
    add_codings(ann, 2, 0, 10, [2])
    async with bench_of(ann) as bench:
        await bench.press("t", "enter")
        assert "C1 Work + branch" in bench.rows()[0] and "1 in 1 document " in bench.rows()[0]
        await bench.press("b")
        assert "C1 Work itself has no segments; b shows the 1 of its branch" in bench.text()
        await bench.press("c", *"weather", "enter")
        assert "No passage is coded with C2 Weather yet" in bench.text()
        assert "Other coders' segments are hidden" in bench.text()
        await bench.press("enter")
        assert "Nothing to go to" in bench.rows()[-1]
        await bench.press("b")
        assert "no code below" in bench.rows()[-1]
        await bench.press("escape")
        assert "CODES" in bench.text()


@on_screen
async def test_marked_segments_are_recoded_and_come_back_in_one_step(open_tiny: Opener) -> None:
    zoe = open_tiny("zoe")
    plant(zoe, 1, 5)
    async with bench_of(zoe) as bench:
        await bench.press("t", "enter", "space", "j", "space")
        assert "2 marked" in bench.rows()[-2]
        await bench.press("r", *"weather", "enter")
        assert "Recoded 2 codings → C2 Weather" in bench.rows()[-1]
        assert page_of(bench).listing.count == 4
        await bench.press("z")
        assert page_of(bench).listing.count == 6 and "Undone" in bench.rows()[-1]
        await bench.press("i", "u")
        assert page_of(bench).listing.count == 5
        await bench.press("z", "z")
        assert page_of(bench).listing.count == 6
        await bench.press("home", "m", *"why", "escape")
        assert "Memo on 1 coding" in bench.rows()[-1] and "memo why" in bench.text()


@on_screen
async def test_five_thousand_recoded_at_once_come_back_with_one_undo(open_tiny: Opener) -> None:
    zoe = open_tiny("zoe")
    plant(zoe, 2, 2_500)
    before = list(canonical_dump(zoe.db))
    async with bench_of(zoe) as bench:
        await bench.press("t", "enter", "a")
        assert "5,001 marked" in bench.rows()[-2]
        await bench.press("r", *"weather", "enter")
        assert "Recode 5,001 codings to C2 Weather?" in bench.text()
        await bench.press("n")
        assert "Nothing was changed" in bench.rows()[-1]
        await bench.press("r", *"weather", "enter", "y")
        await bench.until(lambda: "Recoded 5,001 codings" in bench.rows()[-1])
        assert zoe.db.execute("SELECT count(*) FROM codings WHERE code_id = 4").fetchone() == (
            5_001,
        )
        assert "No passage is coded with C1 Work yet" in bench.text() or "b shows" in bench.text()
        await bench.press("z", "y")
        assert page_of(bench).listing.count == 5_001
        await bench.press("Z")
        assert "Redo 5,001 changes in one step?" in bench.text()
        await bench.press("escape")
        await bench.press("escape")
    assert list(canonical_dump(zoe.db)) == before
    assert {name: wrong for name, wrong in check(zoe.db) if wrong} == {}
    assert_anchored(zoe)


@on_screen
async def test_only_own_segments_are_changed_and_the_others_are_counted(
    open_tiny: Opener,
) -> None:
    ann, zoe = open_tiny("ann"), open_tiny("zoe")
    mine = add_codings(ann, 1, 25, 52, [1])[0]
    held = add_codings(ann, 1, 54, 80, [1])[0]
    show_coders(ann, ["zoe"])
    add_memo(zoe, MemoTarget("coding", coding_id=held), "mine")
    async with bench_of(ann) as bench:
        await bench.press("t", "enter")
        assert "●" in bench.rows()[2]
        await bench.press("a", "u")
        said = " ".join("".join(bench.rows()[-3:]).split())
        assert "- 1 coding · 1 of other coders stays as is" in said
        assert "another coder's memo is on them z undo" in said, "said whole, on two rows"
        assert ann.db.execute(
            "SELECT id FROM codings WHERE id IN (?, ?)", (mine, held)
        ).fetchall() == [(held,)]
        await bench.press("home", "u")
        assert "Nothing was changed: 1 of other coders stays as is" in bench.rows()[-1]
        await bench.press("space", "space")
        assert "2 marked" in bench.rows()[-2]
        await bench.press("r")
        assert "Recode 1 coding as… · 1 of other coders stays as is" in bench.text()
        await bench.press("escape")
        hide_coders(ann, ["zoe"])
        await bench.until(lambda: "1 of 1 · 1 marked" in bench.rows()[-2])
        show_coders(ann, ["zoe"])
        await bench.until(lambda: "1 of 2 · 1 marked" in bench.rows()[-2])
        await bench.press("a", "r", *"weather", "enter")
        assert key_of(ann, held) == "C2" and page_of(bench).listing.count == 1


@on_screen
async def test_a_filter_leaves_what_it_says(open_tiny: Opener) -> None:
    zoe = open_tiny("zoe")
    plant(zoe, 2, 3)
    set_attribute(zoe, "year", "1911", document_id=3)
    first = next(segment_ids(zoe.db, Wanted((1,), (1,))))
    set_important(zoe, first, True)
    add_memo(zoe, MemoTarget("coding", coding_id=first), "Wages, at last")
    async with bench_of(zoe) as bench:
        await bench.press("t", "enter")
        page = page_of(bench)
        for text, left in (
            ("MILL", 7), ('"mill 2"', 2), ("year=1911", 3), ("doc:letter", 1), ("-doc:letter", 6),
            ("important:", 1), ("-important: doc:let*", 0), ("memo:wages", 1), ("memo:mill", 0),
            ("-memo: 0", 2), ("coder:zoe", 7), ("coder:nobody", 0), ("flag:yes", 0),
            ("doc:nothing", 0),
        ):  # fmt: skip
            page._place.filter = text
            page.load()
            await bench.until(lambda: not page.is_looking)
            await bench.pilot.pause()
            assert page.listing.count == left, text
            if text == "flag:yes":
                assert "flag:yes is looked for as a word; conditions are doc:" in bench.text()
        assert "No document is called nothing" in bench.text()
        await bench.press("x", "slash", *typed("mill 1"), "enter")
        await bench.until(lambda: page.listing.count == 3)
        assert "3 of 7" in bench.rows()[0]
        await bench.press("o")
        await bench.until(lambda: not page.is_looking)
        assert "newest first" in bench.rows()[0]
        await bench.press("e")
        assert "qual codings --code C1 " in bench.rows()[-1]
        await bench.press("slash", "escape")
        assert page.listing.count == 7
        await bench.press("space", "space", "y")
        copied = (Path(state_folder()) / LAST_COPY).read_text(encoding="utf-8")
        assert copied.count("— ") == 2 and "· C1 Work" in copied
        page.marks.clear()
        await bench.press("slash", *typed("mill 1"), "enter")
        await bench.until(lambda: page.listing.count == 3)
        await bench.press("a", "slash", "ctrl+u", *typed("mill 2"), "enter")
        await bench.until(lambda: page.listing.count == 2 and not page.is_looking)
        await bench.press("a")
        assert "5 marked in all" in bench.rows()[-2], "marks of another filter stay"
        await bench.press("x", "a")
        assert "7 marked" in bench.rows()[-2]


@on_screen
async def test_acts_wait_for_a_filter_that_is_still_looking_and_nothing_else_does(
    open_tiny: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, keep = threading.Event(), SegmentFilter.keep

    def keep_late(*given: Any) -> list[int]:
        gate.wait(PATIENCE)
        return keep(*given)

    monkeypatch.setattr(SegmentFilter, "keep", keep_late)
    monkeypatch.setattr(finding, "LONGEST_HOLD", PATIENCE)
    zoe = open_tiny("zoe")
    plant(zoe, 1, 3)
    second = list(segment_ids(zoe.db, Wanted((1,), (1,))))[2]
    async with bench_of(zoe) as bench:
        await bench.press("t", "enter", "slash", *typed("mill 2"), "backspace", "backspace")
        page = page_of(bench)
        await bench.press("enter", "j", "j")
        assert page.is_looking and not page.holds_keys and page.field is None
        for key in ("space", "r", *"weather", "enter"):
            bench.app.post_message(pilot_event(key))
        await bench.until(lambda: page.holds_keys)
        gate.set()
        await bench.until(lambda: "Recoded 1 coding → C2 Weather" in bench.text())
        assert key_of(zoe, second) == "C2"
        await bench.until(lambda: not page.is_looking)
        gate.clear()
        monkeypatch.setattr(finding, "LONGEST_HOLD", 0.01)
        await bench.press("slash", *typed(" 1"), "enter")
        bench.app.post_message(pilot_event("a"))
        await bench.until(lambda: "The filter is still looking" in bench.text())
        assert page.is_looking and not page.marks.all
        await bench.press("escape")
        assert bench.app.screen is bench.screen, "Esc waits for nothing"
        gate.set()


def test_hidden_coders_are_named_as_such(project: Project) -> None:
    names = {1: "zoe", 2: "ann"}
    assert "hidden from you" in read_filter(project.db, "coder:zoe", [2], names).trouble
    assert read_filter(project.db, "coder:an", [2], names).coder_ids == (2,)


@on_screen
async def test_another_coders_change_is_shown_while_the_page_is_open(open_tiny: Opener) -> None:
    zoe, other = open_tiny("zoe"), open_tiny("zoe")
    async with bench_of(zoe) as bench:
        await bench.press("t", "enter")
        assert page_of(bench).listing.count == 1
        add_codings(other, 2, 0, 10, [1])
        await bench.until(lambda: page_of(bench).listing.count == 2)


@on_screen
async def test_the_page_fits_small_and_large_windows(open_tiny: Opener) -> None:
    zoe = open_tiny("zoe")
    plant(zoe, 1, 30)
    for size in ((40, 12), (160, 48)):
        async with bench_of(zoe, size) as bench:
            await bench.press("t", "enter", "end")
            assert "mill 29 opened" in bench.text() and "31 of 31" in bench.text()
            assert all(len(row) <= size[0] for row in bench.rows())
            await bench.press("escape")


def test_a_large_act_is_stopped_between_slices_and_taken_back_as_one(
    open_tiny: Opener,
) -> None:
    zoe = open_tiny("zoe")
    plant(zoe, 1, 900)
    before = list(canonical_dump(zoe.db))
    slices = remove_many(zoe, list(segment_ids(zoe.db, Wanted((1,), (1,)))))
    assert next(slices) == next(slices) == SLICE
    close(slices)
    assert zoe.db.execute("SELECT count(*) FROM codings WHERE code_id = 1").fetchone() == (501,)
    add_codings(zoe, 2, 0, 10, [4])  # a step of its own
    undo(zoe)
    undo(zoe)
    assert list(canonical_dump(zoe.db)) == before


def test_the_box_of_a_large_act_is_stopped_by_escape() -> None:
    ended: list[bool] = []

    def endless() -> Iterator[int]:
        try:
            while True:
                yield 1
        finally:
            ended.append(True)

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await until(pilot, lambda: "3 of 1,000" in app.drawn() or bool(screen._done > 3))
        assert "Esc stop here" in app.drawn()
        await pilot.press("escape")

    screen = SlicesScreen("Recoding", 1_000, endless())
    result = play(screen, script).result
    assert isinstance(result, Outcome) and result.stopped and ended == [True]
    assert "Stopped after 7 of 9" in Outcome(7, stopped=True).said("", 9)
    assert "Ended after 7: full" in Outcome(7, trouble="full").said("", 9)


@pytest.mark.parametrize("hostile", [name for name in HOSTILE if name.strip()])
def test_nothing_hostile_reaches_the_terminal(project: Project, hostile: str) -> None:
    hostile = hostile.replace("\ud800", "?")
    first = add_codings(project, 1, 0, 24, [1])[0]
    add_memo(project, MemoTarget("coding", coding_id=first), f"x{hostile}")
    # Past the acts, which would refuse some of it.
    project.db.execute("UPDATE codes SET name = ?, key = ? WHERE id = 1", (hostile, hostile[:40]))
    project.db.execute("UPDATE documents SET name = ? WHERE id = 1", (hostile,))
    project.db.execute("UPDATE codings SET quote = ? WHERE id = ?", (hostile, first))

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await pilot.press("space", "b", "e", "slash", *"zz")
        await until(pilot, lambda: not screen.is_looking)
        assert widest(app) <= 80

    screen = SegmentsScreen(Study(project), 1)
    play(screen, script)
