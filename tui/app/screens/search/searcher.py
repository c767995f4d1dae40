"""The thread that searches while someone types; only the newest question counts."""

from __future__ import annotations

import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from tui.app.work import in_thread, log_error
from tui.errors import QualError
from tui.project.spans import Unit
from tui.search.engine import LIVE_LIMIT, Cancelled, Engine, damaged_index
from tui.search.hit import Hit
from tui.search.query import All, Filter, Phrase, Query, QueryError, Word, read_query
from tui.search.saved import Expanded, expand
from tui.search.typed import as_written, read_meant, read_typed
from tui.store import lookup
from tui.store.reader import open_reader
from tui.text.fold import cut, is_paired

_PARTIAL = 20
"""So many passages that miss a word may follow the hits."""
_REST = 0.4
"""Seconds without a key after which the query is taken for whole and all hits are counted."""
_SHORT = "A word is taken for the beginning of others from two letters on."
_WORDS = 6
"""So many words of a query that found nothing are looked into."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked."""

    serial: int
    query: str
    unit: Unit = "sentence"


@dataclass(frozen=True, slots=True)
class Nearest:
    """A word of a query that found nothing."""

    word: str
    place: tuple[int, int] | None
    """Where it stands in the query as it was written; None inside a saved search."""
    count: int
    """Passages that have it, just as it is."""
    words: tuple[tuple[str, int], ...]
    """The words nearest to it, each with how many passages have it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question led to."""

    serial: int
    """The number of the question."""
    query: str
    hits: tuple[Hit, ...] = ()
    """Best first; those that miss a word last."""
    total: str = "0"
    """How many fit, as shown: ``37`` or ``150+``."""
    notes: tuple[str, ...] = ()
    nearest: tuple[Nearest, ...] = ()
    """When nothing fits: the words of the query, those of phrases among them."""
    without: tuple[str, int] = ("", 0)
    """When nothing fits: the conditions beside the words, and how many would fit without them."""
    joined: bool = False
    """More is asked for than that all its words stand in one passage."""
    error: str = ""
    hint: str = ""
    at: int | None = None
    """Where in the query the trouble begins, as a code point."""
    meant: str = ""
    """What was searched for as the shell takes it, with saved searches in place of their names."""
    whole: str = ""
    """The same with the names."""
    word: str = ""
    """The last word when it may go on, as ``nato…``."""
    missing: str = ""
    """What the query ends in the middle of."""
    unit: Unit = "sentence"
    texts: Mapping[int, tuple[int, str]] = field(default_factory=dict)
    """Start and text of the passages, where the hits alone would not be understood."""
    documents: int | None = None
    """In how many documents the hits are, once all are counted."""
    spread: tuple[tuple[str, int], ...] = ()
    """The documents with how many hits each has, most first: of all, or of those listed."""

    numbers: tuple[int, ...] = ()
    """When the hits of ``spread`` are in one document: the numbers of their passages."""
    passages: int = 0
    """How many passages that document has."""

    @property
    def has_whole(self) -> bool:
        """Whether a hit has every word of the query."""
        return bool(self.hits) and not self.hits[0].partial

    @property
    def is_counted(self) -> bool:
        """Whether ``total`` is exact."""
        return "+" not in self.total

    @property
    def is_spread_whole(self) -> bool:
        """Whether ``spread`` tells of all hits."""
        return self.documents is not None


class Searcher:
    """A warm engine in a thread of its own, with a reader of its own.

    Args:
        path: the project file.
        coder: whose codings count.
        document: the name of the only document to search in; None for all.
        answered: called in the thread with each answer; once more with all hits counted, when the
            query rests.
    """

    def __init__(
        self, path: str, coder: str, document: str | None, answered: Callable[[Answer], None]
    ) -> None:
        self._path = path
        self._coder = coder
        self._document = document
        self._answered = answered
        self._wake = threading.Condition()
        self._question: Question | None = None
        self._newest = 0
        self._closed = False
        in_thread(self._run, "search")

    def ask(self, query: str, unit: Unit = "sentence") -> int:
        """Ask; whatever was asked before is given up.

        Args:
            query: what is searched for.
            unit: what the span of a hit is.

        Returns:
            The number of the question.
        """
        with self._wake:
            self._newest += 1
            self._question = Question(self._newest, query, unit)
            self._wake.notify()
            return self._newest

    def stop(self) -> None:
        """Give up what is being searched."""
        with self._wake:
            self._newest += 1
            self._question = None

    def close(self) -> None:
        """End the thread and close its reader."""
        with self._wake:
            self._closed = True
            self._newest += 1
            self._question = None
            self._wake.notify()

    def _run(self) -> None:
        try:
            db: sqlite3.Connection = open_reader(self._path)
        except QualError as error:
            self._answered(Answer(0, "", error=error.message, hint=error.hint))
            return
        try:
            engine = Engine(db, self._coder, warm=True)
            while (question := self._next()) is not None:
                try:
                    answer = self._answer(db, engine, question)
                    if question.serial != self._newest:
                        continue
                    self._answered(answer)
                    if answer.hits and answer.documents is None and self._rests(question):
                        self._answered(self._counted(db, engine, answer))
                except (Cancelled, QualError):
                    continue
        finally:
            db.close()

    def _next(self) -> Question | None:
        """Wait for a question; None when there will be none."""
        with self._wake:
            while self._question is None and not self._closed:
                self._wake.wait()
            question, self._question = self._question, None
            return question

    def _rests(self, question: Question) -> bool:
        """Wait a little; tell whether nothing else was asked meanwhile."""
        with self._wake:
            self._wake.wait_for(lambda: question.serial != self._newest, _REST)
            return question.serial == self._newest

    def _answer(self, db: sqlite3.Connection, engine: Engine, question: Question) -> Answer:
        serial, text = question.serial, question.query
        meant = Expanded(text, [])
        try:
            if "@" in text:
                meant = expand(db, text)
            typed = read_typed(meant.text, self._document, ended=meant.ends_in_name)
            missing = typed.missing.message if typed.missing else ""
            if not typed.meaning:
                return Answer(serial, text, missing=missing)
            query = typed.query
            found = engine.search(
                query,
                limit=LIVE_LIMIT,
                typing=True,
                unit=question.unit,
                partial=_PARTIAL,
                cancelled=lambda: serial != self._newest,
            )
            short = not found.total and _ends_in_a_letter(query, meant.text)
            found.notes += [_SHORT] * short
            nearest = [] if found.total or short else self._nearest(engine, query, meant, text)
            without = ("", 0) if found.total else self._without(engine, query)
        except QueryError as error:
            at = error.at if error.query == text else meant.place(error.at)
            return Answer(serial, text, error=error.message, hint=error.hint, at=at)
        except QualError as error:
            return Answer(serial, text, error=error.message, hint=error.hint)
        except Cancelled:
            raise
        except Exception as error:  # noqa: BLE001 - a thread may not die of one query
            path = log_error(error, f"searching for {text!r}")
            if isinstance(error, sqlite3.DatabaseError) and "locked" not in str(error):
                damaged = damaged_index()
                return Answer(serial, text, error=damaged.message, hint=damaged.hint)
            return Answer(serial, text, error="That search failed.", hint=f"See {path}.")
        whole = [hit for hit in found.hits if not hit.partial]
        listed = not found.more and len(whole) == found.total
        numbers, passages = _along(db, whole)
        return Answer(
            serial,
            text,
            tuple(found.hits),
            found.shown_total(),
            tuple(found.notes) + ((f"Not finished: {missing}",) if missing else ()),
            tuple(nearest),
            without=without,
            meant=typed.meaning,
            whole=as_written(typed, meant, text),
            word=typed.word,
            missing=missing,
            joined=not query.is_plain() or any(isinstance(t, Phrase) for t in query.terms()),
            unit=question.unit,
            texts=self._texts(db, found.hits) if question.unit == "hit" else {},
            documents=len({hit.document_id for hit in whole}) if listed else None,
            spread=_spread(Counter(hit.document for hit in whole if hit.document)),
            numbers=numbers,
            passages=passages,
        )

    def _texts(self, db: sqlite3.Connection, hits: list[Hit]) -> dict[int, tuple[int, str]]:
        ids = [hit.passage_id for hit in hits if hit.passage_id]
        return {row[0]: (row[3], row[5]) for row in lookup.passages(db, ids)}

    def _counted(self, db: sqlite3.Connection, engine: Engine, answer: Answer) -> Answer:
        """Return an answer with all that fits counted, and the documents it is in."""
        query = read_meant(answer.meant, self._document)
        if any(one.name == "in" for one in query.filters()):
            return answer
        found = engine.passages(query)
        total = sum(map(len, found.values()))
        names = {number: name for number, name, _ in lookup.documents(db)}
        counts = {names[number]: len(ids) for number, ids in found.items()}
        spread = _spread(counts)
        numbers: tuple[int, ...] = ()
        if len(found) == 1 and answer.passages:
            ids = next(iter(found.values()))
            numbers = tuple(sorted(number for _, number in lookup.numbers_of(db, ids)))
        return replace(
            answer, total=str(total), documents=len(found), spread=spread, numbers=numbers
        )

    def _without(self, engine: Engine, query: Query) -> tuple[str, int]:
        """Return the conditions of a query, and how many passages fit without them."""
        # What keeps the search to one document was put last.
        written = query.filters()[: -1 if self._document is not None else None]
        if not written or not query.terms():
            return "", 0
        parts = [part for part in query.root.parts if part not in written]
        bare = Query(query.source, All(parts), query.unfinished)
        count = sum(map(len, engine.passages(bare).values()))
        return " ".join(map(_condition, written)), count

    def _nearest(
        self, engine: Engine, query: Query, meant: Expanded, written: str
    ) -> list[Nearest]:
        """Return the words of a query that found nothing, with those nearest to them."""
        near = dict(engine.nearest_words(query))
        found: dict[str, Nearest] = {}
        words = {term.text for term in query.terms() if isinstance(term, Word)}
        for token, start, end in _tokens(query):
            if token in found or len(found) >= _WORDS:
                continue
            nearest = [(word, _count(engine, word)) for word in near.get(token, ())]
            there = tuple((word, count) for word, count in nearest if count)
            at = meant.place(start)
            # What stands in a saved search has no place of its own here.
            own = written[at : at + end - start] == meant.text[start:end]
            place = (at, at + end - start) if own else None
            # A word that reaches others is not the one that is missing.
            count = engine.count(read_query(token)) if token in words else _count(engine, token)
            found[token] = Nearest(token, place, count, there)
        return list(found.values())


def _ends_in_a_letter(query: Query, text: str) -> bool:
    """Tell whether a query stops at the first letter of a word, which finds nothing yet."""
    terms = query.terms()
    last = terms[-1] if terms else None
    if not isinstance(last, Word) or last.run is not None or len(last.text) > 1:
        return False
    return last.at + len(last.written) == len(text)


def _tokens(query: Query) -> Iterator[tuple[str, int, int]]:
    """Yield the folded words of a query, also those of phrases, with where they stand in it."""
    for term in query.terms():
        if isinstance(term, Word) and term.run is None:
            yield term.text, term.at, term.at + len(term.written)
        elif isinstance(term, Phrase):
            first = term.at + 1  # past the quote
            for token, start, end in cut(term.text):
                if not is_paired(token[0]):
                    yield token, first + start, first + end


def _condition(item: Filter) -> str:
    """Return a condition as it is written."""
    name = f"{item.field}{item.sign}" if item.name == "attribute" else f"{item.name}:"
    return f"{'-' * item.negated}{name}{item.value}"


def _along(db: sqlite3.Connection, hits: list[Hit]) -> tuple[tuple[int, ...], int]:
    """Return where hits that are all in one document stand in it, and how long it is."""
    ids = {hit.document_id for hit in hits}
    if len(ids) != 1 or None in ids or not all(hit.number for hit in hits):
        return (), 0
    return tuple(sorted(hit.number for hit in hits)), lookup.last_number(db, ids.pop() or 0)


def _spread(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Return documents with their hits, those with most first."""
    return tuple(sorted(counts.items(), key=lambda each: -each[1]))


def _count(engine: Engine, word: str) -> int:
    return engine.count(read_query(f'"{word}"', whole=True))
