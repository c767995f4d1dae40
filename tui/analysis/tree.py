"""The shape of a code tree: levels, children, branches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

Basis = Literal["direct", "aggregated", "subtree"]
"""What a number of a code adds up: its own codings; its own and those of its direct children
(NVivo's aggregation); those of its whole branch."""


class Tree:
    """The codes by their parents.

    Args:
        codes: (id, parent id or None), parents before their children.
    """

    def __init__(self, codes: Iterable[tuple[int, int | None]]) -> None:
        self.level: dict[int, int] = {}
        """Depth of each code; 1 at the top. Codes stand in tree order."""
        self.parent: dict[int, int | None] = {}
        self.children: dict[int, list[int]] = {}
        for code, parent in codes:
            self.parent[code] = parent
            self.children[code] = []
            if parent is None:
                self.level[code] = 1
            else:
                self.level[code] = self.level[parent] + 1
                self.children[parent].append(code)

    @property
    def top(self) -> list[int]:
        """The codes without a parent."""
        return [code for code, level in self.level.items() if level == 1]

    @property
    def depth(self) -> int:
        """The number of levels."""
        return max(self.level.values(), default=0)

    def at_level(self, level: int) -> list[int]:
        """Return the codes of one level in tree order."""
        return [code for code, own in self.level.items() if own == level]

    def branch(self, code: int) -> list[int]:
        """Return a code and all below it."""
        found = [code]
        for each in found:
            found.extend(self.children[each])
        return found

    def members(self, code: int, basis: Basis) -> list[int]:
        """Return the codes whose codings a number of ``code`` adds up."""
        if basis == "direct":
            return [code]
        return [code, *self.children[code]] if basis == "aggregated" else self.branch(code)

    def add_up(self, direct: Mapping[int, int]) -> dict[int, dict[Basis, int]]:
        """Return direct, aggregated and subtree sums of a number that each code has.

        Sums over the top codes of ``subtree`` equal the sum of ``direct`` over all codes, and no
        ``subtree`` is smaller than a child's. ``aggregated`` has no such order.
        """
        subtree: dict[int, int] = {}
        for code in reversed(self.level):
            below = sum(subtree[child] for child in self.children[code])
            subtree[code] = direct.get(code, 0) + below
        return {
            code: {
                "direct": direct.get(code, 0),
                "aggregated": direct.get(code, 0)
                + sum(direct.get(child, 0) for child in self.children[code]),
                "subtree": subtree[code],
            }
            for code in self.level
        }
