"""How the query in the search field may go on: names of codes, documents, saved searches."""

from __future__ import annotations

from collections.abc import Sequence

from tui.app.widgets.rows import clip
from tui.project.project import Project
from tui.search.completion import begins_name, complete_query, last_term
from tui.store.names import names_of

_MOST = 12


class Completing:
    """Finds the names that begin as a query ends.

    Args:
        project: the open project.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._names: dict[str, list[tuple[str, str]]] = {}

    def forget(self) -> None:
        """Read the names anew: something was changed."""
        self._names.clear()

    def ways(self, query: str) -> Sequence[tuple[str, str]]:
        """Return the queries that this one may become, each with a word about what was put to it.

        Args:
            query: as it was typed; nothing is offered unless it ends inside a name.
        """
        if not begins_name(query):
            return ()
        return [way for way in complete_query(query, self._names_of) if way[0] != query]

    def needed(self, query: str) -> str:
        """Return how a query must go on to mean something; empty where it may stay as it is."""
        if not begins_name(query) or "=" in (term := _tail(query)) or "<" in term or ">" in term:
            return ""
        ways = list(complete_query(query, self._names_of))
        known = any(way.casefold() == query.casefold() for way, _ in ways)
        return ways[0][0] if ways and not known else ""

    def said(self, query: str) -> list[str]:
        """Return in words how a query may go on; nothing when there is no way."""
        ways = self.ways(query)
        if not ways:
            return []
        (first, about), *others = ways
        lines = [f"Tab completes it to {_tail(first)}" + (f" · {clip(about, 80)}" if about else "")]
        if others:
            listed = ", ".join(_tail(way) for way, _ in others[:_MOST])
            more = f" and {len(others) - _MOST:,} more" if len(others) > _MOST else ""
            lines.append(f"also: {listed}{more}")
        return lines

    def _names_of(self, kind: str) -> list[tuple[str, str]]:
        if kind not in self._names:
            self._names[kind] = list(names_of(self._project.db, kind))
        return self._names[kind]


def _tail(query: str) -> str:
    """Return the last term of a query."""
    return query[last_term(query) :]
