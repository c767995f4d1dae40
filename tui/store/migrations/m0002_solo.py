"""The branch whose lanes alone a coder shows: a part of their desk, stored but not journaled."""

from __future__ import annotations

NAME = "m0002_solo"

STATEMENTS = (
    """CREATE TABLE solo_codes (
        coder_id INTEGER PRIMARY KEY REFERENCES coders(id),
        code_id INTEGER NOT NULL REFERENCES codes(id) ON DELETE CASCADE
    ) STRICT""",
    "CREATE INDEX solo_codes_by_code ON solo_codes (code_id)",
)
