"""The codes that a query of the picker reaches, and where a new one would go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tui.app.desk import Choice
from tui.app.matching import Name, Names
from tui.model.code import Code

NONE = -1
"""No row is highlighted."""


class Reached:
    """The rows of the picker: codes by a few letters of their names, places for a new code.

    A query that begins with ``+`` names a new code: then the rows are the codes that have that name
    already, the top of the tree, and the codes it may go under.

    Args:
        codes: the codebook in tree order.
        counts: segments of each code, by code id; codes without any may be missing.
        recent: ids of the codes used last, newest first.
        slots: slot (1 to 9) to code id.
        parent_id: what a new code goes under while no other code has been pointed at.
        choice: which codes can be chosen.
    """

    def __init__(
        self,
        codes: Sequence[Code],
        counts: Mapping[int, int],
        recent: Sequence[int],
        slots: Mapping[int, int],
        parent_id: int | None,
        choice: Choice,
    ) -> None:
        self.choice = choice
        self._codes = list(codes)
        self._counts = counts
        self._place = {code.id: number for number, code in enumerate(self._codes)}
        self._slots = {code_id: slot for slot, code_id in slots.items()}
        self._recency = {code_id: age for age, code_id in enumerate(dict.fromkeys(recent))}
        self._parent_id = parent_id if parent_id in self._place else None
        self._names: Names | None = None
        self.shown: list[int] = []
        """Places, in tree order, of the codes that the query reaches."""
        self._same: list[int] = []
        """Places of the codes that have the name of the new code already."""
        self._pointed: int | None = None
        """Id of the code that was highlighted last."""
        self._new = ""
        """The name a new code would get; empty while none is offered."""
        self._naming = False
        """The query begins with ``+``: the rows are places for the new code."""
        self.highlighted = NONE
        """The highlighted row, from 0."""

    @property
    def codes(self) -> Sequence[Code]:
        """The codebook in tree order."""
        return self._codes

    @property
    def count(self) -> int:
        """How many rows there are."""
        if self._naming:
            return len(self._same) + 1 + len(self.shown)
        return len(self.shown) + self.offers_new

    def ask(self, query: str) -> None:
        """List what a query reaches; the order stays as long as the query does."""
        query = " ".join(query.split())
        was_naming, self._naming = self._naming, query.startswith("+") and self.choice.new
        if self._naming:
            self._name_new(query[1:].strip(), afresh=not was_naming)
            return
        self._new = query
        self._same = self._called(query) if query else []
        self._pointed = None
        self.shown = self._ranked(query) if query else self._unasked()
        self.highlighted = 0 if self.shown else NONE
        if query:
            self.point(self.highlighted)

    def _name_new(self, name: str, *, afresh: bool) -> None:
        """List the places for a new code; before them the codes that have its name."""
        code = None if afresh else self.code_at(self.highlighted)
        if afresh:
            self.shown = list(range(len(self._codes)))
            parent = self._new_parent()
            at = 0 if parent is None else self._place[parent] + 1
        elif self.highlighted < len(self._same):
            parent = self._new_parent()
            at = 0 if parent is None else self._place[parent] + 1
        else:
            at = 0 if code is None else self._place[code.id] + 1
        self._new = name
        self._same = self._called(name) if name else []
        # One that exists is offered first: a second one of its name is never made by the way.
        self.highlighted = 0 if self._same else at

    def _called(self, name: str) -> list[int]:
        """Return the places of the codes of this name, capitals and blanks aside."""
        wanted = name.casefold()
        return [
            number
            for number, code in enumerate(self._codes)
            if " ".join(code.name.split()).casefold() == wanted
        ]

    def _unasked(self) -> list[int]:
        """Return recent codes, newest first, then those in slots, then the tree."""
        first = [*self._recency, *sorted(self._slots, key=self._slots.__getitem__)]
        places = [self._place[code_id] for code_id in first if code_id in self._place]
        return self._choosable(dict.fromkeys([*places, *range(len(self._codes))]))

    def _choosable(self, places: Iterable[int]) -> list[int]:
        """Return those places whose codes can be chosen."""
        without = self.choice.without
        return [number for number in places if self._codes[number].id not in without]

    def _ranked(self, query: str) -> list[int]:
        if self._names is None:
            self._names = Names(
                [
                    Name(code.key, code.name, " ".join(one.name for one in self._path(code)[:-1]))
                    for code in self._codes
                ]
            )
        last = len(self._recency)

        def place(found: tuple[int, float]) -> tuple[float, int, int, int]:
            number, score = found
            code = self._codes[number]
            return (
                -round(score, 2),
                self._recency.get(code.id, last),
                -self._counts.get(code.id, 0),
                number,
            )

        found = sorted(self._names.find(query), key=place)
        return self._choosable(number for number, _ in found)

    def code_at(self, index: int) -> Code | None:
        """Return the code of a row; None of the row for a new code, and of the top of the tree."""
        if self._naming and 0 <= index < len(self._same):
            return self._codes[self._same[index]]
        at = index - len(self._same) - 1 if self._naming else index
        return self._codes[self.shown[at]] if 0 <= at < len(self.shown) else None

    def _is_there(self, index: int) -> bool:
        """Tell whether a row is that of a code which has the new code's name already."""
        return self._naming and 0 <= index < len(self._same)

    def _path(self, code: Code) -> list[Code]:
        """Return a code with all that stands above it, the top first."""
        path = [code]
        seen = {code.id}
        while path[0].parent_id in self._place and path[0].parent_id not in seen:
            above = self._codes[self._place[path[0].parent_id]]
            seen.add(above.id)
            path.insert(0, above)
        return path

    def _new_parent(self) -> int | None:
        return self._pointed if self._pointed in self._place else self._parent_id

    def point(self, index: int) -> None:
        """Highlight a row: it says what is defined below and where a new code goes."""
        self.highlighted = index
        code = self.code_at(index)
        if self._is_there(index):
            return
        if code is not None:
            self._pointed = code.id
        elif self._naming and index >= 0:
            self._pointed = self._parent_id = None

    @property
    def offers_new(self) -> bool:
        """Whether the last row is one for a new code, whose place follows the highlight."""
        return bool(self._new) and not self._naming and self.choice.new

    @property
    def is_naming(self) -> bool:
        """Whether the rows are places for a new code: they change with what is typed."""
        return self._naming
