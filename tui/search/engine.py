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
from tui.search.hit import Found, Hit, add_codes, arrange
from tui.search.matching import LIVE_LIMIT as LIVE_LIMIT
from tui.search.matching import Kept, Matching
from tui.search.query import Phrase, Query, Word
from tui.search.rank import Judge
from tui.search.terms import reach
from tui.search.vocabulary import Vocabulary
from tui.store import lookup

TYPE_CHECKING = False
if TYPE_CHECKING:
    from _sqlite3 import Connection
    from collections.abc import Callable, Iterator

    from tui.search.asking import Asking
    from tui.search.filters import Scope
    from tui.search.fitting import Fitting
    from tui.search.rank import Term, Unit
    from tui.search.verdict import Verdict
    from tui.store.lookup import PassageRow

_CHECKED_EVERY = 200


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
        notes: what the reader should know about the last answer.
    """

    def __init__(self, db: Connection, coder: str, *, warm: bool = False) -> None:
        self._db = db
        self._coder = coder
        self._kept = Kept(db, warm)
        self._matching = Matching(db, self._kept, self._breathe)
        self._vocabulary = Vocabulary(db)
        self._asker: Asking | None = None
        self._warm = warm
        self.scored = True
        self.notes: list[str] = []
        self._fitting: tuple[Query, bool, int, Fitting] | None = None
        self._stopped: Callable[[], bool] = bool
        self._believed: int | None = None

    def stop_by_timer(self, timed: bool) -> None:
        """Say whether a timer of the process stops endless expressions, as the command's does."""
        if timed or self._asker:
            self._asking().timed = timed

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
        if self._asker:
            self._asker.cut = False
        if query.is_plain():
            scope = self._scope(query)
            found = Found(scope.notes if scope else [])
            terms, best = self._terms(query, typing), None if by_place else limit
            bounds = (limit, best, typing, unit, loose, partial)
            self._search_text(found, query, terms, scope, bounds)
            arrange(self._db, found, by_place, limit)
            self.add_codes(found.hits)
        else:
            from tui.search.plan import search_planned  # noqa: PLC0415 - plain ones do without

            asked = (query, limit, typing, unit)
            found = search_planned(self._asking(), asked, self._breathe, self._each_hit)
            self.notes = found.notes
            arrange(self._db, found, by_place, limit)
            self.add_codes(found.hits)
        self._believe(found.total)
        return found

    def count(self, query: Query, *, loose: bool = False) -> int:
        """Return how many hits a query has, without reading more than that needs."""
        self._refresh()
        if not query.is_plain():
            plans, self.notes = self._asking().plans(query, typing=False)
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
        rows = self._fit(query, typing).rows()
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
            for judge, terms in self._fit(query, typing).judges("sentence")
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
        for judge, found in self._fit(query, typing).judges(unit):
            for hit in self._each_hit(passage_ids, found, judge):
                hit.document = names.get(hit.document_id or 0, "")
                yield hit

    def _fit(self, query: Query, typing: bool) -> Fitting:
        """Return what fits a query; asked again for the same state of the file, the same."""
        from tui.search.fitting import Fitting  # noqa: PLC0415 - for screens only

        self._refresh()
        version, last = lookup.version(self._db), self._fitting
        if last is not None and last[0] is query and last[1:3] == (typing, version):
            return last[3]
        if query.is_plain():
            terms, scope = self._terms(query, typing), self._scope(query)
            fitting = Fitting(terms, scope, None, self._matching, self._weights, self._breathe)
        else:
            plans, self.notes = self._asking().plans(query, typing)
            fitting = Fitting([], None, plans, self._matching, self._weights, self._breathe)
        # The time that expressions may take counts from the asking.
        keeps = query.is_plain() and all(isinstance(t, (Word, Phrase)) for t in query.terms())
        self._fitting = (query, typing, version, fitting) if keeps else None
        return fitting

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
        """Return, for each word of a query, the words nearest to it; for 'nothing found'."""
        from tui.search.nearest import nearest_words  # noqa: PLC0415 - only for no hits

        return nearest_words(query, self._vocabulary, count)

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
        """Return the parts of a plain query; ``typing`` completes its last word."""
        parts = query.terms()
        if not typing and all(isinstance(part, Word) and not part.open for part in parts):
            return [reach(part, self._vocabulary) for part in parts if isinstance(part, Word)]
        return self._asking().terms(query, typing)

    def _asking(self) -> Asking:
        if self._asker is None:
            from tui.search.asking import Asking  # noqa: PLC0415 - words alone do without

            self._asker = Asking(
                self._db, self._coder, self._vocabulary, self._weights, self._breathe
            )
        return self._asker

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
        found.more |= self._asker is not None and self._asker.cut

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

    def add_codes(self, hits: list[Hit]) -> None:
        """Add the keys of the visible codings that share a character with each hit's span."""
        add_codes(self._db, self._coder, hits)

    def _refresh(self) -> None:
        """Forget what may have changed since the last question."""
        if self._warm:
            self._vocabulary.refresh()
        self._kept.refresh()

    def _breathe(self) -> None:
        if self._stopped():
            raise Cancelled


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
