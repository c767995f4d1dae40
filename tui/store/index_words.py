"""The vocabulary of the index: its parts and their planes of bits, written and proven.

The layout is described in :mod:`tui.store.index_schema`; readers are in :mod:`tui.store.lookup`.
"""

from __future__ import annotations

import os

from tui.store.index_planes import HOLE, pack, planes_of, unpack
from tui.store.index_schema import BLOCK, LATIN, PART, WIDTHS, group_id, group_of, script_of
from tui.text.counted import counted

# Known to type checkers by its name; importing ``typing`` would cost half an interpreter.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from sqlite3 import Connection

Group = tuple[int, int]
"""Script and length."""


def add(db: Connection, words: Iterable[str]) -> None:
    """Add words that the vocabulary does not hold yet."""
    for group, fresh in _grouped(words).items():
        waiting = _waiting(db, group)
        if waiting and len(fresh) <= waiting.count(hole := HOLE * group[1]):
            _fill(db, group, waiting, fresh, hole)
            continue
        listed = [word for word in waiting if word[0] != HOLE] + fresh
        full = len(listed) - len(listed) % BLOCK
        if full:
            _append(db, group, listed[:full])
        _write(db, group_id(*group), group, listed[full:])
    _touch(db)


def remove(db: Connection, words: Iterable[str]) -> None:
    """Take words out of the vocabulary; their places stay empty until new words come."""
    for group, listed in _grouped(words).items():
        gone = set(listed)
        first = group_id(*group)
        parts = db.execute(
            "SELECT id, planes FROM index_words WHERE id BETWEEN ? AND ?", (first, first + 0xFFFF)
        ).fetchall()
        for number, planes in parts:
            held = unpack(planes, *group)
            kept = [HOLE * group[1] if word in gone else word for word in held]
            if kept != held:
                _write(db, number, group, kept)
    _touch(db)


def clear(db: Connection) -> None:
    """Empty the vocabulary."""
    db.execute("DELETE FROM index_words")
    _touch(db)


def all_words(db: Connection) -> set[str]:
    """Return every word."""
    found: set[str] = set()
    for number, planes in db.execute("SELECT id, planes FROM index_words"):
        found.update(unpack(planes, *group_of(number)))
    return {word for word in found if word[0] != HOLE}


def check(db: Connection, terms: set[str]) -> list[str]:
    """Prove the vocabulary equal to the terms of the postings, and its layout right."""
    wrong: list[str] = []
    held: set[str] = set()
    count = 0
    for number, planes in db.execute("SELECT id, planes FROM index_words"):
        group = script, length = group_of(number)
        listed = None
        if script < len(WIDTHS) and length and not len(planes) % planes_of(script, length):
            listed = _unpacked(planes, group)
        real = [word for word in listed or [] if word[0] != HOLE]
        held.update(real)
        count += len(real)
        if (
            listed is None
            or not real
            or any(script_of(word) != script for word in real)
            or pack(listed, script, length) != planes
        ):
            wrong.append(f"the vocabulary of the search index is damaged in part {number}")
    if count != len(held):
        wrong.append("the vocabulary of the search index holds words twice")
    if missing := len(terms - held):
        wrong.append(f"the vocabulary of the search index lacks {counted(missing, 'word')}")
    if extra := len(held - terms):
        wrong.append(
            f"the vocabulary of the search index holds {counted(extra, 'word')} of no text"
        )
    return wrong


def _unpacked(planes: bytes, group: Group) -> list[str] | None:
    try:
        return unpack(planes, *group)
    except UnicodeDecodeError:
        return None


def _grouped(words: Iterable[str]) -> dict[Group, list[str]]:
    groups: dict[Group, list[str]] = {}
    for word in words:
        # Most words are plain letters, and few groups are new: both are seen without a call.
        plain = word.isascii() and word.isalpha() and word.islower()
        group = (LATIN if plain else script_of(word), len(word))
        if group in groups:
            groups[group].append(word)
        else:
            groups[group] = [word]
    return groups


def _waiting(db: Connection, group: Group) -> list[str]:
    """Return the places of part 0."""
    row = db.execute("SELECT planes FROM index_words WHERE id = ?", (group_id(*group),)).fetchone()
    return unpack(row[0], *group) if row else []


def _fill(db: Connection, group: Group, waiting: list[str], fresh: list[str], hole: str) -> None:
    """Put new words into empty places of part 0."""
    place = 0
    for word in fresh:
        place = waiting.index(hole, place)
        waiting[place] = word
    _write(db, group_id(*group), group, waiting)


def _write(db: Connection, number: int, group: Group, words: list[str]) -> None:
    """Write a part; one without words is deleted."""
    if words and any(word[0] != HOLE for word in words):
        words = words + [HOLE * group[1]] * (-len(words) % 8)
        db.execute(
            "INSERT OR REPLACE INTO index_words VALUES (?, ?)", (number, pack(words, *group))
        )
    else:
        db.execute("DELETE FROM index_words WHERE id = ?", (number,))


def _append(db: Connection, group: Group, words: list[str]) -> None:
    """Append whole blocks of words to the last part of a group, then to new ones."""
    first, count = group_id(*group), planes_of(*group)
    last = db.execute(
        """SELECT id, planes FROM index_words
           WHERE id > ? AND id <= ? ORDER BY id DESC LIMIT 1""",
        (first, first + 0xFFFF),
    ).fetchone()
    number, start = first, 0
    if last is not None:
        number, planes = last
        stride = len(planes) // count
        if (room := PART - stride * 8) > 0:
            start = min(room, len(words))
            more = pack(words[:start], *group)
            size = len(more) // count
            joined = [
                planes[at * stride : (at + 1) * stride] + more[at * size : (at + 1) * size]
                for at in range(count)
            ]
            db.execute("UPDATE index_words SET planes = ? WHERE id = ?", (b"".join(joined), number))
    for at in range(start, len(words), PART):
        number += 1
        _write(db, number, group, words[at : at + PART])


def _touch(db: Connection) -> None:
    """Give the vocabulary a revision that no other state of any index has."""
    revision = int.from_bytes(os.urandom(7), "little") + 1
    db.execute("UPDATE index_state SET value = ? WHERE name = 'revision'", (revision,))
