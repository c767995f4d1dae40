"""Reads the whole query language: what joins words, parentheses and expressions.

From what binds most to what binds least::

    NOT x                          parentheses and phrases aside, NOT takes only what follows it
    x NEAR/5 y   x SENTENCE y      two sides (PARAGRAPH is like SENTENCE)
    x AND y      x y               one beside the other is AND
    x OR y

Capitals make a joint; ``and`` is a word. Everything that stands alone (words, phrases, filters) is
read as in a plain query.
"""

from __future__ import annotations

from tui.search.query import (
    All,
    Filter,
    Pattern,
    Phrase,
    QueryError,
    Reader,
    Word,
    as_pattern,
    is_solid,
)
from tui.search.query import Query as _Query
from tui.search.tree import Any, Near, Not, Same, has_setting

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

    from tui.search.query import Query
    from tui.search.tree import Node

LANGUAGES = (
    *("arabic", "armenian", "basque", "catalan", "czech", "danish", "dutch"),
    *("english", "esperanto", "estonian", "finnish", "french", "german", "greek"),
    *("hindi", "hungarian", "indonesian", "irish", "italian", "lithuanian", "nepali"),
    *("norwegian", "persian", "polish", "portuguese", "romanian", "russian", "serbian"),
    *("sesotho", "spanish", "swedish", "tamil", "turkish", "yiddish"),
)
"""The languages that ``stem:`` knows."""

FARTHEST = 999
"""The most words that NEAR may allow between its sides."""
_DEEPEST = 40
_SAME = ("SENTENCE", "PARAGRAPH")
_PLAIN_SIDES = (Word, Phrase)


class _Chunk:
    """The words of one stretch without spaces, or what stood in their place; never in a tree."""

    __slots__ = ("end", "parts", "start")

    def __init__(self, parts: list[Node], start: int, end: int) -> None:
        self.parts = parts
        self.start = start
        self.end = end


class TreeReader(Reader):
    """Reads one query; arguments as of :func:`tui.search.query.read_query`."""

    unclosed = 0
    """Parentheses that were still open at the end."""

    def read(self) -> Query:
        """Read the whole query.

        Raises:
            QueryError: a part of it that cannot be read.
        """
        node = self._either(0)
        while self.at < len(self.source):
            # Only a parenthesis that nothing opened ends the outermost level.
            if not self.typing:
                self._fail(self.at, "This parenthesis closes nothing.", _QUOTE_HINT)
            self.at += 1
            more = self._either(0)
            node = more if node is None else node if more is None else _joined([node, more])
        self._check_any(node is not None)
        if node is None:
            return _Query(self.source, All([]), False)
        root = node if isinstance(node, All) else All([node])
        self._check_settings(root)
        query = _Query(self.source, root, False)
        terms = query.terms()
        query.unfinished = self._is_unfinished(terms[-1] if terms else None)
        return query

    def _either(self, depth: int) -> Node | None:
        """Read what OR joins, up to a closing parenthesis or the end."""
        branches: list[Node] = []
        joint = -1
        while True:
            branch = self._both(depth)
            here = self._joint() == "OR"
            if branch is not None:
                more = branch.parts if isinstance(branch, Any) else [branch]
                branches += more
            elif not self.typing:
                if joint >= 0:
                    self._fail(joint, "OR has nothing after it.", "Write war OR peace.")
                if here:
                    self._fail(self.at, "OR has nothing before it.", "Write war OR peace.")
            if not here:
                break
            joint = self.at
            self.at += len("OR")
        if len(branches) < 2:
            return branches[0] if branches else None
        return Any(branches)

    def _both(self, depth: int) -> Node | None:
        """Read what AND joins, with or without the word."""
        parts: list[Node] = []
        joint = -1
        while True:
            word = self._joint()
            if word in ("", "OR", ")"):
                break
            if word == "AND":
                if not self.typing and (joint >= 0 or not parts):
                    at = joint if joint >= 0 else self.at
                    side = "after" if joint >= 0 else "before"
                    self._fail(at, f"AND has nothing {side} it.", "Write war AND peace.")
                joint = self.at
                self.at += len("AND")
                continue
            count = len(parts)
            found = self._sides(depth)
            if isinstance(found, _Chunk) or (isinstance(found, All) and not has_setting(found)):
                parts += found.parts
            elif found is not None:
                parts.append(found)
            if len(parts) > count:
                joint = -1
        if joint >= 0 and not self.typing:
            self._fail(joint, "AND has nothing after it.", "Write war AND peace.")
        return _joined(parts) if parts else None

    def _sides(self, depth: int) -> Node | _Chunk | None:
        """Read one operand, and what NEAR, SENTENCE or PARAGRAPH ties to it."""
        start = self.at
        left = self._operand(depth)
        made: Near | Same | None = None
        while True:
            word = self._joint()
            if word not in _SAME and not word.startswith("NEAR"):
                return made or left
            at = self.at
            self.at += len(word)
            words = self._distance(word, at)
            self._check_joint(left, made, word, at)
            # What stands before can be wrong before anything stands after.
            sides = [] if left is None or made else [self._side(left, word, start)]
            right: Node | _Chunk | None = None
            side_at = self.at
            if words is not None:
                self._joint()
                side_at = self.at
                right = self._operand(depth)
                if right is None and not self.typing:
                    self._fail(at, f"{word} has nothing after it.", f"Write war {word} peace.")
            if left is None or right is None:
                left = left or right
                continue
            sides.append(self._side(right, word, side_at))
            if made is not None:
                made.parts += sides
            elif word in _SAME:
                made = Same(sides, word, at)
            else:
                made = Near(sides, words or 0, at)

    def _check_joint(self, left: object, made: Near | Same | None, word: str, at: int) -> None:
        """Refuse a joint with nothing before it, or after another that it cannot follow."""
        if left is None and not self.typing:
            self._fail(at, f"{word} has nothing before it.", f"Write war {word} peace.")
        if made is not None and not (isinstance(made, Same) and made.unit == word):
            hint = "Join the pairs by AND: a NEAR/5 b AND b NEAR/5 c."
            self._fail(at, f"{word} cannot follow another of its kind.", hint)

    def _distance(self, word: str, at: int) -> int | None:
        """Return the number of NEAR/5 (0 for other joints); None while it is being typed."""
        if word in _SAME:
            return 0
        number = word[len("NEAR/") :]
        if number.isascii() and number.isdigit() and int(number[:9]) <= FARTHEST:
            return int(number)
        if self.typing and self.at == len(self.source):
            return None
        hint = f"Write NEAR/5: at most 5 words between the two sides; {FARTHEST} is the most."
        self._fail(at, f"{word} needs a number of words.", hint)

    def _side(self, node: Node | _Chunk, word: str, at: int) -> Node:
        """Return what may stand beside NEAR and its like; words in one stretch are a phrase."""
        if isinstance(node, _Chunk):
            if len(node.parts) > 1:
                node = self._stretch(node.parts, self.source[node.start : node.end], node.start)
            else:
                node = node.parts[0]
        elif isinstance(node, All):
            node = self._together(node) or node
        if isinstance(node, _PLAIN_SIDES) or (isinstance(node, Pattern) and word in _SAME):
            return node
        if isinstance(node, Any):
            return Any([self._side(part, word, at) for part in node.parts])
        kind = word.partition("/")[0]
        if isinstance(node, Pattern) and node.fixed and is_solid(node.fixed):
            hint = "Ask for both in one SENTENCE or PARAGRAPH."
            self._fail(
                at, f"Between words written without spaces {kind} has nothing to count.", hint
            )
        hint = f"Write (war OR peace) {word} treaty, and AND outside."
        what = 'a word, a "phrase" or (one OR another)'
        self._fail(at, f"Beside {kind} stands {what}.", hint)

    def _together(self, node: All) -> Node | None:
        """Return the phrase of words that were written without a space between them."""
        words = [part for part in node.parts if isinstance(part, Word)]
        if len(words) < len(node.parts):
            return None
        text = self.source[words[0].at : words[-1].at + len(words[-1].written)]
        spaced = any(map(str.isspace, text))
        return None if spaced else self._stretch(node.parts, text, words[0].at)

    def _stretch(self, parts: list[Node], text: str, at: int) -> Node:
        """Return what finds words that stand in one stretch."""
        for part in parts:
            if isinstance(part, Word) and part.open:
                hint = "Put AND between the words, or leave the * out."
                self._fail(part.at, "Words that stand together have no * there.", hint)
        return self._phrase(text.replace('"', " "), at)

    def _operand(self, depth: int) -> Node | _Chunk | None:
        """Read what stands alone; None when there is nothing that could be found."""
        word = self._joint()
        if word == "NOT":
            return self._left_out(depth)
        if word in ("", ")") or word in ("AND", "OR"):
            return None
        if word in _SAME or word.startswith("NEAR"):
            return None
        if word == "(":
            return self._parentheses(depth)
        start = self.at
        if not self.typing and self.source.startswith(("-(", "-/"), start):
            self._fail(start, "Words cannot be left out by a -.", "Write NOT instead.")
        if word == "/" and self._expression():
            return self._taken(0)
        before = len(self.parts)
        if self.source[start] == '"':
            if not self._named(start, start):
                self._take_quoted(start)
        elif not self._filter():
            self._words()
            words = self.parts[before:]
            del self.parts[before:]
            return _Chunk(words, start, self.at) if words else None
        return self._taken(before)

    def _taken(self, before: int) -> Node | None:
        """Take the part that was just read."""
        return self.parts.pop() if len(self.parts) > before else None

    def _left_out(self, depth: int) -> Node | None:
        at = self.at
        self._deepen(depth)
        self.at += len("NOT")
        part = self._operand(depth + 1)
        if part is None:
            if self.typing:
                return None
            self._fail(at, "NOT has nothing to leave out.", "Write war NOT peace.")
        if isinstance(part, _Chunk):
            part = _joined(part.parts)
        return Not(part, at)

    def _parentheses(self, depth: int) -> Node | None:
        at = self.at
        self._deepen(depth)
        self.at += 1
        inner = self._either(depth + 1)
        closed = self._joint() == ")"
        self.at += closed
        self.unclosed += not closed
        if not closed and not self.typing:
            self._fail(at, "This parenthesis is not closed.", _QUOTE_HINT)
        if inner is None and not self.typing:
            self._fail(
                at, "These parentheses are empty.", "Write what they hold, or leave them out."
            )
        return inner

    def _expression(self) -> bool:
        """Read an expression between slashes when one stands here."""
        start, end = self.at, self.at + 1
        after = self.source[end : end + 1]
        if not after or after.isspace() or after == "/":
            return False
        while end < len(self.source):
            if self.source[end] == "\\":
                end += 1
            elif self.source[end] == "/":
                following = self.source[end + 1 : end + 2]
                if not following or following.isspace() or following == ")":
                    break
            end += 1
        closed = end < len(self.source)
        if not closed and not self.typing:
            hint = "Write /pattern/, or put the words in quotes."
            if "/" in self.source[start + 1 : end]:
                hint = "After the last / comes a space; a / inside is written \\/."
            self._fail(start, "This expression has no / at its end.", hint)
        inner = self.source[start + 1 : end]
        self.at = min(len(self.source), end + 1)
        pattern = as_pattern(inner, self.case, self.whole, fixed=False)
        pattern.query, pattern.at = self.source, start + 1
        if closed or self._is_readable(pattern):
            self.parts.append(pattern)
        return True

    def _is_readable(self, pattern: Pattern) -> bool:
        """Tell whether an expression that is being typed can be looked for already."""
        from tui.search.pattern import compiled  # noqa: PLC0415 - loads ``re``

        try:
            compiled(pattern)
        except QueryError:
            return False
        return True

    def _check_settings(self, root: All) -> None:
        """Refuse a ``stem:`` that stands beside nothing."""
        rest: list[tuple[Node, bool]] = [(root, True)]
        while rest:
            node, beside = rest.pop()
            if isinstance(node, Filter) and node.name == "stem":
                self._check_stem(node, beside)
            more = getattr(node, "parts", ())
            stems = [p for p in more if isinstance(p, Filter) and p.name == "stem"]
            if isinstance(node, All) and len(stems) > 1 and not self.typing:
                hint = "Put each with its own words into parentheses."
                self._fail(
                    max(p.at for p in stems), "stem: stands twice beside the same words.", hint
                )
            rest += [(part, isinstance(node, All) and len(more) > len(stems)) for part in more]
            inner = getattr(node, "part", None)
            if inner is not None:
                rest.append((inner, False))

    def _check_stem(self, node: Filter, beside: bool) -> None:
        node.value = node.value.casefold()
        if node.value not in LANGUAGES:
            message = f"There are no stems for {node.value!r}."
            self._fail(node.value_at, message, f"There are: {', '.join(LANGUAGES)}.")
        if not beside and not self.typing:
            hint = "Write stem:english beside words, as in stem:english (test OR school)."
            self._fail(node.at, "stem: has no words beside it.", hint)

    def _joint(self) -> str:
        """Return what stands here: a joint, ``(``, ``)``, ``/``, or a space for anything else."""
        while self.at < len(self.source) and self.source[self.at].isspace():
            self.at += 1
        if self.at == len(self.source):
            return ""
        char = self.source[self.at]
        if char in "()/":
            return char
        if char in "ANOSP":
            chunk = self.source[self.at : self._chunk_end(self.at)]
            if chunk in ("AND", "OR", "NOT", "NEAR", *_SAME) or chunk.startswith("NEAR/"):
                return chunk
        return " "

    def _chunk_end(self, start: int) -> int:
        """Return where a stretch without spaces and parentheses ends."""
        end = start
        while end < len(self.source) and not self.source[end].isspace():
            if self.source[end] in "()":
                break
            end += 1
        return end

    def _value_end(self, start: int) -> int:
        """Return where a value ends: a parenthesis that it does not open itself is not in it."""
        end, opened = start, 0
        while end < len(self.source) and not self.source[end].isspace():
            char = self.source[end]
            opened += (char == "(") - (char == ")")
            if opened < 0:
                break
            end += 1
        return end

    def _deepen(self, depth: int) -> None:
        if depth >= _DEEPEST:
            hint = "Use fewer of them."
            self._fail(
                self.at, f"More than {_DEEPEST} parentheses and NOT stand inside each other.", hint
            )

    def _fail(self, at: int, message: str, hint: str) -> NoReturn:
        raise QueryError(self.source, at, message, hint)


_QUOTE_HINT = 'To find the sign itself, write it "in (quotes)".'


def _joined(parts: list[Node]) -> Node:
    return parts[0] if len(parts) == 1 else All(parts)
