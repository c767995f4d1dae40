"""Names of keys as people write them, and which of them no terminal can send."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Final

from tui.app.action import shown
from tui.app.keys.layouts import normalise

NAMED: Final = (
    "up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert", "delete",
    "space", "backspace", "enter", "tab", "escape", *(f"f{number}" for number in range(1, 13)),
)  # fmt: skip
"""Keys that print nothing, or nothing to see, by their names in the configuration."""

_SYNONYMS: Final = {
    "esc": "escape", "return": "enter", "pgup": "pageup", "pgdn": "pagedown", "pgdown": "pagedown",
    "page_up": "pageup", "page_down": "pagedown", "del": "delete", "ins": "insert",
    "bs": "backspace", "spacebar": "space", "↑": "up", "↓": "down", "←": "left", "→": "right",
}  # fmt: skip

_TWINS: Final = {
    "ctrl+h": "Backspace", "ctrl+i": "Tab", "ctrl+m": "Enter", "ctrl+[": "Esc",
}  # fmt: skip
_WITH_SHIFT: Final = ("up", "down", "left", "right", "home", "end", "tab")
_WITH_CTRL: Final = ("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "delete")


class BadKey(ValueError):
    """A key that cannot be had.

    Args:
        why: what is wrong with it, to be read after its name.
        instead: what to write, a whole sentence; may be empty.
    """

    def __init__(self, why: str, instead: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.instead = instead


def read_key(text: str) -> str:
    """Return the name by which the program knows a key: ``Esc`` is ``escape``.

    Args:
        text: one key as people write it: ``c``, ``Ctrl+K``, ``PgDn``.

    Raises:
        BadKey: there is no such key, or no terminal sends it as one of its own.
    """
    if len(text) == 1 and text not in _SYNONYMS:
        return _read_sign(text)
    head, plus, last = text.rpartition("+")
    if text.endswith("++"):
        head, plus, last = text[:-2], "+", "+"
    last = last if len(last) == 1 and not head else last.casefold()
    last = _SYNONYMS.get(last, last)
    modifiers = [each.casefold() for each in head.split("+")] if plus else []
    for each in modifiers:
        if each not in ("ctrl", "shift", "alt"):
            near = get_close_matches(each, ("ctrl", "shift"), n=1, cutoff=0.4)
            guess = f"Did you mean {near[0]}+{last}?" if near else "Modifiers are ctrl and shift."
            raise BadKey("has an unknown modifier", guess)
    if not modifiers:
        return _read_named(last)
    return _read_modified(sorted(modifiers), last)


def read_keys(text: str) -> str:
    """Return keys that follow each other, ``g u``, by the names the program knows.

    Raises:
        BadKey: one of them cannot be had, or there are more than two.
    """
    parts = text.split()
    if not parts:
        raise BadKey("is empty", 'Write "space" for the space bar.')
    if len(parts) > 2:
        raise BadKey("is more than two keys in a row", "Take two at most: g u.")
    if len(parts) == 1 and "," in text and len(text) > 1:
        raise BadKey("holds a comma", 'Several keys are a list: ["j", "down"].')
    read = []
    for at, part in enumerate(parts):
        try:
            read.append(read_key(part))
        except BadKey as error:
            instead = error.instead
            if len(parts) > 1 and instead.startswith("Write "):
                both = [*parts[:at], instead.removeprefix("Write ").removesuffix(".")]
                instead = f"Write {' '.join([*both, *parts[at + 1 :]])}."
            raise BadKey(error.why, instead) from error
    return " ".join(read)


def _read_sign(sign: str) -> str:
    if not sign.isprintable():
        raise BadKey("is no key that can be named", "")
    meant = normalise(sign, sign)
    if meant != [(sign, sign)]:
        name = shown(meant[-1][0])
        raise BadKey(f"is read as {name}, by its place on the keyboard", f"Write {name}.")
    return sign


def _read_named(name: str) -> str:
    if name in NAMED:
        return name
    near = get_close_matches(name, NAMED, n=1, cutoff=0.5)
    guess = f"Did you mean {near[0]}?" if near else "A sign, ctrl+k, down, pagedown, f5: like that."
    raise BadKey("is no key", guess)


def _read_modified(modifiers: list[str], last: str) -> str:
    if "alt" in modifiers:
        raise BadKey("arrives as Esc and a key", "Take it without Alt.")
    if last not in NAMED and len(last) != 1:
        _read_named(last)
    name = "+".join([*modifiers, last])
    if name in _TWINS:
        raise BadKey(f"cannot be told from {_TWINS[name]} in terminals")
    if name == "ctrl+j":
        raise BadKey("is the line end of pasted text and of some Enter keys")
    if name in ("ctrl+space", "ctrl+@"):
        raise BadKey("is sent by few terminals, as a null byte")
    if modifiers == ["shift"]:
        if len(last) == 1:
            upper = last.upper()
            raise BadKey("is not how a capital is written", f"Write {upper}.")
        if last in _WITH_SHIFT or last[0] == "f":
            return name
        raise BadKey(f"arrives as {shown(last)} in most terminals")
    if modifiers == ["ctrl"]:
        if (len(last) == 1 and "a" <= last <= "z") or last in _WITH_CTRL:
            return name
        raise BadKey("is not sent by most terminals", "ctrl goes with a letter or an arrow.")
    raise BadKey("is not sent by most terminals", "Take it without one of the modifiers.")


def held_by(key: str) -> str:
    """Return which program may keep a key for itself; empty when none is known to."""
    return {
        "ctrl+b": "tmux",
        "ctrl+a": "screen",
        "ctrl+s": "the terminal's flow control",
        "ctrl+q": "the terminal's flow control",
        "f11": "the terminal's window",
        "f10": "the terminal's menu",
    }.get(key, "")
