"""Choosing codes: what the picker lists, marks, says and gives. Nothing here draws or asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from tui.app.desk import ANY_CODES, Choice
from tui.app.division import MEASURE
from tui.app.document.cells import width
from tui.app.screens.choosing.reached import Reached
from tui.app.widgets.passages import Found, passage_rows, passages_wanted
from tui.app.widgets.rows import BOLD, DIM, HEARD, PLAIN, Row, clip, column, wrapped
from tui.model.code import Code

_NARROW = 46
"""Below so many cells a row shows the key alone, not the keys above it."""
_LEAST_NAME = 26
"""Cells that a name keeps before the keys above it are left out."""


@dataclass(frozen=True, slots=True)
class Picked:
    """What was chosen: codes, or one code that does not exist yet."""

    code_ids: tuple[int, ...]
    """The codes to give, in the order they were marked; empty when a new one is wanted."""
    new_name: str | None = None
    """The name of the code to make and give."""
    new_parent_id: int | None = None
    """What the new code goes under; None for the top of the tree."""


@dataclass(slots=True)
class Lower:
    """What the lower part of the box shows; kept from one picker to the next."""

    shows: Literal["definition", "whole", "passages"] = "definition"
    """The beginning of the definition, all of it, or other passages of the code."""


class Picking(Reached):
    """Picks one code or several, by a few letters of their names.

    Args:
        codes: the codebook in tree order.
        counts: segments of each code, by code id; codes without any may be missing.
        recent: ids of the codes used last, newest first.
        slots: slot (1 to 9) to code id.
        parent_id: what a new code goes under while no other code has been pointed at.
        passages: gives so many other passages of a code; None when there are none to show.
        lower: what the lower part shows; it is changed when another is asked for.
        choice: which codes can be chosen.
    """

    def __init__(
        self,
        codes: Sequence[Code],
        counts: Mapping[int, int],
        recent: Sequence[int],
        slots: Mapping[int, int],
        parent_id: int | None = None,
        *,
        passages: Callable[[Code, int], Sequence[Found]] | None = None,
        lower: Lower | None = None,
        choice: Choice = ANY_CODES,
    ) -> None:
        super().__init__(codes, counts, recent, slots, parent_id, choice)
        self.has_passages = passages is not None
        self.lower = lower or Lower()
        self._passages = passages
        self._compared = (0, 0)
        """Code and number of the passages in ``_found``."""
        self._found: Sequence[Found] = ()
        self._keys_cells = 0
        self._marks: dict[int, None] = {}

    # What is shown

    def row(self, index: int, cells: int) -> Row:
        """Return what a row shows in so many cells."""
        code = self.code_at(index)
        if code is None:
            return self._new_row()
        path = self._path(code)
        keys = " › ".join(one.key for one in path)
        if self._naming:
            return self._place_row(index, code, keys, cells)
        mark = "✓ " if code.id in self._marks else "  "
        count = f"{self._counts.get(code.id, 0):,}" if code.id in self._counts else "·"
        tail = f" {count:>6} {self._slots.get(code.id) or ' '}"
        room = min(self._widest_keys(), cells // 3)
        if cells < _NARROW or width(keys) > room:
            keys = code.key
        if cells < _NARROW or cells - 3 - room - len(tail) < _LEAST_NAME:
            keys, room = code.key, min(room, 8)
        name = column(code.name, max(cells - 2 - room - 1 - len(tail), 4))
        return [(mark, BOLD), (f"{name} ", PLAIN), (column(keys, room), DIM), (tail, PLAIN)]

    def heard(self) -> str:
        """Return the highlighted row as it is read aloud, its place in the list last."""
        index = self.highlighted
        if index < 0:
            return self._advice()
        marks = f"; {len(self._marks)} marked" if self._marks else ""
        return f"{self.heard_row(index)}; {index + 1:,} of {self.count:,}{marks}"

    def heard_row(self, index: int) -> str:
        """Return a row as it is read aloud, the name first."""
        code = self.code_at(index)
        if code is None or self._naming:
            return "".join(text for text, _ in self.row(index, HEARD)).strip()
        slot = self._slots.get(code.id)
        words = ["marked"] if code.id in self._marks else []
        words += [code.name, code.key, f"{self._counts.get(code.id, 0):,}"]
        words += [f"slot {slot}"] if slot else []
        return ", ".join(words)

    def _widest_keys(self) -> int:
        if not self._keys_cells:
            # As wide as the codes that are ever likely to be seen: the first few thousand.
            self._keys_cells = max(
                (
                    width(" › ".join(one.key for one in self._path(code))[:80])
                    for code in self._codes[:2_000]
                ),
                default=1,
            )
        return self._keys_cells

    def _place_row(self, index: int, code: Code, keys: str, cells: int) -> Row:
        """Return the row of a code that the new one may go under, or of one of its name."""
        if self._is_there(index):
            return [("= ", BOLD), (f"{code.name} is there: {keys}", PLAIN)]
        words = "+ under " if index == self.highlighted else "  under "
        name = clip(code.name, max(cells - len(words) - width(code.key) - 1, 4))
        return [(words, BOLD if index == self.highlighted else DIM), (f"{code.key} {name}", PLAIN)]

    def _new_row(self) -> Row:
        new = clip(self._new, 40) if self._new else "…"
        if self._naming:
            here = self.code_at(self.highlighted) is None
            return [("+ " if here else "  ", BOLD), (f"'{new}' at the top of the tree", PLAIN)]
        word = "another" if self._same else "new"
        return [("+ ", BOLD), (f"{word} code '{new}' {self._under()}", PLAIN)]

    def _under(self) -> str:
        parent = self._new_parent()
        if parent is None:
            return "at the top of the tree"
        code = self._codes[self._place[parent]]
        return f"under {clip(code.key, 12)} {code.name}"

    @property
    def useless_keys(self) -> frozenset[str]:
        """Ids of the picker's keys that do nothing in this choice, for the row of keys."""
        without = {"picker.mark"} if self.choice.one else set()
        return frozenset(without if self.choice.new else without | {"picker.new"})

    def count_words(self) -> str:
        """Return how many codes are marked and listed."""
        marks = f"{len(self._marks)} marked " if self._marks else ""
        if self._naming:
            return f"{marks}new code"
        return f"{marks}{len(self.shown):,} of {len(self._codes) - len(self.choice.without):,}"

    def below(self, cells: int, height: int, measure: int = MEASURE) -> list[Row]:
        """Return what stands below the list: what the highlighted code means, or what to do.

        Args:
            cells: the width.
            height: how many rows there are.
            measure: cells that a line of text takes at most.
        """
        if cells < 8 or height <= 0:
            return []
        code = self.code_at(self.highlighted)
        if code is None or (self._naming and not self._is_there(self.highlighted)):
            return wrapped(self._advice(), cells, height, DIM)
        if self._is_there(self.highlighted):
            return wrapped(self._told_there(code), cells, height, DIM)
        if self.lower.shows == "passages" and self._passages is not None:
            return self._compare(code, cells, height, measure)
        rows = self._path_rows(code, cells, max(height // 3, 1))
        for label, text in (
            ("", code.definition),
            ("include: ", code.include),
            ("exclude: ", code.exclude),
            ("e.g. ", code.example),
        ):
            if text.strip() and len(rows) < height:
                rows += wrapped(label + text, cells, height - len(rows))
        if len(rows) == 1 and height > 1:
            rows.append([("No definition yet.", DIM)])
        return rows

    def _path_rows(self, code: Code, cells: int, most: int) -> list[Row]:
        """Return key and name of a code with the names above it, as many as there is room for."""
        names = [one.name for one in self._path(code)]
        rows = wrapped(f"{code.key}  {' › '.join(names)}", cells, most, BOLD)
        while len(names) > 1 and rows[-1][-1][0].endswith("…"):
            # What it is called itself is said before what stands above it.
            del names[0]
            rows = wrapped(f"{code.key}  … › {' › '.join(names)}", cells, most, BOLD)
        return rows

    def _compare(self, code: Code, cells: int, height: int, measure: int) -> list[Row]:
        """Return other passages of a code."""
        wanted = code.id, passages_wanted(height - 1)
        if self._passages is not None and wanted != self._compared:
            self._compared, self._found = wanted, self._passages(code, wanted[1])
        rows = passage_rows(self._found, cells, height - 1, measure)
        title = f"{clip(f'{clip(code.key, 12)} {code.name}', cells - 10)} elsewhere"
        nothing: list[Row] = [[("No other passage has this code yet.", DIM)]]
        return [[(clip(title, cells), BOLD)], *(rows or nothing)]

    def _told_there(self, code: Code) -> str:
        last = "" if len(self._same) == 1 else f" {len(self._same)} codes have that name."
        return (
            f"Enter gives {code.key}, which has this name already.{last} ↓ to a row below makes"
            " another code of the same name."
        )

    def _advice(self) -> str:
        new = clip(self._new, 80)
        if self._naming:
            if not self._new:
                return "Type the name of the new code after the +."
            code = self.code_at(self.highlighted)
            where = "at the top of the tree" if code is None else f"under {code.key} {code.name}"
            word = "another" if self._same else "the"
            return f"Enter makes {word} code '{new}' {where}. ↑ ↓ choose what it goes under."
        if self.highlighted >= 0:
            word = "another" if self._same else "the"
            return f"Enter makes {word} code '{new}' {self._under()} and gives it."
        if not self.choice.new:
            return f"No other code matches '{new}'."
        if not self._codes:
            return "The codebook is empty. Type a name; ↓ and Enter make a code of it."
        return f"No code matches '{new}'. ↓ to the last row, or + before the name, makes it."

    # What is done

    def mark(self) -> str | None:
        """Mark the highlighted code, or take its mark off; return why not, when it cannot be."""
        code = self.code_at(self.highlighted)
        if self.choice.one:
            return "One code is chosen here: Enter takes it"
        if code is None or self._naming:
            return "Only codes that exist can be marked · Enter makes a new one"
        if code.id in self._marks:
            del self._marks[code.id]
        else:
            self._marks[code.id] = None
        return None

    def result(self) -> Picked | str:
        """Return what is given now: the marked codes, the highlighted one, a new one from its own
        row; or why nothing can be.
        """
        index = self.highlighted
        code = self.code_at(index)
        marks = tuple(self._marks)
        if self._is_there(index) and code is not None:
            return Picked(tuple(dict.fromkeys([*marks, code.id])))
        if self._naming:
            if self._new:
                return Picked(marks, self._new, code.id if code else None)
            return "Type the name of the new code after the +"
        if index >= 0 and code is None:
            return Picked(marks, self._new, self._new_parent())
        if marks:
            return Picked(marks)
        if code is not None:
            return Picked((code.id,))
        if not self.choice.new:
            return "No code matches · Esc cancel"
        return f"No code matches · ↓ Enter makes '{clip(self._new, 20)}' · Esc cancel"

    def lower_shows(self, what: Literal["whole", "passages"]) -> str | None:
        """Show the whole definition, or other passages, below; asked again, as before.

        Returns:
            Why not, when it cannot be.
        """
        if what == "passages" and not self.has_passages:
            return "There are no passages to compare with here"
        self.lower.shows = "definition" if self.lower.shows == what else what
        return None
