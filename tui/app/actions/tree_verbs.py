"""Large acts of the code tree: recode all, merge, delete, another level."""

from __future__ import annotations

from tui.app.action import Action
from tui.app.actions.bulk import recode_many
from tui.app.actions.reasons import no_code_to_change
from tui.app.actions.slots import now_given
from tui.app.desk import Choice, Desk
from tui.app.keybook import hint, key
from tui.model.code import Code
from tui.project.edits.codes import delete_code, merge_codes, move_code
from tui.store.codings import uses_of_code
from tui.store.segments import Wanted, segment_ids
from tui.text.counted import counted

_TYPE_ABOVE = 20
"""Deleting more codings than this asks for a word to be typed."""


def recode_all(desk: Desk) -> None:
    """Give all of this coder's codings of the highlighted code another one, after a question."""
    code = desk.tree.highlighted
    if code is None:
        return
    own = uses_of_code(desk.project.db, code.id).get(desk.project.coder_id, 0)
    if not own:
        others = desk.study.direct.get(code.id, 0)
        more = f", {others:,} of other coders: only they change them" if others else ""
        desk.refuse(f"You have no codings of {_name(code)} itself{more}")
        return
    desk.ask.pick_codes(
        lambda *picked: _ask_recode(desk, code, *picked),
        f"Recode all {_codings(own)} of {code.key} as…",
        Choice(one=True, without=frozenset({code.id})),
    )


def _ask_recode(
    desk: Desk,
    code: Code,
    code_ids: tuple[int, ...],
    new_name: str | None,
    parent_id: int | None,
) -> None:
    target = _one_target(desk, code, code_ids, new_name)
    if target is None:
        return
    project, study = desk.project, desk.study
    ids = list(segment_ids(project.db, Wanted((code.id,), (project.coder_id,))))
    others = study.direct.get(code.id, 0) - len(ids)
    stays = "stays as it is" if others == 1 else "stay as they are"
    stay = f" {_codings(others)} by other coders {stays}." if others > 0 else ""
    slices = recode_many(project, ids, code_ids[0] if code_ids else None, new_name, parent_id)
    desk.ask.confirm(
        f"Recode all your {_codings(len(ids))} of {_name(code)} to {target}?",
        f"Edges and memos stay, and so does the code, empty.{stay} {_undo_brings_back()}",
        lambda: desk.ask.in_slices(
            "Recoding", len(ids), slices, f"Recoded {_codings(len(ids))} → {target}"
        ),
    )


def _one_target(
    desk: Desk, code: Code, code_ids: tuple[int, ...], new_name: str | None
) -> str | None:
    """Return the name of the one code that was picked; None, and why, when it cannot be taken."""
    if len(code_ids) + (new_name is not None) != 1:
        desk.refuse("Choose one code: several can be marked only to code with them")
        return None
    if new_name is not None:
        return f"the new code {new_name}"
    if code_ids[0] == code.id:
        desk.refuse(f"That is {_name(code)} itself: nothing was changed")
        return None
    return _name(desk.study.by_id[code_ids[0]])


def merge(desk: Desk) -> None:
    """Merge the highlighted code into another one, after a question."""
    code = desk.tree.highlighted
    if code is None:
        return

    def picked(code_ids: tuple[int, ...], new_name: str | None, _: int | None) -> None:
        if new_name is not None:
            rename = hint("tree.rename", "renames")
            desk.refuse(f"A code is merged into one that exists · {rename} this one")
            return
        into = _one_target(desk, code, code_ids, None)
        if into is None:
            return
        target_id = code_ids[0]
        desk.ask.confirm(
            f"Merge {_name(code)} into {into}?",
            _what_merging_does(desk, code, desk.study.by_id[target_id]),
            lambda: _merge_now(desk, code, target_id),
        )

    others = Choice(one=True, without=frozenset({code.id}), new=False)
    desk.ask.pick_codes(picked, f"Merge {code.key} into…", others)


def _what_merging_does(desk: Desk, code: Code, into: Code) -> str:
    study = desk.study
    segments = study.direct.get(code.id, 0)
    below = len(study.children(code.id))
    moves = [_codings(segments)] if segments else []
    if desk.study.hidden_coders:
        moves.append("codings of coders hidden from you")
    if below:
        moves.append(f"the {_codes(below)} right below it")
    moves.append("memos and relations")
    first = f"{', '.join(moves[:-1])} and " if moves[:-1] else ""
    return (
        f"Its {first}{moves[-1]} go to {into.key}, whoever made them;"
        f" its name, definition and lane go away. {_undo_brings_back()}"
    )


def _merge_now(desk: Desk, code: Code, into_id: int) -> None:
    slots = dict(desk.study.slots)
    merge_codes(desk.project, code.id, into_id)
    desk.tree.jump(into_id)
    into = desk.study.by_id[into_id]
    given = now_given(desk, slots)
    desk.say(f"Merged {_name(code)} into {_name(into)}{given}   {hint('edit.undo', 'undo')}")


def delete(desk: Desk) -> None:
    """Delete the highlighted code with its branch and this coder's codings, after a question."""
    code = desk.tree.highlighted
    if code is None:
        return
    study = desk.study
    segments = study.branch.get(code.id, 0)
    below = sum(code.id in study.line_of(each.id) for each in study.codes) - 1
    goes = []
    if below:
        goes.append(f"{_codes(below)} below it")
    if segments:
        goes.append(f"{_codings(segments)} of the branch, with your memos on them")
    what = (
        f"{' and '.join(goes)} {'is' if segments + below == 1 else 'are'} deleted with it. "
        if goes
        else ""
    )
    merging = hint("tree.merge", "merges it into another instead, codings and all")

    def delete_now() -> None:
        slots = dict(study.slots)
        delete_code(desk.project, code.id)
        given = now_given(desk, slots)
        desk.say(f"Deleted {_name(code)}{given}   {hint('edit.undo', 'undo')}")

    desk.ask.confirm(
        f"Delete {_name(code)}?",
        f"{what}{_undo_brings_back()}" + (f" {merging}." if segments else ""),
        delete_now,
        "delete" if segments > _TYPE_ABOVE else None,
    )


def level_up(desk: Desk) -> None:
    """Move the highlighted code out of its parent, to stand right after it."""
    code = desk.tree.highlighted
    if code is None:
        return
    study = desk.study
    if code.parent_id is None:
        desk.refuse(f"{_name(code)} is a top code already · {key('tree.level_down')} moves it down")
        return
    parent = study.by_id[code.parent_id]
    siblings = [each.id for each in study.children(parent.parent_id)]
    move_code(desk.project, code.id, parent.parent_id, siblings.index(parent.id) + 2)
    _moved(desk, code)


def level_down(desk: Desk) -> None:
    """Move the highlighted code under the sibling that stands above it."""
    code = desk.tree.highlighted
    if code is None:
        return
    siblings = desk.study.children(code.parent_id)
    at = [each.id for each in siblings].index(code.id)
    if not at:
        desk.refuse(f"{_name(code)} is the first of its level: there is none above to go under")
        return
    move_code(desk.project, code.id, siblings[at - 1].id)
    _moved(desk, code)


def _moved(desk: Desk, code: Code) -> None:
    desk.tree.jump(code.id)
    parent = desk.study.by_id.get(desk.study.by_id[code.id].parent_id or 0)
    where = f"now under {_name(parent)}" if parent else "now a top code"
    desk.say(f"{_name(code)} is {where}; its key stays   {hint('edit.undo', 'undo')}")


def _name(code: Code) -> str:
    return f"{code.key} {code.name}"


def _codings(count: int) -> str:
    return counted(count, "coding")


def _codes(count: int) -> str:
    return counted(count, "code")


def _undo_brings_back() -> str:
    return hint("edit.undo", "brings all of it back.")


ACTIONS = (
    Action("tree.recode", "recode all codings",
           "Gives all your codings of the code at the cursor another code; asks first.", ("r",),
           ("tree",), recode_all, no_code_to_change, "recode all"),
    Action("tree.merge", "merge into another code",
           "Merges the code into another: everybody's codings, its children, memos and relations"
           " follow; asks first.", ("M",), ("tree",), merge, no_code_to_change, "merge"),
    Action("tree.level_up", "one level up",
           "Moves the code with its branch out of its parent, to stand after it; its key stays.",
           ("<",), ("tree",), level_up, no_code_to_change, "level"),
    Action("tree.level_down", "one level down",
           "Moves the code with its branch under the one above it; its key stays.",
           (">",), ("tree",), level_down, no_code_to_change),
    Action("tree.delete", "delete the code",
           "Deletes the code with its branch and your codings of it; asks first.", ("X",),
           ("tree",), delete, no_code_to_change, "delete"),
)  # fmt: skip
