"""Regular expressions and fixed strings over passages, bounded in time.

Some expressions can take longer than the age of the universe on a short text. In the command a
timer of the process stops them. A thread has no such timer: there an expression is matched right
away only where its repeats cannot take long on a text of that length, and else in a process apart
(:mod:`tui.search.apart`). Either way the answer is complete, or an error says that there is none.
Loaded only for expressions, ``-e`` and ``-F``.
"""

from __future__ import annotations

import re
import time
import warnings

from tui.errors import QualError
from tui.search.query import QueryError, is_all_solid
from tui.text.fold import cut, is_paired

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tui.search.query import Pattern
    from tui.search.terms import Place
    from tui.search.vocabulary import Vocabulary

SECONDS = 10.0
"""How long one expression may take over all passages."""
# Steps of a match that a thread may take at once: some hundredths of a second.
_STEPS = 1_000_000
# A repeat of at most so many is short.
_FEW = 8
_WIDEST = 1_500
_KEPT = 5_000


class PatternTerm:
    """A compiled expression.

    Args:
        pattern: the node of the query.
        vocabulary: narrows a fixed string to the passages that may hold it.
        timed: a timer of the process stops it.
        breathe: called now and then while it is matched apart; what it raises ends that.

    Raises:
        QueryError: it cannot be compiled.
    """

    def __init__(
        self,
        pattern: Pattern,
        vocabulary: Vocabulary,
        timed: bool,
        breathe: Callable[[], None] = lambda: None,
    ) -> None:
        self.forms: dict[str, float] = {}
        self._deadline = time.monotonic() + SECONDS
        self._breathe = breathe
        self._found = compiled(pattern)
        self._quick: float = float("inf")
        if pattern.fixed is None and not timed:
            self._quick = quick_length(pattern.source)
        self._known: dict[str, list[Place]] = {}
        self._expression = "*"
        if pattern.fixed is not None:
            self._expression = narrowed(pattern.fixed, vocabulary) if pattern.fixed else ""

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

    def prepare(self, texts: Iterable[str]) -> None:
        """Match at once what is matched apart, for texts that will be asked for."""
        slow = [text for text in texts if len(text) > self._quick and text not in self._known]
        if not slow:
            return
        from tui.search import apart  # noqa: PLC0415 - starts processes

        if len(self._known) > _KEPT:
            self._known.clear()
        try:
            found = apart.spans_of(
                self._found.pattern, self._found.flags, slow, self._deadline, self._breathe
            )
        except apart.TookTooLong:
            raise too_slow() from None
        for text, spans in zip(slow, found, strict=True):
            self._known[text] = [(start, end, 1.0) for start, end in spans]

    def is_late(self) -> bool:
        """Tell whether it has taken longer than it may."""
        return time.monotonic() > self._deadline

    def places(self, text: str) -> list[Place]:
        """Return where it stands in a text; empty matches do not count.

        Raises:
            QualError: it took too long.
        """
        if len(text) > self._quick:
            self.prepare([text])
            return self._known[text]
        if self.is_late():
            raise too_slow()
        spans = [match.span() for match in self._found.finditer(text)]
        return [(start, end, 1.0) for start, end in spans if start < end]


def too_slow() -> QualError:
    """Return the error for an expression that took too long."""
    return QualError(
        f"The expression took longer than {SECONDS:.0f} seconds and was stopped.",
        "Nothing is shown, for it would not be all. Write fewer repeats, none inside another.",
    )


def compiled(pattern: Pattern) -> re.Pattern[str]:
    """Compile an expression.

    Raises:
        QueryError: it cannot be read; shows the place in what was written.
    """
    flags = re.IGNORECASE if pattern.ignore_case else 0
    with warnings.catch_warnings():
        # What Python may read otherwise some day would be printed over the screen.
        warnings.simplefilter("ignore")
        try:
            # First as written, for the place of an error.
            re.compile(pattern.source, flags)
            return re.compile(_in_both_forms(pattern), flags)
        except (re.error, OverflowError, RecursionError, MemoryError) as error:
            at = min(pattern.at + (getattr(error, "pos", None) or 0), len(pattern.query))
            message = f"The expression cannot be read: {getattr(error, 'msg', error)}."
            raise QueryError(pattern.query, at, message, _way_out(str(error))) from None


def _way_out(fault: str) -> str:
    """Return what to write instead of an expression that Python refuses."""
    if "bad escape \\" in fault:
        return "There are \\w \\d \\s \\b and \\W \\D \\S \\B; [^\\W\\d_] is a letter."
    if "look-behind" in fault:
        return "What stands after (?<= has one length: (?<=ab), not (?<=a+)."
    if "too large" in fault or "min repeat" in fault:
        return "Write the smaller number first, and none so large: a{2,5}."
    return "Put a \\ before a sign that means itself (in a shell, -F does)."


def _in_both_forms(pattern: Pattern) -> str:
    """Return the expression to be looked for, its accents on their letters or after them.

    Letters between brackets stay as they are: a bracket takes one character.
    """
    source = pattern.expression()
    if source.isascii():
        return source
    import unicodedata  # noqa: PLC0415 - only beyond ASCII

    whole = source if pattern.fixed is None else unicodedata.normalize("NFC", pattern.fixed)
    made, inside, skip = "", False, False
    for char in whole:
        if pattern.fixed is None:
            if skip or char == "\\":
                skip = not skip
                made += char
                continue
            inside = (inside or char == "[") and char != "]"
        apart = unicodedata.normalize("NFD", char)
        plain = char if pattern.fixed is None else re.escape(char)
        both = apart != char and not inside
        made += f"(?:{plain}|{apart})" if both else plain
    if pattern.fixed is not None:
        # As it was written, too: some signs have a normal form that is another sign.
        made = f"(?:{re.escape(pattern.fixed)}|{made})"
        return rf"(?<!\w){made}(?!\w)" if pattern.whole else made
    return made


def quick_length(source: str) -> int:
    """Return up to which length of a text an expression surely takes no time worth a word.

    Each long repeat multiplies the time by the length of the text, each short one by its number
    of choices; a repeat inside a repeat, or choices there, can do worse.
    """
    try:
        # These have no place in the documentation; without them everything is matched apart.
        from re import _parser  # type: ignore[attr-defined]  # noqa: PLC0415

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            long, short = _walk(_parser.parse(source), inside=False)
    except (ImportError, AttributeError, _Wild):
        return 0
    steps = _STEPS / (_FEW + 1) ** short
    return int(steps ** (1 / (long + 1)))


class _Wild(Exception):
    """An expression whose time may explode."""


def _walk(tree: object, inside: bool) -> tuple[int, int]:
    """Count long and short repeats; raises :class:`_Wild` for one inside a long one."""
    from re import _constants, _parser  # type: ignore[attr-defined]  # noqa: PLC0415

    repeats = (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT)
    long = short = 0
    for operation, argument in tree:  # type: ignore[attr-defined]
        bodies, inner = _bodies(argument, _parser.SubPattern), inside
        if operation in repeats:
            low, high, body = argument
            if inside and low != high:
                raise _Wild
            long += low != high and high > _FEW
            short += low != high and high <= _FEW
            bodies, inner = [body], inside or high > _FEW
        elif inside and operation in (_constants.BRANCH, _constants.GROUPREF):
            raise _Wild
        for body in bodies:
            more_long, more_short = _walk(body, inner)
            long, short = long + more_long, short + more_short
    return long, short


def _bodies(argument: object, kind: type) -> list[object]:
    """Return the subpatterns of an operation's argument."""
    if isinstance(argument, kind):
        return [argument]
    if isinstance(argument, (tuple, list)):
        return [body for part in argument for body in _bodies(part, kind)]
    return []


def narrowed(fixed: str, vocabulary: Vocabulary) -> str:
    """Return an expression that every text with this string satisfies; empty when none can.

    Words inside the string stand in the text as they are; its first and last may be parts of
    longer words there.
    """
    pieces = cut(fixed, pairs=False)
    wanted: list[str] = []
    for token, start, end in pieces:
        paired = is_paired(token[0])
        # A fold that changes the number of letters may not be cut where the text is cut; the last
        # Kana may have a voicing sign after it there.
        same = len(token) == end - start or _folds_by_letter(fixed[start:end])
        # Of U+1025 and the sign after it the fold makes one letter.
        if not same or "\u1025" in token or (paired and token < "\u3400" and end == len(fixed)):
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


def _folds_by_letter(text: str) -> bool:
    """Tell whether a part of a word folds to a part of what the word folds to, marks left out."""
    return is_all_solid(text) and not any("\u1000" <= char < "\u10a0" for char in text)


def _touches(char: str) -> bool:
    """Tell whether a sign may belong to the word beside it."""
    return not char.isspace()
