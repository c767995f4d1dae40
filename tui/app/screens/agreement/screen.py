"""Agreement: disagreements are decided, which changes this coder's own codings only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tui.analysis.agreement_cases import Case
from tui.app.keybook import hint
from tui.app.screens.agreement.decided import Decided
from tui.app.screens.agreement.list import AgreementList
from tui.app.screens.agreement.report import report_lines
from tui.app.screens.stepping import Stepping
from tui.app.screens.table_file import ask_and_write
from tui.app.state import Study
from tui.app.widgets.rows import clip
from tui.errors import QualError
from tui.model.decision import VERDICTS, Verdict
from tui.model.memo import MemoTarget
from tui.project.edits.agreement import decide
from tui.store.compared import shown_later

Note = Callable[[MemoTarget, str, Callable[[str], None]], None]
"""Lets a memo be written: on what, under which title, and what takes what was done."""

_NAME: Final = 20


class AgreementScreen(AgreementList):
    """Shows where two coders differ, and takes decisions.

    Args:
        study: what is shown of the project.
        start: where in the open document one comes from.
        note: lets a memo be written.
    """

    def __init__(self, study: Study, start: int = 0, note: Note | None = None) -> None:
        super().__init__(study, start)
        self._note = note
        self._stepping = Stepping(self, study.project, "agreement.undo", "agreement.redo")

    def action_decide(self, word: str) -> None:
        """Decide the disagreement that is shown, and go on to the next one that is open."""
        verdict = next(each for each in VERDICTS if each == word)
        case, coders, project = self._case, self.coders, self._study.project
        if self._in_table:
            table = hint("agreement.table", "goes back to the disagreements")
            self.say(f"Decisions are made on the text   {table}")
            return
        if case is None or coders is None:
            self.say(f"There is nothing to decide · {self.keys_row()}")
            return
        if not self.may_write(project):
            return
        try:
            changed = decide(
                project, case.document, case.start, case.end, case.code, coders, verdict
            )
        except QualError as error:
            self.say(f"{error.message} {error.hint}".strip())
            return
        said = f"{self._outcome(case, verdict, changed)}   {hint('agreement.undo', 'undo')}"
        self._decided = Decided(self._decisions())
        self._add_up()
        self._step_on()
        if changed and project.coder_id in coders:
            self._count()
        else:
            self._tell()
        self.say(said)

    def _outcome(self, case: Case, verdict: Verdict, changed: bool) -> str:
        """Return what has become of this coder's codings."""
        names = [clip(name, _NAME) for name in self.names]
        own = self._study.project.coder_id in (self.coders or ())
        how = {
            "first": f"as {names[0]} has it",
            "second": f"as {names[1]} has it",
            "both": "over all that either has",
            "neither": "not coded so",
            "edges": "with the other's edges",
            "later": "put off",
        }[verdict]
        if not changed:
            return f"Noted: {how}; none of your codings had to change"
        empty = {"first": "second", "second": "first"}
        if verdict == "neither" or case.kind == empty.get(verdict):
            return f"Your coding is taken away: {how if verdict == 'neither' else 'none there'}"
        return f"Your coding is now {how}" if own else f"Coded in your name {how}"

    def _step_on(self) -> None:
        """Stand on the next open disagreement; where there is none after this one, the first."""
        order = [*range(self._at + 1, len(self._cases)), *range(self._at)]
        self._at = next((at for at in order if self._decided.open(self._cases[at])), self._at)
        self._to_row()

    def action_note(self) -> None:
        """Write a memo on the words in question."""
        case = self._case
        if case is None or self._note is None:
            self.say(f"There are no words to write on · {self.keys_row()}")
            return
        code = self._study.by_id[case.code]
        name = next((d.name for d in self._study.documents if d.id == case.document), "?")
        target = MemoTarget("span", document_id=case.document, start=case.start, end=case.end)

        def told(text: str) -> None:
            self._tell()
            self.say(f"{text}   {hint('agreement.undo', 'undo')}")

        self._note(target, f"Memo on {code.key} {code.name}, {name}", told)

    def action_report(self) -> None:
        """Ask for a file and write the table into it, tabs between the cells."""
        found = self._found
        if found is None or not found.rows:
            self.say(f"There is nothing to write · {self.keys_row()}")
            return
        if not found.has_intervals:
            self.say("The intervals are still being drawn · try again in a moment")
            return
        ask_and_write(
            self,
            self._study.project.path,
            "Write the table to",
            "agreement",
            lambda: report_lines(found, self.names, shown_later(self._db, found.asked.coders)),
            lambda: f"qual agree --unit {found.asked.unit} > FILE",
            "agreement.report",
        )

    def action_undo(self) -> None:
        """Take back this coder's newest act, whatever it was."""
        self._stepping.undo()

    def action_redo(self) -> None:
        """Bring back what was taken back last."""
        self._stepping.redo()

    def reload(self) -> None:
        """Compare anew, and stand where a decision came or went."""
        before = {each.id: each for each in self._decided.all}
        now = {each.id: each for each in self._decisions()}
        for each in (before[at] for at in before.keys() - now.keys()):
            self._stand_on = each.document_id, each.start
        for each in (now[at] for at in now.keys() - before.keys()):
            self._stand_on = each.document_id, each.start
        self._count()
