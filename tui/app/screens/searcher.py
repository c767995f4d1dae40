"""The thread that searches while someone types; only the newest question counts."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from tui.app.work import in_thread, log_error
from tui.errors import QualError
from tui.search.engine import LIVE_LIMIT, Cancelled, Engine
from tui.search.hit import Hit
from tui.search.query import QueryError, read_query
from tui.search.typed import read_typed
from tui.store.reader import open_reader

_PARTIAL = 20
"""So many passages that miss a word may follow the hits."""


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
    nearest: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """When nothing fits: words of the query, each with the nearest words of the project."""
    error: str = ""
    hint: str = ""
    at: int | None = None
    """Where in the query the trouble begins, as a code point."""


class Searcher:
    """A warm engine in a thread of its own, with a reader of its own.

    Args:
        path: the project file.
        coder: whose codings count.
        document: the name of the only document to search in; None for all.
        answered: called in the thread with each answer.
    """

    def __init__(
        self, path: str, coder: str, document: str | None, answered: Callable[[Answer], None]
    ) -> None:
        self._path = path
        self._coder = coder
        self._document = document
        self._answered = answered
        self._wake = threading.Condition()
        self._question: tuple[int, str] | None = None
        self._newest = 0
        self._closed = False
        in_thread(self._run, "search")

    def ask(self, query: str) -> int:
        """Ask; whatever was asked before is given up. Returns the number of the question."""
        with self._wake:
            self._newest += 1
            self._question = (self._newest, query)
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
            db = open_reader(self._path)
        except QualError as error:
            self._answered(Answer(0, "", error=error.message, hint=error.hint))
            return
        try:
            engine = Engine(db, self._coder, warm=True)
            while (question := self._next()) is not None:
                try:
                    answer = self._answer(engine, *question)
                except Cancelled:
                    continue
                if question[0] == self._newest:
                    self._answered(answer)
        finally:
            db.close()

    def _next(self) -> tuple[int, str] | None:
        """Wait for a question; None when there will be none."""
        with self._wake:
            while self._question is None and not self._closed:
                self._wake.wait()
            question, self._question = self._question, None
            return question

    def _answer(self, engine: Engine, serial: int, text: str) -> Answer:
        try:
            query = read_typed(text, self._document)
            found = engine.search(
                query,
                limit=LIVE_LIMIT,
                typing=True,
                partial=_PARTIAL,
                cancelled=lambda: serial != self._newest,
            )
            nearest = [] if found.hits else engine.nearest_words(query)
        except QueryError as error:
            return Answer(serial, text, error=error.message, hint=error.hint, at=error.at)
        except QualError as error:
            return Answer(serial, text, error=error.message, hint=error.hint)
        except Cancelled:
            raise
        except Exception as error:  # noqa: BLE001 - a thread may not die of one query
            path = log_error(error, f"searching for {text!r}")
            return Answer(serial, text, error="That search failed.", hint=f"See {path}.")
        return Answer(
            serial,
            text,
            tuple(found.hits),
            found.shown_total(),
            tuple(found.notes) + self._unsaid(text),
            tuple((word, tuple(words)) for word, words in nearest),
        )

    def _unsaid(self, text: str) -> tuple[str, ...]:
        """Say what was let pass because the query might still be unfinished."""
        if text.strip().startswith("/"):
            return ()
        try:
            read_query(text)
        except QueryError as error:
            return (f"{error.message} {error.hint}".strip(),)
        return ()
