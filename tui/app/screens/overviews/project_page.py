"""The project as a page: what it holds, how far it is, who works on it, what was done last."""

from __future__ import annotations

import os
import sqlite3
import time
from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.message import Message

from tui.app.keybook import hint
from tui.app.screens.hidden import hidden_words
from tui.app.screens.manners import Page
from tui.app.state import Study
from tui.app.widgets.rows import BOLD, DIM, PLAIN, Row, Rows, clip, column, columns
from tui.app.widgets.virtual_list import VirtualList
from tui.app.work import in_thread, log_error, path_from_home
from tui.errors import QualError
from tui.store.cases import list_attributes, list_cases
from tui.store.coders import codings_by_coder, list_coders
from tui.store.coverage import uncoded_passages
from tui.store.documents import count_words, progress
from tui.store.journal import list_changes
from tui.store.memos import list_memos
from tui.store.reader import open_reader
from tui.store.settings import read_settings
from tui.text.counted import counted

_ACTS = 12
_LABEL = 12
_BAR = 10


@dataclass(frozen=True, slots=True)
class Counted:
    """What takes its time to count."""

    words: int
    progress: dict[int, tuple[int, int, int]]
    """Passages read, passages set aside, codings, of each document by id."""
    uncoded: dict[int, tuple[int, int]]
    """Passages that no shown coding touches and all that can have one, of each document by id."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the page; one that stands for a document can be opened."""

    row: Row
    document_id: int | None = None


def count(path: str, coder_id: int, coder_ids: list[int]) -> Counted:
    """Count words, and how far each document is read and coded.

    Args:
        path: the project file, read with a connection of its own.
        coder_id: whose reading counts.
        coder_ids: whose codings count.
    """
    db = open_reader(path)
    try:
        uncoded = uncoded_passages(db, coder_ids)
        return Counted(count_words(db), progress(db, coder_id, coder_ids), uncoded)
    finally:
        db.close()


class ProjectPage(Page[int | None]):
    """Shows the project; the result is the document to open, or None.

    Args:
        study: what is shown of the project.
    """

    SCREEN = "project_page"
    VIEW = "view.project"
    AUTO_FOCUS = ""

    @dataclass
    class Known(Message):
        """A thread has counted."""

        counted: Counted | None

    def __init__(self, study: Study) -> None:
        super().__init__()
        self._study = study
        self._counted: Counted | None = None
        self._lines: list[Line] = []

    @property
    def listing(self) -> VirtualList:
        """The rows of the page."""
        return self.query_one(VirtualList)

    def compose(self) -> ComposeResult:
        """Make heading and rows."""
        yield Rows(id="heading")
        yield Rows(classes="rule")
        yield VirtualList(lambda index, cells: self._lines[index].row)
        yield Rows(id="keys")

    def on_mount(self) -> None:
        """Show what is known; count the rest in a thread."""
        study = self._study
        # For the first paint: else rule and rows would come after the heading.
        self._fit(self.app.size.width)
        self.query_one("#heading", Rows).show(
            [(" PROJECT  ", BOLD), (clip(study.title, 60), PLAIN)]
        )
        path = study.project.path
        mine, coders = study.project.coder_id, list(study.visible)

        def work() -> None:
            found = None
            try:
                found = count(path, mine, coders)
            except (QualError, sqlite3.Error) as error:
                log_error(error, "count the project")
            self.post_message(self.Known(found))

        in_thread(work, "project page")

    def on_resize(self, event: events.Resize) -> None:
        """Lay the rows out anew."""
        self._fit(event.size.width)

    def _fit(self, cells: int) -> None:
        self.query_one(".rule", Rows).tell("─" * cells, DIM)
        self._lay_out(cells - 1)

    @on(Known)
    def _known(self, event: Known) -> None:
        event.stop()
        self._counted = event.counted
        if event.counted is None:
            self.say("Not everything could be counted; `qual check` says what is wrong")
        self._lay_out(self.size.width - 1)

    def _lay_out(self, cells: int) -> None:
        at = max(self.listing.highlighted, 0)
        self._lines = [
            *self._facts(cells),
            *self._coders(cells),
            *self._documents(cells),
            *self._acts(cells),
            *self._settings(cells),
        ]
        self.listing.show(len(self._lines), min(at, len(self._lines) - 1))

    # The parts

    def _facts(self, cells: int) -> list[Line]:
        study, db = self._study, self._study.project.db
        documents = study.documents
        passages = sum(each.passages for each in documents)
        chars = sum(each.chars for each in documents)
        words = f"{self._counted.words:,}" if self._counted else "…"
        levels = max((len(study.line_of(code.id)) for code in study.codes), default=0)
        used = sum(study.direct.get(code.id, 0) > 0 for code in study.codes)
        shown_memos = len(list_memos(db, coder_ids=study.visible))
        hidden = hidden_words(study)
        attributes = counted(len(list_attributes(db)), "attribute")
        path = study.project.path
        facts = [
            ("documents", f"{len(documents):,} · {passages:,} ¶ · {words} words · {chars:,} chars"),
            ("codes", f"{len(study.codes):,} in {counted(levels, 'level')} · {used:,} used"),
            ("codings", f"{study.segments:,}" + (f" · {hidden}"
             if hidden else " · all coders' are shown")),
            ("memos", f"{shown_memos:,}" + (", hidden coders' aside" if hidden else "")),
            ("cases", f"{len(list_cases(db)):,} · {attributes}"),
            ("file", f"{_size(path)} · {path_from_home(path)}"),
            ("backup", _last_backup(path)),
            ("opened by", study.project.coder
             + (" · read-only" if study.project.read_only else "")),
        ]  # fmt: skip
        return [_fact(name, text, cells) for name, text in facts]

    def _coders(self, cells: int) -> list[Line]:
        study = self._study
        db = study.project.db
        counts = codings_by_coder(db)
        shown = sum(counts.get(each, 0) for each in study.visible)
        lines = _heading("CODERS")
        for coder in list_coders(db):
            if coder.id in study.visible:
                own = counts.get(coder.id, 0)
                share = f"{100 * own / shown:.0f}% of all shown" if shown else ""
                text = f"{own:>8,} {'coding ' if own == 1 else 'codings'}  {share}"
            else:
                text = "  hidden: neither codings nor counts are shown"
            you = " (you)" if coder.id == study.project.coder_id else ""
            name = column(f"{clip(coder.name, 16)}{you}", 22)
            lines.append(_text(f"{name} since {coder.created_at[:10]} {text}", cells))
        if len(lines) == 2:
            lines.append(_text("nobody has done anything yet", cells))
        return lines

    def _documents(self, cells: int) -> list[Line]:
        known = self._counted
        # The names get what the numbers leave.
        room = max(min(cells - 54, 44), 10)
        head = f"{'name':{room}}  {'read by you':<19} {'coded ¶':<17} {'segs':>7}"
        lines = [*_heading("DOCUMENTS"), Line([(f"  {head}", DIM)])]
        for each in self._study.documents:
            read, aside, segments = known.progress.get(each.id, (0, 0, 0)) if known else (0, 0, 0)
            uncoded, whole = known.uncoded.get(each.id, (0, 0)) if known else (0, 0)
            if known:
                done = _bar(read + aside, each.passages) + f" {read + aside:>4}/{each.passages:<4}"
                touched = _bar(whole - uncoded, whole) + f" {_percent(whole - uncoded, whole):>4}"
                numbers = f"{done:<20} {touched:<16} {segments:>7,}"
            else:
                numbers = "…"
            lines.append(
                Line([(f"  {column(each.name, room)}  ", PLAIN), (numbers, PLAIN)], each.id)
            )
        if not self._study.documents:
            lines.append(_text(f"none yet · {hint('pane.documents', 'brings some in')}", cells))
        return lines

    def _acts(self, cells: int) -> list[Line]:
        study = self._study
        names = study.coder_names
        who = list(study.visible) if study.hidden_coders else None
        lines = _heading("LAST ACTS" + (", hidden coders' aside" if study.hidden_coders else ""))
        for change, undone in list_changes(study.project.db, coder_ids=who, limit=_ACTS):
            kind = {"undo": "undone: ", "redo": "redone: "}.get(change.kind, "")
            mark = " (undone since)" if undone else ""
            when = change.at[:16].replace("T", " ")
            by = column(names.get(change.coder_id, "?"), 10)
            lines.append(_text(f"{when}  {by}  {kind}{change.subject}{mark}", cells))
        if len(lines) == 2:
            lines.append(_text("none yet", cells))
        return lines

    def _settings(self, cells: int) -> list[Line]:
        found = read_settings(self._study.project.db)
        lines = _heading("SETTINGS OF THE PROJECT")
        lines += [_text(f"{column(name, 20)} {value}", cells) for name, value in found.items()]
        if not found:
            lines.append(_text("none", cells))
        return lines

    # What the keys do

    def action_open(self) -> None:
        """Close with the document at the cursor."""
        at = self.listing.highlighted
        document_id = self._lines[at].document_id if 0 <= at < len(self._lines) else None
        if document_id is None:
            self.say(f"Enter opens a document of the list below · {self.keys_row()}")
        else:
            self.dismiss(document_id)

    @on(VirtualList.Chosen)
    def _clicked(self, event: VirtualList.Chosen) -> None:
        event.stop()
        self.action_open()

    def action_leave(self) -> None:
        """Go back to where one was."""
        self.dismiss(None)


def _heading(text: str) -> list[Line]:
    return [Line([]), Line([(f" {text}", BOLD)])]


def _text(text: str, cells: int) -> Line:
    return Line([(f"  {clip(text, max(cells - 3, 8))}", PLAIN)])


def _fact(name: str, text: str, cells: int) -> Line:
    row: Row = [(f" {name:<{_LABEL}}", DIM), (clip(text, max(cells - _LABEL - 2, 8)), PLAIN)]
    return Line(columns(row, [], cells))


def _bar(part: int, whole: int) -> str:
    """Return a bar of ten cells: full only when all is done, empty only when nothing is."""
    if not whole or not part:
        return "░" * _BAR
    full = min(max(part * _BAR // whole, 1), _BAR)
    return "▓" * full + "░" * (_BAR - full)


def _percent(part: int, whole: int) -> str:
    return f"{100 * part // whole}%" if whole else "–"


def _size(path: str) -> str:
    try:
        size = float(os.path.getsize(path))
    except OSError:
        return "size unknown"
    for unit in ("bytes", "kB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"


def _last_backup(path: str) -> str:
    """Return when the newest backup beside the project was made, and what makes one."""
    folder, name = os.path.split(path)
    try:
        with os.scandir(folder) as entries:
            copies = [each for each in entries if each.name.startswith(f"{name}.backup-")]
            newest = max((each.stat().st_mtime for each in copies), default=None)
    except OSError:
        newest = None
    if newest is None:
        return "none beside the project · `qual backup` in a shell makes one"
    return f"{time.strftime('%Y-%m-%d %H:%M', time.localtime(newest))}, beside the project"
