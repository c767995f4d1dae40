"""The margin of one row: mark, passage number, reading state, lanes; and how wide everything is."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from tui.app.division import Division
from tui.app.document.cells import fit, width
from tui.app.document.lanes import Stripe
from tui.app.document.layout import NARROWEST
from tui.values import dataclass

NO_LETTER = "~"
MORE = "+"
LINE, FOOT = "│", "└"
"""A coding goes on; it ends here."""
OTHERS_LINE, OTHERS_FOOT = "┊", "╵"
"""The same for a coding that another coder made."""
FOCUS_LINE, FOCUS_FOOT = "┃", "┗"
"""The same for the focused coding, whosever it is."""
_WIDE_SCREEN = 140
_NAMES_SCREEN = 100
_NAMES_LEAST = 16

LaneCell = tuple[str, int, bool]
"""A sign in the margin, the id of the code it stands for, 0 for none, and whether it is the letter
of another coder's coding: one of a single row has no line that says so."""


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


_AS_THERE_IS_ROOM = Division()


def geometry(
    pane: int,
    screen: int,
    passages: int,
    wanted: Division = _AS_THERE_IS_ROOM,
    *,
    bare: bool = False,
) -> Geometry:
    """Divide a pane of ``pane`` cells on a screen of ``screen`` cells among its columns.

    Args:
        pane: cells of the pane.
        screen: cells of the screen.
        passages: how many passages there are to number.
        wanted: what the coder wants of it, followed as far as there is room.
        bare: leaves all but the text out: it is what is read aloud.

    Returns:
        The cells of each column; the text gets what the others leave.
    """
    if bare:
        return Geometry(0, 0, max(min(wanted.text_width, pane - 1), NARROWEST), 0)
    wide = screen >= _WIDE_SCREEN
    number = max(4 if wide else 3, len(str(passages)))
    lanes = wanted.lanes or (8 if wide else 5)
    room = pane - number - lanes - 3
    if room < NARROWEST + 2:
        number, lanes = len(str(passages)), 1
        room = pane - number - lanes - 3
    measure = wanted.text_width
    text = min(measure, room)
    names = 0
    if screen >= _NAMES_SCREEN and room - _NAMES_LEAST - 2 >= measure // 2:
        text = min(measure, room - _NAMES_LEAST - 2)
        names = room - text - 2
    return Geometry(number, lanes, max(text, NARROWEST), names)


def lane_cells(
    stripes: Sequence[Stripe],
    row: int,
    lanes: int,
    letters: Mapping[int, str],
    *,
    others: Container[int] = (),
    focused: int | None = None,
) -> tuple[LaneCell, ...]:
    """Return the signs of the lanes beside one row, left to right, without trailing blanks.

    Args:
        stripes: the stripes beside this row.
        row: its number in the passage.
        lanes: how many lanes there is room for; the last shows ``+`` where they do not do.
        letters: code id to lane letter.
        others: ids of the other coders.
        focused: id of the focused coding; None for none.
    """
    cells: list[LaneCell] = []
    for stripe in stripes if lanes else ():
        lane = stripe.lane
        while len(cells) <= min(lane, lanes - 1):
            cells.append((" ", 0, False))
        if lane >= lanes or cells[lane][0] == MORE:
            cells[lanes - 1] = (MORE, 0, False)
        else:
            coding = stripe.coding
            theirs = coding.coder_id in others
            line, foot = (OTHERS_LINE, OTHERS_FOOT) if theirs else (LINE, FOOT)
            if coding.id == focused:
                line, foot = FOCUS_LINE, FOCUS_FOOT
            sign = _sign(stripe, row, letters, line, foot)
            cells[lane] = (sign, coding.code_id, theirs and row == stripe.first)
    return tuple(cells)


def _sign(stripe: Stripe, row: int, letters: Mapping[int, str], line: str, foot: str) -> str:
    if row == stripe.first:
        return letters.get(stripe.coding.code_id) or NO_LETTER
    return foot if row == stripe.last and not stripe.goes_on else line


def stripes_at(stripes: Sequence[Stripe], column: int, lanes: int) -> list[Stripe]:
    """Return what the sign in the lane ``column`` of a row stands for: for ``+`` several stripes.

    Args:
        stripes: the stripes beside this row.
        column: the lane, from 0.
        lanes: how many lanes there is room for.
    """
    if column == lanes - 1 and any(stripe.lane >= lanes for stripe in stripes):
        return [stripe for stripe in stripes if stripe.lane >= column]
    return [stripe for stripe in stripes if stripe.lane == column]


def names_beside(
    stripes: Sequence[Stripe],
    row: int,
    cells: int,
    names: Mapping[int, str],
    others: Mapping[int, str] | None = None,
) -> str:
    """Return the names of the codes that begin at this row, in the order of their lanes.

    What does not fit into ``cells`` is counted: ``Testing, Burnout +2``.

    Args:
        stripes: the stripes beside this row.
        row: its number in the passage.
        cells: the room for them.
        names: code id to name.
        others: coder id to initials of the other coders, which stand behind what is theirs.
    """
    if not cells:
        return ""
    begun = []
    for stripe in sorted(stripes, key=_lane):
        name = (
            names.get(stripe.coding.code_id, "") if stripe.first == row and not stripe.again else ""
        )
        if name:
            whose = (others or {}).get(stripe.coding.coder_id)
            begun.append(f"{name} ({whose})" if whose else name)
    return _some_of(list(dict.fromkeys(begun)), cells)


def _some_of(names: Sequence[str], cells: int) -> str:
    for left_out in range(len(names)):
        kept = names[: len(names) - left_out]
        more = f" +{left_out}" if left_out else ""
        text = ", ".join(kept)
        if width(text) + width(more) <= cells or len(kept) == 1:
            return fit(text, cells - width(more)) + more
    return ""


def _lane(stripe: Stripe) -> int:
    return stripe.lane
