"""The code tree beside the text: codes, their lane letters, their slots, their counts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Offset, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.app.at_once import repaint
from tui.app.keybook import hint
from tui.app.state import Study
from tui.app.themes import tint_on
from tui.app.widgets.rows import BOLD, PLAIN, strip_of, wrapped
from tui.app.widgets.tree_rows import (
    WIDE,
    RowText,
    TreeRow,
    heard_row,
    opened_to_fit,
    row_text,
    visible_rows,
)
from tui.model.code import Code

_WHEEL_ROWS = 3
_BEGINNING = 2
"""The row that says how to begin, in an empty codebook."""
_Look = tuple[RowText, bool, str | None]


class CodeTree(Widget, can_focus=True):
    """Shows the codebook; row 0 is its heading."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"code-tree--hidden"}

    class Clicked(Message):
        """A row was clicked."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._study: Study | None = None
        self._colors: Mapping[int, str] = {}
        self._opened: set[int] | None = None
        self._rows: list[TreeRow] = []
        self._cursor = 0
        self._top = 0
        self._looks: list[_Look | None] = []
        self._heading = ""
        self._said = ""
        """What is read aloud of the code at the cursor."""
        self._shift = 0
        self._laid_out: Size | None = None
        self._digits = 0
        """Of the number of all segments: the counts' column is as wide."""
        self._bare = False

    # What is shown

    def show_study(self, study: Study, colors: Mapping[int, str]) -> None:
        """Show the codebook of a study, the cursor where it was."""
        at = self.highlighted
        self._study, self._colors = study, colors
        self._lay_out()
        if at is not None:
            self._put_on(at.id)
        self.update()

    def recount(self, code_ids: Collection[int]) -> None:
        """Draw the counts of some codes anew."""
        if not self._study:
            return
        if (
            self.is_heard
            or self.size.width >= WIDE
            or len(f"{self._study.segments:,}") != self._digits
        ):
            # Shares and the width of the counts hang on the sum of all.
            self.update()
            return
        for y in range(len(self._looks)):
            at = self._top + y
            if at < len(self._rows) and self._rows[at].code.id in code_ids:
                look = self._look(at)
                if look != self._looks[y]:
                    self._looks[y] = look
                    repaint(self, [y + 1])

    def update(self) -> None:
        """Draw the rows that look different now."""
        before, heading, said, bare = self._looks, self._heading, self._said, self._bare
        self._look_again()
        if self.is_heard:
            if (heading, said) != (self._heading, self._said):
                repaint(self, range(self.size.height))
            return
        changed = [y for y, look in enumerate(self._looks, 1) if before[y - 1 : y] != [look]]
        if heading != self._heading:
            changed.append(0)
        if bare != self._bare and _BEGINNING not in changed:
            changed.append(_BEGINNING)
        if changed:
            repaint(self, changed)

    def _look_again(self) -> None:
        self._bare = not self._rows
        if self.is_heard and self._study is not None:
            there = self._cursor < len(self._rows)
            said = heard_row(self._study, self._rows[self._cursor]) if there else ""
            if said != self._said:
                self._said, self._shift = said, 1 - self._shift
            self._heading = f"CODES {len(self._study.codes)}"
            return
        self._digits = len(f"{self._study.segments:,}") if self._study else 0
        self._heading = self._heading_text()
        self._looks = [self._look(self._top + y) for y in range(max(self.size.height - 1, 0))]

    @property
    def is_heard(self) -> bool:
        """Whether it shows the code at the cursor and no other, for those who listen."""
        return bool(getattr(self.app, "accessible", False))

    @property
    def cursor_place(self) -> Offset:
        """Where on the widget the row of the cursor begins."""
        return Offset(self._shift, 1) if self.is_heard else Offset(0, 1 + self._cursor - self._top)

    @property
    def highlighted(self) -> Code | None:
        """The code at the cursor; None in an empty codebook."""
        return self._rows[self._cursor].code if self._cursor < len(self._rows) else None

    # Moving

    def step(self, by: int) -> bool:
        """Move the cursor by rows; tell whether it moved."""
        return self._move_to(self._cursor + by)

    def page(self, direction: int) -> bool:
        """Move the cursor by a page; tell whether it moved."""
        return self._move_to(self._cursor + direction * max(self.size.height - 2, 1))

    def jump(self, code_id: int) -> None:
        """Put the cursor on a code, its branch opened."""
        if self._study is None or self._opened is None:
            return
        self._opened.update(self._study.line_of(code_id)[1:])
        self._lay_out()
        self._put_on(code_id)
        self._follow()
        self.update()

    def open_branch(self) -> bool:
        """Open the branch at the cursor, or step into it when it is open."""
        if self._cursor >= len(self._rows) or self._opened is None:
            return False
        row = self._rows[self._cursor]
        if not row.has_children:
            return False
        if row.opened:
            return self.step(1)
        self._opened.add(row.code.id)
        self._after_folding(row.code.id)
        return True

    def close_branch(self) -> bool:
        """Close the branch at the cursor, or step out to the code above."""
        if self._cursor >= len(self._rows) or self._opened is None:
            return False
        row = self._rows[self._cursor]
        if row.has_children and row.opened:
            self._opened.discard(row.code.id)
            self._after_folding(row.code.id)
            return True
        if row.code.parent_id is None:
            return False
        self._put_on(row.code.parent_id)
        self._follow()
        self.update()
        return True

    def set_all_open(self, opened: bool) -> bool:
        """Open every branch, or close every one; tell whether any was different.

        The cursor stays on its code or one above it.
        """
        if self._study is None:
            return False
        before = [row.code.id for row in self._rows]
        at = self.highlighted
        line = self._study.line_of(at.id if at else None)
        self._opened = set(self._study.by_id) if opened else set()
        self._after_folding(line[0] if opened and line else line[-1] if line else 0)
        return before != [row.code.id for row in self._rows]

    def _after_folding(self, code_id: int) -> None:
        self._lay_out()
        self._put_on(code_id)
        self._follow()
        self.update()

    def _move_to(self, row: int) -> bool:
        row = max(0, min(row, len(self._rows) - 1))
        if row == self._cursor:
            return False
        self._cursor = row
        self._follow()
        self.update()
        return True

    def _put_on(self, code_id: int) -> None:
        line = self._study.line_of(code_id) if self._study else []
        places = {row.code.id: at for at, row in enumerate(self._rows)}
        found = next((places[each] for each in line if each in places), self._cursor)
        self._cursor = max(0, min(found, len(self._rows) - 1))

    def _follow(self) -> None:
        height = max(self.size.height - 1, 1)
        self._top = max(0, min(self._top, len(self._rows) - height))
        if self._cursor < self._top:
            self._top = self._cursor
        elif self._cursor >= self._top + height:
            self._top = self._cursor - height + 1

    # Drawing

    def _lay_out(self) -> None:
        if self._study is None:
            return
        if self._opened is None and self.size.height > 1:
            self._opened = opened_to_fit(self._study.codes, self.size.height - 1)
        self._rows = visible_rows(self._study.codes, self._opened or ())
        self._cursor = max(0, min(self._cursor, len(self._rows) - 1))
        self._top = max(0, min(self._top, len(self._rows) - max(self.size.height - 1, 1)))

    def on_resize(self) -> None:
        """Lay out anew."""
        if self._laid_out != self.size:
            self._fit()
            self.refresh()

    def on_show(self) -> None:
        """Lay out anew: while the other pane was in its place it had no rows."""
        self._fit()
        self.refresh()

    def _fit(self) -> None:
        """Lay out for the size that it has now."""
        self._laid_out = self.size
        self._lay_out()
        self._follow()
        self._look_again()

    def watch_has_focus(self, has_focus: bool) -> None:
        """Mark the pane as the one that has the keys, or take the mark away."""
        super().watch_has_focus(has_focus)
        self.update()

    def notify_style_update(self) -> None:
        """Draw all in the new theme."""
        super().notify_style_update()
        self.refresh()

    def _heading_text(self) -> str:
        if self._study is None:
            return ""
        wide = self.size.width >= WIDE
        more = "   segments, with their branches   share" if wide else ""
        return f"{'▌' if self.has_focus else ' '}CODES {len(self._study.codes)}{more}"

    def _look(self, at: int) -> _Look | None:
        if self._study is None or at >= len(self._rows):
            return None
        row = self._rows[at]
        code_id = row.code.id
        slot = next((s for s, c in self._study.slots.items() if c == code_id), None)
        text = row_text(
            row,
            self.size.width,
            slot=slot,
            segments=self._study.branch.get(code_id, 0),
            total=self._study.segments,
            marked=at == self._cursor,
        )
        chosen = at == self._cursor and self.has_focus
        color = "hidden" if code_id in self._study.hidden else self._colors.get(code_id)
        return text, chosen, color

    def render_line(self, y: int) -> Strip:
        """Draw one row."""
        if self._laid_out != self.size:
            # The first paint comes before the news of the size.
            self._fit()
        base = self.rich_style
        if y == 0:
            return strip_of([(self._heading, BOLD)], self.size.width, base)
        if self.is_heard and self._rows:
            rows = wrapped(self._said, self.size.width - 2, self.size.height - 1)
            row = rows[y - 1] if y <= len(rows) else []
            return strip_of([(" " * self._shift, PLAIN), *row], self.size.width, base)
        look = self._looks[y - 1] if y <= len(self._looks) else None
        if look is None:
            bare = y == _BEGINNING and self._bare
            said = f"  No codes: {hint('tree.new', 'makes one')}" if bare else ""
            return strip_of([(said, PLAIN)], self.size.width, base)
        text, chosen, color = look
        if chosen:
            base += Style(reverse=True)
        letter = base
        if color is not None and color != "hidden" and not chosen:
            letter += Style(color=tint_on(self.app, color))
        name = base
        shown = text.letter
        if color == "hidden":
            # No lane beside the text: said by the sign, not by the look alone.
            shown, name = "· ", base + Style(dim=True)
        return Strip(
            [
                Segment(text.mark + text.fold, base),
                Segment(shown, letter),
                Segment(text.name, name),
                Segment(text.tally, base),
            ]
        ).adjust_cell_length(self.size.width, base)

    # The mouse

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the row; a click on its mark opens or closes the branch."""
        at = self._top + event.y - 1
        if event.y < 1 or at >= len(self._rows):
            return
        again = at == self._cursor
        self._move_to(at)
        row = self._rows[at]
        if row.has_children and (again or event.x <= 2 + row.depth * 2):
            _ = self.close_branch() if row.opened else self.open_branch()
        self.post_message(self.Clicked())

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll on."""
        self._wheel(event, _WHEEL_ROWS)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll back."""
        self._wheel(event, -_WHEEL_ROWS)

    def _wheel(self, event: events.MouseEvent, rows: int) -> None:
        event.stop()
        most = max(0, len(self._rows) - max(self.size.height - 1, 1))
        self._top = max(0, min(self._top + rows, most))
        self.update()
