"""What a query says: its words, phrases and filters, and where each of them stands in it.

A query is a small tree whose root is :class:`All`. Most queries are words, phrases and filters and
nothing else: those are read here. What joins parts in another way (``OR``, ``NOT``, parentheses and
so on) is read by :mod:`tui.search.grammar`, which is loaded only when a query looks as if it had
some of it.
"""

from __future__ import annotations

from tui.errors import QualError
from tui.search.distance import distance
from tui.text.fold import cut, is_paired

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    from tui.search.tree import Node

    Case = Literal["smart", "ignore", "sensitive"]

FILTERS = ("code", "uncoded", "doc", "coder", "in", "stem")
# Which filter was meant by one that is mistyped; ``item:`` and ``step:`` are words.
_GUESSED = ("code", "uncoded", "doc", "coder", "in")
PLACES = ("text", "memos", "codes")
JOINTS = frozenset(("AND", "OR", "NOT", "NEAR", "SENTENCE", "PARAGRAPH"))
"""Words that, in capitals, join others."""
_COMPARISONS = (">=", "<=", "!=", "=", ">", "<")
# What may mean something in other programs; all that is beyond ASCII is looked at, too.
_SIGNS = frozenset("|?*/")
OPEN_FROM = 2
"""Letters that an open word has at least."""
SOLID = ((0x0E00, 0x0F00), (0x1000, 0x10A0), (0x1780, 0x1800), (0xA9E0, 0xAA00), (0xAA60, 0xAA80))
"""Thai and Lao, Myanmar, Khmer: written without spaces, and in the index as whole stretches."""
_SOLID_FUZZY = 6
"""Letters of a word of these from which on one may be wrong."""


class QueryError(QualError):
    """A query that cannot be read; shows the place by a caret.

    Args:
        query: the whole query.
        at: code point where the trouble begins.
        message: what is wrong there.
        hint: what to write instead.
    """

    def __init__(self, query: str, at: int, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.query = query
        self.at = at


class Word:
    """One word to be found, or one pair (or single character) of Han or Kana.

    Attributes:
        text: the folded word.
        cased: the word with its capitals when they are minded, else None.
        fuzzy: letters may be wrong, as many as its length allows.
        run: which stretch of Han or Kana it is a pair of, with the place in it; else None.
        at: where it stands in the query.
        written: as it stands there.
        open: words that only begin so are meant, too: ``secur*``, or still being typed.
    """

    __slots__ = ("at", "cased", "fuzzy", "open", "run", "text", "written")

    def __init__(
        self,
        text: str,
        cased: str | None,
        fuzzy: bool,
        run: tuple[int, int] | None,
        at: int,
        written: str,
    ) -> None:
        self.written = written
        self.text = text
        self.cased = cased
        self.fuzzy = fuzzy
        self.run = run
        self.at = at
        self.open = False


class Phrase:
    """Words that stand side by side exactly as written; ``cased`` as in :class:`Word`."""

    __slots__ = ("at", "cased", "text")

    def __init__(self, text: str, cased: bool, at: int) -> None:
        self.text = text
        self.cased = cased
        self.at = at


class Pattern:
    """A regular expression, or a fixed string that was made one.

    Attributes:
        source: the expression, as written.
        ignore_case: capitals do not matter.
        fixed: the string it was made of; None for a written expression.
        whole: no letter or digit may touch what is found.
        fuzzy: the string is a word of a script without spaces, a letter of it may be wrong.
        query, at: what an error shows, and where the expression begins in it.
    """

    __slots__ = ("at", "fixed", "fuzzy", "ignore_case", "query", "source", "whole")

    def __init__(self, source: str, ignore_case: bool, fixed: str | None, whole: bool) -> None:
        self.source = source
        self.ignore_case = ignore_case
        self.fixed = fixed
        self.whole = whole
        self.fuzzy = False
        self.query = source
        self.at = 0

    def expression(self) -> str:
        """Return the expression that is looked for."""
        return rf"(?<!\w)(?:{self.source})(?!\w)" if self.whole else self.source


class Filter:
    """A condition on the passage itself.

    Attributes:
        name: one of FILTERS, or ``attribute``.
        value: what was written after the sign, quotes taken off.
        negated: a ``-`` stood before it.
        field: the attribute's name.
        sign: its comparison.
        at: where the filter, and ``value_at`` where the value, stands in the query.
    """

    __slots__ = ("at", "field", "name", "negated", "sign", "value", "value_at")

    def __init__(self, name: str, value: str, negated: bool, at: int, value_at: int) -> None:
        self.name = name
        self.value = value
        self.negated = negated
        self.at = at
        self.value_at = value_at
        self.field = ""
        self.sign = ""


class All:
    """Every part must hold."""

    __slots__ = ("parts",)

    def __init__(self, parts: list[Node]) -> None:
        self.parts = parts


class Query:
    """A query that was read.

    Attributes:
        source: as written.
        root: what must hold.
        unfinished: the last word may be the beginning of one (nothing follows it).
    """

    __slots__ = ("root", "source", "unfinished")

    def __init__(self, source: str, root: All, unfinished: bool) -> None:
        self.source = source
        self.root = root
        self.unfinished = unfinished

    def is_plain(self) -> bool:
        """Tell whether it is words, phrases, expressions and conditions on passages, all joined."""
        for part in self.root.parts:
            if isinstance(part, Filter):
                if part.name in ("in", "stem") or (part.negated and part.name == "coder"):
                    return False
            elif not isinstance(part, (Word, Phrase, Pattern)):
                return False
        return True

    def terms(self) -> list[Word | Phrase | Pattern]:
        """Return what may be found in the text; what must not be there is left out."""
        found: list[Word | Phrase | Pattern] = []
        rest: list[Node] = [self.root]
        while rest:
            node = rest.pop()
            if isinstance(node, (Word, Phrase, Pattern)):
                found.append(node)
            else:
                rest += getattr(node, "parts", ())[::-1]
        return found

    def filters(self) -> list[Filter]:
        """Return the conditions that stand beside the words, in no parentheses."""
        return [part for part in self.root.parts if isinstance(part, Filter)]

    def has_pattern(self) -> bool:
        """Tell whether some part is a written expression, whose time must be bounded."""
        rest: list[Node] = [self.root]
        while rest:
            node = rest.pop()
            if isinstance(node, Pattern) and node.fixed is None:
                return True
            rest += getattr(node, "parts", ())
            inner = getattr(node, "part", None)
            if inner is not None:
                rest.append(inner)
        return False


def read_query(
    source: str, *, case: Case = "smart", whole: bool = False, typing: bool = False
) -> Query:
    """Read a query.

    Args:
        source: what was typed.
        case: whether capitals matter; ``smart``: in each word that has one.
        whole: words are taken exactly as typed, no letter wrong.
        typing: what is only unfinished (a quote, a filter, a parenthesis) is no error yet.

    Raises:
        QueryError: a part of it that cannot be read.
    """
    if _may_join(source):
        from tui.search.grammar import TreeReader  # noqa: PLC0415 - plain queries do without

        return TreeReader(source, case, whole, typing).read()
    return Reader(source, case, whole, typing).read()


def _may_join(source: str) -> bool:
    """Tell whether a query may have a part that only the whole grammar reads."""
    if "(" in source or ")" in source or "/" in source or "stem:" in source.lower():
        return True
    return not JOINTS.isdisjoint(source.split())


def fixed_query(source: str, *, case: Case = "smart", whole: bool = False) -> Query:
    """Return a query for a fixed string: nothing in it means anything but itself."""
    return pattern_query(source, case=case, whole=whole, fixed=True)


def pattern_query(
    source: str, *, case: Case = "smart", whole: bool = False, fixed: bool = False
) -> Query:
    """Return a query for a regular expression (or fixed string)."""
    return Query(source, All([as_pattern(source, case, whole, fixed)]), unfinished=False)


def as_pattern(source: str, case: Case, whole: bool, fixed: bool) -> Pattern:
    """Return the tree's node for an expression; ``whole`` lets no letter touch what it finds."""
    # Class names such as \W are no capitals of the text that is looked for.
    letters = source if fixed else _without_escapes(source)
    expression = _escaped(source) if fixed else source
    return Pattern(expression, not _minds_case(letters, case), source if fixed else None, whole)


def _escaped(text: str) -> str:
    return "".join(char if char.isalnum() or char == "_" else "\\" + char for char in text)


def _without_escapes(source: str) -> str:
    kept, skip = [], False
    for char in source:
        if skip or char == "\\":
            skip = not skip
            continue
        kept.append(char)
    return "".join(kept)


def _minds_case(text: str, case: Case) -> bool:
    return case == "sensitive" or (case == "smart" and any(map(str.isupper, text)))


class Reader:
    """Reads one plain query from left to right; arguments as of :func:`read_query`."""

    def __init__(self, source: str, case: Case, whole: bool, typing: bool) -> None:
        self.source = source
        self.case = case
        self.whole = whole
        self.typing = typing
        self.at = 0
        self.parts: list[Node] = []
        self.runs = 0

    def read(self) -> Query:
        """Read the whole query.

        Raises:
            QueryError: a part of it that cannot be read.
        """
        while self.at < len(self.source):
            start = self.at
            if self.source[start].isspace():
                self.at += 1
            elif self.source[start] == '"' and not self._named(start, start):
                self._take_quoted(start)
            elif self.at == start and not self._filter():
                self._words()
        self._check_any(bool(self.parts))
        last = self.parts[-1] if self.parts else None
        return Query(self.source, All(self.parts), self._is_unfinished(last))

    def _check_any(self, found: bool) -> None:
        """Refuse a query in which nothing can be found."""
        if not found and not self.typing and self.source.strip():
            at = len(self.source) - len(self.source.lstrip())
            hint = 'Write a word; to find signs, put them in quotes: "!".'
            raise QueryError(self.source, at, "There is no word in this query.", hint)

    def _is_unfinished(self, last: object) -> bool:
        """Tell whether the last word could go on where the query ends."""
        if not isinstance(last, Word) or last.open or last.run or not last.fuzzy:
            return False
        rest = self.source[last.at + len(last.written) :]
        return rest in ("", "'") and len(last.text) >= OPEN_FROM

    def _take_quoted(self, start: int) -> None:
        """Read what stands in quotes: a phrase, or signs to be found as they are."""
        self.at = start
        text = self._quoted()
        if text.strip():
            self.parts.append(self._phrase(text, start))

    def _phrase(self, text: str, at: int) -> Phrase | Pattern:
        """Return the node for what stood in quotes."""
        if cut(text) and not _has_signs(text):
            return Phrase(text, self._minds(text), at)
        return self._as_written(text, at)

    def _as_written(self, text: str, at: int) -> Pattern:
        """Return the node that finds a text exactly as it is, as ``-F`` does."""
        found = as_pattern(text, self.case, self.whole, fixed=True)
        found.query, found.at = self.source, at
        return found

    def _solid(self, text: str, at: int) -> Pattern:
        """Return the node for a word of a script without spaces."""
        found = self._as_written(text, at)
        found.fuzzy = not self.whole and len(text) >= _SOLID_FUZZY and is_all_solid(text)
        return found

    def _quoted(self) -> str:
        """Read from an opening quote to past the closing one; return what stands between."""
        start = self.at
        text, end = quoted_at(self.source, start)
        if end < 0:
            if text.strip() and not self.typing:
                raise QueryError(
                    self.source, start, "This quote is not closed.", 'Write "word word".'
                )
            end = len(self.source)
        self.at = end
        return text

    def _value_end(self, start: int) -> int:
        """Return where the value of a filter ends."""
        return self._chunk_end(start)

    def _chunk_end(self, start: int) -> int:
        """Return where a stretch without spaces ends."""
        end = start
        while end < len(self.source) and not self.source[end].isspace():
            end += 1
        return end

    def _filter(self) -> bool:
        """Read a filter when one stands here."""
        start = self.at
        chunk = self.source[start : self._chunk_end(start)]
        negated = chunk.startswith("-") and len(chunk) > 1
        body = chunk[1:] if negated else chunk
        if negated and body[0] == '"':
            return self._named(start, start + 1)
        name, colon, rest = body.partition(":")
        if colon and name.isalpha():
            if name.lower() in FILTERS:
                self._read_filter(name.lower(), negated, start, start + negated + len(name) + 1)
                return True
            near = [known for known in _GUESSED if distance(name.lower(), known, 1) <= 1]
            if not self.typing and (near or (len(name) > 1 and rest and rest[:2] != "//")):
                from tui.search.faults import unknown_filter  # noqa: PLC0415 - only to refuse

                raise unknown_filter(self.source, start, name, rest, near)
        size = 0
        while size < len(body) and (body[size].isalnum() or body[size] in "_-."):
            size += 1
        if not size or not body[0].isalpha():
            return False
        return self._comparison(body[:size], start, start + negated + size)

    def _named(self, start: int, name_at: int) -> bool:
        """Read ``"attribute"=value`` when one stands here; its name may hold anything."""
        name, end = quoted_at(self.source, name_at)
        return end > 0 and bool(name.strip()) and self._comparison(name, start, end)

    def _read_filter(self, name: str, negated: bool, start: int, value_at: int) -> None:
        value = self._value(value_at, "+" if name == "code" else "")
        if name == "uncoded":
            if value:
                hint = "Write uncoded: and a space before the next word."
                raise QueryError(self.source, value_at, "uncoded: takes no value.", hint)
        elif not value:
            if self.typing:
                return
            raise QueryError(
                self.source, start, f"{name}: has no value.", f"Write {name}:NAME without a space."
            )
        if name == "in" and value not in PLACES:
            if self.typing:
                return
            raise QueryError(
                self.source,
                value_at,
                f"There is no place {value!r} to search in.",
                "Write in:text, in:memos or in:codes.",
            )
        if name == "stem" and self.typing:
            from tui.search.grammar import LANGUAGES  # noqa: PLC0415 - loaded before

            if value.casefold() not in LANGUAGES:
                return
        if name in ("in", "stem") and negated:
            raise QueryError(
                self.source, start, f"-{name}: is not known.", f"Write {name}: with what you want."
            )
        self.parts.append(Filter(name, value, negated, start, value_at))

    def _value(self, start: int, also: str = "") -> str:
        """Read a value, quoted or up to the next space; ``also`` may follow the quotes."""
        if self.source[start : start + 1] != '"':
            self.at = self._value_end(start)
            return self.source[start : self.at]
        self.at = start
        value = self._quoted()
        after = self.source[self.at : self.at + 1]
        if after and after == also:
            self.at += 1
            value += also
            after = self.source[self.at : self.at + 1]
        if after and after != ")" and not after.isspace():
            hint = "Put a space between the closing quote and what follows."
            raise QueryError(self.source, self.at, "A space is missing here.", hint)
        return value

    def _comparison(self, name: str, start: int, end: int) -> bool:
        """Read ``attribute=value`` and the like when one stands here, spaces or not.

        Args:
            name: what may be the attribute's name.
            start: where it begins, a dash before it included.
            end: where it ends.
        """
        source = self.source
        sign_at = _past_spaces(source, end)
        sign = next((sign for sign in _COMPARISONS if source.startswith(sign, sign_at)), "")
        if not sign:
            return False
        value_at = _past_spaces(source, sign_at + len(sign))
        value = self._value(value_at)
        if source[value_at : value_at + 1] != '"':
            if value[:1] in tuple("<>=") and not self.typing:
                hint = f"The comparisons are {' '.join(_COMPARISONS)}."
                raise QueryError(source, sign_at, f"There is no {sign}{value[:1]}.", hint)
            value = "" if value in JOINTS else value
        if not value:
            if self.typing:
                return True
            shown = source[start:end]
            hint = f"Write {shown}{sign}VALUE; put words that are no attribute in quotes."
            raise QueryError(source, start, f"{shown}{sign} has no value.", hint)
        made = Filter("attribute", value, source[start] == "-", start, value_at)
        made.field, made.sign = name, sign
        self.parts.append(made)
        return True

    def _words(self) -> None:
        """Read the words of one stretch without spaces."""
        start = self.at
        self.at = self._chunk_end(start)
        chunk = self.source[start : self.at]
        if not chunk.isalnum():
            if self.typing and chunk[0] == "-" and (chunk[1:2].isalpha() or chunk[1:2] == '"'):
                # The beginning of a filter that is turned round.
                if chunk[1] == '"':
                    end = quoted_at(self.source, start + 1)[1]
                    self.at = end if end > 0 else len(self.source)
                return
            odd = chunk[0] in "-!<>=" or not chunk.isascii() or not _SIGNS.isdisjoint(chunk)
            if odd and not self.typing:
                from tui.search.faults import check_signs  # noqa: PLC0415 - signs are rare

                check_signs(self.source, start, self.at)
        plain = cut(chunk)
        cased = cut(chunk, keep_case=True)
        previous_end = -1
        for (text, first, last), (kept, _, _) in zip(plain, cased, strict=True):
            written = chunk[first:last]
            if is_solid(written):
                self.parts.append(self._solid(written, start + first))
                continue
            run = None
            if is_paired(text[0]):
                # Overlapping pairs are of one stretch: each begins inside the one before.
                together = first < previous_end
                if not together:
                    self.runs += 1
                place = self._last_place() + 1 if together else 0
                run = (self.runs, place)
                previous_end = last
            minds = kept if run is None and self._minds(kept) else None
            word = Word(text, minds, not self.whole, run, start + first, written)
            word.open = chunk[last : last + 1] == "*"
            self.parts.append(word)

    def _minds(self, text: str) -> bool:
        """Tell whether the capitals of a text count."""
        return _minds_case(text, self.case)

    def _last_place(self) -> int:
        last = self.parts[-1]
        return last.run[1] if isinstance(last, Word) and last.run else 0


def quoted_at(source: str, start: int) -> tuple[str, int]:
    """Read what stands in quotes; ``\\"`` is a quote that closes nothing.

    Args:
        source: the query.
        start: where the opening quote stands.

    Returns:
        What stands between, and where the closing quote ends; -1 when there is none.
    """
    end = source.find('"', start + 1)
    if "\\" not in source:
        return (source[start + 1 : end], end + 1) if end > 0 else (source[start + 1 :], -1)
    text, at = "", start + 1
    while at < len(source) and source[at] != '"':
        at += source[at] == "\\" and source[at + 1 : at + 2] in ('"', "\\")
        text += source[at : at + 1]
        at += 1
    return text, (at + 1 if at < len(source) else -1)


def is_solid(text: str) -> bool:
    """Tell whether a text is of a script without spaces that the index does not cut."""
    if text < "\u0e00" and text.isascii():
        return False
    return any(low <= ord(char) < high for char in text for low, high in SOLID)


def is_all_solid(text: str) -> bool:
    """Tell whether every letter of a text is of such a script."""
    return all(any(low <= ord(char) < high for low, high in SOLID) for char in text)


def _has_signs(text: str) -> bool:
    """Tell whether a text has what is found only as it is written."""
    if text.isascii():
        return False
    from tui.search.faults import first_symbol  # noqa: PLC0415 - only beyond ASCII

    return is_solid(text) or first_symbol(text) >= 0


def _past_spaces(source: str, at: int) -> int:
    while at < len(source) and source[at].isspace():
        at += 1
    return at
