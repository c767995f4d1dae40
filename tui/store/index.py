"""Keeps the search index equal to the text, inside the transaction that changes the text.

Every function takes the writer's connection and does not commit. Removing needs the text as it
was added, because the index holds no copy of it.
"""

from __future__ import annotations

from contextlib import suppress
from sqlite3 import DatabaseError

from tui.store import index_words
from tui.store.index_schema import INDEX_STATEMENTS
from tui.text.fold import entry, tokens

# Known to type checkers by its name; importing ``typing`` would cost half an interpreter.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet
    from sqlite3 import Connection

Row = tuple[int, str]
"""The id of a passage or memo and its text."""

_SLICE = 5_000
# Up to so many tokens are looked up one by one; beyond, the whole vocabulary is read once.
_FEW = 200
_MANY = 2_000

# Those that read others first.
_TABLES = ("index_postings", "index_terms", "index_tokens", "index_words", "index_state")

# The vocabulary as last read or written here, and the revision it is of. Revisions are random, so
# that a rolled back change or another file can never be mistaken for it.
_LOST = -1
_known: tuple[int, set[str]] = (-2, set())


def add_passages(db: Connection, rows: Iterable[Row]) -> None:
    """Add passages that the index does not hold yet."""
    _add(db, list(rows))


def remove_passages(db: Connection, rows: Iterable[Row]) -> None:
    """Take passages out of the index; ``rows`` must hold the text they were added with."""
    _remove(db, list(rows))


def add_memos(db: Connection, rows: Iterable[Row]) -> None:
    """Add memos that the index does not hold yet."""
    _add(db, [(-number, text) for number, text in rows])


def remove_memos(db: Connection, rows: Iterable[Row]) -> None:
    """Take memos out of the index; ``rows`` must hold the text they were added with."""
    _remove(db, [(-number, text) for number, text in rows])


def settle(db: Connection) -> None:
    """Join what many small transactions left behind; worth its time after a large import."""
    db.execute("INSERT INTO index_tokens (index_tokens) VALUES ('optimize')")


def rebuild(db: Connection) -> None:
    """Make the index anew from the passages and memos, whatever is left of the one before."""
    _drop(db)
    for statement in INDEX_STATEMENTS:
        db.execute(statement)
    for part in _slices(_stored(db)):
        _insert(db, [(row, entry(text)) for row, text in part])
    settle(db)
    rebuild_words(db)


def _drop(db: Connection) -> None:
    """Drop the tables of the index, those too that SQLite cannot open any more."""
    for table in _TABLES:
        with suppress(DatabaseError):
            db.execute(f"DROP TABLE IF EXISTS {table}")
    if not _left(db):
        return
    # A virtual table whose own tables are damaged is dropped by taking it out of the schema.
    db.execute("PRAGMA writable_schema = ON")
    marks = ", ".join("?" * len(_TABLES))
    db.execute(f"DELETE FROM sqlite_master WHERE name IN ({marks})", _TABLES)
    db.execute("PRAGMA writable_schema = RESET")
    for table in _left(db):
        db.execute(f"DROP TABLE {table}")


def _left(db: Connection) -> list[str]:
    found = db.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name GLOB 'index_*'"
    )
    return [name for (name,) in found]


def rebuild_words(db: Connection) -> None:
    """Make the vocabulary anew from the postings."""
    index_words.clear(db)
    words = [term for (term,) in db.execute("SELECT term FROM index_terms")]
    index_words.add(db, words)
    _remember(db, set(words))


def check(db: Connection) -> list[str]:
    """Prove the index equal to the text; return what is wrong, one sentence each."""
    held: dict[int, int] = {}
    for term, row in db.execute("SELECT term, doc FROM index_postings"):
        held[row] = held.get(row, 0) + hash(term)
    wrong: list[str] = []
    for row, text in _stored(db):
        # The sum stands for the set: two different sets agree once in 2**60.
        expected = sum(map(hash, set(tokens(text))))
        if held.pop(row, 0) != expected:
            wrong.append(f"the search index does not hold {_name(row)} as it is written")
    wrong += [f"the search index holds {_name(row)}, which does not exist" for row in held]
    if db.execute("SELECT 1 FROM index_state WHERE name = 'revision'").fetchone() is None:
        wrong.append("the search index has no revision")
    terms = {term for (term,) in db.execute("SELECT term FROM index_terms")}
    return wrong + index_words.check(db, terms)


def _name(row: int) -> str:
    return f"passage {row}" if row > 0 else f"memo {-row}"


def _stored(db: Connection) -> Iterator[Row]:
    """Yield all that the index must hold, memos under their negative ids."""
    yield from db.execute("SELECT id, text FROM passages ORDER BY id")
    yield from db.execute("SELECT -id, text FROM memos ORDER BY id")


def _slices(rows: Iterator[Row]) -> Iterator[list[Row]]:
    part: list[Row] = []
    for row in rows:
        part.append(row)
        if len(part) == _SLICE:
            yield part
            part = []
    if part:
        yield part


def _cut(rows: list[Row]) -> tuple[list[tuple[int, str]], dict[str, None]]:
    """Return the index entries of some rows, and their distinct tokens in order of appearance."""
    entries: list[tuple[int, str]] = []
    words: dict[str, None] = {}
    for row, text in rows:
        # The index keeps no counts: once is as good as often, and quicker.
        found = dict.fromkeys(tokens(text))
        words.update(found)
        entries.append((row, " ".join(found)))
    return entries, words


def _insert(db: Connection, entries: list[tuple[int, str]]) -> None:
    db.executemany("INSERT INTO index_tokens (rowid, tokens) VALUES (?, ?)", entries)


def _add(db: Connection, rows: list[Row]) -> None:
    for start in range(0, len(rows), _SLICE):
        entries, words = _cut(rows[start : start + _SLICE])
        # Asked before the postings are written: a look-up makes the index write out what waits.
        held = _held(db, words.keys())
        _insert(db, entries)
        fresh = [word for word in words if word not in held]
        if fresh:
            known = _known[1] if _known[0] == _revision(db) else None
            index_words.add(db, fresh)
            if known is not None:
                known.update(fresh)
                _remember(db, known)


def _remove(db: Connection, rows: list[Row]) -> None:
    entries, words = _cut(rows)
    db.executemany(
        "INSERT INTO index_tokens (index_tokens, rowid, tokens) VALUES ('delete', ?, ?)", entries
    )
    held = _indexed(db, words.keys())
    gone = [word for word in words if word not in held]
    if gone:
        index_words.remove(db, gone)


def _held(db: Connection, words: AbstractSet[str]) -> AbstractSet[str]:
    """Return those of the words that the vocabulary holds."""
    revision = _revision(db)
    if _known[0] != revision:
        if len(words) <= _FEW:
            return _indexed(db, words)
        _remember(db, index_words.all_words(db))
    return words & _known[1]


def _indexed(db: Connection, words: AbstractSet[str]) -> set[str]:
    """Return those of the words that some passage or memo has, as the postings say."""
    if len(words) > _MANY:
        return {term for (term,) in db.execute("SELECT term FROM index_terms") if term in words}
    statement = "SELECT 1 FROM index_terms WHERE term = ?"
    return {word for word in words if db.execute(statement, (word,)).fetchone()}


def _revision(db: Connection) -> int:
    row = db.execute("SELECT value FROM index_state WHERE name = 'revision'").fetchone()
    # Lost, it never equals the one that was remembered.
    return int(row[0]) if row else _LOST


def _remember(db: Connection, words: set[str]) -> None:
    global _known
    _known = (_revision(db), words)
