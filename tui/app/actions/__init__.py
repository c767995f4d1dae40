"""What a key does: one file for each area, joined here."""

from __future__ import annotations

from tui.app.action import Action, Pane
from tui.app.actions import (
    advance,
    bookmarks,
    codebook,
    coding,
    comparing,
    copy,
    in_vivo,
    jumps,
    leap,
    like,
    memo,
    navigate,
    project,
    search,
    segments,
    select,
    slots,
    terminal,
    tree_verbs,
    unsaved,
    views,
    where,
)
from tui.app.keybook import keys_of, register

ACTIONS: tuple[Action, ...] = (
    *select.ACTIONS,
    *leap.ACTIONS,
    *coding.ACTIONS,
    *in_vivo.ACTIONS,
    *slots.ACTIONS,
    *advance.ACTIONS,
    *memo.ACTIONS,
    *unsaved.ACTIONS,
    *copy.ACTIONS,
    *navigate.ACTIONS,
    *jumps.ACTIONS,
    *bookmarks.ACTIONS,
    *search.ACTIONS,
    *codebook.ACTIONS,
    *segments.ACTIONS,
    *like.ACTIONS,
    *tree_verbs.ACTIONS,
    *comparing.ACTIONS,
    *views.ACTIONS,
    *project.ACTIONS,
    *where.ACTIONS,
    *terminal.ACTIONS,
)
"""Every action; keys, help, palette, last row and the keys page are made from these."""

register(ACTIONS)

BY_ID: dict[str, Action] = {action.id: action for action in ACTIONS}

GROUPS: dict[str, str] = {
    "text": "Move and select",
    "code": "Code",
    "mode": "Code",
    "memo": "Memos",
    "note": "Memos",
    "go": "Go",
    "search": "Search",
    "tree": "Code tree",
    "edit": "Undo and copy",
    "pane": "Panes",
    "view": "Look at",
    "coder": "Other coders",
    "app": "Program",
}
"""Headings of the help, by what stands before the dot of an action's id."""

PREFIXES: dict[str, str] = {"g": "go to…", "w": "look at…", "p": "pin to…", "q": "quit?"}
"""What begins with a key that waits for another one."""

FOOTER: dict[Pane, tuple[tuple[tuple[str, ...], str], ...]] = {
    "text": (
        (("code.pick",), "code"),
        (("code.slot_1", "code.slot_9"), "slot"),
        (("code.again",), "again"),
        (("text.next", "text.prev"), "move"),
        (("text.extend_next", "text.extend_prev"), "extend"),
        (("text.grow",), "grow"),
        (("search.project",), "search"),
        (("app.help",), "help"),
        (("text.word_prev", "text.word_next"), "word"),
        (("code.remove",), "uncode"),
        (("memo.open",), "memo"),
        (("edit.undo",), "undo"),
        (("pane.codes",), "tree"),
        (("pane.documents",), "docs"),
        (("app.palette",), "all"),
    ),
    "tree": (
        (("code.highlighted",), "code"),
        (("tree.next", "tree.prev"), "move"),
        (("tree.close", "tree.open"), "fold"),
        (("tree.segments",), "segments"),
        (("tree.find",), "find"),
        (("tree.compare",), "compare"),
        (("tree.new",), "new"),
        (("tree.define",), "define"),
        (("tree.pin_1",), "pin"),
        (("pane.text",), "text"),
        (("tree.recode",), "recode"),
        (("tree.hide",), "lanes"),
        (("tree.rename",), "rename"),
        (("memo.code",), "memo"),
        (("pane.codes",), "fold away"),
        (("app.help",), "help"),
        (("app.palette",), "all"),
    ),
}
"""The last row of each pane, the weightiest first: actions that share a verb, and the verb."""


def prefix_heading(action: Action) -> str:
    """Return the heading over what begins like an action, whatever key begins it now."""
    return next((PREFIXES[keys[0]] for keys in action.keys if " " in keys), "then…")


_IN_TREE = ("next", "prev", "page_down", "page_up", "first", "last", "open", "close")


def moves_only(action: Action) -> bool:
    """Tell whether an action only moves selection or cursor: what was just said stays true."""
    group, _, name = action.id.partition(".")
    return group == "text" or (group == "tree" and name in _IN_TREE)


def group_of(action: Action) -> str:
    """Return the heading that an action stands under."""
    return GROUPS[action.id.partition(".")[0]]


def footer_keys(ids: tuple[str, ...]) -> tuple[str, ...]:
    """Return the first key of each of the actions that share a place in the last row.

    Those that have no key now are left out.
    """
    return tuple(keys[0].partition(" ")[0] for each in ids if (keys := keys_of(each)))
