"""The code tree: moving in it, and changing the codebook."""

from __future__ import annotations

from collections.abc import Callable

from tui.app.action import Action
from tui.app.actions.reasons import no_code_here, no_code_to_change, no_writing
from tui.app.actions.slots import pin, unpin
from tui.app.desk import Desk
from tui.app.keybook import hint, undo_hint
from tui.project.edits.codes import add_code, change_code
from tui.store.desk import hidden_code_ids, set_hidden, set_solo
from tui.text.safe import make_line


def _moved(move: Callable[[Desk], bool], otherwise: str) -> Callable[[Desk], None]:
    def run(desk: Desk) -> None:
        if not move(desk):
            desk.refuse(otherwise)

    return run


def new_code(desk: Desk) -> None:
    """Ask for a name and make a code under the highlighted one."""
    parent = desk.tree.highlighted
    under = f"under {parent.key} {parent.name}" if parent else "at the top of the codebook"
    _ask_new(desk, parent.id if parent else None, under)


def new_top_code(desk: Desk) -> None:
    """Ask for a name and make a code at the top."""
    _ask_new(desk, None, "at the top of the codebook")


def _ask_new(desk: Desk, parent_id: int | None, under: str) -> None:
    def make(name: str) -> None:
        code_id = add_code(desk.project, name, parent_id)
        desk.tree.jump(code_id)
        code = desk.study.by_id[code_id]
        desk.say(f"New code {code.key} {code.name}   {undo_hint()}")

    desk.ask.ask_line(f"New code {under}", "", "its name", make)


def rename(desk: Desk) -> None:
    """Ask for another name of the highlighted code."""
    code = desk.tree.highlighted
    if code is None:
        return

    def change(name: str) -> None:
        if change_code(desk.project, code.id, {"name": name}):
            desk.say(f"Renamed {code.key} {code.name} → {name}   {undo_hint()}")

    desk.ask.ask_line(f"Rename {code.key}", code.name, "its new name", change)


def define(desk: Desk) -> None:
    """Let the definition of the highlighted code be written."""
    code = desk.tree.highlighted
    if code is None:
        return

    def change(text: str) -> None:
        if change_code(desk.project, code.id, {"definition": text.strip()}):
            desk.say(f"Changed the definition of {code.key} {code.name}   {undo_hint()}")

    title = f"Definition of {code.key} {code.name}"
    desk.ask.edit_memo(title, code.definition, f"definition-{code.id}", change)


def find(desk: Desk) -> None:
    """Ask for a few letters and go to the code that they fit best; again, to the next one."""
    last = desk.study.sought
    again = f" · Enter alone: the next with {make_line(last)[:30]}" if last else ""
    desk.ask.ask_line(
        "Find a code",
        "",
        f"letters of its name or key{again}",
        lambda text: go_to(desk, text),
        last,
    )


def go_to(desk: Desk, text: str) -> None:
    """Put the cursor on the code that ``text`` fits best; with the same text, on the next one.

    Letters are taken as in the picker: parts of words, their beginnings, one letter wrong.
    """
    # Loaded by those who look for a code.
    from tui.app.matching import Name, Names  # noqa: PLC0415

    study = desk.study
    again, study.sought = text == study.sought, text
    codes = study.codes
    # A code above the one that is meant would bring its whole branch: own names only.
    scores = dict(Names([Name(code.key, code.name) for code in codes]).find(text))
    found = [codes[number] for number in sorted(scores, key=lambda n: (-round(scores[n], 2), n))]
    if not found:
        desk.refuse(f"No code has {text!r} in its name or key")
        return
    at = desk.tree.highlighted
    here = next((place for place, code in enumerate(found) if at and code.id == at.id), None)
    if len(found) == 1 and here is not None:
        desk.refuse(f"{found[0].key} is the only code that has {text!r} in its name or key")
        return
    place = (here + 1) % len(found) if again and here is not None else 0
    code = found[place]
    desk.tree.jump(code.id)
    more = f"   {hint('tree.find', 'Enter goes on')}" if len(found) > 1 else ""
    desk.say(f"{place + 1} of {len(found)} with {text!r}: {code.key} {code.name}{more}")


def toggle_lanes(desk: Desk) -> None:
    """Hide the lanes of the highlighted branch, or show them again."""
    code = desk.tree.highlighted
    if code is None:
        return
    project, study = desk.project, desk.study
    if study.solo is not None and study.solo not in study.line_of(code.id):
        only = study.by_id[study.solo]
        desk.refuse(
            f"Only the lanes of {only.key} are shown · {hint('tree.solo', 'on it shows all')}"
        )
        return
    rows = hidden_code_ids(project.db, project.coder_id)
    above = [each for each in study.line_of(code.id)[1:] if each in rows]
    if above:
        outer = study.by_id[above[-1]]
        desk.refuse(
            f"Hidden with {outer.key} {outer.name} · {hint('tree.hide', 'there shows them again')}"
        )
        return
    hidden = code.id in rows
    with project.write() as db:
        set_hidden(db, project.join(), code.id, hidden=not hidden)
    desk.desk_changed()
    word = "shown again" if hidden else "hidden"
    way = hint("tree.hide", "hides them" if hidden else "shows them again")
    desk.say(f"Lanes of {code.key} {code.name} {word}   {way}")


def solo(desk: Desk) -> None:
    """Show the lanes of the highlighted branch alone; on that branch, all of them again."""
    code = desk.tree.highlighted
    if code is None:
        return
    project, study = desk.project, desk.study
    wanted = None if study.solo == code.id else code.id
    with project.write() as db:
        set_solo(db, project.join(), wanted)
    desk.desk_changed()
    if wanted is None:
        kept = hidden_code_ids(project.db, project.coder_id)
        but = f" but those of {len(kept)} hidden" if kept else ""
        desk.say(f"All lanes{but} are shown again   {hint('tree.solo', 'shows one branch alone')}")
    else:
        again = hint("tree.solo", "shows all again")
        desk.say(f"Only the lanes of {code.key} {code.name} are shown   {again}")


def _pin(digit: int) -> Action:
    def run(desk: Desk) -> None:
        code = desk.tree.highlighted
        if code is not None:
            pin(desk, digit, code.id)

    return Action(f"tree.pin_{digit}", f"pin to {digit}",
                  f"Lets {digit} give the code at the cursor, for you.", (f"p {digit}",),
                  ("tree",), run, no_code_to_change)  # fmt: skip


def _unpin(desk: Desk) -> None:
    unpin(desk, desk.tree.highlighted)


def _tree(
    name: str, title: str, help: str, keys: tuple[str, ...], run: Callable[[Desk], None],
    blocked: Callable[[Desk], str | None] = no_code_here, short: str = "",
) -> Action:  # fmt: skip
    return Action(f"tree.{name}", title, help, keys, ("tree",), run, blocked, short)


ACTIONS = (
    Action("code.new", "new code", "Makes a code under the one at the cursor of the tree.", (),
           ("text",), new_code, no_writing),
    _tree("next", "next code", "Moves to the next code.", ("j", "down", "ctrl+n"),
          _moved(lambda desk: desk.tree.step(1), "This is the last code"), short="move"),
    _tree("prev", "previous code", "Moves to the previous code.", ("k", "up", "ctrl+p"),
          _moved(lambda desk: desk.tree.step(-1), "This is the first code")),
    _tree("page_down", "page down", "Moves by a page.", ("pagedown", "ctrl+d"),
          _moved(lambda desk: desk.tree.page(1), "This is the last code")),
    _tree("page_up", "page up", "Moves back by a page.", ("pageup", "ctrl+u"),
          _moved(lambda desk: desk.tree.page(-1), "This is the first code")),
    _tree("first", "first code", "Moves to the first code.", ("home",),
          _moved(lambda desk: desk.tree.step(-1_000_000), "This is the first code")),
    _tree("last", "last code", "Moves to the last code.", ("end",),
          _moved(lambda desk: desk.tree.step(1_000_000), "This is the last code")),
    _tree("open", "open the branch", "Opens the branch, or steps into it.", ("right", "l"),
          _moved(lambda desk: desk.tree.open_branch(), "There is nothing below this code"),
          short="open"),
    _tree("close", "close the branch", "Closes the branch, or steps out of it.", ("left", "h"),
          _moved(lambda desk: desk.tree.close_branch(), "This is a top code, and closed"),
          short="close"),
    _tree("open_all", "open every branch", "Opens the whole tree.", ("=", "+", "B"),
          _moved(lambda desk: desk.tree.set_all_open(True), "Every branch is open"), short="all"),
    _tree("close_all", "close every branch", "Closes the whole tree.", ("-", "S"),
          _moved(lambda desk: desk.tree.set_all_open(False), "Every branch is closed"),
          short="none"),
    _tree("find", "find a code", "Goes to the code that some letters fit best; again, to the next.",
          ("/", "T"), find, short="find"),
    _tree("new", "new code below this one", "Makes a code under the one at the cursor.", ("n",),
          new_code, no_writing, "new"),
    _tree("new_top", "new code at the top", "Makes a code that lies under no other one.", ("N",),
          new_top_code, no_writing),
    _tree("rename", "rename", "Gives the code another name; its key stays.", ("f2",), rename,
          no_code_to_change),
    _tree("define", "definition", "Opens the definition of the code.", ("m",), define,
          no_code_to_change, "definition"),
    *(_pin(digit) for digit in range(1, 10)),
    _tree("unpin", "unpin", "Takes your digit off the code.", ("p 0",), _unpin,
          no_code_to_change),
    _tree("hide", "hide or show lanes", "Hides the lanes of the branch beside the text, for you.",
          ("H",), toggle_lanes, no_code_to_change, "lanes"),
    _tree("solo", "lanes of this branch alone",
          "Shows the lanes of the branch alone beside the text, for you; again: all of them.",
          ("O",), solo, no_code_to_change, "solo"),
)  # fmt: skip
