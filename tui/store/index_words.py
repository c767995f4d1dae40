"""The vocabulary of the index: its parts and their bitmaps, written and proven.

The layout is described in :mod:`tui.store.index_schema`; readers are in :mod:`tui.store.lookup`.
"""

from __future__ import annotations

import os

from tui.store.index_schema import (
    BLOCK,
    CLASSES,
    PART,
    ROWS,
    SIZE_ROWS,
    group_id,
    script_of,
)

# Known to type checkers by its name; importing ``typing`` would cost half an interpreter.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from sqlite3 import Connection

_STEP = BLOCK // 8
_SIZE_LIMIT = (1 << SIZE_ROWS) - 1
# A removed word outside part 0 leaves its place empty, filled with this; a rebuild closes it.
_HOLE = " "


def add(db: Connection, words: Iterable[str]) -> None:
    """Add words that the vocabulary does not hold yet."""
    for (script, length), group in _grouped(words).items():
        first = group_id(script, length)
        waiting = _waiting(db, first, length) + group
        full = len(waiting) - len(waiting) % BLOCK
        if full:
            _append(db, first, length, waiting[:full])
        _write(db, first, waiting[full:], _bitmaps(waiting[full:]))
    _touch(db)


def remove(db: Connection, words: Iterable[str]) -> None:
    """Take words out of the vocabulary."""
    for (script, length), group in _grouped(words).items():
        first = group_id(script, length)
        waiting = _waiting(db, first, length)
        gone = set(group)
        kept = [word for word in waiting if word not in gone]
        if len(kept) < len(waiting):
            _write(db, first, kept, _bitmaps(kept))
        gone.difference_update(waiting)
        if gone:
            _make_holes(db, first, length, gone)
    _touch(db)


def clear(db: Connection) -> None:
    """Empty the vocabulary."""
    db.execute("DELETE FROM index_words")
    _touch(db)


def all_words(db: Connection) -> set[str]:
    """Return every word."""
    found: set[str] = set()
    for number, words in db.execute("SELECT id, words FROM index_words"):
        found.update(_split(words, _length(number)))
    found.discard("")
    return {word for word in found if word[0] != _HOLE}


def check(db: Connection, terms: set[str]) -> list[str]:
    """Prove the vocabulary equal to the terms of the postings, and its bitmaps right."""
    wrong: list[str] = []
    held: set[str] = set()
    count = 0
    for number, words, letters in db.execute("SELECT id, words, letters FROM index_words"):
        length = _length(number)
        listed = _split(words, length)
        real = [word for word in listed if word[0] != _HOLE]
        held.update(real)
        count += len(real)
        script = (number >> 16) // 128
        misplaced = any(script_of(word) != script for word in real)
        if misplaced or len(words) % length or letters != b"".join(_rows(listed)):
            wrong.append(f"the vocabulary of the search index is damaged in part {number}")
    if count != len(held):
        wrong.append("the vocabulary of the search index holds words twice")
    if missing := len(terms - held):
        wrong.append(f"the vocabulary of the search index lacks {missing} words")
    if extra := len(held - terms):
        wrong.append(f"the vocabulary of the search index holds {extra} words that no text has")
    return wrong


def _grouped(words: Iterable[str]) -> dict[tuple[int, int], list[str]]:
    groups: dict[tuple[int, int], list[str]] = {}
    for word in words:
        groups.setdefault((script_of(word), len(word)), []).append(word)
    return groups


def _length(number: int) -> int:
    return (number >> 16) % 128


def _split(words: str, length: int) -> list[str]:
    return [words[at : at + length] for at in range(0, len(words), length)]


def _waiting(db: Connection, first: int, length: int) -> list[str]:
    """Return the words of part 0."""
    row = db.execute("SELECT words FROM index_words WHERE id = ?", (first,)).fetchone()
    return _split(row[0], length) if row else []


def _write(db: Connection, number: int, words: list[str], rows: list[bytes]) -> None:
    if words:
        db.execute(
            "INSERT OR REPLACE INTO index_words VALUES (?, ?, ?)",
            (number, "".join(words), b"".join(rows)),
        )
    else:
        db.execute("DELETE FROM index_words WHERE id = ?", (number,))


def _append(db: Connection, first: int, length: int, words: list[str]) -> None:
    """Append whole blocks of words to the last part of a group, then to new ones."""
    last = db.execute(
        """SELECT id, words, letters FROM index_words
           WHERE id > ? AND id < ? ORDER BY id DESC LIMIT 1""",
        (first, first + 0x10000),
    ).fetchone()
    number, text, letters = last or (first, "", b"")
    start = 0
    if last is not None and (room := PART - len(text) // length) > 0:
        start = min(room, len(words))
        stride = len(letters) // ROWS
        added = _rows(words[:start])
        rows = [letters[at * stride : (at + 1) * stride] + added[at] for at in range(ROWS)]
        _write(db, number, [text, *words[:start]], rows)
    for at in range(start, len(words), PART):
        number += 1
        part = words[at : at + PART]
        _write(db, number, part, _rows(part))


def _make_holes(db: Connection, first: int, length: int, gone: set[str]) -> None:
    parts = db.execute(
        "SELECT id, words FROM index_words WHERE id > ? AND id < ?", (first, first + 0x10000)
    ).fetchall()
    for number, words in parts:
        listed = _split(words, length)
        kept = [_HOLE * length if word in gone else word for word in listed]
        if kept != listed:
            db.execute(
                "UPDATE index_words SET words = ?, letters = ? WHERE id = ?",
                ("".join(kept), b"".join(_rows(kept)), number),
            )


def _rows(words: list[str]) -> list[bytes]:
    """Return the bitmaps of a part, each over all its blocks."""
    blocks = [_bitmaps(words[at : at + BLOCK]) for at in range(0, len(words), BLOCK)]
    return [b"".join(block[row] for block in blocks) for row in range(ROWS)]


def _bitmaps(words: list[str]) -> list[bytes]:
    """Return the bitmaps of up to BLOCK words: bit n of a row belongs to word n."""
    rows = [0] * ROWS
    bit = 1
    for word in words:
        if word[0] != _HOLE:
            classes = {ord(char) % CLASSES for char in word}
            for at in classes:
                rows[at] |= bit
            size = min(len(classes), _SIZE_LIMIT)
            for place in range(SIZE_ROWS):
                if size >> place & 1:
                    rows[CLASSES + place] |= bit
        bit <<= 1
    return [row.to_bytes(_STEP, "little") for row in rows]


def _touch(db: Connection) -> None:
    """Give the vocabulary a revision that no other state of any index has."""
    revision = int.from_bytes(os.urandom(7), "little") + 1
    db.execute("UPDATE index_state SET value = ? WHERE name = 'revision'", (revision,))
