"""Undo, other coders, panes, help, leaving."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from tui.app.action import Action
from tui.app.actions.reasons import no_writing
from tui.app.actions.slots import now_given
from tui.app.desk import Desk
from tui.app.document.cells import width
from tui.app.keybook import hint, undo_hint
from tui.model.change import Change
from tui.project.edits.readings import hide_coders, show_coders
from tui.store.codings import read_coding
from tui.store.journal import read_images

if TYPE_CHECKING:
    from tui.app.actions.history import Way

_SUBJECT_LEAST = 30
"""Cells that the act gets where it is named, however narrow the window is."""


def undo(desk: Desk) -> None:
    """Take back the newest act, of any session, and show where it was."""
    _step(desk, "undo", hint("edit.redo", "brings all of it back"))


def redo(desk: Desk) -> None:
    """Bring back what was undone last, and show where it is."""
    _step(desk, "redo", hint("edit.undo", "takes all of it away again"))


def _step(desk: Desk, way: Way, back: str) -> None:
    """Take a step through the history; ask first when it is large."""
    # Loaded by the first step: what may be undone is a matter of its own.
    from tui.app.actions.history import large_step  # noqa: PLC0415

    large = large_step(desk.project, way, back)
    if large is None:
        _step_now(desk, way)
        return
    doing, expected = large.doing, large.expected
    desk.ask.confirm(
        large.question,
        large.detail,
        lambda: desk.do_said(doing, way, lambda: _step_now(desk, way, expected)),
    )


def _step_now(desk: Desk, way: Way, expected: int | None = None) -> None:
    from tui.app.actions.history import in_brief, take_step  # noqa: PLC0415 - as above

    slots = dict(desk.study.slots)
    back = way == "undo"
    other = hint("edit.redo", "redo") if back else undo_hint()
    change = take_step(desk.project, way, expected, other)
    there = _show_place(desk, change)
    done = "undone" if back else "redone"
    said = f"Now in {there} · {done}" if there else done.capitalize()
    given = now_given(desk, slots)
    room = desk.view.app.size.width - width(f" {said}: {given}   {other}  ")
    desk.say(f"{said}: {in_brief(change, max(room, _SUBJECT_LEAST))}{given}   {other}")


def _show_place(desk: Desk, change: Change) -> str:
    """Select what a change was about; return the document's name when another one was opened."""
    place = place_of(desk.project.db, change)
    study = desk.study
    found = next((d for d in study.documents if place is not None and d.id == place[0]), None)
    if place is None or found is None:
        return ""
    if study.document is None or found.id != study.document.id:
        desk.open_document(found.id, place[1:])
        return found.name
    if desk.view.selected_span != place[1:]:
        desk.view.select(*place[1:])
    return ""


def place_of(db: sqlite3.Connection, change: Change) -> tuple[int, int, int] | None:
    """Return document and span of the first coding or memo on words that a change touched.

    None when it touched neither.
    """
    for image in read_images(db, change.id):
        row = image.before or image.after or {}
        if image.place not in ("codings", "memos"):
            continue
        if row.get("document_id") is not None and row.get("end") is not None:
            return int(row["document_id"] or 0), int(row["start"] or 0), int(row["end"] or 0)
        key = image.row_key if image.place == "codings" else row.get("coding_id")
        coding = read_coding(db, int(key)) if key is not None else None
        if coding is not None:
            return coding.document_id, coding.start, coding.end
    return None


def show_others(desk: Desk) -> None:
    """Turn the codings of all other coders on; the journal keeps when."""
    shown = show_coders(desk.project, desk.study.hidden_coders)
    desk.say(f"Now showing the codings of {', '.join(shown)}   {undo_hint()}")


def hide_others(desk: Desk) -> None:
    """Turn the codings of all other coders off."""
    study = desk.study
    names = [study.coder_names[each] for each in study.visible if study.coder_label(each)]
    hidden = hide_coders(desk.project, names)
    desk.say(f"No longer showing the codings of {', '.join(hidden)}   {undo_hint()}")


def _none_hidden(desk: Desk) -> str | None:
    if reason := no_writing(desk):
        return reason
    return None if desk.study.hidden_coders else "No other coder's codings are hidden"


def _none_shown(desk: Desk) -> str | None:
    if reason := no_writing(desk):
        return reason
    shown = [each for each in desk.study.visible if desk.study.coder_label(each)]
    return None if shown else "No other coder's codings are shown"


def documents(desk: Desk) -> None:
    """Ask which document to open."""
    desk.ask.choose_document(lambda document_id: desk.open_document(document_id))


def to_tree(desk: Desk) -> None:
    """Go to the code tree; from there, fold it away."""
    if desk.pane == "tree":
        desk.fold_tree()
    else:
        desk.go_to_pane("tree")


def to_text(desk: Desk) -> None:
    """Put away what is open, one thing at a time, and end in the text."""
    if desk.pane != "text":
        desk.go_to_pane("text")
    elif not desk.put_away():
        desk.refuse(f"You are in the text · {hint('app.quit', 'leaves the program')}")


def next_pane(desk: Desk) -> None:
    """Go to the other pane."""
    desk.go_to_pane("tree" if desk.pane == "text" else "text")


def say_how_to_quit(desk: Desk) -> None:
    """Ctrl+C ends a far look, and nothing else."""
    if desk.study.look is not None:
        desk.put_away()
        return
    way = hint("app.quit", "leaves the program")
    desk.refuse(f"Nothing is running that could be stopped · {way}")


_BOTH = ("text", "tree")

ACTIONS = (
    Action("edit.undo", "undo", "Takes your newest act back, of earlier sessions too.",
           ("z", "ctrl+z"), ("text", "tree"), undo, no_writing),
    Action("edit.redo", "redo", "Brings back what you undid last.", ("Z", "ctrl+y"),
           ("text", "tree"), redo, no_writing),
    Action("coder.show_others", "show other coders' codings",
           "Turns the codings of all other coders on; the journal keeps when.", (),
           ("text", "tree"), show_others, _none_hidden),
    Action("coder.hide_others", "hide other coders' codings",
           "Turns the codings of all other coders off.", (), ("text", "tree"), hide_others,
           _none_shown),
    Action("view.documents", "documents", "Shows all documents.", ("w d",), ("text", "tree"),
           documents),
    Action("pane.documents", "documents", "Shows all documents.", ("d",), ("text", "tree"),
           documents, short="docs"),
    Action("pane.codes", "code tree", "Goes to the code tree; a second time folds it away.",
           ("t",), ("text", "tree"), to_tree, short="tree"),
    Action("pane.next", "next pane", "Goes to the other pane.", ("tab", "shift+tab"),
           ("text", "tree"), next_pane, short="pane"),
    Action("pane.text", "back to the text",
           "Puts away what is open and ends in the text; never leaves the program.", ("escape",),
           ("text", "tree"), to_text, short="text"),
    Action("app.help", "help", "Shows every key of this pane; type to filter, Enter runs.",
           ("?", "f1", "Q"), ("text", "tree"), lambda desk: desk.ask.show_help(desk.pane),
           short="help"),
    Action("app.palette", "every command", "Shows every command by name, with its key.",
           (":", "P"), ("text", "tree"), lambda desk: desk.ask.show_palette(), short="all"),
    # In the tree, as in every list, Ctrl+P is the row before.
    Action("app.palette_text", "every command", "Shows every command by name, with its key.",
           ("ctrl+p",), ("text",), lambda desk: desk.ask.show_palette()),
    Action("app.practice", "practise for 5 minutes",
           "Goes through the keys, one lesson after the other, in a copy of the shipped study; Esc"
           " leaves it, and all is where you left it.", ("f3",), ("text", "tree"),
           lambda desk: desk.ask.practise(), short="practise"),
    Action("app.first_steps", "first steps", "Shows the lines of the first minute again.", (),
           ("text", "tree"), lambda desk: desk.show_first_steps()),
    Action("app.keys", "keys: change",
           "Gives what you choose another key, or chooses a preset; kept in config.toml.", (),
           ("text", "tree"), lambda desk: desk.ask.change_keys()),
    Action("app.quit", "quit, leave", "Leaves; everything is saved already.", ("q q",),
           ("text", "tree"), lambda desk: desk.leave()),
    Action("app.interrupt", "how to quit", "Says how to leave; nothing is lost.", ("ctrl+c",),
           ("text", "tree"), say_how_to_quit),
)  # fmt: skip
