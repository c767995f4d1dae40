"""Undo and redo over all sessions: each is one more change in the journal."""

from __future__ import annotations

import sqlite3
from typing import Final, Literal

from tui.errors import Refused
from tui.model.change import Change
from tui.project.project import Project
from tui.store import journal
from tui.store.coders import coder_name
from tui.store.images import OWN_DESK, Image, Recorder, split_key
from tui.store.references import referring_rows

_PAST: Final = {"undo": "undone", "redo": "redone"}


def undo(project: Project) -> Change:
    """Take back the coder's newest act, whichever session made it.

    Returns:
        The act that was taken back (the last slice's, for a bulk act).

    Raises:
        Refused: there is nothing to undo, or another coder's later act depends on it.
    """
    act = journal.next_to_undo(project.db, project.coder_id)
    if act is None:
        raise Refused("Nothing to undo: you have changed nothing here yet.")
    standing = [
        slice_
        for slice_ in reversed(journal.slices_of(project.db, act.step))
        if journal.newest_about(project.db, slice_.id).kind != "undo"
    ]
    return _reverse(project, standing, "undo")


def redo(project: Project) -> Change:
    """Bring back the act that the coder undid last.

    Raises:
        Refused: there is nothing to redo, or the project has changed so that it cannot come back.
    """
    act = journal.next_to_redo(project.db, project.coder_id)
    if act is None:
        raise Refused("Nothing to redo: redo ends with a new act.")
    undone = [
        slice_
        for slice_ in journal.slices_of(project.db, act.step)
        if journal.newest_about(project.db, slice_.id).kind == "undo"
    ]
    return _reverse(project, undone, "redo")


def _reverse(project: Project, acts: list[Change], kind: Literal["undo", "redo"]) -> Change:
    coder_id = project.join()
    done: list[tuple[Change, tuple[Image, ...]]] = []
    step: int | None = None
    with project.write() as db:
        for act in acts:
            recorder = Recorder(db)
            newest = journal.newest_about(db, act.id)
            # Somebody may have done the same in another process since the act was chosen.
            if (newest.kind == "undo") == (kind == "undo"):
                raise Refused(f"It is {_PAST[kind]} already: {act.subject}.")
            for image in reversed(journal.read_images(db, newest.id)):
                _take_back(db, recorder, image, newest, [each.id for each in acts])
            change = journal.append_change(
                db,
                at=project.clock(),
                coder_id=coder_id,
                kind=kind,
                target=act.id,
                action=act.action,
                subject=act.subject,
                images=recorder.images,
                step=step,
            )
            step = step or change.id
            done.append((change, tuple(recorder.images)))
    for change, images in done:
        project.publish_own(change, images)
    return acts[-1]


def _take_back(
    db: sqlite3.Connection, recorder: Recorder, image: Image, change: Change, acts: list[int]
) -> None:
    key = split_key(image.place, image.row_key)
    now = recorder.row(image.place, key)
    if image.place in OWN_DESK:
        _restore_desk(recorder, image)
        return
    for later, newer in journal.later_on_row(db, image.place, image.row_key, change.id, acts):
        if later.coder_id != change.coder_id and _same_columns(image, newer):
            raise _in_the_way(db, later)
    try:
        if image.before is None:
            if now is None:
                raise _gone(change)
            recorder.delete(image.place, key)
        elif image.after is None:
            recorder.restore(image.place, image.before)
        else:
            if now is None or any(now[name] != value for name, value in image.after.items()):
                raise _gone(change)
            recorder.update(image.place, key, image.before)
    except sqlite3.IntegrityError as error:
        for place, row_key in referring_rows(db, image.place, image.row_key):
            maker = journal.maker_of(db, place, row_key)
            if maker is not None:
                raise _in_the_way(db, maker) from error
        raise Refused(
            f"It cannot be taken back any more: {change.subject}. Something else now stands in"
            f" its place ({error}).",
            "Nothing was changed; `qual log` shows what came after.",
        ) from error


def _restore_desk(recorder: Recorder, image: Image) -> None:
    # A desk is not journaled: what its owner did there meanwhile is left as it is.
    key = split_key(image.place, image.row_key)
    now = recorder.row(image.place, key)
    if image.before is not None and now is None:
        recorder.insert(image.place, image.before)
    elif image.before is None and now is not None:
        recorder.delete(image.place, key)


def _same_columns(image: Image, newer: Image) -> bool:
    """Tell whether two changes of one row meet: two updates of different columns do not."""
    if None in (image.before, image.after, newer.before, newer.after):
        return True
    return not set(image.after or ()).isdisjoint(newer.after or ())


def _gone(change: Change) -> Refused:
    return Refused(
        f"It cannot be taken back any more: {change.subject}. What it made has changed since.",
        "Nothing was changed; `qual log` shows what came after.",
    )


def _in_the_way(db: sqlite3.Connection, later: Change) -> Refused:
    name = coder_name(db, later.coder_id)
    return Refused(
        f"Another act depends on it: {name}, {later.at[:16].replace('T', ' ')}: {later.subject}.",
        f"Ask {name} to undo that first; nothing was changed.",
    )
