"""What is offered inside a query: ``code:R1``, ``doc:bri``, ``@wet``; its last term only.

The shell and the search field both come here. Loads nothing: names come from whoever asks.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Candidate = tuple[str, str]
    Names = Callable[[str], list[Candidate]]

# The names that a filter takes, by kind; a name may be of several kinds.
_FILTERS: dict[str, tuple[tuple[str, ...], str]] = {
    "code": (("code", "branch"), "coded with"),
    "doc": (("document",), "in a document"),
    "coder": (("coder",), "count only this coder's codings"),
    "in": ((), "search memos or codes"),
    "stem": ((), "words of one stem, in a language"),
}
_SIGNS = (">=", "<=", "!=", "=", ">", "<")
_PLAIN = frozenset("-_./+*")


def complete_query(query: str, names: Names) -> Iterator[Candidate]:
    """Yield queries that go on where one stops, each with a word about it.

    Args:
        query: what is typed so far, perhaps of several words.
        names: gives the names of a kind, as ``names_of`` in :mod:`tui.store.names`.
    """
    start = last_term(query)
    head, term = query[:start], query[start:]
    if term.startswith("@"):
        for name, about in _starting(term[1:], names("search")):
            yield f"{head}@{name}", about
        return
    if term.startswith("-"):
        head, term = head + "-", term[1:]
    field, colon, typed = term.partition(":")
    if colon and field.casefold() in _FILTERS:
        kinds = _FILTERS[field.casefold()][0]
        found = [name for kind in kinds for name in names(kind)] or _words(field.casefold())
        for name, about in _starting(typed, sorted(found)):
            yield f"{head}{field}:{_quoted(name)}", about
        return
    sign = _sign(term)
    if sign:
        name, _, typed = term.partition(sign)
        pairs = (value.partition("=") for value, _ in names("value"))
        field = name.strip('"').replace('\\"', '"').casefold()
        values = [(value, "") for known, _, value in pairs if known.casefold() == field]
        for value, _ in _starting(typed, values):
            yield f"{head}{name}{sign}{_quoted(value)}", ""
        return
    fields = [(f"{name}:", about) for name, (_, about) in _FILTERS.items()]
    fields.append(("uncoded:", "without any code"))
    for name, kind in names("attribute"):
        sign = ">=" if kind in ("number", "date") else "="
        plain = name[:1].isalpha() and all(char.isalnum() or char in "_-." for char in name)
        fields.append((f"{name}{sign}" if plain else f"{_in_quotes(name)}{sign}", kind))
    for name, about in fields:
        if name.casefold().startswith(term.casefold()):
            yield f"{head}{name}", about


def begins_name(query: str) -> bool:
    """Tell whether a query stops inside a name that can be completed, not in a word."""
    term = query[last_term(query) :]
    if term.startswith(("@", "/", '"')):
        return term.startswith("@")
    field, colon, _ = term.removeprefix("-").partition(":")
    return (bool(colon) and field.casefold() in _FILTERS) or bool(_sign(term))


def _words(field: str) -> list[Candidate]:
    """Return the values of a filter that has the same ones in every project."""
    if field == "stem":
        from tui.search.grammar import LANGUAGES  # noqa: PLC0415 - only for stem:

        return [(language, "") for language in LANGUAGES]
    return [("memos", ""), ("codes", ""), ("text", "")] if field == "in" else []


def last_term(query: str) -> int:
    """Return where the last term begins: after a space or parenthesis outside of quotes."""
    start, quoted, escaped = 0, False, False
    for at, char in enumerate(query, 1):
        if escaped or (char == "\\" and quoted):
            escaped = not escaped
        elif char == '"':
            quoted = not quoted
        elif not quoted and (char.isspace() or char == "("):
            start = at
    return start


def _sign(term: str) -> str:
    """Return the comparison in a term: the first one, the longest there."""
    from_quote = term.rfind('"', 1) if term.startswith('"') else 0
    at = min(
        (found for char in "><=!" if (found := term.find(char, max(from_quote, 0))) >= 0),
        default=-1,
    )
    return next((sign for sign in _SIGNS if at > 0 and term.startswith(sign, at)), "")


def _starting(typed: str, names: list[Candidate]) -> Iterator[Candidate]:
    folded = typed.removeprefix('"').casefold()
    for name, about in names:
        if name.casefold().startswith(folded):
            yield name, about


def _quoted(name: str) -> str:
    """Return a name as a query takes it: in quotes where it would end early."""
    plain = all(char.isalnum() or char in _PLAIN for char in name)
    return name if plain else _in_quotes(name)


def _in_quotes(name: str) -> str:
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
