"""Which rows the code tree shows, and what each of them says."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import NamedTuple

from tui.app.document.cells import width
from tui.app.state import Study
from tui.app.widgets.rows import clip, column
from tui.model.code import Code
from tui.text.counted import counted

WIDE = 40
"""Trees of so many cells show shares and indent by two."""
_COUNT_CELLS = 3
_KEY_CELLS = 9


class TreeRow(NamedTuple):
    """One code as a row of the tree."""

    code: Code
    depth: int
    """0 for the top codes."""
    parent_key: str
    """Key of the code above it; empty at the top."""
    has_children: bool
    opened: bool


class RowText(NamedTuple):
    """What a row says, part by part; together exactly as wide as the tree."""

    mark: str
    """``►`` at the cursor."""
    fold: str
    """Indent, ``▾`` or ``▸``, slot."""
    letter: str
    name: str
    """Tail of the key and name, cut."""
    tally: str


def visible_rows(codes: Sequence[Code], opened: Collection[int]) -> list[TreeRow]:
    """Return the rows of a codebook in tree order, closed branches left out."""
    parents = {code.parent_id for code in codes}
    depths: dict[int, int] = {}
    keys = {code.id: code.key for code in codes}
    rows: list[TreeRow] = []
    for code in codes:
        above = code.parent_id
        if above is not None and (above not in depths or above not in opened):
            continue
        depth = 0 if above is None else depths[above] + 1
        depths[code.id] = depth
        rows.append(
            TreeRow(
                code,
                depth,
                "" if above is None else keys[above],
                code.id in parents,
                code.id in opened,
            )
        )
    return rows


def opened_to_fit(codes: Sequence[Code], height: int) -> set[int]:
    """Return the branches to open so that the tree is as deep as fits ``height`` rows.

    Whole levels are opened; where not even the second fits, the top ones stay closed.
    """
    opened: set[int] = set()
    while True:
        now = visible_rows(codes, opened)
        deeper = opened | {row.code.id for row in now if row.has_children}
        if deeper == opened or len(visible_rows(codes, deeper)) > height:
            return opened
        opened = deeper


def key_tail(key: str, parent_key: str) -> str:
    """Return what a key adds to its parent's: ``-4`` of ``R1-2-4``; all of it when nothing fits."""
    return key[len(parent_key) :] if parent_key and key.startswith(f"{parent_key}-") else key


def row_text(
    row: TreeRow, cells: int, *, slot: int | None, segments: int, total: int, marked: bool
) -> RowText:
    """Return what a row says at a width.

    Args:
        row: the row.
        cells: the tree's width.
        slot: the digit that gives this code, if one does.
        segments: how many segments the code has, its branch included.
        total: all segments there are, for the share that wide trees show.
        marked: whether the cursor is on it.
    """
    wide = cells >= WIDE
    fold = ("▾" if row.opened else "▸") if row.has_children else " "
    indent = " " * (row.depth * (2 if wide else 1))
    digit = str(slot) if slot else " "
    # A code without children has its digit where branches have their mark: that saves a cell.
    head = indent + (fold + (digit if slot else "") if row.has_children else digit) + " "
    if row.has_children and slot:
        head = indent + fold + digit
    count = f"{segments:,}".rjust(max(_COUNT_CELLS, len(f"{total:,}")))
    if wide:
        share = f"{round(100 * segments / total)}%" if total else ""
        count = f"{segments:,}".rjust(7) + share.rjust(6) + " "
    letter = clip(row.code.letter, 1) or " "
    room = max(cells - 1 - width(head) - 2 - width(count) - 1, 1)
    name = _label(key_tail(row.code.key, row.parent_key), row.code.name, room)
    return RowText("►" if marked else " ", head, letter + " ", name, count)


@lru_cache(maxsize=4096)
def _label(tail: str, name: str, room: int) -> str:
    """Return key and name in ``room`` cells and a blank; kept, since counts change far oftener."""
    return column(f"{clip(tail, _KEY_CELLS)} {name}", room) + " "


def heard_row(study: Study, row: TreeRow) -> str:
    """Return the row at the cursor as it is read aloud: name, key, counts, what is below it."""
    code = row.code
    own, whole = study.direct.get(code.id, 0), study.branch.get(code.id, 0)
    said = [code.name, code.key, counted(own, "segment")]
    if row.has_children:
        below = len(study.children(code.id))
        said.append(f"{whole:,} with {below} below, {'open' if row.opened else 'closed'}")
    slot = next((digit for digit, pinned in study.slots.items() if pinned == code.id), None)
    said += [f"slot {slot}"] if slot else []
    said += ["no lane"] if code.id in study.hidden else []
    return f"{', '.join(said)}; level {row.depth + 1}"
