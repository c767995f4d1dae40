"""What a query asks of one project: its parts become terms, its joints plans.

Whole words alone, which is what most searches from the shell are, the engine reads itself.
"""

from __future__ import annotations

from tui.search.query import Pattern, Phrase, Query, Word
from tui.search.terms import OpenTerm, PhraseTerm, WordTerm, reach

TYPE_CHECKING = False
if TYPE_CHECKING:
    from _sqlite3 import Connection
    from collections.abc import Callable

    from tui.search.plan import Plan
    from tui.search.rank import Term
    from tui.search.vocabulary import Vocabulary


class Asking:
    """Makes the terms and plans of queries for one project.

    Args:
        db: a reader.
        coder: whose codings count, with those of the coders they have turned on.
        vocabulary: the words of the project.
        weigh: returns how much each of some terms counts.
        breathe: called now and then; raises when the search is to stop.

    Attributes:
        timed: a timer of the process stops endless expressions (see :mod:`tui.search.pattern`).
        cut: a word stands for more than was looked for; of a live list only.
    """

    def __init__(
        self,
        db: Connection,
        coder: str,
        vocabulary: Vocabulary,
        weigh: Callable[[list[Term]], list[float]],
        breathe: Callable[[], None],
    ) -> None:
        self._db = db
        self._coder = coder
        self._weigh = weigh
        self._breathe = breathe
        self.vocabulary = vocabulary
        self.timed = False
        self.cut = False

    def terms(self, query: Query, typing: bool) -> list[Term]:
        """Return the parts of a plain query; ``typing`` completes its last word."""
        terms: list[Term] = []
        parts = query.terms()
        for part in parts:
            if isinstance(part, Word):
                growing = typing and query.unfinished and part is parts[-1]
                if part.open or growing:
                    terms.append(self._open(part, self.vocabulary, typing))
                else:
                    terms.append(reach(part, self.vocabulary, typing))
                    self.cut |= getattr(terms[-1], "some", False)
            else:
                terms.append(self._term(part, self.vocabulary))
        return terms

    def _term(self, part: Word | Phrase | Pattern, vocabulary: Vocabulary) -> Term:
        """Return the term of a part that nobody is typing any more."""
        if isinstance(part, Word):
            return reach(part, vocabulary)
        if isinstance(part, Phrase):
            return PhraseTerm(part, vocabulary)
        if part.fuzzy:
            from tui.search.solid import SolidTerm  # noqa: PLC0415 - loads ``re``

            return SolidTerm(part, vocabulary)
        from tui.search.pattern import PatternTerm  # noqa: PLC0415 - loads ``re``

        return PatternTerm(part, vocabulary, self.timed, self._breathe)

    def _open(self, word: Word, vocabulary: Vocabulary, typing: bool) -> Term:
        """Return the term of a word that others may begin with."""
        term = reach(word, vocabulary)
        if not isinstance(term, WordTerm):
            return term
        # Of a live list the forms are bounded, and better asked for one by one.
        made = WordTerm if typing else OpenTerm
        known = vocabulary.near(word.text) if word.fuzzy else dict.fromkeys(term.forms, 0)
        return made(word, known, self._begun(word, vocabulary, typing))

    def plans(self, query: Query, typing: bool) -> tuple[list[Plan], list[str]]:
        """Return what a query asks of each place, and what should be said of that."""
        from tui.search.plan import Planner  # noqa: PLC0415 - plain queries do without

        terms = query.terms()
        last = terms[-1] if typing and query.unfinished and terms else None

        def make(part: Word | Phrase | Pattern, stem: str, words: Vocabulary | None) -> Term:
            vocabulary = self.vocabulary if words is None else words
            growing = isinstance(part, Word) and (part.open or part is last)
            if stem and isinstance(part, Word) and part.run is None:
                from tui.search.stems import with_stem  # noqa: PLC0415 - only for stem:

                begun = self._begun(part, vocabulary, typing) if growing else {}
                return with_stem(part, stem, vocabulary, begun, self._breathe)
            if growing and isinstance(part, Word):
                return self._open(part, vocabulary, typing)
            return self._term(part, vocabulary)

        planner = Planner(self._db, query, self._coder, make, self._weigh)
        return planner.plans(), planner.notes

    def _begun(self, word: Word, vocabulary: Vocabulary, typing: bool) -> dict[str, float]:
        """Return the words that begin as one does: all, or for a live list the likeliest."""
        from tui.search import prefix  # noqa: PLC0415 - rare in the shell

        begun = getattr(vocabulary, "begun", None)
        if begun is not None:
            found: dict[str, float] = begun(word.text, prefix.limit_of(word.text) * word.fuzzy)
            return found
        found = prefix.beginning_with(word.text, vocabulary, fuzzy=word.fuzzy, every=not typing)
        self.cut |= typing and prefix.is_cut(word.text, found)
        return found
