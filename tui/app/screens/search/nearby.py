"""The thread that looks which codes the passages around a hit have; only the newest hit counts."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass

from tui.app.work import in_thread, log_error
from tui.errors import QualError
from tui.search.hit import Hit
from tui.store import lookup
from tui.store.reader import open_reader

REACH = 3
"""So many passages before and after count as near."""


@dataclass(frozen=True, slots=True)
class Nearby:
    """The codes on a hit's passage and on those around it."""

    passage_id: int = 0
    """The passage of the hit; 0 when nothing was looked at."""
    codes: tuple[tuple[int, str], ...] = ()
    """Number of a passage and key of a code on it, for each."""


class Lookout:
    """Looks at one hit after the other, in a thread with a reader of its own.

    Args:
        path: the project file.
        coder: whose codings count, with those of the coders they have turned on.
        told: called in the thread with what was seen, unless another hit was named meanwhile.
    """

    def __init__(self, path: str, coder: str, told: Callable[[Nearby], None]) -> None:
        self._path = path
        self._coder = coder
        self._told = told
        self._wake = threading.Condition()
        self._wanted: Hit | None = None
        self._closed = False
        in_thread(self._run, "nearby codes")

    def look(self, hit: Hit) -> None:
        """Look around a hit; whatever was to be looked at before is given up."""
        with self._wake:
            self._wanted = hit
            self._wake.notify()

    def close(self) -> None:
        """End the thread and close its reader."""
        with self._wake:
            self._closed = True
            self._wanted = None
            self._wake.notify()

    def _run(self) -> None:
        try:
            db = open_reader(self._path)
        except QualError:
            return  # the search beside it says why
        try:
            while (hit := self._next()) is not None:
                try:
                    seen = self._codes(db, hit)
                except Exception as error:  # noqa: BLE001 - a thread may not die of one hit
                    log_error(error, "looking around a hit")
                    continue
                if self._wanted is None and not self._closed:
                    self._told(seen)
        finally:
            db.close()

    def _next(self) -> Hit | None:
        """Wait for a hit; None when there will be none."""
        with self._wake:
            while self._wanted is None and not self._closed:
                self._wake.wait()
            hit, self._wanted = self._wanted, None
            return hit

    def _codes(self, db: sqlite3.Connection, hit: Hit) -> Nearby:
        coder_ids = lookup.shown_coders(db, self._coder)
        first, last = hit.number - REACH, hit.number + REACH
        found = lookup.codes_around(db, coder_ids, hit.document_id or 0, first, last)
        return Nearby(hit.passage_id, tuple(found))
