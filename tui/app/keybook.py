"""Which keys do what now: the defaults, or what the coder's settings make of them.

The one place to ask for a key by the name of what it does, so that no message prints a key that
the coder has moved: ``hint("edit.undo", "undo")`` is ``z undo`` until undo has another key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from tui.app.action import Action, shown

# One process shows one app to one coder; messages are made far from any widget that could be asked.
_DEFAULTS: Final[dict[str, tuple[str, ...]]] = {}
_NOW: Final[dict[str, tuple[str, ...]]] = {}
_turns = [0]
_NAMED: Final = re.compile(r"\{([a-z_]+\.[a-z_0-9]+)\}")
_layout = ["auto"]


def register(actions: Iterable[Action]) -> None:
    """Take in the actions with the keys they have by default."""
    for action in actions:
        _DEFAULTS[action.id] = action.keys


def use(keys: Mapping[str, tuple[str, ...]]) -> None:
    """Let these keys count from now on, by id; whatever is left out keeps its default."""
    _NOW.clear()
    _NOW.update(keys)
    _turns[0] += 1


def use_layout(name: str) -> None:
    """Let keys be read by this keyboard layout from now on."""
    _layout[0] = name


def layout() -> str:
    """Return the keyboard layout by which keys are read."""
    return _layout[0]


def turn() -> int:
    """Return a number that is another one after each ``use``."""
    return _turns[0]


def keys_of(id: str) -> tuple[str, ...]:
    """Return the keys that do something now, none when it goes by name only.

    Args:
        id: of an action or of a row of a screen.

    Raises:
        KeyError: there is no such id.
    """
    found = _NOW.get(id)
    if found is None:
        found = _DEFAULTS.get(id)
    if found is not None:
        return found
    # Loaded with the first screen: the workbench has actions alone.
    from tui.app.screen_keys import SCREEN_KEYS  # noqa: PLC0415

    return SCREEN_KEYS[id].keys


def key(id: str) -> str:
    """Return the first key of something as it is printed; without one, the way by its name.

    Args:
        id: of an action or of a row of a screen.
    """
    keys = keys_of(id)
    if keys:
        return shown(keys[0])
    palette = keys_of("app.palette") if id in _DEFAULTS and id != "app.palette" else ()
    return shown(palette[0]) if palette else "–"


def hint(id: str, verb: str) -> str:
    """Return a key with what it does: ``z undo``, and ``: undo`` when it goes by name only."""
    if id == "app.quit" and not keys_of(id):
        return f"{key(id)} and then quit {verb}"  # the key alone opens the list of commands
    return f"{key(id)} {verb}"


def fill(text: str) -> str:
    """Return a text in which ``{text.next}`` is the key of that action, as it is now."""
    return _NAMED.sub(lambda found: key(found[1]), text)


def undo_hint() -> str:
    """Return ``z undo``: what an act can be taken back with, for the notice of it."""
    return hint("edit.undo", "undo")


def key_list(*ids: str) -> str:
    """Return the first keys of several things, divided by blanks: ``u r m i``."""
    return " ".join(key(each) for each in ids)
