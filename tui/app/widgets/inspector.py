"""The column below the tree of wide screens: codings here, a memo, the last acts, the slots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tui.app.document.cells import width
from tui.app.keybook import undo_hint
from tui.app.widgets.lines import Lines
from tui.app.widgets.rows import BOLD, DIM, PLAIN, Row, clip, column, columns, wrapped

_HEIGHTS = {"here": 7, "memo": 5, "acts": 5, "slots": 4}
"""Rows of each part, in the order in which they stand."""
_WEIGHTIEST_FIRST = ("here", "slots", "memo", "acts")
FULL_HEIGHT = sum(_HEIGHTS.values())


class HereLine(NamedTuple):
    """One coding at the selection."""

    letter: str
    name: str
    place: str
    coder: str
    when: str
    signs: str
    """``m`` has a memo, ``!`` is important, ``●`` is another coder's."""
    focused: bool


class Inspector(Lines):
    """Tells about what is selected; nothing in it can be focused."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._parts: dict[str, list[Row]] = {}
        self._fitting: tuple[str, ...] = ()

    def fit(self, rows: int) -> None:
        """Show as many parts as ``rows`` rows hold, the codings first."""
        left = rows
        fitting = []
        for name in _WEIGHTIEST_FIRST:
            if _HEIGHTS[name] <= left:
                fitting.append(name)
                left -= _HEIGHTS[name]
        self._fitting = tuple(name for name in _HEIGHTS if name in fitting)
        self.styles.height = rows - left
        self._put_together()

    def _tell(self, name: str, rows: list[Row]) -> None:
        self._parts[name] = rows
        self._put_together()

    def _put_together(self) -> None:
        rows: list[Row] = []
        for name in self._fitting:
            part = self._parts.get(name, [])[: _HEIGHTS[name]]
            rows += [*part, *([] for _ in range(_HEIGHTS[name] - len(part)))]
        self.show(*rows)

    @property
    def _cells(self) -> int:
        return self.size.width or 51

    def tell_here(self, codings: Sequence[HereLine]) -> None:
        """Show the codings at the selection."""
        self._tell("here", here_rows(codings, self._cells))

    def tell_memo(self, title: str, text: str) -> None:
        """Show a memo."""
        rows: list[Row] = [[(clip(f" {title}", self._cells), BOLD)]] if title else []
        for line in text.splitlines():
            left = _HEIGHTS["memo"] - len(rows)
            body = wrapped(line, self._cells - 2, left) if left > 0 and line.strip() else []
            rows += [[(" ", PLAIN), *row] for row in body]
        self._tell("memo", rows)

    def tell_acts(self, acts: Sequence[tuple[str, str]]) -> None:
        """Show the last acts, newest first, each with its time."""
        heading = columns([(" LAST ACTS", BOLD)], [(f"{undo_hint()} ", DIM)], self._cells)
        rows = [_rule(self._cells), heading]
        rows += [[(clip(f" {when} {what}", self._cells), PLAIN)] for when, what in acts]
        self._tell("acts", rows)

    def tell_slots(self, names: Mapping[int, str]) -> None:
        """Show what each digit gives."""
        self._tell("slots", slot_rows(names, self._cells))


def here_rows(codings: Sequence[HereLine], cells: int) -> list[Row]:
    """Return the codings at the selection as rows."""
    noun = "coding" if len(codings) == 1 else "codings"
    rows: list[Row] = [_rule(cells), [(f" HERE  {len(codings) or 'no'} {noun}", BOLD)]]
    left = _HEIGHTS["here"] - len(rows)
    shown = codings if len(codings) <= left else codings[: left - 1]
    for line in shown:
        tail = f" {column(line.place, 11)} {clip(line.coder, 6)} {line.when} {line.signs:<2}"
        room = max(cells - width(tail) - 4, 4)
        rows.append(
            [
                ("►" if line.focused else " ", BOLD),
                (f"{clip(line.letter, 1) or '~'} ", BOLD),
                (column(line.name, room), PLAIN),
                (tail, PLAIN),
            ]
        )
    if len(shown) < len(codings):
        rows.append([(f"   +{len(codings) - len(shown)} more · Enter lists them", PLAIN)])
    return rows


def slot_rows(names: Mapping[int, str], cells: int) -> list[Row]:
    """Return the slots, three to a row, below a rule.

    Args:
        names: slot (1 to 9) to what its code is called; one left out is empty.
        cells: the width.
    """
    rows = [_rule(cells)]
    each = (cells - 1) // 3
    for first in (1, 4, 7):
        row: Row = [(" ", PLAIN)]
        for digit in range(first, first + 3):
            row += [(f"{digit} ", BOLD), (column(names.get(digit, "-"), each - 3), PLAIN)]
            row.append((" ", PLAIN))
        rows.append(row)
    return rows


def _rule(cells: int) -> Row:
    return [("─" * cells, PLAIN)]
