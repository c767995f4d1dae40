"""Saved searches in a query: ``@name`` stands for what was saved under that name.

Both doors put the saved query in place of its name before the query is read, so that it works
inside any other. Loaded only when a query has an ``@``.
"""

from __future__ import annotations

from tui.search.distance import distance
from tui.search.query import QueryError, quoted_at, read_query
from tui.store.searches import list_searches

TYPE_CHECKING = False
if TYPE_CHECKING:
    from _sqlite3 import Connection
    from collections.abc import Iterator

_JOINTS = ("AND", "OR", "NOT", "SENTENCE", "PARAGRAPH")
_SETTINGS = ("stem:", "coder:", "-coder:")
_DEEPEST = 8
_NEAREST = 3


class Expanded:
    """A query with the saved ones in place of their names.

    Attributes:
        text: the whole query.
    """

    __slots__ = ("_pieces", "text")

    def __init__(self, text: str, pieces: list[tuple[int, int, int]]) -> None:
        self.text = text
        self._pieces = pieces

    @property
    def ends_in_name(self) -> bool:
        """Whether the query ends with a saved one: that one is whole, its last word ended."""
        return bool(self._pieces) and self._pieces[-1][1] == len(self.text)

    def place(self, at: int) -> int:
        """Return where in the query as it was written a place of ``text`` comes from.

        Args:
            at: a code point of ``text``.
        """
        shift = 0
        for start, end, written_end in self._pieces:
            if at < start:
                break
            if at < end:
                return start + shift
            shift = written_end - end
        return at + shift


def expand(db: Connection, source: str) -> Expanded:
    """Put saved queries in place of their names.

    A name stands alone or after a parenthesis or a ``-``; within quotes and between slashes an
    ``@`` is a sign like any other.

    Args:
        db: a reader.
        source: the query as it was written.

    Raises:
        QueryError: no search of that name was saved, or one leads back to itself.
    """
    names = list(_names(source))
    if not names:
        return Expanded(source, [])
    saved = {row[1].casefold(): row[2] for row in list_searches(db)}
    shown = [row[1] for row in list_searches(db)]
    joined = _is_joined(source)
    text, pieces, done = "", [], 0
    for start, end in names:
        try:
            put = _saved(source[start + 1 : end], saved, ())
        except KeyError as error:
            raise _unknown(source, start, str(error.args[0]), shown) from None
        except RecursionError:
            raise QueryError(
                source, start, f"{source[start:end]} leads back to itself.", "Save it anew."
            ) from None
        if joined or _is_joined(put):
            put = f"({put})"
        text += source[done:start]
        pieces.append((len(text), len(text) + len(put), end))
        text += put
        done = end
    return Expanded(text + source[done:], pieces)


def check_saved(db: Connection, name: str, source: str) -> None:
    """Refuse to save a query under a name that it leads back to, or one that cannot be read.

    Args:
        db: a reader.
        name: the name, without ``@``.
        source: the query as it was written.

    Raises:
        QueryError: it does, or names what was not saved, or cannot be read.
    """
    read_query(expand(db, source).text)
    saved = {row[1].casefold(): row[2] for row in list_searches(db)}
    saved[name.strip().removeprefix("@").casefold()] = source
    for start, end in _names(source):
        try:
            _saved(source[start + 1 : end], saved, (name.strip().removeprefix("@").casefold(),))
        except RecursionError:
            message = f"{source[start:end]} leads back to @{name.strip().removeprefix('@')}."
            raise QueryError(source, start, message, "Save it without that name.") from None
        except KeyError:
            continue


def users_of(db: Connection, name: str) -> list[str]:
    """Return the names of the saved searches in which a saved one stands by its name.

    Args:
        db: a reader.
        name: of the one that is asked for, without ``@``.
    """
    folded = name.strip().removeprefix("@").casefold()
    return [
        row[1]
        for row in list_searches(db)
        if any(row[2][start + 1 : end].casefold() == folded for start, end in _names(row[2]))
    ]


def _saved(name: str, saved: dict[str, str], above: tuple[str, ...]) -> str:
    """Return a saved query, with those that it names itself in their places."""
    folded = name.casefold()
    if folded not in saved:
        raise KeyError(name)
    if folded in above or len(above) > _DEEPEST:
        raise RecursionError
    query = saved[folded]
    text, done = "", 0
    joined = _is_joined(query)
    for start, end in _names(query):
        put = _saved(query[start + 1 : end], saved, (*above, folded))
        text += query[done:start] + (f"({put})" if joined or _is_joined(put) else put)
        done = end
    return text + query[done:]


def _is_joined(query: str) -> bool:
    """Tell whether parentheses have to hold a query together.

    So they do where more than AND joins it, or where it names a language or a coder: those speak
    of all that stands beside them.
    """
    words = query.replace("(", " ").replace(")", " ").split()
    return any(
        word in _JOINTS or word.startswith("NEAR/") or word.casefold().startswith(_SETTINGS)
        for word in words
    )


def _names(source: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each ``@name``, the sign included."""
    at, fresh = 0, True
    while at < len(source):
        char = source[at]
        if char == '"' or (char == "/" and fresh):
            end = quoted_at(source, at)[1] if char == '"' else source.find(char, at + 1) + 1
            at = end if end > 0 else len(source)
            fresh = False
            continue
        if char == "@" and fresh:
            end = at + 1
            while end < len(source) and (source[end].isalnum() or source[end] in "_.-"):
                end += 1
            while source[end - 1] == ".":
                end -= 1
            if end > at + 1:
                yield at, end
            at, fresh = max(end, at + 1), False
            continue
        fresh = char.isspace() or char == "("
        at += 1


def _unknown(source: str, at: int, name: str, names: list[str]) -> QueryError:
    folded = name.casefold()
    near = [each for each in names if folded in each.casefold()]
    near += [each for each in names if each not in near and distance(each, name, 2) <= 2]
    if near:
        hint = "Saved: " + ", ".join(f"@{each}" for each in near[:_NEAREST]) + "."
    elif names:
        hint = f'The saved ones have other names; "@{name}" in quotes finds the word.'
    else:
        hint = f'None is saved yet; "@{name}" in quotes finds the word.'
    return QueryError(source, at, f"There is no saved search @{name}.", hint)
