"""Where passages lie: headings, paragraphs and speaker turns.

The text is never changed here. White space around a passage belongs to the gap between passages,
so that lead, passages and gaps put together are the text again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tui.model.document import PassageKind
from tui.text.graphemes import is_boundary, next_boundary, previous_boundary
from tui.text.speakers import Turn, find_turns

PassageSpan = tuple[int, int, PassageKind, str | None]
"""Start, end, kind and, for a turn, the speaker."""

_BLANK = re.compile(r"\n(?:[^\S\n]*\n)+")
_HEADING = re.compile(r"[ ]{0,3}#{1,6}[ \t]+\S")
_UNDERLINE = re.compile(r"[ ]{0,3}(?:={2,}|-{3,})[ \t]*\Z")
_SETEXT_LENGTH = 200
_FENCE = re.compile(r"[ ]{0,3}(?:```|~~~)")
# A line longer than this was not wrapped by anything: it is a paragraph by itself.
_LONG_LINE = 160


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    """Without the line feed."""


def find_passages(text: str) -> list[PassageSpan]:
    """Return the passages of a text.

    Blocks divided by blank lines are passages; where there is no blank line at all, and in blocks
    of very long lines, each line is one. Headings (``# …`` or underlined) stand alone. In a
    transcript each turn begins a passage, and what follows until the next name is its speaker's.

    Args:
        text: the whole stored text, newlines already normalised.

    Returns:
        ``(start, end, kind, speaker)`` in code points, sorted, not overlapping, trimmed of white
        space, together holding every character that is not white space.
    """
    turns = find_turns(text)
    speakers = {turn.start: turn for turn in turns}
    blocks = list(_blocks(text))
    one_per_line = len(blocks) == 1
    spans: list[PassageSpan] = []
    speaker: str | None = None
    for start, end in blocks:
        for piece_start, piece_end, heading in _pieces(text, start, end, one_per_line, speakers):
            turn = speakers.get(piece_start)
            if heading:
                speaker = None
            elif turn is not None:
                speaker = turn.speaker
            kind: PassageKind = "heading" if heading else "turn" if speaker else "paragraph"
            span = _settled(text, piece_start, piece_end, spans[-1][1] if spans else 0)
            if span is not None:
                spans.append((*span, kind, speaker if kind == "turn" else None))
    return spans


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches between blank lines that hold something."""
    start = 0
    for found in _BLANK.finditer(text):
        if not text[start : found.start()].isspace() and start < found.start():
            yield start, found.start()
        start = found.end()
    if start < len(text) and not text[start:].isspace():
        yield start, len(text)


def _pieces(
    text: str, start: int, end: int, one_per_line: bool, speakers: dict[int, Turn]
) -> Iterator[tuple[int, int, bool]]:
    """Cut one block where headings, turns or lines ask for it; yield start, end, is heading."""
    lines = _lines(text, start, end)
    if len(lines) == 1:
        yield start, end, _HEADING.match(text, start, end) is not None
        return
    each = not _FENCE.match(text, start, end) and (one_per_line or _are_paragraphs(lines))
    piece = start
    index = 0
    while index < len(lines):
        line = lines[index]
        taken = _heading_lines(text, lines, index, line.start == piece or each)
        if taken:
            if piece < line.start:
                yield piece, line.start, False
            index += taken
            piece = lines[index].start if index < len(lines) else end
            yield line.start, lines[index - 1].end, True
            continue
        if piece < line.start and (each or line.start in speakers):
            yield piece, line.start, False
            piece = line.start
        index += 1
    if piece < end:
        yield piece, end, False


def _lines(text: str, start: int, end: int) -> list[_Line]:
    """Return the lines of ``[start, end)``."""
    lines: list[_Line] = []
    while True:
        stop = text.find("\n", start, end)
        if stop < 0:
            lines.append(_Line(start, end))
            return lines
        lines.append(_Line(start, stop))
        start = stop + 1


def _heading_lines(text: str, lines: list[_Line], index: int, may_be_underlined: bool) -> int:
    """Return how many lines from ``index`` on form a heading: 0, 1 or, underlined, 2."""
    line = lines[index]
    if _HEADING.match(text, line.start, line.end):
        return 1
    if not may_be_underlined or index + 1 == len(lines) or line.end - line.start > _SETEXT_LENGTH:
        return 0
    below = lines[index + 1]
    if not _UNDERLINE.match(text, below.start, below.end):
        return 0
    title = text[line.start : line.end].strip("-= \t")
    # A whole sentence above a rule is a paragraph with a rule under it, whatever markdown says.
    return 2 if title and title[-1] not in ".;,:" else 0


def _are_paragraphs(lines: list[_Line]) -> bool:
    """Tell whether the lines of a block are too long to be wrapped lines of one paragraph."""
    return 2 * sum(1 for line in lines if line.end - line.start > _LONG_LINE) > len(lines)


def _settled(text: str, start: int, end: int, floor: int) -> tuple[int, int] | None:
    """Trim white space, but never cut into a letter; None when nothing is left."""
    piece = text[start:end]
    bare = piece.lstrip()
    if not bare:
        return None
    start = end - len(bare)
    end = start + len(bare.rstrip())
    if not is_boundary(text, start):
        start = max(previous_boundary(text, start), floor)
    if not is_boundary(text, end):
        end = next_boundary(text, end)
    return start, end
