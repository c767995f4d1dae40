"""How the coder wants the workbench divided; what is left open goes by the window."""

from __future__ import annotations

from tui.values import dataclass

MEASURE = 72
"""Cells of a line of text where the coder wants nothing else: longer lines are hard to follow."""


@dataclass(frozen=True, slots=True)
class Division:
    """What of the screen each part gets."""

    folded: bool = False
    """Whether the code tree is folded away at the start."""
    tree_width: int = 0
    """Cells of the code tree; 0: by the window."""
    text_width: int = MEASURE
    """Cells that a line of text takes at most."""
    lanes: int = 0
    """Lanes beside the text; 0: by the window."""
