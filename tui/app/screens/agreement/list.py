"""The page of agreement: what is compared, and the way through disagreements and table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from textual import on
from textual.message import Message

from tui.analysis.agreement_units import Unit
from tui.app.screens.agreement.data import Asked, Compared, add_intervals, compare
from tui.app.screens.agreement.decided import Decided
from tui.app.screens.agreement.report import averages
from tui.app.screens.agreement.rows import value
from tui.app.screens.agreement.view import AgreementView
from tui.app.screens.counting import read_apart
from tui.app.screens.hidden import hidden_words
from tui.app.screens.spoken import follow_later
from tui.app.state import Study
from tui.app.widgets.rows import clip
from tui.app.widgets.virtual_list import NONE, VirtualList
from tui.app.work import in_thread
from tui.model.code import Code
from tui.model.decision import Decision
from tui.store.decisions import read_decisions
from tui.store.documents import count_uses

_NOW: Final = 2_000
"""Up to so many segments are compared at once; more are compared in a thread."""
_UNITS: Final[tuple[Unit, ...]] = ("sentences", "paragraphs", "characters")


class AgreementList(AgreementView):
    """Shows where two coders differ; the result is where to go on in the text, or None.

    Args:
        study: what is shown of the project.
        start: where in the open document one comes from.
    """

    @dataclass
    class Ready(Message):
        """A thread has counted, or has drawn the intervals."""

        turn: int
        """Which count of the page it was."""
        found: Compared | None

    def __init__(self, study: Study, start: int = 0) -> None:
        super().__init__(study)
        self._start = start
        self._stand_on: tuple[int, int] | None = None
        """Document and offset to stand on when the next count is there."""
        self._count_number = 0
        """How often was counted: what a thread brings for an earlier count is of no use."""

    def on_mount(self) -> None:
        """Compare."""
        self._count()

    # Counting

    def _count(self) -> None:
        study = self._study
        if self.coders is None:
            self._tell()
            return
        every = tuple(document.id for document in study.documents)
        documents = every if self._document is None else (self._document,)
        asked = Asked(self.coders, self._unit, documents)
        codes = list(study.codes)
        self._count_number += 1
        if self._weight(documents) <= _NOW:
            found = compare(self._db, asked, codes)
            if found is not None:
                self._take(found)
                self._in_thread(asked, codes, found)
            return
        self._working = True
        self._tell()
        self._in_thread(asked, codes, None)

    def _weight(self, documents: Sequence[int]) -> int:
        """Return how many segments are to be compared."""
        if len(documents) > 1:
            return self._study.segments
        uses = count_uses(self._db, documents[0]) if documents else {}
        return sum(uses.get(each, 0) for each in self.coders or ())

    def _in_thread(self, asked: Asked, codes: Sequence[Code], found: Compared | None) -> None:
        """Count, unless that is done, and draw the intervals, while keys are free."""
        turn, path = self._count_number, self._study.project.path

        def going() -> bool:
            return not self._left and self._count_number == turn

        def work() -> None:
            counted = found
            if counted is None:
                counted = read_apart(
                    path, lambda db: compare(db, asked, codes, going), "compare coders"
                )
                if going():
                    self.post_message(self.Ready(turn, counted))
            if counted is not None and add_intervals(counted, going) and going():
                self.post_message(self.Ready(turn, counted))

        in_thread(work, "agreement")

    @on(Ready)
    def _ready(self, event: Ready) -> None:
        event.stop()
        if event.turn != self._count_number:
            return
        if event.found is not None and event.found is self._found:
            self._tell()
            self.listing.redraw()
            return
        self._working = False
        if event.found is None:
            self.say("That could not be compared; `qual check` in a shell says what is wrong")
        else:
            self._take(event.found)

    def _take(self, found: Compared) -> None:
        """Show what was found, at the disagreement nearest to where one is."""
        here = self._stand_on
        if here is None and self._case is not None:
            here = self._case.document, self._case.start
        self._stand_on = None
        self._found = found
        self._left_out = self._read_words(found)
        self._averages = _average_words(found)
        self._decided = Decided(self._decisions())
        known = {row.code.id for row in found.rows}
        if self._filter not in known:
            self._filter = None
        self._list_cases(here or (self._document or 0, self._start))
        self.listing.show(len(found.rows), 0 if found.rows else NONE)
        self._to_row()
        self._tell()

    def _decisions(self) -> list[Decision]:
        coders, project = self.coders, self._study.project
        return read_decisions(self._db, project.coder_id, *coders) if coders else []

    def _add_up(self) -> None:
        """Count what was decided and what is left: not at every key, so lists may be long."""
        found = self._found
        self._so_far = ("", "")
        if found is None or not self._decided:
            return
        left = f"left {sum(map(self._decided.open, self._cases)):,}"
        words = self._decided.words(found.asked.documents, self._filter)
        if words:
            done = len(self._cases) - sum(map(self._decided.open, self._cases))
            self._so_far = f"{words} · {left}", f"decided {done:,} · {left}"

    def _list_cases(self, near: tuple[int, int]) -> None:
        """List the disagreements, and stand on the first one that is not before a place."""
        found, hidden = self._found, self._study.hidden
        self._cases = [
            case
            for case in (found.cases if found else ())
            if case.kind != "both"
            and (case.code == self._filter if self._filter else case.code not in hidden)
        ]
        order = {document: at for at, document in enumerate(found.asked.documents if found else ())}
        place = (order.get(near[0], 0), near[1])
        self._at = next(
            (
                at
                for at, case in enumerate(self._cases)
                if (order[case.document], case.start) >= place
            ),
            max(len(self._cases) - 1, 0),
        )
        self._add_up()

    # What the keys do

    def _to_row(self) -> None:
        """Highlight the code of the disagreement in the table."""
        found, case = self._found, self._case
        if found is None or case is None:
            return
        at = next((at for at, row in enumerate(found.rows) if row.code.id == case.code), NONE)
        if at >= 0:
            self.listing.highlight(at)

    def _go(self, at: int) -> None:
        if not self._cases:
            self.say(f"{self._nothing()} · {self.keys_row()}")
            return
        self.unsay()
        last = len(self._cases) - 1
        if not 0 <= at <= last:
            self.say("That is the last disagreement" if at > last else "That is the first one")
            return
        self._at = at
        self._to_row()
        self._tell()
        follow_later(self)

    def action_list_move(self, by: int) -> None:
        """Move to another disagreement, or in the table."""
        self.unsay()
        if self._in_table:
            self.read_list()
            self.listing.move(by)
        else:
            self._go(self._at + by)

    def action_list_page(self, by: int) -> None:
        """Move by windows of the table, or by ten disagreements."""
        self.unsay()
        if self._in_table:
            self.listing.page(by)
        else:
            self._go(min(max(self._at + 10 * by, 0), max(len(self._cases) - 1, 0)))

    def action_list_end(self, side: int) -> None:
        """Go to the first one (-1) or the last one (1)."""
        if self._in_table:
            self.listing.highlight(0 if side < 0 else self.listing.count - 1)
        else:
            self._go(0 if side < 0 else max(len(self._cases) - 1, 0))

    def action_go(self, way: int) -> None:
        """Go to the next disagreement that is not decided (1) or the one before (-1)."""
        at = self._at + way
        while 0 <= at < len(self._cases) and not self._decided.open(self._cases[at]):
            at += way
        if self._cases and not 0 <= at < len(self._cases):
            side = "after" if way > 0 else "before"
            all_done = not any(map(self._decided.open, self._cases))
            self.say("All of these are decided" if all_done else f"Nothing is left {side} this one")
            return
        self._go(at)

    def action_table(self) -> None:
        """Go to the table, or back to the disagreements."""
        self.unsay()
        self._in_table = not self._in_table
        self.set_class(self._in_table, "-in-table")
        if not self._in_table:
            self._to_row()
        self.call_after_refresh(self._tell)

    def action_open(self) -> None:
        """In the table, show the disagreements on its code alone; else go to the place."""
        if not self._in_table:
            case = self._case
            if case is None:
                self.say(f"{self._nothing()} · {self.keys_row()}")
            else:
                self.dismiss((case.document, case.start, case.end))
            return
        row = self._row
        if row is None:
            self.say(f"No code here · {self.keys_row()}")
            return
        if not row.counts.apart:
            self.say(f"They agree wherever they used {row.code.key} {clip(row.code.name, 40)}")
            return
        self._filter = row.code.id
        self._narrow()

    def _narrow(self) -> None:
        """Show what the filter leaves, from the place where one is on."""
        here = self._case
        self._list_cases((here.document, here.start) if here else (self._document or 0, 0))
        if self._in_table:
            self.action_table()
        self._to_row()
        self._tell()

    @on(VirtualList.Chosen)
    def _clicked(self, event: VirtualList.Chosen) -> None:
        event.stop()
        if not self._in_table:
            self.action_table()
        self.action_open()

    def action_unit(self) -> None:
        """Compare by sentence, by paragraph or by character."""
        self._unit = _UNITS[(_UNITS.index(self._unit) + 1) % len(_UNITS)]
        self._again()

    def action_coders(self) -> None:
        """Compare the next two coders."""
        if len(self._pairs) < 2:
            hidden = hidden_words(self._study)
            self.say(f"There are no other two to compare{f': {hidden}' if hidden else ''}")
            return
        self._pair = (self._pair + 1) % len(self._pairs)
        self._again()

    def action_every(self) -> None:
        """Compare in all documents, or in the open one only."""
        case = self._case
        if self._document is None:
            open_one = self._study.document
            self._document = case.document if case else open_one.id if open_one else None
        else:
            self._document = None
        self._again()

    def _again(self) -> None:
        self.unsay()
        self._count()

    def action_leave(self) -> None:
        """Clear the filter, then leave the table, then the page."""
        if self._in_table:
            self.action_table()
        elif self._filter is not None:
            self._filter = None
            self._narrow()
        else:
            self.dismiss(None)


def _average_words(found: Compared) -> str:
    """Return kappa of all codes in its three ways, each by its name."""
    total = averages(found)
    if total is None or found.pooled is None:
        return ""
    ways = (
        ("mean", total.mean["kappa"]),
        ("length-weighted", total.weighted["kappa"]),
        ("pooled", found.pooled.kappa),
    )
    said = ", ".join(f"{name} {value(number)}" for name, number in ways)
    return f"κ of all codes: {said} · {total.cells:,} cells vary"
