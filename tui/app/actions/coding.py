"""Coding: giving codes to the selection, and what can be done with the codings there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tui.app.action import Action
from tui.app.actions.advance import step_on
from tui.app.actions.edges import keep
from tui.app.actions.memo import open_coding_memo
from tui.app.actions.reasons import no_coding, no_text, no_writing
from tui.app.desk import Choice, Desk, Verb
from tui.app.document.describe import count_words
from tui.app.document.lanes import LaneCoding
from tui.app.keybook import hint, key, undo_hint
from tui.model.code import Code
from tui.project.edits.codes import add_code
from tui.project.edits.codings import (
    add_codings,
    recode_codings,
    remove_codings,
    set_important,
)
from tui.store.codings import read_coding


def give(
    desk: Desk,
    code_ids: Sequence[int],
    new_name: str | None = None,
    parent_id: int | None = None,
) -> None:
    """Code the selection; with ``new_name``, make that code first, in the same act.

    What the notice says is on disk when it says so.
    """
    study, project = desk.study, desk.project
    span = desk.view.selected_span
    if study.document is None or span is None:
        desk.refuse("Nothing is selected")
        return
    start, end = span
    if new_name is None:
        made = add_codings(project, study.document.id, start, end, code_ids)
    else:
        with project.act("coding.add") as act:
            code_id = add_code.apply(act, new_name, parent_id)
            created = act.subject
            made = add_codings.apply(act, study.document.id, start, end, [*code_ids, code_id])
            act.subject = f"{created}; {act.subject}"
        code_ids = [*code_ids, code_id]
    study.last_codes = tuple(code_ids)
    study.stretching = False
    given = [coding.code_id for each in made if (coding := read_coding(project.db, each))]
    left_out = [code_id for code_id in code_ids if code_id not in given]
    there = f" ({_names(desk, left_out)} was there)" if left_out else ""
    if study.hidden.intersection(given):
        there += f" ({'lanes' if len(given) > 1 else 'lane'} hidden)"
    study.note_given(given)
    words = _words(desk, start, end)
    stays = step_on(desk) if study.advance else ""
    last = f" · {stays[:1].lower()}{stays[1:]}" if stays else ""
    desk.say(f"+ {_names(desk, given)} on {words}{there}{last}   {undo_hint()}")


def pick(desk: Desk) -> None:
    """Ask for codes and give them."""
    desk.ask.pick_codes(lambda *picked: give(desk, *picked))


def again(desk: Desk) -> None:
    """Give the codes that were given last."""
    give(desk, desk.study.last_codes)


def remove(desk: Desk) -> None:
    """Take a coding off the selection; ask which when there are several."""
    _on_one(desk, "remove", "take off")


def recode(desk: Desk) -> None:
    """Give a coding another code."""
    _on_one(desk, "recode", "recode")


def important(desk: Desk) -> None:
    """Flag a coding as important, or take the flag off."""
    _on_one(desk, "important", "flag")


def focus_next(desk: Desk) -> None:
    """Underline the next coding under the selection; keys then act on that one."""
    here = desk.view.codings_here()
    if not here:
        desk.refuse(f"No coding here · {hint('code.pick', 'gives a code')}")
        return
    ids = [coding.id for coding in here]
    focused = desk.view.focused_coding
    at = ids.index(focused) + 1 if focused in ids else 0
    desk.view.set_focus_coding(ids[at % len(ids)])


def list_here(desk: Desk) -> None:
    """Show the codings at the selection."""
    here = desk.view.codings_here()
    if not here:
        desk.refuse(f"No coding here · {hint('code.pick', 'gives a code')}")
        return
    _choose(desk, here)


def keep_or_list(desk: Desk) -> None:
    """Keep the moved edges of the focused coding; without a focus, show the codings here."""
    if desk.view.focused is not None:
        keep(desk)
    else:
        list_here(desk)


def act_on(desk: Desk, verb: Verb, coding_id: int) -> None:
    """Do something with one coding."""
    coding = read_coding(desk.project.db, coding_id)
    if coding is None:
        desk.refuse("That coding is gone: somebody has just taken it off")
        return
    name = _names(desk, [coding.code_id])
    if verb == "focus":
        desk.view.set_focus_coding(coding_id)
    elif verb == "remove":
        remove_codings(desk.project, [coding_id])
        desk.say(f"- {name} removed   {undo_hint()}")
    elif verb == "important":
        set_important(desk.project, coding_id, not coding.important)
        word = "no longer important" if coding.important else "important"
        desk.say(f"{name}: {word}   {undo_hint()}")
    elif verb == "recode":
        desk.ask.pick_codes(
            lambda *picked: _recode(desk, coding_id, *picked),
            f"Recode {name} as…",
            Choice(one=True, without=frozenset({coding.code_id})),
        )
    else:
        open_coding_memo(desk, coding)


def _recode(
    desk: Desk,
    coding_id: int,
    code_ids: tuple[int, ...],
    new_name: str | None,
    parent_id: int | None,
) -> None:
    if len(code_ids) + (new_name is not None) != 1:
        desk.refuse("A coding has one code: choose one · Tab marks several only for c")
        return
    if new_name is None:
        code_id = code_ids[0]
        recode_codings(desk.project, [coding_id], code_id)
    else:
        with desk.project.act("coding.recode") as act:
            code_id = add_code.apply(act, new_name, parent_id)
            recode_codings.apply(act, [coding_id], code_id)
    desk.say(f"Recoded → {_names(desk, [code_id])}   {undo_hint()}")


def _on_one(desk: Desk, verb: Verb, words: str) -> None:
    view = desk.view
    if view.focused_coding is not None:
        act_on(desk, verb, view.focused_coding)
        return
    here = view.codings_here()
    own = [coding for coding in here if coding.coder_id == desk.project.coder_id]
    if len(own) == 1:
        act_on(desk, verb, own[0].id)
    elif own:
        _choose(desk, own)
    elif here:
        desk.refuse("The codings here are other coders': only they can change them")
    else:
        desk.refuse(f"No coding here to {words} · {hint('code.pick', 'gives a code')}")


def _choose(desk: Desk, codings: Sequence[LaneCoding]) -> None:
    start, end = desk.view.selected_span or (0, 0)
    noun = "coding" if len(codings) == 1 else "codings"
    title = f"{len(codings)} {noun} here  (¶{desk.view.passage_at}, {_words(desk, start, end)})"
    desk.ask.choose_coding(
        [coding.id for coding in codings], title, lambda verb, one: act_on(desk, verb, one)
    )


def _words(desk: Desk, start: int, end: int) -> str:
    count = count_words(desk.view.text, start, end)
    return "1 word" if count == 1 else f"{count:,} words"


def _names(desk: Desk, code_ids: Sequence[int]) -> str:
    codes = [desk.study.by_id[code_id] for code_id in code_ids if code_id in desk.study.by_id]
    return ", ".join(f"{code.key} {code.name}" for code in codes)


def _no_last(desk: Desk) -> str | None:
    if reason := no_coding(desk):
        return reason
    if desk.study.last_codes:
        return None
    return f"No code was given yet · {hint('code.pick', 'gives one')}"


def _slot(digit: int) -> Action:
    def run(desk: Desk) -> None:
        give(desk, [desk.study.slots[digit]])

    def blocked(desk: Desk) -> str | None:
        if reason := no_coding(desk):
            return reason
        if digit in desk.study.slots:
            return None
        if desk.pane == "text" and desk.study.last_codes:
            way = hint(f"code.pin_{digit}", "puts the last code there")
            return f"Slot {digit} is empty · {way}"
        way = f"{key('pane.codes')}, then {key(f'tree.pin_{digit}')} on a code puts it there"
        return f"Slot {digit} is empty · {way}"

    return Action(f"code.slot_{digit}", f"code with slot {digit}",
                  f"Gives the code that is pinned to {digit}.", (str(digit),), ("text", "tree"),
                  run, blocked, "slot")  # fmt: skip


def _with_highlighted(desk: Desk) -> None:
    code: Code | None = desk.tree.highlighted
    if code is not None:
        give(desk, [code.id])


def _no_highlighted(desk: Desk) -> str | None:
    if reason := no_coding(desk):
        return reason
    return None if desk.tree.highlighted else f"No codes yet · {hint('tree.new', 'makes one')}"


def _listed(desk: Desk) -> str | None:
    return no_text(desk)


def _changeable(desk: Desk) -> str | None:
    return no_writing(desk) or no_text(desk)


_Blocked = Callable[[Desk], str | None]


def _text(
    name: str, title: str, help: str, keys: tuple[str, ...], run: Callable[[Desk], None],
    blocked: _Blocked, short: str = "",
) -> Action:  # fmt: skip
    return Action(f"code.{name}", title, help, keys, ("text",), run, blocked, short)


ACTIONS = (
    _text("pick", "code…", "Opens the picker: a few letters find a code, Tab marks several.",
          ("c",), pick, no_coding, "code"),
    Action("code.again", "the same code again", "Gives the code or codes that were given last.",
           (".", "e"), ("text", "tree"), again, _no_last, "again"),
    *(_slot(digit) for digit in range(1, 10)),
    Action("code.highlighted", "code with this code",
           "Gives the code at the cursor of the tree to the selection in the text.", ("c",),
           ("tree",), _with_highlighted, _no_highlighted, "code"),
    _text("remove", "uncode",
          "Takes the focused coding off, or the only one here; asks which when there are several.",
          ("u", "delete"), remove, _changeable, "uncode"),
    _text("focus_next", "focus next coding here",
          "Underlines the next coding under the selection; u r m i then act on it, J K H L < > x"
          " move its edges: Enter keeps them, Esc puts them back.", ("o",),
          focus_next, _listed, "focus"),
    _text("list_here", "codings here",
          "Lists the codings at the selection; keeps the moved edges of a focused one.",
          ("enter",), keep_or_list, _listed, "list"),
    _text("recode", "recode", "Gives the coding here another code; edges and memos stay.", ("r",),
          recode, _changeable),
    _text("important", "important", "Flags the coding here as important, or takes the flag off.",
          ("i",), important, _changeable),
)  # fmt: skip
