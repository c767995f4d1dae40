"""The page of keys for people: made from the actions, so that it cannot fall behind."""

from __future__ import annotations

from tui.app.action import Action, Pane, shown
from tui.app.actions import ACTIONS, GROUPS, group_of
from tui.app.screen_keys import PARTS, Part

_PANES: tuple[tuple[Pane, str], ...] = (("text", "In the text"), ("tree", "In the code tree"))
_HEAD = """# Keys

Made from the program's own list of actions; do not edit by hand. `?` shows the same in the
program, `:` every command by name. Keys that follow each other are written with a space between
them: `g u` is g, then u. Letters of Russian, Ukrainian, Greek, Hebrew and Arabic layouts work by
their place on the keyboard.
"""


def keys_page() -> str:
    """Return the page as Markdown, with a line end at its end."""
    parts = [_HEAD]
    for pane, heading in _PANES:
        parts.append(f"## {heading}\n")
        here = [action for action in ACTIONS if pane in action.where and action.keys]
        for group in dict.fromkeys(GROUPS.values()):
            rows = [action for action in here if group_of(action) == group]
            if rows:
                parts.append(_table(group, rows))
    for part in PARTS:
        parts.append(f"## {part.title[0].upper()}{part.title[1:]}\n")
        parts.append(_screen_table(part))
    named = [action for action in ACTIONS if not action.keys]
    parts.append("## By name only\n\n`:` finds these.\n")
    parts.append(_table("", named))
    return "\n".join(parts)


def _table(group: str, actions: list[Action]) -> str:
    lines = [f"### {group}", ""] if group else []
    lines += ["| keys | name | what it does |", "|---|---|---|"]
    for action in actions:
        keys = " ".join(f"`{shown(each)}`" for each in action.keys) or "–"
        lines.append(f"| {keys} | `{action.id}` | {_escaped(action.help)} |")
    return "\n".join([*lines, ""])


def _screen_table(part: Part) -> str:
    lines = ["| keys | name | what it does |", "|---|---|---|"]
    for row in part.keys:
        keys = " ".join(f"`{shown(each)}`" for each in row.keys)
        name = f"`{row.id}`" + (", fixed" if row.fixed else "")
        about = row.help or f"{row.title[0].upper()}{row.title[1:]}."
        lines.append(f"| {keys} | {name} | {_escaped(about)} |")
    return "\n".join([*lines, ""])


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")
