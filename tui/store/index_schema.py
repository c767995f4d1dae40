"""The tables of the search index: the postings and the vocabulary that fuzzy search reads.

``index_tokens`` holds the tokens of :mod:`tui.text.fold` for each passage and, under the negative
of its id, each memo. It keeps neither text nor positions: 0.2 of the text's size; where a word
stands is found by cutting the few passages that are shown.

``index_words`` holds every distinct token, grouped by script and length, so that a query word is
compared only with words that could be it. Measured against rows with a B-tree (12 times slower to
read from cold, 2.5 times larger) and against blobs by first and by last letter (twice the size,
and words with both letters wrong are missed). A row is a *part*: the words one after another
without a separator (all have the same length) and, for each of 32 classes of letters, a bitmap of
the words that hold it. From the bitmaps a search learns which few words can be within two edits
without looking at the words. Part 0 of a group takes new words, up to BLOCK; a full part 0 is
appended to the last part. So one passage more touches a page or two, never the vocabulary.

``index_state.revision`` is a new random number whenever ``index_words`` changed: readers keep
what they have read for as long as it stays.
"""

from __future__ import annotations

BLOCK = 256
"""Words of a full part 0, and the step in which the bitmaps of other parts grow."""
PART = 32 * BLOCK
"""Words of a full part."""
CLASSES = 32
"""Classes of letters; the class of a character is its code point modulo this."""
SIZE_ROWS = 4
"""Bitmaps after those of the classes: the number of different classes of a word, in binary."""
ROWS = CLASSES + SIZE_ROWS

ASCII, CYRILLIC, OTHER = 0, 1, 2

INDEX_STATEMENTS = (
    """CREATE VIRTUAL TABLE index_tokens USING fts5(
        tokens, content='', detail=none, columnsize=0, tokenize="ascii tokenchars ''''"
    )""",
    # Fewer, larger segments while many passages are added in one transaction.
    "INSERT INTO index_tokens (index_tokens, rank) VALUES ('hashsize', 16777216)",
    "CREATE VIRTUAL TABLE index_terms USING fts5vocab(index_tokens, 'row')",
    "CREATE VIRTUAL TABLE index_postings USING fts5vocab(index_tokens, 'instance')",
    """CREATE TABLE index_words (
        id INTEGER PRIMARY KEY,
        words TEXT NOT NULL,
        letters BLOB NOT NULL
    ) STRICT""",
    """CREATE TABLE index_state (
        name TEXT PRIMARY KEY,
        value INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID""",
    "INSERT INTO index_state VALUES ('revision', 0)",
)


def script_of(word: str) -> int:
    """Return the script group of a token: no edit within reach leads from one to another.

    Only OTHER, where words of mixed script are, has to be searched together with each of the two.
    """
    if word.isascii():
        return ASCII
    return CYRILLIC if all("\u0400" <= char <= "\u04ff" for char in word) else OTHER


def group_id(script: int, length: int) -> int:
    """Return the id of part 0 of the words of one script and length (in code points)."""
    return (script * 128 + length) << 16
