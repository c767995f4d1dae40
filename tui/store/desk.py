"""Each coder's own desk: pinned slots, hidden branches, bookmarks, last places. Not journaled."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from tui.store.images import Recorder


def read_slots(db: sqlite3.Connection, coder_id: int) -> dict[int, int]:
    """Return slot → code_id: the coder's own pins over the defaults of the codebook."""
    slots = dict(
        db.execute(
            "SELECT slot, id FROM codes WHERE slot IS NOT NULL ORDER BY position DESC, id DESC"
        ).fetchall()
    )
    slots.update(
        db.execute("SELECT slot, code_id FROM slots WHERE coder_id = ?", (coder_id,)).fetchall()
    )
    return slots


def pin_slot(db: sqlite3.Connection, coder_id: int, slot: int, code_id: int) -> None:
    """Put a code into a slot of this coder, out of any other slot of theirs."""
    db.execute("DELETE FROM slots WHERE coder_id = ? AND code_id = ?", (coder_id, code_id))
    db.execute(
        "INSERT INTO slots VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET code_id = excluded.code_id",
        (coder_id, slot, code_id),
    )


def unpin_slot(db: sqlite3.Connection, coder_id: int, slot: int) -> None:
    """Take this coder's own pin off a slot; the codebook's default shows again."""
    db.execute("DELETE FROM slots WHERE coder_id = ? AND slot = ?", (coder_id, slot))


def slots_of_code(db: sqlite3.Connection, code_id: int) -> list[tuple[int, int]]:
    """Return (coder_id, slot) of the pins of a code."""
    return db.execute(
        "SELECT coder_id, slot FROM slots WHERE code_id = ? ORDER BY coder_id", (code_id,)
    ).fetchall()


def take_off_desks(rows: Recorder, code_id: int) -> None:
    """Take a code that goes off every coder's desk; recorded, so that all of it can come back."""
    for coder_id, slot in slots_of_code(rows.db, code_id):
        rows.delete("slots", (coder_id, slot))
    for key in coders_hiding(rows.db, code_id):
        rows.delete("hidden_codes", key)
    for coder_id in coders_with_solo(rows.db, code_id):
        rows.delete("solo_codes", coder_id)


def hidden_code_ids(db: sqlite3.Connection, coder_id: int) -> set[int]:
    """Return the codes whose lanes this coder has hidden."""
    return {
        row[0]
        for row in db.execute("SELECT code_id FROM hidden_codes WHERE coder_id = ?", (coder_id,))
    }


def hidden_with_branches(
    db: sqlite3.Connection, coder_id: int, parents: Mapping[int, int | None]
) -> frozenset[int]:
    """Return the codes whose lanes this coder does not see: hidden branches, all but one alone.

    Args:
        coder_id: whose desk.
        parents: the code above each code, in tree order.
    """
    hidden = hidden_code_ids(db, coder_id)
    solo = read_solo(db, coder_id)
    alone = {solo}
    for code_id, parent_id in parents.items():
        if parent_id in hidden:
            hidden.add(code_id)
        if solo is not None and parent_id in alone:
            alone.add(code_id)
    if solo is not None:
        hidden |= parents.keys() - alone
    return frozenset(hidden)


def coders_hiding(db: sqlite3.Connection, code_id: int) -> list[tuple[int, int]]:
    """Return (coder_id, code_id) of those who have hidden a code."""
    return db.execute(
        "SELECT coder_id, code_id FROM hidden_codes WHERE code_id = ? ORDER BY coder_id", (code_id,)
    ).fetchall()


def set_hidden(db: sqlite3.Connection, coder_id: int, code_id: int, *, hidden: bool) -> None:
    """Hide a code's lanes for this coder, or show them again."""
    if hidden:
        db.execute("INSERT OR IGNORE INTO hidden_codes VALUES (?, ?)", (coder_id, code_id))
    else:
        db.execute(
            "DELETE FROM hidden_codes WHERE coder_id = ? AND code_id = ?", (coder_id, code_id)
        )


def read_solo(db: sqlite3.Connection, coder_id: int) -> int | None:
    """Return the code whose branch's lanes alone this coder shows, or None."""
    row = db.execute("SELECT code_id FROM solo_codes WHERE coder_id = ?", (coder_id,)).fetchone()
    return row[0] if row else None


def set_solo(db: sqlite3.Connection, coder_id: int, code_id: int | None) -> None:
    """Show the lanes of one branch alone for this coder; None shows all but the hidden ones."""
    db.execute("DELETE FROM solo_codes WHERE coder_id = ?", (coder_id,))
    if code_id is not None:
        db.execute("INSERT INTO solo_codes VALUES (?, ?)", (coder_id, code_id))


def coders_with_solo(db: sqlite3.Connection, code_id: int) -> list[int]:
    """Return the coders who show the lanes of this code's branch alone."""
    return [
        row[0]
        for row in db.execute(
            "SELECT coder_id FROM solo_codes WHERE code_id = ? ORDER BY coder_id", (code_id,)
        )
    ]


def read_place(db: sqlite3.Connection, coder_id: int, document_id: int) -> tuple[int, int] | None:
    """Return (start, end) of the coder's last selection in a document, or None."""
    row = db.execute(
        "SELECT start, end FROM places WHERE coder_id = ? AND document_id = ?",
        (coder_id, document_id),
    ).fetchone()
    return (row[0], row[1]) if row else None


def last_place(db: sqlite3.Connection, coder_id: int) -> tuple[int, int, int] | None:
    """Return (document_id, start, end) of where the coder stopped, or None."""
    row = db.execute(
        "SELECT document_id, start, end FROM places WHERE coder_id = ?"
        " ORDER BY at DESC, document_id DESC LIMIT 1",
        (coder_id,),
    ).fetchone()
    return (row[0], row[1], row[2]) if row else None


def keep_place(
    db: sqlite3.Connection, coder_id: int, document_id: int, start: int, end: int, at: str
) -> None:
    """Remember the coder's selection in a document."""
    db.execute(
        "INSERT INTO places VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE"
        " SET start = excluded.start, end = excluded.end, at = excluded.at",
        (coder_id, document_id, start, end, at),
    )


def toggle_bookmark(db: sqlite3.Connection, coder_id: int, document_id: int, start: int) -> bool:
    """Set a bookmark, or take it away when it is there; tell whether it stands now."""
    removed = db.execute(
        "DELETE FROM bookmarks WHERE coder_id = ? AND document_id = ? AND start = ?",
        (coder_id, document_id, start),
    ).rowcount
    if removed:
        return False
    db.execute("INSERT INTO bookmarks VALUES (?, ?, ?)", (coder_id, document_id, start))
    return True


def bookmarks_of_document(db: sqlite3.Connection, coder_id: int, document_id: int) -> list[int]:
    """Return the offsets of the coder's bookmarks in a document, in order."""
    return [
        row[0]
        for row in db.execute(
            "SELECT start FROM bookmarks WHERE coder_id = ? AND document_id = ? ORDER BY start",
            (coder_id, document_id),
        )
    ]


def list_bookmarks(db: sqlite3.Connection, coder_id: int) -> list[tuple[int, int]]:
    """Return (document_id, start) of the coder's bookmarks in document order."""
    return db.execute(
        "SELECT document_id, bookmarks.start FROM bookmarks"
        " JOIN documents ON documents.id = document_id WHERE coder_id = ?"
        " ORDER BY position, documents.id, bookmarks.start",
        (coder_id,),
    ).fetchall()
