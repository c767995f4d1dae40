"""What a screen reader hears and follows: sentences for the status row, places for the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.geometry import Offset

from tui.app.actions.where import codes_words, coding_words
from tui.app.document.cursor import Selection
from tui.app.document.view import CodingView
from tui.app.state import Study
from tui.app.widgets.code_tree import CodeTree
from tui.app.widgets.virtual_list import NONE, VirtualList

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
    if getattr(screen.app, "shows_cursor", False) and follow is not None:
        screen.call_after_refresh(follow)


class Telling:
    """What is said of the selection besides its words: what is not known from the key before."""

    def __init__(self) -> None:
        self._at: Selection | None = None
        self._says_unit = True
        self.turn = 0
        """Counts what was selected: the same words about another selection are said anew."""

    def sentence(self, study: Study, view: CodingView) -> str:
        """Return what is said after the words: the unit when it is another one, the codes.

        Moving on by the same unit leaves only the codes to say, and nothing where there is none.
        """
        at = view.selection
        if at != self._at or (at is not None and self._at is not None and at.unit != self._at.unit):
            before, self._at = self._at, at
            self.turn += 1
            self._says_unit = (
                before is None
                or at is None
                or before.unit != at.unit
                or before.start == at.start
                or before.end == at.end
            )
        said = [view.unit_words().replace(" · ", ", ")] if self._says_unit else []
        if study.stretching:
            said.insert(0, "stretching")
        if view.focused is not None:
            said = [focus_words(study, view)]
        elif codes := codes_words(study, view.codings_here()):
            said.append(codes)
        if view.annotated_here:
            said.append("memo on words")
        return "; ".join(said)


def focus_words(study: Study, view: CodingView) -> str:
    """Return the focused coding as it is read: its code, which of those here it is, its edges."""
    coding = view.focused
    assert coding is not None
    ids = [each.id for each in view.codings_here()]
    which = f", {ids.index(coding.id) + 1} of {len(ids)} here" if coding.id in ids else ""
    moved = f"; {view.edges_words()}, not kept yet" if view.moved_edges is not None else ""
    return f"focus: {coding_words(study, coding)}{which}{moved}"


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
    if view.is_heard and view.focused is not None:
        cell = view.cell_of(view.focused.start)
        return None if cell is None else cell + view.region.offset
    for offset in (at.start, at.head if at.backward else at.head - 1):
        cell = view.cell_of(offset)
        if cell is not None:
            return cell + view.region.offset
    return None


def place_in_tree(tree: CodeTree) -> Offset:
    """Return where on the screen the tree's cursor is."""
    return tree.region.offset + tree.cursor_place


def place_in_list(listing: VirtualList) -> Offset | None:
    """Return where on the screen the highlighted row of a list begins."""
    if listing.highlighted == NONE:
        return None
    return listing.region.offset + listing.place


def place_in_grid(grid: Grid) -> Offset:
    """Return where on the screen the cell at the cursor of a table begins."""
    return grid.region.offset + grid.cursor_place


def place_in_field(focused: Widget | None) -> Offset | None:
    """Return where on the screen what is typed goes."""
    # Only fields know it; their modules load with the screens that have some.
    place = getattr(focused, "cursor_screen_offset", None)
    return place if isinstance(place, Offset) else None
