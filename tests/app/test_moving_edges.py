"""The edges of a coding: moved by the keys of the selection, kept by Enter, put back by Esc."""

from __future__ import annotations

import pytest

from tests.app.bench import Bench, bench_of, on_screen
from tests.conftest import Opener
from tui.errors import Refused
from tui.project.edits.codings import add_codings, move_coding, recode_codings, remove_codings
from tui.project.edits.readings import show_coders
from tui.project.project import Project

PAY = ("c", *"pay", "enter")


def focus(bench: Bench) -> int | None:
    return bench.screen.desk.view.focused_coding


def edges(bench: Bench) -> tuple[int, int] | None:
    return bench.screen.desk.view.moved_edges


@on_screen
async def test_a_coding_grows_by_a_word_in_four_presses_and_shrinks_by_undo(
    project: Project,
) -> None:
    async with bench_of(project) as bench:
        await bench.press(*PAY, "o", "L")
        rows = bench.rows()
        assert rows[-2].startswith(
            " moving the edges of C1-1 Pay · 6 words · Enter keeps · Esc puts back"
        )
        assert rows[-3].rstrip().endswith("Enter keeps · Esc puts back")
        assert edges(bench) == (0, 31)
        assert bench.own() == [(0, 24, "C1-1")]
        assert bench.screen.desk.view.selected_span == (0, 24)
        await bench.press("enter")
        assert bench.own() == [(0, 31, "C1-1")]
        assert "Edges moved · 6 words · C1-1 Pay" in bench.rows()[-1]
        assert bench.rows()[-1].rstrip().endswith("z undo")
        assert bench.screen.desk.view.focused is None
        await bench.press("z")
        assert bench.own() == [(0, 24, "C1-1")]


@on_screen
async def test_either_end_moves_by_sentence_word_letter_and_unit(project: Project) -> None:
    async with bench_of(project) as bench:
        await bench.press("j", *PAY, "o", "x", "H")
        assert edges(bench) == (19, 52)
        assert " moving the beginning of C1-1 Pay" in bench.rows()[-2]
        await bench.press("<", "<", ">")
        assert edges(bench) == (18, 52)
        await bench.press("x", "J", "K", "enter")
        assert bench.own() == [(18, 52, "C1-1")]
        await bench.press("o", "=", "enter")
        assert bench.own()[0][0] == 0
        assert (await moved_lanes(bench)) == ["P", "└"]


async def moved_lanes(bench: Bench) -> list[str]:
    """Return the first lane beside the first rows of the text."""
    await bench.press("escape")
    return [row[5] for row in bench.rows()[2:4]]


@on_screen
async def test_esc_puts_the_edges_back_then_ends_the_focus(project: Project) -> None:
    async with bench_of(project) as bench:
        await bench.press(*PAY)
        before = bench.rows()[1:-3]
        await bench.press("o", "J", "J", "escape")
        assert edges(bench) is None
        assert "The edges are back where they were" in bench.rows()[-1]
        assert focus(bench) is not None
        await bench.press("escape")
        assert focus(bench) is None
        assert bench.rows()[1:-3] == before
        assert bench.own() == [(0, 24, "C1-1")]


@on_screen
async def test_moved_edges_are_neither_lost_nor_stored_by_going_on(project: Project) -> None:
    async with bench_of(project) as bench:
        await bench.press(*PAY, "o", "L")
        for keys in ("j", "k", "l", "o", "c", ".", "1", "u", "z", "s", "d", "w d", "tab", "q q"):
            await bench.press(*keys.split())
            assert "The edges of C1-1 are moved: Enter keeps them" in bench.rows()[-2], keys
            assert edges(bench) == (0, 31), keys
            assert bench.app.screen is bench.screen, keys
        await bench.pilot.click("#text", offset=(20, 6))
        await bench.press()
        assert "The edges of C1-1 are moved" in bench.rows()[-2]
        assert edges(bench) == (0, 31)
        assert bench.own() == [(0, 24, "C1-1")]
        await bench.press("?", "escape", "enter")
        assert bench.own() == [(0, 31, "C1-1")]


@on_screen
async def test_moves_that_end_where_they_began_hold_nobody(project: Project) -> None:
    async with bench_of(project) as bench:
        await bench.press(*PAY, "o", "J", "K", "enter")
        assert "The edges are where they were" in bench.rows()[-2]
        await bench.press("j")
        assert focus(bench) is None
        await bench.press("J")
        assert edges(bench) is None
        assert bench.own() == [(0, 24, "C1-1")]


@on_screen
async def test_another_coders_edges_do_not_move(project: Project) -> None:
    show_coders(project, ["zoe"])
    async with bench_of(project) as bench:
        start, end, *_ = bench.codings()[0]
        bench.screen.desk.view.select(start, end)
        await bench.press("o", "L")
        assert "That is zoe's coding: only they move its edges" in bench.rows()[-2]
        assert edges(bench) is None


@on_screen
async def test_an_identical_coding_is_refused_and_the_edges_stay(project: Project) -> None:
    async with bench_of(project) as bench:
        await bench.press(*PAY, "J", ".", "k", "j", "k", "o", "o")
        focused = bench.screen.desk.view.focused
        assert focused is not None
        move = "J" if focused.end == 24 else "K"
        await bench.press(move, "enter")
        assert "Already coded C1-1 Pay on these words" in bench.rows()[-1]
        assert edges(bench) is not None
        assert sorted(bench.own()) == [(0, 24, "C1-1"), (0, 52, "C1-1")]
        await bench.press("escape")
        assert edges(bench) is None


@pytest.mark.parametrize("what", ["removed", "moved", "recoded"])
def test_what_another_process_does_meanwhile_is_said(open_tiny: Opener, what: str) -> None:
    @on_screen
    async def run() -> None:
        project = open_tiny("ann")
        other = open_tiny("ann")
        async with bench_of(project) as bench:
            await bench.press(*PAY, "o", "L")
            coding = bench.screen.desk.view.focused_coding
            assert coding is not None
            if what == "removed":
                remove_codings(other, [coding])
                await bench.until(lambda: "was taken off elsewhere" in bench.text())
                await bench.press("enter")
                assert bench.own() == []
            elif what == "moved":
                move_coding(other, coding, 0, 14)
                await bench.until(lambda: "changed elsewhere meanwhile" in bench.text())
                assert edges(bench) is None
                assert bench.own() == [(0, 14, "C1-1")]
            else:
                weather = next(c.id for c in bench.screen.desk.study.codes if c.key == "C2")
                recode_codings(other, [coding], weather)
                await bench.until(lambda: "moving the edges of C2 Weather" in bench.text())
                await bench.press("enter")
                assert bench.own() == [(0, 31, "C2")]

    run()


@on_screen
async def test_nothing_is_read_or_written_until_enter(project: Project) -> None:
    async with bench_of(project, (160, 48)) as bench:
        await bench.press(*PAY, "o")
        statements: list[str] = []
        project.db.set_trace_callback(statements.append)
        await bench.press("L", "J", "x", "L", ">", "<", "K")
        project.db.set_trace_callback(None)
        assert not [s for s in statements if not s.startswith("PRAGMA")]


def test_a_read_only_project_keeps_its_edges(
    open_tiny: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    writable = open_tiny("ann")
    code = writable.db.execute("SELECT id FROM codes WHERE key = 'C1-1'").fetchone()[0]
    add_codings(writable, 1, 0, 24, [code])

    def refuse(*_: object, **__: object) -> None:
        raise Refused("The folder cannot be written.")

    @on_screen
    async def run() -> None:
        monkeypatch.setattr("tui.project.project.open_writer", refuse)
        async with bench_of(open_tiny("ann")) as bench:
            bench.screen.desk.view.select(0, 24)
            await bench.press("o", "L")
            assert "Read-only: The folder cannot be written." in bench.rows()[-2]
            assert edges(bench) is None
            await bench.press("escape")
            assert "Enter lists" in bench.rows()[-3]

    run()


@on_screen
async def test_moves_that_stretch_move_the_edges_too(project: Project) -> None:
    async with bench_of(project) as bench:
        await bench.press(*PAY, "o")
        bench.screen.desk.study.stretching = True
        await bench.press("l", "j", "k", "j")
        assert edges(bench) == (0, 52)
        await bench.press("enter")
        assert bench.own() == [(0, 52, "C1-1")]
        assert not bench.screen.desk.study.stretching


@on_screen
async def test_leaping_stretches_a_focused_coding(project: Project) -> None:
    async with bench_of(project) as bench:
        await bench.press(*PAY)
        selected = bench.screen.desk.view.selected_span
        await bench.press("o", "F", *"no")
        await bench.until(lambda: edges(bench) is not None)
        moved = edges(bench)
        assert moved is not None and moved[0] == 0
        assert bench.screen.desk.view.text.slice(*moved).endswith("Nobody")
        assert bench.screen.desk.view.selected_span == selected
        await bench.press("enter")
        assert [row[:2] for row in bench.own()] == [moved]
