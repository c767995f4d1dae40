"""Asks something of every word of one length and script at once, with planes of bits.

A *row* is a number whose bit n belongs to word n of the group. Whether the words have a letter at
a place is a row; from those rows, distances and pieces are computed for all words side by side.
"""

from __future__ import annotations

from tui.store.index_planes import planes_of, read_at, unpack
from tui.store.index_schema import WIDTHS, holds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

# So many bytes of rows are kept of one group.
_KEPT = 500_000
# More than so many words, and one of so many, are read faster by reading all.
_MANY, _SHARE = 100, 32
# Which bytes of a row have a bit.
_SOME = b"\0" + b"\1" * 255


class Group:
    """All words of one length and script.

    Args:
        script: see :mod:`tui.store.index_schema`.
        length: of each word, in code points.
        parts: their planes.
    """

    __slots__ = (
        "_bits",
        "_high",
        "_length",
        "_made",
        "_most",
        "_parts",
        "_rows",
        "_script",
        "_strides",
        "full",
    )

    def __init__(self, script: int, length: int, parts: Sequence[bytes]) -> None:
        count = planes_of(script, length)
        self._script = script
        self._length = length
        self._parts = parts
        self._strides = [len(part) // count for part in parts]
        self._bits: list[list[int]] = [[] for _ in range(length)]
        self._high: dict[tuple[int, int], int] = {}
        self._rows: list[dict[str, int]] = [{} for _ in range(length)]
        self._made = 0
        self._most = _KEPT // max(1, sum(self._strides))
        self.full = self._column(0, 1)[0]

    def letter(self, place: int, char: str) -> int:
        """Return the words that have a letter at a place."""
        rows = self._rows[place]
        row = rows.get(char)
        if row is None:
            if self._made > self._most:
                self._made = 0
                for some in self._rows:
                    some.clear()
            self._made += 1
            row = rows[char] = self._equal(place, char)
        return row

    def has(self, word: str) -> bool:
        """Tell whether a word of this length and script is one of them."""
        row = self.full
        for place, char in enumerate(word):
            row &= self.letter(place, char)
            if not row:
                return False
        return True

    def holding(self, piece: str, at_start: bool, at_end: bool) -> int:
        """Return the words that hold a piece, at their start or end if asked."""
        last = self._length - len(piece)
        if last < 0 or (at_start and at_end and last):
            return 0
        starts = [0] if at_start else [last] if at_end else range(last + 1)
        found = 0
        for start in starts:
            row = self.full
            for place, char in enumerate(piece, start):
                row &= self.letter(place, char)
                if not row:
                    break
            found |= row
        return found

    def within(self, word: str, limit: int) -> list[int]:
        """Return the words 0, 1, … ``limit`` edits away; a word is in its least one only."""
        longer = self._length - len(word)
        if abs(longer) > limit:
            return []
        if limit == 0:
            return [self.holding(word, True, True)]
        if longer == 0:
            return self._as_long(word, limit)
        if longer == limit:
            return [0] * limit + [self._only_longer(word, limit)]
        if longer == -limit:
            return [0] * limit + [self._only_shorter(word, limit)]
        return self._longer(word) if longer > 0 else self._shorter(word)

    def beginning(self, start: str, limit: int) -> list[int]:
        """Return the words whose beginning is 0, 1, … ``limit`` edits from ``start``.

        A beginning is a letter shorter or longer than ``start``, or as long, or the whole word.
        """
        longer = self._length - len(start)
        if longer < -limit:
            return []
        return self._apart(start, limit, min(-1, longer), min(1, longer))

    def words(self, row: int, most: int = -1) -> list[str]:
        """Return the words of a row, in order of their places; the first ``most``, or all."""
        places = _places(row, most)
        if len(places) > max(_MANY, sum(self._strides) * 8 // _SHARE):
            every = [w for part in self._parts for w in unpack(part, self._script, self._length)]
            return [every[place] for place in places]
        found: list[str] = []
        at = first = 0
        for place in places:
            while place >= first + self._strides[at] * 8:
                first += self._strides[at] * 8
                at += 1
            found.append(read_at(self._parts[at], place - first, self._script, self._length))
        return found

    def _column(self, first: int, count: int) -> list[int]:
        """Return some planes that follow one another."""
        if len(self._parts) == 1:
            planes, stride = self._parts[0], self._strides[0]
            cut = [planes[n * stride : (n + 1) * stride] for n in range(first, first + count)]
        else:
            parts = list(zip(self._parts, self._strides, strict=True))
            cut = [
                b"".join([part[n * stride : (n + 1) * stride] for part, stride in parts])
                for n in range(first, first + count)
            ]
        # Seeing that nothing is there is a hundred times faster than reading it as a number.
        nothing, read = bytes(len(cut[0])), int.from_bytes
        return [0 if plane == nothing else read(plane, "little") for plane in cut]

    def _equal(self, place: int, char: str) -> int:
        """Put a letter's row together from those of its bits."""
        script, point, row = self._script, ord(char), self.full
        if not holds(script, char):
            return 0
        if WIDTHS[script] > 5:
            # The highest bits first: where no word has them, the others are not read.
            row = self._alike(place, point >> 5)
            if not row:
                return 0
        bits = self._bits[place]
        if not bits:
            for plane in self._column(1 + place * WIDTHS[script], 5):
                bits += (self.full ^ plane, plane)
        row &= bits[point & 1] & bits[2 + (point >> 1 & 1)] & bits[4 + (point >> 2 & 1)]
        return row & bits[6 + (point >> 3 & 1)] & bits[8 + (point >> 4 & 1)]

    def _alike(self, place: int, high: int) -> int:
        """Return the words whose letter at a place has all bits above the lowest five."""
        row = self._high.get((place, high))
        if row is None:
            row, width, bits = self.full, WIDTHS[self._script], high
            for plane in self._column(6 + place * width, width - 5):
                row = row & plane if bits & 1 else row ^ (row & plane)
                bits >>= 1
            self._high[place, high] = row
        return row

    def _as_long(self, word: str, limit: int) -> list[int]:
        """Return the words of the same length within one or two edits.

        Here and in the next methods ``e0``, ``e1``, ``e2`` are the rows of the words whose first
        letters are so many edits from the first letters of ``word``, as many of both; ``less`` and
        ``more`` are those where a letter less, or more, is taken of the vocabulary's words. What
        was so one letter ago is needed for two letters that are swapped.
        """
        letter, last = self.letter, ""
        e0, e1, e2 = self.full, 0, 0
        less, more = 0, self.full
        before0 = before1 = 0
        for at, char in enumerate(word):
            same = letter(at, char)
            back = letter(at - 1, char) if last else 0
            swap = back and back & letter(at, last)
            next0, next1 = e0 & same, e1 & same | e0
            if swap and before0:
                next1 |= swap & before0
            if limit == 2:
                less = less & back | e0
                next2 = e2 & same | e1 | more | less
                if swap and before1:
                    next2 |= swap & before1
                more = more & letter(at + 1, char) | next0 if at + 1 < self._length else 0
                before1, e2 = e1, next2
            before0, e0, e1, last = e0, next0, next1, char
            if not (e1 or e2 or less):
                break
        return _least([e0, e1, e2][: limit + 1])

    def _longer(self, word: str) -> list[int]:
        """Return the words that are one letter longer, within two edits; see :meth:`_as_long`."""
        letter, last = self.letter, ""
        e0, e1 = self.full, 0
        more1, more2 = self.full, 0
        before0 = before1 = 0
        for at, char in enumerate(word):
            same, ahead = letter(at, char), letter(at + 1, char)
            next0, next1 = e0 & same, e1 & same | e0
            if swap := before0 and before0 & letter(at, last):
                next1 |= swap & letter(at - 1, char)
            more2 = more2 & ahead | more1 | next1
            if swap := before1 and before1 & same:
                more2 |= swap & letter(at + 1, last)
            before0, before1 = e0, more1
            more1 = more1 & ahead | next0
            e0, e1, last = next0, next1, char
            if not (e1 or more2):
                break
        return _least([0, more1, more2])

    def _shorter(self, word: str) -> list[int]:
        """Return the words that are one letter shorter, within two edits; see :meth:`_as_long`."""
        letter, last = self.letter, ""
        e0, e1 = self.full, 0
        less1 = less2 = 0
        before0 = before1 = 0
        for at, char in enumerate(word):
            back = letter(at - 1, char) if last else 0
            next0 = next1 = 0
            if at < self._length:
                same = letter(at, char)
                next0, next1 = e0 & same, e1 & same | e0
                if swap := before0 and before0 & back:
                    next1 |= swap & letter(at, last)
            less2 = less2 & back | less1 | e1
            if swap := before1 and before1 & letter(at - 1, last):
                less2 |= swap & letter(at - 2, char)
            before0, before1 = e0, less1
            less1 = less1 & back | e0
            e0, e1, last = next0, next1, char
            if not (e1 or less1 or less2):
                break
        return _least([0, less1, less2])

    def _only_longer(self, word: str, limit: int) -> int:
        """Return the words that are ``word`` with ``limit`` letters put in."""
        rows = [self.full] * (limit + 1)
        for at, char in enumerate(word):
            row = 0
            for more in range(limit + 1):
                row = rows[more] = rows[more] & self.letter(at + more, char) | row
            if not row:
                break
        return rows[limit]

    def _only_shorter(self, word: str, limit: int) -> int:
        """Return the words that are ``word`` with ``limit`` letters left out."""
        rows = [self.full] + [0] * limit
        for at, char in enumerate(word):
            for less in range(limit, -1, -1):
                row = rows[less]
                if row:
                    row = row & self.letter(at - less, char) if at - less < self._length else 0
                rows[less] = row | rows[less - 1] if less and rows[less - 1] else row
            if not any(rows):
                break
        return rows[limit]

    def _apart(self, word: str, limit: int, low: int, high: int) -> list[int]:
        """Compute optimal string alignment distances of all words at once.

        ``states[shift][edits]`` is the row of the words that so many edits lead from the first
        letters of ``word`` to their own first letters, ``shift`` more of them; only states from
        which the end can be reached with the edits that are left are computed.

        Args:
            word: compared with every word.
            limit: most edits.
            low: the least shift at the end.
            high: the largest shift at the end.
        """
        nothing = [0] * (limit + 1)
        empty = dict.fromkeys(range(-limit - 1, limit + 2), nothing)
        plan = _plan(limit, low, high)
        states = empty.copy()
        for shift, least, _ in plan:
            if 0 <= shift <= self._length:
                states[shift] = [self.full if edits == least else 0 for edits in range(limit + 1)]
        before, last = empty, ""
        for at, char in enumerate(word):
            after = empty.copy()
            for shift, least, most in plan:
                if not -1 <= at + shift < self._length:
                    continue
                more = states[shift + 1]
                if at + shift < 0:
                    after[shift] = [0, *more[:-1]]
                    continue
                # Where every edit is needed for the shift, none is left for a swap.
                swaps = before[shift] if least < most and any(before[shift]) else nothing
                swap = self._swapped(at + shift, last, char) if swaps is not nothing else 0
                same, fewer = states[shift], after[shift - 1]
                match = self.letter(at + shift, char) if any(same) else 0
                cell = after[shift] = nothing.copy()
                for edits in range(least, most + 1):
                    row = same[edits] & match
                    if edits:
                        row |= same[edits - 1] | more[edits - 1] | fewer[edits - 1]
                        if swap:
                            row |= swaps[edits - 1] & swap
                    cell[edits] = row
            before, states, last = states, after, char
            if at >= limit and not any(map(any, states.values())):
                return nothing
        return _nearest(states, range(low, high + 1))

    def _swapped(self, place: int, last: str, char: str) -> int:
        """Return the words that have two letters the other way round, the second at a place."""
        row = self.letter(place - 1, char) if place else 0
        return row and row & self.letter(place, last)


def _plan(limit: int, low: int, high: int) -> list[tuple[int, int, int]]:
    """Return the shifts through which an end is reached, each with its least and most edits."""
    found = []
    for shift in range(-limit, limit + 1):
        least, most = abs(shift), limit - max(0, low - shift, shift - high)
        if least <= most:
            found.append((shift, least, most))
    return found


def _nearest(states: dict[int, list[int]], ends: range) -> list[int]:
    """Return the rows by edits over all ends, each word in its least one only."""
    rows = []
    for edits in range(len(states[0])):
        row = 0
        for shift in ends:
            row |= states[shift][edits]
        rows.append(row)
    return _least(rows)


def _least(rows: list[int]) -> list[int]:
    """Return rows by edits with each word in its least one only."""
    nearer = 0
    for edits, row in enumerate(rows):
        rows[edits] = row ^ (row & nearer)
        nearer |= row
    return rows


def _places(row: int, most: int = -1) -> list[int]:
    """Return the numbers of the bits that are set; the lowest ``most`` and a few, or all."""
    found: list[int] = []
    held = row.to_bytes((row.bit_length() + 7) // 8, "little")
    some = held.translate(_SOME)
    at = some.find(1)
    while at >= 0 and (most < 0 or len(found) < most):
        byte = held[at]
        while byte:
            found.append(at * 8 + (byte & -byte).bit_length() - 1)
            byte &= byte - 1
        at = some.find(1, at + 1)
    return found
