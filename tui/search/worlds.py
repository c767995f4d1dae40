"""What a query with joints is asked of: the passages, the memos, or the codes of a project.

Each world numbers its texts and answers three questions: which texts there are, which of them may
fit a full-text expression, and what they say.
"""

from __future__ import annotations

from tui.store import lookup
from tui.text.cut import read_sentences
from tui.text.fold import cut

TYPE_CHECKING = False
if TYPE_CHECKING:
    from _sqlite3 import Connection
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Protocol

    from tui.store.lookup import MemoRow

    class World(Protocol):
        """The texts of one place."""

        indexed: bool

        def everything(self) -> set[int]:
            """Return the numbers of all texts."""

        def match(self, expression: str) -> Iterable[int]:
            """Return the texts that fit a full-text expression."""

        def texts(self, ids: Sequence[int]) -> Iterator[tuple[int, str, bytes | None]]:
            """Yield number, text and cut; without a cut, a line is a paragraph."""


Span = tuple[int, int]


class Passages:
    """The passages of the project."""

    indexed = True
    """The index says which texts hold a word; else each text must be read."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        self._all: set[int] | None = None

    def everything(self) -> set[int]:
        """Return the ids of all passages."""
        if self._all is None:
            self._all = set(lookup.all_passages(self._db))
        return self._all

    def match(self, expression: str) -> Iterable[int]:
        """Return the passages that fit a full-text expression."""
        return lookup.match(self._db, expression)

    def texts(self, ids: Sequence[int]) -> Iterator[tuple[int, str, bytes | None]]:
        """Yield id, text and cut of passages."""
        for row in lookup.passages(self._db, ids):
            yield row[0], row[5], row[6]


class Memos:
    """The memos of some coders."""

    indexed = True

    def __init__(self, db: Connection, coder_ids: Sequence[int]) -> None:
        self._db = db
        listed = lookup.memos(db, lookup.all_memos(db))
        self.rows: dict[int, MemoRow] = {row[0]: row for row in listed if row[7] in coder_ids}

    def everything(self) -> set[int]:
        """Return the ids of all memos."""
        return set(self.rows)

    def match(self, expression: str) -> Iterable[int]:
        """Return the memos that fit a full-text expression."""
        return [row for row in lookup.match_memos(self._db, expression) if row in self.rows]

    def texts(self, ids: Sequence[int]) -> Iterator[tuple[int, str, bytes | None]]:
        """Yield id and text of memos."""
        for row in ids:
            yield row, self.rows[row][6], None


class Codes:
    """The codebook: key, name and all the words of each code."""

    indexed = False

    def __init__(self, db: Connection) -> None:
        self.rows = {row: (key, f"{key}\n{text}") for row, key, _, text in lookup.code_list(db)}

    def everything(self) -> set[int]:
        """Return the ids of all codes."""
        return set(self.rows)

    def match(self, expression: str) -> Iterable[int]:
        """Return all codes: they are few, and not in the index."""
        return self.rows

    def texts(self, ids: Sequence[int]) -> Iterator[tuple[int, str, bytes | None]]:
        """Yield id and words of codes."""
        for row in ids:
            yield row, self.rows[row][1], None


class Reading:
    """One text while it is read; cuts it only as far as a query asks.

    Args:
        row: its number.
        text: the text; all offsets are relative to it.
        packed: its cut; None for a text that has none, whose lines are its paragraphs.
    """

    __slots__ = ("_packed", "_paragraphs", "_sentences", "_units", "places", "row", "text")

    def __init__(self, row: int, text: str, packed: bytes | None) -> None:
        self.row = row
        self.text = text
        self.places: dict[object, list[tuple[int, int, float]]] = {}
        """What each term found, once it was asked."""
        self._packed = packed
        self._units: tuple[list[int], list[int]] | None = None
        self._sentences: list[Span] | None = None
        self._paragraphs: list[Span] | None = None

    def units(self) -> tuple[list[int], list[int]]:
        """Return starts and ends of the words; a Han or Kana character is a word."""
        if self._units is None:
            found = cut(self.text, pairs=False)
            self._units = [start for _, start, _ in found], [end for _, _, end in found]
        return self._units

    def sentences(self) -> list[Span]:
        """Return the spans of the sentences; the whole text when it has none."""
        if self._sentences is None:
            if self._packed is not None:
                found = read_sentences(self._packed)
            else:
                from tui.text.sentences import find_sentences  # noqa: PLC0415 - loads ``re``

                found = [
                    (start + first, start + last)
                    for start, end in self.paragraphs()
                    for first, last in find_sentences(self.text[start:end])
                ]
            self._sentences = found or [(0, len(self.text))]
        return self._sentences

    def paragraphs(self) -> list[Span]:
        """Return the spans of the paragraphs: a passage is one."""
        if self._paragraphs is None:
            self._paragraphs = [(0, len(self.text))]
            if self._packed is None:
                self._paragraphs, start = [], 0
                for line in self.text.split("\n"):
                    if line.strip():
                        self._paragraphs.append((start, start + len(line)))
                    start += len(line) + 1
        return self._paragraphs
