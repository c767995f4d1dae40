"""Queries as they are typed into the app's search field.

What is only unfinished where the query ends (an open quote or parenthesis, a joint, a filter
without its value) is no fault yet: it is left out until there is more of it. Everything else that
the shell refuses is refused here. And the last word may go on: it means what ``word*`` means in the
shell, until a space ends it.
"""

from __future__ import annotations

from tui.search.grammar import LANGUAGES, TreeReader
from tui.search.query import PLACES, Filter, Query, QueryError, Word, quoted_at, read_query
from tui.search.saved import Expanded, expand
from tui.search.tree import written

TYPE_CHECKING = False
if TYPE_CHECKING:
    from _sqlite3 import Connection

_ENDINGS = ("x", " x", '"', 'x"', "/", "x/", " 5", "/5 x", "5 x", "=1", '"=1', 'x"=1')
"""What could come next, one of them in whatever can be unfinished; then parentheses are closed."""


class Typed:
    """A query that may be unfinished, as it is understood.

    Attributes:
        query: what is searched for now.
        meaning: the same as the shell takes it; empty when there is nothing to search for yet.
        missing: what the query ends in the middle of; None when it is whole.
        word: its last word when that may go on, with the ``…`` that says so; else empty.
    """

    __slots__ = ("meaning", "missing", "query", "word")

    def __init__(
        self, query: Query, missing: QueryError | None, text: str, ended: bool = False
    ) -> None:
        self.query = query
        self.missing = missing
        self.word = ""
        terms = query.terms()
        last = terms[-1] if terms else None
        end = len(text)
        growing, query.unfinished = query.unfinished and not ended, False
        if growing and isinstance(last, Word):
            last.open = True
            self.word = f"{last.written}…"
            end = last.at + len(last.written)
        if missing is None:
            self.meaning = text[:end] + "*" * bool(self.word) + text[end:]
        else:
            self.meaning = _readable(written(query)) if query.root.parts else ""


def read_typed(text: str, document: str | None = None, *, ended: bool = False) -> Typed:
    """Read a query that may be unfinished.

    Args:
        text: the query.
        document: the name of the only document to search in; None for all.
        ended: its last word is whole, though nothing follows it.

    Raises:
        QueryError: it is wrong, whatever may follow.
    """
    missing: QueryError | None = None
    try:
        query = read_query(text)
    except QueryError as error:
        missing = error
        query = _begun(text, error)
    typed = Typed(query, missing, text, ended)
    _add_document(query, document)
    return typed


def whole_query(db: Connection, text: str) -> tuple[str, str]:
    """Return what stands in the search field as the shell takes it.

    Args:
        db: a reader.
        text: the query as it stands there, perhaps unfinished.

    Returns:
        The query, empty when there is nothing to search for yet; and what it ends in the middle of.

    Raises:
        QueryError: it is wrong, whatever may follow.
    """
    expanded = expand(db, text)
    typed = read_typed(expanded.text, ended=expanded.ends_in_name)
    return as_written(typed, expanded, text), typed.missing.message if typed.missing else ""


def as_written(typed: Typed, expanded: Expanded, text: str) -> str:
    """Return the meaning of a query with the names of saved ones as they were written."""
    if typed.missing is not None or not typed.word:
        return typed.meaning if typed.missing is not None else text
    kept = len(expanded.text) - typed.meaning.rindex("*")
    return f"{text[: len(text) - kept]}*{text[len(text) - kept :]}"


def read_meant(text: str, document: str | None = None) -> Query:
    """Read a query that is whole: what :class:`Typed` says is the meaning of one.

    Args:
        text: the query.
        document: the name of the only document to search in; None for all.

    Raises:
        QueryError: it cannot be read.
    """
    query = read_query(text)
    _add_document(query, document)
    return query


def _add_document(query: Query, document: str | None) -> None:
    if document is not None:
        end = len(query.source)
        query.root.parts.append(Filter("doc", document, False, end, end))


def _begun(text: str, error: QueryError) -> Query:
    """Read what there is of a query that the shell would refuse with this error."""
    reader = TreeReader(text, "smart", whole=False, typing=True)
    try:
        query = reader.read()
    except QueryError:
        raise error from None
    if not _can_end(text, ")" * reader.unclosed):
        raise error
    return query


def _can_end(text: str, closing: str) -> bool:
    """Tell whether a query that cannot be read is the beginning of one that can."""
    return any(_readable(text + ending + closing) for ending in (*_ENDINGS, *_values(text)))


def _values(text: str) -> list[str]:
    """Return what ends the value of a last filter that takes certain ones only."""
    last = max(text.rfind("in:"), text.rfind("stem:"))
    name, _, begun = text[last:].partition(":") if last >= 0 else ("", "", "")
    if begun.startswith('"'):
        begun = quoted_at(begun, 0)[0]
    values = PLACES if name == "in" else LANGUAGES if name == "stem" else ()
    return [f"{value[len(begun) :]} x" for value in values if value.startswith(begun)]


def _readable(text: str) -> str:
    """Return a query if the shell would take it, else nothing."""
    try:
        read_query(text)
    except QueryError:
        return ""
    return text
