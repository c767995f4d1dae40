"""Which words of the project a query word reaches.

A query word is never compared with the whole vocabulary. For each length in reach, the bitmaps
of letters tell which words lack few enough of its letters and have few enough others (one edit
takes away or brings at most one letter): a handful in ten thousand. Only those are compared.
"""

from __future__ import annotations

from tui.search.distance import allowed, compiled, distance
from tui.store import lookup
from tui.store.index_schema import ASCII, CLASSES, CYRILLIC, OTHER, ROWS, SIZE_ROWS, script_of
from tui.text.fold import LONGEST, has_digit, is_paired

TYPE_CHECKING = False
if TYPE_CHECKING:
    from _sqlite3 import Connection
    from collections.abc import Iterator

_SIZE_LIMIT = (1 << SIZE_ROWS) - 1
# So many comparisons in plain Python cost as much as loading rapidfuzz.
_LOAD_AT = 5_000
_SCRIPTS = (ASCII, CYRILLIC, OTHER)


class Vocabulary:
    """The words of a project as one connection sees them; reads a group when it is first asked for.

    Args:
        db: a reader.
        warm: keep what was read between queries and use rapidfuzz from the start.
    """

    def __init__(self, db: Connection, warm: bool = False) -> None:
        self._db = db
        self._warm = warm
        self._groups: dict[tuple[int, int], list[_Part]] = {}
        self._near: dict[str, dict[str, int]] = {}
        self._revision = -1
        self.stems: dict[tuple[str, str], dict[str, list[str]]] = {}
        """Words by stem, of a language and a first letter; see :mod:`tui.search.stems`."""

    def refresh(self) -> None:
        """Forget what was read when the vocabulary has changed since."""
        revision = lookup.revision(self._db)
        if revision != self._revision:
            self._revision = revision
            self._groups.clear()
            self._near.clear()
            self.stems.clear()

    def near(self, word: str) -> dict[str, int]:
        """Return every word within reach of a folded query word, with its distance.

        The word itself is among them (at 0) only when some text has it.
        """
        known = self._near.get(word)
        if known is None:
            limit = 0 if has_digit(word) or is_paired(word[0]) else allowed(word)
            known = self._within(word, limit)
            if len(self._near) > 4_000:
                self._near.clear()
            self._near[word] = known
        return known

    def has(self, word: str) -> bool:
        """Tell whether some text has exactly this token."""
        return any(part.has(word) for part in self._parts(script_of(word), len(word)))

    def nearest(self, word: str, count: int) -> list[str]:
        """Return words that are closest to one that reaches none: a letter further than allowed."""
        limit = 1 if len(word) < 4 else 2
        found = self._within(word, limit)
        return sorted(found, key=lambda term: (found[term], term[0] != word[0], term))[:count]

    def holding(self, piece: str, at_start: bool, at_end: bool) -> list[str]:
        """Return every word that holds a piece: anywhere, or at the word's start or end."""
        found: list[str] = []
        for script, length in lookup.groups(self._db):
            if length >= len(piece):
                for part in self._parts(script, length):
                    found += part.holding(piece, at_start, at_end)
        return found

    def every(self) -> Iterator[str]:
        """Yield every word."""
        for script, length in lookup.groups(self._db):
            for part in self._parts(script, length):
                yield from part

    def cut_off(self) -> list[str]:
        """Return the words that are so long that the index holds only their beginning."""
        return [
            word for script in _SCRIPTS for part in self._parts(script, LONGEST) for word in part
        ]

    def groups(self) -> list[tuple[int, int]]:
        """Return every script and length there are words of."""
        return lookup.groups(self._db)

    def parts(self, script: int, length: int) -> list[_Part]:
        """Return the parts of one script and length."""
        return self._parts(script, length)

    def _within(self, word: str, limit: int) -> dict[str, int]:
        if limit == 0:
            return {word: 0} if self.has(word) else {}
        candidates = _sharing(list(self._candidates(word, limit)), word, limit)
        if self._warm or (len(candidates) > _LOAD_AT and word not in candidates):
            measure = compiled()
            found = {term: measure(word, term, score_cutoff=limit) for term in candidates}
        else:
            found = {term: distance(word, term, limit) for term in candidates}
        return {term: edits for term, edits in found.items() if edits <= limit}

    def _candidates(self, word: str, limit: int) -> Iterator[str]:
        classes = {ord(char) % CLASSES for char in word}
        script = script_of(word)
        scripts = _SCRIPTS if script == OTHER else (script, OTHER)
        for length in range(max(1, len(word) - limit), len(word) + limit + 1):
            longer = length - len(word)
            missing, extra = limit - max(0, longer), limit - max(0, -longer)
            for group in scripts:
                for part in self._parts(group, length):
                    yield from part.candidates(classes, missing, extra)

    def _parts(self, script: int, length: int) -> list[_Part]:
        known = self._groups.get((script, length))
        if known is None:
            rows = lookup.parts(self._db, script, length)
            known = [_Part(length, words, letters, self._warm) for _, words, letters in rows]
            self._groups[script, length] = known
        return known


def _sharing(candidates: list[str], word: str, limit: int) -> list[str]:
    """Return the candidates that share enough of the word in one piece to be within reach.

    Of ``limit`` + 1 pieces of the word one stays whole, since an edit touches one piece; only a
    swap across the border of two touches both, and then the swapped letters are in the candidate.
    """
    size = len(word) // (limit + 1)
    if not size:
        return candidates
    one, two, three = word[:size], word[size : 2 * size], word[2 * size :]
    first = word[size] + word[size - 1]
    if limit == 1:
        two = word[size:]
        return [c for c in candidates if one in c or two in c or first in c]
    second = word[2 * size] + word[2 * size - 1]
    return [
        c for c in candidates if one in c or two in c or three in c or first in c or second in c
    ]


class _Part:
    """Up to a few thousand words of one length with the bitmaps of their letters."""

    __slots__ = ("_bitmaps", "_full", "_heads", "_length", "_letters", "_stride", "words")

    def __init__(self, length: int, words: str, letters: bytes, warm: bool) -> None:
        self.words = words
        self._length = length
        self._letters = letters
        self._stride = len(letters) // ROWS
        self._full = (1 << len(words) // length) - 1
        self._bitmaps: dict[int, int] | None = {} if warm else None
        self._heads: dict[tuple[int, str], int] = {}

    def __iter__(self) -> Iterator[str]:
        for at in range(0, len(self.words), self._length):
            yield self.words[at : at + self._length]

    def has(self, word: str) -> bool:
        """Tell whether the word is in this part."""
        at = self.words.find(word)
        while at >= 0 and at % self._length:
            at = self.words.find(word, at + 1)
        return at >= 0

    def holding(self, piece: str, at_start: bool, at_end: bool) -> list[str]:
        """Return the words that hold a piece, at their start or end if asked."""
        found: list[str] = []
        length, words = self._length, self.words
        last = length - len(piece)
        at = words.find(piece)
        while at >= 0:
            place = at % length
            if place > last or (at_start and place) or (at_end and place != last):
                at = words.find(piece, at + 1)
            else:
                found.append(words[at - place : at - place + length])
                at = words.find(piece, at - place + length)
        return found

    def candidates(self, classes: set[int], missing: int, extra: int) -> list[str]:
        """Return the words that lack at most ``missing`` of the letters and have few others."""
        one, two, three = self._lacking(classes)
        size = len(classes) + extra
        chosen = (self._full ^ one) & self._at_most(size)
        if missing >= 1:
            chosen |= one & ~two & self._at_most(size - 1)
        if missing >= 2:
            chosen |= two & ~three & self._at_most(size - 2)
        return self._at(chosen)

    def beginning_near(self, start: str, classes: set[int], missing: int) -> list[str]:
        """Return words that may begin with something like ``start``: for a live list only.

        They lack at most ``missing`` (0 to 2) of its letters, and their first letter is its first
        or second, or their second is its second: all but a few slips of the keyboard.
        """
        heads = self._letter_at(0, start[0]) | self._letter_at(0, start[1])
        if self._length > 1:
            heads |= self._letter_at(1, start[1])
        return self._at(heads & (self._full ^ self._lacking(classes)[missing]))

    def _letter_at(self, place: int, char: str) -> int:
        """Return the bitmap of the words with a letter at a place; kept in a warm part."""
        key = (place, char)
        row = self._heads.get(key)
        if row is None:
            # Every word has the same length, so the letters at one place are a slice.
            letters = self.words[place :: self._length][::-1]
            row = int("".join(["1" if letter == char else "0" for letter in letters]), 2)
            self._heads[key] = row
        return row

    def _lacking(self, classes: set[int]) -> tuple[int, int, int]:
        """Return bitmaps of the words that lack at least one, two, three of the letters."""
        one = two = three = 0
        for at in classes:
            lacks = self._full ^ self._row(at)
            three |= two & lacks
            two |= one & lacks
            one |= lacks
        return one, two, three

    def _row(self, at: int) -> int:
        if self._bitmaps is None:
            stride = self._stride
            return int.from_bytes(self._letters[at * stride : (at + 1) * stride], "little")
        row = self._bitmaps.get(at)
        if row is None:
            stride = self._stride
            row = int.from_bytes(self._letters[at * stride : (at + 1) * stride], "little")
            self._bitmaps[at] = row
        return row

    def _at_most(self, size: int) -> int:
        """Return the bitmap of the words with at most ``size`` different letters."""
        if size >= _SIZE_LIMIT:
            return self._full
        if size < 0:
            return 0
        chosen = self._full
        for place in range(SIZE_ROWS):
            without = self._full ^ self._row(CLASSES + place)
            chosen = without | chosen if size >> place & 1 else without & chosen
        return chosen

    def _at(self, chosen: int) -> list[str]:
        """Return the words whose bits are set."""
        length, words = self._length, self.words
        found: list[str] = []
        # The bits as text, lowest first: finding the next one is then the fastest there is.
        bits = format(chosen, "b")[::-1]
        at = bits.find("1")
        while at >= 0:
            found.append(words[at * length : at * length + length])
            at = bits.find("1", at + 1)
        return found
