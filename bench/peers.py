"""Small programs to stand beside: a blank Textual app, and a read-only TextArea on a file.

Run as ``python -m bench.peers blank`` or ``python -m bench.peers textarea FILE``.
"""

from __future__ import annotations

import sys
from pathlib import Path

from textual.app import App, ComposeResult


class Blank(App[None]):
    """Nothing at all."""


class Reader(App[None]):
    """A read-only TextArea over a whole file."""

    def compose(self) -> ComposeResult:
        from textual.widgets import TextArea

        area = TextArea(Path(sys.argv[2]).read_text(encoding="utf-8"), read_only=True)
        area.cursor_blink = False
        yield area


if __name__ == "__main__":
    (Blank if sys.argv[1] == "blank" else Reader)().run()
