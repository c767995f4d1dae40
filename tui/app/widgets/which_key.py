"""The box that shows which keys can follow a key; it never holds a key up."""

from __future__ import annotations

from collections.abc import Sequence

from tui.app.action import Action, shown
from tui.app.document.cells import width
from tui.app.widgets.rows import BOLD, PLAIN, Row, Rows, clip

_INSIDE = 56
_INDENT = 8
_BELOW = 3
"""Rows of the workbench below the box."""
_LEAST = 11
"""Cells of an entry, however many there are."""
BACK = "_back"
"""How the name of an action ends that does the same backwards."""
FOOT = " or keep typing - this box never blocks "


class WhichKey(Rows):
    """The which-key box: hidden until ``open``."""

    def open(
        self, heading: str, entries: Sequence[tuple[str, str]], cells: int, height: int = 24
    ) -> None:
        """Show the keys that can follow.

        Args:
            heading: what was pressed, and what it begins.
            entries: (key as it is printed, verb) of each.
            cells: the width of the screen.
            height: its rows.
        """
        inside = min(_INSIDE, cells - 4)
        most = height - _BELOW - 2
        rows = box_rows(heading, entries, inside, most)
        if len(rows) - 2 > most and cells - 2 > inside:
            inside = cells - 2
            rows = box_rows(heading, entries, inside, most)
        self.styles.offset = (max(min(_INDENT, (cells - inside - 2) // 2), 0), -_BELOW)
        self.styles.width = inside + 2
        self.styles.height = len(rows)
        self.show(*rows)
        self.display = True

    def close(self) -> None:
        """Hide the box."""
        self.display = False


def both_ways(following: Sequence[tuple[str, Action]]) -> list[tuple[str, str]]:
    """Return (keys, verb) for the box: what goes on and what goes back share a place."""
    back = {action.id: key for key, action in following if action.id.endswith(BACK)}
    ids = {action.id for _, action in following}
    entries = []
    for key, action in following:
        if action.id.endswith(BACK) and action.id.removesuffix(BACK) in ids:
            continue
        other = back.get(action.id + BACK)
        keys = shown(key) if other is None else f"{shown(key)} {shown(other)}"
        entries.append((keys, action.verb))
    return entries


def box_rows(
    heading: str, entries: Sequence[tuple[str, str]], inside: int, most: int = 99
) -> list[Row]:
    """Return the box with its frame; entries run down its columns.

    Verbs are cut where otherwise more than ``most`` rows would stand in the frame.
    """
    longest = max((width(key) + 1 + width(verb) for key, verb in entries), default=1)
    across = max(1, inside // (longest + 2))
    while -(-len(entries) // across) > most and inside // (across + 1) >= _LEAST:
        across += 1
    down = -(-len(entries) // across)
    each = inside // across
    rows: list[Row] = [[(_edge("╔═ " + heading + " ", "╗", inside), PLAIN)]]
    for y in range(down):
        row: Row = [("║", PLAIN)]
        for x in range(across):
            at = y + x * down
            if at >= len(entries):
                row.append((" " * each, PLAIN))
                continue
            key, verb = entries[at]
            verb = clip(verb, each - width(key) - 3)
            row += [
                (f" {key}", BOLD),
                (f" {verb}".ljust(each - width(key) - 1), PLAIN),
            ]
        row += [(" " * (inside - each * across), PLAIN), ("║", PLAIN)]
        rows.append(row)
    rows.append([(_edge("╚═" + FOOT, "╝", inside), PLAIN)])
    return rows


def _edge(start: str, end: str, inside: int) -> str:
    start = clip(start, inside + 1)
    return start + "═" * (inside + 1 - width(start)) + end
