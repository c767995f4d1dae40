"""What the page of agreement shows: text around a disagreement, what is said of it, the table."""

from __future__ import annotations

from itertools import combinations

from textual.app import ComposeResult
from textual.geometry import Offset

from tui.analysis.agreement_cases import Case
from tui.analysis.agreement_units import Unit
from tui.app.document.cells import width
from tui.app.keybook import hint
from tui.app.screens.agreement.data import Compared, Pair, Table
from tui.app.screens.agreement.decided import Decided, verdict_words
from tui.app.screens.agreement.rows import (
    NAMES_FROM,
    ROOMY,
    Lanes,
    interval_words,
    lines_around,
    marked_text,
    table_head,
    table_row,
    text_rows,
    value,
)
from tui.app.screens.counting import CountingPage
from tui.app.screens.hidden import hidden_words
from tui.app.screens.spoken import is_accessible
from tui.app.state import Study
from tui.app.widgets.rows import BOLD, DIM, PLAIN, Row, Rows, clip, columns, wrapped
from tui.app.widgets.virtual_list import VirtualList
from tui.model.memo import MemoTarget
from tui.store.counts import cells_by_coder
from tui.store.decisions import last_decided
from tui.store.memos import list_memos

_LANE, _LANE_WIDE = 5, 24

Place = tuple[int, int, int]
"""Document, start, end."""


class AgreementView(CountingPage[Place | None]):
    """Draws one disagreement of two coders, and the table of their codes.

    Args:
        study: what is shown of the project.
    """

    SCREEN = "agreement"
    VIEW = "view.agreement"
    AUTO_FOCUS = ""

    def __init__(self, study: Study) -> None:
        super().__init__()
        self._study = study
        self._db = study.project.db
        self._unit: Unit = "sentences"
        self._pairs = pairs_of(study)
        last = last_decided(study.project.db, study.project.coder_id)
        self._pair = self._pairs.index(last) if last in self._pairs else 0
        self._document = study.document.id if study.document else None
        """The only document that is compared; None for all."""
        self._filter: int | None = None
        """The only code whose disagreements are shown; None for all."""
        self._found: Compared | None = None
        self._cases: list[Case] = []
        """The disagreements that the filter leaves."""
        self._at = 0
        self._in_table = False
        self._working = False
        self._decided = Decided([])
        """What this coder has decided between the two."""
        self._so_far = ("", "")
        """What was decided, in full and in short; empty before the first decision."""
        self._left_out = ""
        """How much of the text is compared, and whose codings are hidden."""
        self._averages = ""
        """Kappa of all codes in its three ways."""

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
        at = "#text" if is_accessible(self.app) else "#about"
        return self.query_one(at, Rows).region.offset

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

    @property
    def _case(self) -> Case | None:
        return self._cases[self._at] if self._at < len(self._cases) else None

    @property
    def _row(self) -> Table | None:
        found, at = self._found, self.listing.highlighted
        return found.rows[at] if found and 0 <= at < len(found.rows) else None

    def compose(self) -> ComposeResult:
        """Make heading, text, what is asked, and the table."""
        yield Rows(id="heading")
        yield Rows(classes="rule")
        yield Rows(id="text")
        yield Rows(id="about")
        yield Rows(id="head")
        yield VirtualList(self._table_row)
        yield Rows(id="legend")
        yield Rows(id="keys")

    # What is said

    def _fit(self) -> None:
        self._tell()

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
        if is_accessible(self.app):  # what is read of the disagreement says which it is
            second = [(f" {only}" if not self._working else " comparing …", PLAIN)]
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
        if is_accessible(self.app):
            part.show(*self._heard_case(case, self.size.width - 2, self.size.height - 4))
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

    def _heard_case(self, case: Case, cells: int, height: int) -> list[Row]:
        """Return a disagreement as it is read aloud: which, of what code, whose; then the words."""
        code, (first, second) = self._study.by_id[case.code], self.names
        said = {
            "first": f"{first} yes, {second} no",
            "second": f"{first} no, {second} yes",
            "edges": f"edges differ, {first} [ ], {second} {{ }}",
        }[case.kind]
        if decided := self._decided.of(case):
            said += f"; {verdict_words(decided.verdict, self.names)}"
        for whose, spans in ((first, case.first), (second, case.second)):
            if spans and (memo := self._memo(tuple(span[4] for span in spans))) != "(none)":
                said += f"; {whose} memo: {memo}"
        if note := self._own_note(case):
            said += f"; your note: {note}"
        edges = (case.first, case.second) if case.kind == "edges" else ((), ())
        words = " ".join(
            marked_text(line, *edges)
            for line in lines_around(self._db, case, max(height, 4))
            if line.start < case.end and line.end > case.start
        )
        place = f"{self._at + 1:,} of {len(self._cases):,}"
        text = f"{place}: {code.key} {code.name}; {said}: {words}"
        return wrapped(text, max(cells, 10), max(height, 1))

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
        if case is None or is_accessible(self.app):
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


def pairs_of(study: Study) -> list[Pair]:
    """Return every two of the shown coders who have coded, this coder's first."""
    coded = {row[2] for row in cells_by_coder(study.project.db, study.visible)}
    return list(combinations([each for each in study.visible if each in coded], 2))
