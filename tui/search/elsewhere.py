"""What is found outside the texts: memos and codes as hits, and the words of the codebook."""

from __future__ import annotations

from tui.search.distance import distance
from tui.search.hit import Hit
from tui.search.vocabulary import Vocabulary
from tui.text.fold import LONGEST, tokens

TYPE_CHECKING = False
if TYPE_CHECKING:
    from _sqlite3 import Connection
    from collections.abc import Iterable, Iterator

    from tui.search.rank import Judged
    from tui.store.lookup import MemoRow


class WordsOf(Vocabulary):
    """The words of some texts that are not in the index: few, so each is compared.

    Args:
        db: a reader; nothing is read from it.
        texts: the texts.
    """

    def __init__(self, db: Connection, texts: Iterable[str]) -> None:
        super().__init__(db)
        self._words = sorted({token for text in texts for token in tokens(text)})

    def has(self, word: str) -> bool:
        """Tell whether some text has exactly this token."""
        return word in self._words

    def holding(self, piece: str, at_start: bool, at_end: bool, most: int = -1) -> list[str]:
        """Return every word that holds a piece: anywhere, or at the word's start or end."""
        found = [
            word
            for word in self._words
            if (word.startswith(piece) if at_start else True)
            and (word.endswith(piece) if at_end else piece in word)
        ]
        return found if most < 0 else found[:most]

    def cut_off(self) -> list[str]:
        """Return the words that are so long that only their beginning counts."""
        return [word for word in self._words if len(word) >= LONGEST]

    def every(self) -> Iterator[str]:
        """Yield every word."""
        yield from self._words

    def begun(self, start: str, limit: int) -> dict[str, float]:
        """Return the words whose beginning is at most ``limit`` edits from ``start``."""
        size = len(start)
        found: dict[str, float] = {}
        for word in self._words:
            ways = {word[:length] for length in (size - 1, size, size + 1)}
            edits = min([distance(start, way, limit) for way in ways])
            if edits <= limit:
                found[word] = 1.0 if word == start else max(0.3, 0.97 - edits / size)
        return found

    def _within(self, word: str, limit: int) -> dict[str, int]:
        measured = {term: distance(word, term, limit) for term in self._words}
        return {term: edits for term, edits in measured.items() if edits <= limit}


def memo_hit(row: MemoRow, judged: Judged) -> Hit:
    """Return the hit of a memo."""
    number, _, document_id, start, end, key, text, _ = row
    hit = Hit(document_id, 0, 0, text)
    hit.memo = number
    hit.score, hit.hits = judged.score, judged.hits
    if start is not None and end is not None:
        hit.start, hit.end = start, end
    hit.codes = [key] if key else []
    return hit


def code_hit(key: str, text: str, judged: Judged) -> Hit:
    """Return the hit of a code; ``text`` is all its words."""
    hit = Hit(None, 0, 0, text.rstrip("\n"))
    hit.code, hit.codes = key, [key]
    hit.score, hit.hits = judged.score, judged.hits
    return hit
