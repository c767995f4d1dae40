"""Proving a project whole, and printing it canonically."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import Final

from tui.project.project import Project
from tui.store import proof
from tui.text.digest import sha256

PROOFS: Final = {
    "file": proof.prove_file,
    "documents": proof.prove_documents,
    "codings": proof.prove_codings,
    "codebook": proof.prove_tree,
    "counts": proof.prove_counts,
    "journal": proof.prove_journal,
    "index": proof.prove_index,
}
"""What is proven, in this order."""


def check(db: sqlite3.Connection) -> Iterator[tuple[str, list[str]]]:
    """Yield each proof's name with what it found wrong; an empty list is good."""
    for name, prove in PROOFS.items():
        found: list[str] = []
        try:
            for wrong in prove(db):
                found.append(wrong)
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            found.append(f"{name}: cannot be read: {error}")  # damage that SQLite itself trips over
        yield name, found


def repair(project: Project) -> None:
    """Make counts and index anew; nothing that a researcher made is touched."""
    with project.write() as db:
        proof.repair_caches(db)


def canonical_dump(db: sqlite3.Connection) -> Iterator[str]:
    """Yield one JSON line per row of all tables but journal, caches, index and desks.

    Two projects with equal dumps hold the same study. Desks (pins, bookmarks, places, hidden
    branches) are left out: they are not journaled, so undo does not restore them.
    """
    for table, names, row in proof.dump_rows(db):
        values = {
            name: f"sha256:{sha256(value)}" if isinstance(value, bytes) else value
            for name, value in zip(names, row, strict=True)
        }
        yield json.dumps({"table": table, **values}, ensure_ascii=False)
