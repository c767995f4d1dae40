"""Comparison while coding: what else has the code that one thinks of."""

from __future__ import annotations

from tui.app.action import Action
from tui.app.actions.reasons import no_code_here
from tui.app.desk import Desk
from tui.app.keybook import hint


def compare(desk: Desk) -> None:
    """Show other passages of the code at the cursor beside the text, or put them away."""
    if desk.compare():
        away = hint("tree.compare", "puts them away")
        desk.say(f"Other passages of the code at the cursor   {away}")


ACTIONS = (
    Action("tree.compare", "other passages beside the text",
           "Shows a few passages of the code at the cursor, from all documents, and follows the"
           " cursor; text and selection stay as they are.", ("v",), ("tree",), compare,
           no_code_here, "compare"),
)  # fmt: skip
