"""From hit to hit of a search, through all documents that have some.

What the list of the search knew is used at once. Only what lies beyond is looked up, in a thread
and one document at a time: a word on every page of a large project costs nobody anything until
somebody goes there.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence

from tui.app.desk import Desk, FoundPlace
from tui.app.keybook import hint
from tui.model.document import Document

Place = tuple[int, int]
Found = tuple[int, Place] | None
"""Document and span of a hit."""


class HitWalk:
    """The hits of one search.

    Args:
        found: the hit that was gone to, with those that the list knew in its document.
        only: the only document that was searched; None for all.
    """

    def __init__(self, found: FoundPlace, only: Document | None) -> None:
        self._query = found.query
        self._only = only
        self._known: dict[int, list[Place]] = {found.document_id: sorted(found.hits)}
        self._whole = {found.document_id} if found.complete else set[int]()
        self._passages: dict[int, list[int]] | None = None
        self._looking = False

    def go(self, desk: Desk, direction: int) -> None:
        """Go to the next hit (1) or the one before (-1), in another document if need be.

        One that is not known yet is looked for in a thread; until it is found another go is
        refused.
        """
        document = desk.study.document
        if document is None:
            return
        at = desk.view.selected_span or (0, 0)
        found = beyond(self._known.get(document.id, ()), at, direction)
        if found is not None and document.id in self._whole:
            desk.view.select(found[0], found[0])
        elif self._looking:
            desk.refuse("Still looking for the hits further on")
        else:
            self._look(desk, document, at, direction)

    def _look(self, desk: Desk, document: Document, at: Place, direction: int) -> None:
        self._looking = True
        order = self._order(desk, document, direction)
        path, coder = desk.project.path, desk.project.coder

        def work() -> Callable[[], None]:
            try:
                found = self._search(path, coder, order, document.id, at, direction)
            finally:
                self._looking = False
            return lambda: self._arrive(desk, document.id, at, direction, found)

        desk.in_background("look for hits further on", work)

    def _order(self, desk: Desk, document: Document, direction: int) -> list[int]:
        """Return the documents to look in, the open one first."""
        if self._only is not None:
            return [self._only.id] if self._only.id == document.id else []
        ids = [each.id for each in desk.study.documents]
        start = ids.index(document.id) if document.id in ids else 0
        return ids[start:] if direction > 0 else ids[start::-1]

    def _search(
        self, path: str, coder: str, order: Iterable[int], here: int, at: Place, direction: int
    ) -> Found:
        """Return the nearest hit beyond ``at``; runs in a thread."""
        # The engine takes a while to load, and most sessions never search.
        from tui.search.engine import Engine  # noqa: PLC0415
        from tui.search.typed import read_meant  # noqa: PLC0415
        from tui.store.reader import open_reader  # noqa: PLC0415

        db = open_reader(path)
        try:
            engine = Engine(db, coder)
            query = read_meant(self._query, self._only.name if self._only else None)
            if self._passages is None:
                self._passages = engine.passages(query)
            for document_id in order:
                ids = self._passages.get(document_id, [])
                if document_id not in self._whole:
                    self._known[document_id] = engine.places(query, ids)
                    self._whole.add(document_id)
                hits = self._known[document_id]
                if document_id == here:
                    found = beyond(hits, at, direction)
                else:
                    found = hits[0 if direction > 0 else -1] if hits else None
                if found is not None:
                    return document_id, found
        finally:
            db.close()
        return None

    def _arrive(self, desk: Desk, here: int, at: Place, direction: int, found: Found) -> None:
        document = desk.study.document
        if document is None or document.id != here or desk.view.selected_span != at:
            return  # the coder has gone on meanwhile
        if found is None:
            self._refuse(desk, direction)
            return
        document_id, (start, _) = found
        desk.open_document(document_id, (start, start), self._known[document_id])
        if document_id != here and desk.study.document is not None:
            desk.say(f"Now in {desk.study.document.name}   {hint('go.back', 'goes back')}")

    def _refuse(self, desk: Desk, direction: int) -> None:
        side = "after" if direction > 0 else "before"
        other = hint("go.back" if direction > 0 else "go.again", "looks the other way")
        if self._only is not None:
            other = hint("search.project", "searches all documents")
        desk.refuse(f"No hit {side} this one · {other}")


def beyond(hits: Sequence[Place], at: Place, direction: int) -> Place | None:
    """Return the first hit after a span, or the last one before it; None without one.

    Args:
        hits: in order.
        at: the span.
        direction: 1 after it, -1 before it.
    """
    if direction > 0:
        after = bisect_left(hits, (at[1],))
        return hits[after] if after < len(hits) else None
    for number in range(bisect_left(hits, (at[0],)) - 1, -1, -1):
        if hits[number][1] <= at[0]:
            return hits[number]
    return None
