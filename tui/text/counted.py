"""Numbers with their nouns, as people write them: ``1 segment``, ``2,000 segments``."""

from __future__ import annotations


def counted(count: int, noun: str, nouns: str = "") -> str:
    """Return a number with its noun.

    Args:
        count: the number.
        noun: what one of them is called.
        nouns: what several are called, none included; the noun with an s when left out.
    """
    return f"{count:,} {noun if count == 1 else nouns or f'{noun}s'}"
