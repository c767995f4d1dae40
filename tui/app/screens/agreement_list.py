"""What is looked at on the page of agreement: disagreements one by one, and the table of codes."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from textual import events, on
from textual.app import ComposeResult
from textual.geometry import Offset
from textual.message import Message

from tui.analysis.agreement_cases import Case
from tui.analysis.agreement_units import Unit
from tui.app.document.cells import width
from tui.app.keybook import hint
from tui.app.screens.agreement_data import Asked, Compared, Pair, Table, add_intervals, compare
from tui.app.screens.agreement_decided import Decided, verdict_words
from tui.app.screens.agreement_report import averages
from tui.app.screens.agreement_rows import (
    NAMES_FROM,
    ROOMY,
    Lanes,
    interval_words,
    lines_around,
    table_head,
    table_row,
    text_rows,
    value,
)
from tui.app.screens.hidden import hidden_words
from tui.app.screens.manners import Page
from tui.app.screens.spoken import follow_later
from tui.app.state import Study
from tui.app.widgets.rows import BOLD, DIM, PLAIN, Row, Rows, clip, columns
from tui.app.widgets.virtual_list import NONE, VirtualList
from tui.app.work import in_thread, log_error
from tui.errors import QualError
from tui.model.code import Code
from tui.model.decision import Decision
from tui.model.memo import MemoTarget
from tui.store.counts import cells_by_coder
from tui.store.decisions import last_decided, read_decisions
from tui.store.documents import count_uses
from tui.store.memos import list_memos
from tui.store.reader import open_reader

_NOW: Final = 2_000
"""Up to so many segments are compared at once; more are compared in a thread."""
_BOTH_FROM: Final = 20
"""Rows of the window from which on text and table are both in sight."""
_UNITS: Final[tuple[Unit, ...]] = ("sentences", "paragraphs", "characters")
_LANE, _LANE_WIDE = 5, 24

Place = tuple[int, int, int]
"""Document, start, end."""


class AgreementList(Page[Place | None]):
    """Shows where two coders differ; the result is where to go on in the text, or None.

    Args:
        study: what is shown of the project.
        start: where in the open document one comes from.
    """

    SCREEN = "agreement"
    VIEW = "view.agreement"
    AUTO_FOCUS = ""

    @dataclass
    class Ready(Message):
        """A thread has counted, or has drawn the intervals."""

        turn: int
        """Which count of the page it was."""
        found: Compared | None

    def __init__(self, study: Study, start: int = 0) -> None:
        super().__init__()
        self._study = study
        self._db = study.project.db
        self._unit: Unit = "sentences"
        self._pairs = pairs_of(study)
        last = last_decided(study.project.db, study.project.coder_id)
        self._pair = self._pairs.index(last) if last in self._pairs else 0
        self._document = study.document.id if study.document else None
        self._filter: int | None = None
        self._found: Compared | None = None
        self._cases: list[Case] = []
        """The disagreements that the filter leaves."""
        self._at = 0
        self._start = start
        self._stand_on: tuple[int, int] | None = None
        """Document and offset to stand on when the next count is there."""
        self._in_table = False
        self._working = False
        self._count_number = 0
        """How often was counted: what a thread brings for an earlier count is of no use."""
        self._left = False
        self._decided = Decided([])
        """What this coder has decided between the two."""
        self._so_far = ("", "")
        """What was decided, in full and in short; empty before the first decision."""
        self._left_out = ""
        self._averages = ""

    @property
    def listing(self) -> VirtualList:
        """The table: one row for each code that one of the two used."""
        return self.query_one(VirtualList)

    @property
    def code_in_hand(self) -> int | None:
        """The code of the disagreement, or of the row at the cursor."""
        if self._in_table:
            row = self._row
            return row.code.id if row else None
        return self._case.code if self._case else None

    @property
    def reading_place(self) -> Offset | None:
        """Where a reader is: in the table, or at what is said of the disagreement."""
        if self._in_table:
            return super().reading_place
        return self.query_one("#about", Rows).region.offset

    def compose(self) -> ComposeResult:
        """Make heading, text, what is asked, and the table."""
        yield Rows(id="heading")
        yield Rows(classes="rule")
        yield Rows(id="text")
        yield Rows(id="about")
        yield Rows(id="head")
        yield VirtualList(self._table_row, self._pointed)
        yield Rows(id="legend")
        yield Rows(id="keys")

    def on_mount(self) -> None:
        """Compare."""
        self._count()

    def on_unmount(self) -> None:
        """Let a count end that nobody waits for."""
        self._left = True

    def on_resize(self, event: events.Resize) -> None:
        """Fit the parts to the window."""
        self.query_one(".rule", Rows).tell("─" * event.size.width, DIM)
        self.set_class(event.size.height < _BOTH_FROM, "-low")
        self.call_after_refresh(self._tell)

    # Counting

    @property
    def coders(self) -> Pair | None:
        """The two who are compared; None where there are not two."""
        return self._pairs[self._pair] if self._pairs else None

    @property
    def names(self) -> tuple[str, str]:
        """Their names."""
        first, second = self.coders or (0, 0)
        names = self._study.coder_names
        return names.get(first, "?"), names.get(second, "?")

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
                try:
                    db = open_reader(path)
                    try:
                        counted = compare(db, asked, codes, going)
                    finally:
                        db.close()
                except (QualError, sqlite3.Error) as error:
                    log_error(error, "compare coders")
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

    @property
    def _case(self) -> Case | None:
        return self._cases[self._at] if self._at < len(self._cases) else None

    @property
    def _row(self) -> Table | None:
        found, at = self._found, self.listing.highlighted
        return found.rows[at] if found and 0 <= at < len(found.rows) else None

    # What is said

    def _tell(self) -> None:
        if not self.is_mounted:
            return
        self._tell_heading()
        self._tell_text()
        self._tell_about()
        mark = "▌" if self._in_table else " "
        self.query_one("#head", Rows).show(table_head(self.names, self.size.width, mark))
        self.query_one("#legend", Rows).tell(self._legend(), DIM)

    def _tell_heading(self) -> None:
        study, found = self._study, self._found
        document = next((d for d in study.documents if d.id == self._document), None)
        where = document.name if document else f"all {len(study.documents):,} documents"
        left: Row = [(" AGREEMENT  ", BOLD)]
        if self.coders is None:
            self.query_one("#heading", Rows).show(left, [])
            return
        left.append((f"{self.names[0]} vs {self.names[1]} · {where} · by {self._unit[:-1]}", PLAIN))
        right: Row = []
        if found and found.pooled and found.pooled.varies:
            pooled = found.pooled
            words = interval_words(found.interval)
            text = f"α {value(pooled.alpha)}{f' ({words})' if words else ''} "
            if self.size.width >= NAMES_FROM:
                text = (
                    f"pooled: {text.rstrip()}   κ {value(pooled.kappa)}   {pooled.percent:.1f} % "
                )
            right.append((text, BOLD))
        at = f" disagreement {self._at + 1:,} of {len(self._cases):,}" if self._cases else " "
        if self._working:
            at += " · comparing …" if self._cases else "comparing …"
        code = study.by_id.get(self._filter or 0)
        only = "shown codes" if study.hidden else "all codes"
        if code:
            only = f"filter: {code.key} {code.name}"
        second: Row = [(f"{at} · {only}", PLAIN)]
        cells = self.size.width
        said, short = self._so_far
        if width(f"{at} · {only} {said}") >= cells:
            said = short
        said = said or self._left_out
        self.query_one("#heading", Rows).show(
            columns(left, right, cells),
            columns(second, [(f"{said} ", DIM)] if cells >= ROOMY else [], cells),
        )

    def _read_words(self, found: Compared) -> str:
        """Return how much of the text is compared, and whose codings are hidden."""
        covered = list(found.comparison.coverage.values())
        read, out = sum(c.paragraphs for c in covered), sum(c.left_out for c in covered)
        said = f"both have read {read:,} of {read + out:,} ¶"
        hidden = hidden_words(self._study)
        return f"{said} · {hidden}" if hidden and self.size.width >= NAMES_FROM else said

    def _tell_text(self) -> None:
        part, case, found = self.query_one("#text", Rows), self._case, self._found
        if case is None or found is None:
            part.show([(f" {self._nothing()}", PLAIN)])
            return
        cells, height = self.size.width, part.size.height
        wide = cells >= NAMES_FROM
        lane = _LANE_WIDE if wide else _LANE if cells >= 60 else 3
        lanes = Lanes(self.names, self._study.by_id, found.asked.coders, lane, wide)
        most = max(height - 1, 1)
        lines = lines_around(self._db, case, most)
        room = min(max(cells - lanes.taken, 10), self.measure)
        rows = text_rows(case, lines, found.spans[case.document], lanes, room, most)
        part.show(lanes.head(), *rows)

    def _nothing(self) -> str:
        found = self._found
        if self.coders is None:
            if hidden := hidden_words(self._study):
                return f"Only one coder is shown here, {hidden}: `qual coders show --all`"
            return "Only one coder here. `qual import --coder` adds another."
        if self._working or found is None:
            return "Comparing …"
        if not any(each.paragraphs for each in found.comparison.coverage.values()):
            other = hint("agreement.every", "compares all documents")
            return f"There is no paragraph here that both have read   {other}"
        if not found.rows:
            return "Neither has coded anything in what both have read here"
        return "They agree on everything that both have read here"

    def _tell_about(self) -> None:
        part, case = self.query_one("#about", Rows), self._case
        if case is None:
            part.show()
            return
        code = self._study.by_id[case.code]
        first, second = self.names
        said = {
            "first": f"{first} yes   {second} no",
            "second": f"{first} no   {second} yes",
            "edges": f"edges: {first} [ ], {second} {{ }}",
        }[case.kind]
        name = f"{code.letter or '~'} {code.key} {code.name}"
        if self.size.width < ROOMY:
            only = first if case.kind == "first" else second
            said = "edges differ" if case.kind == "edges" else f"{clip(only, 12)} only"
        if decided := self._decided.of(case):
            said += f" · {verdict_words(decided.verdict, self.names)}"
        right = f" {said} "
        if self.size.width >= NAMES_FROM:
            name, right = f"this one:  {name}", f"  {said}   {self._similar(case)} "
        left = clip(f" {name}", max(self.size.width - width(right), 12))
        rows: list[Row] = [columns([(left, BOLD)], [(right, PLAIN)], self.size.width)]
        for whose, spans in ((first, case.first), (second, case.second)):
            memo = self._memo(tuple(span[4] for span in spans))
            rows.append([(f" {whose} memo: ", DIM), (memo, PLAIN)])
        words = code.definition
        for label, more in (("Includes", code.include), ("Not", code.exclude)):
            words += f" {label}: {more}" if more else ""
        rows.append([(" codebook: ", DIM), (words.strip() or "(no definition)", PLAIN)])
        if self.has_class("-low"):
            rows = rows[::3]
        elif note := self._own_note(case):
            rows.insert(3, [(" your note: ", DIM), (note, PLAIN)])
        part.styles.height = len(rows)
        part.show(*rows)

    def _own_note(self, case: Case) -> str:
        """Return this coder's memo on the words in question, if there is one."""
        target = MemoTarget("span", document_id=case.document, start=case.start, end=case.end)
        coder_id = self._study.project.coder_id
        memos = list_memos(self._db, coder_ids=[coder_id], target=target)
        return " · ".join(" ".join(memo.text.split()) for memo in memos)

    def _similar(self, case: Case) -> str:
        found = self._found
        row = next((row for row in found.rows if row.code.id == case.code), None) if found else None
        if row is None:
            return ""
        kinds, (first, second) = row.counts.kinds, self.names
        parts = [
            f"{kinds['both']} agreed",
            f"{kinds['first']} {first} only",
            f"{kinds['second']} {second} only",
            f"{kinds['edges']} edges",
        ]
        return f"with this code: {', '.join(parts)}"

    def _memo(self, coding_ids: tuple[int, ...]) -> str:
        """Return the memos on some codings, by those who are compared."""
        if not coding_ids or self.coders is None:
            return "(no coding)"
        texts = []
        for coding_id in coding_ids[:3]:
            target = MemoTarget("coding", coding_id=coding_id)
            for memo in list_memos(self._db, coder_ids=self.coders, target=target):
                texts.append(f"“{' '.join(memo.text.split())}”  {memo.updated_at[:10]}")
        return " · ".join(texts) or "(none)"

    def _legend(self) -> str:
        found = self._found
        if found is None or not found.rows:
            return ""
        said = " rare: fewer than 10 segments, not graded"
        if self._in_table and self._averages:
            return f" {self._averages}"
        if self._decided:
            said = f" {self._left_out} ·{said}"
        if any(not row.agreed.varies for row in found.rows):
            said += " · 1*: no variation"
        if self.size.width >= NAMES_FROM:
            said = f"{said} · rule of thumb: α .80 and more good, .67 to .80 tentative"
            said += " · 95 %: passages drawn 1,000 times, seed 1"
        return said

    def _table_row(self, index: int, cells: int) -> Row:
        found = self._found
        if found is None:
            return []
        return table_row(found.rows[index], cells, self._study.by_id, drawn=found.has_intervals)

    # What the keys do

    def _pointed(self, index: int) -> None:
        pass

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


def pairs_of(study: Study) -> list[Pair]:
    """Return every two of the shown coders who have coded, this coder's first."""
    coded = {row[2] for row in cells_by_coder(study.project.db, study.visible)}
    return list(combinations([each for each in study.visible if each in coded], 2))


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
