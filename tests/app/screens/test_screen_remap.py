"""Giving acts other keys on the screen: what is offered, what is written, what counts at once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.bench import Bench, bench_of, on_screen
from tests.tiny import make_tiny
from tui.app.keybook import keys_of, use
from tui.app.keys import change
from tui.app.screens.keys.help import HelpScreen
from tui.config import config_path
from tui.project.project import Project


@pytest.fixture(autouse=True)
def keys_as_they_come() -> Iterator[None]:
    """Let no key of a test stay."""
    yield
    change._UNSAVED.clear()
    use({})


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project(make_tiny(tmp_path / "tiny.qual"), "zoe") as opened:
        yield opened


def settings() -> str:
    """Return what the user's file says."""
    path = Path(config_path(os.environ))
    return path.read_text(encoding="utf-8") if path.exists() else ""


async def open_keys(bench: Bench) -> None:
    """Open the page of keys from the palette."""
    await bench.press(":", *"keys:", "enter")
    await bench.until(lambda: " KEYS " in bench.text())


@on_screen
async def test_f2_in_the_help_gives_an_act_another_key_at_once(project: Project) -> None:
    async with bench_of(project) as bench:
        await bench.press("?", *"importa")
        assert isinstance(bench.app.screen, HelpScreen)
        await bench.press("f2", "m")
        assert "'memo' is left without a key" in bench.text()
        await bench.press("backspace", "ctrl+h", "Y")
        assert "Nothing else has this key there." in bench.text()
        await bench.press("enter")
        assert "important: Y · kept in config.toml" in bench.rows()[-1]
        assert '"code.important" = "Y"' in settings()
        await bench.press("escape", "j", "j", "c", *"weather", "enter", "Y")
        assert "important" in bench.rows()[-1], bench.text()
        await bench.press("i")
        assert "i does nothing here" in bench.rows()[-2], bench.text()


@on_screen
async def test_a_key_that_another_act_has_is_taken_only_after_its_name_was_shown(
    project: Project,
) -> None:
    async with bench_of(project, (100, 30)) as bench:
        await open_keys(bench)
        await bench.press("/", *"code.pick", "enter")
        await bench.press("enter", "g")
        assert "is left without a key" in bench.text(), "g begins keys of others"
        await bench.press("backspace", "escape")
        await bench.press("a", "z", "enter")
        assert keys_of("code.pick") == ("c", "z")
        assert keys_of("edit.undo") == ("ctrl+z",)
        assert '"edit.undo" = "ctrl+z"' in settings()
        await bench.press("d")
        assert keys_of("code.pick") == ("c",) and "code.pick" not in settings()
        await bench.press("x")
        assert '"code.pick" = []' in settings() and keys_of("code.pick") == ()
        await bench.press("escape", "escape", "c")
        assert "c is for the code tree" in bench.text()


@on_screen
async def test_a_row_of_two_keys_can_be_given_and_fixed_keys_stay(project: Project) -> None:
    async with bench_of(project) as bench:
        await open_keys(bench)
        await bench.press("/", *"text.skip", "enter", "enter", "g", "y", "enter")
        assert keys_of("text.skip") == ("g y",)
        await bench.press("/", *["backspace"] * 9, *"picker.apply", "enter", "enter")
        assert "these keys are fixed" in bench.rows()[-1]
        await bench.press("/", *["backspace"] * 12, *"app.palette", "enter", "x")
        assert "needs a key" in bench.rows()[-1]


@on_screen
async def test_a_preset_is_chosen_and_counts_below_at_once(project: Project) -> None:
    async with bench_of(project, (160, 48)) as bench:
        await open_keys(bench)
        await bench.press("p", "down", "enter")
        assert 'preset = "vim"' in settings() and "vim" in bench.rows()[0]
        await bench.press("escape")
        assert "u undo" in bench.rows()[-1]
        await bench.press("w")
        assert "word 2" in bench.text() or "of 9" in bench.text() or "word" in bench.rows()[-2]


def test_only_what_clashes_with_a_preset_is_said_to() -> None:
    path = Path(config_path(os.environ))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        '[keys]\n"code.pick" = "ctrl+h"\n"go.uncodd" = "g o"\n"code.list_here" = 7\n'
        '"code.again" = "w"\n',
        encoding="utf-8",
    )
    said = change.choose_preset("vim")
    assert said.startswith(
        "Keys: vim, but not for code.again: it clashes with it"
        " · no use: code.pick, go.uncodd, code.list_here, see `qual config check`"
    ), said


@on_screen
async def test_keys_count_until_the_end_when_the_file_cannot_be_written(project: Project) -> None:
    folder = Path(config_path(os.environ)).parent
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("a file where the folder should be", encoding="utf-8")
    async with bench_of(project) as bench:
        await bench.press("?", *"importa", "f2", "Y", "enter")
        assert "until you leave" in bench.text()  # a long path takes a second row
        assert keys_of("code.important") == ("Y",)
        await bench.press("f2", "D", "enter")
        assert keys_of("code.important") == ("D",)


@on_screen
async def test_a_screen_without_a_field_shows_its_keys(project: Project) -> None:
    async with bench_of(project) as bench:
        await bench.press("d", "?")
        assert "HELP  documents" in bench.text() and "sort by the next column" in bench.text()
        await bench.press(*"sort by the next", "enter")
        assert "sort: name" in bench.text() or "sort:" in bench.text()
