"""Saved searches: queries under names, shared by all who code in the project like the codebook."""

from __future__ import annotations

NAME = "m0004_searches"

STATEMENTS = (
    """CREATE TABLE searches (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL UNIQUE COLLATE NOCASE,
        query TEXT NOT NULL CHECK (query <> ''),
        coder_id INTEGER NOT NULL REFERENCES coders(id),
        created_at TEXT NOT NULL
    ) STRICT""",
)
