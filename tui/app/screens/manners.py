"""What all screens do alike: no letter is lost, no key is silent, one set of keys moves lists."""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual import events, on
from textual.binding import BindingsMap
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Offset
from textual.screen import ModalScreen, Screen
from textual.widgets import Input

from tui.app.division import MEASURE, Division
from tui.app.document.cells import width
from tui.app.keybook import keys_of, turn
from tui.app.keymap import takes_text
from tui.app.screen_keys import PART, rows_of
from tui.app.screens.bindings import bindings_of, bottom_row
from tui.app.screens.spoken import follow_later, place_in_field, place_in_list, ring
from tui.app.widgets.query_field import QueryField
from tui.app.widgets.rows import PLAIN, Row, Rows, clip, wrapped
from tui.app.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from tui.app.state import Study
    from tui.project.project import Project

_STYLES = os.path.join(os.path.dirname(__file__), "screens.tcss")
Result = TypeVar("Result")

_SPOKEN = {
    "question_mark": "?",
    "slash": "/",
    "full_stop": ".",
    "comma": ",",
    "equals_sign": "=",
    "minus": "-",
    "plus": "+",
    "colon": ":",
    "semicolon": ";",
    "space": "Space",
    "enter": "Enter",
    "tab": "Tab",
    "escape": "Esc",
}


class Manners(Screen[Result], inherit_bindings=False):
    """A screen with one field or one list, or both."""

    SCREEN: ClassVar[str]
    """Its name in ``screen_keys.PARTS``, where its keys are."""
    NO_UNDO: ClassVar[str] = ""
    """Why there is no undo, for screens that are asked for one and have none."""

    def __init__(self) -> None:
        super().__init__()
        self._strays = 0
        self._reads_list = False
        """Whether the reader's last move was one in the list, not in the field."""
        self._told = False
        self._turn = 0
        self._bind()

    def _bind(self) -> None:
        """Take the keys that count now."""
        self._turn = turn()
        # Not a class's BINDINGS: the coder may give another key while the program runs.
        self._bindings = BindingsMap(bindings_of(self.part))

    def on_screen_resume(self) -> None:
        """Take the keys anew when they have changed on another screen."""
        if self._turn != turn():
            self._bind()
            self._fit_keys()

    @property
    def part(self) -> str:
        """The name of the keys that count now, in ``screen_keys.PARTS``."""
        return self.SCREEN

    @property
    def field(self) -> QueryField | None:
        """The field that letters go into, when there is one."""
        return None

    @property
    def measure(self) -> int:
        """Cells that a line of text takes at most, as the coder wants it (layout.text_width)."""
        division = getattr(self.app, "division", None)
        return division.text_width if isinstance(division, Division) else MEASURE

    @property
    def listing(self) -> VirtualList | None:
        """The list that the arrow keys move in, when there is one."""
        return None

    def keys_row(self) -> str:
        """Return what the bottom row says now: what the weightiest keys do."""
        return bottom_row(self.part, self.row_cells, self.idle_keys, self.verbs_now)

    @property
    def idle_keys(self) -> Container[str]:
        """The ids of rows in ``screen_keys`` that can do nothing now: not in the bottom row."""
        return ()

    @property
    def verbs_now(self) -> Mapping[str, str]:
        """What keys do now, by id, where that is not what they mostly do."""
        return {}

    @property
    def row_cells(self) -> int:
        """How many cells the bottom row has."""
        return (self.size.width or self.app.size.width) - 2

    def say(self, text: str) -> None:
        """Say something in the bottom row until the next key."""
        self._told = True
        self.show_keys(text)

    def may_write(self, project: Project) -> bool:
        """Tell whether a project can be changed; say why not."""
        if not project.read_only:
            return True
        reason = project.read_only_reason
        self.say(f"This project is read-only. {reason.message if reason else ''}".strip())
        return False

    def unsay(self) -> None:
        """Show the keys in the bottom row again."""
        if self._told:
            self._told = False
            self.show_keys(self.keys_row())

    def show_keys(self, text: str) -> None:
        """Write the bottom row."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Say what the keys do."""
        self.show_keys(self.keys_row())

    @on(events.Resize)
    def _refit_keys(self) -> None:
        if not self._told:
            self.call_after_refresh(self._fit_keys)

    def _fit_keys(self) -> None:
        if self.is_attached and not self._told:
            self.show_keys(self.keys_row())

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A field that has the keys has the reader, too."""
        if isinstance(event.widget, Input):
            self._reads_list = False
            follow_later(self)

    @on(Input.Changed)
    def _said_enough(self) -> None:
        self._reads_list = False
        self.unsay()

    @property
    def reading_place(self) -> Offset | None:
        """Where on the screen a reader is: where the cursor of the terminal belongs."""
        listing = self.listing
        if listing is not None and (self._reads_list or self.field is None):
            return place_in_list(listing)
        return place_in_field(self.focused)

    def on_key(self, event: events.Key) -> None:
        """Keep letters that reach no field; name the keys when one does nothing."""
        self.unsay()
        if event.key in self._bindings.key_to_bindings:
            return
        if event.is_printable and event.character and self.take_letter(event.character):
            event.stop()
        elif event.key not in self.active_bindings:
            self.refuse_key(event)

    def on_paste(self, event: events.Paste) -> None:
        """Put what was pasted beside the field into it; say so where there is none."""
        event.stop()
        if takes_text(self.focused):
            return
        if self.field is None:
            ring(self.app)
            self.say(f"pasted text: no use here · {self.keys_row()}")
        else:
            self.field.focus()
            self.field.type_text(event.text)

    def take_letter(self, letter: str) -> bool:
        """Put a letter that was typed before the field had the focus into it.

        Returns:
            Whether there is a field for it.
        """
        field = self.field
        if field is None:
            return False
        # Letters that came later may be in the field already: the early ones go before them.
        cursor = field.cursor_position
        field.insert(letter, field.initial + self._strays)
        field.cursor_position = cursor + len(letter)
        self._strays += len(letter)
        field.focus()
        return True

    def refuse_key(self, event: events.Key) -> None:
        """Say that a key does nothing here, and what does."""
        ring(self.app)
        name = _SPOKEN.get(event.key, event.character if event.is_printable else event.key)
        pressed = event.character if event.is_printable else event.key
        if self.NO_UNDO and pressed in (*keys_of("edit.undo"), *keys_of("edit.redo")):
            self.say(f"{name}: {self.NO_UNDO}")
            return
        self.say(f"{name}: no use here · {self.keys_row()}")

    def action_show_keys_help(self) -> None:
        """Show every key of this screen; what is chosen is done."""
        # Loaded by those who ask.
        from tui.app.screens.keys.help import HelpScreen, screen_rows  # noqa: PLC0415

        def chosen(id: str | None) -> None:
            row = next((row for row in rows_of(self.part) if row.id == id), None)
            if row is not None and row.do:
                self.call_later(self.run_action, row.do)

        rows = screen_rows(self.part)
        self.app.push_screen(HelpScreen(rows, PART[self.part].title), chosen)

    def read_list(self) -> None:
        """Note that the reader is in the list now."""
        self._reads_list = True
        follow_later(self)

    def action_list_move(self, by: int) -> None:
        """Move the highlight."""
        self.read_list()
        self.unsay()
        if self.listing is not None:
            self.listing.move(by)

    def action_list_page(self, by: int) -> None:
        """Move the highlight by windows."""
        self.read_list()
        self.unsay()
        if self.listing is not None:
            self.listing.page(by)

    def action_list_end(self, side: int) -> None:
        """Highlight the first row (-1) or the last one (1)."""
        self.read_list()
        if self.listing is not None:
            self.listing.highlight(0 if side < 0 else self.listing.count - 1)


_LONGEST_SAID = 3
"""Rows that a page gives to what it says at most."""
_CORNERS = 6
"""Cells of an edge that hold no text."""


class Dialog(Manners[Result], ModalScreen[Result], inherit_bindings=False):
    """A box over the screen below: its title in the upper edge, its keys in the lower one."""

    CSS_PATH = _STYLES
    HEADING: ClassVar[str] = ""

    @property
    def row_cells(self) -> int:
        """How many cells the lower edge has for keys."""
        return (self.box.outer_size.width or self.app.size.width) - _CORNERS

    @property
    def box(self) -> Vertical:
        """The frame that all of it is in."""
        return self.query_one("#box", Vertical)

    def on_mount(self) -> None:
        """Name the box."""
        if self.HEADING:
            self.show_heading(self.HEADING)

    def show_heading(self, text: str) -> None:
        """Write the title; it may hold anything."""
        self.box.border_title = Content(clip(text, 400))

    def show_keys(self, text: str) -> None:
        """Write the lower edge."""
        self.box.border_subtitle = Content(clip(text, 400))


class Page(Manners[Result], inherit_bindings=False):
    """A screen of its own; its last row names the keys."""

    CSS_PATH = _STYLES
    NO_UNDO = "nothing is changed here · Esc, and undo in the text"
    VIEW: ClassVar[str] = ""
    """The id of the action that shows it, ``view.matrix``; empty for one that is no view."""
    waits_for_view = False
    """Whether the next key says which page to go on to."""
    go_on: Callable[[Any], object] | None = None
    """Shows another page over this one for a result; None: it is closed with the result."""
    _study: Study
    _left_at: tuple[int, ...] | None = None
    """The moment of the study at which another page was shown over this one."""

    @property
    def code_in_hand(self) -> int | None:
        """The code at the cursor, which a page that is gone on to shows; None for none."""
        return None

    def lead(self, result: Result) -> None:
        """Go on to the page that a result leads to; Escape there comes back to this one."""
        if self.go_on is None:
            self.dismiss(result)
        else:
            self._left_at = self._study.moment()
            self.go_on(result)

    def on_screen_resume(self) -> None:
        """Show what has changed while another page was shown over this one."""
        super().on_screen_resume()
        before, self._left_at = self._left_at, None
        if before is not None and before != self._study.moment():
            self.renew()

    def renew(self) -> None:
        """Read everything anew, the cursor where it is."""

    def may_leave(self) -> bool:
        """Tell whether it can be left now; say why not."""
        return True

    def action_look_at(self) -> None:
        """Wait for the key of another page, and say which there are."""
        # Loaded by those who go from page to page.
        from tui.app.screens.looking_on import ways  # noqa: PLC0415

        self.waits_for_view = True
        self.say(ways(self))

    def press_view(self, key: str) -> None:
        """Go on to the page of a key, which was waited for; Escape stays."""
        from tui.app.screens.looking_on import look_on  # noqa: PLC0415

        self.waits_for_view = False
        self.unsay()
        if key != "escape":
            look_on(self, key)

    def show_keys(self, text: str) -> None:
        """Write the last row; what is said and is longer gets the rows it takes."""
        box = self.query_one("#keys", Rows)
        rows: list[Row] = [[(f" {text}", PLAIN)]]
        # Where the keys are named behind what is said, they may be cut as ever.
        whole = self._told and not text.endswith(self.keys_row())
        if whole and width(text) > self.row_cells:
            rows = [[(" ", PLAIN), *row] for row in wrapped(text, self.row_cells, _LONGEST_SAID)]
        if len(rows) != max(len(box.rows), 1):
            box.styles.height = len(rows)
        box.show(*rows)
