"""Words of scripts without spaces: Thai, Lao, Khmer and Burmese, a letter wrong or not.

The index holds whole stretches of them, for nothing shows where their words end. So a word is
looked for inside the stretches, and a letter more, less, other or exchanged may be anywhere in it,
but only in a word of some length: of a short one too little would be left.
"""

from __future__ import annotations

import re
import unicodedata

from tui.search.pattern import PatternTerm, narrowed, too_slow
from tui.search.query import SOLID

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.search.query import Pattern
    from tui.search.terms import Place
    from tui.search.vocabulary import Vocabulary

_LETTER = "[" + "".join(f"{chr(low)}-{chr(high - 1)}" for low, high in SOLID) + "]"


class SolidTerm(PatternTerm):
    """A word of such a script in which a letter may be wrong.

    Args:
        pattern: the node of the query; its ``fixed`` is the word.
        vocabulary: narrows it to the passages that may hold it.
    """

    def __init__(self, pattern: Pattern, vocabulary: Vocabulary) -> None:
        super().__init__(pattern, vocabulary, timed=True)
        word = pattern.fixed or ""
        self._likeness = 1 - 1 / len(word)
        self._pieces = tuple(dict.fromkeys(_pieces(word)))
        self._either = re.compile("|".join([f"({self._found.pattern})", *_close(word)]))
        found = [one for one in (narrowed(piece, vocabulary) for piece in self._pieces) if one]
        self._expression = "*" if "*" in found else " OR ".join(f"({one})" for one in found)
        if len(found) > 1 and self._expression != "*":
            self._expression = f"({self._expression})"

    def is_wide(self) -> bool:
        """Tell whether more than what was typed is reached."""
        return True

    def places(self, text: str) -> list[Place]:
        """Return where it stands in a text, and how like it is.

        Raises:
            QualError: it took too long.
        """
        if not any(piece in text for piece in self._pieces):
            return []
        if self.is_late():
            raise too_slow()
        return [
            (*match.span(), 1.0 if match.lastindex else self._likeness)
            for match in self._either.finditer(text)
        ]


def _pieces(word: str) -> Iterator[str]:
    """Yield strings one of which every text has that has the word with at most a letter wrong."""
    half = len(word) // 2
    yield word[:half]
    yield word[half:]
    # Two letters exchanged where the halves meet spoil both.
    yield _swapped(word, half - 1)
    yield unicodedata.normalize("NFC", word)
    yield unicodedata.normalize("NFD", word)


def _close(word: str) -> Iterator[str]:
    """Yield expressions for the word with one letter wrong.

    Another first or last letter, or one more before or after, is the word without it.
    """
    size = len(word)
    for at in range(1, size - 1):
        yield word[:at] + _LETTER + word[at + 1 :]
    for at in range(1, size):
        yield word[:at] + _LETTER + word[at:]
    for at in range(size - 1):
        yield _swapped(word, at)
    for at in (*range(1, size - 1), 0, size - 1):
        yield word[:at] + word[at + 1 :]


def _swapped(word: str, at: int) -> str:
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
