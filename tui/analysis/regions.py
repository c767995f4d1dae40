"""Parts of a corpus: whole documents and spans of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tui.analysis.spans import Pair, intersect, total_length, unite

Parts = Mapping[int, Sequence[Pair] | None]
"""Document id to the united spans of it that belong; None for the whole document."""

Owned = tuple[int, int | None, int | None]
"""document id, start, end; start and end None for a whole document."""


def gather(owned: Iterable[Owned]) -> Parts:
    """Return the parts that a list of documents and spans makes up."""
    parts: dict[int, list[Pair] | None] = {}
    for document, start, end in owned:
        if start is None or end is None:
            parts[document] = None
            continue
        spans = parts.setdefault(document, [])
        if spans is not None:
            spans.append((start, end))
    return {document: None if spans is None else unite(spans) for document, spans in parts.items()}


def overlap(one: Parts, other: Parts) -> Parts:
    """Return what two parts of a corpus share."""
    shared: dict[int, Sequence[Pair] | None] = {}
    for document in one.keys() & other.keys():
        mine, theirs = one[document], other[document]
        if mine is None or theirs is None:
            shared[document] = theirs if mine is None else mine
            continue
        spans = intersect(mine, theirs)
        if spans:
            shared[document] = spans
    return shared


def join(one: Parts, other: Parts) -> Parts:
    """Return what is in either of two parts of a corpus."""
    return gather(
        (document, *span)
        for parts in (one, other)
        for document, spans in parts.items()
        for span in ([(None, None)] if spans is None else spans)
    )


def touches(parts: Parts, document: int, start: int, end: int) -> bool:
    """Tell whether a span of a document shares a character with parts."""
    if document not in parts:
        return False
    spans = parts[document]
    return spans is None or bool(intersect([(start, end)], spans))


def chars_of(parts: Parts, lengths: Mapping[int, int]) -> int:
    """Return how many characters parts have; ``lengths`` are those of the documents."""
    return sum(
        lengths[document] if spans is None else total_length(spans)
        for document, spans in parts.items()
    )
