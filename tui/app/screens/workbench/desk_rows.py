"""The rows around the panes: what is selected, which codes are there, what was done last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.action import Pane
from tui.app.document.edges import Edges
from tui.app.document.view import CodingView
from tui.app.screens.spoken import Telling
from tui.app.screens.workbench.here import here_entries
from tui.app.state import Study
from tui.app.widgets.code_tree import CodeTree
from tui.app.widgets.here_hints import next_keys
from tui.app.widgets.here_row import HereRow
from tui.app.widgets.inspector import HereLine, Inspector
from tui.app.widgets.status_row import StatusRow
from tui.app.widgets.title_row import TitleRow
from tui.model.memo import MemoTarget
from tui.project.project import Project
from tui.store.journal import list_changes
from tui.store.memos import coding_signs, list_memos

if TYPE_CHECKING:
    from tui.app.screens.workbench.screen import Workbench

NAMES = 100
"""From this width on there is room for names beside the text."""
_LAST_ACTS = 3


class DeskRows:
    """The open study with its panes, as the rows around them tell of it.

    Args:
        project: the open project.
        bench: the screen that shows it, with its widgets mounted.
    """

    def __init__(self, project: Project, bench: Workbench) -> None:
        self.project = project
        self.study = Study(project)
        self._bench = bench
        self._view = bench.query_one(CodingView)
        self._tree = bench.query_one(CodeTree)
        self._title = bench.query_one(TitleRow)
        self._here = bench.query_one(HereRow)
        self._status = bench.query_one(StatusRow)
        self._inspector = bench.query_one(Inspector)
        self._comparison = bench.comparison
        self._telling = Telling()
        self._told: object = None
        self._told_edges: Edges | None = None
        self._signs: dict[int, str] = {}
        """Coding id to what it carries, of the codings at the selection."""
        self._version = 0
        """Counts what changed: the same selection is told anew."""
        self._attributes = ""

    @property
    def view(self) -> CodingView:
        """The text pane."""
        return self._view

    @property
    def pane(self) -> Pane:
        """The pane that has the keys."""
        # What the screen says holds at once; a widget hears of its focus only later.
        return "tree" if self._bench.focused is self._tree else "text"

    def tell_title(self) -> None:
        """Draw the text pane's title anew: which pane has the keys, the attributes if they fit."""
        wide = self._bench.size.width >= NAMES
        hidden = self._hidden_words()
        notes = [f"lanes: {hidden}" if hidden and wide else hidden]
        notes += [self._attributes] if wide else []
        self._view.set_title_note(" · ".join(note for note in notes if note))

    def _hidden_words(self) -> str:
        """Say that lanes are missing, when some are."""
        study = self.study
        if study.solo is not None and study.solo in study.by_id:
            return f"only {study.by_id[study.solo].key}"
        return f"{len(study.hidden)} hidden" if study.hidden else ""

    def tell(self) -> None:
        """Show what is selected in the rows below, when it has changed."""
        view = self._view
        study = self.study
        selected = (self.pane, self._tree.highlighted, view.selection, view.focused_coding)
        given = (study.last_codes, study.last_go_words, study.offer, study.advance)
        state = (*selected, self._version, given, study.stretching, study.document)
        self._tell_comparison()
        edges_only = state == self._told
        if edges_only and view.edges == self._told_edges:
            return
        self._told, self._told_edges = state, view.edges
        here = view.codings_here()
        # Edges on their way change nothing that is stored: nothing is read for them.
        if not edges_only:
            ids = [coding.id for coding in here]
            self._signs = coding_signs(self.project.db, ids, study.visible)
        hints = next_keys(
            study, here, view.focused, moved=view.moved_edges is not None, pane=self.pane
        )
        memo = view.annotated_here
        self._here.tell_codings(study, here, view.focused, hints, self._signs, memo=memo)
        self.tell_status()
        if self._inspector.display and not edges_only:
            self._tell_inspector([coding.id for coding in here])

    def _tell_comparison(self) -> None:
        document, span = self.study.document, self._view.selected_span or (0, 0)
        at = (document.id if document else 0, *span)
        self._comparison.tell(self.study, self._tree.highlighted, at, self._version)

    def tell_status(self) -> None:
        """Show what is selected, in words."""
        code = self._tree.highlighted if self.pane == "tree" else None
        view = self._view
        if self._bench.app.accessible:
            telling = self._telling
            said = telling.sentence(self.study, view) if code is None else ""
            self._status.tell_sentence(said, telling.turn)
        elif view.edges is not None and view.focused is not None:
            moved = view.moved_edges is not None
            # The end moves unless x was pressed; which one does must be seen at every width.
            which = "beginning" if view.edges.at.backward else "edges"
            code_id, words = view.focused.code_id, view.edges_words()
            self._status.tell_edges(self.study, code_id, words, which=which, moved=moved)
        elif code is None:
            stretching = "stretching · " if self.study.stretching else ""
            self._status.tell_state(self.study, stretching + self._view.unit_words())
        else:
            self._status.tell_code(self.study, code)

    def tell_all(self) -> None:
        """Show everything in the rows around the panes: the width has changed."""
        self._told = None
        self.tell_title()
        self._title.tell_study(self.study)
        self._tell_slots()
        self._tell_acts()
        self.tell()

    def _tell_inspector(self, coding_ids: list[int]) -> None:
        focused = self._view.focused_coding
        entries = here_entries(self.study, self._view.text, coding_ids)
        self._inspector.tell_here(
            [
                HereLine(
                    row.letter,
                    row.name,
                    row.place,
                    row.coder,
                    row.when,
                    ("" if row.own else "●") + ("m" if row.memo else "")
                    + ("!" if row.important else ""),
                    row.coding_id == focused,
                )
                for row in entries
            ]
        )  # fmt: skip
        chosen = next((row for row in entries if row.coding_id == focused), None)
        chosen = chosen or next((row for row in entries if row.memo), None)
        if chosen is not None and chosen.memo:
            memos = list_memos(
                self.project.db,
                coder_ids=self.study.visible,
                target=MemoTarget("coding", coding_id=chosen.coding_id),
            )
            self._inspector.tell_memo(f"MEMO  {chosen.name}", memos[-1].text if memos else "")
        else:
            self._inspector.tell_memo("", "")

    def _tell_acts(self) -> None:
        if self._inspector.display:
            project = self.project
            changes = list_changes(project.db, coder_ids=[project.coder_id], limit=_LAST_ACTS)
            self._inspector.tell_acts(
                [
                    (change.at[11:16], f"{'undone: ' * (change.kind == 'undo')}{change.subject}")
                    for change, _ in changes
                ]
            )

    def _tell_slots(self) -> None:
        if self._inspector.display:
            by_id = self.study.by_id
            self._inspector.tell_slots(
                {slot: by_id[code_id].name for slot, code_id in self.study.slots.items()}
            )
