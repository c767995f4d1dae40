"""Totals of codings by code and by document, beside the cells that hold both.

What opens a project or lists its documents reads as many rows as there are codes or documents,
however many codings there are. Both are caches, kept by triggers in the transaction of what they
count.
"""

from __future__ import annotations

NAME = "m0003_totals"

_PLUS = """
        INSERT INTO code_totals VALUES (new.code_id, new.coder_id, 1)
        ON CONFLICT DO UPDATE SET segments = segments + 1;
        INSERT INTO document_totals VALUES (new.document_id, new.coder_id, 1)
        ON CONFLICT DO UPDATE SET segments = segments + 1;"""
_MINUS = """
        UPDATE code_totals SET segments = segments - 1
        WHERE code_id = old.code_id AND coder_id = old.coder_id;
        DELETE FROM code_totals
        WHERE code_id = old.code_id AND coder_id = old.coder_id AND segments = 0;
        UPDATE document_totals SET segments = segments - 1
        WHERE document_id = old.document_id AND coder_id = old.coder_id;
        DELETE FROM document_totals
        WHERE document_id = old.document_id AND coder_id = old.coder_id AND segments = 0;"""

STATEMENTS = (
    """CREATE TABLE code_totals (
        code_id INTEGER NOT NULL,
        coder_id INTEGER NOT NULL,
        segments INTEGER NOT NULL,
        PRIMARY KEY (code_id, coder_id)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE document_totals (
        document_id INTEGER NOT NULL,
        coder_id INTEGER NOT NULL,
        segments INTEGER NOT NULL,
        PRIMARY KEY (document_id, coder_id)
    ) STRICT, WITHOUT ROWID""",
    """INSERT INTO code_totals
        SELECT code_id, coder_id, sum(segments) FROM code_counts GROUP BY code_id, coder_id""",
    """INSERT INTO document_totals
        SELECT document_id, coder_id, sum(segments) FROM code_counts
        GROUP BY document_id, coder_id""",
    f"CREATE TRIGGER codings_total_insert AFTER INSERT ON codings BEGIN{_PLUS}\n    END",
    f"CREATE TRIGGER codings_total_delete AFTER DELETE ON codings BEGIN{_MINUS}\n    END",
    f"""CREATE TRIGGER codings_total_update
        AFTER UPDATE OF document_id, code_id, coder_id ON codings BEGIN{_MINUS}{_PLUS}\n    END""",
)
