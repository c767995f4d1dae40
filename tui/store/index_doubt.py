"""Probes an index that says that nothing fits: a damaged one says so, too.

Proving it whole is the work of ``qual check``; these few look-ups cost about a millisecond and are
made only where the answer would be "nothing".
"""

from __future__ import annotations

from tui.store.index_schema import group_id, script_of
from tui.text.fold import tokens

TYPE_CHECKING = False
if TYPE_CHECKING:
    from _sqlite3 import Connection


def is_believable(db: Connection) -> bool:
    """Tell whether the index knows about as many texts as there are, and words of three of them.

    Args:
        db: a reader.

    Raises:
        DatabaseError: SQLite itself trips over the damage.
    """
    if db.execute("SELECT 1 FROM index_state WHERE name = 'revision'").fetchone() is None:
        return False
    passages = db.execute("SELECT coalesce(sum(passages), 0) FROM documents").fetchone()[0]
    memos = db.execute("SELECT count(*) FROM memos").fetchone()[0]
    return _rows(db) == passages + memos and all(_holds(db, *row) for row in _samples(db))


def _rows(db: Connection) -> int:
    """Return how many rows the postings are of, as FTS5 counts them: a varint in its record 1."""
    row = db.execute("SELECT block FROM index_tokens_data WHERE id = 1").fetchone()
    number = 0
    for byte in row[0] if row else b"":
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            break
    return number


def _samples(db: Connection) -> list[tuple[int, str]]:
    """Return id and text of the first passage, of one in the middle and of the last."""
    # Least and largest asked for together would read the whole table.
    return db.execute(
        """SELECT id, text FROM passages WHERE id IN (
               (SELECT min(id) FROM passages), (SELECT max(id) FROM passages),
               (SELECT min(id) FROM passages
                WHERE id >= ((SELECT min(id) FROM passages)
                             + (SELECT max(id) FROM passages)) / 2))"""
    ).fetchall()


def _holds(db: Connection, row: int, text: str) -> bool:
    word = next(iter(tokens(text)), None)
    if word is None:
        return True
    found = db.execute(
        "SELECT 1 FROM index_tokens WHERE index_tokens MATCH ? AND rowid = ?", (f'"{word}"', row)
    )
    if found.fetchone() is None:
        return False
    first = group_id(script_of(word), len(word))
    parts = db.execute(
        "SELECT planes FROM index_words WHERE id BETWEEN ? AND ?", (first, first + 0xFFFF)
    ).fetchall()
    return bool(parts) and all(planes.strip(b"\0") for (planes,) in parts)
