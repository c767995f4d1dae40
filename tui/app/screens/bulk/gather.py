"""Collects all that a bulk act on hits would code, in a thread, with a sample to look at."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from tui.app.screens.bulk.place_list import PlaceList
from tui.app.work import in_thread, log_error
from tui.errors import QualError
from tui.project.spans import Place, Unit, coded_already
from tui.search.engine import Cancelled, Engine
from tui.search.hit import Hit
from tui.search.typed import read_meant
from tui.store import lookup
from tui.store.reader import open_reader

SAMPLE = 60
"""So many hits are shown of what would be coded, spread evenly over all of them."""
_TOLD_EVERY = 1_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which hits are meant."""

    query: str
    """A whole one, with saved searches in place of their names."""
    document: str | None
    """The only document to search in; None for all."""
    all: bool
    """All hits but ``passages``; else those in ``passages`` alone."""
    passages: frozenset[int]
    code_ids: tuple[int, ...] = ()
    """The codes that they would get; codes still to be made left out."""


@dataclass(frozen=True, slots=True)
class Example:
    """One of the hits, with the passage that it is in."""

    document: str
    number: int
    """The passage's place in its document."""
    text: str
    """The passage."""
    span: tuple[int, int]
    """What would be coded, in the passage."""
    hits: tuple[tuple[int, int], ...]
    """The words found, in the passage."""
    known: bool
    """Whether it has all the codes already."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a bulk act would do."""

    unit: Unit
    places: Sequence[Place] = ()
    documents: int = 0
    fresh: int = 0
    """Codings that would be made."""
    known: int = 0
    """Codings that are there already."""
    sample: tuple[Example, ...] = ()
    trouble: str = ""


class Gathering:
    """Looks in a thread what a bulk act would do.

    Args:
        path: the project file.
        unit: what of each passage is coded.
        done: called in the thread, unless this was stopped.
    """

    DOING: ClassVar[str]
    """What is done, for the error log."""
    FAILED: ClassVar[str]
    """What is said when a mistake of the program ends it."""

    def __init__(self, path: str, unit: Unit, done: Callable[[Gathered], None]) -> None:
        self._path = path
        self._unit: Unit = unit
        self._done = done
        self._stopped = threading.Event()

    def _begin(self) -> None:
        in_thread(self._run, "gather")

    def stop(self) -> None:
        """Give it up; nothing is told."""
        self._stopped.set()

    def _run(self) -> None:
        try:
            db: sqlite3.Connection = open_reader(self._path)
            try:
                found = self._gather(db)
            finally:
                db.close()
        except Cancelled:
            return
        except QualError as error:
            found = Gathered(self._unit, trouble=f"{error.message} {error.hint}".strip())
        except Exception as error:  # noqa: BLE001 - a thread may not end without a word
            path = log_error(error, self.DOING)
            found = Gathered(self._unit, trouble=f"{self.FAILED}; see {path}")
        if not self._stopped.is_set():
            self._done(found)

    def _gather(self, db: sqlite3.Connection) -> Gathered:
        raise NotImplementedError


class Gather(Gathering):
    """Searches without a limit and holds what is found against what is coded.

    Args:
        path: the project file.
        coder: who codes.
        coder_id: their id.
        wanted: which hits.
        unit: what of each hit is coded.
        done: called in the thread, unless this was stopped.
        progress: called in the thread now and then, with how many were collected of how many.
    """

    DOING = "collecting hits"
    FAILED = "The hits could not be collected"

    def __init__(
        self,
        path: str,
        coder: str,
        coder_id: int,
        wanted: Wanted,
        unit: Unit,
        done: Callable[[Gathered], None],
        progress: Callable[[int, int], None] = lambda _done, _total: None,
    ) -> None:
        super().__init__(path, unit, done)
        self._coder = coder
        self._coder_id = coder_id
        self._wanted = wanted
        self._progress = progress
        self._begin()

    def _gather(self, db: sqlite3.Connection) -> Gathered:
        wanted = self._wanted
        engine = Engine(db, self._coder, warm=True)
        total, hits = chosen_hits(engine, wanted, self._unit, self._stopped.is_set)
        places = PlaceList()
        some: list[Hit] = []
        for hit in hits:
            if len(places) % _TOLD_EVERY == 0:
                self._progress(len(places), total)
            # Evenly over all: as many places go by between two of the sample.
            if len(places) * SAMPLE >= len(some) * total:
                some.append(hit)
            places.add(place_of(hit))
        places.close()
        pairs = coded_already(db, places, wanted.code_ids, self._coder_id)
        fresh = {place for place, _, known in pairs if not known}
        known = sum(pair[2] for pair in pairs)
        return Gathered(
            self._unit,
            places,
            places.documents,
            len(pairs) - known,
            known,
            tuple(self._sample(db, some, fresh, bool(wanted.code_ids))),
        )

    def _sample(
        self, db: sqlite3.Connection, hits: Sequence[Hit], fresh: set[Place], compared: bool
    ) -> list[Example]:
        rows = lookup.passages(db, [hit.passage_id for hit in hits])
        texts = {row[0]: (row[3], row[5]) for row in rows}
        examples = []
        for hit in hits:
            base, text = texts.get(hit.passage_id, (hit.start, hit.text))
            examples.append(
                Example(
                    hit.document,
                    hit.number,
                    text,
                    (hit.start - base, hit.end - base),
                    tuple((start - base, end - base) for start, end in hit.hits),
                    compared and place_of(hit) not in fresh,
                )
            )
        return examples


def chosen_hits(
    engine: Engine, wanted: Wanted, unit: Unit, cancelled: Callable[[], bool]
) -> tuple[int, Iterator[Hit]]:
    """Return how many hits are meant, and those one by one, in order of place.

    They have the names of their documents, but not their codes.

    Args:
        engine: searches.
        wanted: which hits.
        unit: what the span of a hit is.
        cancelled: asked now and then; ends with ``Cancelled`` when true.

    Raises:
        QualError: the query cannot be read.
    """
    query = read_meant(wanted.query, wanted.document)
    found = engine.passages(query, cancelled=cancelled)
    chosen = [
        passage_id
        for ids in found.values()
        for passage_id in ids
        if (passage_id in wanted.passages) != wanted.all
    ]
    hits = engine.hits(query, chosen, unit=unit, cancelled=cancelled)
    return len(chosen), hits


def is_codable(hit: Hit) -> bool:
    """Tell whether a hit is a place in a text that has every word of the query."""
    return hit.document_id is not None and bool(hit.passage_id) and not hit.partial


def place_of(hit: Hit) -> Place:
    """Return where a hit is."""
    return hit.document_id or 0, hit.start, hit.end
