"""Codes of the codebook."""

from __future__ import annotations

from typing import Final

from tui.values import dataclass

TEXT_FIELDS: Final = (
    "name",
    "definition",
    "include",
    "exclude",
    "example",
    "color",
    "letter",
    "stage",
)
"""Fields of a code that are text, in the order in which a codebook file has them."""


@dataclass(frozen=True, slots=True)
class Code:
    """One code of the tree."""

    id: int
    key: str
    """Stable short key, unique in the project: R1-2-4, C7."""
    name: str
    parent_id: int | None
    position: int
    """Place among its siblings, from 1."""
    definition: str = ""
    include: str = ""
    exclude: str = ""
    example: str = ""
    color: str = ""
    letter: str = ""
    """Lane letter A-Z or a-z, unique in the project; empty when none is left."""
    slot: int | None = None
    """Default digit key 1-9; a coder's own pin goes before it."""
    stage: str = ""
    """``open``, ``axial``, ``selective`` or empty; the level follows from depth."""
    revision: int = 1
    """Counts changes of its definition, include and exclude; a coding keeps the number it saw."""
