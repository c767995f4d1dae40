"""A segment with what stands around it: its quote marked in its passages, its memo above."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from tui.app.widgets.kwic import Excerpt
from tui.app.widgets.rows import BOLD, DIM, Row, wrapped
from tui.model.memo import MemoTarget
from tui.store.documents import read_passages
from tui.store.memos import list_memos
from tui.store.segments import Segment

_AROUND = 1_200
"""Code points of a passage shown on each side of the quote."""
_MARGIN = 6
_FOLLOWING = 4
"""Passages read after the one in which the quote begins: more than fit are not needed."""


def preview_rows(
    db: sqlite3.Connection,
    segment: Segment,
    coder_ids: Sequence[int],
    cells: int,
    height: int,
    measure: int,
) -> list[Row]:
    """Return a segment in its text as rows.

    Args:
        db: a reader.
        segment: the segment.
        coder_ids: whose memos are shown.
        cells: the width.
        height: how many rows there are.
        measure: the widest that text may be set.
    """
    if cells < _MARGIN + 4 or height < 1:
        return []
    memo = _memo_rows(db, segment, coder_ids, cells, height)
    rows: list[Row] = []
    first = 0
    for excerpt in _excerpts(db, segment):
        drawn, at = excerpt.rows(min(cells - _MARGIN - 1, measure), _MARGIN)
        if excerpt.bright[0] < excerpt.bright[1] and not first:
            first = len(rows) + at
        rows += [*drawn, []]
    left = height - len(memo)
    # A row or two of what stands before, if there is any, and the quote in sight.
    top = max(0, min(first - min(left // 3, 2), len(rows) - left))
    return [*memo, *rows[top : top + left]]


def _memo_rows(
    db: sqlite3.Connection, segment: Segment, coder_ids: Sequence[int], cells: int, height: int
) -> list[Row]:
    if not segment.memo or height < 4:
        return []
    target = MemoTarget("coding", coding_id=segment.id)
    memos = list_memos(db, coder_ids=coder_ids, target=target)
    if not memos:
        return []
    lines = wrapped(memos[-1].text, cells - _MARGIN - 1, max(height // 4, 1), DIM)
    label = " memo "
    return [
        [(label if at == 0 else " " * len(label), BOLD), *line] for at, line in enumerate(lines)
    ]


def _excerpts(db: sqlite3.Connection, segment: Segment) -> list[Excerpt]:
    found = []
    last = segment.number + _FOLLOWING
    for passage in read_passages(db, segment.document_id, segment.number - 1, last):
        label = f" ¶{passage.number}"
        if passage.end <= segment.start:
            found.append(Excerpt(label, passage.text[-_AROUND:], (0, 0)))
            continue
        if passage.start >= segment.end:
            found.append(Excerpt(label, passage.text[:_AROUND], (0, 0)))
            break
        low = max(0, segment.start - passage.start - _AROUND)
        high = max(segment.start, passage.start) - passage.start + 4 * _AROUND
        text = passage.text[low:high]
        base = passage.start + low
        span = (max(segment.start - base, 0), min(segment.end - base, len(text)))
        found.append(Excerpt(label, text, span, [span]))
    return found
