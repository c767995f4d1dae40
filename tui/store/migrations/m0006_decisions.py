"""Decisions: what a coder has settled about the places where two coders coded differently."""

from __future__ import annotations

NAME = "m0006_decisions"

STATEMENTS = (
    # The verdict speaks of the two in the order in which they stand here.
    """CREATE TABLE decisions (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        document_id INTEGER NOT NULL REFERENCES documents(id),
        start INTEGER NOT NULL,
        end INTEGER NOT NULL,
        code_id INTEGER NOT NULL REFERENCES codes(id),
        first_id INTEGER NOT NULL REFERENCES coders(id),
        second_id INTEGER NOT NULL REFERENCES coders(id),
        verdict TEXT NOT NULL CHECK
            (verdict IN ('first', 'second', 'both', 'neither', 'edges', 'later')),
        coder_id INTEGER NOT NULL REFERENCES coders(id),
        created_at TEXT NOT NULL,
        CHECK (start < end),
        CHECK (first_id <> second_id)
    ) STRICT""",
    "CREATE INDEX decisions_by_document ON decisions (document_id, start)",
    "CREATE INDEX decisions_by_code ON decisions (code_id)",
    "CREATE INDEX decisions_by_coder ON decisions (coder_id)",
)
