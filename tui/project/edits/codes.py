"""Acts on the codebook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tui.codebook.keys import free_key, free_letter
from tui.errors import Refused
from tui.model.code import TEXT_FIELDS, Code
from tui.project.act import Act, edit
from tui.project.edits.codings import delete_coding, give_code_everywhere
from tui.store.cases import rows_of
from tui.store.codes import code_ids_below, find_code, list_codes, read_code
from tui.store.codings import coding_ids_of_code, uses_of_code
from tui.store.decisions import decisions_on
from tui.store.desk import take_off_desks
from tui.store.images import Value
from tui.store.memos import memo_ids_on
from tui.text.counted import counted

REVISING: Final = ("definition", "include", "exclude")
"""Fields that say what a code means: a coding remembers which revision of them it was made by."""


@edit("code.add")
def add_code(
    act: Act,
    name: str,
    parent_id: int | None = None,
    key: str | None = None,
    fields: Mapping[str, str | int | None] | None = None,
) -> int:
    """Add a code as the last child of its parent.

    Args:
        name: what it is called; two codes under one parent may not share a name.
        parent_id: the code above it; None at the top.
        key: its key; the next free child key of the parent when left out.
        fields: ``definition`` and other fields of ``Code``, ``slot`` among them.

    Returns:
        The new code's id.

    Raises:
        Refused: the name is empty or taken, the key, letter or slot is taken, the parent is gone.
    """
    codes = list_codes(act.db)
    parent = existing(act, parent_id) if parent_id is not None else None
    name = check_name(codes, name, parent_id)
    key = check_key(codes, key) if key else free_key(codes, parent)
    values: dict[str, Value] = {
        "key": key,
        "name": name,
        "parent_id": parent_id,
        "position": 1 + max((c.position for c in codes if c.parent_id == parent_id), default=0),
    }
    for field, value in (fields or {}).items():
        if field not in TEXT_FIELDS and field != "slot":
            raise Refused(f"A code has no field {field!r}.")
        values[field] = value
    letter = str(values.get("letter") or "")
    if letter:
        check_letter(codes, letter, None)
    else:
        values["letter"] = free_letter(codes, name)
    if values.get("slot") is not None:
        check_slot(codes, int(str(values["slot"])), None)
    made = act.rows.insert("codes", values)
    act.subject = f"New code {key} {name}"
    return made


@edit("code.change")
def change_code(act: Act, code_id: int, fields: Mapping[str, str | int | None]) -> bool:
    """Change fields of a code: its name, definition, include, exclude, example and so on.

    Args:
        code_id: the code.
        fields: new values; ``key`` and ``slot`` among them.

    Returns:
        Whether anything was different.

    Raises:
        Refused: the code is gone, a name, key, letter or slot is taken, a field unknown.
    """
    codes = list_codes(act.db)
    code = existing(act, code_id)
    values: dict[str, Value] = {}
    for field, value in fields.items():
        if field == "key":
            if str(value) != code.key:
                values["key"] = check_key(codes, str(value))
            continue
        if field not in TEXT_FIELDS and field != "slot":
            raise Refused(f"A code has no field {field!r}.")
        if field == "name":
            value = check_name(codes, str(value), code.parent_id, but=code_id)
        elif field == "letter" and value:
            check_letter(codes, str(value), code_id)
        elif field == "slot" and value is not None:
            check_slot(codes, int(value), code_id)
        values[field] = value
    if any(getattr(code, field) != values[field] for field in REVISING if field in values):
        values["revision"] = code.revision + 1
    if not act.rows.update("codes", code_id, values):
        return False
    if set(values) == {"name"}:
        act.subject = f"Renamed {code.key} {code.name} → {values['name']}"
    else:
        what = ", ".join(field for field in values if field != "revision")
        act.subject = f"Changed {what} of {code.key} {code.name}"
    return True


@edit("code.move")
def move_code(act: Act, code_id: int, parent_id: int | None, position: int | None = None) -> None:
    """Move a code with its branch under another parent; its key stays.

    Args:
        code_id: the code.
        parent_id: the code to be above it; None for the top.
        position: place among its new siblings, from 1; the last when left out.

    Raises:
        Refused: the new parent lies in the code's own branch, is gone, or has a child of this name.
    """
    code = existing(act, code_id)
    parent = existing(act, parent_id) if parent_id is not None else None
    if parent is not None and parent.id in code_ids_below(act.db, code_id):
        raise Refused(
            f"{code.key} {code.name} cannot be moved under {parent.key}, which lies below it."
        )
    codes = list_codes(act.db)
    check_name(codes, code.name, parent_id, but=code_id)
    siblings = [c for c in codes if c.parent_id == parent_id and c.id != code_id]
    at = len(siblings) if position is None else max(0, min(position - 1, len(siblings)))
    order = [*siblings[:at], code, *siblings[at:]]
    act.rows.update("codes", code_id, {"parent_id": parent_id})
    for place, sibling in enumerate(order, 1):
        act.rows.update("codes", sibling.id, {"position": place})
    under = f"under {parent.key} {parent.name}" if parent else "to the top"
    act.subject = f"Moved {code.key} {code.name} {under}, place {at + 1}"


@edit("code.merge")
def merge_codes(act: Act, from_id: int, into_id: int) -> int:
    """Merge a code into another: codings of every coder, children, memos and relations follow.

    Returns:
        How many codings changed their code.

    Raises:
        Refused: both are the same, the target lies below the source, or one is gone.
    """
    source, target = existing(act, from_id), existing(act, into_id)
    if from_id == into_id:
        raise Refused("A code cannot be merged with itself.")
    if into_id in code_ids_below(act.db, from_id):
        raise Refused(
            f"{source.key} cannot be merged into {target.key}, which lies below it.",
            "Move that one out of the branch first.",
        )
    moved = give_code_everywhere(act, source, target)
    codes = list_codes(act.db)
    place = max((c.position for c in codes if c.parent_id == into_id), default=0)
    for child in (c for c in codes if c.parent_id == from_id):
        check_name(codes, child.name, into_id, but=child.id)
        place += 1
        act.rows.update("codes", child.id, {"parent_id": into_id, "position": place})
    for memo_id, _ in memo_ids_on(act.db, "code_id", from_id):
        act.rows.update("memos", memo_id, {"code_id": into_id})
    _move_relations(act, from_id, into_id)
    for decision_id, _ in decisions_on(act.db, "code_id", from_id):
        act.rows.update("decisions", decision_id, {"code_id": into_id})
    take_off_desks(act.rows, from_id)
    act.rows.delete("codes", from_id)
    # Without a number: the codings are everybody's, and who reads this may not see all of them.
    act.subject = f"Merged {source.key} {source.name} into {target.key} {target.name}"
    return moved


@edit("code.delete")
def delete_code(act: Act, code_id: int) -> int:
    """Delete a code with its branch and the coder's own codings and memos on it.

    Returns:
        How many codings were deleted with it.

    Raises:
        Refused: another coder has codings or memos on the branch; the code is gone.
    """
    code = existing(act, code_id)
    ids = code_ids_below(act.db, code_id)
    removed = 0
    for each in reversed(ids):
        others = {coder: n for coder, n in uses_of_code(act.db, each).items()}
        others.pop(act.coder_id, None)
        if others:
            raise Refused(
                f"Other coders have codings in {code.key} {code.name}.",
                "Merge it into another code instead: their codings follow.",
            )
        removed += _delete_codings(act, each)
        for memo_id, coder_id in memo_ids_on(act.db, "code_id", each):
            _check_memo(act, coder_id, code)
            act.rows.delete("memos", memo_id)
        for column in ("from_code_id", "to_code_id"):
            for relation_id in rows_of(act.db, "relations", column, each):
                _delete_relation(act, relation_id, code)
        _delete_decisions(act, each, code)
        take_off_desks(act.rows, each)
    for each in reversed(ids):
        act.rows.delete("codes", each)
    branch = f" and {len(ids) - 1} below it" if len(ids) > 1 else ""
    gone = counted(removed, "coding")
    act.subject = f"Deleted code {code.key} {code.name}{branch} ({gone})"
    return removed


def existing(act: Act, code_id: int) -> Code:
    """Return a code.

    Raises:
        Refused: it is gone.
    """
    code = read_code(act.db, code_id)
    if code is None:
        raise Refused("That code is no longer in the codebook.", "`qual codes` lists it.")
    return code


def check_name(codes: list[Code], name: str, parent_id: int | None, but: int | None = None) -> str:
    """Return the name without outer spaces, or refuse it."""
    name = " ".join(name.split())
    if not name:
        raise Refused("A code needs a name.")
    for code in codes:
        same = code.name.casefold() == name.casefold()
        if same and code.parent_id == parent_id and code.id != but:
            raise Refused(f"{code.key} is called {code.name!r} already, under the same parent.")
    return name


def check_key(codes: list[Code], key: str) -> str:
    """Return the key, or refuse it when it is taken or not one word."""
    if not key or key.split() != [key]:
        raise Refused(f"{key!r} cannot be a key: it is one word, such as R1-2-5.")
    for code in codes:
        if code.key.casefold() == key.casefold():
            raise Refused(f"The key {key} belongs to {code.name!r} already.")
    return key


def check_letter(codes: list[Code], letter: str, but: int | None) -> None:
    """Refuse a lane letter that is not one of A-Z, a-z, or is taken."""
    if len(letter) != 1 or not (letter.isascii() and letter.isalpha()):
        raise Refused(f"{letter!r} cannot be a lane letter: one of A-Z or a-z.")
    for code in codes:
        if code.letter == letter and code.id != but:
            raise Refused(f"The letter {letter} belongs to {code.key} {code.name} already.")


def check_slot(codes: list[Code], slot: int, but: int | None) -> None:
    """Refuse a default slot that is not 1 to 9, or is taken."""
    if not 1 <= slot <= 9:
        raise Refused(f"{slot} cannot be a slot: 1 to 9.")
    for code in codes:
        if code.slot == slot and code.id != but:
            raise Refused(f"Slot {slot} belongs to {code.key} {code.name} already.")


def find_existing(act: Act, key: str) -> Code:
    """Return a code by key.

    Raises:
        Refused: there is none.
    """
    code = find_code(act.db, key)
    if code is None:
        raise Refused(f"There is no code {key!r}.", "`qual codes` lists them.")
    return code


def _delete_codings(act: Act, code_id: int) -> int:
    ids = coding_ids_of_code(act.db, code_id)
    for coding_id in ids:
        delete_coding(act, coding_id)
    return len(ids)


def _check_memo(act: Act, coder_id: int, code: Code) -> None:
    if coder_id != act.coder_id:
        raise Refused(
            f"Another coder has written a memo on {code.key} {code.name}.",
            "Merge the code into another instead: memos follow.",
        )


def _delete_decisions(act: Act, code_id: int, code: Code) -> None:
    for decision_id, coder_id in decisions_on(act.db, "code_id", code_id):
        if coder_id != act.coder_id:
            raise Refused(
                f"Another coder has decided disagreements on {code.key} {code.name}.",
                "Merge the code into another instead: decisions follow.",
            )
        act.rows.delete("decisions", decision_id)


def _delete_relation(act: Act, relation_id: int, code: Code) -> None:
    row = act.rows.row("relations", relation_id)
    if row is None:  # both ends lie in the branch, and the first end took it away
        return
    if row["coder_id"] != act.coder_id:
        raise Refused(
            f"Another coder has drawn a relation from or to {code.key} {code.name}.",
            "Merge the code into another instead: relations follow.",
        )
    for memo_id, coder_id in memo_ids_on(act.db, "relation_id", relation_id):
        _check_memo(act, coder_id, code)
        act.rows.delete("memos", memo_id)
    act.rows.delete("relations", relation_id)


def _move_relations(act: Act, from_id: int, into_id: int) -> None:
    for column in ("from_code_id", "to_code_id"):
        for relation_id in rows_of(act.db, "relations", column, from_id):
            row = act.rows.row("relations", relation_id)
            if row is None:
                continue
            row[column] = into_id
            twins = [
                other
                for other in rows_of(
                    act.db, "relations", "from_code_id", int(str(row["from_code_id"]))
                )
                if other != relation_id and _same_relation(act.rows.row("relations", other), row)
            ]
            if row["from_code_id"] == row["to_code_id"] or twins:
                for memo_id, _ in memo_ids_on(act.db, "relation_id", relation_id):
                    if twins:
                        act.rows.update("memos", memo_id, {"relation_id": twins[0]})
                    else:
                        act.rows.delete("memos", memo_id)
                act.rows.delete("relations", relation_id)
            else:
                act.rows.update("relations", relation_id, {column: into_id})


def _same_relation(one: dict[str, Value] | None, other: dict[str, Value]) -> bool:
    names = ("from_code_id", "to_code_id", "kind", "coder_id")
    return one is not None and all(one[name] == other[name] for name in names)
