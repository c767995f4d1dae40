"""The first schema.

Spans are half-open code points of the stored text. ``codings``, ``memos`` and the rest hold what
researchers made; ``changes`` and ``change_rows`` are the journal; ``code_counts`` and the index
are caches that can be rebuilt; ``slots``, ``bookmarks``, ``places`` and ``hidden_codes`` are each
coder's own desk, stored but not journaled.

Ids of what acts make are AUTOINCREMENT: the journal names rows by id, so an id that one act gave
and an undo took back must never come to mean something else.
"""

from __future__ import annotations

NAME = "m0001_initial"

STATEMENTS = (
    """CREATE TABLE settings (
        name TEXT PRIMARY KEY,
        value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE coders (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        created_at TEXT NOT NULL
    ) STRICT""",
    # Whose codings a coder has turned on; nobody's by default.
    """CREATE TABLE shown_coders (
        coder_id INTEGER NOT NULL REFERENCES coders(id),
        other_id INTEGER NOT NULL REFERENCES coders(id),
        PRIMARY KEY (coder_id, other_id)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE documents (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL UNIQUE,
        position INTEGER NOT NULL,
        language TEXT NOT NULL,
        source TEXT NOT NULL,
        source_sha256 TEXT NOT NULL,
        text_sha256 TEXT NOT NULL,
        chars INTEGER NOT NULL,
        passages INTEGER NOT NULL,
        lead TEXT NOT NULL,
        notes TEXT NOT NULL,
        imported_at TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE originals (
        document_id INTEGER PRIMARY KEY REFERENCES documents(id) ON DELETE CASCADE,
        bytes BLOB NOT NULL
    ) STRICT""",
    """CREATE TABLE cases (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL DEFAULT ''
    ) STRICT""",
    """CREATE TABLE case_spans (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        case_id INTEGER NOT NULL REFERENCES cases(id),
        document_id INTEGER NOT NULL REFERENCES documents(id),
        start INTEGER,
        end INTEGER,
        CHECK ((start IS NULL) = (end IS NULL) AND (start IS NULL OR start < end))
    ) STRICT""",
    # NULLs never equal each other in an index, so a whole document needs a value of its own.
    """CREATE UNIQUE INDEX case_spans_once
        ON case_spans (case_id, document_id, coalesce(start, -1), coalesce(end, -1))""",
    "CREATE INDEX case_spans_by_document ON case_spans (document_id, start, end, case_id)",
    # The text of a document is its lead, then text and gap of each passage in order.
    """CREATE TABLE passages (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        document_id INTEGER NOT NULL REFERENCES documents(id),
        number INTEGER NOT NULL,
        start INTEGER NOT NULL,
        end INTEGER NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('heading', 'paragraph', 'turn')),
        case_id INTEGER REFERENCES cases(id),
        text TEXT NOT NULL,
        gap TEXT NOT NULL,
        cut BLOB NOT NULL,
        CHECK (start <= end),
        UNIQUE (document_id, number)
    ) STRICT""",
    "CREATE INDEX passages_by_start ON passages (document_id, start, end)",
    "CREATE INDEX passages_by_case ON passages (case_id) WHERE case_id IS NOT NULL",
    """CREATE TABLE codes (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        key TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        parent_id INTEGER REFERENCES codes(id),
        position INTEGER NOT NULL,
        definition TEXT NOT NULL DEFAULT '',
        include TEXT NOT NULL DEFAULT '',
        exclude TEXT NOT NULL DEFAULT '',
        example TEXT NOT NULL DEFAULT '',
        color TEXT NOT NULL DEFAULT '',
        letter TEXT NOT NULL DEFAULT '',
        slot INTEGER CHECK (slot BETWEEN 1 AND 9),
        stage TEXT NOT NULL DEFAULT '',
        revision INTEGER NOT NULL DEFAULT 1
    ) STRICT""",
    "CREATE INDEX codes_by_parent ON codes (parent_id, position)",
    "CREATE UNIQUE INDEX codes_letters ON codes (letter) WHERE letter <> ''",
    """CREATE TABLE codings (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        document_id INTEGER NOT NULL REFERENCES documents(id),
        start INTEGER NOT NULL,
        end INTEGER NOT NULL,
        code_id INTEGER NOT NULL REFERENCES codes(id),
        coder_id INTEGER NOT NULL REFERENCES coders(id),
        important INTEGER NOT NULL DEFAULT 0 CHECK (important IN (0, 1)),
        revision INTEGER NOT NULL,
        created_at TEXT NOT NULL,
        quote TEXT NOT NULL,
        CHECK (start < end)
    ) STRICT""",
    """CREATE UNIQUE INDEX codings_by_document
        ON codings (document_id, start, end, code_id, coder_id)""",
    "CREATE INDEX codings_by_code ON codings (code_id, document_id, start)",
    "CREATE INDEX codings_by_coder ON codings (coder_id, id)",
    """CREATE TABLE relations (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        from_code_id INTEGER NOT NULL REFERENCES codes(id),
        to_code_id INTEGER NOT NULL REFERENCES codes(id),
        kind TEXT NOT NULL,
        coder_id INTEGER NOT NULL REFERENCES coders(id),
        created_at TEXT NOT NULL,
        UNIQUE (from_code_id, to_code_id, kind, coder_id)
    ) STRICT""",
    "CREATE INDEX relations_by_target ON relations (to_code_id)",
    """CREATE TABLE memos (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL CHECK
            (kind IN ('project', 'document', 'case', 'code', 'coding', 'relation', 'span')),
        document_id INTEGER REFERENCES documents(id),
        start INTEGER,
        end INTEGER,
        case_id INTEGER REFERENCES cases(id),
        code_id INTEGER REFERENCES codes(id),
        coding_id INTEGER REFERENCES codings(id),
        relation_id INTEGER REFERENCES relations(id),
        coder_id INTEGER NOT NULL REFERENCES coders(id),
        text TEXT NOT NULL,
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        CHECK ((document_id IS NOT NULL) = (kind IN ('document', 'span'))),
        CHECK ((start IS NOT NULL AND end IS NOT NULL AND start < end) = (kind = 'span')),
        CHECK ((case_id IS NOT NULL) = (kind = 'case')),
        CHECK ((code_id IS NOT NULL) = (kind = 'code')),
        CHECK ((coding_id IS NOT NULL) = (kind = 'coding')),
        CHECK ((relation_id IS NOT NULL) = (kind = 'relation'))
    ) STRICT""",
    """CREATE INDEX memos_by_document ON memos (document_id, start)
        WHERE document_id IS NOT NULL""",
    "CREATE INDEX memos_by_coding ON memos (coding_id) WHERE coding_id IS NOT NULL",
    "CREATE INDEX memos_by_code ON memos (code_id) WHERE code_id IS NOT NULL",
    "CREATE INDEX memos_by_case ON memos (case_id) WHERE case_id IS NOT NULL",
    "CREATE INDEX memos_by_relation ON memos (relation_id) WHERE relation_id IS NOT NULL",
    """CREATE TABLE attributes (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL CHECK (kind IN ('text', 'number', 'date'))
    ) STRICT""",
    """CREATE TABLE attribute_values (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        attribute_id INTEGER NOT NULL REFERENCES attributes(id),
        document_id INTEGER REFERENCES documents(id),
        case_id INTEGER REFERENCES cases(id),
        value TEXT NOT NULL,
        CHECK ((document_id IS NULL) <> (case_id IS NULL)),
        UNIQUE (attribute_id, document_id),
        UNIQUE (attribute_id, case_id)
    ) STRICT""",
    "CREATE INDEX attribute_values_by_document ON attribute_values (document_id, attribute_id)",
    "CREATE INDEX attribute_values_by_case ON attribute_values (case_id, attribute_id)",
    # No row means unread.
    """CREATE TABLE readings (
        coder_id INTEGER NOT NULL REFERENCES coders(id),
        passage_id INTEGER NOT NULL REFERENCES passages(id),
        state TEXT NOT NULL CHECK (state IN ('read', 'aside')),
        PRIMARY KEY (coder_id, passage_id)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX readings_by_passage ON readings (passage_id)",
    # The journal.
    """CREATE TABLE changes (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        step INTEGER NOT NULL,
        at TEXT NOT NULL,
        coder_id INTEGER NOT NULL REFERENCES coders(id),
        kind TEXT NOT NULL CHECK (kind IN ('act', 'undo', 'redo')),
        target INTEGER REFERENCES changes(id),
        action TEXT NOT NULL,
        subject TEXT NOT NULL,
        CHECK ((target IS NULL) = (kind = 'act'))
    ) STRICT""",
    "CREATE INDEX changes_by_coder ON changes (coder_id, id)",
    "CREATE INDEX changes_by_target ON changes (target) WHERE target IS NOT NULL",
    "CREATE INDEX changes_by_step ON changes (step)",
    # Row images: before is NULL for an insert, after is NULL for a delete.
    """CREATE TABLE change_rows (
        id INTEGER PRIMARY KEY,
        change_id INTEGER NOT NULL REFERENCES changes(id),
        place TEXT NOT NULL,
        row_key TEXT NOT NULL,
        before TEXT,
        after TEXT
    ) STRICT""",
    "CREATE INDEX change_rows_by_change ON change_rows (change_id)",
    "CREATE INDEX change_rows_by_row ON change_rows (place, row_key)",
    # Caches, kept in the transaction of what they count.
    """CREATE TABLE code_counts (
        code_id INTEGER NOT NULL,
        document_id INTEGER NOT NULL,
        coder_id INTEGER NOT NULL,
        segments INTEGER NOT NULL,
        chars INTEGER NOT NULL,
        PRIMARY KEY (code_id, document_id, coder_id)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TRIGGER codings_count_insert AFTER INSERT ON codings BEGIN
        INSERT INTO code_counts VALUES
            (new.code_id, new.document_id, new.coder_id, 1, new.end - new.start)
        ON CONFLICT DO UPDATE SET segments = segments + 1, chars = chars + excluded.chars;
    END""",
    """CREATE TRIGGER codings_count_delete AFTER DELETE ON codings BEGIN
        UPDATE code_counts
        SET segments = segments - 1, chars = chars - (old.end - old.start)
        WHERE code_id = old.code_id AND document_id = old.document_id
            AND coder_id = old.coder_id;
        DELETE FROM code_counts
        WHERE code_id = old.code_id AND document_id = old.document_id
            AND coder_id = old.coder_id AND segments = 0;
    END""",
    """CREATE TRIGGER codings_count_update
        AFTER UPDATE OF document_id, start, end, code_id, coder_id ON codings BEGIN
        UPDATE code_counts
        SET segments = segments - 1, chars = chars - (old.end - old.start)
        WHERE code_id = old.code_id AND document_id = old.document_id
            AND coder_id = old.coder_id;
        DELETE FROM code_counts
        WHERE code_id = old.code_id AND document_id = old.document_id
            AND coder_id = old.coder_id AND segments = 0;
        INSERT INTO code_counts VALUES
            (new.code_id, new.document_id, new.coder_id, 1, new.end - new.start)
        ON CONFLICT DO UPDATE SET segments = segments + 1, chars = chars + excluded.chars;
    END""",
    # What the codebook file held when it was last in step with the project.
    """CREATE TABLE codebook_base (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        state TEXT NOT NULL
    ) STRICT""",
    # Each coder's own desk: stored, not journaled.
    """CREATE TABLE slots (
        coder_id INTEGER NOT NULL REFERENCES coders(id),
        slot INTEGER NOT NULL CHECK (slot BETWEEN 1 AND 9),
        code_id INTEGER NOT NULL REFERENCES codes(id) ON DELETE CASCADE,
        PRIMARY KEY (coder_id, slot)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE hidden_codes (
        coder_id INTEGER NOT NULL REFERENCES coders(id),
        code_id INTEGER NOT NULL REFERENCES codes(id) ON DELETE CASCADE,
        PRIMARY KEY (coder_id, code_id)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE bookmarks (
        coder_id INTEGER NOT NULL REFERENCES coders(id),
        document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
        start INTEGER NOT NULL,
        PRIMARY KEY (coder_id, document_id, start)
    ) STRICT, WITHOUT ROWID""",
    # The last selection of each coder in each document; the newest is where they stopped.
    """CREATE TABLE places (
        coder_id INTEGER NOT NULL REFERENCES coders(id),
        document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
        start INTEGER NOT NULL,
        end INTEGER NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (coder_id, document_id)
    ) STRICT, WITHOUT ROWID""",
)
