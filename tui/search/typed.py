"""Queries as they are typed into the app's search field."""

from __future__ import annotations

from tui.search.query import Filter, Query, pattern_query, read_query


def read_typed(text: str, document: str | None = None) -> Query:
    """Read a query that may be unfinished; one between slashes is a regular expression.

    Args:
        text: the query.
        document: the name of the only document to search in; None for all.

    Raises:
        QueryError: it cannot be read.
    """
    stripped = text.strip()
    if len(stripped) > 2 and stripped[0] == stripped[-1] == "/":
        query = pattern_query(stripped[1:-1])
    else:
        query = read_query(text, typing=True)
    if document is not None:
        end = len(text)
        query.root.parts.append(Filter("doc", document, False, end, end))
    return query
