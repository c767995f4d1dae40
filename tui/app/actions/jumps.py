"""Going to memos, to disagreements, to the same code, to a paragraph, to where one was last."""

from __future__ import annotations

from tui.app.action import Action, shown
from tui.app.actions.navigate import (
    goer,
    none_there,
    place_here,
    remember,
    show,
)
from tui.app.actions.reasons import no_text
from tui.app.desk import Desk
from tui.app.keybook import key
from tui.store.jumps import Place, find_act, find_memo, find_with_code

_BEGINNING = 60


def memo(desk: Desk, direction: int) -> None:
    """Select the words that the next or previous memo is on, and show how it begins."""
    position, here = place_here(desk)
    found = find_memo(desk.project.db, desk.study.visible, position, here, direction)
    if found is None:
        none_there(desk, "memo", direction)
        return
    text = " ".join(found.text.split())
    beginning = text if len(text) <= _BEGINNING else f"{text[:_BEGINNING]}…"
    code = desk.study.by_id.get(found.code_id or 0)
    show(desk, found.place, f"{code.key if code else 'memo'}: “{beginning}”")


def disagreement(desk: Desk, direction: int) -> None:
    """Select the next or previous sentence that the coders shown here coded differently."""
    from tui.store.disagreement import find_disagreement  # noqa: PLC0415 (only this key needs it)

    study = desk.study
    position, here = place_here(desk)
    found = find_disagreement(
        desk.project.db, study.visible, tuple(study.hidden), position, here, direction
    )
    if found is None:
        none_there(desk, "disagreement in what both have read", direction)
        return
    parts = []
    for coder_id, codes in sorted(found.codes.items()):
        keys = [study.by_id[each].key for each in codes if each in study.by_id]
        parts.append(f"{study.coder_names.get(coder_id, '?')}: {', '.join(sorted(keys)) or '–'}")
    show(desk, found.place, " · ".join(parts))


def nobody_to_compare(desk: Desk) -> str | None:
    """Return why there is nobody to compare with; None where there is."""
    if reason := no_text(desk):
        return reason
    study = desk.study
    if any(study.coder_label(each) for each in study.visible):
        return None
    if not study.hidden_coders:
        return "Only one coder here · `qual import --coder` adds another"
    palette = key("app.palette")
    return f"No other coder is shown · {palette} and “show other coders' codings” turns them on"


def same_code(desk: Desk, direction: int) -> None:
    """Go to the next or previous coding with the code that is here, focused or given last."""
    before = desk.study.last_go
    if isinstance(before, _SameCode) and before.goes_on(desk):
        code_id: int | None = before.code_id
    else:
        code_id = _code_here(desk)
    code = desk.study.by_id.get(code_id or 0)
    if code is None:
        desk.refuse(f"No code here to look for · {key('code.pick')} gives one")
        return
    go = _SameCode(desk, code.id)
    remember(desk, go, code.key, direction)
    go(desk, direction)


def _code_here(desk: Desk) -> int | None:
    """Return the focused coding's code, else the last given one if it is here, else the tightest
    one here; where nothing is coded, the last given one.
    """
    view, last = desk.view, desk.study.last_codes
    here = view.codings_here()
    for coding in here:
        if coding.id == view.focused_coding:
            return coding.code_id
    given = [each for each in last if any(coding.code_id == each for coding in here)]
    if given:
        return given[0]
    if here:
        return min(here, key=lambda coding: (coding.end - coding.start, coding.id)).code_id
    return last[0] if last else None


class _SameCode:
    """Goes from one coding with a code to the others."""

    def __init__(self, desk: Desk, code_id: int) -> None:
        self.code_id = code_id
        self._given = desk.study.last_codes

    def goes_on(self, desk: Desk) -> bool:
        """Tell whether its code is here and nothing has named another one since."""
        view = desk.view
        return (
            view.focused_coding is None
            and desk.study.last_codes == self._given
            and any(coding.code_id == self.code_id for coding in view.codings_here())
        )

    def __call__(self, desk: Desk, direction: int) -> None:
        """Go to the next or previous one."""
        position, here = place_here(desk)
        found = find_with_code(
            desk.project.db, self.code_id, desk.study.visible, position, here, direction
        )
        code = desk.study.by_id.get(self.code_id)
        name = f"{code.key} {code.name}" if code else "that code"
        if found is None:
            none_there(desk, f"coding with {name}", direction)
        else:
            show(desk, found, name)


class _LastActs:
    """Goes from the coder's last act to earlier ones."""

    def __init__(self) -> None:
        self._at: int | None = None
        self._place: Place | None = None

    def is_at(self, place: Place) -> bool:
        """Tell whether the act that was shown last is there."""
        return self._at is not None and self._place == place

    def __call__(self, desk: Desk, direction: int) -> None:
        """Go to the act before (1) or after (-1) the one that was shown."""
        project = desk.project
        newest = self._at is None
        _, here = place_here(desk)
        known = {document.id for document in desk.study.documents}
        at = self._at
        while found := find_act(project.db, project.coder_id, at, direction):
            at, place = found
            if place.document_id in known and place != here:
                self._at, self._place = at, place
                show(desk, place)
                return
            if newest and place == here:
                self._at, self._place = at, place
                again = f"{key('go.last_edit')} again goes to the one before"
                desk.refuse(f"Your last act was here · {again}")
                return
        if newest:
            desk.refuse("You have coded nothing here yet")
        else:
            none_there(desk, "act of yours elsewhere", -direction)


def last_edit(desk: Desk) -> None:
    """Go to where this coder's last act was; again, to the act before it."""
    before = desk.study.last_go
    if isinstance(before, _LastActs) and before.is_at(place_here(desk)[1]):
        before(desk, 1)
        return
    go = _LastActs()
    remember(desk, go, "act before")
    go(desk, 1)


class _Paragraph:
    """Reads the number of a paragraph and goes there."""

    literal = False

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._number = ""
        self._wrong = ""
        """A key that was refused: what is typed after it is still read here, and does nothing."""

    def prompt(self) -> str:
        """Return what is waited for."""
        wrong = f"{self._wrong} is no digit · " if self._wrong else ""
        count = f"{len(self._desk.view.text):,}"
        return f"{wrong}¶{self._number}_ of {count}: a number, then Enter · Esc"

    def press(self, key: str) -> bool:
        """Take a key; return whether another one is waited for."""
        self._wrong = ""
        if key.isdecimal() and len(key) == 1:
            self._number += str(int(key))
            return True
        if key == "backspace" and self._number:
            self._number = self._number[:-1]
            return True
        if key == "enter" and self._number:
            self._go()
        elif key in ("escape", "backspace", "enter"):
            self._desk.refuse("No paragraph was named")
        else:
            self._wrong = shown(key)
            return True
        return False

    def cancel(self) -> None:
        """There is nothing to put away."""

    def _go(self) -> None:
        view = self._desk.view
        number = int(self._number[:18])
        if not 1 <= number <= len(view.text):
            self._desk.refuse(f"There is no ¶{number:,}: this document has {len(view.text):,}")
            return
        start = view.text.span(number - 1)[0]
        before = view.selected_span
        view.select(start, start)
        if view.selected_span == before:
            self._desk.refuse(f"You are at ¶{number:,}")


ACTIONS = (
    goer("memo", memo, 1, "next memo",
         "Selects the words of the next memo on a coding or on words, in later documents too.",
         "g m", "memo"),
    goer("memo_back", memo, -1, "previous memo", "Selects the words of the previous memo.",
         "g M", "memo before"),
    goer("disagreement", disagreement, 1, "next disagreement",
         "Goes to the next sentence that the coders shown here have read and coded differently.",
         "g x", "disagreement", nobody_to_compare),
    goer("disagreement_back", disagreement, -1, "previous disagreement",
         "Goes to the previous sentence that was read and coded differently.", "g X",
         "disagreement before", nobody_to_compare),
    Action("go.same_code", "same code, next passage",
           "Goes to the next coding with the focused or last code here, in later documents too.",
           ("g d",), ("text", "tree"), lambda desk: same_code(desk, 1), no_text, "same code"),
    Action("go.same_code_back", "same code, one before",
           "Goes to the previous coding with the focused or last code here.", ("g D",),
           ("text", "tree"), lambda desk: same_code(desk, -1), no_text),
    Action("go.paragraph", "paragraph by number…",
           "Asks for the number of a paragraph and goes there.", ("g l",), ("text", "tree"),
           lambda desk: desk.read_keys(_Paragraph(desk)), no_text, "¶ by number"),
    Action("go.last_edit", "your last act",
           "Goes to where you coded or wrote last, in other documents too; again goes to the act"
           " before.", ("g .",), ("text", "tree"), last_edit, no_text, "last act"),
)  # fmt: skip
