"""The picker over the workbench: what it covers, what it gives back, keys, mouse and cursor."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from textual import events

from tests.app.bench import Bench, bench_of, on_screen
from tests.tiny import draft
from tui.app.screens.keys.help import HelpScreen
from tui.app.widgets.typed_line import TypedLine
from tui.project.edits.codes import add_code
from tui.project.edits.documents import import_document
from tui.project.project import Project


def corner(bench: Bench) -> tuple[int, int]:
    """Return row and column of the upper left corner of the box."""
    return next((y, row.index("╔")) for y, row in enumerate(bench.rows()) if "╔" in row)


@on_screen
async def test_the_box_leaves_lanes_and_selection_in_sight(project: Project) -> None:
    text = "\n\n".join(f"Sentence number {number} of many." for number in range(60))
    import_document(project, draft("long", text))
    async with bench_of(project) as bench:
        bench.screen.desk.open_document(3)
        margin = bench.screen.desk.view.margin
        await bench.press("c")
        assert corner(bench) == (15, margin)
        assert any(row.startswith(">") for row in bench.rows()[:15])
        await bench.press("escape")
        before = bench.rows()
        for _ in range(40):
            await bench.press("j")
            first = next(y for y, row in enumerate(bench.rows()) if row.startswith(">"))
            if first >= 15:
                break
        else:
            pytest.fail("the selection never comes so low")
        await bench.press("c")
        assert corner(bench) == (2, margin), "where it would hide the selection it goes to the top"
        await bench.press("escape", "g", "g")
        assert bench.rows()[2:20] == before[2:20]


@on_screen
async def test_the_box_grows_with_what_is_asked_for_and_fits_every_window(
    project: Project,
) -> None:
    async with bench_of(project) as bench:
        await bench.press("c", "f2")
        assert corner(bench)[0] == 6
        for columns, lines in ((40, 12), (60, 16), (300, 80)):
            await bench.pilot.resize_terminal(columns, lines)
            await bench.pilot.pause()
            await bench.pilot.pause()
            rows = bench.rows()
            assert {cell_len(row) for row in rows} == {columns}
            assert "Esc cancel" in rows[-1] and "╔═ Code 5 words as…" in bench.text()
        await bench.press("f2", "escape")
        assert "╔" not in bench.text()


@on_screen
async def test_the_box_types_as_fields_do_and_answers_keys_of_no_use(project: Project) -> None:
    async with bench_of(project) as bench:
        await bench.press("c", *"wether", "left", "left", "left", "left", "a", "f5")
        assert "║ > weather " in bench.text() and "F5: no use here · Enter apply" in bench.text()
        await bench.press("ctrl+u")
        bench.screen.post_message(events.Paste("weather\nreport \x1b[31m"))
        await bench.pilot.pause()
        assert "║ > weather report ␛[31m" in bench.text()
        await bench.press("ctrl+w", "ctrl+w", "home", "ctrl+k", *"weath", "tab")
        assert "1 marked" in bench.text()
        bench.screen.press("alt+j")
        await bench.pilot.pause()
        assert "╔" not in bench.text(), "Esc and a letter that arrive as one"
        assert bench.own() == [] and bench.screen.desk.view.selected_span == (25, 52)


@on_screen
async def test_help_opens_over_the_box_and_what_is_chosen_there_is_done(project: Project) -> None:
    async with bench_of(project) as bench:
        await bench.press("c", "f1")
        assert isinstance(bench.app.screen, HelpScreen) and "╔═ Code" not in bench.text()
        await bench.press(*"whole", "enter")
        await bench.until(lambda: bench.app.screen is bench.screen)
        await bench.until(lambda: corner(bench)[0] == 6)
        await bench.press("enter")
        assert len(bench.own()) == 1


@on_screen
async def test_the_mouse_chooses_in_the_box_and_reaches_nothing_below_it(project: Project) -> None:
    async with bench_of(project) as bench:
        await bench.press("c")
        y, x = corner(bench)
        at = bench.screen.desk.view.selected_span
        await bench.pilot.click(offset=(x + 6, 3))
        assert bench.screen.desk.view.selected_span == at and "╔" in bench.text()
        await bench.pilot.click(offset=(x + 6, y + 3))
        assert "►" in bench.rows()[y + 3]
        await bench.pilot.click(offset=(x + 6, y + 3))
        assert len(bench.own()) == 1 and "╔" not in bench.text()


@on_screen
async def test_a_code_that_exists_is_not_made_twice_by_a_name(project: Project) -> None:
    async with bench_of(project) as bench:
        await bench.press("c", *"+weather", "enter")
        assert bench.own() == [(0, 24, "C2")]
        await bench.press("c", *"+weather", "down", "down", "enter")
        names = project.db.execute("SELECT name FROM codes WHERE name LIKE 'weather'").fetchall()
        assert sorted(names) == [("Weather",), ("weather",)]


@on_screen
async def test_a_reader_is_followed_into_the_field_and_the_list(project: Project) -> None:
    async with bench_of(project) as bench:
        await bench.press("c", *"数a")
        y, x = corner(bench)
        assert bench.screen.reading_place == (x + 7, y + 1)
        await bench.press("ctrl+u", "down")
        assert bench.screen.reading_place == (x + 2, y + 3)


@on_screen
async def test_another_coders_change_is_drawn_below_the_box(project: Project) -> None:
    async with bench_of(project) as bench:
        await bench.press("c", *"weath")
        add_code(project, "Storms")
        await bench.pilot.pause()
        assert "╔═ Code 5 words" in bench.text() and "CODES 5" in bench.text()
        await bench.press("enter")
        assert bench.own() == [(0, 24, "C2")]


def test_a_line_shows_as_much_before_its_cursor_as_there_is_room_for() -> None:
    line = TypedLine(limit=30)
    assert line.insert("数据 and the rest\nof it") and not line.insert("x" * 40)
    row, cursor = line.row(10)
    assert "".join(text for text, _ in row) == "xxxxxxxxx " and cursor == 9
    for _ in range(40):
        line.press("left")
    assert line.cursor == 0
    row, cursor = line.row(10)
    assert row[1][0] == "数" and cursor == 0
    line.press("ctrl+right")
    assert line.cursor == 2
    line.press("delete")
    line.press("backspace")
    assert line.text.startswith("数and the rest of it")
    assert not line.press("pageup")
