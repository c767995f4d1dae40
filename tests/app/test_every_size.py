"""Every screen in windows from 40x12 to 300x80, each reached by resizing the one before."""

from __future__ import annotations

import ast
import os
import re
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.app.bench import Bench, bench_of, on_screen
from tui.app import themes
from tui.app.glyphs import NEAREST, PLAIN, Signs
from tui.app.widgets.code_tree import CodeTree
from tui.config import config_path
from tui.project.project import Project
from tui.store.migrate import create_project

SIZES = ((40, 12), (300, 80), (60, 16), (80, 24), (160, 48), (40, 12), (100, 30), (140, 40))
SCREENS = {
    "picker": ("c", "Code 5 words"),
    "codings here": ("enter", "coding here"),
    "memo": ("m", "Memo"),
    "search": ("s", "Words in any order"),
    "documents": ("d", "DOCUMENTS"),
    "help": ("?", "MOVE AND SELECT"),
    "palette": (":", "Every command"),
}
"""What opens each screen, and words by which it is known."""


async def until_shown(bench: Bench, words: str, *, gone: bool = False) -> None:
    """Wait until words are on the screen, or no longer are."""
    await bench.until(lambda: (words in bench.text()) != gone)


@on_screen
async def test_every_screen_names_its_way_out_at_every_size(project: Project) -> None:
    async with bench_of(project) as bench:
        await bench.press("c", *"weather", "enter")
        for name, (key, words) in SCREENS.items():
            await bench.press(key)
            await until_shown(bench, words)
            for columns, lines in ((40, 12), (300, 80), (60, 16)):
                await bench.pilot.resize_terminal(columns, lines)
                await bench.pilot.pause()
                rows = bench.rows()
                where = f"{name} at {columns}x{lines}\n" + "\n".join(rows)
                assert len(rows) == lines, where
                assert {cell_len(row) for row in rows} == {columns}, where
                foot = [row for row in rows if "Esc" in row]
                assert foot and "Esc…" not in foot[-1] and "Es…" not in foot[-1], where
            await bench.press("escape")
            await until_shown(bench, words, gone=True)


@on_screen
async def test_the_workbench_divides_every_size(project: Project) -> None:
    async with bench_of(project) as bench:
        for columns, lines in SIZES:
            await bench.pilot.resize_terminal(columns, lines)
            await bench.pilot.pause()
            rows = bench.rows()
            where = f"{columns}x{lines}\n" + "\n".join(rows)
            assert (" qual " in rows[0]) == (lines >= 20), where
            assert ("CODES 4" in bench.text()) == (columns >= 60), where
            assert any("sentence 1 of 2" in row for row in rows[-3:]), where
            assert any(row.startswith(" here:") for row in rows[-4:]), where
            assert any(" code  " in row for row in rows[-1:]) == (lines >= 16), where
            assert bench.screen.desk.view._pane.geometry.text <= 72
            if columns > 60 and lines != 24:
                continue
            for _ in range(2):  # the tree takes the place of the text and gives it back
                await bench.press("t")
                tree = bench.screen.query_one(CodeTree)
                assert tree.size.height > 3 and "Weather" in bench.text(), where
                await bench.press("escape")
                assert "The mill" in bench.text(), where
            await bench.press("g")
            await bench.until(lambda: "or keep typing" in bench.text())
            assert "g  go to…" in bench.text() and "last act" in bench.text(), bench.text()
            await bench.press("escape")


@on_screen
async def test_a_refusal_that_is_longer_than_the_window_is_said_whole(project: Project) -> None:
    async with bench_of(project, (40, 12)) as bench:
        await bench.press("ctrl+c")
        said = " ".join(" ".join(bench.rows()).split())
        assert "Nothing is running that could be stopped" in said and "leaves the program" in said
        assert said.count("Nothing is running") == 1, "said once"
        await bench.press("j")
        assert "Nothing is running" not in bench.text()


@on_screen
async def test_letters_of_an_input_method_are_named(project: Project) -> None:
    async with bench_of(project) as bench:
        for letters, words in (
            ("的", "An input method is on: Chinese characters"),
            ("か", "An input method is on: Japanese kana"),
            ("한", "An input method is on: Korean Hangul"),
            ("ก", "is a letter of Thai"),
        ):
            bench.screen.press(letters)
            await bench.pilot.pause()
            assert words in bench.text()


@on_screen
async def test_colours_for_the_other_background_are_kept(project: Project) -> None:
    async with bench_of(project) as bench:
        tree = [row[55:] for row in bench.rows()]
        bench.app.suit_background(light=True)
        assert bench.app.theme == "qual-light"
        await bench.pilot.pause()
        assert [row[55:] for row in bench.rows()] == tree
        await bench.press(":", *"light or", "enter")
        assert bench.app.theme == "qual-dark"
        assert "suit a dark background" in bench.text()
        assert [row[55:] for row in bench.rows()[1:20]] == tree[1:20]
        with open(config_path(os.environ), encoding="utf-8") as file:
            assert file.read().strip() == 'theme = "dark"'
        bench.app.suit_background(light=True)  # what was chosen stays
        assert bench.app.theme == "qual-dark"


@pytest.mark.parametrize(
    ("sign", "cells", "shown"),
    [
        ("►", 1, ">"),
        ("é", 1, "é"),
        ("e\u0301", 1, "é"),
        ("工", 2, "??"),
        ("“", 1, '"'),
        ("щ", 1, "?"),
    ],
)
def test_a_sign_keeps_its_width_in_another_encoding(sign: str, cells: int, shown: str) -> None:
    assert Signs("latin-1").shown(sign, cells) == shown


def test_every_sign_that_screens_draw_has_a_plain_one() -> None:
    drawn = re.compile("[\u00a1-\u00b7\u2010-\u2027\u2039\u203a\u2190-\u23ff\u2500-\u27bf]")
    folder = Path(themes.__file__).parent
    missing: dict[str, str] = {}
    for path in folder.rglob("*.py"):
        if path.name in (
            "glyphs.py",
            "screen_cells.py",
            "cells.py",
            "layout.py",
            "layouts.py",
            "normaliser.py",
        ):
            continue  # they tell of characters of texts and keyboards
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                missing |= dict.fromkeys(drawn.findall(node.value), path.name)
    assert {char: missing[char] for char in missing.keys() - PLAIN.keys() - NEAREST.keys()} == {}


@on_screen
async def test_an_empty_project_says_how_to_begin(tmp_path: Path) -> None:
    path = str(tmp_path / "empty.qual")
    create_project(path)
    with Project(path, "ann") as project:
        async with bench_of(project) as bench:
            assert "d and then i bring some in" in bench.rows()[-1]
            assert "here: no document yet" in bench.text() and "d brings documents" in bench.text()
            await bench.press("c")
            assert "No documents yet · d brings some in" in bench.text()
            await bench.press("t")
            assert "n makes a code" in bench.rows()[-3]
            await bench.press("d", "i")
            await bench.until(lambda: "Tab goes on" in bench.text())
