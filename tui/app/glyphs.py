"""Signs for every terminal: one table says what to draw where a sign cannot be shown.

Screens draw with the signs they like; whatever goes out is looked up here once for each sign, so
that no widget has to know which terminal it is on. A sign keeps its width.
"""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Mapping
from typing import Final

UTF_8: Final = "utf-8"
ASCII: Final = "ascii"
PLAIN_TERMINALS: Final = ("linux", "vt100", "vt102", "vt220")
"""Terminals whose letters may hold none of the signs, whatever the locale says."""

_COERCED: Final = ("C.UTF-8", "C.utf8", "UTF-8")


def _plain_signs() -> dict[str, str]:
    lines = dict.fromkeys(map(chr, range(0x2500, 0x2580)), "+")
    lines |= dict.fromkeys("─━╌╍┄┅┈┉╴╶╸╺╼╾", "-") | dict.fromkeys("│┃║╵╷╹╻╽╿", "|")
    # Dashed lines mean something else than whole ones.
    lines |= dict.fromkeys("┆┇┊┋╎╏", ":") | {"═": "=", "└": "'", "╰": "'", "┘": "'", "╯": "'"}
    # Beside the text an end must not look like a middle, nor the focused coding like the others.
    lines |= {"╵": ".", "┃": "#", "┗": "#"}
    blocks = dict.fromkeys(map(chr, range(0x2580, 0x25A0)), "#") | {"░": ".", "▒": ":", "▓": "%"}
    pointers = {
        **dict.fromkeys("►▶▷→›⇒", ">"),
        **dict.fromkeys("◄◀◁←‹⇐", "<"),
        **dict.fromkeys("▸⊞", "+"),
        **dict.fromkeys("▾⊟", "-"),
        **dict.fromkeys("↑▲△⇑", "^"),
        **dict.fromkeys("↓▼▽⇓", "v"),
        **dict.fromkeys("↔⇄", "="),
        "≥": ">",
        "≤": "<",
    }
    marks = {
        **dict.fromkeys("…·․‧∙", "."),
        **dict.fromkeys("•●◆◼■★", "*"),
        **dict.fromkeys("○◦◇◻□☆", "o"),
        **dict.fromkeys("✓✔✗✘", "x"),
        "¶": "P",
    }
    return lines | blocks | pointers | marks


PLAIN: Final[Mapping[str, str]] = _plain_signs()
"""What stands for a sign where only letters, digits and the like can be trusted."""

NEAREST: Final[Mapping[str, str]] = {
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("‘’‚′", "'"),
    **dict.fromkeys("“”„″«»", '"'),
    **dict.fromkeys("\u00a0\u2002\u2003\u2009\u202f", " "),
    "×": "x",
    "²": "2",
    "≈": "~",
    "α": "a",
    "κ": "k",
}
"""What stands for a sign of texts where the terminal's encoding does not hold it."""

SPOKEN: Final[Mapping[str, str]] = {sign: PLAIN[sign] for sign in "►▸▾●✓›"}
"""What stands for a sign that screen readers call by a long name, or not at all."""


class Signs:
    """What this terminal shows for each sign.

    Args:
        encoding: in which the terminal reads bytes; what it does not hold becomes ``?``.
        plain: draw nothing but letters, digits and punctuation for the program's own signs.
        boxes: draw lines and boxes; False leaves blanks, which are not read aloud.
    """

    def __init__(self, encoding: str = UTF_8, *, plain: bool = False, boxes: bool = True) -> None:
        self.encoding = encoding
        self.plain = plain or encoding != UTF_8
        self.boxes = boxes
        self.changes_nothing = not self.plain and boxes

    def shown(self, sign: str, cells: int) -> str:
        """Return what is written for a sign: as many cells wide.

        Args:
            sign: a character with its marks; empty for the right half of a wide one.
            cells: how wide it is.
        """
        if self.changes_nothing or sign.isascii():
            return sign
        if not self.boxes:
            if "\u2500" <= sign[0] < "\u25a0":
                return " "
            if (instead := SPOKEN.get(sign[0])) is not None:
                return instead.ljust(cells)
        if self.plain and (instead := PLAIN.get(sign[0])) is not None:
            return instead.ljust(cells)
        if self._has(sign):
            return sign
        # A letter whose mark is missing here is still that letter.
        composed = unicodedata.normalize("NFC", sign)
        if len(composed) == 1 and self._has(composed):
            return composed
        if (instead := NEAREST.get(sign[0])) is not None:
            return instead.ljust(cells)
        if len(sign) > 1 and sign[0].isascii():
            return sign[0].ljust(cells)
        return "?" * cells

    def line(self, text: str) -> str:
        """Return a text as it is written where its signs stand alone, character by character."""
        if self.changes_nothing or text.isascii():
            return text
        return "".join(
            self.shown(char, 2 if unicodedata.east_asian_width(char) in "WF" else 1)
            if unicodedata.combining(char) == 0 or self._has(char)
            else ""
            for char in text
        )

    def _has(self, text: str) -> bool:
        if self.encoding == UTF_8:
            return True
        try:
            text.encode(self.encoding)
        except UnicodeError:
            return False
        return True


def signs_for(environ: Mapping[str, str], wanted: str = "auto", *, boxes: bool = True) -> Signs:
    """Return the signs for the terminal that the environment tells of.

    Args:
        environ: the environment.
        wanted: ``unicode`` and ``ascii`` say what to draw with; ``auto`` goes by the locale and
            by TERM.
        boxes: whether lines and boxes are drawn.
    """
    if wanted == "unicode":
        return Signs(boxes=boxes)
    name = environ.get("TERM", "").partition("-")[0]
    plain = wanted == "ascii" or name in PLAIN_TERMINALS
    return Signs(encoding_of(environ), plain=plain, boxes=boxes)


def encoding_of(environ: Mapping[str, str]) -> str:
    """Return the encoding of the terminal as the locale names it: ``utf-8``, ``ascii``, …"""
    name = environ.get("LC_ALL") or environ.get("LC_CTYPE") or environ.get("LANG") or ""
    if name in _COERCED and not environ.get("LC_ALL") and _was_coerced():
        name = environ.get("LANG") or ""
    if name in ("", "C", "POSIX"):
        return ASCII
    codeset = name.partition(".")[2].partition("@")[0] or name
    if codeset == name and "utf" not in name.lower():
        # A bare de_DE: what it means is an old convention.
        from locale import normalize  # noqa: PLC0415 (few locales are written so)

        codeset = normalize(name).partition(".")[2].partition("@")[0]
    try:
        found = codecs.lookup(codeset).name
    except LookupError:
        return ASCII
    return UTF_8 if found in ("utf-8", "utf-8-sig") else found


def _was_coerced() -> bool:
    """Tell whether Python itself has set LC_CTYPE, since it knows no other locale than C here."""
    try:
        with open("/proc/self/environ", "rb") as file:
            started_with = file.read().split(b"\0")
    except OSError:
        return False
    return not any(each.startswith(b"LC_CTYPE=") for each in started_with)
