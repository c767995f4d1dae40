"""``qual codes pin``, ``hide``, ``show``, ``solo``: each coder's own digits and lanes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tui.cli.arguments import need_code
from tui.cli.options import JsonFlag
from tui.cli.output import write_json, write_text
from tui.cli.session import reading, writing
from tui.errors import QualError
from tui.model.code import Code
from tui.store.codes import list_codes
from tui.store.desk import hidden_code_ids, read_solo

if TYPE_CHECKING:
    from tui.project.project import Project

KeyArgument = Annotated[str, typer.Argument(metavar="KEY", help="Key of a code, or its name.")]


def pin(
    ctx: typer.Context,
    slot: Annotated[int, typer.Argument(metavar="SLOT", min=1, max=9, help="A digit key.")],
    key: Annotated[
        str | None, typer.Argument(metavar="[KEY]", help="None: take the pin off.")
    ] = None,
    json_lines: JsonFlag = False,
) -> None:
    """Put a code on one of your digit keys, for you alone; not a step of undo."""
    from tui.store.desk import pin_slot, unpin_slot  # noqa: PLC0415 (writes)

    with writing(ctx) as project:
        code = need_code(project.db, key) if key else None
        with project.write() as db:
            if code is not None:
                pin_slot(db, project.coder_id, slot, code.id)
            else:
                unpin_slot(db, project.coder_id, slot)
        if json_lines:
            write_json({"slot": slot, "code": code.key if code else None})
        else:
            write_text(f"{slot} = {f'{code.key} {code.name}' if code else 'your pin is off'}")


def hide(
    ctx: typer.Context,
    key: KeyArgument,
    show: Annotated[bool, typer.Option("--show", help="Show them again.")] = False,
    json_lines: JsonFlag = False,
) -> None:
    """Hide the lanes of a code's branch on your screen; not a step of undo."""
    with writing(ctx) as project:
        _set_lanes(project, need_code(project.db, key), hidden=not show, json_lines=json_lines)


def show(ctx: typer.Context, key: KeyArgument, json_lines: JsonFlag = False) -> None:
    """Show the lanes of a hidden branch again; not a step of undo."""
    with writing(ctx) as project:
        _set_lanes(project, need_code(project.db, key), hidden=False, json_lines=json_lines)


def solo(
    ctx: typer.Context,
    key: Annotated[
        str | None, typer.Argument(metavar="[KEY]", help="None: say which branch it is.")
    ] = None,
    all_lanes: Annotated[
        bool, typer.Option("--all", help="Show all lanes again but the hidden ones.")
    ] = False,
    json_lines: JsonFlag = False,
) -> None:
    """Show the lanes of one branch alone on your screen; not a step of undo."""
    if key is not None and all_lanes:
        raise QualError("One branch or all of them?", "Give KEY or --all.")
    if key is None and not all_lanes:
        with reading(ctx) as opened:
            now = read_solo(opened.db, opened.coder_id)
            code = next((each for each in list_codes(opened.db) if each.id == now), None)
        if code is None:
            raise QualError("No branch is shown alone.", exit_code=1)
    else:
        from tui.store.desk import set_solo  # noqa: PLC0415 (writes)

        with writing(ctx) as project:
            code = need_code(project.db, key) if key else None
            with project.write() as db:
                set_solo(db, project.coder_id, code.id if code else None)
    if json_lines:
        write_json({"code": code.key if code else None})
    else:
        write_text(f"Only the lanes of {code.key} {code.name}" if code else "All lanes")


def _set_lanes(project: Project, code: Code, *, hidden: bool, json_lines: bool) -> None:
    """Hide or show the lanes of a branch, as the key in the code tree does.

    Raises:
        QualError: they are hidden with a code above it, or because another branch is alone.
    """
    from tui.store.desk import set_hidden  # noqa: PLC0415 (writes)

    with project.write() as db:
        set_hidden(db, project.coder_id, code.id, hidden=hidden)
    if not hidden:
        _check_shown(project, code)
    if json_lines:
        write_json({"code": code.key, "hidden": hidden})
    else:
        write_text(f"Lanes of {code.key} {code.name}: {'hidden' if hidden else 'shown'}")


def _check_shown(project: Project, code: Code) -> None:
    by_id = {each.id: each for each in list_codes(project.db)}
    line, at = [code], code
    while at.parent_id is not None:
        at = by_id[at.parent_id]
        line.append(at)
    rows = hidden_code_ids(project.db, project.coder_id)
    outer = next((each for each in reversed(line) if each.id in rows), None)
    if outer is not None:
        raise QualError(
            f"The lanes of {code.key} are hidden with those of {outer.key} {outer.name}.",
            f"`qual codes show {outer.key}` shows both again.",
        )
    alone = by_id.get(read_solo(project.db, project.coder_id) or 0)
    if alone is not None and alone not in line:
        raise QualError(
            f"Only the lanes of {alone.key} {alone.name} are shown.",
            "`qual codes solo --all` shows all again.",
        )
