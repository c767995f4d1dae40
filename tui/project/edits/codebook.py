"""Bringing an edited codebook file into the project, as one act."""

from __future__ import annotations

from collections.abc import Sequence

from tui.codebook.file import TEXTS, FileCode
from tui.codebook.sync import Difference
from tui.project.act import Act, edit
from tui.project.edits.codes import add_code, change_code, delete_code, find_existing, move_code
from tui.store.codes import find_code, list_codes


@edit("codebook.pull")
def pull_codebook(act: Act, file: Sequence[FileCode], differences: Sequence[Difference]) -> int:
    """Take differences over from the file.

    Args:
        file: the codes of the file, in tree order.
        differences: those to take; see ``tui.codebook.sync.compare``.

    Returns:
        How many differences were taken.

    Raises:
        Refused: an act on one of the codes was refused; nothing is changed then.
    """
    by_key = {code.key: code for code in file}
    # Letters, slots and names may be swapped between codes: give them up before giving them out.
    _give_up(act, differences)
    for code in file:
        if any(d.field == "code" and d.key == code.key for d in differences):
            _add(act, code)
    changes: dict[str, dict[str, str | int | None]] = {}
    for difference in differences:
        if difference.field in ("code", "order"):
            continue
        if difference.field == "parent":
            parent = find_existing(act, str(difference.file)) if difference.file else None
            move_code.apply(
                act, find_existing(act, difference.key).id, parent.id if parent else None
            )
        else:
            changes.setdefault(difference.key, {})[difference.field] = difference.file
    for key, fields in changes.items():
        change_code.apply(act, find_existing(act, key).id, fields)
    for difference in reversed(differences):
        gone = difference.field == "code" and difference.key not in by_key
        code_gone = find_code(act.db, difference.key) if gone else None
        if code_gone is not None:
            delete_code.apply(act, code_gone.id)
    _order(act, file)
    act.subject = f"Took {len(differences)} changes from the codebook file"
    return len(differences)


def _give_up(act: Act, differences: Sequence[Difference]) -> None:
    for difference in differences:
        if difference.field in ("letter", "slot"):
            code = find_existing(act, difference.key)
            act.rows.update(
                "codes", code.id, {difference.field: "" if difference.field == "letter" else None}
            )


def _add(act: Act, code: FileCode) -> None:
    parent = find_existing(act, code.parent) if code.parent else None
    fields: dict[str, str | int | None] = {
        name: getattr(code, name) for name in TEXTS if name != "name"
    }
    made = add_code.apply(
        act, code.name, parent.id if parent else None, code.key, {**fields, "slot": code.slot}
    )
    if not code.letter:
        # A code that the file leaves without a letter stays without: it shares the lane ``~``.
        act.rows.update("codes", made, {"letter": ""})


def _order(act: Act, file: Sequence[FileCode]) -> None:
    """Put siblings in the order of the file; codes that only the project has come last."""
    rank = {code.key: at for at, code in enumerate(file)}
    siblings: dict[int | None, list[tuple[int, int, int]]] = {}
    for code in list_codes(act.db):
        at = rank.get(code.key, len(rank) + code.position)
        siblings.setdefault(code.parent_id, []).append((at, code.id, code.position))
    for group in siblings.values():
        for place, (_, code_id, position) in enumerate(sorted(group), 1):
            if place != position:
                act.rows.update("codes", code_id, {"position": place})
