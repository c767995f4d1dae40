"""Pinning from the text: the code that was given last goes on a digit."""

from __future__ import annotations

from collections.abc import Mapping

from tui.app.action import Action
from tui.app.actions.reasons import no_writing
from tui.app.desk import Desk
from tui.app.keybook import hint
from tui.model.code import Code
from tui.store.desk import pin_slot, unpin_slot


def pin(desk: Desk, digit: int, code_id: int) -> None:
    """Let a digit give a code, for this coder; no act, so undo does not take it back.

    Args:
        desk: where.
        digit: 1 to 9.
        code_id: a code of the codebook.
    """
    code = desk.study.by_id[code_id]
    coder_id = desk.project.join()
    with desk.project.write() as db:
        pin_slot(db, coder_id, digit, code.id)
    desk.study.offer = None
    desk.desk_changed()
    # A pin is no act of the journal: undo would take back something else.
    off = hint("tree.unpin" if desk.pane == "tree" else "code.unpin", "takes it off")
    desk.say(f"{digit} now gives {code.key} {code.name}   {off}")


def unpin(desk: Desk, code: Code | None) -> None:
    """Take this coder's pin off a code."""
    slot = next((s for s, c in desk.study.slots.items() if code and c == code.id), None)
    if code is None or slot is None:
        pins = hint("tree.pin_1" if desk.pane == "tree" else "code.pin_1", "pins it to 1")
        desk.refuse(f"No digit gives this code · {pins}")
        return
    before = dict(desk.study.slots)
    coder_id = desk.project.join()
    with desk.project.write() as db:
        unpin_slot(db, coder_id, slot)
    desk.desk_changed()
    if desk.study.slots.get(slot) == code.id:
        desk.say(f"{slot} is the codebook's own key of {code.key} {code.name}")
    else:
        desk.say(f"{slot} no longer gives {code.key} {code.name}{now_given(desk, before)}")


def now_given(desk: Desk, before: Mapping[int, int]) -> str:
    """Return in words which digits give another code than they did; empty when none does.

    Args:
        desk: the open study.
        before: digit to code id, as it was.
    """
    said = []
    for digit in range(1, 10):
        now = desk.study.slots.get(digit, 0)
        if now == before.get(digit, 0):
            continue
        code = desk.study.by_id.get(now)
        said.append(f"{digit} gives {code.key} {code.name}" if code else f"{digit} is empty")
    return "".join(f" · {each}" for each in said)


def _none_given(desk: Desk) -> str | None:
    if reason := no_writing(desk):
        return reason
    return None if desk.study.last_codes else "No code was given yet that could be pinned"


def _pin_last(digit: int) -> Action:
    def run(desk: Desk) -> None:
        study = desk.study
        code_id = study.offer[0] if study.offer else study.last_codes[0]
        if study.slots.get(digit) == code_id:
            code = study.by_id[code_id]
            desk.refuse(f"{digit} gives {code.key} {code.name} already")
        else:
            pin(desk, digit, code_id)

    return Action(f"code.pin_{digit}", f"pin the last code to {digit}",
                  f"Lets {digit} give the code that was given last, for you.", (f"p {digit}",),
                  ("text",), run, _none_given, f"last code on {digit}")  # fmt: skip


def _unpin_last(desk: Desk) -> None:
    unpin(desk, desk.study.by_id[desk.study.last_codes[0]])


ACTIONS = (
    *(_pin_last(digit) for digit in range(1, 10)),
    Action("code.unpin", "unpin the last code",
           "Takes your digit off the code that was given last.", ("p 0",), ("text",), _unpin_last,
           _none_given, "last code's pin off"),
)  # fmt: skip
