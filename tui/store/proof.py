"""Proofs: is the file whole, does everything refer to something, do the caches tell the truth."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from tui.errors import QualError
from tui.store import index
from tui.store.index_doubt import is_believable
from tui.text.cut import read_cut
from tui.text.digest import sha256, text_sha256


def prove_file(db: sqlite3.Connection) -> Iterator[str]:
    """Yield what SQLite itself finds wrong with the file and with foreign keys."""
    for (verdict,) in db.execute("PRAGMA integrity_check(20)"):
        if verdict != "ok":
            yield f"file: {verdict}"
    for table, row_id, parent, _ in db.execute("PRAGMA foreign_key_check"):
        yield f"{table} {row_id}: refers to a row of {parent} that does not exist"


def prove_documents(db: sqlite3.Connection) -> Iterator[str]:
    """Yield documents whose text, passages or original are not what was imported."""
    for document_id, name, chars, count, lead, digest, original_digest in db.execute(
        "SELECT id, name, chars, passages, lead, text_sha256, source_sha256 FROM documents"
        " ORDER BY id"
    ).fetchall():
        pieces, at, number = [lead], len(lead), 0
        for row in db.execute(
            "SELECT number, start, end, text, gap, cut FROM passages WHERE document_id = ?"
            " ORDER BY number",
            (document_id,),
        ):
            number += 1
            if row[0] != number or row[1] != at or row[2] - row[1] != len(row[3]):
                yield f"document {name} ¶{row[0]}: does not lie where its offsets say"
            for wrong in _prove_cut(row[5], len(row[3])):
                yield f"document {name} ¶{row[0]}: {wrong}"
            pieces += row[3:5]
            at = row[2] + len(row[4])
        text = "".join(pieces)
        if number != count or len(text) != chars:
            yield f"document {name}: has {number} passages and {len(text)} characters," + (
                f" not {count} and {chars}"
            )
        if text_sha256(text) != digest:
            yield f"document {name}: its text is not the text that was imported"
        original = db.execute(
            "SELECT bytes FROM originals WHERE document_id = ?", (document_id,)
        ).fetchone()
        if original is None or sha256(original[0]) != original_digest:
            yield f"document {name}: the imported file kept with it is missing or changed"


def _prove_cut(blob: bytes, length: int) -> Iterator[str]:
    try:
        cut = read_cut(blob)
    except QualError:
        yield "its word and sentence offsets are damaged"
        return
    for what, spans in (("sentence", cut.sentences), ("word", cut.words)):
        if any(not 0 <= start < end <= length for start, end in spans):
            yield f"a {what} lies outside the passage"


def prove_codings(db: sqlite3.Connection) -> Iterator[str]:
    """Yield codings whose quote is not the text at their offsets, and memos outside the text."""
    for document_id, name, chars, lead in db.execute(
        "SELECT id, name, chars, lead FROM documents ORDER BY id"
    ).fetchall():
        codings = db.execute(
            "SELECT id, start, end, quote FROM codings WHERE document_id = ? ORDER BY start",
            (document_id,),
        ).fetchall()
        text = ""
        if codings:
            text = lead + "".join(
                row[0]
                for row in db.execute(
                    "SELECT text || gap FROM passages WHERE document_id = ? ORDER BY number",
                    (document_id,),
                )
            )
        for coding_id, start, end, quote in codings:
            if not 0 <= start < end <= len(text):
                yield f"coding {coding_id} in {name}: {start}:{end} lies outside the text"
            elif text[start:end] != quote:
                yield f"coding {coding_id} in {name} {start}:{end}: the text there is not its quote"
        for table in ("memos", "case_spans"):
            for (row_id,) in db.execute(
                f"SELECT id FROM {table} WHERE document_id = ? AND end > ?", (document_id, chars)
            ):
                yield f"{table} {row_id} in {name}: lies outside the text"


def prove_tree(db: sqlite3.Connection) -> Iterator[str]:
    """Yield codes that no path from the top reaches, and what two codes share that they may not."""
    for code_id, key in db.execute(
        "WITH RECURSIVE reached(id) AS (SELECT id FROM codes WHERE parent_id IS NULL UNION"
        " SELECT codes.id FROM codes JOIN reached ON codes.parent_id = reached.id)"
        " SELECT id, key FROM codes WHERE id NOT IN reached ORDER BY id"
    ):
        yield f"code {key} ({code_id}): its parents form a circle"
    first: dict[tuple[object, ...], str] = {}
    for key, name, parent_id, slot in db.execute(
        "SELECT key, name, parent_id, slot FROM codes ORDER BY id"
    ):
        shared = {
            "key, letter case aside": (key.casefold(),),
            "name under one parent": (parent_id, name.casefold()),
            "slot": (slot,) if slot is not None else None,
        }
        for what, value in shared.items():
            if value is not None and first.setdefault((what, *value), key) != key:
                yield f"codes {first[what, *value]} and {key}: have the same {what}"


def prove_counts(db: sqlite3.Connection) -> Iterator[str]:
    """Yield counts that the writer keeps and that are not what counting gives."""
    counted = set(
        db.execute(
            "SELECT code_id, document_id, coder_id, count(*), sum(end - start) FROM codings"
            " GROUP BY code_id, document_id, coder_id"
        )
    )
    kept = set(
        db.execute("SELECT code_id, document_id, coder_id, segments, chars FROM code_counts")
    )
    for code_id, document_id, coder_id, *_ in sorted(counted ^ kept):
        yield f"count of code {code_id} in document {document_id} by coder {coder_id}: wrong"
    for what in ("code", "document"):
        counted = set(
            db.execute(
                f"SELECT {what}_id, coder_id, count(*) FROM codings GROUP BY {what}_id, coder_id"
            )
        )
        kept = set(db.execute(f"SELECT {what}_id, coder_id, segments FROM {what}_totals"))
        for item_id, coder_id, _ in sorted(counted ^ kept):
            yield f"total of {what} {item_id} by coder {coder_id}: wrong"


def prove_journal(db: sqlite3.Connection) -> Iterator[str]:
    """Yield journal entries that no undo could use."""
    for change_id, action in db.execute(
        "SELECT id, action FROM changes WHERE kind = 'act'"
        " AND NOT EXISTS (SELECT 1 FROM change_rows WHERE change_id = changes.id)"
    ):
        yield f"change {change_id} ({action}): has no rows"
    for change_id, action in db.execute(
        "SELECT DISTINCT changes.id, action FROM change_rows JOIN changes ON changes.id = change_id"
        " WHERE json_valid(coalesce(before, '{}')) = 0 OR json_valid(coalesce(after, '{}')) = 0"
        " OR (before IS NULL AND after IS NULL)"
    ):
        yield f"change {change_id} ({action}): a row image is damaged"
    for (change_id,) in db.execute(
        "SELECT changes.id FROM changes JOIN changes AS act ON act.id = changes.target"
        " WHERE changes.kind <> 'act' AND act.kind <> 'act'"
    ):
        yield f"change {change_id}: takes back what is not an act"


def prove_index(db: sqlite3.Connection) -> Iterator[str]:
    """Yield passages and memos whose words the search index does not hold exactly."""
    found = index.check(db)
    yield from found
    kept, there = db.execute(
        "SELECT (SELECT sum(passages) FROM documents), (SELECT count(*) FROM passages)"
    ).fetchone()
    if not found and kept == there and not is_believable(db):
        yield "the search index counts other passages and memos than there are"


def repair_caches(db: sqlite3.Connection) -> None:
    """Make counts and the search index anew from what they count; inside a transaction."""
    db.execute("DELETE FROM code_counts")
    db.execute(
        "INSERT INTO code_counts SELECT code_id, document_id, coder_id, count(*), sum(end - start)"
        " FROM codings GROUP BY code_id, document_id, coder_id"
    )
    for item, table in (("code_id", "code_totals"), ("document_id", "document_totals")):
        db.execute(f"DELETE FROM {table}")
        db.execute(
            f"INSERT INTO {table} SELECT {item}, coder_id, count(*) FROM codings"
            f" GROUP BY {item}, coder_id"
        )
    index.rebuild(db)


DUMPED = (
    ("settings", "name"),
    ("coders", "id"),
    ("shown_coders", "coder_id, other_id"),
    ("documents", "id"),
    ("originals", "document_id"),
    ("cases", "id"),
    ("case_spans", "id"),
    ("passages", "id"),
    ("codes", "id"),
    ("codings", "id"),
    ("relations", "id"),
    ("memos", "id"),
    ("attributes", "id"),
    ("attribute_values", "id"),
    ("searches", "id"),
    ("decisions", "id"),
    ("readings", "coder_id, passage_id"),
)
"""Tables of the canonical dump with their order: all but journal, caches, index and desks."""


def dump_rows(db: sqlite3.Connection) -> Iterator[tuple[str, list[str], tuple[object, ...]]]:
    """Yield (table, column names, values) of every row that researchers made, in fixed order."""
    for table, order in DUMPED:
        cursor = db.execute(f"SELECT * FROM {table} ORDER BY {order}")
        names = [column[0] for column in cursor.description]
        for row in cursor:
            yield table, names, row
