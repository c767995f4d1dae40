"""What a key, a row of the palette and a line of the help all are: an action."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from tui.values import dataclass

if TYPE_CHECKING:
    from tui.app.desk import Desk

Pane = Literal["text", "tree"]
PANES: tuple[Pane, ...] = ("text", "tree")


_PRINTED = {
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "space": "Space",
    "backspace": "Backspace",
    "enter": "Enter",
    "escape": "Esc",
    "delete": "Delete",
    "home": "Home",
    "end": "End",
    "tab": "Tab",
    "insert": "Insert",
}


def spell_arrows(spelled: bool) -> None:
    """Print arrow keys as words, for terminals without arrows, or as arrows again."""
    arrows = {"down": "↓", "up": "↑", "left": "←", "right": "→"}
    _PRINTED.update({name: name.title() if spelled else sign for name, sign in arrows.items()})


def shown(keys: str) -> str:
    """Return a key, or keys that follow each other, as it is printed on them: ``Shift+↓``."""
    names = []
    for key in keys.split(" "):
        modifier, plus, last = key.rpartition("+") if len(key) > 1 else ("", "", key)
        if len(last) > 1 and last[0] == "f" and last[1:].isdecimal():
            last = last.upper()
        last = last.upper() if modifier == "ctrl" and len(last) == 1 else _PRINTED.get(last, last)
        names.append(f"{modifier.title()}{plus}{last}")
    return " ".join(names)


def never(desk: Desk) -> str | None:
    """Return None: nothing ever stands in the way."""
    return None


@dataclass(frozen=True, slots=True)
class Action:
    """One thing the coder can do."""

    id: str
    """Name in configuration and palette, ``code.pick``; its group stands before the dot."""
    title: str
    """What it does, a few words, as the palette shows it."""
    help: str
    """One sentence for the help."""
    keys: tuple[str, ...]
    """Keys that run it: ``j``, ``shift+down``, ``g u`` one after the other; none: by name only."""
    where: tuple[Pane, ...]
    """The panes in which the keys work."""
    run: Callable[[Desk], None]
    blocked: Callable[[Desk], str | None] = never
    """Says why it cannot act now, in words for the coder; None when it can."""
    short: str = ""
    """The verb in the last row and in the box of following keys; the title when left out."""

    @property
    def verb(self) -> str:
        """The shortest name of it."""
        return self.short or self.title
