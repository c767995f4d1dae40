"""The journal: changes in order, with the images of the rows they touched."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Sequence

from tui.model.change import Change
from tui.store.images import Image

_CHANGE = "id, step, at, coder_id, kind, target, action, subject"
_CHANGE_OF_ROW = ", ".join(f"changes.{name}" for name in _CHANGE.split(", "))


def append_change(
    db: sqlite3.Connection,
    *,
    at: str,
    coder_id: int,
    kind: str,
    target: int | None,
    action: str,
    subject: str,
    images: Sequence[Image],
    step: int | None = None,
) -> Change:
    """Write one change and its images; the caller's transaction commits them with the rows.

    Args:
        step: the id of the first change of a bulk act that commits in slices; None starts one.
    """
    last = db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'changes'").fetchone()
    change_id = (last[0] if last else 0) + 1
    values = (change_id, step or change_id, at, coder_id, kind, target, action, subject)
    db.execute(f"INSERT INTO changes ({_CHANGE}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
    db.executemany(
        "INSERT INTO change_rows (change_id, place, row_key, before, after) VALUES (?, ?, ?, ?, ?)",
        [
            (change_id, image.place, image.row_key, _dump(image.before), _dump(image.after))
            for image in images
        ],
    )
    return Change(*values)  # type: ignore[arg-type]


def read_images(db: sqlite3.Connection, change_id: int) -> list[Image]:
    """Return the images of a change in the order in which they were made."""
    return [
        Image(place, row_key, _load(before), _load(after))
        for place, row_key, before, after in db.execute(
            "SELECT place, row_key, before, after FROM change_rows WHERE change_id = ? ORDER BY id",
            (change_id,),
        )
    ]


def read_change(db: sqlite3.Connection, change_id: int) -> Change:
    """Return one change.

    Raises:
        KeyError: there is none with this id.
    """
    row = db.execute(f"SELECT {_CHANGE} FROM changes WHERE id = ?", (change_id,)).fetchone()
    if row is None:
        raise KeyError(change_id)
    return Change(*row)


def list_changes(
    db: sqlite3.Connection,
    *,
    coder_ids: Sequence[int] | None = None,
    after: int = 0,
    limit: int | None = None,
) -> list[tuple[Change, bool]]:
    """Return changes, newest first, each with whether it stands undone now.

    Args:
        coder_ids: only by these coders; None for all.
        after: only changes with a larger id.
        limit: at most so many.
    """
    marks = ", ".join("?" * len(coder_ids)) if coder_ids is not None else ""
    who = f"AND coder_id IN ({marks})" if coder_ids is not None else ""
    rows = db.execute(
        f"SELECT {_CHANGE}, kind = 'act' AND (SELECT last.kind FROM changes AS last"
        " WHERE last.target = changes.id ORDER BY last.id DESC LIMIT 1) IS 'undo'"
        f" FROM changes WHERE id > ? {who} ORDER BY id DESC LIMIT ?",
        (after, *(coder_ids or ()), -1 if limit is None else limit),
    )
    return [(Change(*row[:-1]), bool(row[-1])) for row in rows]


def newest_change_id(db: sqlite3.Connection) -> int:
    """Return the id of the newest change, 0 when there is none."""
    return int(db.execute("SELECT coalesce(max(id), 0) FROM changes").fetchone()[0])


def others_after(db: sqlite3.Connection, change_id: int, coder_id: int) -> bool:
    """Tell whether anybody else has changed anything after a change."""
    row = db.execute(
        "SELECT 1 FROM changes WHERE id > ? AND coder_id <> ? LIMIT 1", (change_id, coder_id)
    ).fetchone()
    return row is not None


def next_to_undo(db: sqlite3.Connection, coder_id: int) -> Change | None:
    """Return the coder's newest act that stands, or None."""
    row = db.execute(
        f"SELECT {_CHANGE} FROM changes WHERE coder_id = ? AND kind = 'act'"
        " AND (SELECT last.kind FROM changes AS last WHERE last.target = changes.id"
        " ORDER BY last.id DESC LIMIT 1) IS NOT 'undo' ORDER BY id DESC LIMIT 1",
        (coder_id,),
    ).fetchone()
    return Change(*row) if row else None


def next_to_redo(db: sqlite3.Connection, coder_id: int) -> list[Change]:
    """Return the acts that the coder undid last, in one step, and that stand undone; oldest first.

    A new act of the coder ends redo: undos made before it do not count.
    """
    row = db.execute(
        f"SELECT {_CHANGE} FROM changes AS taken WHERE coder_id = ? AND kind = 'undo'"
        " AND id > (SELECT coalesce(max(id), 0) FROM changes WHERE coder_id = ? AND kind = 'act')"
        " AND NOT EXISTS (SELECT 1 FROM changes AS later WHERE later.target = taken.target"
        " AND later.id > taken.id) ORDER BY id DESC LIMIT 1",
        (coder_id, coder_id),
    ).fetchone()
    if row is None:
        return []
    together = db.execute(
        "SELECT target FROM changes AS taken WHERE step = ? AND kind = 'undo' AND NOT EXISTS"
        " (SELECT 1 FROM changes AS later"
        " WHERE later.target = taken.target AND later.id > taken.id)"
        " ORDER BY target",
        (row[1],),
    ).fetchall()
    return [read_change(db, target) for (target,) in together]


def slices_of(db: sqlite3.Connection, step: int) -> list[Change]:
    """Return the acts of one undo step, oldest first."""
    return [
        Change(*row)
        for row in db.execute(
            f"SELECT {_CHANGE} FROM changes WHERE step = ? AND kind = 'act' ORDER BY id", (step,)
        )
    ]


def is_making(db: sqlite3.Connection, act: Change) -> bool:
    """Tell whether an act belongs to the making of the project, with its codebook and documents."""
    first = db.execute("SELECT step, action FROM changes ORDER BY id LIMIT 1").fetchone()
    return tuple(first or ()) == (act.step, "setting.set")


def newest_about(db: sqlite3.Connection, act_id: int) -> Change:
    """Return the newest change about an act: its last undo or redo, or the act itself."""
    row = db.execute(
        f"SELECT {_CHANGE} FROM changes WHERE id = ? OR target = ? ORDER BY id DESC LIMIT 1",
        (act_id, act_id),
    ).fetchone()
    return Change(*row)


def later_on_row(
    db: sqlite3.Connection, place: str, row_key: str, after: int, coder_id: int
) -> list[tuple[Change, Image]]:
    """Return what other coders did to one row after a change and stands now, newest first.

    Args:
        place: the table.
        row_key: the row.
        after: id of the change.
        coder_id: whose acts do not count.
    """
    return _standing(
        db,
        "changes.id > ? AND coder_id <> ? AND place = ? AND row_key = ?",
        (after, coder_id, place, row_key),
    )


def later_in_places(
    db: sqlite3.Connection, places: Collection[str], after: int, coder_id: int
) -> list[tuple[Change, Image]]:
    """Return what other coders did in whole tables after a change and stands now, newest first."""
    marks = ", ".join("?" * len(places))
    return _standing(
        db,
        f"changes.id > ? AND coder_id <> ? AND place IN ({marks})",
        (after, coder_id, *sorted(places)),
    )


def applied_before(db: sqlite3.Connection, undo: Change) -> int:
    """Return the id of the act, or of its redo, that an undo took back."""
    row = db.execute(
        "SELECT max(id) FROM changes WHERE (id = ? OR target = ?) AND id < ?",
        (undo.target, undo.target, undo.id),
    ).fetchone()
    return int(row[0])


def stood_at(db: sqlite3.Connection, change: Change, moment: int) -> bool:
    """Tell whether the act that a change is about stood when the change ``moment`` was made."""
    act = change.target or change.id
    row = db.execute(
        "SELECT kind FROM changes WHERE (id = ? OR target = ?) AND id < ? ORDER BY id DESC LIMIT 1",
        (act, act, moment),
    ).fetchone()
    return row is not None and row[0] != "undo"


def _standing(
    db: sqlite3.Connection, where: str, values: Sequence[object]
) -> list[tuple[Change, Image]]:
    # An act stands through its newest change: the act itself, or the redo that brought it back.
    return [
        (Change(*row[:8]), Image(row[8], row[9], _load(row[10]), _load(row[11])))
        for row in db.execute(
            f"SELECT {_CHANGE_OF_ROW}, place, row_key, before, after"
            " FROM changes JOIN change_rows ON change_rows.change_id = changes.id"
            f" WHERE {where} AND changes.kind <> 'undo' AND NOT EXISTS (SELECT 1"
            " FROM changes AS newer WHERE newer.target = coalesce(changes.target, changes.id)"
            " AND newer.id > changes.id) ORDER BY changes.id DESC, change_rows.id DESC",
            values,
        )
    ]


def _dump(image: dict[str, str | int | None] | None) -> str | None:
    if image is None:
        return None
    return json.dumps(image, ensure_ascii=False, separators=(",", ":"))


def _load(text: str | None) -> dict[str, str | int | None] | None:
    return None if text is None else json.loads(text)
