"""What a part of a query becomes once the vocabulary is known: which tokens, and where they stand.

Each term gives a full-text expression that every fitting passage satisfies, and finds its places
in a passage's text. Similarities are 0 to 1; 1 is exactly as typed.
"""

from __future__ import annotations

from tui.search.distance import allowed, distance
from tui.text.fold import cut, find_character, has_digit, is_paired, tokens

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from tui.search.query import Phrase, Word
    from tui.search.rank import Term
    from tui.search.vocabulary import Vocabulary

Place = tuple[int, int, float]
"""Start and end in the passage's text (half-open), and similarity."""

_WIDEST = 1_500
# Of more tokens than so many, the index compares those of a bunch first, then the bunches.
_FLAT, _BUNCH = 100, 24
# Pairs with a character that a live list asks for one by one.
_LIVE = 240


class WordTerm:
    """A word and all that it reaches.

    Args:
        word: the word of the query.
        edits: each token it reaches, with the letters that are wrong in it; None when that is not
            known: the vocabulary is asked if it must be.
        prefixes: tokens that begin like it, with their similarity.
        vocabulary: asked for ``edits`` that are None.

    Attributes:
        word: the word of the query.
        seen: what it reaches in the texts that were looked at, with the similarity, when
            :meth:`sees` has looked; enough for whoever judges those texts.
    """

    __slots__ = ("_edits", "_forms", "_prefixes", "_vocabulary", "seen", "word")

    def __init__(
        self,
        word: Word,
        edits: dict[str, int] | None,
        prefixes: dict[str, float],
        vocabulary: Vocabulary | None = None,
    ) -> None:
        self.word = word
        self.seen: dict[str, float] | None = None
        self._edits = edits
        self._forms: dict[str, float] | None = None
        self._prefixes = prefixes
        self._vocabulary = vocabulary

    @property
    def forms(self) -> dict[str, float]:
        """Each token it reaches with its similarity."""
        if self._forms is None:
            forms = {form: self._likeness(form, edits) for form, edits in self._reached().items()}
            for form, likeness in self._prefixes.items():
                forms[form] = max(likeness, forms.get(form, 0))
            self._forms = forms
        return self._forms

    def _reached(self) -> dict[str, int]:
        if self._edits is None:
            assert self._vocabulary is not None
            text, has = self.word.text, self._vocabulary.has
            if self.word.fuzzy:
                self._edits = self._vocabulary.near(text)
            else:
                self._edits = {text: 0} if has(text) else {}
        return self._edits

    def _likeness(self, form: str, edits: int) -> float:
        text = self.word.text
        return 1 - edits / max(4, len(text)) * (1 if form[0] == text[0] else 1.15)

    def is_open(self) -> bool:
        """Tell whether nobody has asked yet what it reaches."""
        return self._edits is None

    def sees(self, held: Iterable[str]) -> bool:
        """Tell whether a text with these tokens has it, without asking the vocabulary."""
        if self.seen is None:
            self.seen = {}
        text, limit, found = self.word.text, fuzziness(self.word), False
        least, most, letters = len(text) - limit, len(text) + limit, frozenset(text)
        for token in held:
            if token in self.seen:
                found = True
            # An edit takes one letter at most: few tokens need to be looked at more closely.
            elif least <= len(token) <= most and len(letters.difference(token)) <= limit:
                edits = distance(text, token, limit)
                if edits <= limit:
                    self.seen[token] = self._likeness(token, edits)
                    found = True
        return found

    def best(self) -> str:
        """Return the token that is most like it; empty when it reaches none."""
        if self._edits is None and self._vocabulary is not None:
            text = self.word.text
            if self._vocabulary.has(text):
                return text
        return max(self.forms, key=self.forms.__getitem__, default="")

    def expression(self, exact: bool = False) -> str:
        """Return the full-text expression; empty when no passage can fit."""
        text = self.word.text
        if exact:
            return f'"{text}"' if self.forms.get(text) == 1 else ""
        if self._edits is None and not fuzziness(self.word):
            # The index itself says whether there is one.
            return f'"{text}"'
        return any_of(self.forms)

    def must_check(self) -> bool:
        """Tell whether the index alone cannot say that a passage fits."""
        return self.word.cased is not None

    def is_plain(self) -> bool:
        """Tell whether its places are just those of its forms."""
        return self.word.cased is None

    def is_wide(self) -> bool:
        """Tell whether more than the word itself is reached."""
        return len(self.forms) > 1 or self.word.text not in self.forms

    def places(self, text: str) -> list[Place]:
        """Return where it stands in a text."""
        found = []
        if self.word.cased is None:
            for token, start, end in cut(text):
                likeness = self.forms.get(token)
                if likeness is not None:
                    found.append((start, end, likeness))
            return found
        for (token, start, end), (kept, _, _) in zip(
            cut(text), cut(text, keep_case=True), strict=True
        ):
            likeness = self.forms.get(token)
            if likeness is not None and self._fits_case(token, kept):
                found.append((start, end, likeness))
        return found

    def _fits_case(self, token: str, kept: str) -> bool:
        """Tell whether no letter differs by its case only."""
        edits = self._reached().get(token)
        cased = self.word.cased or ""
        if edits is None or (self.word.open and kept.startswith(cased)):
            return kept.startswith(cased)
        return distance(cased, kept, 2) == edits


class OpenTerm(WordTerm):
    """A word with all that begins so; the index is asked for those by their beginning."""

    __slots__ = ()

    def expression(self, exact: bool = False) -> str:
        """Return the full-text expression; empty when no passage can fit."""
        start = self.word.text
        others = [form for form in self.forms if not form.startswith(start)]
        if exact or len(others) == len(self.forms):
            return super().expression(exact)
        return f'("{start}" * OR {any_of([start, *others])})'


class CharacterTerm:
    """A single Han or Kana: found in every pair that holds it.

    Args:
        word: the word of the query.
        forms: the pairs.
        some: they are not all; with those that begin with it, enough for a live list.
    """

    __slots__ = ("forms", "some", "word")

    def __init__(self, word: Word, forms: list[str], some: bool = False) -> None:
        self.word = word
        self.forms = dict.fromkeys(forms, 1.0)
        self.some = some

    def expression(self, exact: bool = False) -> str:
        """Return the full-text expression; empty when no passage can fit."""
        char = self.word.text
        others = [form for form in self.forms if not form.startswith(char)]
        if len(others) == len(self.forms) and not self.some:
            return any_of(others)
        # Those that begin with it lie side by side in the index.
        return f'("{char}" * OR {any_of(others)})' if others else f'("{char}" *)'

    def must_check(self) -> bool:
        """Tell whether the index alone cannot say that a passage fits."""
        return False

    def is_plain(self) -> bool:
        """Tell whether its places are just those of its forms: no, those are the pairs."""
        return False

    def is_wide(self) -> bool:
        """Tell whether more than the word itself is reached: never, it is what was typed."""
        return False

    def places(self, text: str) -> list[Place]:
        """Return where it stands in a text."""
        return [(start, end, 1.0) for start, end in find_character(text, self.word.text)]


class PhraseTerm:
    """Words side by side, exactly as written."""

    __slots__ = ("_cased", "_expression", "_units", "forms")

    def __init__(self, phrase: Phrase, vocabulary: Vocabulary) -> None:
        self._cased = phrase.cased
        self._units = [u for u, _, _ in cut(phrase.text, keep_case=phrase.cased, pairs=False)]
        self.forms: dict[str, float] = {}
        self._expression = _narrowed(phrase.text, vocabulary)

    def expression(self, exact: bool = False) -> str:
        """Return the full-text expression; ``*`` when every passage must be read."""
        return self._expression if self._units else ""

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
        """Return where it stands in a text; a phrase without a word stands nowhere."""
        if not self._units:
            return []
        units = cut(text, keep_case=self._cased, pairs=False)
        wanted, size = self._units, len(self._units)
        found: list[Place] = []
        for at in range(len(units) - size + 1):
            if units[at][0] == wanted[0] and [u for u, _, _ in units[at : at + size]] == wanted:
                found.append((units[at][1], units[at + size - 1][2], 1.0))
        return found


def best_of(term: Term) -> str:
    """Return the token that is most like a term; empty when it reaches none."""
    if isinstance(term, WordTerm):
        return term.best()
    return max(term.forms, key=term.forms.__getitem__, default="")


def narrowed(
    terms: Sequence[Term],
    few: int,
    match: Callable[[list[str], int], list[int]],
    read: Callable[[list[int]], Iterable[tuple[int, str]]],
) -> list[int] | None:
    """Return the passages with all words, if few hold the first that are asked for; else None.

    Those few are read: that is less work than finding all that the other words reach.

    Args:
        terms: the parts of the query.
        few: so many are read.
        match: returns the passages that fit some expressions, up to a limit.
        read: yields their ids and texts.
    """
    words = [t for t in terms if isinstance(t, WordTerm) and t.is_open() and t.is_plain()]
    if len(words) < max(2, len(terms)):
        return None
    # What numbers and the like reach is known, and of shorter words it is found sooner.
    words.sort(key=lambda term: (fuzziness(term.word), -len(term.word.text)))
    expressions: list[str] = []
    for at, term in enumerate(words, 1):
        expressions.append(term.expression())
        if not expressions[-1]:
            return []
        rest = words[at:]
        if rest and not fuzziness(rest[0].word):
            continue
        rows = match(expressions, few + 1 if rest else -1)
        if not rest:
            return rows
        if len(rows) <= few:
            kept = []
            for row, text in read(rows):
                held = tokens(text)
                if all(term.sees(held) for term in rest):
                    kept.append(row)
            return sorted(kept)
    return None


def any_of(forms: Collection[str]) -> str:
    """Return the full-text expression for any of some tokens; empty when there are none."""
    if len(forms) <= _FLAT:
        found = '" OR "'.join(forms)
        return f'("{found}")' if found else ""
    # At every passage the index looks at each token of an OR, so that many are better apart. It
    # would join an OR with the one around it; what no text has (a sign) keeps it from that.
    listed = list(forms)
    bunches = [listed[at : at + _BUNCH] for at in range(0, len(listed), _BUNCH)]
    together = ['" OR "'.join(bunch) for bunch in bunches]
    return "(" + " OR ".join([f'(("{bunch}") NOT "!")' for bunch in together]) + ")"


def likely(term: Term, most: int) -> str:
    """Return the expression of a term, if need be only for the tokens that are most like it."""
    if len(term.forms) <= most or not term.is_plain():
        return term.expression()
    return any_of(sorted(term.forms, key=term.forms.__getitem__, reverse=True)[:most])


def _narrowed(text: str, vocabulary: Vocabulary) -> str:
    """Return an expression that every text with these words side by side satisfies."""
    units = [unit for unit, _, _ in cut(text, pairs=False)]
    paired = [False, *map(is_paired, [unit[0] for unit in units]), False]
    wanted: dict[str, None] = {}
    for at, unit in enumerate(units):
        if not paired[at + 1]:
            found = f'"{unit}"' if vocabulary.has(unit) else ""
        elif paired[at + 2]:
            found = _beside(unit, units[at + 1], vocabulary)
        elif paired[at]:
            continue
        else:
            # Beside other characters it is part of pairs in the text.
            found = _bounded(vocabulary.holding(unit, at_start=False, at_end=False))
        if not found:
            return ""
        wanted[found] = None
    return " AND ".join([one for one in wanted if one != "*"]) or "*"


def _beside(one: str, two: str, vocabulary: Vocabulary) -> str:
    """Return the expression of two characters side by side: a pair, or with a sign between them."""
    pair = f'"{one}{two}"' if vocabulary.has(one + two) else ""
    ends = _bounded(vocabulary.holding(one, at_start=False, at_end=True))
    begins = _bounded(vocabulary.holding(two, at_start=True, at_end=False))
    if not ends or not begins:
        return pair
    if "*" in (ends, begins):
        return "*"
    return f"({pair} OR ({ends} AND {begins}))" if pair else f"({ends} AND {begins})"


def _bounded(forms: list[str]) -> str:
    return any_of(forms) if len(forms) <= _WIDEST else "*"


def reach(word: Word, vocabulary: Vocabulary, some: bool = False) -> WordTerm | CharacterTerm:
    """Return the term of one word.

    Args:
        word: a word of the query.
        vocabulary: the words of the texts.
        some: of what a single character stands in, enough for a live list may do.
    """
    if len(word.text) == 1 and is_paired(word.text):
        if some:
            forms = vocabulary.holding(word.text, at_start=False, at_end=False, most=_LIVE)
            return CharacterTerm(word, forms, some=len(forms) >= _LIVE)
        return CharacterTerm(word, vocabulary.holding(word.text, at_start=False, at_end=False))
    return WordTerm(word, None, {}, vocabulary)


def fuzziness(word: Word) -> int:
    """Return how many letters of a query word may be wrong."""
    if not word.fuzzy or has_digit(word.text) or is_paired(word.text[0]):
        return 0
    return allowed(word.text)
