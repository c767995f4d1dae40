"""Comparison while coding: passages of the code at the tree's cursor, beside the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tui.app.state import Study
from tui.app.widgets.passages import Passages, passages_wanted
from tui.model.code import Code
from tui.store.segments import other_passages

if TYPE_CHECKING:
    from tui.app.screens.workbench.screen import Workbench

_SIDE: Final = "others-side"
_STRIP: Final = "others"
_LEAST, _MOST = 4, 10
"""Rows of the strip below the text."""
HEADING_ROWS = 2

Span = tuple[int, int, int]
"""Document, start, end."""


class Comparison:
    """Keeps the comparison where there is room for it: in the side's column, else below the text.

    Args:
        bench: the workbench, with its widgets mounted.
    """

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        self._told: object = None
        self.is_shown = False

    @property
    def _widget(self) -> Passages:
        name = _SIDE if self._bench.has_inspector_room else _STRIP
        return self._bench.query_one(f"#{name}", Passages)

    def fit(self, height: int, side_rows: int) -> None:
        """Take the room there is.

        Args:
            height: rows of the screen.
            side_rows: rows of the side's column that are free; 0 for none.
        """
        side = self._bench.query_one(f"#{_SIDE}", Passages)
        strip = self._bench.query_one(f"#{_STRIP}", Passages)
        side.display = self.is_shown and side_rows > 0
        strip.display = self.is_shown and not side_rows
        side.styles.height = side_rows
        strip.styles.height = max(min(height // 3, _MOST), _LEAST)
        self._told = None

    def tell(self, study: Study, code: Code | None, at: Span, version: int) -> None:
        """Show passages of a code; nothing is read while it is the same code.

        Args:
            study: the open study.
            code: the code at the tree's cursor.
            at: what is selected; segments that touch it are left out.
            version: another number after each change.
        """
        state = (code.id if code else 0, at[0], version, self._widget.size)
        if not self.is_shown or state == self._told or code is None:
            return
        self._told = state
        widget = self._widget
        rows = widget.size.height or int(widget.styles.height.value if widget.styles.height else 6)
        found = passages_of(study, code, passages_wanted(rows - HEADING_ROWS), at)
        name = f"{code.key} {code.name}"
        count = study.direct.get(code.id, 0) or study.branch.get(code.id, 0)
        measure = self._bench.app.division.text_width
        widget.tell_passages(code.letter or "~", name, count, found, measure)


def passages_of(
    study: Study, code: Code, most: int, at: Span = (0, 0, 0)
) -> list[tuple[str, int, str]]:
    """Return a few passages of a code, or of its branch when it has none itself.

    Args:
        study: what of the project is shown.
        code: the code.
        most: how many passages at most.
        at: document, start and end of what is left out: what the reader has before them.

    Returns:
        Name of the document, number of the passage and beginning of the quote of each; nothing
        where a code has none.
    """
    code_ids = [code.id]
    if not study.direct.get(code.id):
        if not study.branch.get(code.id):
            return []
        code_ids = [
            each.id
            for each in study.codes
            if study.direct.get(each.id) and code.id in study.line_of(each.id)
        ]
    return other_passages(study.project.db, code_ids, study.visible, most=most, besides=at)
