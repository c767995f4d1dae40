"""Memos on everything that can carry one."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from tui.model.memo import Memo, MemoTarget
from tui.store.codings import marks_for

_MEMO = (
    "id, kind, document_id, start, end, case_id, code_id, coding_id, relation_id,"
    " coder_id, text, created_at, updated_at"
)

TARGET_COLUMNS = (
    "kind",
    "document_id",
    "start",
    "end",
    "case_id",
    "code_id",
    "coding_id",
    "relation_id",
)


def read_memo(db: sqlite3.Connection, memo_id: int) -> Memo | None:
    """Return one memo by id, or None."""
    row = db.execute(f"SELECT {_MEMO} FROM memos WHERE id = ?", (memo_id,)).fetchone()
    return _memo(row) if row else None


def list_memos(
    db: sqlite3.Connection,
    *,
    coder_ids: Sequence[int],
    target: MemoTarget | None = None,
    document_id: int | None = None,
) -> list[Memo]:
    """Return memos, oldest first.

    Args:
        coder_ids: whose.
        target: only memos on exactly this.
        document_id: only memos on this document, its spans and its codings.
    """
    where = [f"coder_id IN ({marks_for(coder_ids)})"]
    values: list[int | str | None] = list(coder_ids)
    if target is not None:
        for column in TARGET_COLUMNS:
            where.append(f"{column} IS ?")
            values.append(getattr(target, column))
    if document_id is not None:
        where.append(
            "(document_id = ? OR coding_id IN (SELECT id FROM codings WHERE document_id = ?))"
        )
        values += [document_id, document_id]
    return [
        _memo(row)
        for row in db.execute(
            f"SELECT {_MEMO} FROM memos WHERE {' AND '.join(where)} ORDER BY id", values
        )
    ]


def coding_ids_with_memo(
    db: sqlite3.Connection, document_id: int, coder_ids: Sequence[int]
) -> set[int]:
    """Return the codings of a document that carry a memo by these coders."""
    return {
        row[0]
        for row in db.execute(
            "SELECT coding_id FROM memos JOIN codings ON codings.id = coding_id"
            f" WHERE codings.document_id = ? AND memos.coder_id IN ({marks_for(coder_ids)})",
            (document_id, *coder_ids),
        )
    }


def annotated_spans(
    db: sqlite3.Connection, document_id: int, coder_ids: Sequence[int]
) -> list[tuple[int, int]]:
    """Return start and end of the words of a document that carry a memo by these coders."""
    return db.execute(
        "SELECT DISTINCT start, end FROM memos WHERE document_id = ? AND kind = 'span'"
        f" AND coder_id IN ({marks_for(coder_ids)}) ORDER BY start, end",
        (document_id, *coder_ids),
    ).fetchall()


_SIGNS_OF = 200


def coding_signs(
    db: sqlite3.Connection, coding_ids: Sequence[int], coder_ids: Sequence[int]
) -> dict[int, str]:
    """Return ``!`` for what is important and ``m`` for what has a memo, by coding id.

    Codings that are neither are left out, and so is what comes after the first 200.

    Args:
        coding_ids: of which codings.
        coder_ids: whose memos count.
    """
    wanted = tuple(coding_ids)[:_SIGNS_OF]
    if not wanted:
        return {}
    found = db.execute(
        "SELECT id, important, EXISTS (SELECT 1 FROM memos WHERE memos.coding_id = codings.id"
        f" AND memos.coder_id IN ({marks_for(coder_ids)})) FROM codings"
        f" WHERE id IN ({marks_for(wanted)})",
        (*coder_ids, *wanted),
    )
    signs = {row[0]: "!" * bool(row[1]) + "m" * bool(row[2]) for row in found}
    return {coding_id: sign for coding_id, sign in signs.items() if sign}


def memo_ids_on(db: sqlite3.Connection, column: str, key: int) -> list[tuple[int, int]]:
    """Return (memo id, coder id) of the memos whose ``column`` is ``key``."""
    if column not in TARGET_COLUMNS:
        raise KeyError(column)
    return db.execute(
        f"SELECT id, coder_id FROM memos WHERE {column} = ? ORDER BY id", (key,)
    ).fetchall()


def memo_coder_ids(db: sqlite3.Connection, document_id: int) -> set[int]:
    """Return who has written memos on a document, its spans and its codings."""
    return {
        row[0]
        for row in db.execute(
            "SELECT coder_id FROM memos WHERE document_id = ?1"
            " UNION SELECT memos.coder_id FROM memos JOIN codings ON codings.id = coding_id"
            " WHERE codings.document_id = ?1",
            (document_id,),
        )
    }


def _memo(row: tuple[int | str | None, ...]) -> Memo:
    return Memo(row[0], MemoTarget(*row[1:9]), *row[9:])  # type: ignore[arg-type]
