"""Going with g: bookmarks, memos, disagreements, the same code, paragraphs, the last act."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest

from tests.app.bench import Bench, bench_of, on_screen
from tests.tiny import draft
from tui.app.actions import far, navigate
from tui.model.memo import MemoTarget
from tui.project.edits.codings import add_codings
from tui.project.edits.documents import import_document
from tui.project.edits.memos import add_memo
from tui.project.project import Project
from tui.store.desk import list_bookmarks
from tui.store.readings import StillLooking


def at(bench: Bench) -> tuple[int, int, int]:
    """Return document and span of what is selected."""
    document = bench.screen.desk.study.document
    assert document is not None
    return (document.id, *(bench.screen.desk.view.selected_span or (0, 0)))


@on_screen
async def test_bookmarks_stand_in_the_margin_and_are_gone_to_over_documents(
    project: Project,
) -> None:
    async with bench_of(project) as bench:
        await bench.press("g", "b")
        assert "No bookmarks yet · b sets one here" in bench.text()
        await bench.press("j", "b")
        assert "Bookmark at ¶1, 1 bookmark in all" in bench.text()
        assert [row for row in bench.rows() if row[:7].strip("> ").endswith("*")]
        bench.screen.desk.open_document(2)
        await bench.press("g", "e", "l", "b", "g", "g")
        assert list_bookmarks(project.db, project.coder_id) == [(1, 25), (2, 66)]
        await bench.press("g", "b")
        assert at(bench)[0] == 2 and "bookmark 2 of 2" in bench.text()
        await bench.press("n")
        assert "No bookmark (of 2) after this one · N looks back" in bench.text()
        await bench.press("N")
        assert at(bench) == (1, 25, 52) and "letter: bookmark 1 of 2" in bench.text()
        await bench.press("g", "B")
        assert "No bookmark (of 2) before this one · N looks on" in bench.text()
        await bench.press("b")
        assert "Bookmark taken away, 1 left" in bench.text()
        assert list_bookmarks(project.db, project.coder_id) == [(2, 66)]
        # A selection with several in it names none of them.
        await bench.press("g", "b", "g", "g", "b", "j", "b", "k", "J", "h", "=", "=", "=", "=")
        before = list_bookmarks(project.db, project.coder_id)
        await bench.press("<", "x", ">", "b")
        assert "bookmarks are in this selection" in bench.text()
        assert list_bookmarks(project.db, project.coder_id) == before
    with Project(project.path, "ben") as other:
        assert list_bookmarks(other.db, other.coder_id) == []


@on_screen
async def test_memos_are_gone_to_with_how_they_begin(project: Project) -> None:
    (coding,) = add_codings(project, 1, 25, 52, [4])
    add_memo(project, MemoTarget("coding", coding_id=coding), "[red]quiet\x1b[31m\nabout it")
    add_memo(project, MemoTarget("span", document_id=1, start=4, end=8), "which mill?")
    add_memo(project, MemoTarget("span", document_id=2, start=0, end=3), "y" * 300)
    add_memo(project, MemoTarget("code", code_id=1), "not a place")
    async with bench_of(project) as bench:
        await bench.press("g", "m")
        assert at(bench) == (1, 4, 8) and "memo: “which mill?”" in bench.text()
        await bench.press("n")
        assert at(bench) == (1, 25, 52) and "C2: “[red]quiet␛[31m about it”" in bench.text()
        await bench.press("n")
        assert at(bench) == (2, 0, 3) and "talk: memo: “yyy" in bench.text()
        await bench.press("n")
        assert "No memo after this one · N looks back" in bench.text()
        await bench.press("g", "M", "n", "n")
        assert "No memo before this one · N looks on" in bench.text()
        await bench.press("N")
        assert at(bench) == (1, 25, 52)


@on_screen
async def test_disagreements_are_sentences_that_both_have_read_and_coded_differently(
    project: Project,
) -> None:
    async with bench_of(project) as bench:
        await bench.press("g", "x")
        assert "No other coder is shown" in bench.text()
        await bench.press(":", *"show other", "enter")
        # zoe has coded both sentences; ann has read nothing yet.
        await bench.press("g", "x")
        assert "No disagreement in what both have read after" in bench.text()
        add_codings(project, 1, 0, 24, [1])
        add_codings(project, 1, 30, 40, [3])
        await bench.pilot.pause()
        await bench.press("g", "x")
        assert at(bench) == (1, 25, 52)
        assert "zoe: C1-1, C1-1-1 · ann: C1-1-1" in bench.text()
        await bench.press("n")
        assert "after this one · N looks back" in bench.text()
        await bench.press("j", "g", "X")
        assert at(bench) == (1, 25, 52)


@on_screen
async def test_the_same_code_is_gone_to_in_the_next_documents(project: Project) -> None:
    add_codings(project, 1, 4, 8, [2])
    add_codings(project, 1, 0, 52, [4])
    add_codings(project, 2, 0, 8, [2])
    add_codings(project, 2, 5, 8, [2])
    async with bench_of(project) as bench:
        await bench.press("g", "D")
        assert "No coding with C1-1 Pay before this one · N looks on" in bench.text()
        await bench.press("g", "d", "g", "d")
        assert at(bench) == (2, 0, 8) and "talk: C1-1 Pay" in bench.text()
        await bench.press("n")
        assert at(bench) == (2, 5, 8)
        await bench.press("N", "N")
        assert at(bench) == (1, 4, 8)
        # What is gone to goes on, whichever way and whatever else is coded there.
        add_codings(project, 1, 4, 7, [4])
        await bench.until(lambda: len(bench.screen.desk.view.codings_here()) == 3)
        await bench.press("g", "D")
        assert "No coding with C1-1 Pay before" in bench.text()
        await bench.press("g", "d", "g", "D")
        assert at(bench) == (1, 4, 8)
        # A focused coding names the code; here another one covers these words too.
        await bench.press("g", "c")
        assert at(bench) == (2, 0, 8)
        await bench.press("g", "C", "g", "C", "g", "C")
        assert at(bench) == (1, 0, 52)
        await bench.press("n")
        assert "No coding before this one · N looks on" in bench.text()


@on_screen
async def test_a_paragraph_is_gone_to_by_its_number(project: Project) -> None:
    async with bench_of(project) as bench:
        await bench.press("g", "l")
        assert "¶_ of 3: a number, then Enter" in bench.text()
        await bench.press("1", "backspace", "3", "enter")
        assert "¶3/3" in bench.text()
        for keys, reason in (
            (("9", "9", "enter"), "There is no ¶99: this document has 3"),
            (("enter",), "No paragraph was named"),
            (("escape",), "No paragraph was named"),
            (("x", "1", "2", "j", "escape"), "No paragraph was named"),
            (("9",) * 30 + ("enter",), "There is no ¶999,999"),
        ):
            await bench.press("g", "l", *keys)
            assert reason in bench.text()
            assert "¶3/3" in bench.text()
        await bench.press("g", "l", "x")
        assert "x is no digit · ¶_ of 3" in bench.text()
        await bench.press("3", "enter")
        assert bench.own() == []
        assert "You are at ¶3" in bench.text()
        await bench.press("g", "l", "٢", "enter")
        assert "¶2/3" in bench.text()


@on_screen
async def test_the_last_act_is_gone_to_and_the_ones_before(project: Project) -> None:
    import_document(project, draft("more", "Only this. And that."))
    async with bench_of(project) as bench:
        await bench.press("g", ".")
        assert "You have coded nothing here yet" in bench.text()
        add_codings(project, 1, 4, 8, [2])
        add_memo(project, MemoTarget("span", document_id=2, start=0, end=3), "hm")
        (coding,) = add_codings(project, 3, 0, 10, [2])
        add_memo(project, MemoTarget("coding", coding_id=coding), "so")
        await bench.press("space", "g", ".")
        assert at(bench) == (3, 0, 10) and "Now in more" in bench.text()
        await bench.press("g", ".")
        assert at(bench) == (2, 0, 3)
        await bench.press("N", "space", "g", ".", "g", ".")
        assert at(bench) == (2, 0, 3)
        await bench.press("n")
        assert at(bench) == (1, 4, 8)
        await bench.press("n")
        assert "No act of yours elsewhere before this one" in bench.text()
        await bench.press("N")
        assert at(bench) == (2, 0, 3)
        # What was taken back was the last thing done.
        await bench.press("z", "z", "g", ".")
        assert at(bench) == (3, 0, 10)


@on_screen
async def test_what_is_far_is_looked_for_in_a_thread_until_esc_stops_it(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with bench_of(project) as bench:
        await bench.press("g", "e", "g", "u")
        there = at(bench)
        assert there[0] == 2
        bench.screen.desk.open_document(1)
        monkeypatch.setattr(far, "_AT_ONCE", -1.0)

        def without_end(*asked: Any) -> None:
            while asked[-1](1):
                time.sleep(0.01)
            raise StillLooking

        with monkeypatch.context() as patched:
            patched.setattr(navigate, "find_uncoded", without_end)
            await bench.press("g", "u")
            assert "Looking for an uncoded paragraph: " in bench.text()
            await bench.until(lambda: "1 of 2 documents   Esc stops" in _blanks(bench))
            await bench.press("j", "escape")
            assert "No longer looking" in bench.text()
        await bench.press("g", "e", "g", "u")
        await bench.until(lambda: at(bench) == there)
        assert "Looking for" not in bench.text() and bench.screen.desk.study.look is None


def _blanks(bench: Bench) -> str:
    return re.sub(r" {3,}", "   ", bench.text())
