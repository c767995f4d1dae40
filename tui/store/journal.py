"""The journal: changes in order, with the images of the rows they touched."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

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


def next_to_undo(db: sqlite3.Connection, coder_id: int) -> Change | None:
    """Return the coder's newest act that stands, or None."""
    row = db.execute(
        f"SELECT {_CHANGE} FROM changes WHERE coder_id = ? AND kind = 'act'"
        " AND (SELECT last.kind FROM changes AS last WHERE last.target = changes.id"
        " ORDER BY last.id DESC LIMIT 1) IS NOT 'undo' ORDER BY id DESC LIMIT 1",
        (coder_id,),
    ).fetchone()
    return Change(*row) if row else None


def next_to_redo(db: sqlite3.Connection, coder_id: int) -> Change | None:
    """Return the act that the coder undid last and that still stands undone, or None.

    A new act of the coder ends redo: undos made before it do not count.
    """
    row = db.execute(
        f"SELECT {_CHANGE} FROM changes AS taken WHERE coder_id = ? AND kind = 'undo'"
        " AND id > (SELECT coalesce(max(id), 0) FROM changes WHERE coder_id = ? AND kind = 'act')"
        " AND NOT EXISTS (SELECT 1 FROM changes AS later WHERE later.target = taken.target"
        " AND later.id > taken.id) ORDER BY id DESC LIMIT 1",
        (coder_id, coder_id),
    ).fetchone()
    return read_change(db, row[5]) if row else None


def slices_of(db: sqlite3.Connection, step: int) -> list[Change]:
    """Return the acts of one undo step, oldest first."""
    return [
        Change(*row)
        for row in db.execute(
            f"SELECT {_CHANGE} FROM changes WHERE step = ? AND kind = 'act' ORDER BY id", (step,)
        )
    ]


def newest_about(db: sqlite3.Connection, act_id: int) -> Change:
    """Return the newest change about an act: its last undo or redo, or the act itself."""
    row = db.execute(
        f"SELECT {_CHANGE} FROM changes WHERE id = ? OR target = ? ORDER BY id DESC LIMIT 1",
        (act_id, act_id),
    ).fetchone()
    return Change(*row)


def later_on_row(
    db: sqlite3.Connection, place: str, row_key: str, after: int, but: Sequence[int]
) -> list[tuple[Change, Image]]:
    """Return the standing acts after ``after`` that touched a row, newest first, with images.

    Args:
        but: ids of acts that do not count.
    """
    return [
        (Change(*row[:8]), Image(place, row_key, _load(row[8]), _load(row[9])))
        for row in db.execute(
            f"SELECT {_CHANGE_OF_ROW}, before, after"
            " FROM change_rows JOIN changes ON changes.id = change_rows.change_id"
            " WHERE place = ? AND row_key = ? AND changes.id > ? AND changes.kind = 'act'"
            f" AND changes.id NOT IN ({', '.join('?' * len(but))})"
            " AND (SELECT last.kind FROM changes AS last WHERE last.target = changes.id"
            " ORDER BY last.id DESC LIMIT 1) IS NOT 'undo' ORDER BY changes.id DESC",
            (place, row_key, after, *but),
        )
    ]


def maker_of(db: sqlite3.Connection, place: str, row_key: str) -> Change | None:
    """Return the change that brought a row into being, or None."""
    row = db.execute(
        f"SELECT {_CHANGE_OF_ROW}"
        " FROM change_rows JOIN changes ON changes.id = change_rows.change_id"
        " WHERE place = ? AND row_key = ? AND before IS NULL ORDER BY change_rows.id DESC LIMIT 1",
        (place, row_key),
    ).fetchone()
    return Change(*row) if row else None


def _dump(image: dict[str, str | int | None] | None) -> str | None:
    if image is None:
        return None
    return json.dumps(image, ensure_ascii=False, separators=(",", ":"))


def _load(text: str | None) -> dict[str, str | int | None] | None:
    return None if text is None else json.loads(text)
