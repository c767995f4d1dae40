"""The matrix: how often each code stands in each document, or in those that share a value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.geometry import Offset, Size

from tui.analysis.regions import Parts, gather
from tui.analysis.shade import legend
from tui.analysis.spans import intersect, total_length, unite
from tui.app.keybook import hint
from tui.app.screens.documents.filter import quoted
from tui.app.screens.hidden import hidden_words
from tui.app.screens.manners import Page
from tui.app.screens.overviews.matrix_cells import (
    NUMBERS,
    SHARES,
    Group,
    MatrixCells,
    percent,
)
from tui.app.screens.spoken import place_in_grid
from tui.app.screens.table_file import ask_and_write
from tui.app.state import Study
from tui.app.widgets.grid import Grid
from tui.app.widgets.rows import BOLD, DIM, PLAIN, Row, Rows, clip, columns
from tui.model.coding import Coding
from tui.store.cases import list_attributes, owned_by_value
from tui.store.codings import list_codings
from tui.store.counts import coded_documents
from tui.text.counted import counted
from tui.text.safe import make_line

_QUOTES_FROM = 32
"""Rows of the window from which on there is room for the words of a cell."""
_QUOTES = 3
_AT_ONCE = 50
"""So many documents are counted in one go for a file."""
_SIFTED = 100_000
"""Of more segments than this it is not told at a key press which of them are a case's."""
_MEASURED = 2_000
"""Of more segments than this the share of the text is not worked out at a key press."""


@dataclass(frozen=True, slots=True)
class CellWanted:
    """A cell whose segments are wanted."""

    code_id: int
    """Its code; those below it count too."""
    filter: str
    """What leaves the documents of the cell, in the words of the page of segments."""


class MatrixScreen(Page[CellWanted | None]):
    """Shows codes against documents; the result is the cell whose passages are wanted, or None.

    Args:
        study: what is shown of the project.
    """

    SCREEN = "matrix"
    VIEW = "view.matrix"
    AUTO_FOCUS = ""

    def __init__(self, study: Study) -> None:
        super().__init__()
        self._study = study
        self._db = study.project.db
        self._cells = MatrixCells(
            self._db, study.visible, study.codes, study.documents, study.branch
        )
        self._values: dict[str, dict[str, Parts]] = {}
        """What belongs to each value of the attributes that were grouped by."""
        self._attributes = [each.name for each in list_attributes(self._db)]
        self._coded: set[int] | None = None
        self._begun = False
        """Whether its rows can be written."""

    @property
    def grid(self) -> Grid:
        """The table."""
        return self.query_one(Grid)

    @property
    def reading_place(self) -> Offset | None:
        """The cell at the cursor: where the cursor of the terminal belongs."""
        return place_in_grid(self.grid)

    @property
    def code_in_hand(self) -> int | None:
        """The code at the cursor."""
        found = self._cells.at(self.grid.row, self.grid.column)
        return found[0].id if found else None

    def compose(self) -> ComposeResult:
        """Make heading, table and what the cell at the cursor is."""
        yield Rows(id="heading")
        yield Rows(classes="rule")
        yield Grid(self._cells, self._moved)
        yield Rows(classes="rule")
        yield Rows(id="about")
        yield Rows(id="legend")
        yield Rows(id="keys")

    def on_mount(self) -> None:
        """Show the table from its first cell on, all of it at the first paint."""
        self._fit(self.app.size)
        self._begun = True
        self._moved()

    def on_resize(self, event: events.Resize) -> None:
        """Fit the page to the window."""
        self._fit(event.size)
        self.call_after_refresh(self._tell_heading)

    def _fit(self, size: Size) -> None:
        """Draw the rules as long as the screen is wide; leave room for words where there is."""
        for rule in self.query(".rule").results(Rows):
            rule.tell("─" * size.width, DIM)
        quotes = _QUOTES if size.height >= _QUOTES_FROM else 0
        self.query_one("#about", Rows).styles.height = 1 + quotes

    @property
    def _wide(self) -> int:
        """Cells of a row, before the first layout too."""
        return self.size.width or self.app.size.width

    # What is said

    def _tell_heading(self) -> None:
        cells, study = self._cells, self._study
        by = f"by {cells.by}" if cells.by else ""
        axes = "DOCUMENT x CODE" if cells.transposed else "CODE x DOCUMENT"
        said_of = (by, hidden_words(study), cells.number, "codes with their branches")
        left = " · ".join(part for part in said_of if part)
        at, of = self.grid.column + 1, cells.columns
        if self.grid.is_heard:  # the cell says it
            of = 0
        right = f"{at:,} of {of:,} " if of else ""
        row = columns([(f" {axes}  ", BOLD), (left, PLAIN)], [(right, DIM)], self._wide)
        self.query_one("#heading", Rows).show(row)
        if cells.share == "none":
            said = "no shade"
        elif (cells.share == "row") == cells.transposed:
            said = f"·=0  ░<½  ▒<1  ▓<2  █≥2 times an even share of a level, in the {cells.share}"
        else:
            said = f"{legend(len(cells.groups))} of the {cells.share}"
        if cells.depth:
            said += f" · level{'s 1 to' if cells.depth > 1 else ''} {cells.depth}"
        if cells.without_empty:
            said += " · empty ones hidden"
        self.query_one("#legend", Rows).tell(f" {said}", DIM)

    def _moved(self) -> None:
        if not self._begun:
            return
        grid = self.grid
        found = self._cells.at(grid.row, grid.column)
        about = self.query_one("#about", Rows)
        if found is None:
            about.tell(" Needs one code and one document with segments: c in the text gives one.")
            return
        code, group, at = found
        count = self._cells.segments(code.id, at)
        text = f" {counted(count, 'segment')}"
        rows: list[Row] = []
        if count:
            text += f", {percent(count, self._cells.code_total(code.id))} of the code's"
            if 0 < count <= _MEASURED and len(group.document_ids) == 1 and not group.parts:
                text += self._text_share(code.id, group.document_ids[0])
            if about.styles.height is not None and about.styles.height.value > 1:
                rows = self._quotes(code.id, group)
        name: Row = [(f" {code.key} {code.name} in {group.name}", BOLD)]
        if self.grid.is_heard:  # the cell has said its names
            name = []
        about.show(columns(name, [(f"{text} ", PLAIN)], self._wide), *rows)
        self._tell_heading()

    def _text_share(self, code_id: int, document_id: int) -> str:
        branch = self._cells.tree.branch(code_id)
        found = list_codings(
            self._db, coder_ids=self._study.visible, document_ids=[document_id], code_ids=branch
        )
        coded = total_length(unite((each.start, each.end) for each in found))
        chars = next((d.chars for d in self._study.documents if d.id == document_id), 0)
        return f", {percent(coded, chars)} of the document's text"

    def _quotes(self, code_id: int, group: Group) -> list[Row]:
        """Return the first words of the cell; those in spans of cases after whole documents'."""
        branch, visible = self._cells.tree.branch(code_id), self._study.visible
        found: list[Coding] = []
        if group.document_ids:
            found = list_codings(
                self._db,
                coder_ids=visible,
                document_ids=list(group.document_ids[:500]),
                code_ids=branch,
                limit=_QUOTES,
            )
        for document_id, spans in group.parts.items():
            if len(found) >= _QUOTES:
                break
            found += [
                each
                for each in list_codings(
                    self._db, coder_ids=visible, document_ids=[document_id], code_ids=branch
                )
                if intersect([(each.start, each.end)], spans or ())
            ]
        found = found[:_QUOTES]
        cells = max(self._wide - 6, 8)
        return [[(f"   “{clip(each.quote, cells - 2)}”", DIM)] for each in found]

    # What the keys do

    def action_list_move(self, by: int) -> None:
        """Move the cursor by rows."""
        self.unsay()
        self.grid.put(self.grid.row + by, self.grid.column)

    def action_list_page(self, by: int) -> None:
        """Move the cursor by windows."""
        self.unsay()
        self.grid.page(by)

    def action_list_end(self, side: int) -> None:
        """Go to the first row (-1) or the last one (1)."""
        self.grid.put(0 if side < 0 else self._cells.rows - 1, self.grid.column)

    def action_across(self, by: int) -> None:
        """Move the cursor by columns."""
        self.unsay()
        self.grid.put(self.grid.row, self.grid.column + by)

    def action_page_across(self, by: int) -> None:
        """Move the cursor by as many columns as are in sight."""
        self.unsay()
        self.grid.page_across(by)

    def action_shade(self) -> None:
        """Shade by the share of the row, of the column, or not at all."""
        cells = self._cells
        cells.share = SHARES[(SHARES.index(cells.share) + 1) % len(SHARES)]
        self._renew()

    def action_number(self) -> None:
        """Print counts, percent of the row or percent of the column."""
        cells = self._cells
        cells.number = NUMBERS[(NUMBERS.index(cells.number) + 1) % len(NUMBERS)]
        self._renew()

    def action_transpose(self) -> None:
        """Let rows be columns; the cursor stays on its cell."""
        grid, cells = self.grid, self._cells
        cells.transposed = not cells.transposed
        grid.row, grid.column = grid.column, grid.row
        self._renew()

    def action_group(self) -> None:
        """Group the documents by the next attribute; after the last one, not at all."""
        names = ["", *self._attributes]
        if len(names) == 1:
            self.say("No attributes yet · `qual attr` in a shell gives documents and cases some")
            return
        cells = self._cells
        by = names[(names.index(cells.by) + 1) % len(names)]
        shared = {
            number
            for parts in self._values_of(by).values()
            for number, spans in parts.items()
            if spans is not None
        }
        cells.by = by
        if cells.segments_in(shared) > _SIFTED:
            # Which codings lie in a case's turns is told by a look at each of them.
            after = hint("matrix.group", "goes on")
            cells.by = ""
            self._arrange()
            self._attributes.remove(by)
            self.say(f"{by} of cases is too much to count here: `qual matrix --by` · {after}")
            return
        self._arrange()

    def _values_of(self, name: str) -> dict[str, Parts]:
        """Return what belongs to each value of an attribute; read once."""
        if name and name not in self._values:
            owned = owned_by_value(self._db, name)
            self._values[name] = {value: gather(each) for value, each in owned.items()}
        return self._values.get(name, {})

    def action_collapse(self) -> None:
        """Show the first level of codes, then the first two, then all."""
        cells = self._cells
        cells.depth = (cells.depth + 1) % max(cells.tree.depth, 1)
        self._arrange()

    def action_empty(self) -> None:
        """Hide codes and documents without a coding, or show them again."""
        if self._coded is None:
            self._coded = coded_documents(self._db, self._study.visible)
        self._cells.without_empty = not self._cells.without_empty
        self._arrange()

    def _arrange(self) -> None:
        """Choose rows and columns anew; the cursor stays on its code and group where it can."""
        grid, cells = self.grid, self._cells
        found = cells.at(grid.row, grid.column)
        cells.arrange(self._values_of(cells.by), self._coded)
        if found is not None:
            code = _place(lambda at: cells.codes[at].id == found[0].id, len(cells.codes))
            group = _place(lambda at: cells.groups[at] == found[1], len(cells.groups))
            grid.row, grid.column = (group, code) if cells.transposed else (code, group)
        self._renew()

    def _renew(self) -> None:
        self.unsay()
        self.grid.renew()
        self._tell_heading()

    def action_open(self) -> None:
        """Close with the cell whose passages are wanted."""
        found = self._cells.at(self.grid.row, self.grid.column)
        if found is None or not self._cells.segments(found[0].id, found[2]):
            self.say(f"No segments in this cell · {self.keys_row()}")
            return
        code, group, _ = found
        by = self._cells.by
        if not by:
            self.lead(CellWanted(code.id, f"doc:{quoted(group.name)}"))
        else:
            self.lead(CellWanted(code.id, f"{quoted(by)}={quoted(group.name)}"))

    def renew(self) -> None:
        """Count anew, arranged as it is."""
        study = self._study
        self._cells.read(study.visible, study.codes, study.documents, study.branch)
        self._coded = None
        if self._cells.without_empty:
            self._coded = coded_documents(self._db, study.visible)
        self._arrange()

    def action_export(self) -> None:
        """Ask for a file and write the whole table into it, tabs between the cells."""
        ask_and_write(
            self,
            self._study.project.path,
            "Write the table to",
            "matrix",
            self._written,
            lambda: f"qual matrix --by {self._cells.by or 'document'} --basis subtree > FILE",
            "matrix.export",
        )

    def _written(self) -> list[list[str]]:
        """Return what is written; what is shown is counted anew afterwards."""
        try:
            return self._lines()
        finally:
            self.grid.renew()

    def _lines(self) -> list[list[str]]:
        """Return the table as it is arranged, counts whatever is printed, all rows and columns."""
        cells = self._cells
        lines = [["code", "name", *(make_line(group.name) for group in cells.groups), "all"]]
        found: list[list[str]] = [[] for _ in cells.codes]
        for at in range(len(cells.groups)):
            if at % _AT_ONCE == 0:
                cells.count(range(at, at + _AT_ONCE))
            for row, code in enumerate(cells.codes):
                found[row].append(str(cells.segments(code.id, at)))
        for row, code in enumerate(cells.codes):
            total = str(cells.code_total(code.id))
            lines.append([make_line(code.key), make_line(code.name), *found[row], total])
        if cells.transposed:
            return [list(line) for line in zip(*lines, strict=True)]
        return lines

    def action_leave(self) -> None:
        """Go back to where one was."""
        self.dismiss(None)


def _place(holds: Callable[[int], bool], count: int) -> int:
    return next((at for at in range(count) if holds(at)), 0)
