"""The queries of this session, for the search field to bring back."""

from __future__ import annotations

_MOST = 50


class Asked:
    """Remembers queries that somebody made use of, and walks through them."""

    def __init__(self) -> None:
        self._queries: list[str] = []
        self._at: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to bring back."""
        return not self._queries

    def add(self, query: str) -> None:
        """Remember a query as the newest; each is kept once."""
        query = query.lstrip()  # a space at the end says that the last word is whole
        self._at = None
        if query:
            self._queries = [each for each in self._queries if each != query][-_MOST + 1 :]
            self._queries.append(query)

    def step(self, by: int, now: str) -> str | None:
        """Return an earlier query (-1) or a later one (1); None where the walk does not go.

        It begins in an empty field, and ends where something else is typed.

        Args:
            by: which way.
            now: what stands in the field.
        """
        if self._at is None or self._at >= len(self._queries) or now != self._queries[self._at]:
            self._at = None
            if now.strip() or by > 0 or not self._queries:
                return None
            self._at = len(self._queries)
        at = self._at + by
        if at < 0:
            return now
        if at >= len(self._queries):
            self._at = None
            return ""
        self._at = at
        return self._queries[at]
