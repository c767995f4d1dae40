"""The vocabulary of the search index as planes of bits; filled from the postings after it."""

from __future__ import annotations

from tui.store.index_schema import INDEX_WORDS

NAME = "m0005_planes"

STATEMENTS = ("DROP TABLE index_words", INDEX_WORDS)
