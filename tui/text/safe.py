"""What of a text may reach a terminal or a spreadsheet.

Text is data: nothing in it may move a cursor, turn the reading order or run as a formula.
"""

from __future__ import annotations

import re

# C0 and C1 controls, DEL, the controls of reading order, line and paragraph separators, lone
# surrogates and the code points that are no characters.
_UNSAFE_RANGES = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f"
    "\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000)
    )
)
_UNSAFE = re.compile(f"[{_UNSAFE_RANGES}]")
_UNSAFE_OR_TAB = re.compile(f"[\t{_UNSAFE_RANGES}]")
_UNSAFE_OR_BREAK = re.compile(f"[\t\n{_UNSAFE_RANGES}]")
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def make_visible(text: str, *, tabs: bool = False) -> str:
    """Replace every character that could act on a terminal by a visible one, one for one.

    Args:
        text: any text; line feeds stay.
        tabs: leave tabs alone (the caller lays them out).

    Returns:
        Text of the same length, so that offsets into ``text`` stay right.
    """
    if text.isprintable():
        return text
    return (_UNSAFE if tabs else _UNSAFE_OR_TAB).sub(_picture, text)


def make_line(text: str) -> str:
    """Do as :func:`make_visible` does and make line feeds and tabs spaces: one field of one row."""
    if text.isprintable():
        return text
    return _UNSAFE_OR_BREAK.sub(_picture_or_space, text)


def guard_formula(text: str) -> str:
    """Put an apostrophe before a cell that a spreadsheet would run as a formula.

    Cells that already begin with apostrophes and a sign get one more, so that
    :func:`unguard_formula` gives back exactly what went in.
    """
    return "'" + text if _FORMULA.match(text) else text


def unguard_formula(text: str) -> str:
    """Take back the apostrophe of :func:`guard_formula`."""
    return text[1:] if text[:1] == "'" and _FORMULA.match(text) else text


def _picture(found: re.Match[str]) -> str:
    """Return the control picture of a C0 control or DEL, else the replacement character."""
    char = found[0]
    if char < " ":
        return chr(0x2400 + ord(char))
    return "\u2421" if char == "\x7f" else "\ufffd"


def _picture_or_space(found: re.Match[str]) -> str:
    return " " if found[0] in "\t\n" else _picture(found)
