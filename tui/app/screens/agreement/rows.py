"""How the page of agreement is drawn: the text with both coders' codes beside it, the table."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tui.analysis.agreement_cases import Case, Span
from tui.analysis.bootstrap import Interval
from tui.analysis.comparison import RARE
from tui.app.document.cells import width
from tui.app.screens.agreement.data import SpansAt, Table
from tui.app.widgets.rows import BOLD, DIM, PLAIN, Row, clip, column, wrapped
from tui.model.code import Code
from tui.model.document import Passage
from tui.store.documents import passage_number, read_passages
from tui.text.cut import read_sentences

NAMES_FROM = 120
"""Cells from which on codes stand by name beside the text, and the table has all its columns."""
ROOMY = 60
"""Cells from which on the table names its columns in full."""
_BAR = 10
_MIXED = 16
_BEFORE = 3
"""Sentences shown before the one in question."""
_CHARS = 4_000
"""So much of a sentence is shown at most."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence as it is shown."""

    number: int | None
    """Of its paragraph, for the first sentence of it."""
    start: int
    end: int
    text: str


def lines_around(db: sqlite3.Connection, case: Case, most: int) -> list[Line]:
    """Return the sentences around a case, a few before it, as many as ``most`` with it."""
    number = passage_number(db, case.document, case.start)
    passages = read_passages(db, case.document, max(number - 1, 1), number + most)
    lines = [line for passage in passages for line in _sentences(passage)]
    at = next((at for at, line in enumerate(lines) if line.end > case.start), 0)
    low = max(at - min(_BEFORE, most // 4), 0)
    return lines[low : low + most]


def _sentences(passage: Passage) -> Iterable[Line]:
    number: int | None = passage.number
    for low, high in read_sentences(passage.cut) or [(0, len(passage.text))]:
        if high > low:
            yield Line(number, passage.start + low, passage.start + high, passage.text[low:high])
            number = None


def marked_text(line: Line, first: Iterable[Span], second: Iterable[Span]) -> str:
    """Return a sentence with the first coder's codings in [ ], the second's in { }."""
    signs: list[tuple[int, int, str]] = []
    for spans, (opening, closing) in ((first, "[]"), (second, "{}")):
        for start, end, *_ in spans:
            low, high = max(start, line.start), min(end, line.end)
            if low < high:
                # What closes at a place stands before what opens there.
                signs.append((low - line.start, 1, opening))
                signs.append((high - line.start, 0, closing))
    pieces, at = [], 0
    for place, _, sign in sorted(signs):
        if place > _CHARS:
            break
        pieces += [line.text[at:place], sign]
        at = place
    pieces.append(line.text[at : max(_CHARS, at)])
    return "".join(pieces)


@dataclass(frozen=True, slots=True)
class Lanes:
    """The margin of two coders."""

    names: tuple[str, str]
    by_id: Mapping[int, Code]
    coders: tuple[int, int]
    cells: int
    """Cells of one coder's codes."""
    by_name: bool

    def codes(self, spans: Sequence[Span], coder: int) -> str:
        """Return what a coder gave in a sentence: letters, or names where there is room."""
        ids = dict.fromkeys(span[2] for span in spans if span[3] == coder)
        codes = [self.by_id[each] for each in ids if each in self.by_id]
        if not self.by_name:
            letters = "".join(code.letter or "~" for code in codes)
            return letters if len(letters) <= self.cells else letters[: self.cells - 1] + "+"
        if not codes:
            return ""
        room = max((self.cells - len(codes) + 1) // len(codes), 4)
        return " ".join(clip(code.name, room) for code in codes)

    @property
    def taken(self) -> int:
        """Cells before the text."""
        return 9 + 2 * self.cells

    def head(self) -> Row:
        """Return the row above the text: whose codes stand where."""
        first, second = (column(name, self.cells) for name in self.names)
        return [("   ¶   ", DIM), (first, BOLD), (" ", PLAIN), (second, BOLD)]


def text_rows(
    case: Case, lines: Sequence[Line], spans: SpansAt, lanes: Lanes, room: int, height: int
) -> list[Row]:
    """Return the text around a case, ``>`` before the sentences in question.

    Args:
        case: what is asked about.
        lines: the sentences.
        spans: both coders' codings in the document.
        lanes: the margin.
        room: cells that a line of text may take.
        height: how many rows there are.
    """
    rows: list[Row] = []
    focus = 0
    for line in lines:
        here = line.start < case.end and line.end > case.start
        if here and not focus:
            focus = len(rows)
        there = spans.touching(line.start, line.end)
        first, second = (lanes.codes(there, coder) for coder in lanes.coders)
        number = f"{line.number:>4}" if line.number is not None else "    "
        text = marked_text(line, case.first, case.second) if here else line.text[:_CHARS]
        for at, part in enumerate(wrapped(text, room, height, BOLD if here else PLAIN)):
            margin: Row = [
                (f"{number if not at else '    '} {'>' if here else ' '} ", DIM),
                (column(first if not at else "", lanes.cells), PLAIN),
                (" ", PLAIN),
                (column(second if not at else "", lanes.cells), PLAIN),
                (" ", PLAIN),
            ]
            rows.append([*margin, *part])
    # The place in question stays in sight, with what is before it where there is room.
    top = max(0, min(focus - 2, len(rows) - height)) if len(rows) > height else 0
    return rows[top : top + height]


def value(number: float | None) -> str:
    """Return a coefficient without its leading nought: .74, -.05, 1.00."""
    if number is None:
        return "-"
    text = f"{number:z.2f}"
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def interval_words(interval: Interval | None) -> str:
    """Return ``.66 to .81``; empty where nothing can be said."""
    return f"{value(interval[0])} to {value(interval[1])}" if interval else ""


def bar(number: float | None) -> str:
    """Return a coefficient as ten blocks; a negative one has none."""
    filled = round(max(number or 0.0, 0.0) * _BAR)
    return "▓" * filled + "░" * (_BAR - filled)


def kappa_words(row: Table) -> str:
    """Return kappa, which is 1 without variation where both coded all, or nothing."""
    return value(row.agreed.kappa) if row.agreed.varies else "1*"


def table_head(names: tuple[str, str], cells: int, mark: str) -> Row:
    """Return the head of the table.

    Args:
        names: of the two coders.
        cells: the width.
        mark: what stands before it.
    """
    if cells < ROOMY:
        first, second = (column(name, 4, right=True) for name in names)
        text = f"both {first} {second} {'κ':>5} {'α':>5}"
        return [(column(f"{mark}per code", _name_cells(cells, width(text))), BOLD), (text, DIM)]
    wide = cells >= NAMES_FROM
    name_cells = 11 if wide else 9
    first, second = (
        column(f"{clip(name, name_cells - 5)} only", name_cells, right=True) for name in names
    )
    text = f"{'both':>5} {first} {second} {'edges':>6} {'κ':>5} {'α':>5}"
    text += f"  {'95 %':<12}" if wide else ""
    text += f"  {'α, drawn':<{_BAR}}"
    name = column(f"{mark}per code", _name_cells(cells, width(text)))
    mixed = "  most often mixed up with" if wide else ""
    return [(name, BOLD), (f"{text}{mixed}", DIM)]


def table_row(row: Table, cells: int, by_id: Mapping[int, Code], *, drawn: bool) -> Row:
    """Return a row of the table.

    Args:
        row: the code.
        cells: the width, the mark before it left out.
        by_id: codes, to name those that it is mixed up with.
        drawn: whether the interval is there by now.
    """
    kinds, wide = row.counts.kinds, cells + 1 >= NAMES_FROM
    label = f"{row.code.letter or '~'} {row.code.name}"
    if cells + 1 < ROOMY:
        text = f"{kinds['both']:>4} {kinds['first']:>4} {kinds['second']:>4}"
        text += f" {kappa_words(row):>5} {value(row.agreed.alpha):>5}"
        return [(column(label, _name_cells(cells + 1, width(text)) - 1), PLAIN), (text, PLAIN)]
    only = 11 if wide else 9
    text = f"{kinds['both']:>5,} {kinds['first']:>{only},} {kinds['second']:>{only},}"
    text += f" {kinds['edges']:>6,} {kappa_words(row):>5} {value(row.agreed.alpha):>5}"
    if wide:
        text += f"  {interval_words(row.interval) if drawn else '…':<12}"
    rare = row.segments < RARE
    text += f"  {f'rare ({row.segments})' if rare else bar(row.agreed.alpha):<{_BAR}}"
    name = column(label, _name_cells(cells + 1, width(text)) - 1)
    mixed = ""
    if wide:
        most = row.counts.mixed.most_common(2)
        mixed = ", ".join(
            f"{clip(by_id[code].name, _MIXED)} {times}" for code, times in most if code in by_id
        )
    return [(name, PLAIN), (text, PLAIN), (f"  {mixed or '-'}" if wide else "", DIM)]


def _name_cells(cells: int, taken: int) -> int:
    """Return the cells of the names of codes."""
    if cells >= NAMES_FROM:
        return min(max(cells - taken - 40, 16), 44)
    return max(cells - taken - 1, 8)
