"""The thread that looks into segments for a filter or puts them in another order."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from itertools import islice

from tui.app.screens.segments.filter import SegmentFilter
from tui.app.work import in_thread, log_error
from tui.errors import QualError
from tui.store.reader import open_reader
from tui.store.segments import Wanted, segment_ids

_AT_ONCE = 500

Found = Callable[[list[int], bool, str], None]
"""Takes more ids, whether they were the last ones, and what went wrong."""


class Scan:
    """Looks through the segments that are wanted; tells of those that hold as they are found.

    Args:
        path: the project file.
        wanted: which segments.
        test: what each must hold.
        visible: whose memos count.
        newest: the newest first; else in the order of the documents.
        found: called in the thread.
    """

    def __init__(
        self,
        path: str,
        wanted: Wanted,
        test: SegmentFilter,
        visible: tuple[int, ...],
        newest: bool,
        found: Found,
    ) -> None:
        self._path = path
        self._wanted = wanted
        self._test = test
        self._visible = visible
        self._newest = newest
        self._found = found
        self._stopped = threading.Event()
        self._thread = in_thread(self._run, "segments")

    def stop(self) -> None:
        """Give it up; nothing more is told."""
        self._stopped.set()

    def _run(self) -> None:
        try:
            db = open_reader(self._path)
        except QualError as error:
            self._tell([], True, error.message)
            return
        try:
            for ids in self._slices(db):
                if self._stopped.is_set():
                    return
                self._tell(ids, False, "")
            self._tell([], True, "")
        except Exception as error:  # noqa: BLE001 - a thread may not end without a word
            path = log_error(error, "filtering segments")
            self._tell([], True, f"The filter failed; see {path}")
        finally:
            db.close()

    def _tell(self, ids: list[int], done: bool, trouble: str) -> None:
        if not self._stopped.is_set():
            self._found(ids, done, trouble)

    def _slices(self, db: sqlite3.Connection) -> Iterator[list[int]]:
        ids = segment_ids(db, self._wanted, newest=self._newest)
        while some := list(islice(ids, _AT_ONCE)):
            if self._test.looks_into_rows:
                some = self._test.keep(db, self._visible, some)
            yield some
