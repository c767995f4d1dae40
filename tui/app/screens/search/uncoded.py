"""The query that asks for hits without a code, and the same one that does not."""

from __future__ import annotations

from typing import Final

from tui.search.query import read_query

_ONLY: Final = "uncoded:"


def with_uncoded(query: str) -> str:
    """Return the query with ``uncoded:`` put to it; where it stood alone, without it.

    Args:
        query: as it was written.

    Raises:
        QueryError: it is unfinished: nothing can be put behind it.
    """
    at = _place(query)
    if at is not None:
        left = f"{query[:at].rstrip()} {query[at + len(_ONLY) :].lstrip()}".strip()
        inner = left[1:-1]
        whole = left[:1] == "(" and left[-1:] == ")" and _is_balanced(inner)
        return inner if whole and _is_loose(inner) else left
    written = query.strip()
    read_query(written if "@" not in written else "x")
    return f"({written}) {_ONLY}" if _is_loose(written) else f"{written} {_ONLY}".lstrip()


def _place(query: str) -> int | None:
    """Return where ``uncoded:`` stands in the open, as a word of its own."""
    depth, quoted, fresh = 0, False, True
    for at, char in enumerate(query):
        if fresh and not depth and not quoted and query.startswith(_ONLY, at):
            after = query[at + len(_ONLY) :]
            if not after or after[0].isspace():
                return at
        quoted ^= char == '"'
        if not quoted:
            depth += (char == "(") - (char == ")")
        fresh = char.isspace()
    return None


def _is_loose(query: str) -> bool:
    """Tell whether an OR stands in the open, which binds less than what is put beside it."""
    depth, quoted = 0, False
    for word in query.replace("(", " ( ").replace(")", " ) ").split():
        quoted ^= word.count('"') % 2 == 1
        depth += (word == "(") - (word == ")")
        if word == "OR" and depth == 0 and not quoted:
            return True
    return False


def _is_balanced(query: str) -> bool:
    """Tell whether no parenthesis is closed that was not opened here."""
    depth = 0
    for char in query:
        depth += (char == "(") - (char == ")")
        if depth < 0:
            return False
    return depth == 0
