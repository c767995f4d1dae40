from __future__ import annotations

from pathlib import Path

import pytest
from textual.events import Key, Paste
from textual.pilot import Pilot

from tests.app.screens.stage import HOSTILE, PENDING, SIZES, Stage, play, typed, walk, widest
from tui.app.screens.confirm import ConfirmScreen
from tui.app.screens.path_offers import path_offers
from tui.app.screens.prompt import PromptScreen
from tui.app.screens.workbench.codings_here import CodingsHere, HereResult
from tui.app.screens.workbench.here import HereEntry

ROWS = [
    HereEntry(11, "W", "Workload", "¶15 s1-5", "ann", "10:31", True, False, False),
    HereEntry(12, "T", "Testing", "¶15 s3-5", "zoe", "2 Mar", False, True, False),
    HereEntry(13, "B", "Burnout", "¶15 s2-4", "ann", "10:40", True, False, True),
]


def confirmed(*keys: str, word: str | None = None) -> object:
    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await pilot.press(*keys)

    return play(ConfirmScreen("Recode 132 segments?", "z undoes it.", word), script).result


def test_y_is_yes_and_n_and_escape_are_no() -> None:
    assert confirmed("y") is True
    assert confirmed("n") is False
    assert confirmed("escape") is False


def test_enter_alone_confirms_nothing() -> None:
    assert confirmed("enter") == PENDING


def test_a_word_that_must_be_typed_is_typed_whole() -> None:
    assert confirmed("y", "enter", word="recode") == PENDING
    assert confirmed(*typed("recode"), "enter", word="recode") is True


def test_every_question_is_readable_in_every_window() -> None:
    for size in SIZES:
        for text in HOSTILE:

            async def script(app: Stage, pilot: Pilot[None]) -> None:
                assert widest(app) <= app.size.width
                assert "y yes" in app.last_row()
                await pilot.press("f5")
                assert "no use here" in app.last_row()
                await pilot.press("y")

            if text.strip() or size == SIZES[0]:
                assert play(ConfirmScreen(text, text), script, size).result is True
            if len(text) < 100:
                break


def test_a_line_is_given_without_blanks_around_it() -> None:
    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await pilot.press(*typed(" 2 "), "enter")

    assert play(PromptScreen("New name", "brief", "It must be new."), script).result == "brief 2"


def test_an_empty_line_is_none_and_escape_gives_none() -> None:
    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await pilot.press("ctrl+u", "enter")
        assert "Nothing typed yet" in app.last_row()
        await pilot.press("escape")

    assert play(PromptScreen("New name", "brief"), script).result is None


def test_a_path_goes_on_by_one_key(tmp_path: Path) -> None:
    for name in ("talks", "texts"):
        (tmp_path / name).mkdir()
    for name in ("two.qual", "three.txt", ".tucked.qual", "t\x1b[31m.qual"):
        (tmp_path / name).touch()
    (tmp_path / "texts" / "one.qual").touch()
    screen = PromptScreen("Open", f"{tmp_path}/", offers=path_offers((".qual",)))

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        assert "Tab goes on" in app.last_row()
        found = []
        for _ in range(4):
            await pilot.press("tab")
            found.append(screen.field.value.removeprefix(f"{tmp_path}/"))
        assert found == ["talks/", "texts/", "two.qual", "talks/"]
        await pilot.press("backspace", "tab")  # one that nothing else begins like
        await pilot.press("tab")
        assert "Nothing begins like that" in app.last_row()
        await pilot.press("ctrl+u", *typed(f"{tmp_path}/te"), "tab", "tab")
        assert screen.field.value == f"{tmp_path}/texts/one.qual"
        await pilot.press("enter")

    assert play(screen, script).result == f"{tmp_path}/texts/one.qual"
    assert path_offers()(f"{tmp_path}/.t") == [f"{tmp_path}/.tucked.qual"]
    assert path_offers()(f"{tmp_path}/nowhere/x") == [] and path_offers()("~") == ["~/"]


def test_letters_that_came_early_follow_what_stands_in_the_field() -> None:
    screen = PromptScreen("New name", "brief")

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        screen.set_focus(None)
        screen.post_message(Key("1", "1"))
        screen.post_message(Key("9", "9"))
        await pilot.pause()
        await pilot.press("9", "3", "enter")

    assert play(screen, script).result == "brief1993"


def test_a_prompt_takes_hostile_text_as_text() -> None:
    screen = PromptScreen(HOSTILE[0], "", HOSTILE[2])

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        assert "[red]not red[/red]" in app.drawn()
        for text in HOSTILE:
            await pilot.press("ctrl+u")
            screen.field.post_message(Paste(text))
            await pilot.pause()
        screen.field.value = "\x1b[31mred"
        await pilot.pause()
        assert "␛[31mred" in app.drawn()
        await pilot.press("enter")

    assert play(screen, script).result == "\x1b[31mred"


def here(*keys: str, size: tuple[int, int] = (80, 24)) -> object:
    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await pilot.press(*keys)

    return play(CodingsHere(ROWS, "3 codings here"), script, size).result


def test_digits_and_enter_focus_a_coding() -> None:
    assert here("3") == HereResult("focus", 13)
    assert here("j", "enter") == HereResult("focus", 12)


@pytest.mark.parametrize(
    ("key", "verb"), [("u", "remove"), ("r", "recode"), ("m", "memo"), ("i", "important")]
)
def test_letters_act_on_the_highlighted_coding(key: str, verb: str) -> None:
    assert here("down", "down", key) == HereResult(verb, 13)  # type: ignore[arg-type]


def test_another_coders_coding_can_be_looked_at_but_not_changed() -> None:
    assert here("j", "u") == PENDING
    assert here("j", "m") == HereResult("memo", 12)


def test_a_digit_without_a_coding_and_an_unused_key_are_answered() -> None:
    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await pilot.press("7")
        assert "There is no coding 7 here" in app.last_row()
        await pilot.press("z")
        assert "z: Esc first, undo is in the text" in app.last_row()
        await pilot.press("q")
        assert "q: no use here" in app.last_row()
        await pilot.press("j")
        assert app.last_row().count("1-3 focus")

    play(CodingsHere(ROWS, "3 codings here"), script)


def test_many_hostile_codings_are_listed_in_every_window() -> None:
    rows = [
        HereEntry(n, text[:1], text, text, text, text, bool(n % 2), True, True)
        for n, text in enumerate(HOSTILE * 3)
    ]
    for size in SIZES:

        async def script(app: Stage, pilot: Pilot[None]) -> None:
            for _ in rows:
                await walk(pilot, "ctrl+n")
            assert widest(app) <= app.size.width
            await pilot.press("ctrl+p", "enter")

        assert play(CodingsHere(rows, HOSTILE[2]), script, size).result == HereResult(
            "focus", len(rows) - 1
        )
