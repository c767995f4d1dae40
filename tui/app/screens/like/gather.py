"""Looks what coding passages that resemble would do, in a thread, with a sample to look at."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence

from tui.app.screens.bulk.gather import SAMPLE, Example, Gathered, Gathering
from tui.project.spans import Place, Unit, coded_already
from tui.search.like import Like


def place_of_like(like: Like, unit: Unit) -> Place:
    """Return what of a passage is coded: all of it, or the sentence whose words tie it most."""
    start, end = (like.start, like.end) if unit == "paragraph" else like.sentence()
    return like.document_id, start, end


class LikeGather(Gathering):
    """Holds passages against what is coded already.

    Args:
        path: the project file.
        coder_id: who codes.
        likes: the passages.
        code_ids: the codes they would get; codes still to be made left out.
        names: names of the documents.
        unit: what of each is coded.
        done: called in the thread, unless this was stopped.
    """

    DOING = "looking what would be coded"
    FAILED = "That could not be looked up"

    def __init__(
        self,
        path: str,
        coder_id: int,
        likes: Sequence[Like],
        code_ids: Sequence[int],
        names: Mapping[int, str],
        unit: Unit,
        done: Callable[[Gathered], None],
    ) -> None:
        super().__init__(path, unit, done)
        self._coder_id = coder_id
        self._likes = likes
        self._code_ids = code_ids
        self._names = names
        self._begin()

    def _gather(self, db: sqlite3.Connection) -> Gathered:
        places = {place_of_like(like, self._unit): like for like in self._likes}
        pairs = coded_already(db, places, self._code_ids, self._coder_id)
        fresh = {place for place, _, known in pairs if not known}
        step = max(len(places) // SAMPLE, 1)
        return Gathered(
            self._unit,
            tuple(places),
            len({place[0] for place in places}),
            sum(not known for _, _, known in pairs),
            sum(known for _, _, known in pairs),
            tuple(
                self._example(like, place, bool(self._code_ids) and place not in fresh)
                for place, like in list(places.items())[::step]
            ),
        )

    def _example(self, like: Like, place: Place, known: bool) -> Example:
        base = like.start
        return Example(
            self._names.get(like.document_id, "?"),
            like.number,
            like.text,
            (place[1] - base, place[2] - base),
            tuple((start - base, end - base) for start, end in like.hits),
            known,
        )
