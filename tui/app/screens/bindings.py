"""The bindings of a screen, made from its rows in ``screen_keys`` and the keys that count now."""

from __future__ import annotations

from collections.abc import Container, Mapping
from types import MappingProxyType

from textual.binding import Binding, BindingType

from tui.app.action import shown
from tui.app.keybook import keys_of
from tui.app.screen_keys import PART, ScreenKey, rows_of

_NO_VERBS: Mapping[str, str] = MappingProxyType({})
_COMMA = "comma"  # a comma divides keys in a binding
_ROOM_FOR_MORE = 40
"""Cells from which the bottom row names the key that shows all others."""


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


def bottom_parts(
    name: str, without: Container[str] = (), verbs: Mapping[str, str] = _NO_VERBS
) -> list[tuple[str, str]]:
    """Return (key, verb) for the bottom row of a screen, the weightiest first, the way out last.

    Args:
        name: of the screen, as in ``screen_keys.PARTS``.
        without: ids that do nothing now.
        verbs: what some ids do now, where that is not what they mostly do.
    """
    rows = [row for row in PART[name].keys if row.id not in without]
    parts = [(_printed(row), verbs.get(row.id, row.short)) for row in rows]
    return [part for part in parts if part[1]]


def _printed(row: ScreenKey) -> str:
    keys = keys_of(row.id)
    if _numbered(row):
        return f"{keys[0]}-{keys[-1]}"
    return shown(keys[0]) if keys else "–"


def bottom_row(
    name: str, cells: int, without: Container[str] = (), verbs: Mapping[str, str] = _NO_VERBS
) -> str:
    """Return the bottom row of a screen: as many keys as there is room for, and the way out.

    Where some have no room, it says which key shows the rest of them.
    """
    parts = [f"{key} {verb}" for key, verb in bottom_parts(name, without, verbs)]
    if not parts:
        return ""
    *rest, way_out = parts
    more, room = _rest_of_them(name), cells - len(way_out)
    if more and cells >= _ROOM_FOR_MORE and sum(len(part) + 2 for part in rest) > room:
        way_out = f"{more}  {way_out}"
    room = cells - len(way_out)
    kept: list[str] = []
    for part in rest:
        if len(part) + 2 <= room:
            kept.append(part)
            room -= len(part) + 2
    return "  ".join([*kept, way_out])


def _rest_of_them(name: str) -> str:
    """Return ``? all``: the key that shows every key of a screen; empty where none does."""
    part = PART[name]
    if "screen" not in part.shared:
        return ""
    keys = [key for key in keys_of("screen.help") if not part.typing or len(key) > 1]
    return f"{shown(keys[0])} all" if keys else ""
