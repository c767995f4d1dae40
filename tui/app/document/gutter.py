"""The margin of one row: mark, passage number, reading state, lanes; and how wide everything is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tui.app.document.cells import fit
from tui.app.document.lanes import Stripe
from tui.app.document.layout import MEASURE, NARROWEST

NO_LETTER = "~"
MORE = "+"
_WIDE_SCREEN = 140
_NAMES_SCREEN = 100
_NAMES_LEAST = 16

LaneCell = tuple[str, int]
"""A sign in the margin and the id of the code it stands for, 0 for none."""


@dataclass(frozen=True, slots=True)
class Geometry:
    """Columns of the pane, in cells: mark, number, state, lanes, space, text, space, names."""

    number: int
    lanes: int
    text: int
    names: int
    """0 where code names have no room."""

    @property
    def margin(self) -> int:
        """Everything left of the text."""
        return 1 + self.number + 1 + self.lanes + 1


def geometry(pane: int, screen: int, passages: int) -> Geometry:
    """Divide a pane of ``pane`` cells on a screen of ``screen`` cells among its columns."""
    wide = screen >= _WIDE_SCREEN
    number = max(4 if wide else 3, len(str(passages)))
    lanes = 8 if wide else 5
    room = pane - number - lanes - 3
    if room < NARROWEST + 2:
        number, lanes = len(str(passages)), 1
        room = pane - number - lanes - 3
    text = min(MEASURE, room)
    names = 0
    if screen >= _NAMES_SCREEN and room - _NAMES_LEAST - 2 >= MEASURE // 2:
        text = min(MEASURE, room - _NAMES_LEAST - 2)
        names = room - text - 2
    return Geometry(number, lanes, max(text, NARROWEST), names)


def lane_cells(
    stripes: Sequence[Stripe], row: int, lanes: int, letters: Mapping[int, str]
) -> tuple[LaneCell, ...]:
    """Return the signs of the lanes beside one row, left to right, without trailing blanks.

    Args:
        stripes: the stripes beside this row.
        row: its number in the passage.
        lanes: how many lanes there is room for; the last shows ``+`` where they do not do.
        letters: code id to lane letter.
    """
    cells: list[LaneCell] = []
    for stripe in stripes:
        lane = stripe.lane
        while len(cells) <= min(lane, lanes - 1):
            cells.append((" ", 0))
        if lane >= lanes or cells[lane][0] == MORE:
            cells[lanes - 1] = (MORE, 0)
        else:
            cells[lane] = (_sign(stripe, row, letters), stripe.coding.code_id)
    return tuple(cells)


def _sign(stripe: Stripe, row: int, letters: Mapping[int, str]) -> str:
    if row == stripe.first:
        return letters.get(stripe.coding.code_id) or NO_LETTER
    return "└" if row == stripe.last and not stripe.goes_on else "│"


def stripe_at(stripes: Sequence[Stripe], column: int) -> Stripe | None:
    """Return the stripe in the lane ``column`` of a row, None where it is empty."""
    for stripe in stripes:
        if stripe.lane == column:
            return stripe
    return None


def names_beside(stripes: Sequence[Stripe], row: int, cells: int, names: Mapping[int, str]) -> str:
    """Return the names of the codes that begin at this row, cut to ``cells``."""
    if not cells:
        return ""
    begun = [names.get(s.coding.code_id, "") for s in stripes if s.first == row]
    return fit(", ".join(name for name in dict.fromkeys(begun) if name), cells) if begun else ""
