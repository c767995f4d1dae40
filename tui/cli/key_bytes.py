"""What a terminal sends for a key: bytes to names, without the screen's library."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_ENDS: Final = {
    "A": "up", "B": "down", "C": "right", "D": "left", "H": "home", "F": "end", "Z": "shift+tab",
    "P": "f1", "Q": "f2", "R": "f3", "S": "f4",
}  # fmt: skip
_NUMBERS: Final = {
    1: "home", 2: "insert", 3: "delete", 4: "end", 5: "pageup", 6: "pagedown", 7: "home", 8: "end",
    11: "f1", 12: "f2", 13: "f3", 14: "f4", 15: "f5", 17: "f6", 18: "f7", 19: "f8", 20: "f9",
    21: "f10", 23: "f11", 24: "f12",
}  # fmt: skip
_CODES: Final = {9: "tab", 13: "enter", 27: "escape", 32: "space", 127: "backspace"}
_CONTROLS: Final = {
    "\r": "enter", "\t": "tab", "\x7f": "backspace", "\x08": "backspace", "\x1b": "escape",
    "\x00": "ctrl+@", "\x1c": "ctrl+\\", "\x1d": "ctrl+]", "\x1e": "ctrl+^", "\x1f": "ctrl+_",
}  # fmt: skip
_SEQUENCE: Final = re.compile(r"\x1b(?:\[|O)(\d*)(?:;(\d+))?([A-Za-z~])")


class KeyPress(NamedTuple):
    """One key as it arrived."""

    sent: bytes
    name: str
    """``shift+down``; a sign stands for itself."""
    sign: str
    """What it prints; empty when nothing."""


def read_presses(data: bytes) -> list[KeyPress]:
    """Return the keys in what a terminal sent at once.

    Args:
        data: bytes; what is no UTF-8 is shown as U+FFFD.
    """
    text = data.decode("utf-8", "replace")
    presses = []
    at = 0
    while at < len(text):
        match = _SEQUENCE.match(text, at)
        if match:
            part, name, sign = match[0], _sequence_name(match), ""
        elif text[at] == "\x1b" and at + 1 < len(text) and text[at + 1] not in "\x1b[O":
            part = text[at : at + 2]
            name, sign = f"alt+{part[1]}", part[1]
        else:
            part = text[at]
            name, sign = _plain_name(part)
        presses.append(KeyPress(part.encode("utf-8", "replace"), name, sign))
        at += len(part)
    return presses


def _plain_name(sign: str) -> tuple[str, str]:
    if sign in _CONTROLS:
        return _CONTROLS[sign], ""
    if sign < " ":
        return f"ctrl+{chr(ord(sign) + 96)}", ""
    return ("space" if sign == " " else sign), sign


def _sequence_name(match: re.Match[str]) -> str:
    number, modifier, end = match[1], match[2], match[3]
    if end == "~":
        name = _NUMBERS.get(int(number or 0), "unknown")
    elif end == "u":
        code = int(number or 0)
        name = _CODES.get(code, chr(code) if 32 < code < 0x110000 else "unknown")
    else:
        name = _ENDS.get(end, "unknown")
    bits = int(modifier) - 1 if modifier else 0
    held = [word for bit, word in ((2, "alt"), (4, "ctrl"), (1, "shift")) if bits & bit]
    return "+".join([*held, name])
