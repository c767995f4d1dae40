"""Finds what a query means: complete for the shell, ranked and bounded while someone types.

The same engine serves two doors. The command makes a cold one, asks once and ends. The terminal
app keeps a warm one in a thread with its own reader: it holds on to the vocabulary, completes the
word being typed, and can be told to stop.

What fits: every word of the query within reach (:mod:`tui.search.distance`) of some token of the
passage. The full-text index answers that for plain words; capitals, phrases and expressions are
proven on the text of what it leaves. Queries with joints, and those that ask memos or codes, are
planned first (:mod:`tui.search.plan`) and decided by the same terms.
"""

from __future__ import annotations

from tui.errors import QualError
from tui.search.hit import Found, Hit
from tui.search.matching import LIVE_LIMIT as LIVE_LIMIT
from tui.search.matching import READ, Kept, Matching
from tui.search.query import Pattern, Phrase, Query, Word
from tui.search.rank import Judge
from tui.search.terms import OpenTerm, PhraseTerm, WordTerm, reach
from tui.search.vocabulary import Vocabulary
from tui.store import lookup
from tui.text.fold import cut, is_paired

TYPE_CHECKING = False
if TYPE_CHECKING:
    from _sqlite3 import Connection
    from collections.abc import Callable, Iterator

    from tui.search.filters import Scope
    from tui.search.plan import Plan
    from tui.search.rank import Term, Unit
    from tui.search.verdict import Verdict
    from tui.store.lookup import PassageRow

_CHECKED_EVERY = 200
# What belongs to no document comes after all documents.
_LAST = 1 << 62


class Cancelled(Exception):
    """The search was told to stop."""


def damaged_index() -> QualError:
    """Return what is said of an index that does not hold the text."""
    return QualError(
        "The search index of this project is damaged; the texts may well be whole.",
        "`qual check --repair` makes the index anew from them.",
    )


class Engine:
    """Searches one project through one reader.

    Args:
        db: a reader; used only in the thread that searches.
        coder: whose codings count, with those of the coders they have turned on.
        warm: keep the vocabulary between searches.

    Attributes:
        scored: the score of a hit is wanted even when it is the only one.
        timed: a timer of the process stops endless expressions (see :mod:`tui.search.pattern`).
        notes: what the reader should know about the last answer.
    """

    def __init__(self, db: Connection, coder: str, *, warm: bool = False) -> None:
        self._db = db
        self._coder = coder
        self._vocabulary = Vocabulary(db)
        self._kept = Kept(db, warm)
        self._matching = Matching(db, self._kept, self._breathe)
        self._warm = warm
        self.timed = False
        self.scored = True
        self._cut = False
        self.notes: list[str] = []
        self._stopped: Callable[[], bool] = bool
        self._believed: int | None = None

    def search(
        self,
        query: Query,
        *,
        limit: int | None = None,
        typing: bool = False,
        unit: Unit = "sentence",
        by_place: bool = False,
        loose: bool = False,
        partial: int = 0,
        cancelled: Callable[[], bool] | None = None,
    ) -> Found:
        """Find the hits of a query.

        Args:
            query: as read by :mod:`tui.search.query`.
            limit: most hits to return, best first; None for all. The total is exact either way,
                unless ``typing``.
            typing: the query is still being typed: complete its last word, and look no further
                than a live list needs.
            unit: what the span of a hit is.
            by_place: in order of documents and passages instead of relevance.
            loose: passages that miss one word of three or more are hits too.
            partial: when not ``loose``, so many of them may be added last, marked, not counted.
            cancelled: asked now and then; the search ends with :class:`Cancelled` when true.
        """
        self._stopped = cancelled or bool
        self._refresh()
        self._cut = False
        if query.is_plain():
            scope = self._scope(query)
            found = Found(scope.notes if scope else [])
            terms, best = self._terms(query, typing), None if by_place else limit
            bounds = (limit, best, typing, unit, loose, partial)
            self._search_text(found, query, terms, scope, bounds)
            self._arrange(found, by_place, limit)
        else:
            found = self._search_tree(query, limit, typing, unit, by_place)
        self._believe(found.total)
        return found

    def count(self, query: Query, *, loose: bool = False) -> int:
        """Return how many hits a query has, without reading more than that needs."""
        self._refresh()
        if not query.is_plain():
            plans, _ = self._plans(query, typing=False)
            return self._believe(sum(len(plan.rows(self._breathe)) for plan in plans))
        scope = self._scope(query)
        terms = self._terms(query, typing=False)
        rows = self._matching.complete(terms, scope, narrow=not self._warm)
        weak = len(self._matching.partial(terms, scope, set(rows))) if loose else 0
        return self._believe(len(rows) + weak)

    def passages(
        self,
        query: Query,
        *,
        typing: bool = False,
        cancelled: Callable[[], bool] | None = None,
    ) -> dict[int, list[int]]:
        """Return the ids of all passages that fit, by document, in order of the documents.

        Args:
            query: as read by :mod:`tui.search.query`.
            typing: complete its last word, as a live list does.
            cancelled: asked now and then; ends with :class:`Cancelled` when true.
        """
        self._stopped = cancelled or self._stopped
        self._refresh()
        if query.is_plain():
            rows = self._matching.complete(self._terms(query, typing), self._scope(query))
        else:
            plans, _ = self._plans(query, typing)
            rows = [row for p in plans if p.place == "text" for row in p.rows(self._breathe)]
        found: dict[int, list[int]] = {row[0]: [] for row in lookup.documents(self._db)}
        for at, (passage_id, document_id) in enumerate(lookup.documents_of(self._db, rows)):
            if at % _CHECKED_EVERY == 0:
                self._breathe()
            found.setdefault(document_id, []).append(passage_id)
        return {document_id: ids for document_id, ids in found.items() if ids}

    def places(
        self, query: Query, passage_ids: list[int], *, typing: bool = False
    ) -> list[tuple[int, int]]:
        """Return the spans of the words found in some passages of one document, in order."""
        hits = [
            hit
            for judge, terms in self._judges(query, typing, "sentence")
            for hit in self._each_hit(passage_ids, terms, judge)
        ]
        return sorted({span for hit in hits for span in hit.hits or [(hit.start, hit.end)]})

    def hits(
        self,
        query: Query,
        passage_ids: list[int],
        *,
        typing: bool = False,
        unit: Unit = "sentence",
        cancelled: Callable[[], bool] | None = None,
    ) -> Iterator[Hit]:
        """Yield the hits in some passages that fit, without their codes.

        Args:
            query: as read by :mod:`tui.search.query`.
            passage_ids: passages that fit, as :meth:`passages` gives them.
            typing: complete its last word, as a live list does.
            unit: what the span of a hit is.
            cancelled: asked now and then; ends with :class:`Cancelled` when true.
        """
        self._stopped = cancelled or bool
        names = {number: name for number, name, _ in lookup.documents(self._db)}
        for judge, found in self._judges(query, typing, unit):
            for hit in self._each_hit(passage_ids, found, judge):
                hit.document = names.get(hit.document_id or 0, "")
                yield hit

    def _judges(
        self, query: Query, typing: bool, unit: Unit
    ) -> Iterator[tuple[Judge | Verdict, list[Term]]]:
        """Yield what judges passages, with the terms that one must have of, for each plan."""
        self._refresh()
        if query.is_plain():
            terms = self._terms(query, typing)
            yield self._judge(terms, unit), terms
            return
        for plan in self._plans(query, typing)[0]:
            if plan.place == "text":
                yield _verdict(plan, unit), []

    def exists(self, query: Query) -> bool:
        """Tell whether a query has a hit, as cheaply as can be."""
        if not query.is_plain():
            return self.count(query) > 0
        if not query.filters() and all(isinstance(t, Word) and not t.cased for t in query.terms()):
            words = [t.text for t in query.terms() if isinstance(t, Word)]
            expression = " AND ".join(f'"{word}"' for word in words)
            if words and lookup.match(self._db, expression, 1):
                return True
        return self.count(query) > 0

    def _believe(self, found: int) -> int:
        """Return how many hits were found; that there are none must come from a whole index.

        Raises:
            QualError: the index is damaged.
        """
        if found or self._believed == (revision := lookup.revision(self._db)):
            return found
        from tui.store.index_doubt import is_believable  # noqa: PLC0415 - only for no hits

        if revision < 0 or not is_believable(self._db):
            raise damaged_index()
        self._believed = revision
        return found

    def around(
        self, hit: Hit, before: int, after: int, *, paragraphs: bool = False
    ) -> tuple[list[str], list[str]]:
        """Return the texts of some sentences (or paragraphs) before and after a hit."""
        from tui.search.context import around  # noqa: PLC0415 - only for -A, -B, -C

        return around(self._db, hit, before, after, paragraphs)

    def facts(self, hit: Hit) -> str:
        """Return the attributes of a hit's document as ``year=2013 role=teacher``."""
        if hit.document_id is None:
            return ""
        facts = lookup.document_attributes(self._db, hit.document_id)
        return " ".join(f"{name}={value}" for name, value in facts)

    def nearest_words(self, query: Query, count: int = 3) -> list[tuple[str, list[str]]]:
        """Return, for each word of a query, the words nearest to it; for 'nothing found'.

        Words of phrases are among them where no text has them: they must stand as written.
        """
        words: list[str] = []
        for term in query.terms():
            if isinstance(term, Word):
                words.append(term.text)
            elif isinstance(term, Phrase):
                tokens = [token for token, _, _ in cut(term.text)]
                words += [t for t in tokens if not is_paired(t[0]) and not self._vocabulary.has(t)]
        near = [(word, self._vocabulary.nearest(word, count + 1)) for word in dict.fromkeys(words)]
        return [(word, [w for w in found if w != word][:count]) for word, found in near if found]

    def _scope(self, query: Query) -> Scope | None:
        """Return what the filters leave; None when there are none."""
        self.notes = []
        if not query.filters():
            return None
        from tui.search.filters import read_filters  # noqa: PLC0415 - only with filters

        scope = read_filters(self._db, query, self._coder)
        self.notes = scope.notes
        return scope

    def _terms(self, query: Query, typing: bool) -> list[Term]:
        terms: list[Term] = []
        parts = query.terms()
        for part in parts:
            if isinstance(part, Word):
                growing = typing and query.unfinished and part is parts[-1]
                if part.open or growing:
                    terms.append(self._open(part, self._vocabulary, typing))
                else:
                    terms.append(reach(part, self._vocabulary, typing))
                    self._cut |= getattr(terms[-1], "some", False)
            else:
                terms.append(self._term(part, self._vocabulary))
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

    def _search_tree(
        self, query: Query, limit: int | None, typing: bool, unit: Unit, by_place: bool
    ) -> Found:
        """Search for a query that is more than parts that must all hold."""
        plans, notes = self._plans(query, typing)
        found = Found(notes)
        for plan in plans:
            rows = plan.rows(self._breathe, READ + 1 if typing else None)
            found.total += len(rows)
            judge = _verdict(plan, unit)
            if plan.place == "text":
                found.more = typing and len(rows) > READ
                found.hits += self._each_hit(rows[:READ] if typing else rows, [], judge)
            else:
                found.hits += self._elsewhere(plan, rows, judge)
        if found.more:
            found.total = LIVE_LIMIT if limit is None else limit
        found.more |= self._cut
        self._arrange(found, by_place, limit)
        return found

    def _plans(self, query: Query, typing: bool) -> tuple[list[Plan], list[str]]:
        """Return what a query asks of each place, and what should be said of that."""
        from tui.search.plan import Planner  # noqa: PLC0415 - plain queries do without

        terms = query.terms()
        last = terms[-1] if typing and query.unfinished and terms else None

        def make(part: Word | Phrase | Pattern, stem: str, words: Vocabulary | None) -> Term:
            vocabulary = self._vocabulary if words is None else words
            growing = isinstance(part, Word) and (part.open or part is last)
            if stem and isinstance(part, Word) and part.run is None:
                from tui.search.stems import with_stem  # noqa: PLC0415 - only for stem:

                begun = self._begun(part, vocabulary, typing) if growing else {}
                return with_stem(part, stem, vocabulary, begun, self._breathe)
            if growing and isinstance(part, Word):
                return self._open(part, vocabulary, typing)
            return self._term(part, vocabulary)

        planner = Planner(self._db, query, self._coder, make, self._weights)
        plans, self.notes = planner.plans(), planner.notes
        return plans, self.notes

    def _begun(self, word: Word, vocabulary: Vocabulary, typing: bool) -> dict[str, float]:
        """Return the words that begin as one does: all, or for a live list the likeliest."""
        from tui.search import prefix  # noqa: PLC0415 - rare in the shell

        begun = getattr(vocabulary, "begun", None)
        if begun is not None:
            found: dict[str, float] = begun(word.text, prefix.limit_of(word.text) * word.fuzzy)
            return found
        found = prefix.beginning_with(word.text, vocabulary, fuzzy=word.fuzzy, every=not typing)
        self._cut |= typing and prefix.is_cut(word.text, found)
        return found

    def _elsewhere(self, plan: Plan, rows: list[int], judge: Verdict) -> list[Hit]:
        """Return the hits among memos or codes."""
        from tui.search import elsewhere  # noqa: PLC0415 - only for in:memos and in:codes
        from tui.search.worlds import Codes, Memos  # noqa: PLC0415 - loaded before

        hits = []
        for row, text, packed in plan.world.texts(rows):
            judged = judge.judge(text, packed, row)
            if isinstance(plan.world, Memos):
                hits.append(elsewhere.memo_hit(plan.world.rows[row], judged))
            elif isinstance(plan.world, Codes):
                hits.append(elsewhere.code_hit(*plan.world.rows[row], judged))
        return hits

    def _search_text(
        self,
        found: Found,
        query: Query,
        terms: list[Term],
        scope: Scope | None,
        settings: tuple[int | None, int | None, bool, Unit, bool, int],
    ) -> None:
        """Add the hits among the passages."""
        limit, best, typing, unit, loose, partial = settings
        if typing:
            rows, found.more = self._matching.some(terms, scope, self._warm)
        else:
            narrow = not (self._warm or loose or partial)
            rows = self._matching.complete(terms, scope, narrow=narrow)
        found.total = len(rows)
        # The only hit has nothing that it could come before or after.
        alone = not (self.scored or loose or partial) and len(rows) < 2
        weights = [1.0] * len(terms) if alone else self._weights(terms)
        cuts = self._kept.cuts()
        judge = Judge(terms, weights, unit, None, cuts)
        if loose:
            missed = self._matching.partial(terms, scope, set(rows))
            found.total += len(missed)
            found.hits = self._best_hits(rows + missed, terms, judge, best)
        else:
            # A live list has those as typed first, and no more than can be judged.
            leading = rows if typing else self._matching.leading(rows, terms, best)
            found.hits = self._best_hits(leading, terms, judge, best)
            room = partial if limit is None else min(partial, limit - len(rows))
            if room > 0 and not found.more:
                growing = typing and self._warm
                missed = self._matching.nearly(terms, scope, set(rows), room, growing)
                judge = Judge(terms, weights, unit, self._almost(terms), cuts)
                weak = self._best_hits(missed, terms, judge, room)
                weak.sort(key=_by_weakness)
                del weak[room:]
                for hit in weak:
                    hit.partial = True
                found.partial = len(weak)
                found.hits += weak
        if found.more:
            # At least so many; a list cut short says its own length.
            found.total = min(found.total, LIVE_LIMIT if limit is None else limit)
        found.more |= self._cut

    def _judge(self, terms: list[Term], unit: Unit) -> Judge:
        return Judge(terms, self._weights(terms), unit)

    def _almost(self, terms: list[Term]) -> dict[str, int]:
        """Return the tokens a letter away from words too short for one, with their terms."""
        found: dict[str, int] = {}
        for at, term in enumerate(terms):
            word = getattr(term, "word", None)
            if isinstance(word, Word) and word.fuzzy and len(word.text) < 4 and word.run is None:
                found.update(dict.fromkeys(self._vocabulary.almost(word.text), at))
        return found

    def _weights(self, terms: list[Term]) -> list[float]:
        """Return how much each term counts: about the logarithm of how rare it is."""
        if len(terms) < 2:
            return [1.0] * len(terms)
        passages = self._kept.passages()
        common = self._matching.common(terms)
        return [float((1 + passages // (1 + count)).bit_length()) for count in common]

    def _each_hit(
        self, rows: list[int], terms: list[Term], judge: Judge | Verdict
    ) -> Iterator[Hit]:
        for passages in self._read(rows):
            judge.prepare([text for _, _, _, _, _, text, _ in passages])
            for passage in passages:
                hit = _hit(passage, terms, judge)
                if hit is not None:
                    yield hit

    def _best_hits(
        self, rows: list[int], terms: list[Term], judge: Judge, best: int | None
    ) -> list[Hit]:
        """Return all hits of passages, or those that can be among the ``best``, in no order."""
        if best == 0:
            return []
        if best is None or len(rows) <= 2 * best:
            # Guessing which to leave out would cost more than judging them.
            return list(self._each_hit(rows, terms, judge))
        if not best:
            return []
        hits: list[Hit] = []
        scores: list[float] = []
        least = -1.0
        for passages in self._read(rows):
            judge.prepare([text for _, _, _, _, _, text, _ in passages])
            ranked = [
                (judge.most(self._kept.words(passage[0], passage[5])), passage)
                for passage in passages
            ]
            ranked.sort(key=_by_score, reverse=True)
            for most, passage in ranked:
                if most < least:
                    break
                hit = _hit(passage, terms, judge)
                if hit is not None:
                    hits.append(hit)
                    scores.append(hit.score)
                    if len(scores) >= best:
                        scores.sort(reverse=True)
                        del scores[best:]
                        least = scores[-1]
        return [hit for hit in hits if hit.score >= least]

    def _read(self, rows: list[int]) -> Iterator[list[PassageRow]]:
        for first in range(0, len(rows), _CHECKED_EVERY):
            self._breathe()
            yield self._kept.read(rows[first : first + _CHECKED_EVERY])

    def _arrange(self, found: Found, by_place: bool, limit: int | None) -> None:
        """Put the hits in order, cut them to the limit, and add what is shown with them."""
        ids = list({hit.document_id for hit in found.hits if hit.document_id})
        documents = list(lookup.documents_placed(self._db, ids))
        order = {number: at for number, _, at in documents}
        names = {number: name for number, name, _ in documents}

        def place(hit: Hit) -> tuple[int, int, int]:
            return (order.get(hit.document_id or 0, _LAST), hit.number, hit.memo or 0)

        if by_place:
            found.hits.sort(key=lambda hit: (hit.partial, *place(hit)))
        else:
            found.hits.sort(key=lambda hit: (hit.partial, -hit.score, *place(hit)))
        if limit is not None:
            del found.hits[limit:]
        for hit in found.hits:
            hit.document = names.get(hit.document_id or 0, "")
        self.add_codes(found.hits)

    def add_codes(self, hits: list[Hit]) -> None:
        """Add the keys of the visible codings that share a character with each hit's span."""
        coder_ids = lookup.shown_coders(self._db, self._coder)
        if not coder_ids or not lookup.has_codings(self._db, coder_ids):
            return
        by_document: dict[int, list[Hit]] = {}
        for hit in hits:
            if hit.memo is None and hit.document_id is not None:
                by_document.setdefault(hit.document_id, []).append(hit)
        for document_id, listed in by_document.items():
            codings = lookup.codings(self._db, document_id, coder_ids)
            longest = max((end - start for start, end, _ in codings), default=0)
            listed.sort(key=lambda hit: hit.start)
            first = 0
            for hit in listed:
                while first < len(codings) and codings[first][0] <= hit.start - longest:
                    first += 1
                keys: dict[str, None] = {}
                for start, end, key in codings[first:]:
                    if start >= hit.end:
                        break
                    if end > hit.start:
                        keys[key] = None
                hit.codes = list(keys)

    def _refresh(self) -> None:
        """Forget what may have changed since the last question."""
        if self._warm:
            self._vocabulary.refresh()
        self._kept.refresh()

    def _breathe(self) -> None:
        if self._stopped():
            raise Cancelled


def _verdict(plan: Plan, unit: Unit) -> Verdict:
    from tui.search.verdict import Verdict  # noqa: PLC0415 - plain queries do without

    return Verdict(plan.root, unit)


def _hit(passage: PassageRow, terms: list[Term], judge: Judge | Verdict) -> Hit | None:
    """Return the hit in a passage; None when its text does not hold it after all."""
    passage_id, document_id, number, start, _, text, packed = passage
    judged = judge.judge(text, packed, passage_id)
    if terms and not judged.hits:
        return None
    hit = Hit(document_id, number, passage_id, text[judged.start : judged.end])
    hit.start, hit.end = start + judged.start, start + judged.end
    hit.hits = [(start + a, start + b) for a, b in judged.hits]
    hit.score = judged.score
    return hit


def _by_score(ranked: tuple[float, PassageRow]) -> float:
    return ranked[0]


def _by_weakness(hit: Hit) -> tuple[float, int]:
    return (-hit.score, hit.passage_id)
