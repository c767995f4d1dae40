"""What a page says of coders whose work it leaves out."""

from __future__ import annotations

from tui.app.state import Study


def hidden_words(study: Study) -> str:
    """Return ``2 coders hidden``; empty when everybody's codings are shown."""
    count = len(study.hidden_coders)
    if not count:
        return ""
    return "1 coder hidden" if count == 1 else f"{count} coders hidden"
