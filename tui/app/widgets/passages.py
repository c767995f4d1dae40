"""A few passages of a code, to compare with: as rows, and as a part of the workbench."""

from __future__ import annotations

from collections.abc import Sequence

from tui.app.division import MEASURE
from tui.app.document.cells import width
from tui.app.messages import PassagesFitted
from tui.app.widgets.lines import Lines
from tui.app.widgets.rows import BOLD, DIM, PLAIN, Row, clip, columns, wrapped
from tui.text.counted import counted

Found = tuple[str, int, str]
"""Document name, passage number, quote."""

_BESIDE = 44
"""From so many cells on the place stands beside the quote, below on a row of its own."""
_PLACE_MOST = 18
_ROWS_MOST = 4
"""Rows that one quote gets at most."""


def passages_wanted(rows: int) -> int:
    """Return how many passages are worth reading for so many rows."""
    return max(rows // 2, 1)


def passage_rows(
    found: Sequence[Found], cells: int, rows: int, measure: int = MEASURE
) -> list[Row]:
    """Return passages as at most ``rows`` rows, the room divided among them.

    Args:
        found: the passages, the most wanted first.
        cells: the width.
        rows: how many rows there are.
        measure: cells that a line of text takes at most.
    """
    beside = cells >= _BESIDE
    places = [f"{clip(name, 12)} ¶{number}" for name, number, _ in found]
    place_cells = min(max(map(width, places), default=0), _PLACE_MOST) + 1 if beside else 1
    drawn: list[Row] = []
    for at, (place, (_, _, quote)) in enumerate(zip(places, found, strict=True)):
        left = rows - len(drawn)
        if left < (1 if beside else 2):
            break
        share = max(left // (len(found) - at), 1 if beside else 2)
        most = min(share if beside else share - 1, _ROWS_MOST)
        text_cells = max(min(cells - place_cells - 1, measure), 8)
        lines = wrapped(quote, text_cells, max(most, 1), PLAIN)
        if not beside:
            drawn.append([(clip(place, cells), DIM)])
        for number, line in enumerate(lines):
            label = clip(place, place_cells - 1) if beside and number == 0 else ""
            blank = " " * (place_cells - width(label))
            drawn.append([(f"{label}{blank}", DIM), *line])
    return drawn[:rows]


class Passages(Lines):
    """Other passages of a code beside the text."""

    def on_resize(self) -> None:
        """Ask for them anew: more or fewer may fit."""
        self.post_message(PassagesFitted())

    def tell_passages(
        self, letter: str, name: str, count: int, found: Sequence[Found], measure: int = MEASURE
    ) -> None:
        """Show passages of a code.

        Args:
            letter: the letter of its lane.
            name: its key and name.
            count: how many segments it has in all.
            found: the passages.
            measure: cells that a line of text takes at most.
        """
        cells = self.size.width or 80
        rows = self.size.height or 6
        left: Row = [(f" {letter} ", BOLD), (f"{name} ", BOLD)]
        right: Row = [(f"{len(found):,} of {counted(count, 'segment')} ", DIM)]
        body = passage_rows(found, cells - 2, rows - 2, measure)
        if not found:
            body = [[("No other passage has this code yet.", DIM)]]
        self.show(
            [("─" * cells, PLAIN)],
            columns(left, right, cells),
            *([(" ", PLAIN), *row] for row in body),
        )
