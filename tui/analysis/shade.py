"""Shades that repeat a number of a table: how it compares with an even share.

Four shades and a dot, so that a row of a table can be seen as a whole without colour. The bounds
follow the number of columns: of ten columns an even share is a tenth, and half, once and twice
that are the bounds between the shades.
"""

from __future__ import annotations

from typing import Final

NONE: Final = "·"
SHADES: Final = "░▒▓█"
_BOUNDS: Final = (0.5, 1.0, 2.0)
"""Of an even share."""


def shade(value: float, total: float, columns: int) -> str:
    """Return the shade of a number.

    Args:
        value: the number.
        total: what it is a share of; 0 when there is nothing.
        columns: among how many the total is divided.
    """
    if value <= 0 or total <= 0:
        return NONE
    even = value / total * max(columns, 1)
    return SHADES[sum(even >= bound for bound in _BOUNDS)]


def legend(columns: int) -> str:
    """Return what the shades mean, in percent of the total."""
    low, even, high = (_percent(100 * bound / max(columns, 1)) for bound in _BOUNDS)
    return f"{NONE}=0  ░<{low}  ▒<{even}  ▓<{high}  █≥{high}"


def _percent(value: float) -> str:
    return f"{value:.0f}%" if value >= 3 else f"{value:.1g}%"
