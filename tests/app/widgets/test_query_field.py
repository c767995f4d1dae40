"""The line that is typed into: the cursor in sight, nothing laid out anew, no letter lost."""

from __future__ import annotations

import asyncio
import random

from rich.cells import cell_len
from textual import events
from textual.app import App, ComposeResult
from textual.widgets.input import Selection

from tests.app.bench import bench_of, on_screen, pilot_event
from tests.conftest import Opener
from tui.app.screens.documents.screen import DocumentsScreen
from tui.app.screens.memo.screen import MemoScreen
from tui.app.widgets.query_field import QueryField
from tui.text.safe import make_visible

LETTERS = "abc \t.éж漢字한\u0301\u200d👩🏽क्ष\x07\u202e"
CELLS = 11


class OneField(App[None]):
    CSS = f"QueryField {{ width: {CELLS}; }}"

    def compose(self) -> ComposeResult:
        yield QueryField(limit=60)


def test_the_cursor_is_in_sight_and_the_field_full_whatever_is_edited() -> None:
    dice = random.Random(4)

    async def run() -> None:
        async with OneField().run_test(size=(20, 3)) as pilot:
            field = pilot.app.query_one(QueryField)
            await pilot.pause()
            for _ in range(1_500):
                where = dice.randint(0, len(field.value))
                do = dice.randrange(6)
                if do < 3:
                    field.type_text("".join(dice.choices(LETTERS, k=dice.randint(1, 5))))
                elif do == 3:
                    field.cursor_position = where
                elif do == 4:
                    field.selection = Selection(where, field.cursor_position)
                else:
                    field.delete(where, min(where + dice.randint(1, 9), len(field.value)))
                at, value = field.column_of(field.cursor_position), field.value
                assert 0 <= at < CELLS, (value, field.cursor_position)
                assert len(value) <= 60
                assert field.column_of(0) <= 0
                if field.column_of(0) < 0:  # no room is left at the end
                    assert field.column_of(len(value)) > CELLS - 9
                strip = field.render_line(0)
                assert strip.cell_length == (CELLS if value else 1)
                text = "".join(segment.text for segment in strip)
                assert cell_len(text) == strip.cell_length and make_visible(text) == text
                for column in range(CELLS):
                    assert 0 <= field._cell_offset_to_index(column) <= len(value)

    asyncio.run(run())


@on_screen
async def test_what_is_typed_ahead_comes_in_order_and_lays_nothing_out(
    open_tiny: Opener,
) -> None:
    async with bench_of(open_tiny("ann"), (80, 24)) as bench:
        await bench.press("d", "slash")
        screen = bench.app.screen
        assert isinstance(screen, DocumentsScreen)
        line = "role=x and then many more words in one line than it has room for, on and on"
        laid_out = 0
        reflow = screen._compositor.reflow

        def counted(*arguments: object) -> object:
            nonlocal laid_out
            laid_out += 1
            return reflow(*arguments)  # type: ignore[arg-type]

        screen._compositor.reflow = counted  # type: ignore[method-assign, assignment]
        for letter in line:
            bench.app.post_message(pilot_event(letter))
        for key in ("backspace", "left", "X", "Y", "home", "Z"):
            bench.app.post_message(pilot_event(key))
        bench.app.post_message(events.Paste("pasted "))
        bench.app.post_message(pilot_event("a"))
        wanted = f"Zpasted a{line[:-2]}XY{line[-2]}"
        await bench.until(lambda: screen.query_one(QueryField).value == wanted)
        assert laid_out <= 3, "the row that counts may change its width, the field does not"
        for letter in "x" * 500:
            bench.app.post_message(pilot_event(letter))
        field = screen.query_one(QueryField)
        await bench.until(lambda: len(field.value) == field.limit)
        # Letters before and after a key that opens a screen go where they belong.
        await bench.press("escape", "escape")
        for key in ("m", *"two wor", "d", "s", "escape"):
            bench.app.post_message(pilot_event(key))
        await bench.until(lambda: not isinstance(bench.app.screen, MemoScreen | DocumentsScreen))
        await bench.until(
            lambda: (
                bench.project.db.execute("SELECT text FROM memos").fetchall() == [("two words",)]
            )
        )
