"""Keys and lane letters for new codes."""

from __future__ import annotations

import string
from collections.abc import Sequence

from tui.model.code import Code


def free_key(codes: Sequence[Code], parent: Code | None) -> str:
    """Return the next free child key of a parent (R1-2-5), or C1, C2, … at the top."""
    taken = {code.key.casefold() for code in codes}
    stem = f"{parent.key}-" if parent else "C"
    number = 1
    while f"{stem}{number}".casefold() in taken:
        number += 1
    return f"{stem}{number}"


def free_letter(codes: Sequence[Code], name: str) -> str:
    """Return a lane letter that no code has: from the name if possible, else the next free one.

    Returns:
        One of A-Z or a-z; empty when all 52 are taken.
    """
    taken = {code.letter for code in codes}
    own = [letter for letter in name if letter in string.ascii_letters]
    wishes = [letter.upper() for letter in own] + [letter.lower() for letter in own]
    for letter in (*wishes, *string.ascii_uppercase, *string.ascii_lowercase):
        if letter not in taken:
            return str(letter)
    return ""
