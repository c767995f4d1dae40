"""Keyboard layouts: which key was meant when a letter of another alphabet arrives.

Latin letters are never moved. Where the coder names a layout, the signs are moved too that stand
on it where a key of the program is expected: the digit row of AZERTY, the signs that Greek and
Hebrew have in the places of q and w.
"""

from __future__ import annotations

import unicodedata
from typing import Final

ESCAPE: Final = ("escape", "\x1b")

LAYOUTS: Final = ("auto", "ru", "el", "he", "ar", "azerty")
"""What ``keyboard.layout`` may be; ``auto`` moves what is no Latin letter, and no sign."""

_ROWS: Final = (
    # ru, with the letters that uk has in their places
    ("йцукенгшщзхъфывапролджэячсмитьбюё", "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"),
    ("іїєґў", "s]'\\o"),
    ("ςερτυθιοπασδφγηξκλζχψωβνμ", "wertyuiopasdfghjklzxcvbnm"),
    ("קראטוןםפשדגכעיחלךףזסבהנמצתץ", "ertyuiopasdfghjkl;zxcvbnm,."),
    ("ضصثقفغعهخحجدشسيبلاتنمكطئءؤرىةوزظ", "qwertyuiop[]asdfghjkl;'zxcvnm,./"),
)
_SHIFTED: Final = str.maketrans("[];',./`\\", '{}:"<>?~|')
_OPTION: Final = dict(zip("¡™£¢∞§¶•ªº–≠", "1234567890-=", strict=True))
_EVERYWHERE: Final = {"؟": "?", "،": ",", "؛": ";"}

SIGNS: Final[dict[str, dict[str, str]]] = {
    "ru": {".": "/", ",": "?"},
    "el": {";": "q", ":": "Q"},
    "he": {"/": "q", "'": "w", ".": "/", ",": "'"},
    # Its signs stay where they are labelled, but those without a use are taken for their places.
    "azerty": {
        **dict(zip("&é\"'(-è_çà", "1234567890", strict=True)),
        ")": "-",
        ";": ".",
        "!": "/",
        "§": "?",
    },
}
"""Layout to the signs that are moved on it."""


def _same_place() -> dict[str, str]:
    table: dict[str, str] = {}
    for letters, latin in _ROWS:
        for letter, key in zip(letters, latin, strict=True):
            table[letter] = key
            if letter.upper() != letter and len(letter.upper()) == 1:
                shifted = key.upper() if key.isalpha() else key.translate(_SHIFTED)
                table.setdefault(letter.upper(), shifted)
    return table | _EVERYWHERE


SAME_PLACE: Final = _same_place()
"""Letters of other alphabets to what a Latin layout has on the same key."""


def normalise(
    key: str, character: str | None, layout: str = "auto"
) -> list[tuple[str, str | None]]:
    """Return the keys that were meant, as (name, character), by the place of the key pressed.

    Latin letters stay where they are. Alt with a key is Escape and that key, since that is what
    the terminal sent; the signs that Option makes of the digit row count as such too.

    Args:
        key: the name that the terminal library gave it: ``j``, ``alt+j``, ``pound_sign``.
        character: what it prints, if anything.
        layout: one of ``LAYOUTS``.
    """
    sign = character or ""
    if key.startswith("alt+") and len(sign) == 1 and sign.isprintable():
        return [ESCAPE, *normalise(sign, sign, layout)]
    moved = SIGNS.get(layout, {}).get(sign)
    if moved is not None:
        return [(moved, moved)]
    if sign in _OPTION:
        return [ESCAPE, (_OPTION[sign], _OPTION[sign])]
    if len(sign) != 1 or sign.isascii():
        return [(key, character)]
    plain = SAME_PLACE.get(sign) or SAME_PLACE.get(unicodedata.normalize("NFD", sign)[:1])
    if plain is None:
        digit = unicodedata.decimal(sign, None)
        plain = str(digit) if digit is not None else unicodedata.normalize("NFKC", sign)
    if len(plain) != 1 or plain == sign:
        return [(key, character)]
    return [(plain, plain)]
