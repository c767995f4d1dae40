"""Why an action cannot act now."""

from __future__ import annotations

from tui.app.desk import Desk
from tui.app.keybook import hint


def no_text(desk: Desk) -> str | None:
    """Say that nothing is selected, when nothing is."""
    if desk.view.selected_span is not None:
        return None
    if not desk.study.documents:
        return f"No documents yet · {hint('pane.documents', 'brings some in')}"
    return f"This document holds no text · {hint('pane.documents', 'shows the others')}"


def no_writing(desk: Desk) -> str | None:
    """Say why nothing can be changed here, when that is so."""
    if not desk.project.read_only:
        return None
    reason = desk.project.read_only_reason
    return f"Read-only: {reason.message}" if reason else "This project is open read-only"


def no_coding(desk: Desk) -> str | None:
    """Say that nothing can be coded now, when that is so."""
    return no_writing(desk) or no_text(desk)


def no_code_here(desk: Desk) -> str | None:
    """Say that the tree is empty, when it is."""
    return (
        None
        if desk.tree.highlighted is not None
        else f"No codes yet · {hint('tree.new', 'makes one')}"
    )


def no_code_to_change(desk: Desk) -> str | None:
    """Say why the highlighted code cannot be changed, when that is so."""
    return no_writing(desk) or no_code_here(desk)
