"""The bindings of a screen, made from its rows in ``screen_keys`` and the keys that count now."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from tui.app.action import shown
from tui.app.keybook import keys_of
from tui.app.screen_keys import PART, ScreenKey, rows_of

_COMMA = "comma"  # a comma divides keys in a binding


def bindings_of(name: str) -> list[BindingType]:
    """Return the bindings of a screen; where letters are text, those of keys that print are left
    out.

    Args:
        name: of the screen, as in ``screen_keys.PARTS``.
    """
    typing = PART[name].typing
    bindings: list[BindingType] = []
    for row in rows_of(name):
        if not row.do:
            continue
        for key in keys_of(row.id):
            if typing and len(key) == 1:
                continue
            do = f"{row.do}({key})" if _numbered(row) else row.do
            bindings.append(Binding(_COMMA if key == "," else key, do, row.title, show=False))
    return bindings


def _numbered(row: ScreenKey) -> bool:
    """Tell whether the keys are digits that the act takes."""
    return len(row.keys) > 1 and all(key.isdecimal() for key in row.keys)


def bottom_parts(name: str) -> list[tuple[str, str]]:
    """Return (key, verb) for the bottom row of a screen, the weightiest first, the way out last."""
    return [(_printed(row), row.short) for row in PART[name].keys if row.short]


def _printed(row: ScreenKey) -> str:
    keys = keys_of(row.id)
    if _numbered(row):
        return f"{keys[0]}-{keys[-1]}"
    return shown(keys[0]) if keys else "–"


def bottom_row(name: str, cells: int) -> str:
    """Return the bottom row of a screen: as many keys as there is room for, and the way out."""
    parts = [f"{key} {verb}" for key, verb in bottom_parts(name)]
    if not parts:
        return ""
    *rest, way_out = parts
    room = cells - len(way_out)
    kept: list[str] = []
    for part in rest:
        if len(part) + 2 <= room:
            kept.append(part)
            room -= len(part) + 2
    return "  ".join([*kept, way_out])
