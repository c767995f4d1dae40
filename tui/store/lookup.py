"""What a search reads: postings, vocabulary, passages, memos, codings; read-only and light.

Everything is plain tuples. Rows of the index below zero are memos, above zero passages.
"""

from __future__ import annotations

from tui.store.index_schema import group_id, group_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from _sqlite3 import Connection
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any

Part = tuple[int, bytes]
"""Id and planes; see :mod:`tui.store.index_schema`."""
PassageRow = tuple[int, int, int, int, int, str, bytes]
"""Id, document id, number, start, end, text, cut."""
MemoRow = tuple[int, str, int | None, int | None, int | None, str | None, str, int]
"""Id, kind, document id, start, end, code key, text, coder id."""
CodingRow = tuple[int, int, str]
"""Start, end, code key."""

_AT_ONCE = 500


def revision(db: Connection) -> int:
    """Return the number that changes with the vocabulary; -1 when it is lost."""
    row = db.execute("SELECT value FROM index_state WHERE name = 'revision'").fetchone()
    return int(row[0]) if row else -1


def version(db: Connection) -> int:
    """Return a number that differs once another connection has changed anything in the file."""
    return int(db.execute("PRAGMA data_version").fetchone()[0])


def parts(db: Connection, shortest: int, longest: int, scripts: Iterable[int]) -> list[Part]:
    """Return the vocabulary's parts of some word lengths and scripts, in order of id."""
    chosen = ",".join([str(script) for script in scripts])
    # The id alone tells what a part holds: the rest of others is not read.
    return db.execute(
        f"""SELECT id, planes FROM index_words WHERE id >= ? AND id < ?
            AND (id >> 16) % 8 IN ({chosen})""",
        (group_id(0, shortest), group_id(0, longest + 1)),
    ).fetchall()


def groups(db: Connection) -> list[tuple[int, int]]:
    """Return every script and length that the vocabulary has words of."""
    return sorted({group_of(number) for (number,) in db.execute("SELECT id FROM index_words")})


def match(db: Connection, expression: str, limit: int = -1, after: int = 0) -> list[int]:
    """Return the passages that fit a full-text expression, in order of id.

    Args:
        db: a reader.
        expression: tokens in double quotes, AND, OR, NOT and parentheses.
        limit: stop after so many; -1 for all.
        after: only those with larger ids.
    """
    found = db.execute(
        "SELECT rowid FROM index_tokens WHERE index_tokens MATCH ? AND rowid > ? LIMIT ?",
        (expression, after, limit),
    )
    return [row for (row,) in found]


def holds(db: Connection, token: str) -> bool:
    """Tell whether some passage or memo holds a token."""
    statement = "SELECT 1 FROM index_tokens WHERE index_tokens MATCH ? LIMIT 1"
    return db.execute(statement, (f'"{token}"',)).fetchone() is not None


def match_memos(db: Connection, expression: str) -> list[int]:
    """Return the ids of the memos that fit a full-text expression."""
    found = db.execute(
        "SELECT -rowid FROM index_tokens WHERE index_tokens MATCH ? AND rowid < 0", (expression,)
    )
    return sorted(row for (row,) in found)


def frequency(db: Connection, term: str) -> int:
    """Return how many passages and memos hold a token."""
    row = db.execute("SELECT doc FROM index_terms WHERE term = ?", (term,)).fetchone()
    return int(row[0]) if row else 0


def count_passages(db: Connection) -> int:
    """Return about how many passages there are, at no cost: deleted ones may count, too."""
    return int(db.execute("SELECT coalesce(max(id), 0) FROM passages").fetchone()[0])


def all_passages(db: Connection) -> list[int]:
    """Return the id of every passage."""
    return [row for (row,) in db.execute("SELECT id FROM passages ORDER BY id")]


def all_memos(db: Connection) -> list[int]:
    """Return the id of every memo."""
    return [row for (row,) in db.execute("SELECT id FROM memos ORDER BY id")]


def passages(db: Connection, ids: Sequence[int]) -> Iterator[PassageRow]:
    """Yield passages by id, in order of id within each few hundred."""
    yield from _by_ids(
        db,
        "SELECT id, document_id, number, start, end, text, cut FROM passages WHERE id IN ",
        ids,
    )


def texts(db: Connection, ids: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Yield the ids and texts of passages."""
    yield from _by_ids(db, "SELECT id, text FROM passages WHERE id IN ", ids)


def documents_of(db: Connection, ids: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield id and document id of passages."""
    yield from _by_ids(db, "SELECT id, document_id FROM passages WHERE id IN ", ids)


def numbers_of(db: Connection, ids: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield id and number of passages."""
    yield from _by_ids(db, "SELECT id, number FROM passages WHERE id IN ", ids)


def last_number(db: Connection, document_id: int) -> int:
    """Return the number of a document's last passage; 0 without passages."""
    statement = "SELECT coalesce(max(number), 0) FROM passages WHERE document_id = ?"
    return int(db.execute(statement, (document_id,)).fetchone()[0])


def memos(db: Connection, ids: Sequence[int]) -> Iterator[MemoRow]:
    """Yield memos by id; the code key is that of the code or of the coding they are about."""
    yield from _by_ids(
        db,
        """SELECT m.id, m.kind, coalesce(m.document_id, c.document_id),
                  coalesce(m.start, c.start), coalesce(m.end, c.end), k.key, m.text, m.coder_id
           FROM memos m LEFT JOIN codings c ON c.id = m.coding_id
           LEFT JOIN codes k ON k.id = coalesce(m.code_id, c.code_id) WHERE m.id IN """,
        ids,
    )


def _by_ids(db: Connection, statement: str, ids: Sequence[int]) -> Iterator[Any]:
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        # Fetched whole: a cursor that outlives its reader complains when it is let go.
        yield from db.execute(f"{statement}({','.join('?' * len(some))})", some).fetchall()


def documents(db: Connection) -> list[tuple[int, str, str]]:
    """Return id, name and source file name of the documents in their order."""
    return db.execute("SELECT id, name, source FROM documents ORDER BY position").fetchall()


def documents_placed(db: Connection, ids: Sequence[int]) -> Iterator[tuple[int, str, int]]:
    """Yield id, name and place in the order of documents of some of them."""
    yield from _by_ids(db, "SELECT id, name, position FROM documents WHERE id IN ", ids)


def neighbours(
    db: Connection, document_id: int, first: int, last: int
) -> list[tuple[int, int, str, bytes]]:
    """Return number, start, text and cut of a document's passages with those numbers."""
    return db.execute(
        """SELECT number, start, text, cut FROM passages
           WHERE document_id = ? AND number BETWEEN ? AND ? ORDER BY number""",
        (document_id, first, last),
    ).fetchall()


def coders(db: Connection) -> dict[str, int]:
    """Return the ids of all coders by name."""
    return dict(db.execute("SELECT name, id FROM coders").fetchall())


def shown_coders(db: Connection, name: str) -> list[int]:
    """Return the ids of a coder and of those whose codings this coder has turned on.

    While a round is open, only the coder's own.
    """
    return [
        row
        for (row,) in db.execute(
            """SELECT id FROM coders WHERE name = ?1 UNION
               SELECT s.other_id FROM shown_coders s JOIN coders c ON c.id = s.coder_id
               WHERE c.name = ?1 AND NOT EXISTS
                   (SELECT 1 FROM settings WHERE name = 'round' AND value = 'open')""",
            (name,),
        )
    ]


def codings(db: Connection, document_id: int, coder_ids: Sequence[int]) -> list[CodingRow]:
    """Return the codings of some coders in a document, by start."""
    marks = ",".join("?" * len(coder_ids))
    return db.execute(
        f"""SELECT c.start, c.end, k.key FROM codings c JOIN codes k ON k.id = c.code_id
            WHERE c.document_id = ? AND c.coder_id IN ({marks}) ORDER BY c.start, c.end, k.key""",
        (document_id, *coder_ids),
    ).fetchall()


def has_codings(db: Connection, coder_ids: Sequence[int]) -> bool:
    """Tell whether any of these coders has coded anything."""
    marks = ",".join("?" * len(coder_ids))
    statement = f"SELECT 1 FROM codings WHERE coder_id IN ({marks}) LIMIT 1"
    return db.execute(statement, coder_ids).fetchone() is not None


def coded_passages(
    db: Connection, coder_ids: Sequence[int], code_ids: Iterable[int] | None = None
) -> set[int]:
    """Return the passages that share a character with a coding.

    Args:
        db: a reader.
        coder_ids: whose codings count.
        code_ids: of which codes; None for all.
    """
    chosen = ",".join(str(int(row)) for row in code_ids) if code_ids is not None else ""
    condition = f"AND c.code_id IN ({chosen})" if code_ids is not None else ""
    # Passages of a document do not overlap: those a coding touches begin with the last one that
    # starts at or before it.
    found = db.execute(
        f"""SELECT DISTINCT p.id FROM codings c JOIN passages p
            ON p.document_id = c.document_id AND p.start < c.end AND p.end > c.start
            AND p.start >= (SELECT max(q.start) FROM passages q
                            WHERE q.document_id = c.document_id AND q.start <= c.start)
            WHERE c.coder_id IN ({",".join("?" * len(coder_ids))}) {condition}""",
        coder_ids,
    )
    return {row for (row,) in found}


def coded_parts(
    db: Connection, coder_ids: Sequence[int], code_ids: Iterable[int]
) -> Iterator[tuple[int, int, str, int, int]]:
    """Yield id, start and text of each passage a coding touches, with the coding's span.

    Args:
        db: a reader.
        coder_ids: whose codings count.
        code_ids: of which codes.
    """
    marks = ",".join("?" * len(coder_ids))
    for code_id in sorted(code_ids):
        yield from db.execute(
            f"""SELECT p.id, p.start, p.text, c.start, c.end FROM codings c JOIN passages p
                ON p.document_id = c.document_id AND p.start < c.end AND p.end > c.start
                AND p.start >= (SELECT max(q.start) FROM passages q
                                WHERE q.document_id = c.document_id AND q.start <= c.start)
                WHERE c.code_id = ? AND c.coder_id IN ({marks})""",
            (code_id, *coder_ids),
        )


def passages_within(
    db: Connection, document_id: int, start: int, end: int
) -> list[tuple[int, int, str]]:
    """Return id, start and text of the passages that share a character with a span."""
    return db.execute(
        """SELECT id, start, text FROM passages
           WHERE document_id = ?1 AND start < ?3 AND end > ?2 ORDER BY start""",
        (document_id, start, end),
    ).fetchall()


def codes_on(
    db: Connection, coder_ids: Sequence[int], document_id: int, start: int, end: int
) -> list[tuple[int, str]]:
    """Return id and key of the codes whose codings share a character with a span."""
    marks = ",".join("?" * len(coder_ids))
    return db.execute(
        f"""SELECT DISTINCT k.id, k.key FROM codings c JOIN codes k ON k.id = c.code_id
            WHERE c.document_id = ? AND c.start < ? AND c.end > ? AND c.coder_id IN ({marks})
            ORDER BY k.key""",
        (document_id, end, start, *coder_ids),
    ).fetchall()


def codes_around(
    db: Connection, coder_ids: Sequence[int], document_id: int, first: int, last: int
) -> list[tuple[int, str]]:
    """Return number and code key of some passages of a document, once for each code on them.

    Args:
        db: a reader.
        coder_ids: whose codings count.
        document_id: the document.
        first: number of the first passage.
        last: number of the last one.
    """
    marks = ",".join("?" * len(coder_ids))
    return db.execute(
        f"""SELECT DISTINCT p.number, k.key FROM passages p
            JOIN codings c ON c.document_id = p.document_id
            AND c.start < p.end AND c.end > p.start
            JOIN codes k ON k.id = c.code_id
            WHERE p.document_id = ? AND p.number BETWEEN ? AND ? AND c.coder_id IN ({marks})
            ORDER BY p.number, k.key""",
        (document_id, first, last, *coder_ids),
    ).fetchall()


def lengths(db: Connection, ids: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield ids and code points of passages."""
    yield from _by_ids(db, "SELECT id, end - start FROM passages WHERE id IN ", ids)


def size_of_text(db: Connection) -> tuple[int, int]:
    """Return how many passages the project has, and how many code points they have."""
    # Answered from the index by start alone: no text is read.
    row = db.execute("SELECT count(*), coalesce(sum(end - start), 0) FROM passages").fetchone()
    return int(row[0]), int(row[1])


def has_memos(db: Connection) -> bool:
    """Tell whether there is a memo by anyone: the index counts them too."""
    return db.execute("SELECT 1 FROM memos LIMIT 1").fetchone() is not None


def code_list(db: Connection) -> list[tuple[int, str, int | None, str]]:
    """Return id, key, parent id and all the words of each code, in tree order of siblings."""
    return db.execute(
        """SELECT id, key, parent_id,
               name || char(10) || definition || char(10) || include || char(10) || exclude
               || char(10) || example FROM codes ORDER BY parent_id, position"""
    ).fetchall()


def passages_of(db: Connection, document_ids: Iterable[int]) -> set[int]:
    """Return the passages of some documents."""
    statement = "SELECT id FROM passages WHERE document_id = ?"
    return {row for number in document_ids for (row,) in db.execute(statement, (number,))}


def attributes(db: Connection) -> dict[str, tuple[int, str]]:
    """Return id and kind of each attribute by name."""
    found = db.execute("SELECT name, id, kind FROM attributes").fetchall()
    return {name: (number, kind) for name, number, kind in found}


def attribute_values(db: Connection, attribute_id: int) -> list[tuple[str, int | None, int | None]]:
    """Return each value of an attribute with the document or the case that has it."""
    return db.execute(
        "SELECT value, document_id, case_id FROM attribute_values WHERE attribute_id = ?",
        (attribute_id,),
    ).fetchall()


def document_attributes(db: Connection, document_id: int) -> list[tuple[str, str]]:
    """Return the names and values of a document's attributes."""
    return db.execute(
        """SELECT a.name, v.value FROM attribute_values v JOIN attributes a
           ON a.id = v.attribute_id WHERE v.document_id = ? ORDER BY a.name""",
        (document_id,),
    ).fetchall()


def passages_of_case(db: Connection, case_id: int) -> set[int]:
    """Return the passages that a case speaks, or that lie in what it owns."""
    found = db.execute(
        """SELECT id FROM passages WHERE case_id = ?1 UNION
           SELECT p.id FROM case_spans s JOIN passages p ON p.document_id = s.document_id
           AND (s.start IS NULL OR (p.start < s.end AND p.end > s.start)) WHERE s.case_id = ?1""",
        (case_id,),
    )
    return {row for (row,) in found}
