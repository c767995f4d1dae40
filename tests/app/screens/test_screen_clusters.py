"""The page of clusters: its tree, what is left out, names, and what it does when there is much."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.app.bench import Bench, bench_of, on_screen
from tests.app.screens.stage import typed
from tui.app.screens.overviews import cluster_page
from tui.app.screens.overviews.cluster_view import Settings
from tui.app.screens.overviews.clusters import ClustersScreen
from tui.app.screens.segments.screen import SegmentsScreen
from tui.cli.main import main
from tui.project.cluster_names import name_cluster
from tui.project.edits.codings import add_codings
from tui.project.edits.readings import show_coders
from tui.project.project import Project
from tui.store.codes import list_codes
from tui.store.memos import list_memos


def coded(project: Project) -> Project:
    """Code the tiny project as ann: Work and Pay together, Weather apart, Wages once."""
    show_coders(project, ["zoe"])
    add_codings(project, 1, 0, 24, [1, 2])
    add_codings(project, 1, 60, 80, [1, 2])
    add_codings(project, 1, 25, 30, [3])
    add_codings(project, 2, 0, 10, [1, 2, 4])
    add_codings(project, 2, 36, 50, [4])
    return project


def page_of(bench: Bench) -> ClustersScreen:
    screen = bench.app.screen
    assert isinstance(screen, ClustersScreen)
    return screen


def row_with(bench: Bench, part: str) -> str:
    return next(row for row in bench.rows() if part in row)


@on_screen
async def test_codes_are_drawn_as_a_tree_that_is_cut_named_and_written(
    project: Project,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    async with bench_of(coded(project)) as bench:
        await bench.press("w", "t")
        assert "Fewer than 3 codes have 5 segments." in bench.text()
        await bench.press("right", "f2", "e")
        assert "Fewer than 3 codes have 5 segments. m" in bench.rows()[-1]
        await bench.press("x")
        assert "fewer than 5 segments" in row_with(bench, "C2 Weather")
        await bench.press("escape", "m", "m")
        assert "Codes with at least 1 segment" in bench.rows()[-1]
        assert "Jaccard on paragraphs · complete linkage" in bench.rows()[0]
        assert "2 clusters" in bench.rows()[0] and "┬" in row_with(bench, "1 Work")
        await bench.press("left", "left", "left")
        assert "No further cut" in bench.rows()[-1]
        await bench.press("right", "right", "right", "right", "right")
        assert "No further cut" in bench.rows()[-1]
        await bench.press("end")
        assert "2 Weather" in row_with(bench, "►") and "at " in row_with(bench, " C2 Weather · ")
        await bench.press("f2", *typed("the sky"), "enter")
        assert "Cluster 2 is the sky" in bench.rows()[-1] and "z undo" in bench.rows()[-1]
        assert "Cluster 2 the sky = Weather" in bench.text()
        await bench.press("escape", ":", *typed("memo on the project"), "enter")
        await bench.until(lambda: "Memo on tiny" in bench.text())
        assert "What do you notice?" in bench.text(), "a name is told of above, not rewritten"
        await bench.press("escape", "w", "t", "m", "m", "end")
        await bench.press("z")
        assert "the sky" not in "".join(bench.rows()[:-1]) and "Undone" in bench.rows()[-1]
        await bench.press("Z")
        assert "Cluster 2 the sky = Weather" in bench.text()
        await bench.press("v", "v", "n", "l", "f")
        assert "Pearson counts in segments · average linkage" in bench.rows()[0]
        await bench.press("f", "v", "v")
        assert "counts in documents" in bench.rows()[0]
        await bench.press("f", "n", "v", "v", "l", "l", "e", "enter")
        assert "Written to tiny-clusters.tsv · qual cluster" in bench.rows()[-1]
        command = bench.rows()[-1].partition(" · qual ")[2].split()
        _, *written = Path("tiny-clusters.tsv").read_text().splitlines()
        assert any(line.endswith("\tthe sky") for line in written)
        await bench.press("e", "enter")
        assert "exists already" in bench.text()
        await bench.press("home", "f2", *typed("work of any kind"), "enter")
        await bench.press("left")
        assert "Cluster 1 ≈ work of any kind = Work, Pay" in bench.text()
        await bench.press("right", "z", "end")
        await bench.press("f2", "ctrl+u", "minus", "enter")
        assert "has no name any more" in bench.rows()[-1]
        assert not list_memos(project.db, coder_ids=[project.coder_id])
        await bench.press("home", "enter")
        assert isinstance(bench.app.screen, SegmentsScreen) and "C1 Work" in bench.rows()[0]
    name_cluster(project, [each for each in list_codes(project.db) if each.key == "C2"], "the sky")
    capsys.readouterr()
    assert main(["-p", project.path, "--coder", "ann", *command]) == 0
    assert capsys.readouterr().out.splitlines() == written, "the shell prints what was written"


@on_screen
async def test_the_tree_stays_in_any_window_and_lists_its_clusters_in_a_wide_one(
    project: Project,
) -> None:
    async with bench_of(coded(project), (40, 12)) as bench:
        await bench.press("w", "t", "m", "m")
        for columns, lines in ((40, 12), (300, 80), (80, 24), (160, 48)):
            await bench.pilot.resize_terminal(columns, lines)
            await bench.pilot.pause()
            rows = bench.rows()
            assert len(rows) == lines and {cell_len(row) for row in rows} == {columns}
            assert any("►1 Work" in row.replace("► 1", "►1") for row in rows), "\n".join(rows)
        panel = [row.rpartition("│")[2].strip() for row in bench.rows()]
        assert panel[3:16] == [
            "Cluster 1 · 3 codes",
            "Work · Pay · Wages",
            "10 segments in 2 documents",
            "3 pairs, by Jaccard",
            "1.00 Work ~ Pay",
            ".33 Work ~ Wages",
            ".33 Pay ~ Wages",
            "nearest outside, by Jaccard",
            ".25 Weather ~ Work",
            "",
            "all 2 clusters",
            "►1 Work, Pay, Wages",
            "2 Weather",
        ]
        await bench.press("end")
        assert "Cluster 2 · 1 code" in bench.text() and "pairs, by" not in bench.text()
        assert ".25 Work ~ Weather" in bench.text()
        await bench.press("home")
        # Few codes: the first level has two.
        await bench.press("c")
        assert "level 1" in bench.rows()[0]
        assert "Fewer than 3 codes have 1 segment." in bench.text()


@on_screen
async def test_where_there_is_much_it_is_counted_in_a_thread(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_page, "_NOW", 0)
    async with bench_of(coded(project)) as bench:
        await bench.press("w", "t", "m", "m")
        await bench.until(lambda: "2 clusters" in bench.text())
        await bench.press("f")
        await bench.until(lambda: "on segments" in bench.text() and "clusters" in bench.rows()[0])
        page = page_of(bench)
        page.post_message(page.Made(page._settings, None))
        await bench.until(lambda: "could not be counted" in bench.rows()[-1])
        page.post_message(page.Made(Settings(level=9), None))
        await bench.press("escape")
        assert bench.app.screen is bench.screen


@on_screen
async def test_a_screen_reader_hears_the_tree_in_words(project: Project) -> None:
    async with bench_of(coded(project)) as bench:
        bench.app.accessible = True
        await bench.press("w", "t", "m", "m")
        assert "1 Work; first of 4 codes; 1 of 4" in bench.text()
        await bench.press("down")
        assert "1 Pay; at 1.00 joins Work; 2 of 4" in bench.text()
        assert "┬" not in bench.text()


@on_screen
async def test_what_cannot_be_compared_is_named_and_no_key_is_offered_in_vain(
    project: Project,
) -> None:
    async with bench_of(coded(project), (120, 30)) as bench:
        await bench.press("w", "t")
        assert not {"fewer", "more", "name"} & set(bench.rows()[-1].split()), "there is no tree"
        assert "│" not in bench.text(), "nor is there a panel"
        await bench.press("m", "m")
        assert "1.00 Work ~ Pay" in bench.text()
        await bench.press("l")
        assert "F2 name" in bench.rows()[-1]
        # Work and Pay stand in every document: their r is undefined.
        await bench.press("f", "f", "v", "v", "x")
        assert "undefined with Pay, Wages, Weather" in bench.text()
        assert "x back to the tree" in bench.rows()[-1]
