"""Bringing an edited codebook file into the project, as one act."""

from __future__ import annotations

from collections.abc import Sequence

from tui.codebook.file import FileCode
from tui.codebook.keys import free_letter
from tui.codebook.sync import Difference
from tui.errors import Refused
from tui.model.code import TEXT_FIELDS
from tui.project.act import Act, edit
from tui.project.edits.codes import (
    REVISING,
    check_key,
    check_letter,
    check_slot,
    delete_code,
    find_existing,
)
from tui.store.codes import code_ids_below, list_codes, read_code
from tui.store.images import Value
from tui.store.proof import prove_tree
from tui.text.counted import counted


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
    wanted = {code.key for code in file}
    whole = {d.key for d in differences if d.field == "code"}
    # What may stand only once may be swapped between codes: all is given up before any is given.
    _give_up(act, file, differences)
    for code in _parents_first([code for code in file if code.key in whole]):
        _add(act, code)
    for difference in differences:
        if difference.field == "parent":
            parent = find_existing(act, str(difference.file)) if difference.file else None
            act.rows.update(
                "codes",
                find_existing(act, difference.key).id,
                {"parent_id": parent.id if parent else None},
            )
    _delete(act, whole - wanted)
    fields: dict[str, dict[str, Value]] = {
        code.key: {"letter": code.letter, "slot": code.slot} for code in file if code.key in whole
    }
    for difference in differences:
        if difference.field not in ("code", "order", "parent"):
            fields.setdefault(difference.key, {})[difference.field] = difference.file
    for key, values in fields.items():
        _change(act, key, values)
    _order(act, file)
    _give_letters(act)
    for wrong in prove_tree(act.db):
        raise Refused(
            f"File and project do not go together: {wrong}.",
            "Nothing was changed; `qual codebook diff` shows both sides.",
        )
    count = len(differences)
    act.subject = f"Took {counted(count, 'change')} from the codebook file"
    return count


def _give_up(act: Act, file: Sequence[FileCode], differences: Sequence[Difference]) -> None:
    nothing: dict[str, Value] = {"letter": "", "slot": None}
    named = {code.letter for code in file if code.letter}
    chosen_here = {code.key for code in file if not code.letter}
    for own in list_codes(act.db):
        if own.letter in named and own.key in chosen_here:
            act.rows.update("codes", own.id, {"letter": ""})
    for difference in differences:
        if difference.field in nothing:
            code = find_existing(act, difference.key)
            act.rows.update("codes", code.id, {difference.field: nothing[difference.field]})


def _parents_first(codes: Sequence[FileCode]) -> list[FileCode]:
    """Return codes so that those that lie under others come after them."""
    waiting = {code.key: code for code in codes}
    ordered: list[FileCode] = []
    while waiting:
        ready = [code for code in waiting.values() if code.parent not in waiting]
        ordered += ready
        for code in ready:
            del waiting[code.key]
    return ordered


def _add(act: Act, code: FileCode) -> None:
    """Insert a code without letter and slot; whether it fits in is proven in the end."""
    parent = find_existing(act, code.parent) if code.parent else None
    values: dict[str, Value] = {
        name: getattr(code, name) for name in TEXT_FIELDS if name != "letter"
    }
    place = {"parent_id": parent.id if parent else None, "position": 0}
    key = check_key(list_codes(act.db), code.key)
    act.rows.insert("codes", {"key": key, **values, **place})


def _delete(act: Act, keys: set[str]) -> None:
    """Delete codes that the file no longer has.

    Raises:
        Refused: one has codes below it that the file does not know, or others have used one.
    """
    names = {code.id: code for code in list_codes(act.db)}
    doomed = {code.id for code in names.values() if code.key in keys}
    for code_id in doomed:
        for below in code_ids_below(act.db, code_id):
            if below not in doomed:
                raise Refused(
                    f"{names[code_id].key} is gone from the file, but {names[below].key}"
                    f" {names[below].name} lies below it in the project.",
                    "Move that one, or push first; nothing was changed.",
                )
    for code_id in sorted(doomed):
        if read_code(act.db, code_id) is not None:  # not gone with the branch of another
            delete_code.apply(act, code_id)


def _change(act: Act, key: str, values: dict[str, Value]) -> None:
    codes = list_codes(act.db)
    code = find_existing(act, key)
    if values.get("letter"):
        check_letter(codes, str(values["letter"]), code.id)
    if values.get("slot") is not None:
        check_slot(codes, int(str(values["slot"])), code.id)
    if any(name in values and getattr(code, name) != values[name] for name in REVISING):
        values["revision"] = code.revision + 1
    act.rows.update("codes", code.id, values)


def _give_letters(act: Act) -> None:
    """Give every code without a lane letter a free one, as long as there are any."""
    for code in list_codes(act.db):
        if not code.letter:
            letter = free_letter(list_codes(act.db), code.name)
            if not letter:
                return
            act.rows.update("codes", code.id, {"letter": letter})


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
