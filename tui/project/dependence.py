"""Whether another coder's later act stands in the way of taking a change back.

Taking back is safe when the change commutes with every later act of others that stands: then the
project is as if the change had never been, and each of those acts can still be undone in its turn.
Acts do not commute when they change the same columns of a row, when one refers to a row that the
other makes or deletes, when a value comes back that the other gave away or took, or when moves in
the code tree could close a circle.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from tui.model.change import Change
from tui.store.cases import attribute_of_value
from tui.store.codes import parents_of_codes, read_code
from tui.store.images import OWN_DESK, Image, Row
from tui.store.journal import applied_before, later_in_places, later_on_row, stood_at
from tui.store.references import (
    Target,
    has_passage,
    passages_of,
    references,
    referrers_of,
    unique_values,
)

Later = Sequence[tuple[Change, Image]]
Place = tuple[str | int | None, str]
"""The id of a code's parent and the code's name, letter case aside."""


def act_in_the_way(
    db: sqlite3.Connection, change: Change, images: Sequence[Image]
) -> Change | None:
    """Return the newest standing act of another coder that keeps a change from being reversed.

    Args:
        db: the project.
        change: what is to be reversed: an act, an undo or a redo.
        images: its images; nothing of them has been reversed yet.
    """
    stake = _Stake(db, [image for image in images if image.place not in OWN_DESK])
    same_rows: list[tuple[Change, Image]] = []
    for image in stake.images:
        later = later_on_row(db, image.place, image.row_key, change.id, change.coder_id)
        same_rows += [(act, newer) for act, newer in later if _same_columns(image, newer)]
    others = later_in_places(db, stake.places(), change.id, change.coder_id)
    below: set[int] = set()
    if change.kind == "undo":
        # What is brought back was made on top of these: they were undone and redone since.
        made = applied_before(db, change)
        below = {act.id for act, _ in [*same_rows, *others] if stood_at(db, act, made)}
    found = [act for act, _ in same_rows]
    found += [act for act, newer in others if stake.touched_by(newer)]
    found += stake.same_names(others)
    found += stake.circle([each for each in others if each[0].id not in below])
    return max((act for act in found if act.id not in below), key=_id, default=None)


class _Stake:
    """What reversing some images would make disappear and bring back."""

    def __init__(self, db: sqlite3.Connection, images: Sequence[Image]) -> None:
        self.db = db
        self.images = images
        self.gone: set[Target] = set()
        """Rows that would be deleted, or no longer mean the same."""
        self.needed: set[Target] = set()
        """Rows that what comes back refers to."""
        self.values: set[tuple[object, ...]] = set()
        """Values that come back and may stand only once."""
        self.lost_passage = False
        """Whether what comes back refers to a passage of a document that was deleted since."""
        self.parents: dict[str, str] = {}
        """Code → the parent that it would get back."""
        self.names: set[Place] = set()
        """Names of codes that come back, each with the parent that it would stand under."""
        for image in images:
            self._add(image)
        walk = _NamesBackward(db)
        for image in reversed(images):
            left, reached = walk.step(image)
            self.names = self.names - left | reached

    def _add(self, image: Image) -> None:
        target = (image.place, image.row_key)
        if image.before is None:
            self.gone.add(target)
            if image.place == "documents":
                self.gone.update(passages_of(self.db, int(image.row_key)))
            return
        if image.place == "attributes":
            self.gone.add(target)  # its kind goes back: values set since may not be of that kind
        self.needed.update(references(image.place, image.before))
        self.values.update(unique_values(image.place, image.before))
        if image.place == "readings" and "passage_id" in image.before:
            self.lost_passage |= not has_passage(self.db, int(str(image.before["passage_id"])))
        if image.place == "codes" and image.after is not None:
            parent = image.before.get("parent_id")
            if parent is not None:
                self.parents[image.row_key] = str(parent)

    def places(self) -> set[str]:
        """Return the tables where an act could meet this by what its rows hold."""
        found = {place for place, _ in self.needed} | {str(value[0]) for value in self.values}
        for place, _ in self.gone:
            found |= referrers_of(place)
        found |= {"codes"} if self.parents or self.names else set()
        return found | ({"documents"} if self.lost_passage else set())

    def touched_by(self, newer: Image) -> bool:
        """Tell whether a row changed by another coder meets what is at stake."""
        if newer.after is None and (
            (newer.place, newer.row_key) in self.needed
            or (newer.place == "documents" and self.lost_passage)
        ):
            return True
        rows = [row for row in (newer.before, newer.after) if row is not None]
        if newer.place == "attribute_values" and None not in (newer.before, newer.after):
            # An image of a change holds the value only; which attribute it is of, the row knows.
            attribute_id = attribute_of_value(self.db, int(newer.row_key))
            rows.append({"attribute_id": attribute_id})
        return any(
            not self.gone.isdisjoint(references(newer.place, row))
            or not self.values.isdisjoint(unique_values(newer.place, row))
            for row in rows
        )

    def circle(self, others: Later) -> list[Change]:
        """Return moves of codes that could close a circle with the parents that come back."""
        if not self.parents:
            return []
        moves = [
            (change, image.row_key, str(row["parent_id"]))
            for change, image in others
            if image.place == "codes"
            for row in (image.before, image.after)
            if row is not None and row.get("parent_id") is not None
        ]
        above: dict[str, set[str]] = {}
        now = ((str(code), str(parent)) for code, parent in parents_of_codes(self.db))
        for code, parent in (*now, *self.parents.items(), *(move[1:] for move in moves)):
            above.setdefault(code, set()).add(parent)
        for code, parent in self.parents.items():
            reached, waiting = {parent}, [parent]
            while waiting:
                fresh = above.get(waiting.pop(), set()) - reached
                reached |= fresh
                waiting.extend(fresh)
            if code in reached:
                return [change for change, moved, _ in moves if moved in reached]
        return []

    def same_names(self, others: Later) -> list[Change]:
        """Return acts that gave, or took away, a name that comes back under the same parent."""
        if not self.names:
            return []
        walk = _NamesBackward(self.db)
        steps = [(change, *walk.step(image)) for change, image in others]
        return [
            change for change, after, before in steps if not self.names.isdisjoint(after | before)
        ]


class _NamesBackward:
    """Walks through images of codes, newest first, and knows every code's parent and name then."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._rows: dict[str, Row | None] = {}

    def step(self, image: Image) -> tuple[set[Place], set[Place]]:
        """Return where the code stood under which name, after the change and before it.

        Both are empty when the change was about something else.
        """
        if image.place != "codes":
            return set(), set()
        if image.row_key not in self._rows:
            code = read_code(self._db, int(image.row_key))
            self._rows[image.row_key] = (
                {"parent_id": code.parent_id, "name": code.name} if code else None
            )
        after = self._rows[image.row_key]
        before = {**(after or {}), **image.before} if image.before is not None else None
        self._rows[image.row_key] = before
        changed = {**(image.before or {}), **(image.after or {})}
        if changed.keys().isdisjoint(("parent_id", "name")):
            return set(), set()
        return _place(after), _place(before)


def _place(code: Row | None) -> set[Place]:
    if code is None or "name" not in code:
        return set()
    return {(code.get("parent_id"), str(code["name"]).casefold())}


def _same_columns(image: Image, newer: Image) -> bool:
    """Tell whether two changes of one row meet: two updates of different columns do not."""
    if None in (image.before, image.after, newer.before, newer.after):
        return True
    return not set(image.after or ()).isdisjoint(newer.after or ())


def _id(change: Change) -> int:
    return change.id
