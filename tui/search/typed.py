"""Queries as they are typed into the app's search field."""

from __future__ import annotations

from tui.search.query import Filter, Query, read_query


def read_typed(text: str, document: str | None = None) -> Query:
    """Read a query that may be unfinished.

    Args:
        text: the query.
        document: the name of the only document to search in; None for all.

    Raises:
        QueryError: it cannot be read.
    """
    query = read_query(text, typing=True)
    if document is not None:
        end = len(text)
        query.root.parts.append(Filter("doc", document, False, end, end))
    return query
