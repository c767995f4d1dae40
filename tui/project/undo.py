"""Undo and redo over all sessions: each is one more change in the journal."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import replace
from itertools import takewhile
from typing import Final, Literal

from tui.errors import Refused
from tui.model.change import Change
from tui.project.dependence import act_in_the_way
from tui.project.project import Project
from tui.store import journal
from tui.store.coders import coder_name
from tui.store.codings import read_coding
from tui.store.desk import take_off_desks
from tui.store.documents import read_document
from tui.store.images import OWN_DESK, Image, Recorder, split_key
from tui.store.proof import prove_tree
from tui.text.counted import counted

Kind = Literal["undo", "redo"]


class NothingLeft(Refused):
    """All that the coder did is undone already, and can come back."""


_READING: Final = "reading.mark"
_SLICE: Final = re.compile(r"\+ ([\d,]+) codings (.+) on found spans")
_PRIVATE: Final = {
    "coding": "changed codings",
    "coding.add": "coded",
    "coding.important": "marked what is important",
    "coding.load": "loaded codings from a table",
    "coding.move": "moved the edges of a coding",
    "coding.recode": "recoded",
    "coding.remove": "took codings away",
    "memo": "wrote memos",
    "memo.delete": "deleted a memo",
    "reading": "marked passages read",
}
"""Acts that are not told while their coder is hidden, by kind or name: what is said instead."""
_EVERYBODYS: Final = "code.merge"
"""The only act that changes the codings of other coders."""
_LONGEST_RUN: Final = 1_000
_DONE: Final = {"undo": "taken back", "redo": "brought back"}


def undo(project: Project, expected: int | None = None) -> Change:
    """Take back the coder's newest act, whichever session made it.

    A bulk act goes back as a whole, and so does a run of passages marked read: who takes back a
    wrong code after reading on wants the code back, not each paragraph.

    Args:
        project: the project.
        expected: the id of the act that is to go, when somebody was asked about it before.

    Returns:
        The act that was taken back; for several, the first of them, its subject naming all.

    Raises:
        NothingLeft: all that the coder did is undone already.
        Refused: there is nothing to undo, the newest act is another one than expected, or
            another coder's later act depends on it.
    """
    standing = _standing_step(project)
    if not standing:
        raise _nothing_own(project)
    if expected is not None and standing[0].id != expected:
        raise Refused(
            f"Something else has become your newest act: {standing[0].subject}.",
            "Nothing was undone; undo again if that is what you want.",
        )
    return _reverse(project, standing, "undo")


def weigh_undo(project: Project) -> tuple[int, list[Change]]:
    """Tell what ``undo`` would take back, for asking first when it is much.

    Returns:
        How many rows would change, reading states aside, and the acts, newest first; no acts
        when there is nothing to undo. A document counts as a row for each of its passages.
    """
    standing = _standing_step(project)
    return _weigh(project, standing), standing


def weigh_redo(project: Project) -> tuple[int, list[Change]]:
    """Tell what ``redo`` would bring back, as ``weigh_undo`` does; the acts oldest first."""
    undone = journal.next_to_redo(project.db, project.coder_id)
    return _weigh(project, undone), undone


def _weigh(project: Project, acts: list[Change]) -> int:
    rows = 0
    for act in acts:
        for image in journal.read_images(project.db, journal.newest_about(project.db, act.id).id):
            if image.place == "documents" and None in (image.before, image.after):
                document = read_document(project.db, int(image.row_key))
                rows += document.passages if document else _passages_of(image)
            elif image.place != "readings":
                rows += 1
    return rows


def _passages_of(image: Image) -> int:
    """Return how many passages a document had that is deleted now, or would have."""
    row = image.before or image.after or {}
    return int(row.get("passages") or 1)


def weight_in_words(project: Project, rows: int, acts: list[Change]) -> str:
    """Return how much an undo is, ``22 changes``; no number where hidden coders' codings count.

    Args:
        project: the project.
        rows: as ``weigh_undo`` gives it.
        acts: as ``weigh_undo`` gives them.
    """
    visible = project.visible_coder_ids()
    for act in acts:
        if act.action != _EVERYBODYS:
            continue
        change = journal.newest_about(project.db, act.id)
        for image in journal.read_images(project.db, change.id):
            if image.place == "codings" and _coder_of(project, image) not in visible:
                return "all of it"
    return counted(rows, "change")


def _coder_of(project: Project, image: Image) -> int | None:
    row = image.before or image.after or {}
    if "coder_id" in row:
        return int(row["coder_id"] or 0)
    coding = read_coding(project.db, int(image.row_key))
    return coding.coder_id if coding else project.coder_id


def _standing_step(project: Project) -> list[Change]:
    act = journal.next_to_undo(project.db, project.coder_id)
    if act is None:
        return []
    if act.action == _READING:
        recent = journal.list_changes(project.db, coder_ids=[act.coder_id], limit=_LONGEST_RUN)
        acts = (each for each, undone in recent if each.kind == "act" and not undone)
        return list(takewhile(lambda each: each.action == _READING, acts))
    return [
        slice_
        for slice_ in reversed(journal.slices_of(project.db, act.step))
        # Making a study from a table stores each coder's codings as their own acts.
        if slice_.coder_id == act.coder_id
        and journal.newest_about(project.db, slice_.id).kind != "undo"
    ]


def redo(project: Project, expected: int | None = None) -> Change:
    """Bring back the act that the coder undid last.

    Args:
        project: the project.
        expected: the id of the act that is to come, when somebody was asked about it before; of
            several, that of the first.

    Raises:
        Refused: there is nothing to redo, another act than expected would come, or the project
            has changed so that it cannot come back.
    """
    undone = journal.next_to_redo(project.db, project.coder_id)
    if not undone:
        raise Refused("Nothing to redo: what was undone can come back until something new is done.")
    if expected is not None and undone[0].id != expected:
        raise Refused(
            f"Something else has been undone meanwhile: {undone[0].subject}.",
            "Nothing was brought back; redo again if that is what you want.",
        )
    return _reverse(project, undone, "redo")


def refuse_blocked(project: Project, acts: list[Change], kind: Kind) -> None:
    """Refuse a step that another coder's later act stands in the way of; nothing is changed.

    For not asking about a step that cannot be taken. Nothing is looked at but the journal's end
    where nobody else has done anything since.

    Args:
        project: the project.
        acts: as ``weigh_undo`` or ``weigh_redo`` gives them.
        kind: which way the step goes.

    Raises:
        Refused: it stands in the way, as ``undo`` and ``redo`` say it.
    """
    db = project.db
    for act in acts:
        newest = journal.newest_about(db, act.id)
        if not journal.others_after(db, newest.id, newest.coder_id):
            continue
        if act_in_the_way(db, newest, journal.read_images(db, newest.id)) is not None:
            # Acts of the same step that go first may clear the way: only trying it tells.
            _rehearse(project, acts, kind)
            return


class _Rehearsed(Exception):
    """The step can be taken; it is not."""


def _rehearse(project: Project, acts: list[Change], kind: Kind) -> None:
    try:
        with project.write() as db:
            _reverse_all(project, db, acts, kind)
            raise _Rehearsed
    except _Rehearsed:
        pass


def _reverse(project: Project, acts: list[Change], kind: Kind) -> Change:
    with project.write() as db:
        done = _reverse_all(project, db, acts, kind)
    for change, images_now in done:
        project.publish_own(change, images_now)
    return _named(acts)


def _reverse_all(
    project: Project, db: sqlite3.Connection, acts: list[Change], kind: Kind
) -> list[tuple[Change, tuple[Image, ...]]]:
    """Reverse acts inside a transaction; return the changes that this is, with their images."""
    done: list[tuple[Change, tuple[Image, ...]]] = []
    step: int | None = None
    making = kind == "undo" and any(journal.is_making(db, act) for act in acts[:1])
    nothing = _nothing_own(project) if making else None
    for act in acts:
        newest = journal.newest_about(db, act.id)
        # Somebody may have done the same in another process since the act was chosen.
        if (newest.kind == "undo") == (kind == "undo"):
            raise Refused(f"It is {_DONE[kind]} already: {act.subject}.")
        images = journal.read_images(db, newest.id)
        later = act_in_the_way(db, newest, images)
        if later is not None:
            raise nothing or _in_the_way(project, later, kind)
        recorder = Recorder(db)
        try:
            for image in reversed(images):
                _take_back(recorder, image)
            if any(image.place == "codes" for image in images):
                for wrong in prove_tree(db):
                    raise _Changed(wrong)
        except (_Changed, sqlite3.IntegrityError) as error:
            raise Refused(
                f"It cannot be {_DONE[kind]} any more: {act.subject}. What it touched is no"
                f" longer as it was{f' ({error})' if str(error) else ''}.",
                "Nothing was changed; `qual log` shows what came after.",
            ) from error
        change = journal.append_change(
            db,
            at=project.clock(),
            coder_id=project.coder_id,
            kind=kind,
            target=act.id,
            action=act.action,
            subject=act.subject,
            images=recorder.images,
            step=step,
        )
        step = step or change.id
        done.append((change, tuple(recorder.images)))
    return done


def _named(acts: list[Change]) -> Change:
    if len(acts) == 1:
        return acts[0]
    if acts[0].action == _READING:
        return replace(acts[-1], subject=f"{len(acts)} passages marked")
    first, last = min(acts, key=_id), max(acts, key=_id)
    if summed := _summed([act.subject for act in acts]):
        return replace(first, subject=summed)
    return replace(first, subject=f"{len(acts)} acts, from “{first.subject}” to “{last.subject}”")


def _summed(subjects: list[str]) -> str:
    """Return what slices of one bulk coding did together; empty when they are something else."""
    found = [_SLICE.fullmatch(subject) for subject in subjects]
    label = next((one[2] for one in found if one), "")
    total = 0
    for one, subject in zip(found, subjects, strict=True):
        # A slice with a single coding in it is named as one made by hand.
        if one is None and not subject.startswith(f"+ {label} on "):
            return ""
        if one is not None and one[2] != label:
            return ""
        total += int(one[1].replace(",", "")) if one else 1
    return f"+ {counted(total, 'coding')} {label} on found spans" if label else ""


def _id(change: Change) -> int:
    return change.id


class _Changed(Exception):
    """A row is not as the change left it."""


def _take_back(recorder: Recorder, image: Image) -> None:
    key = split_key(image.place, image.row_key)
    now = recorder.row(image.place, key)
    if image.place in OWN_DESK:
        # A desk is not journaled: what its owner did there meanwhile is left as it is.
        if image.before is not None and now is None:
            recorder.insert(image.place, image.before)
        elif image.before is None and now is not None:
            recorder.delete(image.place, key)
    elif image.before is None:
        if now is None:
            raise _Changed
        if image.place == "codes":
            take_off_desks(recorder, int(image.row_key))  # pinned since, perhaps
        recorder.delete(image.place, key)
    elif image.after is None:
        recorder.restore(image.place, image.before)
    else:
        if now is None or any(now[name] != value for name, value in image.after.items()):
            raise _Changed
        recorder.update(image.place, key, image.before)


def _nothing_own(project: Project) -> Refused:
    """Return what is said to who has done nothing that stands.

    The making of the study counts for nothing once others have worked in it: who opens the sample
    has never heard of its coders, and cannot ask them for anything.
    """
    if journal.next_to_redo(project.db, project.coder_id):
        return NothingLeft("Nothing left to undo.", "`qual redo` brings back what was undone last.")
    return Refused("Nothing to undo: you have changed nothing here yet.")


def _in_the_way(project: Project, later: Change, kind: Kind) -> Refused:
    name = coder_name(project.db, later.coder_id)
    act = _PRIVATE.get(later.action) or _PRIVATE.get(later.action.partition(".")[0])
    if act and later.coder_id not in project.visible_coder_ids():
        # What a hidden coder coded where is not told; that it was done cannot be kept back.
        later = replace(later, subject=f"{act}, hidden from you like all their codings")
    what = "Another act depends on it" if kind == "undo" else "Another act has taken its place"
    return Refused(
        f"{what}: {name}, {later.at[:16].replace('T', ' ')}: {later.subject}.",
        f"Ask {name} to undo that first; nothing was changed.",
    )
