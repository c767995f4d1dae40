"""Rows of which only the changed ones are drawn anew."""

from __future__ import annotations

from tui.app.at_once import repaint
from tui.app.widgets.rows import Row, Rows


class Lines(Rows):
    """Rows that repaint one by one."""

    @property
    def _cells(self) -> int:
        """How wide they are; before the first layout: as wide as the screen."""
        return self.size.width or self.app.size.width

    def show(self, *rows: Row) -> None:
        """Show other rows; those that are as before are not drawn again."""
        old, new = self._rows, list(rows)
        changed = [
            y
            for y in range(max(len(old), len(new)))
            if (old[y] if y < len(old) else None) != (new[y] if y < len(new) else None)
        ]
        if changed:
            self._rows = new
            repaint(self, changed)
