"""``qual codes``: the code tree with its counts, and the acts on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final

import typer

from tui.analysis.tree import Tree
from tui.cli.arguments import need_code
from tui.cli.commands.codes_desk import KeyArgument, hide, pin, show, solo
from tui.cli.diagnostics import confirm
from tui.cli.options import FormatOption, JsonFlag, YesFlag, new_app
from tui.cli.output import Column, Record, choose_format, write_records
from tui.cli.records import say_act
from tui.cli.session import Reading, reading, writing
from tui.errors import QualError
from tui.store.codes import list_codes
from tui.store.counts import count_cells
from tui.store.desk import hidden_with_branches, read_slots

app = new_app()

COLUMNS: Final = (
    Column("id", "id", right=True),
    Column("key", "key"),
    Column("name", "name", fill=True),
    Column("parent", "parent"),
    Column("level", "level", right=True),
    Column("direct", "direct", right=True),
    Column("aggregated", "aggregated", right=True),
    Column("subtree", "subtree", right=True),
    Column("documents", "documents", right=True),
    Column("slot", "slot", right=True),
    Column("letter", "lane"),
)

TABLE: Final = tuple(c for c in COLUMNS if c.field not in ("id", "parent", "level"))
"""The columns that fit a terminal, where indentation says parent and level."""

Definition = Annotated[str | None, typer.Option("--definition", metavar="TEXT")]
Include = Annotated[str | None, typer.Option("--include", metavar="TEXT", help="When to use it.")]
Exclude = Annotated[
    str | None, typer.Option("--exclude", metavar="TEXT", help="When not to use it.")
]
Example = Annotated[str | None, typer.Option("--example", metavar="TEXT")]
Color = Annotated[str | None, typer.Option("--color", metavar="COLOR")]
Letter = Annotated[str | None, typer.Option("--letter", metavar="A", help="Its lane: A-Z or a-z.")]
Stage = Annotated[str | None, typer.Option("--stage", metavar="open|axial|selective")]
Slot = Annotated[
    int | None,
    typer.Option("--slot", min=0, max=9, metavar="1-9", help="Its digit by default; 0 = none."),
]


@app.callback(invoke_without_command=True)
def list_all(ctx: typer.Context, json_lines: JsonFlag = False, form: FormatOption = None) -> None:
    """List the codes with their counts.

    direct: codings with the code; aggregated: and with its direct children; subtree: in its whole
    branch; documents: in how many the code itself is used. Other coders' codings count when you
    have turned them on.
    """
    if ctx.invoked_subcommand is not None:
        return
    with reading(ctx) as opened:
        chosen = choose_format(json_lines, form)
        rows = records(opened)
        if chosen == "table":
            rows = ({**row, "name": _indented(row)} for row in rows)
        if not write_records(rows, TABLE if chosen == "table" else COLUMNS, chosen):
            raise QualError(
                "The codebook is empty.", "`qual codes add NAME` makes a code.", exit_code=1
            )


def records(opened: Reading) -> Iterator[Record]:
    """Yield the records of all codes in tree order."""
    codes = list_codes(opened.db)
    tree = Tree((code.id, code.parent_id) for code in codes)
    keys = {code.id: code.key for code in codes}
    slots = {code_id: slot for slot, code_id in read_slots(opened.db, opened.coder_id).items()}
    parents = {code.id: code.parent_id for code in codes}
    hidden = hidden_with_branches(opened.db, opened.coder_id, parents)
    direct: dict[int, int] = {}
    used: dict[int, set[int]] = {code.id: set() for code in codes}
    for code_id, document_id, segments, _ in count_cells(opened.db, opened.coder_ids):
        direct[code_id] = direct.get(code_id, 0) + segments
        used[code_id].add(document_id)
    sums = tree.add_up(direct)
    for code in codes:
        branch = set().union(*(used[each] for each in tree.branch(code.id)))
        yield {
            "id": code.id,
            "key": code.key,
            "name": code.name,
            "parent": keys[code.parent_id] if code.parent_id is not None else None,
            "level": tree.level[code.id],
            "direct": sums[code.id]["direct"],
            "aggregated": sums[code.id]["aggregated"],
            "subtree": sums[code.id]["subtree"],
            "documents": len(used[code.id]),
            "documents_subtree": len(branch),
            "definition": code.definition,
            "include": code.include,
            "exclude": code.exclude,
            "example": code.example,
            "color": code.color,
            "letter": code.letter,
            "slot": slots.get(code.id),
            "stage": code.stage,
            "revision": code.revision,
            "hidden": code.id in hidden,
        }


@app.command()
def add(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    parent: Annotated[str | None, typer.Option("--parent", metavar="KEY")] = None,
    key: Annotated[
        str | None, typer.Option("--key", metavar="KEY", help="The next free one when left out.")
    ] = None,
    definition: Definition = None,
    include: Include = None,
    exclude: Exclude = None,
    example: Example = None,
    color: Color = None,
    letter: Letter = None,
    stage: Stage = None,
    slot: Slot = None,
    json_lines: JsonFlag = False,
) -> None:
    """Make a code, the last child of its parent."""
    from tui.project.edits.codes import add_code  # noqa: PLC0415 (an act)

    fields = _given(definition, include, exclude, example, color, letter, stage, slot)
    with writing(ctx) as project:
        parent_id = need_code(project.db, parent).id if parent else None
        made = add_code(project, name, parent_id, key, fields)
        found = {code.id: code.key for code in list_codes(project.db)}[made]
        say_act(project, json_lines, code=found)


@app.command()
def rename(
    ctx: typer.Context,
    key: KeyArgument,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    json_lines: JsonFlag = False,
) -> None:
    """Give a code another name; its key stays."""
    from tui.project.edits.codes import change_code  # noqa: PLC0415 (an act)

    with writing(ctx) as project:
        change_code(project, need_code(project.db, key).id, {"name": name})
        say_act(project, json_lines)


@app.command()
def change(
    ctx: typer.Context,
    key: KeyArgument,
    new_key: Annotated[
        str | None, typer.Option("--key", metavar="KEY", help="Its new key.")
    ] = None,
    definition: Definition = None,
    include: Include = None,
    exclude: Exclude = None,
    example: Example = None,
    color: Color = None,
    letter: Letter = None,
    stage: Stage = None,
    slot: Slot = None,
    json_lines: JsonFlag = False,
) -> None:
    """Change the definition, the key or other fields of a code; an empty text clears a field."""
    from tui.project.edits.codes import change_code  # noqa: PLC0415 (an act)

    fields = _given(definition, include, exclude, example, color, letter, stage, slot)
    if new_key is not None:
        fields["key"] = new_key
    if not fields:
        raise QualError("Nothing to change was named.", "Such as --definition TEXT.")
    with writing(ctx) as project:
        change_code(project, need_code(project.db, key).id, fields)
        say_act(project, json_lines)


@app.command()
def move(
    ctx: typer.Context,
    key: KeyArgument,
    parent: Annotated[str | None, typer.Option("--parent", metavar="KEY")] = None,
    top: Annotated[bool, typer.Option("--top", help="To the top level.")] = False,
    position: Annotated[
        int | None,
        typer.Option("--position", min=1, metavar="N", help="Place among its siblings, from 1."),
    ] = None,
    json_lines: JsonFlag = False,
) -> None:
    """Move a code with its branch under another parent, to the top, or among its siblings."""
    from tui.project.edits.codes import move_code  # noqa: PLC0415 (an act)

    if (parent is not None) + top > 1 or not (parent or top or position):
        raise QualError("Where to is not clear.", "Give --parent KEY, --top or --position N.")
    with writing(ctx) as project:
        code = need_code(project.db, key)
        parent_id = None if top else code.parent_id
        if parent:
            parent_id = need_code(project.db, parent).id
        move_code(project, code.id, parent_id, position)
        say_act(project, json_lines)


@app.command()
def merge(
    ctx: typer.Context,
    key: KeyArgument,
    into: Annotated[str, typer.Argument(metavar="INTO", help="The code that stays.")],
    yes: YesFlag = False,
    json_lines: JsonFlag = False,
) -> None:
    """Merge a code into another: everybody's codings, its children, memos and relations follow."""
    from tui.project.edits.codes import merge_codes  # noqa: PLC0415 (an act)

    with writing(ctx) as project:
        source, target = need_code(project.db, key), need_code(project.db, into)
        confirm(
            f"Merge {source.key} {source.name} into {target.key} {target.name}, for all coders?",
            yes=yes,
        )
        moved = merge_codes(project, source.id, target.id)
        say_act(project, json_lines, codings=moved)


@app.command()
def delete(
    ctx: typer.Context, key: KeyArgument, yes: YesFlag = False, json_lines: JsonFlag = False
) -> None:
    """Delete a code with its branch and your codings of it; undo brings all back."""
    from tui.project.edits.codes import delete_code  # noqa: PLC0415 (an act)

    with writing(ctx) as project:
        code = need_code(project.db, key)
        confirm(f"Delete {code.key} {code.name} with its branch and your codings?", yes=yes)
        removed = delete_code(project, code.id)
        say_act(project, json_lines, codings=removed)


for _command in (pin, hide, show, solo):
    app.command()(_command)


def _given(
    definition: str | None,
    include: str | None,
    exclude: str | None,
    example: str | None,
    color: str | None,
    letter: str | None,
    stage: str | None,
    slot: int | None,
) -> dict[str, str | int | None]:
    """Return the fields of a code that were given; slot 0 means none."""
    if stage not in (None, "", "open", "axial", "selective"):
        raise QualError(f"There is no stage {stage!r}.", "Stages: open, axial, selective.")
    fields: dict[str, str | int | None] = {
        "definition": definition,
        "include": include,
        "exclude": exclude,
        "example": example,
        "color": color,
        "letter": letter,
        "stage": stage,
    }
    if slot is not None:
        fields["slot"] = slot
    for name in [name for name, value in fields.items() if value is None]:
        del fields[name]
    if slot == 0:
        fields["slot"] = None
    return fields


def _indented(row: Record) -> str:
    level = row["level"]
    return "  " * (level - 1 if isinstance(level, int) else 0) + str(row["name"])
