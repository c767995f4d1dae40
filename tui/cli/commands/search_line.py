"""Reads the command line of ``qual search`` from the table in :mod:`tui.search.options`."""

from __future__ import annotations

from tui.errors import QualError
from tui.search.options import FLAG, NUMBER, OPTIONS

Values = dict[str, object]
"""Each option that was given by name; ``query`` the list of words."""

_BY_NAME = {option[0]: option for option in OPTIONS}
_BY_LETTER = {option[1]: option for option in OPTIONS if option[1]}
_FILTERS = ("code", "uncoded", "doc", "coder", "in", "stem")


class UsageError(QualError):
    """A line that cannot be understood."""

    def __init__(self, message: str, hint: str = "Try `qual search --help`.") -> None:
        super().__init__(message, hint)


def read_line(words: list[str]) -> Values:
    """Read a command line.

    Args:
        words: all that followed ``search`` (and global options before it).

    Returns:
        The options given, by name, and ``query``; ``help`` is True when it was asked for.

    Raises:
        UsageError: an unknown option, a missing or a wrong value.
    """
    given: dict[str, tuple[str, str]] = {}
    query: list[str] = []
    rest = list(reversed(words))
    while rest:
        word = rest.pop()
        if word == "--":
            query += reversed(rest)
            break
        if word.startswith("--"):
            _long(word, rest, given)
        elif word.startswith("-") and len(word) > 1 and not is_query(word):
            _letters(word, rest, given)
        else:
            query.append(word)
    # Values are looked at last: who asks for help need not have them right.
    if "help" in given:
        return {"help": True, "query": []}
    values: Values = {name: _value(name, *said) for name, said in given.items()}
    values["query"] = query
    return values


def is_query(word: str) -> bool:
    """Tell whether a word with a dash before it is of the query: ``-code:R1``, ``-year>=2013``."""
    rest = word[1:]
    if word[:1] != "-" or not rest or rest[0] == "-":
        return False
    if not (rest[0].isascii() and rest[0].isalnum()):
        return True  # no option begins so
    size = 0
    while size < len(rest) and (rest[size].isalnum() or rest[size] in "_-."):
        size += 1
    sign = rest[size : size + 2]
    if sign[:1] == ":" and rest[:size].lower() in _FILTERS:
        return True
    option = _BY_LETTER.get(rest[0])
    takes_value = option is not None and option[2] != FLAG
    return size > 1 and not takes_value and (sign[:1] in tuple(":=<>") or sign == "!=")


def parted(words: list[str]) -> list[str]:
    """Return a line with its options first and its query after ``--``, for whoever parses that.

    Args:
        words: a line as :func:`read_line` takes it.
    """
    options: list[str] = []
    query: list[str] = []
    rest = list(reversed(words))
    while rest:
        word = rest.pop()
        if word == "--":
            query += reversed(rest)
            break
        if not word.startswith("-") or len(word) == 1 or is_query(word):
            query.append(word)
            continue
        options.append(word)
        if _takes_next(word):
            if not rest:
                return words  # refused for its missing value
            options.append(rest.pop())
    return [*options, "--", *query]


def _takes_next(word: str) -> bool:
    """Tell whether the value of the last option in a word is the next word."""
    if word.startswith("--"):
        option = _BY_NAME.get(word[2:])
        return option is not None and option[2] != FLAG
    for at, letter in enumerate(word[1:], 1):
        option = _BY_LETTER.get(letter)
        if option is None or option[2] != FLAG:
            return option is not None and at == len(word) - 1
    return False


def check_values(values: Values) -> None:
    """Refuse options that exclude each other, and a search for nothing.

    Raises:
        UsageError: they do.
    """
    for one, two in _EXCLUSIVE:
        if one in values and two in values:
            raise UsageError(f"--{one} and --{two} exclude each other.")
    query = values["query"]
    assert isinstance(query, list)
    if not " ".join(query).strip() and not values.get("regexp"):
        raise UsageError("There is nothing to search for.")
    if "-" in query and len(query) > 1:
        raise UsageError("A QUERY of - reads queries from standard input and stands alone.")


_EXCLUSIVE = (
    ("ignore-case", "case-sensitive"),
    ("regexp", "fixed-strings"),
    ("json", "format"),
    ("json", "kwic"),
    ("format", "kwic"),
    ("regexp", "loose"),
    ("fixed-strings", "loose"),
    ("kwic", "context"),
    ("kwic", "after"),
    ("kwic", "before"),
)


def _long(word: str, rest: list[str], given: dict[str, tuple[str, str]]) -> None:
    name, sign, value = word[2:].partition("=")
    option = _BY_NAME.get(name)
    if option is None and name != "help":
        raise UsageError(f"There is no option --{name}.")
    if option is None or option[2] == FLAG:
        if sign:
            raise UsageError(f"--{name} takes no value.")
    elif not sign:
        if not rest:
            raise UsageError(f"--{name} needs a value.")
        value = rest.pop()
    given[name] = (f"--{name}", value)


def _letters(word: str, rest: list[str], given: dict[str, tuple[str, str]]) -> None:
    for at, letter in enumerate(word[1:], 1):
        option = _BY_LETTER.get(letter)
        if option is None and letter != "h":
            if len(word) == 2:
                raise UsageError(f"There is no option -{letter}.")
            hint = "Words are left out by NOT; a query that begins with a - follows --."
            raise UsageError(f"There is no option -{letter} in {word}.", hint)
        if option is None or option[2] == FLAG:
            given[option[0] if option else "help"] = (f"-{letter}", "")
            continue
        value = word[at + 1 :]
        if not value:
            if not rest:
                raise UsageError(f"-{letter} needs a value.")
            value = rest.pop()
        given[option[0]] = (f"-{letter}", value)
        return


def _value(name: str, shown: str, value: str) -> object:
    _, _, kind, _, choices, _ = _BY_NAME[name]
    if kind == FLAG:
        return True
    if kind == NUMBER:
        try:
            number = int(value)
        except ValueError:
            number = -1
        if number < 0:
            raise UsageError(f"{shown} needs a number from 0, not {value!r}.")
        return number
    if choices and value not in choices:
        raise UsageError(f"{shown} is one of {', '.join(choices)}, not {value!r}.")
    return value
