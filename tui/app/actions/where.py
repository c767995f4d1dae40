"""Saying where one is: for those who cannot look, and for those who have looked away."""

from __future__ import annotations

from collections.abc import Sequence

from tui.app.action import Action
from tui.app.desk import Desk
from tui.app.document.lanes import LaneCoding
from tui.app.document.view import CodingView
from tui.app.state import Study
from tui.text.counted import counted
from tui.text.safe import make_line


def coding_words(study: Study, coding: LaneCoding) -> str:
    """Return a coding as it is read: key and name of its code, and whose it is if not one's own."""
    code = study.by_id.get(coding.code_id)
    whose = study.coder_label(coding.coder_id)
    name = f"{code.key} {code.name}" if code is not None else "a code that is gone"
    return name + (f" by {whose}" if whose else "")


def codes_words(study: Study, here: Sequence[LaneCoding]) -> str:
    """Return the codings as they are read; empty when there is none."""
    names = ", ".join(coding_words(study, coding) for coding in here)
    return f"codes: {names}" if names else ""


def where_words(study: Study, view: CodingView) -> str:
    """Return in one sentence where the coder is: document, paragraph, unit, codes."""
    if view.document is None or view.selection is None:
        return "No document is open"
    codes = codes_words(study, view.codings_here()) or "no code"
    memo = "; memo on words" if view.annotated_here else ""
    words = view.unit_words().replace(" · ", ", ")
    place = f"paragraph {view.passage_at:,} of {len(view.text):,}"
    if words.startswith("passage"):
        words = f"the whole of it, {words.partition(', ')[2]}"
    return f"{make_line(view.document.name)}, {place}, {words}; {codes}{memo}"


def say_where(desk: Desk) -> None:
    """Say document, paragraph, unit and codes, or the code at the cursor of the tree."""
    code = desk.tree.highlighted if desk.pane == "tree" else None
    if code is None:
        desk.say(where_words(desk.study, desk.view))
        return
    names = [desk.study.by_id[each].name for each in desk.study.line_of(code.id)]
    count = counted(desk.study.branch.get(code.id, 0), "segment")
    desk.say(f"{code.key} {' in '.join(names)}; {count} with what is below it")


ACTIONS = (
    Action("app.where", "where am I",
           "Says in one sentence where you are: document, paragraph, sentence, how many words, and"
           " the codes here; in the tree, the code with all that is above it.", ("0",),
           ("text", "tree"), say_where, short="where am I"),
)  # fmt: skip
