"""How the texts that are on the screen are cut, remembered from one key to the next.

While someone types, the same hundred passages are judged at every key. Where their sentences and
words stand does not change meanwhile.
"""

from __future__ import annotations

from tui.text.cut import read_sentences
from tui.text.fold import cut, spread

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container

    from tui.text.fold import Token

_MOST = 4_000


class Cuts:
    """Remembers the cuts of some thousand passages, by their ids.

    Whoever holds it forgets it (:meth:`clear`) when texts may have changed.

    Args:
        words: returns the tokens of a passage, by its id and text; remembers them, too.
    """

    def __init__(self, words: Callable[[int, str], frozenset[str]]) -> None:
        self._words = words
        self._places: dict[int, str | list[Token]] = {}
        self._sentences: dict[int, list[tuple[int, int]]] = {}

    def clear(self) -> None:
        """Forget everything."""
        self._places.clear()
        self._sentences.clear()

    def sentences(self, row: int, packed: bytes) -> list[tuple[int, int]]:
        """Return the spans of a passage's sentences."""
        found = self._sentences.get(row)
        if found is None:
            if len(self._sentences) >= _MOST:
                self._sentences.clear()
            found = self._sentences[row] = read_sentences(packed)
        return found

    def find(self, row: int, text: str, wanted: Container[str]) -> list[Token]:
        """Return the wanted tokens of a passage, as :func:`tui.text.fold.find` does."""
        here = [word for word in self._words(row, text) if word in wanted]
        if not here:
            return []
        places = self._places.get(row)
        if places is None:
            if len(self._places) >= _MOST:
                self._places.clear()
            spaced = spread(text)
            # One space more on either side: a word begins where its space does.
            places = self._places[row] = cut(text) if spaced is None else f" {spaced} "
        if isinstance(places, list):
            return [token for token in places if token[0] in wanted]
        found = []
        for word in here:
            size, at = len(word), places.find(f" {word} ")
            while at >= 0:
                found.append((word, at, at + size))
                at = places.find(f" {word} ", at + size)
        if len(found) > 1:
            found.sort(key=_start)
        return found


def _start(token: Token) -> int:
    return token[1]
