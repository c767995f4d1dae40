"""The text pane drawn: the looks of its rows as strips, and only the rows that changed."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from tui.app.at_once import repaint
from tui.app.document.aloud import Reading, Spoken
from tui.app.document.cells import fit, width
from tui.app.document.paint import FOCUSED, HIT, LABEL, SELECTED, Run, runs, written_over
from tui.app.document.pane import Pane
from tui.app.document.sheet import RowLook
from tui.app.document.text_source import DocumentText
from tui.app.document.viewport import Row
from tui.app.messages import PassageLeft, SelectionMoved
from tui.app.themes import tint_on
from tui.model.document import Document
from tui.text.safe import make_line

_KEPT_STRIPS = 600
_TITLE_NAME = 26


class DrawnPane(Widget):
    """Draws one document; row 0 is its title.

    A change repaints the rows whose look it changed and no others.
    """

    def __init__(
        self, *, name: str | None = None, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._pane = Pane()
        self._document: Document | None = None
        self._note = ""
        self._lane_colors: dict[int, str] = {}
        self._looks: list[RowLook] = []
        self._title_text = ""
        self._strips: dict[RowLook, Strip] = {}
        self._styles_by_part: dict[object, Style] = {}
        self._cells = 0
        self._laid_out: tuple[Size, int] | None = None
        """The sizes of widget and screen that the rows are laid out for."""
        self._reading: Reading | None = None
        """What is heard in place of the rows, for those who listen."""
        self._dragged_from: int | None = None
        self._has_dragged = False
        self.refusal = ""
        """Why the last ``move`` could not move, in words for the reader; else empty."""

    # What is known of it

    @property
    def text(self) -> DocumentText:
        """Its text."""
        return self._pane.text

    @property
    def selected_span(self) -> tuple[int, int] | None:
        """Start and end of the selection in the stored text; None only in an empty document."""
        at = self._pane.selected
        return None if at is None else (at.start, at.end)

    @property
    def moved_edges(self) -> tuple[int, int] | None:
        """Where the edges of the underlined coding are, when they are not where it is stored."""
        edges = self._pane.edges
        return (edges.at.start, edges.at.end) if edges is not None and edges.moved else None

    @property
    def passage_at(self) -> int:
        """Number of the passage the moving end of the selection is in; 0 in an empty document."""
        return 0 if self._pane.selected is None else self._pane.place() + 1

    def _moved(self, passage_before: int) -> None:
        self._update()
        if self._document is not None and passage_before not in (0, self.passage_at):
            self.post_message(PassageLeft(self._document.id, passage_before))
        self._announce()

    def _announce(self) -> None:
        at = self._pane.selected
        if at is not None and self._document is not None:
            self.post_message(SelectionMoved(self._document.id, at.start, at.end, at.unit))

    # Drawing

    def on_resize(self, event: events.Resize) -> None:
        """Keep the selection where it was on the screen, as far as it fits."""
        if self._laid_out != (self.size, self.app.size.width):
            self._lay_out()
            self.refresh()

    def on_focus(self) -> None:
        """Show the focus mark in the title."""
        self._update()

    def on_blur(self) -> None:
        """Take the focus mark away."""
        self._update()

    def notify_style_update(self) -> None:
        """Draw all rows anew in the new theme."""
        super().notify_style_update()
        known, self._styles_by_part = self._styles_by_part, {}
        if any(self._style(part) != style for part, style in known.items()):
            self._strips.clear()

    def _lay_out(self) -> None:
        if not self.is_attached:
            return
        self._laid_out = (self.size, self.app.size.width)
        self._cells, rows = self.size
        if getattr(self.app, "accessible", False):
            self._pane.bare = True
            self._reading = self._reading or Reading()
        self._pane.lay_out(self._cells, rows - 1, self.app.size.width)
        self._forget_strips()
        if self._reading is not None:
            self._hear()
        else:
            self._looks = self._pane.looks() if self._pane.height > 0 else []
        self._title_text = self._title()

    def _forget_strips(self) -> None:
        self._strips.clear()
        self._styles_by_part.clear()

    def _update(self) -> None:
        """Find the rows that look different now and repaint them."""
        if self._pane.height <= 0 or not self.is_attached:
            return
        if self._reading is not None:
            changed = self._hear()
        else:
            before, self._looks = self._looks, self._pane.looks()
            changed = [y for y, look in enumerate(self._looks, 1) if before[y - 1 : y] != [look]]
        title = self._title()
        if title != self._title_text:
            self._title_text = title
            changed.append(0)
        if changed:
            repaint(self, changed)

    @property
    def is_heard(self) -> bool:
        """Whether it shows what is at hand and nothing else, for those who listen."""
        return self._reading is not None

    def _hear(self) -> list[int]:
        """Find what is at hand; return the rows that say something else now."""
        reading, pane = self._reading, self._pane
        assert reading is not None
        before = [reading.drawn(y) for y in range(pane.height)]
        at: Spoken | None = None
        if pane.selected is not None:
            at = Spoken(pane.selected.start, pane.selected.end, pane.selected.unit)
        if pane.focused is not None:
            at = Spoken(pane.focused.start, pane.focused.end, "clause")
        reading.lay_out(pane.text, at, min(self._cells, pane.geometry.text + 1), pane.height)
        return [y for y, shown in enumerate(before, 1) if shown != reading.drawn(y - 1)]

    def render_line(self, y: int) -> Strip:
        """Draw one row of the widget: the title, then the rows of the document."""
        if self._laid_out != (self.size, self.app.size.width):
            # The first paint comes before the news of the size.
            self._lay_out()
        if y == 0:
            return self._draw_title()
        if self._reading is not None:
            shown = Segment(self._reading.drawn(y - 1), self._style("base"))
            return Strip([shown]).adjust_cell_length(self._cells, self._style("base"))
        if y > len(self._looks):
            return Strip.blank(self._cells, self._style("base"))
        look = self._looks[y - 1]
        strip = self._strips.get(look)
        if strip is None:
            if len(self._strips) > _KEPT_STRIPS:
                self._strips.clear()
            strip = self._strips[look] = self._draw(look)
        return strip

    def _draw(self, look: RowLook) -> Strip:
        base = self._style("base")
        if look.row is None:
            return Strip.blank(self._cells, base)
        segments = self._draw_margin(look, look.row)
        painted = _painted(look, *self._pane.row_text(look.row))
        segments.extend(Segment(text, self._style(part)) for text, part in painted)
        if look.names:
            used = sum(width(text) for text, _ in painted)
            segments.append(Segment(" " * (self._pane.geometry.text + 1 - used), base))
            segments.append(Segment(look.names, self._style("names")))
        return Strip(segments).adjust_cell_length(self._cells, base)

    def _draw_margin(self, look: RowLook, row: Row) -> list[Segment]:
        shape = self._pane.geometry
        number = str(row.place + 1) if row.row == 0 else ""
        mark = ">" if look.chosen else " "
        text = f"{mark}{number:>{shape.number}}{look.state or ' '}"
        style = self._style("margin")
        segments: list[Segment] = []
        for sign, code_id, theirs in look.cells:
            color = self._lane_colors.get(code_id)
            if color is None and not theirs:
                text += sign
                continue
            lane = self._style(("lane", color, theirs))
            segments.extend((Segment(text, style), Segment(sign, lane)))
            text = ""
        text += " " * (shape.lanes - len(look.cells) + 1)
        return [*(segment for segment in segments if segment.text), Segment(text, style)]

    def _title(self) -> str:
        if self._document is None:
            return ""
        at = self._pane.selected
        where = "empty"
        if at is not None:
            percent = 100 * at.end // max(1, self.text.end)
            where = f"¶{self.passage_at}/{len(self.text)}  {percent}%"
        room = max(1, self._cells - width(where) - 4)
        name = fit(make_line(self._document.name), room)
        gap = " " * max(2, min(_TITLE_NAME, room) - width(name))
        note = f"   {self._note}" if self._note else ""
        if self._reading is not None:  # what changes with every key would be heard with every key
            return fit(f"{make_line(self._document.name)}{note}", self._cells)
        return fit(f"{'▌' if self.has_focus else ' '}{name}{gap}{where}{note}", self._cells)

    def _draw_title(self) -> Strip:
        segments = [Segment(self._title_text, self._style("title"))] if self._title_text else []
        return Strip(segments).adjust_cell_length(self._cells, self._style("base"))

    def _style(self, part: object) -> Style:
        """Return the style of a part of the picture: a look of ``paint`` or a column's name."""
        style = self._styles_by_part.get(part)
        if style is None:
            style = self._styles_by_part[part] = self._make_style(part)
        return style

    def _make_style(self, part: object) -> Style:
        if isinstance(part, int):
            return self._style("base") + Style(
                # A label inside the selection stands out by not being reversed.
                reverse=True if bool(part & SELECTED) != bool(part & LABEL) else None,
                underline=True if part & (FOCUSED | HIT) else None,
                bold=True if part & (HIT | LABEL) else None,
            )
        if isinstance(part, tuple):
            _, color, theirs = part
            tint = Style() if color is None else Style(color=tint_on(self.app, color))
            return self._style("margin") + tint + Style(underline=True if theirs else None)
        if part == "base":
            return self.rich_style
        return self.get_component_rich_style(f"coding-view--{part}")


def _painted(look: RowLook, shown: str, start: int, end: int) -> list[Run]:
    """Paint a row's text, letters written over the signs that can be leapt to."""
    if not look.labels:
        return runs(shown, start, end, look.marks)
    labels = [(offset, offset + 1, LABEL) for offset, _ in look.labels]
    letters = "".join(letter for _, letter in look.labels)
    return written_over(runs(shown, start, end, [*look.marks, *labels]), letters)
