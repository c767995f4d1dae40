from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot

from tests.app.screens.stage import PENDING, SIZES, Stage, play, widest
from tui.app.screens.beginning.welcome import (
    WelcomeResult,
    WelcomeScreen,
    terminal_lines,
    tmux_lines,
)
from tui.app.screens.prompt import PromptScreen


def test_the_sample_is_one_key_away() -> None:
    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await pilot.press("1")

    assert play(WelcomeScreen(), script).result == WelcomeResult("sample", "")


def test_enter_chooses_the_highlighted_way() -> None:
    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await pilot.press("j", "k", "enter")

    assert play(WelcomeScreen(), script).result == WelcomeResult("sample", "")


def test_a_new_project_is_offered_in_the_folder(tmp_path: Path) -> None:
    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await pilot.press("2")
        await pilot.pause()
        await pilot.press("enter")

    result = play(WelcomeScreen(str(tmp_path)), script).result
    assert result == WelcomeResult("new", str(tmp_path))


def test_a_path_that_is_not_there_is_refused_in_words(tmp_path: Path) -> None:
    project = tmp_path / "mine.qual"
    project.write_bytes(b"")

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        for path, said in ((tmp_path / "no.qual", "does not exist"), (tmp_path, "is a folder")):
            await pilot.press("3")
            await pilot.pause()
            assert isinstance(app.screen, PromptScreen)
            app.screen.field.value = str(path)
            await pilot.press("enter")
            await pilot.pause()
            # A long path takes a second row.
            assert said in " ".join(app.drawn().split())
        await pilot.press("3")
        await pilot.pause()
        assert isinstance(app.screen, PromptScreen)
        app.screen.field.value = str(project)
        await pilot.press("enter")

    assert play(WelcomeScreen(), script).result == WelcomeResult("open", str(project))


def test_q_quits_and_other_keys_are_answered() -> None:
    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await pilot.press("x")
        assert "x: no use here" in app.last_row()
        await pilot.press("q")

    assert play(WelcomeScreen(), script).result is None


def test_help_and_practice_are_there_before_any_study() -> None:
    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await pilot.press("question_mark")
        await pilot.pause()
        assert "next sentence" in app.drawn()
        await pilot.press(*"undo", "enter")
        assert "no study yet" in app.last_row()
        await pilot.press("escape", "f3")

    assert play(WelcomeScreen(), script).result == WelcomeResult("practice", "")


def test_it_can_be_read_in_every_window() -> None:
    for size in SIZES:

        async def script(app: Stage, pilot: Pilot[None]) -> None:
            assert "Try the sample study" in app.drawn()
            assert "Open a project" in app.drawn()
            assert widest(app) <= app.size.width

        assert play(WelcomeScreen(), script, size).result == PENDING


def test_the_terminal_is_described_with_what_would_help() -> None:
    lines = terminal_lines({"TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}, "256 colours")
    assert lines[0] == "xterm-256color · 256 colours · mouse on · UTF-8 ok"
    assert "OSC 52" in lines[1] and len(lines) == 2
    lines = terminal_lines({"TERM": "linux", "LANG": "C", "STY": "1.x"}, "16 colours")
    assert lines[0] == "linux · 16 colours · no mouse here · no UTF-8"
    assert "export LC_ALL" in lines[1] and "screen found" in lines[2] and "a file" in lines[3]
    lines = terminal_lines({"TERM": "xterm", "LANG": "de_DE.ISO-8859-1"}, "no colours", mouse=False)
    assert "mouse off" in lines[0] and "says iso8859-1" in lines[1]
    assert "OSC 52" not in " ".join(terminal_lines({"TMUX": "x", "LANG": "C.UTF-8"}, "no colours"))
    assert tmux_lines("10", "on") == [
        "copying goes through tmux to your terminal, where it allows that"
    ]
    assert "did not answer" in tmux_lines("", "")[0]
    assert "500 ms" in tmux_lines("500", "on")[0]
    assert "set-clipboard" in tmux_lines("10", "external")[0]
