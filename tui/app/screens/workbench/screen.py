"""The workbench: text beside the code tree."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.geometry import Offset, Size
from textual.screen import Screen
from textual.widget import Widget

from tui.app.action import Pane, shown
from tui.app.actions import FOOTER, footer_keys
from tui.app.actions.coding import list_here
from tui.app.actions.edges import held
from tui.app.actions.pointing import focus_pointed, list_pointed
from tui.app.document.view import CodingView
from tui.app.keybook import hint, turn
from tui.app.keymap import KeyHolder
from tui.app.messages import (
    CodingPointedAt,
    CodingsAskedFor,
    CodingsPointedAt,
    EdgesHeld,
    PassagesFitted,
    SelectionMoved,
)
from tui.app.screens.choosing.comparison import Comparison
from tui.app.screens.spoken import place_in_text, place_in_tree
from tui.app.screens.workbench.at_start import told_at_start
from tui.app.screens.workbench.doors import Doors
from tui.app.screens.workbench.first_steps import FirstSteps
from tui.app.screens.workbench.heartbeat import EVERY, Heartbeat, terminal_is_gone
from tui.app.screens.workbench.keys import BenchKeys
from tui.app.screens.workbench.open_desk import OpenDesk
from tui.app.widgets.code_tree import CodeTree
from tui.app.widgets.here_row import HereRow
from tui.app.widgets.inspector import Inspector
from tui.app.widgets.last_row import LastRow
from tui.app.widgets.passages import Passages
from tui.app.widgets.status_row import StatusRow
from tui.app.widgets.title_row import TitleRow
from tui.errors import QualError
from tui.project.events import Committed
from tui.project.project import Project
from tui.store.desk import last_place


class Workbench(BenchKeys, KeyHolder, inherit_bindings=False):
    """Text and code tree of an open project.

    Args:
        project: the open project; whoever made the workbench closes it.
    """

    AUTO_FOCUS = "CodingView"

    def __init__(self, project: Project) -> None:
        super().__init__()
        self._project = project
        self._last_beat_error = ""
        self._told_size = Size(0, 0)
        """The size that the rows around the panes were told for."""
        self.is_open = False
        """Whether the study is shown and keys can act on it."""

    @property
    def holds_keys(self) -> bool:
        """What is typed while the study opens waits for it, as in any terminal program."""
        return not self.is_open

    def compose(self) -> ComposeResult:
        """Make the rows and panes."""
        self._take_size(*self.app.size)
        yield TitleRow(id="title")
        yield CodingView(id="text")
        with Vertical(id="side"):
            yield CodeTree(id="tree")
            yield Inspector(id="inspector")
            yield Passages(id="others-side")
        with Vertical(id="foot"):
            yield Passages(id="others")
            yield from self.foot()

    def foot(self) -> list[Widget]:
        """Return the rows below the panes."""
        return [HereRow(id="here"), StatusRow(id="status"), LastRow(id="last")]

    def on_mount(self) -> None:
        """Open the study where this coder stopped."""
        project = self._project
        project.tell_waiting(self.app.tell_waiting)
        self.has_inspector_room = False
        self.comparison = Comparison(self)
        self.desk = OpenDesk(
            project,
            self,
            lambda desk: Doors(desk, self._border, self.open_screen, self.do, self.pick_codes),
        )
        self._last = self.query_one(LastRow)
        self._status = self.query_one(StatusRow)
        place = last_place(project.db, project.coder_id)
        self._steps = FirstSteps(self._last, new_here=self.is_new_here(place), path=project.path)
        self.query_one(CodingView).divide(self.app.division)
        self.set_class(self.app.division.folded, "-folded")
        self._divide(*self.app.size)
        self._told_size = self.app.size
        self.desk.start(place)
        self._heart = Heartbeat(project, self._place())
        self._show_pane()
        self.set_interval(EVERY, self._beat)
        if said := told_at_start(self.desk, self.app.troubles):
            self.show_error(*said)
        self.opened()

    def is_new_here(self, place: tuple[int, int, int] | None) -> bool:
        """Tell whether this coder has never worked in this project."""
        return place is None and not self._project.read_only

    def opened(self) -> None:
        """The study is shown: from now on keys act on it."""
        self.is_open = True
        self.call_after_refresh(self.app.load_screen_styles)
        self.app.read_keys()

    def on_screen_resume(self) -> None:
        """Take the keys anew when another screen has changed them."""
        if self._turn != turn():
            self._take_keys()
            self._show_pane()
            self.desk.tell_all()

    # Panes

    @property
    def reading_place(self) -> Offset | None:
        """Where on the screen a reader is: where the cursor of the terminal belongs."""
        if self.box is not None:
            return self.box.place
        if self.desk.pane == "tree":
            return place_in_tree(self.query_one(CodeTree))
        return place_in_text(self.query_one(CodingView))

    def go_to_pane(self, pane: Pane) -> None:
        """Give a pane the keys."""
        self.set_class(False, "-folded")
        target = self.query_one(CodeTree) if pane == "tree" else self.query_one(CodingView)
        self.set_class(pane == "tree", "-in-tree")
        self.set_focus(target)
        self._show_pane()
        self.desk.tell()

    def fold_tree(self) -> None:
        """Fold the tree away and go to the text."""
        self.go_to_pane("text")
        self.set_class(True, "-folded")
        self.desk.say(f"The tree is folded away   {hint('pane.codes', 'brings it back')}")

    def show_steps(self) -> None:
        """Show the first steps from the beginning."""
        self._steps.begin()

    def put_steps_away(self) -> bool:
        """Put the first steps away."""
        return self._steps.put_away()

    def on_descendant_focus(self) -> None:
        """The mouse may have changed the pane."""
        if self.is_mounted:
            self._show_pane()
            self.desk.tell_title()
            self.desk.tell()

    def _show_pane(self) -> None:
        pane = self.desk.pane
        self._last.set_keys(
            [
                (("-" if ids[0].startswith("code.slot") else "/").join(map(shown, keys)), verb)
                for ids, verb in FOOTER[pane]
                if (keys := footer_keys(ids))
            ]
        )  # fmt: skip

    def on_resize(self, event: events.Resize) -> None:
        """Divide the screen anew."""
        if self.is_open:
            self._stop_reading()
        self._divide(event.size.width, event.size.height)
        if event.size != self._told_size:
            self._told_size = event.size
            self.call_after_refresh(self._after_resize)

    def _after_resize(self) -> None:
        if self.is_mounted:
            if self.box is not None:
                self.box.draw()
            self.desk.tell_all()
            if self._last.showing == "keys":
                self._last.show_keys()

    # What reports come in

    def on_selection_moved(self, event: SelectionMoved) -> None:
        """Tell about the selection; the mouse may have made it."""
        event.stop()
        if self._reader is not None and (event.start, event.end) != self._read_at:
            self._stop_reading()
        self._heart.move((event.document_id, event.start, event.end))
        self.desk.tell()

    def on_passages_fitted(self, event: PassagesFitted) -> None:
        """Tell the comparison as it fits its room."""
        event.stop()
        if self.is_open:
            self.desk.tell()

    def on_edges_held(self, event: EdgesHeld) -> None:
        """Say that moved edges wait to be kept."""
        event.stop()
        self.refuse(held(self.desk) or "")

    def on_coding_pointed_at(self, event: CodingPointedAt) -> None:
        """Focus the coding whose lane was clicked."""
        event.stop()
        self.guarded("focus", lambda: focus_pointed(self.desk, event.coding_id))
        self.desk.tell()

    def on_codings_pointed_at(self, event: CodingsPointedAt) -> None:
        """List the codings that share the last lane of a row."""
        event.stop()
        self.guarded("codings here", lambda: list_pointed(self.desk, event.coding_ids))

    def on_codings_asked_for(self, event: CodingsAskedFor) -> None:
        """List the codings that were pointed at."""
        event.stop()
        self.guarded("codings here", lambda: list_here(self.desk))

    def committed(self, event: Committed) -> None:
        """Note that a change reached the disk."""
        self._heart.committed()
        if event.own and event.change.kind == "act" and event.change.action == "coding.add":
            self._steps.coded(event)

    def _beat(self) -> None:
        if not self.app.is_headless and terminal_is_gone():
            self.app.end(129)
            return
        try:
            self._heart.beat()
        except (QualError, OSError) as error:
            message = str(error)
            # Said once: a disk that stays full would say it twice a second.
            if message != self._last_beat_error:
                self._last_beat_error = message
                self.show_error(message, getattr(error, "hint", ""))
        else:
            self._last_beat_error = ""
        if self.desk.study.look is not None and self.app.screen is self:
            self.say(self.desk.study.look.said())

    def _place(self) -> tuple[int, int, int] | None:
        document, span = self.desk.study.document, self.desk.view.selected_span
        return (document.id, *span) if document is not None and span is not None else None

    # Coming and going

    def open_screen(self, screen: Screen[Any], then: Callable[[Any], None]) -> None:
        """Show another screen; keys that come while it opens wait for it.

        Args:
            screen: what is shown.
            then: takes its result when it is closed; after that the rows are told anew.
        """

        def closed(result: Any) -> None:
            then(result)
            self.desk.tell()

        self._stop_reading()
        self.app.show_screen(screen, closed)

    def close_down(self) -> None:
        """Keep the place before the project is closed."""
        self.guarded("keep the place", self._heart.keep)

    def leave(self) -> None:
        """End the program."""
        self.app.end(0)
