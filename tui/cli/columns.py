"""How many terminal cells a text takes, and cutting it to a number of them."""

from __future__ import annotations


def width(text: str) -> int:
    """Return the cells a text without controls takes: wide characters two, marks none."""
    if text.isascii():
        return len(text)
    return sum(map(_char_width, text))


def clipped(text: str, room: int, *, at_end: bool = True) -> str:
    """Return a text that takes at most ``room`` cells, with … where something was cut.

    Args:
        text: without controls.
        room: in cells.
        at_end: cut the end; else the beginning.
    """
    if width(text) <= room:
        return text
    if room < 1:
        return ""
    chars = text if at_end else text[::-1]
    used, kept = 1, 0
    for char in chars:
        used += 1 if char.isascii() else _char_width(char)
        if used > room:
            break
        kept += 1
    return text[:kept] + "…" if at_end else "…" + text[len(text) - kept :]


def padded(text: str, room: int, *, right: bool = False) -> str:
    """Return a text filled with spaces to ``room`` cells, after it or (``right``) before it."""
    space = " " * max(0, room - width(text))
    return space + text if right else text + space


def _char_width(char: str) -> int:
    if char < "\u0300":
        return 1
    import unicodedata  # noqa: PLC0415 - only for text beyond Latin

    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1
