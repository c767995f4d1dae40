"""Regular expressions and fixed strings over passages, bounded in time.

An expression whose repeats are nested can take longer than the age of the universe on a short
text, so it is refused; what remains is watched by a deadline. Loaded only for ``-e`` and ``-F``.
"""

from __future__ import annotations

import re
import sys
import time
from re import _constants, _parser  # type: ignore[attr-defined]

from tui.errors import QualError
from tui.search.query import QueryError
from tui.text.fold import cut, is_paired

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

    from tui.search.query import Pattern
    from tui.search.terms import Place
    from tui.search.vocabulary import Vocabulary

SECONDS = 10.0
"""How long one expression may take over all passages."""
SLICES = (20_000, 5_000, 600, 200)
"""Code points looked at in one piece, by the number of long repeats; the time of a piece
grows with a power of its length, and no clock can stop it outside the main thread."""
_MOST_LONG, _MOST_SHORT = 3, 10
# A repeat of at most so many is short.
_FEW = 8
_WIDEST = 1_500


class PatternTerm:
    """A compiled expression.

    Args:
        pattern: the node of the query.
        vocabulary: narrows a fixed string to the passages that may hold it.
        timed: a timer of the process stops it, so passages need not be cut into pieces.

    Raises:
        QueryError: it cannot be compiled, or could take for ever.
    """

    def __init__(self, pattern: Pattern, vocabulary: Vocabulary, timed: bool) -> None:
        self.forms: dict[str, float] = {}
        self._deadline = time.monotonic() + SECONDS
        flags = re.IGNORECASE if pattern.ignore_case else 0
        repeats = _refuse_endless(pattern.source) if pattern.fixed is None else 0
        self._slice = sys.maxsize if timed else SLICES[repeats]
        self._found = re.compile(pattern.source, flags)
        self._expression = "*"
        if pattern.fixed is not None:
            self._expression = _narrowed(pattern.fixed, vocabulary) if pattern.fixed else ""

    def expression(self, exact: bool = False) -> str:
        """Return the full-text expression; ``*`` when every passage must be read."""
        return self._expression

    def must_check(self) -> bool:
        """Tell whether the index alone cannot say that a passage fits."""
        return True

    def is_plain(self) -> bool:
        """Tell whether its places are just those of its forms."""
        return False

    def is_wide(self) -> bool:
        """Tell whether more than what was typed is reached."""
        return False

    def places(self, text: str) -> list[Place]:
        """Return where it stands in a text; empty matches do not count."""
        if time.monotonic() > self._deadline:
            raise too_slow()
        found: list[Place] = []
        start, size = 0, self._slice
        while True:
            for match in self._found.finditer(text, start, min(len(text), start + size)):
                begin, end = match.span()
                if begin < end and (not found or begin >= found[-1][1]):
                    found.append((begin, end, 1.0))
            if start + size >= len(text):
                return found
            start += size - size // 4


def too_slow() -> QualError:
    """Return the error for an expression that took too long."""
    return QualError(
        f"The expression took longer than {SECONDS:.0f} seconds and was stopped.",
        "Use fewer repeats such as .* in it.",
    )


def _refuse_endless(source: str) -> int:
    """Refuse an expression that cannot be read or whose time could explode; count its repeats."""
    try:
        tree = _parser.parse(source)
    except (re.error, OverflowError, RecursionError) as error:
        at = getattr(error, "pos", None) or 0
        message = f"The expression cannot be read: {getattr(error, 'msg', error)}."
        raise QueryError(source, at, message, "Use -F to find it as it is written.") from None
    long, short = _walk(tree, source, inside=False)
    if long > _MOST_LONG or short > _MOST_SHORT:
        _refuse(source, "has too many repeats", "Use fewer of * + ? {}, or plain words.")
    return long


def _walk(tree: object, source: str, inside: bool) -> tuple[int, int]:
    """Count long and short repeats; refuse one inside a long one, and choices or references there.

    A repeat is long when it may go beyond a few; each long one multiplies the time by the length
    of the text, each short one by its number of choices.
    """
    long = short = 0
    for operation, argument in tree:  # type: ignore[attr-defined]
        bodies, inner = _bodies(argument), inside
        if operation in (_constants.MAX_REPEAT, _constants.MIN_REPEAT):
            low, high, body = argument
            if inside and low != high:
                _refuse(source, "repeats a repeat", "Write it once, such as [abc]* for (ab?c)*.")
            long += low != high and high > _FEW
            short += low != high and high <= _FEW
            bodies, inner = [body], inside or high > _FEW
        elif inside and operation in (_constants.BRANCH, _constants.GROUPREF):
            _refuse(source, "repeats a choice", "Write [ab]* for (a|b)*, or use plain words.")
        for body in bodies:
            more_long, more_short = _walk(body, source, inner)
            long, short = long + more_long, short + more_short
    return long, short


def _refuse(source: str, what: str, hint: str) -> NoReturn:
    raise QueryError(source, 0, f"The expression {what}, which can take for ever.", hint)


def _bodies(argument: object) -> list[object]:
    """Return the subpatterns of an operation's argument."""
    if isinstance(argument, _parser.SubPattern):
        return [argument]
    if isinstance(argument, (tuple, list)):
        return [body for part in argument for body in _bodies(part)]
    return []


def _narrowed(fixed: str, vocabulary: Vocabulary) -> str:
    """Return an expression that every text with this string satisfies.

    Words inside the string stand in the text as they are; its first and last may be parts of
    longer words there.
    """
    pieces = cut(fixed, pairs=False)
    wanted: list[str] = []
    for token, start, end in pieces:
        paired = is_paired(token[0])
        # A fold that changes the number of letters may not be cut where the text is cut; the last
        # Kana may have a voicing sign after it there.
        if len(token) != end - start or (paired and token < "\u3400" and end == len(fixed)):
            continue
        opened = start == 0 or (not paired and _touches(fixed[start - 1]))
        closed = end == len(fixed) or (not paired and _touches(fixed[end]))
        if not (paired or opened or closed):
            if not vocabulary.has(token):
                return ""
            wanted.append(f'"{token}"')
            continue
        forms = vocabulary.holding(token, not (paired or opened), not (paired or closed))
        forms += vocabulary.cut_off()
        if not forms:
            return ""
        if len(forms) <= _WIDEST:
            wanted.append("(" + " OR ".join([f'"{form}"' for form in forms]) + ")")
    return " AND ".join(wanted) if wanted else "*"


def _touches(char: str) -> bool:
    """Tell whether a sign may belong to the word beside it."""
    return not char.isspace()
