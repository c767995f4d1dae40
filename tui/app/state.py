"""What of the open project is shown: documents, codes, counts, whose codings. No widgets."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tui.model.code import Code
from tui.model.document import Document
from tui.project.events import Committed
from tui.project.project import Project
from tui.store.coders import list_coders
from tui.store.codes import list_codes
from tui.store.codings import SpanRow, read_coding, recent_code_ids
from tui.store.counts import code_totals
from tui.store.desk import hidden_with_branches, read_slots, read_solo
from tui.store.documents import list_documents
from tui.store.journal import newest_change_id
from tui.store.settings import read_setting
from tui.text.initials import initials

if TYPE_CHECKING:
    from tui.app.actions.far import FarLook
    from tui.app.desk import Desk

OFTEN = 3
"""A code without a digit that was given so often in a session is offered one."""
BULK = 60
"""A change that touches more codings than this is taken in by reading everything anew."""


@dataclass(slots=True)
class Fresh:
    """What a change made different on the screen."""

    codes: bool = False
    documents: bool = False
    readings: bool = False
    memos: bool = False
    title: bool = False
    everything: bool = False
    """Codings and counts have to be read anew."""
    shown: list[tuple[int, SpanRow]] = field(default_factory=list)
    """Document and span of codings that are new or have moved."""
    gone: list[tuple[int, int]] = field(default_factory=list)
    """Document and id of codings that are no longer there."""
    counted: set[int] = field(default_factory=set)
    """Codes whose counts changed, those above them included."""


class Study:
    """What is shown of a project.

    Args:
        project: the open project.
    """

    def __init__(self, project: Project) -> None:
        self.project = project
        self.document: Document | None = None
        """The open document."""
        self.documents: list[Document] = []
        self.codes: list[Code] = []
        """The codebook in tree order."""
        self.by_id: dict[int, Code] = {}
        self.direct: dict[int, int] = {}
        """Segments of each code itself, of the coders that are shown."""
        self.branch: dict[int, int] = {}
        """Segments of each code with all codes below it."""
        self.segments = 0
        self.slots: dict[int, int] = {}
        """Digit to code id."""
        self.hidden: frozenset[int] = frozenset()
        """Codes whose lanes this coder has hidden, branches included."""
        self.solo: int | None = None
        """The code whose branch's lanes alone this coder shows; None for all."""
        self.visible: list[int] = []
        """Ids of the coders whose codings are shown, this coder's first."""
        self.coder_names: dict[int, str] = {}
        self.others: dict[int, str] = {}
        """The other coders' ids, and the initials that stand for them beside the text."""
        self.last_codes: tuple[int, ...] = ()
        """The codes that were given last."""
        self.offer: tuple[int, int] | None = None
        """A code that was given often and the free digit it could have, until the next coding."""
        self._times: dict[int, int] = {}
        """How often each code was given in this session."""
        self.advance = False
        """Whether the selection steps on after each coding."""
        self.last_go: Callable[[Desk, int], None] | None = None
        """Repeats the last go, 1 onwards or -1 back."""
        self.look: FarLook | None = None
        """What is looked for in a thread."""
        self.in_hand: int | None = None
        """The code at the cursor of a page that is being left for another one."""
        self.sought = ""
        """What a code was looked for by in the tree."""
        self.stretching = False
        """Whether moves stretch the selection, until something is coded or Esc ends it."""
        self.last_go_words = "uncoded ¶"
        self.last_go_way = 1
        """Where ``n`` goes: 1 onwards, -1 back when the go itself went back."""
        self.read_all()
        self.last_codes = tuple(recent_code_ids(project.db, project.coder_id, 1))

    def moment(self) -> tuple[int, ...]:
        """Return the newest change and whose codings are shown: the same again, the same study."""
        return newest_change_id(self.project.db), *self.visible

    def read_all(self) -> None:
        """Read everything anew but the open document's codings."""
        db = self.project.db
        self.documents = list_documents(db)
        self.read_coders()
        self.read_codes()
        self.read_desk()
        self.count_anew()

    def read_coders(self) -> None:
        """Read anew who codes here and whose codings are shown."""
        self.coder_names = {coder.id: coder.name for coder in list_coders(self.project.db)}
        self.visible = self.project.visible_coder_ids()
        self.others = initials(self.coder_names)
        self.others.pop(self.project.coder_id, None)

    def read_codes(self) -> None:
        """Read the codebook anew."""
        self.codes = list_codes(self.project.db)
        self.by_id = {code.id: code for code in self.codes}
        self.last_codes = tuple(code for code in self.last_codes if code in self.by_id)

    def read_desk(self) -> None:
        """Read this coder's pins and hidden branches anew."""
        db, coder_id = self.project.db, self.project.coder_id
        self.slots = {
            slot: code for slot, code in read_slots(db, coder_id).items() if code in self.by_id
        }
        self.solo = read_solo(db, coder_id)
        parents = {code.id: code.parent_id for code in self.codes}
        self.hidden = hidden_with_branches(db, coder_id, parents)

    def count_anew(self) -> None:
        """Count the segments of every code."""
        self.direct = code_totals(self.project.db, self.visible)
        self.segments = sum(self.direct.values())
        self.branch = dict.fromkeys(self.by_id, 0)
        for code_id, segments in self.direct.items():
            for above in self.line_of(code_id):
                self.branch[above] += segments

    def note_given(self, code_ids: Iterable[int]) -> None:
        """Count what was given; offer a digit to a code that is given for the third time.

        Each code is offered one once; the offer stands until the next coding.
        """
        self.offer = None
        for code_id in code_ids:
            times = self._times[code_id] = self._times.get(code_id, 0) + 1
            digit = self._digit_to_offer()
            if times == OFTEN and digit is not None and code_id not in self.slots.values():
                self.offer = (code_id, digit)

    def _digit_to_offer(self) -> int | None:
        """Return a free digit; without one, a default of the codebook that gives what is not used.

        A digit that this coder has pinned is never offered.
        """
        free = next((digit for digit in range(1, 10) if digit not in self.slots), None)
        if free is not None:
            return free
        idle = [
            (self.direct.get(code_id, 0), -digit)
            for digit, code_id in self.slots.items()
            if self.by_id[code_id].slot == digit and not self._times.get(code_id)
        ]
        return -min(idle)[1] if idle else None

    def line_of(self, code_id: int | None) -> list[int]:
        """Return a code's id and the ids of the codes above it, the nearest first."""
        line: list[int] = []
        while code_id is not None and code_id in self.by_id and code_id not in line:
            line.append(code_id)
            code_id = self.by_id[code_id].parent_id
        return line

    def children(self, code_id: int | None) -> list[Code]:
        """Return the codes right below one, or the top codes."""
        return [code for code in self.codes if code.parent_id == code_id]

    @property
    def title(self) -> str:
        """The study's name."""
        stem = os.path.splitext(os.path.basename(self.project.path))[0]
        return read_setting(self.project.db, "title") or stem

    @property
    def hidden_coders(self) -> list[str]:
        """Names of other coders whose codings are not shown."""
        return [
            name
            for coder, name in self.coder_names.items()
            if coder not in self.visible and name != self.project.coder
        ]

    def coder_label(self, coder_id: int) -> str:
        """Return a coder's name; empty for this coder."""
        return "" if coder_id == self.project.coder_id else self.coder_names.get(coder_id, "?")

    def take(self, event: Committed) -> Fresh:
        """Take in a change that is on disk; return what looks different now."""
        places = event.places()
        fresh = Fresh(
            codes="codes" in places,
            documents="documents" in places,
            readings="readings" in places,
            memos="memos" in places,
            title="settings" in places or "documents" in places,
        )
        moved = sum(image.place == "codings" for image in event.images)
        # The coder enters the project with their first act.
        joined = event.change.coder_id not in self.coder_names or (
            event.own and self.project.coder_id not in self.visible
        )
        fresh.everything = (
            joined or moved > BULK or bool(places & {"codes", "documents", "shown_coders"})
        )
        if fresh.everything:
            self.read_all()
            fresh.title = True
        elif moved:
            self._take_codings(event, fresh)
            fresh.title = fresh.title or bool(fresh.counted)
        return fresh

    def _take_codings(self, event: Committed, fresh: Fresh) -> None:
        for image in event.images:
            if image.place != "codings":
                continue
            coding_id = int(image.row_key)
            before, after = image.before or {}, image.after or {}
            now = read_coding(self.project.db, coding_id)
            whose = before.get("coder_id", after.get("coder_id", now.coder_id if now else None))
            if whose not in self.visible:
                continue
            if "code_id" in before:
                self._count(int(before["code_id"] or 0), -1, fresh)
            if "code_id" in after:
                self._count(int(after["code_id"] or 0), 1, fresh)
            if now is not None:
                row = (now.start, now.end, now.code_id, now.coder_id, now.id)
                fresh.shown.append((now.document_id, row))
            elif "document_id" in before:
                fresh.gone.append((int(before["document_id"] or 0), coding_id))
            else:
                fresh.everything = True

    def _count(self, code_id: int, by: int, fresh: Fresh) -> None:
        self.segments += by
        self.direct[code_id] = self.direct.get(code_id, 0) + by
        for above in self.line_of(code_id):
            self.branch[above] = self.branch.get(above, 0) + by
            fresh.counted.add(above)
