"""What a screen reader hears and follows: sentences for the status row, places for the cursor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from textual.geometry import Offset

from tui.app.document.lanes import LaneCoding
from tui.app.document.view import CodingView
from tui.app.state import Study
from tui.app.widgets.code_tree import CodeTree
from tui.app.widgets.virtual_list import NONE, VirtualList
from tui.model.code import Code
from tui.text.counted import counted

if TYPE_CHECKING:
    from textual.app import App
    from textual.screen import Screen
    from textual.widget import Widget

    from tui.app.widgets.grid import Grid


def is_accessible(app: App[Any]) -> bool:
    """Tell whether the app is fitted to screen readers and magnifiers."""
    return bool(getattr(app, "accessible", False))


def ring(app: App[Any]) -> None:
    """Ring, when a key that cannot act is to ring."""
    if getattr(app, "rings", False):
        app.bell()


def follow_later(screen: Screen[Any]) -> None:
    """Put the terminal's cursor where the reader of a screen is, once it is drawn."""
    follow = getattr(screen.app, "follow_reader", None)
    if is_accessible(screen.app) and follow is not None:
        screen.call_after_refresh(follow)


def selection_sentence(
    study: Study, words: str, here: Sequence[LaneCoding], *, memo: bool = False
) -> str:
    """Return the selection and its codes as they are read: unit, number, size, codes.

    Args:
        study: the open study.
        words: the selection in words, its parts parted by ``·``.
        here: the codings at the selection.
        memo: whether the words themselves carry one.
    """
    names = []
    for coding in here:
        code = study.by_id.get(coding.code_id)
        if code is not None:
            whose = study.coder_label(coding.coder_id)
            names.append(f"{code.key} {code.name}" + (f" by {whose}" if whose else ""))
    codes = f"codes: {', '.join(names)}" if names else "no code yet"
    return f"{words.replace(' · ', ', ')}; {codes}{'; memo on words' if memo else ''}"


def code_sentence(study: Study, code: Code) -> str:
    """Return the code at the cursor of the tree as it is read: key, name, counts, what it opens."""
    own, whole = study.direct.get(code.id, 0), study.branch.get(code.id, 0)
    sentence = f"code {code.key} {code.name}; {counted(own, 'segment')}"
    if below := len(study.children(code.id)):
        sentence += f", {whole:,} with {below} below"
    slot = next((digit for digit, pinned in study.slots.items() if pinned == code.id), None)
    return sentence + (f"; slot {slot}" if slot else "")


def place_in_text(view: CodingView) -> Offset | None:
    """Return where on the screen the selection begins, or where its moving end is in sight.

    While the edges of a coding are moved, the one that moves is what is followed.
    """
    at = view.selection
    if view.edges is not None:
        head = view.edges.at.head - (not view.edges.at.backward)
        cell = view.cell_of(head)
        return None if cell is None else cell + view.region.offset
    if at is None:
        return None
    for offset in (at.start, at.head if at.backward else at.head - 1):
        cell = view.cell_of(offset)
        if cell is not None:
            return cell + view.region.offset
    return None


def place_in_tree(tree: CodeTree) -> Offset:
    """Return where on the screen the tree's cursor is."""
    return tree.region.offset + Offset(0, tree.cursor_row)


def place_in_list(listing: VirtualList) -> Offset | None:
    """Return where on the screen the highlighted row of a list begins."""
    if listing.highlighted == NONE:
        return None
    return listing.region.offset + Offset(0, listing.highlighted - listing.top)


def place_in_grid(grid: Grid) -> Offset:
    """Return where on the screen the cell at the cursor of a table begins."""
    return grid.region.offset + grid.cursor_place


def place_in_field(focused: Widget | None) -> Offset | None:
    """Return where on the screen what is typed goes."""
    # Only fields know it; their modules load with the screens that have some.
    place = getattr(focused, "cursor_screen_offset", None)
    return place if isinstance(place, Offset) else None
