"""Words of one stem, for ``stem:LANGUAGE``; loaded only for that.

Stems are those of the Snowball stemmers, taken of words as the index holds them: in small letters
and without accents, on both sides. A word then reaches every word of the project whose stem equals
its own, and none other: no letter may be wrong. Numbers and Han have no stems.
"""

from __future__ import annotations

from tui.search.query import Word
from tui.search.terms import WordTerm
from tui.text.fold import has_digit, is_paired

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tui.search.vocabulary import Vocabulary

FIRST_STAYS = frozenset(
    (
        *("basque", "catalan", "danish", "english", "finnish", "french", "german", "hungarian"),
        *("italian", "norwegian", "portuguese", "romanian", "russian", "spanish", "swedish"),
    )
)
"""Languages whose stemmer leaves the first letter: only words that begin with it are compared."""
_LIKENESS = 0.95
_BREATH = 2_000


class StemTerm(WordTerm):
    """A word and all of its stem.

    Capitals that count must agree up to the first letter in which the words differ.
    """

    __slots__ = ()

    def _fits_case(self, token: str, kept: str) -> bool:
        for wanted, found in zip(self.word.cased or "", kept, strict=False):
            if wanted != found:
                return wanted.casefold() != found.casefold()
        return True


def with_stem(
    word: Word,
    language: str,
    vocabulary: Vocabulary,
    prefixes: dict[str, float],
    breathe: Callable[[], None],
) -> StemTerm:
    """Return the term of a word with all forms of its stem.

    Args:
        word: of the query; not one of Han or Kana.
        language: one that Snowball knows.
        vocabulary: the words of the project.
        prefixes: further forms with their likeness, while the word is being typed.
        breathe: called now and then; what it raises ends the search.
    """
    forms = {word.text: 0} if vocabulary.has(word.text) else {}
    near = dict(prefixes)
    if not has_digit(word.text):
        first = word.text[0] if language in FIRST_STAYS else ""
        stem = _stemmer(language)
        for form in _by_stem(language, first, vocabulary, breathe).get(stem(word.text), ()):
            if form != word.text:
                near[form] = _LIKENESS
    return StemTerm(word, forms, near)


def _stemmer(language: str) -> Callable[[str], str]:
    from snowballstemmer import stemmer  # noqa: PLC0415 - loads the stemmers of all languages

    stem: Callable[[str], str] = stemmer(language).stemWord
    return stem


def _by_stem(
    language: str, first: str, vocabulary: Vocabulary, breathe: Callable[[], None]
) -> dict[str, list[str]]:
    """Return the words that begin with a letter by their stem; kept as long as the vocabulary."""
    known = vocabulary.stems.get((language, first))
    if known is None:
        stem = _stemmer(language)
        known = {}
        forms: Iterable[str] = vocabulary.every()
        if first:
            forms = vocabulary.holding(first, at_start=True, at_end=False)
        for at, form in enumerate(forms):
            if at % _BREATH == 0:
                breathe()
            if not has_digit(form) and not is_paired(form[0]):
                known.setdefault(stem(form), []).append(form)
        vocabulary.stems[language, first] = known
    return known
