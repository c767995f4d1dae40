"""Spans that a search found: fitted to a unit, held against what is coded already, coded in slices.

The command and the screen both come here, so that they code the same.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Literal

from tui.errors import AlreadyCoded
from tui.project.edits import codings
from tui.project.edits.codes import add_code
from tui.project.project import Project
from tui.store.codings import spans_with_code
from tui.store.documents import passages_touching
from tui.text.counted import counted
from tui.text.cut import read_sentences

Place = tuple[int, int, int]
"""Document id, start, end."""

Unit = Literal["sentence", "paragraph", "hit"]
UNITS: Final[tuple[Unit, ...]] = ("sentence", "paragraph", "hit")


def widened(db: sqlite3.Connection, place: Place, unit: Unit) -> Place:
    """Return the whole sentences or paragraphs that hold a place; for ``hit`` the place itself.

    What lies between passages is never part of one; a place there stays as it is.
    """
    document_id, start, end = place
    if unit == "hit":
        return place
    edges: list[tuple[int, int]] = []
    for passage in passages_touching(db, document_id, start, end):
        cuts = read_sentences(passage.cut) if unit == "sentence" else []
        spans = [(passage.start + low, passage.start + high) for low, high in cuts]
        edges += [span for span in spans or [(passage.start, passage.end)] if _meet(span, place)]
    low = min((edge[0] for edge in edges), default=start)
    high = max((edge[1] for edge in edges), default=end)
    return document_id, min(low, start), max(high, end)


def _meet(span: tuple[int, int], place: Place) -> bool:
    return span[0] < place[2] and place[1] < span[1]


def coded_already(
    db: sqlite3.Connection, places: Iterable[Place], code_ids: Sequence[int], coder_id: int
) -> list[tuple[Place, int, bool]]:
    """Return each place with each code, and whether this coder has put it on exactly there."""
    known = {code_id: spans_with_code(db, code_id, coder_id) for code_id in code_ids}
    return [(place, code_id, place in known[code_id]) for place in places for code_id in code_ids]


def code_places(
    project: Project,
    places: Sequence[Place],
    code_ids: Sequence[int],
    *,
    important: bool = False,
    new_name: str | None = None,
    parent_id: int | None = None,
) -> Iterator[tuple[int, int]]:
    """Code places, some at a time; what this coder has coded so before is left as it is.

    Each slice is on disk when it is given. To make all of them one step of undo, run this inside
    ``project.one_step()``.

    Args:
        project: the project.
        places: what to code; each once.
        code_ids: the codes to give.
        important: flag the new codings.
        new_name: a code to make first and give, too.
        parent_id: what that code goes under.

    Yields:
        Places of the slice, and codings made in it.
    """
    ids = list(code_ids)
    if new_name is not None:
        ids.append(add_code(project, new_name, parent_id))
    for first in range(0, len(places), codings.SLICE):
        part = places[first : first + codings.SLICE]
        made = 0
        label = ""
        with project.act("coding.add") as act:
            for document_id, start, end in part:
                try:
                    made += len(
                        codings.add_codings.apply(act, document_id, start, end, ids, important)
                    )
                except AlreadyCoded:
                    continue
                label = label or act.subject.removeprefix("+ ").rpartition(" on ")[0]
            if made > 1:
                act.subject = f"+ {counted(made, 'coding')} {label} on found spans"
        yield len(part), made
