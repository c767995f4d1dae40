"""What a screen reader hears and follows: sentences for the status row, places for the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from textual.geometry import Offset

from tui.app.actions.where import codes_words, coding_words
from tui.app.document.cursor import Selection
from tui.app.document.view import CodingView
from tui.app.state import Study
from tui.app.widgets.code_tree import CodeTree
from tui.app.widgets.here_hints import next_keys
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
        self._says: Literal["unit", "size", "codes"] = "unit"
        self._codes = ""
        self._known = ""
        """The codes that were said of the selection before."""
        self._offered: tuple[int, int] | None = None
        self._offer_turn = -1
        """The turn at which an offer is said: the one after what was done to get it."""
        self.turn = 0
        """Counts what was selected: the same words about another selection are said anew."""

    def sentence(self, study: Study, view: CodingView) -> str:
        """Return what is said after the words: the unit when it is another one, the codes.

        Moving on by the same unit leaves only the codes to say, and nothing where there is none;
        stretching leaves the size, and the codes when they are others.
        """
        at = view.selection
        if at != self._at or (at is not None and self._at is not None and at.unit != self._at.unit):
            before, self._at = self._at, at
            self.turn += 1
            self._known, self._codes = self._codes, ""
            self._says = "unit"
            if before is not None and at is not None and before.unit == at.unit:
                # One end has stayed: what it gained or lost counts, not where it is.
                stretched = before.start == at.start or before.end == at.end
                self._says = "size" if stretched else "codes"
        parts = view.unit_words().split(" · ")
        said = [", ".join(parts[1:] or parts if self._says == "size" else parts)]
        if self._says == "codes":
            said.clear()
        if study.stretching:
            said.insert(0, "stretching")
        if view.focused is not None:
            said = [focus_words(study, view)]
        else:
            self._codes = codes_words(study, view.codings_here())
            if self._codes and not (self._says == "size" and self._codes == self._known):
                said.append(self._codes)
        if view.annotated_here:
            said.append("memo on words")
        moved = view.moved_edges is not None
        if study.offer != self._offered:
            self._offered, self._offer_turn = study.offer, self.turn + 1
        if moved or (study.offer is not None and self.turn == self._offer_turn):
            hints = next_keys(study, view.codings_here(), view.focused, moved=moved, pane="text")
            said.append(hints[0].replace(" · ", ", "))
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
