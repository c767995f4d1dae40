from __future__ import annotations

from textual.events import Paste
from textual.pilot import Pilot

from tests.app.screens.stage import HOSTILE, PENDING, SIZES, Stage, play, typed, walk, widest
from tui.app.screens.keys.help import HelpRow, HelpScreen, lay_out
from tui.app.screens.keys.palette_screen import PaletteScreen

ROWS = [
    HelpRow("text.next", "next sentence", "j ↓", "move", "Selects the next sentence."),
    HelpRow("text.prev", "previous sentence", "k ↑", "move"),
    HelpRow("code.pick", "code…", "c", "code", "Asks which codes the words get."),
    HelpRow("code.remove", "uncode", "u", "code", "Removes a coding.", "No coding here"),
    HelpRow("edit.undo", "undo", "z", "code", "Takes the last act back."),
    HelpRow("view.documents", "documents", "d", "look"),
]
MANY = [HelpRow(f"a{n}", f"act {n}", f"w {n}", f"group {n // 9}") for n in range(90)]


def chosen(screen: HelpScreen | PaletteScreen, *keys: str) -> object:
    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await pilot.press(*keys)

    return play(screen, script).result


def test_enter_does_the_highlighted_act() -> None:
    assert chosen(HelpScreen(ROWS, "text"), "down", "down", "enter") == "code.pick"
    assert chosen(PaletteScreen(ROWS), "ctrl+n", "ctrl+n", "enter") == "code.pick"


def test_the_arrows_go_on_at_the_other_end() -> None:
    assert chosen(HelpScreen(ROWS, "text"), "up", "enter") == "view.documents"
    assert chosen(PaletteScreen(ROWS), "up", "enter") == "view.documents"


def test_typing_finds_an_act_by_name_by_key_and_by_what_it_does() -> None:
    assert chosen(HelpScreen(ROWS, "text"), *typed("undo"), "enter") == "edit.undo"
    assert chosen(PaletteScreen(ROWS), *typed("z"), "enter") == "edit.undo"
    assert chosen(PaletteScreen(ROWS), *typed("asks words"), "enter") == "code.pick"


def test_an_act_that_cannot_be_done_now_says_why() -> None:
    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await pilot.press(*typed("uncode"), "enter")
        assert "Not now: No coding here" in app.last_row()
        await pilot.press("escape")

    assert play(HelpScreen(ROWS, "text"), script).result is None
    assert play(PaletteScreen(ROWS), script).result is None


def test_the_practice_is_offered_only_where_it_can_begin() -> None:
    async def without(app: Stage, pilot: Pilot[None]) -> None:
        assert "practise" not in app.last_row()
        await pilot.press("f3")
        assert "The practice begins in the text" in app.last_row()

    async def offered(app: Stage, pilot: Pilot[None]) -> None:
        assert "F3 practise" in app.last_row()

    play(HelpScreen(ROWS, "code picker"), without)
    play(HelpScreen([*ROWS, HelpRow("app.practice", "practise", "F3", "look")], "text"), offered)


def test_what_matches_nothing_does_nothing() -> None:
    assert chosen(HelpScreen(ROWS, "text"), *typed("xyzzy"), "enter") == PENDING
    assert chosen(PaletteScreen(ROWS), *typed("xyzzy"), "enter") == PENDING


def test_two_columns_stand_side_by_side_at_eighty_cells() -> None:
    async def script(app: Stage, pilot: Pilot[None]) -> None:
        rows = app.drawn().splitlines()
        assert any("next sentence" in row and "undo" in row for row in rows)
        await pilot.resize_terminal(40, 12)
        await pilot.pause()
        assert not any("next sentence" in row and "undo" in row for row in app.drawn().splitlines())

    play(HelpScreen(ROWS, "text"), script)


def test_columns_hold_every_row_once_and_headings_are_followed_by_a_row() -> None:
    for count in (1, 2, 3, 4):
        columns = lay_out(MANY, range(len(MANY)), count)
        assert len({len(cells) for cells in columns}) == 1
        assert [c for cells in columns for c in cells if isinstance(c, int)] == [*range(90)]
        for cells in columns:
            last = [cell for cell in cells if cell is not None][-1]
            assert isinstance(last, int)


def test_every_act_can_be_reached_in_every_window() -> None:
    for size in SIZES:

        async def script(app: Stage, pilot: Pilot[None]) -> None:
            for row in MANY:
                assert row.title in app.drawn()
                await walk(pilot, "down")

        play(HelpScreen(MANY, "text"), script, size)


def test_a_click_highlights_and_a_second_one_does() -> None:
    async def script(app: Stage, pilot: Pilot[None]) -> None:
        row = next(y for y, r in enumerate(app.drawn().splitlines()) if "code…" in r)
        column = app.drawn().splitlines()[row].index("code…")
        await pilot.click(offset=(column, row))
        await pilot.click(offset=(column, row))

    assert play(HelpScreen(ROWS, "text"), script).result == "code.pick"


def test_hostile_rows_and_filters_are_only_text() -> None:
    rows = [HelpRow(f"h{n}", text, text, text, text, text) for n, text in enumerate(HOSTILE)]
    for screen in (HelpScreen(rows, HOSTILE[2]), PaletteScreen(rows)):

        async def script(app: Stage, pilot: Pilot[None]) -> None:
            for text in HOSTILE:
                await walk(pilot, "down")
                await walk(pilot, "ctrl+u")
                app.screen.query_one("QueryField").post_message(Paste(text))
                await pilot.pause()
                assert widest(app) <= app.size.width

        play(screen, script)
