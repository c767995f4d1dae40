"""The bottom rows: what the keys do, what was just done, what went wrong, the first steps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from tui.app.document.cells import width
from tui.app.keybook import fill, hint
from tui.app.widgets.lines import Lines
from tui.app.widgets.rows import BOLD, PLAIN, Row, clip, columns, wrapped

_MOST_ROWS = 4
FIRST_STEPS = (
    "{text.next} next sentence · {code.pick} give it a code · {code.again} same code again",
    "{text.extend_next} stretch · {text.grow} whole paragraph · {go.uncoded} next uncoded",
    "{search.project} find a phrase · {app.help} everything",
)
"""What a first session shows in place of the keys, one step after the other; ``keybook.fill``
puts the keys in."""

Showing = Literal["keys", "notice", "error"]


class LastRow(Lines):
    """The bottom of the workbench."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._keys: Sequence[tuple[str, str]] = ()
        self._step: int | None = None
        self._last_words = ""
        self._left = ""
        self.showing: Showing = "keys"
        self.notices = 0
        """How many notices there have been: another number, another notice."""

    def set_keys(self, keys: Sequence[tuple[str, str]]) -> None:
        """Take what the keys of the pane do: (keys, verb), the weightiest first."""
        self._keys = keys
        if self.showing == "keys":
            self.show_keys()

    def set_step(self, step: int | None, last_words: str = "", left: str = "") -> None:
        """Show the first steps, this one marked; after them ``last_words``; None shows the keys.

        Args:
            step: the place of the step among ``FIRST_STEPS``.
            last_words: what is said after the last one.
            left: what is still open of the step, in its place.
        """
        self._step = step
        self._left = left
        self._last_words = last_words
        if self.showing == "keys":
            self.show_keys()

    def show_keys(self) -> None:
        """Show the keys, or the first steps."""
        self.showing = "keys"
        if self._step is None:
            self._fill([keys_row(self._keys, self._cells)])
        elif self._step >= len(FIRST_STEPS):
            words: Row = [(f" {self._last_words}", BOLD)]
            cells = self._cells
            beside: Row = [("Esc shows the keys ", PLAIN)]
            self._fill([columns(words, beside if cells >= 72 else [], cells)])
        elif getattr(self.app, "accessible", False):
            self._fill([[(f" {fill(self._left or FIRST_STEPS[self._step])}", PLAIN)]])
        elif self.app.size.height < 20:
            self._fill([steps_rows(self._step, self._cells, self._left)[self._step]])
        else:
            self._fill(steps_rows(self._step, self._cells, self._left))

    def notice(self, text: str) -> None:
        """Say what was done; ``z undo`` and the like stand at its end, after three blanks."""
        self.showing = "notice"
        self.notices += 1
        said, _, hint = text.partition("   ")
        cells = self._cells
        self._fill([columns([(f" {said}", BOLD)], [(f"   {hint} ", PLAIN)] if hint else [], cells)])

    def error(self, message: str, hint: str) -> None:
        """Say what went wrong and what to do, in as many rows as that takes."""
        self.showing = "error"
        cells = max(self._cells - 2, 8)
        rows = wrapped(message, cells, _MOST_ROWS - 1, BOLD)
        if hint:
            rows += wrapped(hint, cells, _MOST_ROWS - len(rows))
        self._fill([[(" ", PLAIN), *row] for row in rows])

    def _fill(self, rows: list[Row]) -> None:
        # Low windows have no row for keys; what was done or went wrong is shown there too.
        self.set_class(self.showing != "keys" or self._step is not None, "-needed")
        if len(rows) != max(len(self.rows), 1):
            self.styles.height = len(rows)
        self.show(*rows)


def keys_row(keys: Sequence[tuple[str, str]], cells: int) -> Row:
    """Return as many keys with their verbs as there is room for."""
    row: Row = [(" ", PLAIN)]
    taken = 1
    for number, (key, verb) in enumerate(keys):
        part = ("  " if number else "") + key
        if taken + width(part) + 1 + width(verb) >= cells:
            continue
        row += [(part, BOLD), (f" {verb}", PLAIN)]
        taken += width(part) + 1 + width(verb)
    return row


def steps_rows(step: int, cells: int, left: str = "") -> list[Row]:
    """Return the first steps, the present one (or what is left of it) marked, and the way out."""
    rows: list[Row] = []
    way_out = {
        0: f"{hint('app.practice', 'practise')} ",
        len(FIRST_STEPS) - 1: "Esc puts these lines away ",
    }
    for number, text in enumerate(FIRST_STEPS):
        mark = "►" if number == step else ("x" if number < step else " ")
        look = BOLD if number == step else PLAIN
        text = fill(left if left and number == step else text)
        said = way_out.get(number, "")
        # What to do goes before how to be rid of it, where there is no room for both.
        beside: Row = [(said, PLAIN)] if len(text) + len(said) + 5 < cells else []
        rows.append(columns([(f" {mark} {clip(text, cells - 4)}", look)], beside, cells))
    return rows
