"""The thread that looks for passages like what is coded or selected."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from tui.app.work import in_thread, log_error
from tui.errors import QualError
from tui.search.like import Cancelled, Like, Model, find_like, like_code, like_span
from tui.store.reader import open_reader

MOST = 500
"""Passages of a list: the best ones; more are only counted."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the others are compared with, and which of them are left out."""

    code_ids: tuple[int, ...] = ()
    """A code, or a branch; empty when a span is meant."""
    document_id: int = 0
    start: int = 0
    end: int = 0
    bare: bool = False
    """Only passages without any code, not just without these."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """What a comparison found."""

    words: tuple[tuple[str, float, float, int, int], ...] = ()
    """The words that were compared: word, weight, G², coded and other passages that have it."""
    coded: int = 0
    rest: int = 0
    total: int = 0
    likes: tuple[Like, ...] = ()
    code_ids: frozenset[int] = frozenset()
    """Passages with these codes are left out."""
    trouble: str = ""


class Comparer:
    """Compares once, in a thread with a reader of its own.

    Args:
        path: the project file.
        coder: whose codings count.
        wanted: what to compare.
        found: called in the thread with what was found, unless it was stopped.
    """

    def __init__(
        self, path: str, coder: str, wanted: Wanted, found: Callable[[Likeness], None]
    ) -> None:
        self._path = path
        self._coder = coder
        self._wanted = wanted
        self._found = found
        self._stopped = threading.Event()
        in_thread(self._run, "more like this")

    def stop(self) -> None:
        """Give it up; nothing is told."""
        self._stopped.set()

    def _run(self) -> None:
        try:
            found = self._compare()
        except Cancelled:
            return
        except QualError as error:
            found = Likeness(trouble=f"{error.message} {error.hint}".strip())
        except Exception as error:  # noqa: BLE001 - a thread may not end without a word
            path = log_error(error, "looking for more like this")
            found = Likeness(trouble=f"The comparison failed; see {path}")
        if not self._stopped.is_set():
            self._found(found)

    def _compare(self) -> Likeness:
        wanted = self._wanted
        db = open_reader(self._path)
        try:
            model: Model
            if wanted.code_ids:
                model = like_code(db, self._coder, wanted.code_ids)
            else:
                place = wanted.document_id, wanted.start, wanted.end
                model = like_span(db, self._coder, *place)
            found = find_like(
                db,
                self._coder,
                model,
                bare=wanted.bare,
                most=MOST,
                cancelled=self._stopped.is_set,
            )
            words = tuple((word, g2**0.5, g2, a, b) for word, g2, a, b in found.keys)
            return Likeness(
                words,
                found.coded,
                found.rest,
                found.total,
                tuple(found.likes),
                frozenset(model.code_ids),
            )
        finally:
            db.close()
