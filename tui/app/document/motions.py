"""Motions: a selection and the text in, the next selection out.

All are pure. The same motions move the selection and, later, the edges of a coding: a coding's span
is a selection like any other.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from operator import itemgetter

from tui.app.document.cells import cluster_starts
from tui.app.document.cursor import UNITS, Selection, Unit
from tui.app.document.text_source import DocumentText

Bounds = tuple[int, int]
_start = itemgetter(0)
_end = itemgetter(1)


class CannotMove(Exception):
    """A motion has nowhere to go; its text says why, in words for the reader."""


def units_of(text: DocumentText, unit: Unit, place: int) -> Sequence[Bounds]:
    """Return the units of the passage at ``place``, relative to its start."""
    if unit == "sentence":
        return text.passage(place).sentences
    if unit == "word":
        return text.passage(place).words
    if unit == "clause":
        return text.passage(place).clauses
    start, end = text.span(place)
    return ((0, end - start),) if end > start else ()


def unit_after(text: DocumentText, unit: Unit, offset: int) -> Bounds | None:
    """Return the first unit that ends after ``offset``: the one that holds it, or the next."""
    if not len(text):
        return None
    for place in range(text.place_of(offset), len(text)):
        base = text.span(place)[0]
        units = units_of(text, unit, place)
        found = bisect_right(units, offset - base, key=_end)
        if found < len(units):
            return units[found][0] + base, units[found][1] + base
    return None


def unit_before(text: DocumentText, unit: Unit, offset: int) -> Bounds | None:
    """Return the last unit that starts before ``offset``."""
    if not len(text):
        return None
    for place in range(text.place_of(offset), -1, -1):
        base = text.span(place)[0]
        units = units_of(text, unit, place)
        found = bisect_left(units, offset - base, key=_start)
        if found:
            return units[found - 1][0] + base, units[found - 1][1] + base
    return None


def first_selection(text: DocumentText, unit: Unit = "sentence") -> Selection | None:
    """Return the first unit of the document; None when it is empty."""
    found = unit_after(text, unit, -1)
    return Selection(*found, unit) if found else None


def selection_at(text: DocumentText, unit: Unit, offset: int) -> Selection | None:
    """Return the unit that holds or follows ``offset``, or else the last; None when empty."""
    found = unit_after(text, unit, offset) or unit_before(text, unit, offset)
    return Selection(*found, unit) if found else None


def selection_of(text: DocumentText, start: int, end: int) -> Selection | None:
    """Return ``[start, end)`` as a selection by the unit its ends fall on.

    Clipped to the passages of the document; a span of nothing gives the sentence there.
    """
    if not len(text):
        return None
    start, end = max(start, text.span(0)[0]), min(end, text.end)
    if start >= end:
        return selection_at(text, "sentence", start)
    for unit in ("sentence", "passage"):
        first = unit_after(text, unit, start)
        last = unit_before(text, unit, end)
        if first and last and first[0] == start and last[1] == end:
            return Selection(start, end, unit)
    return Selection(start, end, "word")


def next_unit(text: DocumentText, at: Selection) -> Selection:
    """Select the next clause, sentence or passage; after a word, the sentence that holds or
    follows it.
    """
    if at.unit == "document":
        raise CannotMove("The whole document is selected; - makes the selection smaller")
    if at.unit == "word":
        found = unit_after(text, "sentence", at.end - 1)
        return _taken(found, "sentence", "This is the end of the document")
    return _taken(unit_after(text, at.unit, at.end), at.unit, f"This is the last {at.unit}")


def previous_unit(text: DocumentText, at: Selection) -> Selection:
    """Select the previous clause, sentence or passage; after a word, the sentence that holds it."""
    if at.unit == "document":
        raise CannotMove("The whole document is selected; - makes the selection smaller")
    if at.unit == "word":
        found = unit_before(text, "sentence", at.start + 1)
        return _taken(found, "sentence", "This is the beginning of the document")
    return _taken(unit_before(text, at.unit, at.start), at.unit, f"This is the first {at.unit}")


def next_word(text: DocumentText, at: Selection) -> Selection:
    """Select the next word; after a larger unit, its first word."""
    from_offset = at.end if at.unit == "word" else at.start
    return _taken(unit_after(text, "word", from_offset), "word", "This is the last word")


def previous_word(text: DocumentText, at: Selection) -> Selection:
    """Select the previous word; after a larger unit, its last word."""
    from_offset = at.start if at.unit == "word" else at.end
    return _taken(unit_before(text, "word", from_offset), "word", "This is the first word")


def extend_next(text: DocumentText, at: Selection) -> Selection:
    """Move the head to the next sentence end (by passages: the next passage end)."""
    return _extend_forward(text, at, _larger_unit(at))


def extend_previous(text: DocumentText, at: Selection) -> Selection:
    """Move the head to the sentence end before (by passages: the passage end before)."""
    return _extend_backward(text, at, _larger_unit(at))


def extend_next_word(text: DocumentText, at: Selection) -> Selection:
    """Move the head by a word towards the end."""
    return _extend_forward(text, at, "word")


def extend_previous_word(text: DocumentText, at: Selection) -> Selection:
    """Move the head by a word towards the beginning."""
    return _extend_backward(text, at, "word")


def swap_end(text: DocumentText, at: Selection) -> Selection:
    """Let the other end move from now on."""
    return at.swapped()


def grow(text: DocumentText, at: Selection) -> Selection:
    """Take in the whole of the next larger unit: word, clause, sentence, passage, document.

    A clause that is no larger than the selection, or that is its whole sentence, is passed over:
    every press is seen.
    """
    if at.unit == "document":
        raise CannotMove("The whole document is selected already")
    unit = UNITS[UNITS.index(at.unit) + 1]
    start, end = _around(text, unit, at)
    if unit == "clause" and (
        (start, end) == (at.start, at.end) or (start, end) == _around(text, "sentence", at)
    ):
        unit = "sentence"
        start, end = _around(text, unit, at)
    anchor, head = (end, start) if at.backward else (start, end)
    return Selection(anchor, head, unit, at)


def _around(text: DocumentText, unit: Unit, at: Selection) -> Bounds:
    """Return the span from the unit that holds the selection's start to that of its end."""
    if unit == "document":
        return text.span(0)[0], text.end
    first = unit_before(text, unit, at.start + 1) or (at.start, at.end)
    last = unit_after(text, unit, at.end - 1) or (at.start, at.end)
    return min(first[0], at.start), max(last[1], at.end)


def shrink(text: DocumentText, at: Selection) -> Selection:
    """Go back to what the selection grew from, else to one unit at its head, else a size down."""
    if at.inner is not None:
        return at.inner
    if at.unit != "document":
        found = (
            unit_after(text, at.unit, at.head)
            if at.backward
            else unit_before(text, at.unit, at.head)
        )
        if found and at.start <= found[0] and found[1] <= at.end and found != (at.start, at.end):
            return Selection(*found, at.unit)
    if at.unit == "word":
        raise CannotMove("A word is the smallest unit; < and > move an end by a letter")
    unit = UNITS[UNITS.index(at.unit) - 1]
    found = unit_after(text, unit, at.start)
    if unit == "clause" and found == (at.start, at.end):
        # A sentence of one clause: the clause would look just like it.
        unit = "word"
        found = unit_after(text, unit, at.start)
    return _taken(found, unit, "There is nothing smaller here")


def nudge_right(text: DocumentText, at: Selection) -> Selection:
    """Move the head by one letter towards the end."""
    place = text.place_of(at.head)
    start, end = text.span(place)
    if at.head >= end:
        if place + 1 >= len(text):
            raise CannotMove("This is the end of the document")
        place += 1
        start, end = text.span(place)
        head = start
    else:
        edges = [*cluster_starts(text.passage(place).shown), end - start]
        head = start + edges[bisect_right(edges, at.head - start)]
    return _nudged(at, head)


def nudge_left(text: DocumentText, at: Selection) -> Selection:
    """Move the head by one letter towards the beginning."""
    place = text.place_of(at.head)
    start, end = text.span(place)
    if at.head <= start:
        if place == 0:
            raise CannotMove("This is the beginning of the document")
        start, end = text.span(place - 1)
        head = end
    else:
        edges = [*cluster_starts(text.passage(place).shown), end - start]
        head = start + edges[bisect_left(edges, at.head - start) - 1]
    return _nudged(at, head)


def first_unit(text: DocumentText, at: Selection) -> Selection:
    """Select the first unit of the document."""
    unit = _movable(at)
    return _taken(unit_after(text, unit, -1), unit, f"This is the first {unit}", at)


def last_unit(text: DocumentText, at: Selection) -> Selection:
    """Select the last unit of the document."""
    unit = _movable(at)
    return _taken(unit_before(text, unit, text.end), unit, f"This is the last {unit}", at)


MOTIONS: dict[str, Callable[[DocumentText, Selection], Selection]] = {
    "next": next_unit,
    "prev": previous_unit,
    "word_next": next_word,
    "word_prev": previous_word,
    "extend_next": extend_next,
    "extend_prev": extend_previous,
    "extend_word_next": extend_next_word,
    "extend_word_prev": extend_previous_word,
    "swap_end": swap_end,
    "grow": grow,
    "shrink": shrink,
    "nudge_left": nudge_left,
    "nudge_right": nudge_right,
    "first": first_unit,
    "last": last_unit,
}
"""Motions by name; those that need to know what is on the screen are in ``view``."""


def _taken(
    found: Bounds | None, unit: Unit, otherwise: str, at: Selection | None = None
) -> Selection:
    if found is None or (at is not None and found == (at.start, at.end) and unit == at.unit):
        raise CannotMove(otherwise)
    return Selection(*found, unit)


def _movable(at: Selection) -> Unit:
    return "passage" if at.unit == "document" else at.unit


def _larger_unit(at: Selection) -> Unit:
    if at.unit == "document":
        raise CannotMove("The whole document is selected; - makes the selection smaller")
    return "sentence" if at.unit == "word" else at.unit


def _extend_forward(text: DocumentText, at: Selection, unit: Unit) -> Selection:
    if at.backward:
        found = unit_after(text, unit, at.head)
        if found and found[0] <= at.head:
            found = unit_after(text, unit, found[1])
        if found and found[0] < at.anchor:
            return at.with_head(found[0], unit)
    end = at.end
    found = unit_after(text, unit, end)
    if found is None:
        raise CannotMove("The selection reaches the end of the document")
    return Selection(at.start, found[1], unit)


def _extend_backward(text: DocumentText, at: Selection, unit: Unit) -> Selection:
    if not at.backward:
        found = unit_before(text, unit, at.head)
        if found and found[1] >= at.head:
            found = unit_before(text, unit, found[0])
        if found and found[1] > at.anchor:
            return at.with_head(found[1], unit)
    found = unit_before(text, unit, at.start)
    if found is None:
        raise CannotMove("The selection reaches the beginning of the document")
    return Selection(at.end, found[0], unit)


def _nudged(at: Selection, head: int) -> Selection:
    if head == at.anchor:
        raise CannotMove("One letter is the least that can be selected")
    return Selection(at.anchor, head, "word")
