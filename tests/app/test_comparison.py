"""Comparison while coding: other passages from the tree and from the picker."""

from __future__ import annotations

from tests.app.bench import Bench, bench_of, on_screen
from tests.app.screens.test_screen_segments import plant
from tests.conftest import Opener
from tui.app.widgets.passages import passage_rows
from tui.project.edits.codings import add_codings
from tui.project.project import Project
from tui.store.segments import other_passages


def place(bench: Bench) -> tuple[object, ...]:
    view = bench.screen.desk.view
    return view.selection, bench.screen.desk.study.document


def reads(project: Project) -> list[str]:
    seen: list[str] = []
    project.db.set_trace_callback(seen.append)
    return seen


@on_screen
async def test_other_passages_follow_the_cursor_of_the_tree(open_tiny: Opener) -> None:
    zoe = open_tiny("zoe")
    plant(zoe, 6, 40)
    async with bench_of(zoe) as bench:
        await bench.press("j", "j", "t")
        before = place(bench)
        await bench.press("v")
        await bench.until(lambda: "C1 Work " in bench.text() and "of 241 segments" in bench.text())
        assert "mills 0 ¶1" in bench.text() and "mills 1 ¶1" in bench.text()
        seen = reads(zoe)
        await bench.press("j")
        zoe.db.set_trace_callback(None)
        assert "C1-1 Pay" in bench.text() and "Nobody spoke of wages then." in bench.text()
        assert len([each for each in seen if "substr(c.quote" in each]) == 1
        assert place(bench) == before
        await bench.press("end")
        assert "No other passage has this code yet" in bench.text()
        await bench.press("escape")
        assert "No other passage" in bench.text()
        await bench.press("escape")
        assert "No other passage" not in bench.text() and place(bench) == before


@on_screen
async def test_wide_screens_show_them_below_the_tree(open_tiny: Opener) -> None:
    zoe = open_tiny("zoe")
    plant(zoe, 3, 4)
    async with bench_of(zoe, (160, 48)) as bench:
        assert "HERE" in bench.text()
        await bench.press("t", "v")
        await bench.until(lambda: "of 13 segments" in bench.text())
        assert "HERE" not in bench.text()
        row = next(row for row in bench.rows() if "of 13 segments" in row)
        assert row.index("C1 Work") > 100
        await bench.press("v")
        await bench.until(lambda: "HERE" in bench.text())


@on_screen
async def test_the_picker_shows_other_passages_of_the_highlighted_code(
    open_tiny: Opener,
) -> None:
    zoe = open_tiny("zoe")
    plant(zoe, 2, 3)
    async with bench_of(zoe) as bench:
        await bench.press("j", "j", "c", *"pay", "f3")
        before = place(bench)
        assert "C1-1 Pay elsewhere" in bench.text() and "Nobody spoke of wages" in bench.text()
        seen = reads(zoe)
        await bench.press("backspace", "backspace", "backspace", *"work")
        zoe.db.set_trace_callback(None)
        assert "C1 Work elsewhere" in bench.text() and "mills 0 ¶1" in bench.text()
        assert len([each for each in seen if "substr(c.quote" in each]) <= 7
        assert place(bench) == before
        await bench.press("escape", "c")
        assert "elsewhere" in bench.text(), "it stays as it was asked for"
        await bench.press("ctrl+o", "f2")
        assert "No definition yet" in bench.text()
        await bench.press("f2", "escape")


def test_hidden_coders_passages_are_never_shown(open_tiny: Opener) -> None:
    ann = open_tiny("ann")
    ann.join()
    assert other_passages(ann.db, [1], ann.visible_coder_ids(), most=6) == []
    add_codings(ann, 2, 0, 10, [1])
    found = other_passages(ann.db, [1], ann.visible_coder_ids(), most=6)
    assert [name for name, _, _ in found] == ["talk"]


def test_they_are_spread_over_the_documents_and_leave_out_what_is_selected(
    open_tiny: Opener,
) -> None:
    zoe = open_tiny("zoe")
    plant(zoe, 2, 10)
    found = other_passages(zoe.db, [1], [1], most=4)
    assert [name for name, _, _ in found] == ["letter", "mills 0", "mills 1", "mills 0"]
    found = other_passages(zoe.db, [1], [1], most=4, besides=(1, 3, 5))
    assert [name for name, _, _ in found] == ["mills 0", "mills 1", "mills 0", "mills 1"]


def test_rows_are_shared_out_among_the_passages() -> None:
    found = [("a long name of a document", 12, "word " * 60), ("b", 1, "short"), ("c", 2, "x" * 90)]
    for cells in (20, 60):
        for rows in (1, 2, 5, 12):
            drawn = passage_rows(found, cells, rows)
            assert len(drawn) <= rows
            assert all(sum(len(text) for text, _ in row) <= cells for row in drawn)
    text = "\n".join("".join(text for text, _ in row) for row in passage_rows(found, 60, 8))
    assert "short" in text and "b ¶1" in text
    narrow = passage_rows(found, 100, 12, 30)
    assert max(len(row[-1][0]) for row in narrow) <= 30
