"""Documents and passages, read and inserted."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from tui.model.document import Document, Passage
from tui.text.cut import count_words as words_of

_DOCUMENT = "id, name, position, language, source, chars, passages, notes, imported_at"
_PASSAGE = "id, document_id, number, start, end, kind, case_id, text, gap, cut"

PassageRow = tuple[int, int, int, str, int | None, str, str, bytes]
"""number, start, end, kind, case_id, text, gap, cut of a passage to insert."""


def list_documents(db: sqlite3.Connection) -> list[Document]:
    """Return all documents in their order."""
    return [
        Document(*row)
        for row in db.execute(f"SELECT {_DOCUMENT} FROM documents ORDER BY position, id")
    ]


def read_document(db: sqlite3.Connection, document_id: int) -> Document | None:
    """Return one document by id, or None."""
    row = db.execute(f"SELECT {_DOCUMENT} FROM documents WHERE id = ?", (document_id,)).fetchone()
    return Document(*row) if row else None


def find_document(db: sqlite3.Connection, name: str) -> Document | None:
    """Return a document by its name or by the name of the file it came from, or None."""
    row = db.execute(
        f"SELECT {_DOCUMENT} FROM documents WHERE name = ?1 OR source = ?1"
        " ORDER BY name = ?1 DESC, id LIMIT 1",
        (name,),
    ).fetchone()
    return Document(*row) if row else None


def read_passages(db: sqlite3.Connection, document_id: int, first: int, last: int) -> list[Passage]:
    """Return the passages with numbers ``first`` to ``last``, both included."""
    return [
        Passage(*row)
        for row in db.execute(
            f"SELECT {_PASSAGE} FROM passages WHERE document_id = ? AND number BETWEEN ? AND ?"
            " ORDER BY number",
            (document_id, first, last),
        )
    ]


def passage_table(db: sqlite3.Connection, document_id: int) -> list[tuple[int, int, int]]:
    """Return (id, start, end) of every passage in order; the first one has number 1."""
    return db.execute(
        "SELECT id, start, end FROM passages WHERE document_id = ? ORDER BY start", (document_id,)
    ).fetchall()


def passage_ids(db: sqlite3.Connection, document_id: int) -> range:
    """Return the ids of a document's passages in order; they are given out in one run."""
    rows = db.execute(
        "SELECT id FROM passages WHERE document_id = ?1 AND number IN"
        " (1, (SELECT passages FROM documents WHERE id = ?1)) ORDER BY number",
        (document_id,),
    ).fetchall()
    return range(rows[0][0], rows[-1][0] + 1) if rows else range(0)


def passage_spans(
    db: sqlite3.Connection, document_id: int, first: int, last: int
) -> list[tuple[int, int]]:
    """Return (start, end) of the passages with numbers ``first`` to ``last``, both included."""
    return db.execute(
        "SELECT start, end FROM passages WHERE document_id = ? AND number BETWEEN ? AND ?"
        " ORDER BY number",
        (document_id, first, last),
    ).fetchall()


def passage_number(db: sqlite3.Connection, document_id: int, offset: int) -> int:
    """Return the number of the last passage that starts at ``offset`` or before; 0 for none."""
    row = db.execute(
        "SELECT number FROM passages WHERE document_id = ? AND start <= ?"
        " ORDER BY start DESC, number DESC LIMIT 1",
        (document_id, offset),
    ).fetchone()
    return int(row[0]) if row else 0


def passages_touching(
    db: sqlite3.Connection, document_id: int, start: int, end: int
) -> list[Passage]:
    """Return the passages that share at least one code point with ``[start, end)``."""
    return [
        Passage(*row)
        for row in db.execute(
            f"SELECT {_PASSAGE} FROM passages WHERE document_id = ?1 AND start < ?3 AND start >="
            " coalesce((SELECT max(start) FROM passages WHERE document_id = ?1 AND start <= ?2), 0)"
            " AND end > ?2 ORDER BY start",
            (document_id, start, end),
        )
    ]


def read_text(db: sqlite3.Connection, document_id: int, start: int, end: int) -> str:
    """Return the stored text of ``[start, end)``, passages and gaps alike."""
    lead = db.execute("SELECT lead FROM documents WHERE id = ?", (document_id,)).fetchone()
    if lead is None:
        return ""
    pieces = [lead[0][start:end]] if start < len(lead[0]) else []
    for at, text, gap in db.execute(
        "SELECT start, text, gap FROM passages WHERE document_id = ?1 AND start < ?3 AND start >="
        " coalesce((SELECT max(start) FROM passages WHERE document_id = ?1 AND start <= ?2), 0)"
        " ORDER BY start",
        (document_id, start, end),
    ):
        pieces.append((text + gap)[max(start - at, 0) : max(end - at, 0)])
    return "".join(pieces)


def documents_from(
    db: sqlite3.Connection, position: int, document_id: int, direction: int
) -> list[int]:
    """Return the ids of a document and of those after (before) it, in order from it."""
    sign, order = (">=", "ASC") if direction > 0 else ("<=", "DESC")
    return [
        row[0]
        for row in db.execute(
            f"SELECT id FROM documents WHERE (position, id) {sign} (?, ?)"
            f" ORDER BY position {order}, id {order}",
            (position, document_id),
        )
    ]


def next_position(db: sqlite3.Connection) -> int:
    """Return the place after the last document."""
    return int(db.execute("SELECT coalesce(max(position), 0) + 1 FROM documents").fetchone()[0])


def insert_document(
    db: sqlite3.Connection,
    row: dict[str, str | int | None],
    original: bytes,
    passages: Iterable[PassageRow],
) -> tuple[int, list[tuple[int, str]]]:
    """Insert a document with its passages.

    Returns:
        The document's id, and (id, text) of its passages for the index.
    """
    names = ", ".join(row)
    marks = ", ".join("?" * len(row))
    cursor = db.execute(f"INSERT INTO documents ({names}) VALUES ({marks})", tuple(row.values()))
    document_id = int(cursor.lastrowid or 0)
    db.execute("INSERT INTO originals VALUES (?, ?)", (document_id, original))
    last = db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'passages'").fetchone()
    first = (last[0] if last else 0) + 1
    rows = [(first + at, document_id, *passage) for at, passage in enumerate(passages)]
    db.executemany(f"INSERT INTO passages ({_PASSAGE}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    return document_id, [(row[0], row[7]) for row in rows]


def read_original(db: sqlite3.Connection, document_id: int) -> bytes | None:
    """Return the bytes of the imported file."""
    row = db.execute("SELECT bytes FROM originals WHERE document_id = ?", (document_id,)).fetchone()
    return row[0] if row else None


def count_uses(db: sqlite3.Connection, document_id: int) -> dict[int, int]:
    """Return how many codings each coder has in a document, by coder id."""
    return dict(
        db.execute(
            "SELECT coder_id, segments FROM document_totals WHERE document_id = ?",
            (document_id,),
        ).fetchall()
    )


def count_words(db: sqlite3.Connection) -> int:
    """Return the number of words of all documents; reads ten bytes of each passage."""
    return sum(words_of(head) for (head,) in db.execute("SELECT substr(cut, 1, 10) FROM passages"))


def progress(
    db: sqlite3.Connection, coder_id: int, coder_ids: Sequence[int]
) -> dict[int, tuple[int, int, int]]:
    """Return (passages read, passages set aside, codings seen) of each document, by id.

    Args:
        coder_id: whose reading.
        coder_ids: whose codings count.
    """
    reading = {
        document_id: (read, aside)
        for document_id, read, aside in db.execute(
            "SELECT document_id, sum(state = 'read'), sum(state = 'aside') FROM readings"
            " JOIN passages ON passages.id = passage_id WHERE coder_id = ? GROUP BY document_id",
            (coder_id,),
        )
    }
    marks = ", ".join("?" * len(coder_ids))
    codings = dict(
        db.execute(
            "SELECT document_id, sum(segments) FROM document_totals"
            f" WHERE coder_id IN ({marks}) GROUP BY document_id",
            tuple(coder_ids),
        ).fetchall()
    )
    return {
        document_id: (*reading.get(document_id, (0, 0)), codings.get(document_id, 0))
        for document_id in {*reading, *codings}
    }
