"""Row images: what a change did to which row, exactly enough to take it back.

Every journaled write goes through ``Recorder``. An image is JSON: the whole row for an insert or
a delete, only the changed columns for an update. A document is one image with its passages and
original bytes inside, compressed, and only once it is deleted: while it stands, its rows are the
image. Names in an image that begin with ``_`` are no columns.
"""

from __future__ import annotations

import base64
import json
import sqlite3
import zlib
from collections.abc import Mapping
from typing import Final

from tui.store import index
from tui.values import dataclass

Value = str | int | None
Row = dict[str, Value]

KEYS: Final[dict[str, tuple[str, ...]]] = {
    "settings": ("name",),
    "shown_coders": ("coder_id", "other_id"),
    "documents": ("id",),
    "cases": ("id",),
    "case_spans": ("id",),
    "codes": ("id",),
    "codings": ("id",),
    "relations": ("id",),
    "memos": ("id",),
    "attributes": ("id",),
    "attribute_values": ("id",),
    "searches": ("id",),
    "decisions": ("id",),
    "readings": ("coder_id", "passage_id"),
    "slots": ("coder_id", "slot"),
    "hidden_codes": ("coder_id", "code_id"),
    "solo_codes": ("coder_id",),
    "bookmarks": ("coder_id", "document_id", "start"),
    "places": ("coder_id", "document_id"),
}
"""Tables that acts may change, with their primary keys."""

OWN_DESK: Final = ("slots", "hidden_codes", "solo_codes", "bookmarks", "places")
"""Tables of a coder's desk: not journaled, but recorded when an act takes their rows away."""


@dataclass(frozen=True, slots=True)
class Image:
    """One changed row."""

    place: str
    """Table."""
    row_key: str
    """Primary key; parts of a composite one joined by ``/``."""
    before: Row | None
    after: Row | None


class Recorder:
    """Writes rows and remembers what they were.

    Args:
        db: a connection inside a transaction.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.images: list[Image] = []

    def insert(self, place: str, values: Mapping[str, Value]) -> int:
        """Insert a row and return its rowid (0 for tables without one)."""
        columns = ", ".join(values)
        marks = ", ".join("?" * len(values))
        cursor = self.db.execute(
            f"INSERT INTO {_known(place)} ({columns}) VALUES ({marks})", tuple(values.values())
        )
        row = dict(values)
        keys = KEYS[place]
        if keys == ("id",) and row.get("id") is None:
            row["id"] = cursor.lastrowid
        if place == "memos":
            index.add_memos(self.db, [(int(row["id"] or 0), str(row["text"]))])
        self.images.append(Image(place, _key_of(place, row), None, row))
        return int(row["id"] or 0) if keys == ("id",) else 0

    def update(
        self, place: str, key: Value | tuple[Value, ...], values: Mapping[str, Value]
    ) -> bool:
        """Change columns of one row; tell whether anything was different.

        Raises:
            KeyError: there is no such row.
        """
        row = self.row(place, key)
        if row is None:
            raise KeyError(f"{place} {key}")
        after = {name: value for name, value in values.items() if row[name] != value}
        if not after:
            return False
        where, parts = _where(place, key)
        assignments = ", ".join(f"{name} = ?" for name in after)
        self.db.execute(
            f"UPDATE {_known(place)} SET {assignments} WHERE {where}", (*after.values(), *parts)
        )
        if place == "memos" and "text" in after:
            memo = int(row["id"] or 0)
            index.remove_memos(self.db, [(memo, str(row["text"]))])
            index.add_memos(self.db, [(memo, str(after["text"]))])
        before = {name: row[name] for name in after}
        self.images.append(Image(place, _key_of(place, row), before, after))
        return True

    def delete(self, place: str, key: Value | tuple[Value, ...]) -> None:
        """Delete one row.

        Raises:
            KeyError: there is no such row.
        """
        if place == "documents":
            self._delete_document(int(str(key)))
            return
        row = self.row(place, key)
        if row is None:
            raise KeyError(f"{place} {key}")
        if place == "memos":
            index.remove_memos(self.db, [(int(row["id"] or 0), str(row["text"]))])
        where, parts = _where(place, key)
        self.db.execute(f"DELETE FROM {_known(place)} WHERE {where}", parts)
        self.images.append(Image(place, _key_of(place, row), row, None))

    def row(self, place: str, key: Value | tuple[Value, ...]) -> Row | None:
        """Return a row as it is now, or None."""
        where, parts = _where(place, key)
        cursor = self.db.execute(f"SELECT * FROM {_known(place)} WHERE {where}", parts)
        found = cursor.fetchone()
        if found is None:
            return None
        return dict(zip((column[0] for column in cursor.description), found, strict=True))

    def record_document(self, row: Row) -> None:
        """Remember that a document with its passages has just been inserted."""
        after: Row = {"name": row["name"], "_cases": _speakers(self.db, int(str(row["id"])))}
        self.images.append(Image("documents", str(row["id"]), None, after))

    def restore(self, place: str, row: Row) -> None:
        """Insert a row again from the image of its deletion."""
        if place == "documents":
            insert_whole_document(self.db, row)
            self.record_document(row)
        else:
            self.insert(place, row)

    def _delete_document(self, document_id: int) -> None:
        image = document_image(self.db, document_id)
        passages = self.db.execute(
            "SELECT id, text FROM passages WHERE document_id = ? ORDER BY id", (document_id,)
        ).fetchall()
        index.remove_passages(self.db, passages)
        self.db.execute("DELETE FROM passages WHERE document_id = ?", (document_id,))
        self.db.execute("DELETE FROM documents WHERE id = ?", (document_id,))
        self.images.append(Image("documents", str(document_id), image, None))


def document_image(db: sqlite3.Connection, document_id: int) -> Row:
    """Return a document's row with its passages and original packed inside.

    Raises:
        KeyError: there is no such document.
    """
    cursor = db.execute("SELECT * FROM documents WHERE id = ?", (document_id,))
    found = cursor.fetchone()
    if found is None:
        raise KeyError(f"documents {document_id}")
    row: Row = dict(zip((column[0] for column in cursor.description), found, strict=True))
    passages = [
        (*rest, base64.b64encode(cut).decode("ascii"))
        for *rest, cut in db.execute(
            "SELECT id, number, start, end, kind, case_id, text, gap, cut FROM passages"
            " WHERE document_id = ? ORDER BY number",
            (document_id,),
        )
    ]
    original = db.execute(
        "SELECT bytes FROM originals WHERE document_id = ?", (document_id,)
    ).fetchone()
    row["_passages"] = _pack(json.dumps(passages, ensure_ascii=False).encode())
    row["_original"] = _pack(original[0]) if original else None
    row["_cases"] = _speakers(db, document_id)
    return row


def insert_whole_document(db: sqlite3.Connection, row: Row) -> None:
    """Insert a document, its passages, its original and its place in the index from an image."""
    columns = {name: value for name, value in row.items() if not name.startswith("_")}
    names = ", ".join(columns)
    marks = ", ".join("?" * len(columns))
    db.execute(f"INSERT INTO documents ({names}) VALUES ({marks})", tuple(columns.values()))
    passages = json.loads(_unpack(str(row["_passages"])))
    db.executemany(
        "INSERT INTO passages (document_id, id, number, start, end, kind, case_id, text, gap, cut)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(row["id"], *rest, base64.b64decode(cut)) for *rest, cut in passages],
    )
    if row["_original"] is not None:
        db.execute(
            "INSERT INTO originals (document_id, bytes) VALUES (?, ?)",
            (row["id"], _unpack(str(row["_original"]))),
        )
    index.add_passages(db, [(passage[0], passage[6]) for passage in passages])


def _speakers(db: sqlite3.Connection, document_id: int) -> str:
    """Return the ids of the cases that speak in a document, divided by spaces."""
    rows = db.execute(
        "SELECT DISTINCT case_id FROM passages WHERE document_id = ? AND case_id IS NOT NULL"
        " ORDER BY case_id",
        (document_id,),
    )
    return " ".join(str(row[0]) for row in rows)


def split_key(place: str, row_key: str) -> Value | tuple[Value, ...]:
    """Turn a journaled row key back into the values of the primary key."""
    keys = KEYS[place]
    if keys == ("name",):
        return row_key
    if len(keys) == 1:
        return int(row_key)
    return tuple(int(part) for part in row_key.split("/"))


def _key_of(place: str, row: Mapping[str, Value]) -> str:
    return "/".join(str(row[name]) for name in KEYS[place])


def _where(place: str, key: Value | tuple[Value, ...]) -> tuple[str, tuple[Value, ...]]:
    parts = key if isinstance(key, tuple) else (key,)
    return " AND ".join(f"{name} = ?" for name in KEYS[place]), parts


def _known(place: str) -> str:
    # Table names come from the program, never from input; this proves it.
    if place not in KEYS:
        raise KeyError(place)
    return place


def _pack(data: bytes) -> str:
    return base64.b64encode(zlib.compress(data, 6)).decode("ascii")


def _unpack(text: str) -> bytes:
    return zlib.decompress(base64.b64decode(text))
