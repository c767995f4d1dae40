"""From page to page: ``w`` and a letter leave one page for another, without the text between."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tui.app.action import Action, shown
from tui.app.actions import ACTIONS
from tui.app.document.cells import width
from tui.app.keybook import key, keys_of
from tui.app.screens.workbench.screen import Workbench

if TYPE_CHECKING:
    from tui.app.screens.manners import Page


_BRIEF: Final = {
    "view.cooc": "pairs",
    "view.like": "alike",
    "view.documents": "docs",
    "view.agreement": "agree",
    "view.codebook": "codes",
}
"""What pages are called where there is little room."""


def views() -> dict[str, Action]:
    """Return the pages there are, by the key that follows ``w``, or what begins them now."""
    found: dict[str, Action] = {}
    for action in ACTIONS:
        if action.id.startswith("view."):
            for keys in keys_of(action.id):
                first, _, rest = keys.partition(" ")
                found.setdefault(rest or first, action)
    return found


def ways(page: Page[Any]) -> str:
    """Return which pages one can go on to, for the bottom row.

    One that cannot be shown now is named too: its key says why, and what changes that.
    """
    there = [
        (shown(letter), action) for letter, action in views().items() if action.id != page.VIEW
    ]
    brief = [f"{letter} {_BRIEF.get(action.id, action.title)}" for letter, action in there]
    for row in (
        "  ".join([*(f"{letter} {action.title}" for letter, action in there), "Esc stay"]),
        "  ".join([*brief, "Esc stay"]),
        " ".join([*brief, "Esc"]),
    ):
        if width(row) <= page.row_cells:
            return row
    return " ".join([*(letter for letter, _ in there), " Esc stay"])


def look_on(page: Page[Any], letter: str) -> None:
    """Go from a page to another one, or say why not.

    Args:
        page: the page that is shown.
        letter: the key that names the other one.
    """
    action = views().get(letter)
    bench = _bench_below(page)
    if action is None:
        there = " ".join(shown(each) for each in views())
        begin = key("page.look_at")
        page.say(f"{begin} {shown(letter)} does nothing · after {begin}: {there}")
        return
    if bench is None:
        page.say("There is no study open to look at")
        return
    if action.id == page.VIEW:
        page.say(f"This is it already: {action.title}")
        return
    study = bench.desk.study
    study.in_hand = page.code_in_hand
    try:
        if (reason := bench.reason_against(action)) is not None:
            page.say(reason)
        elif page.may_leave():
            while page.app.screen is not bench:
                page.app.screen.dismiss(None)
            bench.do(action)
    finally:
        study.in_hand = None


def _bench_below(page: Page[Any]) -> Workbench | None:
    """Return the workbench that a page was opened from; None where it stands by itself."""
    found = (screen for screen in reversed(page.app.screen_stack) if isinstance(screen, Workbench))
    return next(found, None)
