"""The list of rows: the highlighted one is in the window and has its mark, whatever comes late."""

from __future__ import annotations

import asyncio
import random

import pytest
from textual.app import App, ComposeResult

from tui.app.widgets.rows import PLAIN
from tui.app.widgets.virtual_list import VirtualList

ROWS = 6


class OneList(App[None]):
    CSS = f"VirtualList {{ height: {ROWS}; }}"

    def compose(self) -> ComposeResult:
        yield VirtualList(lambda index, _: [(f"row {index}", PLAIN)])


def marked(app: App[None]) -> list[str]:
    strips = app.screen._compositor.render_strips(app.size)
    rows = ["".join(segment.text for segment in strip).rstrip() for strip in strips]
    return [row for row in rows if row.startswith("►")]


@pytest.mark.parametrize("settled", [True, False])
def test_the_highlighted_row_is_in_sight_with_its_mark_after_any_two_changes(settled: bool) -> None:
    dice = random.Random(7)

    async def run() -> None:
        async with OneList().run_test(size=(20, 12)) as pilot:
            listing = pilot.app.query_one(VirtualList)
            await pilot.pause()
            for _ in range(60):
                # The second comes before what the first has put off is done.
                for _ in range(2):
                    count = dice.choice((1, 5, 7, 100))
                    if dice.random() < 0.5:
                        listing.show(count, dice.choice((0, count // 2, count - 1)))
                    else:
                        listing.highlight(dice.randrange(max(listing.count, 1)))
                if settled:
                    await pilot.pause()
                if listing.count:
                    assert marked(pilot.app) == [f"►row {listing.highlighted}"]
                else:
                    assert marked(pilot.app) == []

    asyncio.run(run())
