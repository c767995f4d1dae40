"""Where clauses lie: the parts of a sentence between its inner punctuation marks.

Commas, semicolons, colons, dashes and brackets of many scripts end a clause; the mark belongs to
the clause that it ends, an opening bracket to the one that it begins. A mark inside a number
(1,000), a time (10:31) or a word (colour(s)) ends nothing, and no clause is without a word.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from operator import itemgetter

from tui.text.graphemes import is_boundary

Spans = Sequence[tuple[int, int]]

_STOPS = ",;、，；﹐﹔､،؛፣፤"
_COLONS = ":：፥"
_BRACKETS = {"(": ")", "（": "）"}
_CLOSING = frozenset(_BRACKETS.values())
_MARK = re.compile(rf"[{_STOPS}{_COLONS}()（）]|[—―⸺]+|--+|(?<=\s)[-–‐−](?=\s)")
# What may stand between the mark and the blank after it: it still belongs to the clause.
_AFTER = frozenset("”’»›」』】〉》）)]}")
_MAYBE_AFTER = frozenset("\"'“‘«‹")
_FOLLOWING = frozenset(_STOPS + _COLONS + ".!?。．！？…")
_FIRST_WIDE = "\u2e80"
_start = itemgetter(0)


def find_clauses(text: str, sentences: Spans, words: Spans) -> list[tuple[int, int]]:
    """Return the spans of the clauses of ``text``.

    Args:
        text: the text of a passage.
        sentences: its sentences, in order.
        words: its words, in order.

    Returns:
        Half-open spans in code points, in order. Those of a sentence begin and end with it, and
        nothing but blanks is between them; a sentence without inner marks is one clause.
    """
    found: list[tuple[int, int]] = []
    for start, end in sentences:
        at = start
        for cut in _cuts(text, start, end):
            if _divides(text, words, at, cut, end):
                found.append((at, _trimmed(text, at, cut)))
                at = _next_sign(text, cut, end)
        found.append((at, end))
    return found


def _cuts(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where a clause may end, in order."""
    marks = list(_MARK.finditer(text, start, end))
    brackets = _paired([mark.start() for mark in marks], text, start, end)
    reached = start
    for mark in marks:
        at, after, sign = mark.start(), mark.end(), mark[0][0]
        if at < reached:
            continue  # it belongs to the clause that the mark before it ends
        if sign in _BRACKETS:
            if at in brackets:
                yield at
        elif sign in _CLOSING:
            if at in brackets:
                yield (reached := _past_closing(text, after, end))
        elif not _in_number(text, at, after, start, end) and not (
            sign in _COLONS and not _stands_apart(text, after, end)
        ):
            yield (reached := _past_closing(text, after, end))


def _paired(marks: Sequence[int], text: str, start: int, end: int) -> set[int]:
    """Return the places of brackets that have their other half and touch no word outside."""
    waiting: list[int] = []
    paired: set[int] = set()
    for at in marks:
        if text[at] in _BRACKETS:
            waiting.append(at)
        elif text[at] in _CLOSING and waiting:
            begin = waiting.pop()
            free_before = begin == start or not _is_letter(text[begin - 1])
            free_after = at + 1 >= end or not _is_letter(text[at + 1])
            if _BRACKETS[text[begin]] == text[at] and free_before and free_after:
                paired |= {begin, at}
    return paired


def _in_number(text: str, at: int, after: int, start: int, end: int) -> bool:
    """Tell whether a mark is between digits; a dash between blanks may be, too."""
    at -= 1
    if text[at + 1] in "-–‐−":
        while at > start and text[at].isspace():
            at -= 1
        while after < end - 1 and text[after].isspace():
            after += 1
    return start <= at and after < end and text[at].isdigit() and text[after].isdigit()


def _stands_apart(text: str, after: int, end: int) -> bool:
    """Tell whether something other than a letter or a sign of an address follows a colon."""
    if after >= end:
        return True
    sign = text[after]
    return sign.isspace() or sign >= _FIRST_WIDE or sign in _AFTER or sign in _MAYBE_AFTER


def _past_closing(text: str, at: int, end: int) -> int:
    """Return where the clause ends: past quotes, brackets and marks right after its last mark."""
    while at < end:
        sign = text[at]
        if sign not in _AFTER and sign not in _FOLLOWING:
            follows = text[at + 1] if at + 1 < end else " "
            if sign not in _MAYBE_AFTER or not (follows.isspace() or follows in _FOLLOWING):
                break
        at += 1
    return at


def _divides(text: str, words: Spans, start: int, cut: int, end: int) -> bool:
    """Tell whether there is a word on both sides of a cut, and none that it goes through."""
    if not start < cut < end or not is_boundary(text, cut):
        return False
    after = bisect_left(words, cut, key=_start)
    if after and words[after - 1][1] > cut:
        return False
    before = bisect_left(words, start, key=_start) < after
    beyond = bisect_right(words, end - 1, key=_start)
    # What remains may still be cut shorter, but it has a word as long as one begins there.
    return before and after < beyond


def _trimmed(text: str, start: int, end: int) -> int:
    """Return the end without the blanks before it."""
    while end > start + 1 and text[end - 1].isspace() and is_boundary(text, end - 1):
        end -= 1
    return end


def _next_sign(text: str, at: int, end: int) -> int:
    while at < end - 1 and text[at].isspace() and is_boundary(text, at + 1):
        at += 1
    return at


def _is_letter(sign: str) -> bool:
    return sign.isalnum() and sign < _FIRST_WIDE
