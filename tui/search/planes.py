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
# From so many words on, reading all is faster than reading them one by one.
_MANY = 400


class Group:
    """All words of one length and script.

    Args:
        script: see :mod:`tui.store.index_schema`.
        length: of each word, in code points.
        parts: their planes.
    """

    __slots__ = ("_columns", "_length", "_most", "_parts", "_rows", "_script", "_strides", "full")

    def __init__(self, script: int, length: int, parts: Sequence[bytes]) -> None:
        count = planes_of(script, length)
        self._script = script
        self._length = length
        self._parts = parts
        self._strides = [len(part) // count for part in parts]
        self._columns: dict[int, list[int]] = {}
        self._rows: dict[tuple[int, str], int] = {}
        self._most = _KEPT // max(1, sum(self._strides))
        self.full = self._column(0, 1)[0]

    def letter(self, place: int, char: str) -> int:
        """Return the words that have a letter at a place."""
        row = self._rows.get((place, char))
        if row is None:
            row = self._equal(place, char)
            if len(self._rows) > self._most:
                self._rows.clear()
            self._rows[place, char] = row
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
        return self._apart(word, limit, longer, longer) if abs(longer) <= limit else []

    def beginning(self, start: str, limit: int) -> list[int]:
        """Return the words whose beginning is 0, 1, … ``limit`` edits from ``start``.

        A beginning is a letter shorter or longer than ``start``, or as long, or the whole word.
        """
        longer = self._length - len(start)
        if longer < -limit:
            return []
        return self._apart(start, limit, min(-1, longer), min(1, longer))

    def words(self, row: int) -> list[str]:
        """Return the words of a row, in order of their places."""
        places = _places(row)
        if len(places) > _MANY:
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
        else:
            planes = b"".join(
                [
                    part[number * stride : (number + 1) * stride]
                    for number in range(first, first + count)
                    for part, stride in zip(self._parts, self._strides, strict=True)
                ]
            )
            stride, first = sum(self._strides), 0
        read = int.from_bytes
        return [
            read(planes[at : at + stride], "little")
            for at in range(first * stride, (first + count) * stride, stride)
        ]

    def _equal(self, place: int, char: str) -> int:
        if not holds(self._script, char):
            return 0
        column = self._columns.get(place)
        if column is None:
            width = WIDTHS[self._script]
            column = self._columns[place] = self._column(1 + place * width, width)
        row, point = self.full, ord(char)
        for plane in column:
            row = row & plane if point & 1 else row ^ (row & plane)
            point >>= 1
        return row

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
    found: list[int] = []
    nearer = 0
    for edits in range(len(states[0])):
        row = 0
        for shift in ends:
            row |= states[shift][edits]
        found.append(row ^ (row & nearer))
        nearer |= row
    return found


def _places(row: int) -> list[int]:
    """Return the numbers of the bits that are set."""
    found: list[int] = []
    if row.bit_count() < 8:
        while row:
            lowest = row & -row
            found.append(lowest.bit_length() - 1)
            row ^= lowest
        return found
    # The bits as text, lowest first: finding the next one is then the fastest there is.
    bits = format(row, "b")[::-1]
    at = bits.find("1")
    while at >= 0:
        found.append(at)
        at = bits.find("1", at + 1)
    return found
