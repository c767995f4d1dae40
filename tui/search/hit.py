"""What a search returns; plain classes, because the command cannot afford ``dataclasses``."""

from __future__ import annotations

from tui.store import lookup

TYPE_CHECKING = False
if TYPE_CHECKING:
    from _sqlite3 import Connection

# What belongs to no document comes after all documents.
_LAST = 1 << 62


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


def arrange(db: Connection, found: Found, by_place: bool, limit: int | None) -> None:
    """Put the hits in order, cut them to the limit, and add the names of their documents."""
    ids = list({hit.document_id for hit in found.hits if hit.document_id})
    documents = list(lookup.documents_placed(db, ids))
    order = {number: at for number, _, at in documents}
    names = {number: name for number, name, _ in documents}

    def place(hit: Hit) -> tuple[int, int, int]:
        return (order.get(hit.document_id or 0, _LAST), hit.number, hit.memo or 0)

    if by_place:
        found.hits.sort(key=lambda hit: (hit.partial, *place(hit)))
    else:
        found.hits.sort(key=lambda hit: (hit.partial, -hit.score, *place(hit)))
    if limit is not None:
        del found.hits[limit:]
    for hit in found.hits:
        hit.document = names.get(hit.document_id or 0, "")


def add_codes(db: Connection, coder: str, hits: list[Hit]) -> None:
    """Add the keys of the codings that a coder sees and that share a character with each hit."""
    coder_ids = lookup.shown_coders(db, coder)
    if not coder_ids or not lookup.has_codings(db, coder_ids):
        return
    by_document: dict[int, list[Hit]] = {}
    for hit in hits:
        if hit.memo is None and hit.document_id is not None:
            by_document.setdefault(hit.document_id, []).append(hit)
    for document_id, listed in by_document.items():
        codings = lookup.codings(db, document_id, coder_ids)
        longest = max((end - start for start, end, _ in codings), default=0)
        listed.sort(key=lambda hit: hit.start)
        first = 0
        for hit in listed:
            while first < len(codings) and codings[first][0] <= hit.start - longest:
                first += 1
            keys: dict[str, None] = {}
            for start, end, key in codings[first:]:
                if start >= hit.end:
                    break
                if end > hit.start:
                    keys[key] = None
            hit.codes = list(keys)
