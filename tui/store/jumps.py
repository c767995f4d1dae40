"""Where to go next: the nearest coding, memo or act beyond a place.

Each question walks an index from the place on and stops at the first answer; what lies elsewhere
costs nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tui.store.codings import marks_for, read_coding
from tui.store.documents import documents_from
from tui.store.images import Image, Value
from tui.store.journal import read_images
from tui.store.memos import read_memo


class Place(NamedTuple):
    """A span of a document."""

    document_id: int
    start: int
    end: int


class MemoPlace(NamedTuple):
    """Where a memo is."""

    place: Place
    text: str
    """How it begins."""
    code_id: int | None
    """The code of the coding that it is on; None when it is on the words."""


_BEGINNING = 200


def find_coding(
    db: sqlite3.Connection,
    coder_ids: Sequence[int],
    hidden_code_ids: Sequence[int],
    position: int,
    here: Place,
    direction: int,
) -> Place | None:
    """Return the span of the nearest coding beyond a place, None without one.

    Args:
        coder_ids: whose codings count.
        hidden_code_ids: codes that do not.
        position: the place of the document in the list.
        here: spans beyond this one count, by start, then by end.
        direction: 1 looks on, -1 back.
    """
    who = f"coder_id IN ({marks_for(coder_ids)}) AND code_id NOT IN ({marks_for(hidden_code_ids)})"
    return _nearest(db, who, (*coder_ids, *hidden_code_ids), position, here, direction)


def find_with_code(
    db: sqlite3.Connection,
    code_id: int,
    coder_ids: Sequence[int],
    position: int,
    here: Place,
    direction: int,
) -> Place | None:
    """Return the span of the nearest coding with a code; see ``find_coding``."""
    who = f"code_id = ? AND coder_id IN ({marks_for(coder_ids)})"
    return _nearest(db, who, (code_id, *coder_ids), position, here, direction)


def _nearest(
    db: sqlite3.Connection,
    who: str,
    values: Sequence[int],
    position: int,
    here: Place,
    direction: int,
) -> Place | None:
    sign, order = (">", "ASC") if direction > 0 else ("<", "DESC")
    nowhere = (-1, -1) if direction > 0 else (2**62, 2**62)
    for each in documents_from(db, position, here.document_id, direction):
        start, end = here[1:] if each == here.document_id else nowhere
        # The first comparison is for the indexes that hold no ends.
        row = db.execute(
            f"SELECT start, end FROM codings WHERE {who} AND document_id = ?"
            f" AND start {sign}= ? AND (start, end) {sign} (?, ?)"
            f" ORDER BY start {order}, end {order} LIMIT 1",
            (*values, each, start, start, end),
        ).fetchone()
        if row is not None:
            return Place(each, *row)
    return None


def find_memo(
    db: sqlite3.Connection, coder_ids: Sequence[int], position: int, here: Place, direction: int
) -> MemoPlace | None:
    """Return the nearest memo on words or on a coding beyond a place, None without one.

    Costs what there are memos: they are few beside codings.

    Args:
        coder_ids: whose memos count.
        position: the place of the document in the list.
        here: memos on spans beyond this one count.
        direction: 1 looks on, -1 back.
    """
    sign, order = (">", "ASC") if direction > 0 else ("<", "DESC")
    who = marks_for(coder_ids)
    row = db.execute(
        "SELECT found.document_id, found.start, found.end, substr(found.text, 1, ?), found.code_id"
        " FROM (SELECT id, document_id, start, end, text, NULL AS code_id FROM memos"
        f" WHERE kind = 'span' AND coder_id IN ({who})"
        " UNION ALL SELECT memos.id, codings.document_id, codings.start, codings.end, memos.text,"
        # CROSS: from the memos to their codings, never the other way.
        " codings.code_id FROM memos CROSS JOIN codings ON codings.id = memos.coding_id"
        f" WHERE memos.coding_id IS NOT NULL AND memos.coder_id IN ({who})) AS found"
        " JOIN documents ON documents.id = found.document_id"
        f" WHERE (position, documents.id, found.start, found.end) {sign} (?, ?, ?, ?)"
        f" ORDER BY position {order}, documents.id {order}, found.start {order},"
        f" found.end {order}, found.id LIMIT 1",
        (_BEGINNING, *coder_ids, *coder_ids, position, *here),
    ).fetchone()
    return MemoPlace(Place(*row[:3]), row[3], row[4]) if row else None


def find_act(
    db: sqlite3.Connection, coder_id: int, beyond: int | None, direction: int
) -> tuple[int, Place] | None:
    """Return a coder's nearest change of codings or memos with its place, None without one.

    Args:
        coder_id: who.
        beyond: the change to look from; None looks from the newest.
        direction: 1 looks to older ones, -1 to newer ones.
    """
    sign, order = ("<", "DESC") if direction > 0 else (">", "ASC")
    at = 2**62 if beyond is None else beyond
    while True:
        row = db.execute(
            f"SELECT id FROM changes WHERE coder_id = ? AND id {sign} ? AND EXISTS (SELECT 1"
            " FROM change_rows WHERE change_id = changes.id AND place IN ('codings', 'memos'))"
            f" ORDER BY id {order} LIMIT 1",
            (coder_id, at),
        ).fetchone()
        if row is None:
            return None
        at = int(row[0])
        for image in read_images(db, at):
            place = _place_of(db, image)
            if place is not None:
                return at, place


def _place_of(db: sqlite3.Connection, image: Image) -> Place | None:
    """Return where a coding or memo is; where it was when it is gone."""
    row = image.before or image.after or {}
    if image.place == "codings":
        return _coded(db, int(image.row_key)) or _spanned(row)
    if image.place != "memos":
        return None
    memo = read_memo(db, int(image.row_key))
    if memo is not None:
        row = {name: getattr(memo.target, name) for name in ("coding_id", "document_id",
                                                             "start", "end")}  # fmt: skip
    if row.get("coding_id") is not None:
        return _coded(db, int(row["coding_id"] or 0))
    return _spanned(row)


def _coded(db: sqlite3.Connection, coding_id: int) -> Place | None:
    coding = read_coding(db, coding_id)
    return Place(coding.document_id, coding.start, coding.end) if coding else None


def _spanned(row: Mapping[str, Value]) -> Place | None:
    values = [row.get(name) for name in ("document_id", "start", "end")]
    return None if None in values else Place(*(int(value or 0) for value in values))
