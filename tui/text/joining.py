"""Joining the lines that a converter broke: hard-wrapped text and double-spaced text.

A line was broken by a width and not by an author when the first word of the next line would not
have fitted on it, when it stops mid-sentence, and when the next line goes on with a small letter.
The text as a whole must show this before anything is joined unasked; verse, lists, tables, code,
headings and speaker turns never do, and their lines stay.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from tui.text.counted import counted
from tui.text.marks import HAN_AND_KANA
from tui.text.speakers import find_turns

_LEAST_BREAKS = 5
"""Breaks a text must have before it is judged; a few lines look like anything."""
_NARROWEST, _WIDEST = 30, 130
_NARROWEST_HAN = 15
_HEAD = 200_000
"""Characters that are judged; a text is broken throughout or not at all."""
# How much of the width a line and the next word must fill: proportional fonts vary this much.
_FULL = 0.85
_NEARLY_FULL = 0.6
_BRIM = 0.98

_SPECIAL = re.compile(
    r"[ \t]*(?:[-*+•‣◦▪·–—]\s|\(?(?:[0-9]{1,3}|[A-Za-zА-я])[.)]\s|#{1,6}\s|>|\||[=*_-]{3,}\s*\Z|"
    r"\[\^?\w{1,8}\]:)"
)
_CODE = re.compile(r"(?: {4}|\t)")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_SENTENCE_END = re.compile(r"[.!?…:。！？：；][\"'”’»›)\]）」』]*\Z")
_HARD_BREAK = re.compile(r"(?:  |\\)\Z")
_TABLE_ROW = re.compile(r"\S(?:\t| {3,})\S|\|.*\|")
_WIDE = re.compile(f"[{HAN_AND_KANA}\u3000-\u303f\uff01-\uff65]")
_HYPHENATED = re.compile(r"[^\W\d_][-‐\u00ad]\Z")


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    """Without the line feed."""
    text: str
    """Without white space at its ends."""
    indent: int
    special: bool
    """A list item, heading, table row, quotation, code or speaker turn: never joined to the one
    before."""


@dataclass(frozen=True, slots=True)
class _Break:
    """A place between two neighbouring lines that might be joined."""

    before: _Line
    after: _Line
    block: int
    """Lines of one block share it."""

    @property
    def mid_sentence(self) -> bool:
        return _SENTENCE_END.search(self.before.text[-12:]) is None

    def full(self, width: float) -> bool:
        """Tell whether the next word would not have fitted on the line."""
        return len(self.before.text) + 1 + _first_word(self.after.text) >= width


def join_wrapped_lines(text: str, wanted: bool | None = None) -> tuple[str, str]:
    """Join lines that were broken by a width, when the text is of that kind.

    Args:
        text: the whole text, newlines normalised.
        wanted: True to join without asking whether it looks broken, False to leave it, None to
            find out.

    Returns:
        The text and a note in words; the same text and an empty note when nothing was joined.
        A line break becomes one space; nothing between Han or kana, and nothing after a hyphen,
        which stays.
    """
    if wanted is False or "\n" not in text:
        return text, ""
    if wanted is None and len(text) > _HEAD:
        head = text[: text.rfind("\n", 0, _HEAD) + 1]
        if not _looks_wrapped(head):
            return text, ""
    breaks, double = _breaks(text)
    width = _width(breaks)
    if not (wanted or _is_wrapped(breaks, width)):
        return text, ""
    divided = not double and _has_blank_line(text)
    chosen = breaks if wanted and divided else _chosen(breaks, width, divided)
    if not chosen:
        return text, ""
    return _joined(text, chosen), _note(chosen, double)


def _looks_wrapped(text: str) -> bool:
    breaks, _ = _breaks(text)
    return _is_wrapped(breaks, _width(breaks))


def _breaks(text: str) -> tuple[list[_Break], bool]:
    """Return the breaks that may be joined, and whether the text is double-spaced."""
    lines = _lines(text)
    close = _breaks_at(text, lines, 1)
    # Blank lines between all lines: the text was double-spaced.
    if len(close) * 10 >= len(lines):
        return close, False
    return _breaks_at(text, lines, 2), True


def _lines(text: str) -> list[_Line]:
    """Return the lines that hold something, with what they are."""
    turns = {turn.start for turn in find_turns(text)}
    lines: list[_Line] = []
    fenced = False
    start = 0
    for piece in text.split("\n"):
        end = start + len(piece)
        bare = piece.strip()
        if bare:
            fence = _FENCE.match(piece) is not None
            # The look at a huge line is a look at its beginning: it is no wrapped line anyway.
            head = piece[:400]
            special = (
                fenced
                or fence
                or start in turns
                or _SPECIAL.match(head) is not None
                or _TABLE_ROW.search(head.strip()) is not None
            )
            fenced = fenced != fence
            lines.append(_Line(start, end, bare, len(piece) - len(piece.lstrip()), special))
        start = end + 1
    return lines


def _breaks_at(text: str, lines: list[_Line], distance: int) -> list[_Break]:
    """Return the breaks between lines that are ``distance`` line feeds apart."""
    found: list[_Break] = []
    block = 0
    for before, after in pairwise(lines):
        if text.count("\n", before.end, after.start + 1) != distance:
            block += 1
        elif _may_join(before, after):
            found.append(_Break(before, after, block))
    return found


def _may_join(before: _Line, after: _Line) -> bool:
    """Tell whether nothing about two lines forbids joining them."""
    if after.special or after.indent > before.indent + 1:
        return False
    if before.special and not _is_item(before):
        return False
    return not (before.indent >= 4 and after.indent >= 4 and not after.text[0].isalpha())


def _is_item(line: _Line) -> bool:
    """Tell whether a special line may go on in the next one: list items and turns may."""
    return line.text[0] not in "#>|`~=" and not _TABLE_ROW.search(line.text[:400])


def _width(breaks: list[_Break]) -> int:
    """Return the width the lines were broken at: the 95th of a hundred lengths."""
    lengths = sorted(len(item.before.text) for item in breaks)
    return lengths[len(lengths) * 95 // 100] if lengths else 0


def _is_wrapped(breaks: list[_Break], width: int) -> bool:
    """Tell whether a text as a whole shows that a width broke its lines."""
    if len(breaks) < _LEAST_BREAKS or width > _WIDEST:
        return False
    inside = [item for item in breaks if item.mid_sentence]
    if 2 * len(inside) < len(breaks):
        return False
    wide = sum(1 for item in inside if _WIDE.match(item.after.text))
    if 2 * wide > len(inside):
        filled = sum(1 for item in inside if len(item.before.text) >= width - 2)
        return width >= _NARROWEST_HAN and 10 * filled >= 9 * len(inside)
    if width < _NARROWEST:
        return False
    filled = sum(1 for item in inside if item.full(_FULL * width))
    small = sum(1 for item in inside if _goes_on(item.after.text))
    return 10 * filled >= 8 * len(inside) and 2 * small >= len(inside)


def _chosen(breaks: list[_Break], width: int, divided: bool) -> list[_Break]:
    """Return the breaks to join: those that the width made, in blocks where most are of that kind.

    Args:
        breaks: all that may be joined.
        width: what the lines were broken at.
        divided: blank lines divide the paragraphs; else only a short last line does, and a full
            stop before a capital must stand at the very margin to be joined.
    """
    made: dict[int, list[_Break]] = {}
    totals: dict[int, int] = {}
    for item in breaks:
        goes_on = _goes_on(item.after.text)
        totals[item.block] = totals.get(item.block, 0) + item.mid_sentence
        needed = _FULL if divided or item.mid_sentence or goes_on else _BRIM
        if item.full(needed * width) or (
            item.mid_sentence and goes_on and len(item.before.text) >= _NEARLY_FULL * width
        ):
            made.setdefault(item.block, []).append(item)
    return [
        item
        for block, items in made.items()
        for item in items
        if 10 * len(items) >= 7 * totals[block]
    ]


def _joined(text: str, chosen: list[_Break]) -> str:
    """Return the text with the chosen breaks replaced."""
    pieces: list[str] = []
    start = 0
    for item in chosen:
        end = item.before.start + item.before.indent + len(item.before.text)
        pieces += (text[start:end], _between(item.before.text, item.after.text))
        start = item.after.start + item.after.indent
    pieces.append(text[start:])
    return "".join(pieces)


def _between(before: str, after: str) -> str:
    """Return what stands where a line break stood."""
    if _HYPHENATED.search(before[-2:]) and after[0].isalpha():
        return ""
    return "" if _WIDE.match(before[-1]) and _WIDE.match(after[0]) else " "


def _note(chosen: list[_Break], double: bool) -> str:
    """Say what was joined."""
    paragraphs = 1 + sum(1 for one, two in pairwise(chosen) if two.before.start != one.after.start)
    kind = "double-spaced" if double else "hard-wrapped"
    return (
        f"joined {len(chosen) + paragraphs:,} {kind} lines into {counted(paragraphs, 'paragraph')}"
    )


def _has_blank_line(text: str) -> bool:
    return re.search(r"\n[^\S\n]*\n", text) is not None


def _first_word(text: str) -> int:
    """Return the length of the first word; 1 in scripts that break between any two characters."""
    if _WIDE.match(text):
        return 1
    return len(text[:60].split(None, 1)[0])


def _goes_on(text: str) -> bool:
    """Tell whether a line begins as a sentence does not: with a small letter or a comma."""
    return text[0].islower() or text[0] in ",;)”»"
