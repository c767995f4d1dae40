"""Codings beside the text: which are where, and in which lane each one runs.

Lanes are given greedily from left to right: a coding takes, at its first row, the first lane that
no earlier coding uses on that row, and keeps it. They depend on the codings and on where rows end,
not on what is on the screen, so that scrolling never moves them. At every 256th passage the codings
that run on take their lanes anew: a chain of overlaps through a whole book then costs no more than
one through 256 passages.
"""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import NamedTuple

from tui.app.document.layout import row_of
from tui.app.document.viewport import Row, Rows

AFRESH = 256
"""At passages whose place is a multiple of this, lanes are given anew."""


_KEPT_PASSAGES = 4_096
# Beside a passage with more codings, those of a row are looked up rather than sifted.
_MANY = 64


class LaneCoding(NamedTuple):
    """What the pane needs to know of a coding."""

    start: int
    end: int
    code_id: int
    coder_id: int
    id: int


class CodingIndex:
    """Codings of one document, found by stretch of text without a look at all of them.

    They lie in shelves by length, each sorted: on a shelf, what overlaps a stretch begins at most
    the shelf's length before it. A few codings as long as the document then cost nothing.
    """

    def __init__(self, codings: Iterable[tuple[int, int, int, int, int]] = ()) -> None:
        # Plain rows: of the thousands in a document only those near the screen are looked at.
        self._rows = list(codings)
        """What was given; ``_by_id`` is made of it when a coding is first looked for by its id."""
        self._known: dict[int, _CodingRow] | None = None
        shelves: list[list[_CodingRow]] = [[] for _ in _LONGEST]
        for row in self._rows:
            shelves[((row[1] - row[0]).bit_length() + 1) >> 1].append(row)
        if shelves[0]:  # empty ones, as if they were a character long
            shelves[1] += shelves[0]
        self._shelves = {
            number: sorted(shelf) for number, shelf in enumerate(shelves) if number and shelf
        }

    @property
    def _by_id(self) -> dict[int, _CodingRow]:
        known = self._known
        if known is None:
            known = self._known = {row[4]: row for row in self._rows}
            self._rows = []
        return known

    def __len__(self) -> int:
        return len(self._rows if self._known is None else self._known)

    def get(self, coding_id: int) -> LaneCoding | None:
        """Return a coding by id, None when it is not in this document."""
        coding = self._by_id.get(coding_id)
        return None if coding is None else LaneCoding(*coding)

    def overlapping(self, start: int, end: int) -> list[LaneCoding]:
        """Return the codings that share a character with ``[start, end)``, by start, long first."""
        found: list[LaneCoding] = []
        for number, shelf in self._shelves.items():
            low = bisect_right(shelf, start - _LONGEST[number], key=_start)
            high = bisect_left(shelf, end, low, key=_start)
            found.extend(LaneCoding(*coding) for coding in shelf[low:high] if coding[1] > start)
        found.sort(key=_in_order)
        return found

    def add(self, coding: LaneCoding) -> None:
        """Put a coding in its place; one with the same id goes."""
        self.remove(coding.id)
        self._by_id[coding.id] = coding
        insort(self._shelves.setdefault(_shelf(coding), []), coding)

    def remove(self, coding_id: int) -> LaneCoding | None:
        """Take a coding out; return it, None when it was not there."""
        row = self._by_id.pop(coding_id, None)
        if row is None:
            return None
        coding = LaneCoding(*row)
        shelf = self._shelves[_shelf(coding)]
        del shelf[bisect_left(shelf, row)]
        return coding


_CodingRow = tuple[int, int, int, int, int]


def _shelf(coding: LaneCoding) -> int:
    return (max(coding.end - coding.start, 1).bit_length() + 1) // 2


# The longest coding a shelf may hold.
_LONGEST = [4**number - 1 for number in range(33)]
_start = itemgetter(0)


def _in_order(coding: LaneCoding) -> tuple[int, int, int]:
    return coding.start, -coding.end, coding.id


class Stripe(NamedTuple):
    """One coding in the margin of one passage."""

    first: int
    """Its first row in the passage; -1 when it began in an earlier one."""
    last: int
    """Its last row in the passage; the blank row below when it goes on in the next one."""
    lane: int
    """From 0, left to right."""
    goes_on: bool
    """Whether it reaches into the next passage."""
    coding: LaneCoding
    again: bool = False
    """Whether it stood in a lane without room on the rows before and has come into one with it."""


class Lanes:
    """The lanes of the codings of a document at one width of text.

    Args:
        rows: the wrapped rows.
        codings: all codings of the document.
        shown: tells whether a code's codings are drawn; hidden ones take no lane.
        room: how many lanes can be drawn. A coding that begins where all of these are taken moves
            into the first that falls free, so that a crowded row hides it no longer than it must.
    """

    def __init__(
        self,
        rows: Rows,
        codings: CodingIndex,
        shown: Callable[[int], bool] = lambda _: True,
        room: int = sys.maxsize,
    ) -> None:
        self._rows = rows
        self._room = room
        self._codings = codings
        self._shown = shown
        self._packed: dict[int, tuple[Stripe, ...]] = {}
        self._beside: dict[int, list[LaneCoding]] = {}
        self._by_id: dict[int, dict[int, list[Stripe]]] = {}

    def passage(self, place: int) -> tuple[Stripe, ...]:
        """Return the stripes beside the passage at ``place``, in order of their codings."""
        packed = self._packed.get(place)
        if packed is None:
            if len(self._packed) > _KEPT_PASSAGES:
                self._forget(list(self._packed))
            for needed in self._unpacked_before(place):
                self._packed[needed] = self._pack(needed)
            self._beside.clear()
            packed = self._packed[place]
        return packed

    def row(self, at: Row) -> list[Stripe]:
        """Return the stripes beside one row."""
        stripes: Iterable[Stripe] = self.passage(at.place)
        if len(self._packed[at.place]) > _MANY:
            stripes = self._stripes_near(at)
        return [stripe for stripe in stripes if stripe.first <= at.row <= stripe.last]

    def _stripes_near(self, at: Row) -> list[Stripe]:
        """Return the stripes that may be beside a row of a passage that has very many."""
        by_id = self._by_id.get(at.place)
        if by_id is None:
            by_id = self._by_id[at.place] = {}
            for stripe in self._packed[at.place]:
                by_id.setdefault(stripe.coding.id, []).append(stripe)
        start, end = self._reach(at.place)
        base = self._rows.text.span(at.place)[0]
        low, high = self._rows.bounds(at)
        if low < high:
            start, end = base + low if at.row else start, base + high
        else:
            start = end - 1
        near = self._codings.overlapping(start, end)
        return [stripe for coding in near for stripe in by_id.get(coding.id, ())]

    def forget_from(self, offset: int) -> None:
        """Forget the lanes of all passages from the one of ``offset`` on: a coding changed there.

        What lies before is not touched by it.
        """
        if not len(self._rows.text):
            return
        changed = self._place_of(offset)
        self._forget([place for place in self._packed if place >= changed])

    def moved(self, before: LaneCoding, after: LaneCoding) -> None:
        """Take in that a coding lies elsewhere; forget lanes only where they may differ.

        While it begins and ends on the rows on which it did, and in the same order among the
        others, all lanes stay: of its stripes only id and code are read. The index must hold
        ``after`` already.
        """
        if not len(self._rows.text):
            return
        same_rows = self._rows_of(before) == self._rows_of(after)
        if not same_rows or self._changes_order(before, after):
            self.forget_from(min(before.start, after.start))

    def _rows_of(self, coding: LaneCoding) -> tuple[int, int, int, int, int]:
        """Return passage and row in it of a coding's first sign, and of its last one; and the
        last passage beside which it is.
        """
        text = self._rows.text
        first, last = self._place_of(coding.start), text.place_of(max(coding.end - 1, 0))
        begin, finish = text.span(first)[0], text.span(last)
        return (
            first,
            row_of(self._rows.starts(first), max(coding.start - begin, 0)),
            last,
            row_of(self._rows.starts(last), min(coding.end, finish[1]) - 1 - finish[0]),
            self._place_of(max(coding.end - 1, 0)),
        )

    def _changes_order(self, before: LaneCoding, after: LaneCoding) -> bool:
        low, high = sorted((before.start, after.start))
        return any(
            (_in_order(other) < _in_order(before)) != (_in_order(other) < _in_order(after))
            for other in self._codings.overlapping(low, high + 1)
            if other.id != after.id
        )

    def _forget(self, places: Iterable[int]) -> None:
        for place in places:
            del self._packed[place]
            self._by_id.pop(place, None)

    def _place_of(self, offset: int) -> int:
        """Return the passage beside which a coding that starts at ``offset`` begins."""
        text = self._rows.text
        place = text.place_of(offset)
        if offset >= text.span(place)[1] and place + 1 < len(text):
            place += 1
        return place

    def _visible(self, place: int) -> list[LaneCoding]:
        found = self._beside.get(place)
        if found is None:
            found = self._beside[place] = [
                coding
                for coding in self._codings.overlapping(*self._reach(place))
                if self._shown(coding.code_id)
            ]
        return found

    def _enters(self, coding: LaneCoding, place: int) -> int:
        """Return the passage at which a coding beside ``place`` is given its lane there."""
        return max(self._place_of(coding.start), place - place % AFRESH)

    def _reach(self, place: int) -> tuple[int, int]:
        """Return the passage's span with the gap before it: what begins there begins at it."""
        text = self._rows.text
        start, end = text.span(place)
        if place:
            start = text.span(place - 1)[1]
        return start, max(end, start + 1)

    def _unpacked_before(self, place: int) -> list[int]:
        """Return, in order, ``place`` and the passages whose lanes must be known before its own.

        Those are where the codings begin that reach into it, and so on from there.
        """
        needed = {place}
        waiting = [place]
        while waiting:
            at = waiting.pop()
            for coding in self._visible(at):
                begins = self._enters(coding, at)
                if begins < at and begins not in needed and begins not in self._packed:
                    needed.add(begins)
                    waiting.append(begins)
        return sorted(needed)

    def _pack(self, place: int) -> tuple[Stripe, ...]:
        text = self._rows.text
        start, end = text.span(place)
        starts = self._rows.starts(place)
        next_start = text.span(place + 1)[0] if place + 1 < len(text) else end
        stripes: list[Stripe] = []
        busy_until: list[int] = []
        for coding in self._visible(place):
            goes_on = coding.end > next_start
            last = len(starts) if goes_on else row_of(starts, min(coding.end, end) - 1 - start)
            first = -1
            if self._place_of(coding.start) == place:
                first = row_of(starts, max(coding.start, start) - start)
            enters = self._enters(coding, place)
            lane = self._lane_at(enters, coding) if enters < place else None
            if lane is None:
                lane = _first_free(busy_until, max(first, 0))
                later = self._lane_later(busy_until, last) if lane >= self._room else None
                if later is not None:
                    stripes.append(Stripe(first, later[1] - 1, lane, True, coding))
                    _occupy(busy_until, lane, later[1] - 1)
                    lane, first = later
            _occupy(busy_until, lane, last)
            again = bool(stripes) and stripes[-1].coding is coding
            stripes.append(Stripe(first, max(first, last), lane, goes_on, coding, again))
        return tuple(stripes)

    def _lane_later(self, busy_until: Sequence[int], last: int) -> tuple[int, int] | None:
        """Return the drawn lane that falls free first, and the row from which it is; None when none
        does before the row ``last`` is over.
        """
        lane = min(range(self._room), key=busy_until.__getitem__)
        return (lane, busy_until[lane] + 1) if busy_until[lane] < last else None

    def _lane_at(self, place: int, coding: LaneCoding) -> int | None:
        for stripe in reversed(self._packed[place]):
            if stripe.coding.id == coding.id:
                return stripe.lane
        return None


def _first_free(busy_until: Sequence[int], row: int) -> int:
    for lane, until in enumerate(busy_until):
        if until < row:
            return lane
    return len(busy_until)


def _occupy(busy_until: list[int], lane: int, last: int) -> None:
    while len(busy_until) <= lane:
        busy_until.append(-1)
    busy_until[lane] = max(busy_until[lane], last)
