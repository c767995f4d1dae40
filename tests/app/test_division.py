"""The workbench divided as the coder wants it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.app.bench import Bench, on_screen
from tests.tiny import make_tiny
from tui.app.app import QualApp
from tui.app.division import Division
from tui.app.document.gutter import geometry
from tui.project.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project(make_tiny(tmp_path / "tiny.qual"), "zoe") as opened:
        yield opened


@given(st.integers(20, 300), st.integers(0, 10**6), st.integers(24, 200), st.integers(0, 16))
def test_columns_fit_the_pane_whatever_is_wanted(
    pane: int, passages: int, text: int, lanes: int
) -> None:
    wanted = Division(text_width=text, lanes=lanes)
    for screen in (pane, pane + 26, pane + 60):
        shape = geometry(pane, screen, passages, wanted)
        assert shape.text <= text
        assert shape.margin + shape.text + (shape.names + 2 if shape.names else 0) <= pane


@on_screen
async def test_tree_text_and_lanes_are_as_wide_as_wanted(project: Project) -> None:
    wanted = Division(tree_width=40, text_width=30, lanes=2)
    app = QualApp(project, "zoe", division=wanted)
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.pause()
        bench = Bench(app, pilot, project)
        assert bench.rows()[1].index("│") == 80
        assert "The mill opened in 1911." in bench.rows()[2]
        assert "Nobody spoke of" not in bench.rows()[2]
        await bench.press("t", "enter")
        assert "The mill opened in 1911." in bench.text(), "the preview of a segment, too"
        assert "1911. Nobody" not in "\n".join(bench.rows()[3:])
        await bench.press("escape", "escape")
        await pilot.resize_terminal(62, 24)
        await pilot.pause()
        assert bench.rows()[1].index("│") == 31, "half of the window stays to the text"
        await pilot.resize_terminal(50, 24)
        await pilot.pause()
        assert "│" not in bench.rows()[1]


@on_screen
async def test_the_tree_can_be_folded_away_from_the_start(project: Project) -> None:
    app = QualApp(project, "zoe", division=Division(folded=True))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        bench = Bench(app, pilot, project)
        assert "CODES" not in bench.text()
        await bench.press("t")
        assert "CODES" in bench.text()
