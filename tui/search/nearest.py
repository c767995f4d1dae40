"""The words that are nearest to those of a query that found nothing."""

from __future__ import annotations

from tui.search.query import Phrase, Word
from tui.text.fold import cut, is_paired

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tui.search.query import Query
    from tui.search.vocabulary import Vocabulary


def nearest_words(query: Query, vocabulary: Vocabulary, count: int) -> list[tuple[str, list[str]]]:
    """Return, for each word of a query, up to ``count`` words nearest to it.

    Words of phrases are among them where no text has them: they must stand as written.
    """
    words: list[str] = []
    for term in query.terms():
        if isinstance(term, Word):
            words.append(term.text)
        elif isinstance(term, Phrase):
            tokens = [token for token, _, _ in cut(term.text)]
            words += [t for t in tokens if not is_paired(t[0]) and not vocabulary.has(t)]
    near = [(word, vocabulary.nearest(word, count + 1)) for word in dict.fromkeys(words)]
    return [(word, [w for w in found if w != word][:count]) for word, found in near if found]
