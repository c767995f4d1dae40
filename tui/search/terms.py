"""What a part of a query becomes once the vocabulary is known: which tokens, and where they stand.

Each term gives a full-text expression that every fitting passage satisfies, and finds its places
in a passage's text. Similarities are 0 to 1; 1 is exactly as typed.
"""

from __future__ import annotations

from tui.search.distance import allowed, distance
from tui.text.fold import cut, has_digit, is_paired

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.search.query import Phrase, Word
    from tui.search.rank import Term
    from tui.search.vocabulary import Vocabulary

Place = tuple[int, int, float]
"""Start and end in the passage's text (half-open), and similarity."""

_WIDEST = 1_500


class WordTerm:
    """A word and all that it reaches.

    Attributes:
        word: the word of the query.
        forms: each token it reaches with its similarity.
    """

    __slots__ = ("_edits", "forms", "word")

    def __init__(self, word: Word, forms: dict[str, int], prefixes: dict[str, float]) -> None:
        self.word = word
        self._edits = forms
        size = max(4, len(word.text))
        first = word.text[0]
        self.forms = {
            form: 1 - edits / size * (1 if form[0] == first else 1.15)
            for form, edits in forms.items()
        }
        for form, likeness in prefixes.items():
            self.forms[form] = max(likeness, self.forms.get(form, 0))

    def expression(self, exact: bool = False) -> str:
        """Return the full-text expression; empty when no passage can fit."""
        if exact:
            return f'"{self.word.text}"' if self.forms.get(self.word.text) == 1 else ""
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
        edits = self._edits.get(token)
        cased = self.word.cased or ""
        if edits is None:
            return kept.startswith(cased)
        return distance(cased, kept, 2) == edits


class CharacterTerm:
    """A single Han or Kana: found in every pair that holds it."""

    __slots__ = ("forms", "word")

    def __init__(self, word: Word, forms: list[str]) -> None:
        self.word = word
        self.forms = dict.fromkeys(forms, 1.0)

    def expression(self, exact: bool = False) -> str:
        """Return the full-text expression; empty when no passage can fit."""
        return any_of(self.forms)

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
        char = self.word.text
        return [(a, b, 1.0) for token, a, b in cut(text, pairs=False) if token == char]


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


def any_of(forms: Iterable[str]) -> str:
    """Return the full-text expression for any of some tokens; empty when there are none."""
    found = '" OR "'.join(forms)
    return f'("{found}")' if found else ""


def likely(term: Term, most: int) -> str:
    """Return the expression of a term, if need be only for the tokens that are most like it."""
    if len(term.forms) <= most or not term.is_plain():
        return term.expression()
    return any_of(sorted(term.forms, key=term.forms.__getitem__, reverse=True)[:most])


def _narrowed(text: str, vocabulary: Vocabulary) -> str:
    """Return an expression that every text with these words side by side satisfies."""
    wanted: list[str] = []
    for token in dict.fromkeys(token for token, _, _ in cut(text)):
        if len(token) == 1 and is_paired(token):
            # Beside other characters it is part of pairs in the text.
            forms = vocabulary.holding(token, at_start=False, at_end=False)
            if not forms:
                return ""
            if len(forms) <= _WIDEST:
                wanted.append(any_of(forms))
        elif vocabulary.has(token):
            wanted.append(f'"{token}"')
        else:
            return ""
    return " AND ".join(wanted) if wanted else "*"


def reach(word: Word, vocabulary: Vocabulary) -> WordTerm | CharacterTerm:
    """Return the term of one word."""
    if len(word.text) == 1 and is_paired(word.text):
        return CharacterTerm(word, vocabulary.holding(word.text, at_start=False, at_end=False))
    if word.fuzzy:
        return WordTerm(word, vocabulary.near(word.text), {})
    return WordTerm(word, {word.text: 0} if vocabulary.has(word.text) else {}, {})


def fuzziness(word: Word) -> int:
    """Return how many letters of a query word may be wrong."""
    if not word.fuzzy or has_digit(word.text) or is_paired(word.text[0]):
        return 0
    return allowed(word.text)
