"""The column below the tree of wide screens: codings here, a memo, the last acts, the slots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from textual.app import ComposeResult
from textual.containers import Vertical

from tui.app.document.cells import width
from tui.app.widgets.lines import Lines
from tui.app.widgets.rows import BOLD, DIM, PLAIN, Row, clip, column, columns, wrapped

_HERE_ROWS = 7
_MEMO_ROWS = 5
_ACTION_ROWS = 5
_SLOT_ROWS = 4
FULL_HEIGHT = _HERE_ROWS + _MEMO_ROWS + _ACTION_ROWS + _SLOT_ROWS


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


class Inspector(Vertical):
    """Tells about what is selected; nothing in it can be focused."""

    def compose(self) -> ComposeResult:
        """Make the four parts."""
        for name, height in (
            ("here", _HERE_ROWS),
            ("memo", _MEMO_ROWS),
            ("acts", _ACTION_ROWS),
            ("slots", _SLOT_ROWS),
        ):
            lines = Lines(id=f"inspect-{name}")
            lines.styles.height = height
            yield lines

    def fit(self, rows: int) -> None:
        """Show as many parts as ``rows`` rows hold, the codings first."""
        left = rows
        for name, height in (
            ("here", _HERE_ROWS),
            ("slots", _SLOT_ROWS),
            ("memo", _MEMO_ROWS),
            ("acts", _ACTION_ROWS),
        ):
            lines = self.query_one(f"#inspect-{name}", Lines)
            lines.display = height <= left
            left -= height if lines.display else 0
        self.styles.height = rows - left

    @property
    def _cells(self) -> int:
        return self.size.width or 51

    def tell_here(self, codings: Sequence[HereLine]) -> None:
        """Show the codings at the selection."""
        self.query_one("#inspect-here", Lines).show(*here_rows(codings, self._cells))

    def tell_memo(self, title: str, text: str) -> None:
        """Show a memo, or the definition of a code."""
        rows: list[Row] = [[(clip(f" {title}", self._cells), BOLD)]] if title else []
        for line in text.splitlines():
            left = _MEMO_ROWS - len(rows)
            body = wrapped(line, self._cells - 2, left) if left > 0 and line.strip() else []
            rows += [[(" ", PLAIN), *row] for row in body]
        self.query_one("#inspect-memo", Lines).show(*rows[:_MEMO_ROWS])

    def tell_acts(self, acts: Sequence[tuple[str, str]]) -> None:
        """Show the last acts, newest first, each with its time."""
        rows = [
            _rule(self._cells),
            columns([(" LAST ACTS", BOLD)], [("z undo ", DIM)], self._cells),
        ]
        rows += [[(clip(f" {when} {what}", self._cells), PLAIN)] for when, what in acts]
        self.query_one("#inspect-acts", Lines).show(*rows[:_ACTION_ROWS])

    def tell_slots(self, names: Mapping[int, str]) -> None:
        """Show what each digit gives."""
        self.query_one("#inspect-slots", Lines).show(*slot_rows(names, self._cells))


def here_rows(codings: Sequence[HereLine], cells: int) -> list[Row]:
    """Return the codings at the selection as rows."""
    noun = "coding" if len(codings) == 1 else "codings"
    rows: list[Row] = [_rule(cells), [(f" HERE  {len(codings) or 'no'} {noun}", BOLD)]]
    left = _HERE_ROWS - len(rows)
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
    """Return the slots, three to a row."""
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
