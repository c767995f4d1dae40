"""The tables of the search index: the postings and the vocabulary that fuzzy search reads.

``index_tokens`` holds the tokens of :mod:`tui.text.fold` for each passage and, under the negative
of its id, each memo. It keeps neither text nor positions: a quarter of the text's size in large
projects, a third in small ones; where a word stands is found by cutting the few passages that are
shown.

``index_words`` holds every distinct token, grouped by length and script, so that a query word is
compared only with words that could be it. A row is a *part*: not the words one after another, but
planes of bits (:mod:`tui.store.index_planes`), so that one operation on a plane asks something of
every word at once. A search computes with them, for all words side by side, how many letters each
is away from the query: exactly, without looking at any word alone. Five bits a letter are also
less than the letters themselves: measured against words with a bitmap for each of 32 classes of
letters, less than half the size, and a fuzzy word takes half the time from cold; against rows with
a B-tree, a fifth.

Part 0 of a group takes new words, up to BLOCK; a full part 0 is appended to the last part. So one
passage more touches a page or two, never the vocabulary.

``index_state.revision`` is a new random number whenever ``index_words`` changed: readers keep
what they have read for as long as it stays.
"""

from __future__ import annotations

BLOCK = 256
"""Words of a full part 0, and the step in which other parts grow."""
PART = 64 * BLOCK
"""Words of a full part."""

LATIN, CYRILLIC, ASCII, OTHER, FAR = range(5)
SCRIPTS = (LATIN, CYRILLIC, ASCII, OTHER, FAR)
"""a to z alone; Russian letters alone; other ASCII; others of four hexadecimal digits; the rest."""
WIDTHS = (5, 5, 7, 16, 21)
"""How many of a character's lowest bits tell it apart in each script."""

INDEX_WORDS = """CREATE TABLE index_words (
        id INTEGER PRIMARY KEY,
        planes BLOB NOT NULL
    ) STRICT"""

INDEX_STATEMENTS = (
    """CREATE VIRTUAL TABLE index_tokens USING fts5(
        tokens, content='', detail=none, columnsize=0, tokenize="ascii tokenchars ''''"
    )""",
    # Fewer, larger segments while many passages are added in one transaction.
    "INSERT INTO index_tokens (index_tokens, rank) VALUES ('hashsize', 16777216)",
    "CREATE VIRTUAL TABLE index_terms USING fts5vocab(index_tokens, 'row')",
    "CREATE VIRTUAL TABLE index_postings USING fts5vocab(index_tokens, 'instance')",
    INDEX_WORDS,
    """CREATE TABLE index_state (
        name TEXT PRIMARY KEY,
        value INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID""",
    "INSERT INTO index_state VALUES ('revision', 0)",
)


def script_of(word: str) -> int:
    """Return the script group of a token."""
    if word.isascii():
        return LATIN if word.isalpha() and word.islower() else ASCII
    if min(word) >= "\u0430" and max(word) <= "\u044f":
        return CYRILLIC
    return OTHER if max(word) <= "\uffff" else FAR


def reachable(script: int) -> tuple[int, ...]:
    """Return the scripts that hold words within two edits of a word of four letters or more."""
    if script == CYRILLIC:
        return (CYRILLIC, OTHER, FAR)
    return (LATIN, ASCII, OTHER, FAR) if script in (LATIN, ASCII) else SCRIPTS


def holds(script: int, char: str) -> bool:
    """Tell whether words of a script can have a character."""
    if script == LATIN:
        return "a" <= char <= "z"
    if script == CYRILLIC:
        return "\u0430" <= char <= "\u044f"
    return script == FAR or (char <= "\uffff" if script == OTHER else char.isascii())


def group_id(script: int, length: int) -> int:
    """Return the id of part 0 of the words of one script and length (in code points)."""
    return (length * 8 + script) << 16


def group_of(number: int) -> tuple[int, int]:
    """Return the script and the length of the words of a part."""
    return (number >> 16) % 8, number >> 19
