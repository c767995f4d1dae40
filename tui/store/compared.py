"""What coders are compared on: the passages of a document, who read them, and the codings there."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from tui.store.codings import SpanRow, marks_for, spans_of_document
from tui.store.documents import passage_ids
from tui.text.cut import read_sentences


class ReadPassage(NamedTuple):
    """A passage that holds text."""

    start: int
    end: int
    """Half-open, in code points."""
    readers: int
    """Who has read it: bit n stands for the nth coder that was asked about."""
    sentences: Sequence[tuple[int, int]]
    """Start and end in the text of the document; empty unless they were asked for."""
    is_heading: bool


class Compared(NamedTuple):
    """A document as some coders have read and coded it."""

    document_id: int
    passages: list[ReadPassage]
    spans: list[SpanRow]
    """Their codings, ordered by start."""


def read_compared(
    db: sqlite3.Connection, document_id: int, coder_ids: Sequence[int], *, sentences: bool = False
) -> Compared:
    """Return what coders of a document can be compared on.

    Args:
        db: the project.
        document_id: the document.
        coder_ids: who is compared; their order gives the bits of ``readers``.
        sentences: cut passages into sentences, too.
    """
    ids = passage_ids(db, document_id)
    bit = {coder_id: 1 << at for at, coder_id in enumerate(coder_ids)}
    readers: dict[int, int] = {}
    for coder_id, passage_id in db.execute(
        "SELECT coder_id, passage_id FROM readings WHERE state = 'read'"
        f" AND coder_id IN ({marks_for(coder_ids)}) AND passage_id >= ? AND passage_id < ?",
        (*coder_ids, ids.start, ids.stop),
    ):
        readers[passage_id] = readers.get(passage_id, 0) | bit[coder_id]
    passages = [
        ReadPassage(
            start,
            end,
            readers.get(passage_id, 0),
            _sentences(start, end, cut) if sentences else (),
            bool(is_heading),
        )
        for passage_id, start, end, is_heading, cut in db.execute(
            f"SELECT id, start, end, kind = 'heading', {'cut' if sentences else 'NULL'}"
            " FROM passages WHERE document_id = ? AND end > start ORDER BY start",
            (document_id,),
        )
    ]
    return Compared(document_id, passages, spans_of_document(db, document_id, coder_ids))


def shown_later(
    db: sqlite3.Connection, coder_ids: Sequence[int]
) -> list[tuple[int, int, str, int]]:
    """Return whose codings were made after who had turned on whom.

    Args:
        db: the project.
        coder_ids: who is compared.

    Returns:
        (coder, the other, when the other's codings were turned on first, how many of the coder's
        codings are younger than that) for every pair where that happened.
    """
    found = db.execute(
        "SELECT changes.coder_id, CAST(json_extract(after, '$.other_id') AS INTEGER), min(at)"
        " FROM changes JOIN change_rows ON change_id = changes.id"
        " WHERE action = 'coder.show' AND kind = 'act' AND place = 'shown_coders'"
        f" AND after IS NOT NULL AND changes.coder_id IN ({marks_for(coder_ids)})"
        " GROUP BY 1, 2",
        tuple(coder_ids),
    ).fetchall()
    return [
        (
            coder_id,
            other_id,
            at,
            db.execute(
                "SELECT count(*) FROM codings WHERE coder_id = ? AND created_at > ?", (coder_id, at)
            ).fetchone()[0],
        )
        for coder_id, other_id, at in found
        if other_id in coder_ids
    ]


def _sentences(start: int, end: int, cut: bytes) -> list[tuple[int, int]]:
    return [(start + low, start + high) for low, high in read_sentences(cut)] or [(start, end)]
