"""What a search returns; plain classes, because the command cannot afford ``dataclasses``."""

from __future__ import annotations


class Hit:
    """One passage, memo or code that fits.

    Attributes:
        document_id: its document; None for a memo or code without one.
        document: the document's name.
        number: the passage's place in the document (¶), 0 for a memo or code.
        passage_id: the passage; 0 for a memo or code.
        start: code point of the document where the hit begins; -1 where it has no place.
        end: where it ends, exclusive.
        hits: spans of the words found; of the document, or of the memo's own text.
        score: 0 to 1; higher is better.
        codes: keys of the visible codings that share a character with the span.
        text: the text of the span, or of the memo or code.
        memo: the memo's id.
        code: the key of the code, for a hit in the codebook.
        partial: it misses a word; shown last, never counted.
    """

    __slots__ = (
        "code",
        "codes",
        "document",
        "document_id",
        "end",
        "hits",
        "memo",
        "number",
        "partial",
        "passage_id",
        "score",
        "start",
        "text",
    )

    def __init__(self, document_id: int | None, number: int, passage_id: int, text: str) -> None:
        self.document_id = document_id
        self.document = ""
        self.number = number
        self.passage_id = passage_id
        self.start = -1
        self.end = -1
        self.hits: list[tuple[int, int]] = []
        self.score = 0.0
        self.codes: list[str] = []
        self.text = text
        self.memo: int | None = None
        self.code: str | None = None
        self.partial = False


class Found:
    """The result of one search.

    Attributes:
        hits: best first, or in order of place; partial ones last.
        total: how many fit, exact unless ``more``.
        more: there are more than ``total``, as a live list shows by a ``+``.
        partial: how many of ``hits`` miss a word.
        notes: what the reader should know about the result.
    """

    __slots__ = ("hits", "more", "notes", "partial", "total")

    def __init__(self, notes: list[str]) -> None:
        self.hits: list[Hit] = []
        self.total = 0
        self.more = False
        self.partial = 0
        self.notes = notes

    def shown_total(self) -> str:
        """Return the total as shown: ``37`` or ``150+``."""
        return f"{self.total}+" if self.more else str(self.total)
