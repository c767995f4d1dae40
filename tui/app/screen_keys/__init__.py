"""The keys of the screens: rows from which bindings, bottom rows, help, the keys page and the
remapping screen are made. A new screen adds a part to one of the tables here and names it in its
``SCREEN``.

Keys of the panes, text and code tree, are actions (``tui/app/actions``).
"""

from __future__ import annotations

from typing import Final

from tui.app.screen_keys.beginning import BEGINNING
from tui.app.screen_keys.boxes import BOXES
from tui.app.screen_keys.lists import LISTS
from tui.app.screen_keys.overviews import OVERVIEWS
from tui.app.screen_keys.part import Part, ScreenKey, row

__all__ = ["PART", "PARTS", "SCREEN_KEYS", "Part", "ScreenKey", "rows_of"]

_LIST = Part(
    "list",
    "every list",
    (
        row("list.next", "down ctrl+n j", "list_move(1)", "next row"),
        row("list.prev", "up ctrl+p k", "list_move(-1)", "previous row"),
        row("list.page_down", "pagedown", "list_page(1)", "page down"),
        row("list.page_up", "pageup", "list_page(-1)", "page up"),
        row("list.first", "ctrl+home home", "list_end(-1)", "first row"),
        row("list.last", "ctrl+end end", "list_end(1)", "last row"),
    ),
    shared=(),
)

_SCREEN = Part(
    "screen",
    "every screen",
    (row("screen.help", "? f1", "show_keys_help", "the keys of this screen"),),
    shared=(),
)

_PAGE = Part(
    "page",
    "every page",
    (
        row("page.look_at", "w", "look_at", "go on to another page",
            help="The key that follows says which, as in the text; the code at the cursor goes"
            " along."),
    ),
    shared=(),
)  # fmt: skip

_OVER_THE_TEXT = (
    Part(
        "picker",
        "code picker",
        (
            row("picker.apply", "enter", "apply", "give the codes", "apply", fixed=True),
            row("picker.mark", "tab", "mark", "mark several", "mark",
                help="Marks the code, or takes its mark off; Enter then gives all marked ones."),
            row("picker.new", "+name", "", "make a new code", "new", fixed=True,
                help="A name after a + makes a new code; the rows are places for it."),
            row("picker.passages", "f3 ctrl+o", "show('passages')", "other passages of the code",
                "others",
                help="Shows what else has the highlighted code, below; again: its definition."),
            row("picker.definition", "f2", "show('whole')", "the whole definition", "definition",
                help="Shows all of the highlighted code's definition; again: its beginning."),
            row("picker.cancel", "escape", "cancel", "close without a code", "cancel",
                fixed=True),
        ),
        typing=True,
    ),
    Part(
        "here",
        "codings here",
        (
            row("here.focus_number", "1 2 3 4 5 6 7 8 9", "number", "focus the coding of a number",
                fixed=True),
            row("here.remove", "u delete", "do('remove')", "uncode", "uncode"),
            row("here.recode", "r", "do('recode')", "recode", "recode"),
            row("here.memo", "m", "do('memo')", "memo", "memo"),
            row("here.important", "i", "do('important')", "important", "important"),
            row("here.focus_next", "o", "do('focus')", "focus this coding"),
            row("here.focus", "enter", "do('focus')", "focus this coding", fixed=True),
            row("here.close", "escape", "cancel", "close", "close", fixed=True),
        ),
    ),
)  # fmt: skip

PARTS: Final[tuple[Part, ...]] = (
    _LIST,
    _PAGE,
    _SCREEN,
    *_OVER_THE_TEXT,
    *LISTS,
    *OVERVIEWS,
    *BOXES,
    *BEGINNING,
)
"""Every part, in the order of the keys page."""

PART: Final[dict[str, Part]] = {part.name: part for part in PARTS}
SCREEN_KEYS: Final[dict[str, ScreenKey]] = {key.id: key for part in PARTS for key in part.keys}


def rows_of(name: str) -> list[ScreenKey]:
    """Return what can be done on a screen: its own rows, then those it shares."""
    part = PART[name]
    return [key for each in (name, *part.shared) for key in PART[each].keys]
