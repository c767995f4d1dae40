"""The workbench: text beside the code tree, and what every key there does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.geometry import Offset, Size
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget

from tui.app.action import Action, Pane, shown
from tui.app.actions import ACTIONS, FOOTER, footer_keys, moves_only, prefix_heading
from tui.app.actions.coding import list_here
from tui.app.actions.edges import held
from tui.app.actions.pointing import focus_pointed, list_pointed
from tui.app.at_once import RowsAtOnce
from tui.app.desk import KeyReader
from tui.app.document.view import CodingView
from tui.app.keybook import hint, key_list, keys_of, turn
from tui.app.keymap import KeyTable, Unbound, Waiting
from tui.app.messages import (
    CodingPointedAt,
    CodingsAskedFor,
    CodingsPointedAt,
    EdgesHeld,
    SelectionMoved,
)
from tui.app.screens.at_start import told_at_start
from tui.app.screens.bench_rows import BenchRows
from tui.app.screens.comparison import Comparison
from tui.app.screens.doors import Doors
from tui.app.screens.first_steps import FirstSteps
from tui.app.screens.heartbeat import EVERY, Heartbeat, terminal_is_gone
from tui.app.screens.input_method import where_from
from tui.app.screens.open_desk import OpenDesk
from tui.app.screens.spoken import place_in_text, place_in_tree
from tui.app.widgets.code_tree import CodeTree
from tui.app.widgets.here_row import HereRow
from tui.app.widgets.inspector import Inspector
from tui.app.widgets.last_row import LastRow
from tui.app.widgets.passages import Passages
from tui.app.widgets.status_row import StatusRow
from tui.app.widgets.title_row import TitleRow
from tui.app.widgets.which_key import WhichKey, both_ways
from tui.app.work import in_first_hour
from tui.errors import QualError
from tui.project.events import Committed
from tui.project.project import Project
from tui.store.desk import last_place

if TYPE_CHECKING:
    from tui.app.screens.pick_box import PickBox
    from tui.app.screens.picking import Picked, Picking

WHICH_KEY_AFTER = 0.4
WHICH_KEY_AT_ONCE = 0.05
"""Keys typed together leave no time for the box, and no bytes are spent on it."""


class Workbench(BenchRows, inherit_bindings=False):
    """Text and code tree of an open project.

    Args:
        project: the open project; whoever made the workbench closes it.
    """

    AUTO_FOCUS = "CodingView"

    def __init__(self, project: Project) -> None:
        super().__init__()
        self._project = project
        self._take_keys()
        self._prefix = ""
        self._reader: KeyReader | None = None
        self.box: PickBox | None = None
        """What lies over the workbench and has the keys."""
        self._which = WhichKey(id="which")
        self._which_timer: Timer | None = None
        self._last_beat_error = ""
        self.rows_at_once = RowsAtOnce(
            self, lambda: not (self._which.is_attached and self._which.display)
        )
        """Writes what a key changed as soon as it is done with."""
        self._told_size = Size(0, 0)
        """The size that the rows around the panes were told for."""
        self.is_open = False
        """Whether the study is shown and keys can act on it."""

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

    # Keys

    def _take_keys(self) -> None:
        """Take the keys that count now."""
        self._turn = turn()
        self._keys = KeyTable(ACTIONS, keys_of)
        quit_keys = keys_of("app.quit")
        self._quit_prefix = quit_keys[0].partition(" ")[0] if quit_keys else ""

    def on_screen_resume(self) -> None:
        """Take the keys anew when another screen has changed them."""
        if self._turn != turn():
            self._take_keys()
            self._show_pane()
            self.desk.tell_all()

    def on_paste(self, event: events.Paste) -> None:
        """Pasted text is not read as keys: it would code and undo at random."""
        event.stop()
        if self.box is not None:
            self.box.paste(event.text)
            return
        self._stop_reading()
        self.refuse(
            "Pasted text does nothing here ·"
            f" {key_list('code.pick', 'search.project', 'memo.open')} open fields to paste into"
        )

    def press(self, key: str) -> None:
        """Do what a key does, by its name."""
        with self.rows_at_once.of_key():
            self._press(key)

    def _press(self, key: str) -> None:
        self._heart.touch()
        prefix, self._prefix = self._prefix, ""
        if prefix:
            self._close_which_key()
        refused = self._status.take_back()
        if self._last.showing == "error" or (refused and self._last.showing == "notice"):
            self._last.show_keys()
        if (box := self.box) is not None:
            self._border.run("choose codes", lambda: box.press(key))
            return
        if self._reader is not None:
            self._read_on(self._reader, key)
            return
        pane = self.desk.pane
        found = self._keys.find(pane, prefix, key)
        if prefix and isinstance(found, Unbound):
            if key == "escape":
                self.desk.tell_status()
                return
            if prefix == self._quit_prefix:
                found = self._keys.find(pane, "", key)
        if isinstance(found, Waiting):
            self._wait(found)
        elif isinstance(found, Unbound):
            self.refuse(where_from(key) or found.reason)
        else:
            self.do(found)
        if refused:
            self.desk.tell_status()

    def read_keys(self, reader: KeyReader) -> None:
        """Give the keys that follow to a reader until it is done."""
        self._reader = reader
        self._read_at = self.desk.view.selected_span
        self.refuse(reader.prompt())

    @property
    def takes_letters(self) -> bool:
        """Whether letters are taken as they were typed, whatever the layout."""
        return self.box is not None or (self._reader is not None and self._reader.literal)

    def pick_codes(
        self, picking: Picking, heading: str, answered: Callable[[Picked], None]
    ) -> None:
        """Lay the picker over the workbench and give it the keys."""
        # Loaded by the first who code.
        from tui.app.screens.pick_box import PickBox  # noqa: PLC0415

        self._stop_reading()
        self.box = PickBox(self, picking, heading, answered)
        self.box.draw()

    def put_box_away(self, then: Callable[[], None] = lambda: None) -> None:
        """Take the picker off the workbench and do what follows from its answer."""
        self.box = None
        with self.rows_at_once.of_key():
            self.app.cover(self, {})
            self._border.run("code", then)
            self.desk.tell()

    def _forward_event(self, event: events.Event) -> None:
        """Give the mouse to the picker while that has the keys: nothing below is reached."""
        box = self.box
        if box is None or not isinstance(event, events.MouseEvent):
            super()._forward_event(event)
            return
        with self.rows_at_once.of_key():
            self._border.run("choose codes", lambda: box.take_mouse(event))

    def _read_on(self, reader: KeyReader, key: str) -> None:
        self._reader = None
        goes_on: list[bool] = []
        done = self._border.run("read a key", lambda: goes_on.append(reader.press(key)))
        if done and goes_on[0]:
            self._reader = reader
            self.refuse(reader.prompt())
            return
        self.desk.tell()
        self.desk.tell_status()

    def _stop_reading(self) -> None:
        """Something else came between: the reader is put away."""
        reader, self._reader = self._reader, None
        if reader is not None:
            reader.cancel()
            self._status.take_back()
            self.desk.tell_status()

    def do(self, action: Action) -> None:
        """Do an action, or say why it cannot be done now."""
        if not self._border.run(action.title, lambda: self._do(action)):
            self.desk.tell()

    def reason_against(self, action: Action) -> str | None:
        """Say why an action cannot be done now; None when it can."""
        return held(self.desk, action) or action.blocked(self.desk)

    def _do(self, action: Action) -> None:
        reason = self.reason_against(action)
        if reason is not None:
            self.refuse(reason)
            return
        before = self._last.notices
        action.run(self.desk)
        if self._last.notices == before and not moves_only(action):
            # What was said of the act before is over; moving the selection makes nothing untrue.
            self.end_notice()
        self._steps.done(action)
        self.desk.tell()

    def _wait(self, waiting: Waiting) -> None:
        self._prefix = waiting.prefix
        if waiting.prefix == self._quit_prefix and len(waiting.following) == 1:
            last = shown(waiting.following[0][0])
            again = f"{last} again" if waiting.following[0][0] == waiting.prefix else last
            self.refuse(f"{again} leaves the program (everything is saved) · any other key goes on")
            return
        after = WHICH_KEY_AT_ONCE if in_first_hour() else WHICH_KEY_AFTER
        self._which_timer = self.set_timer(after, lambda: self._show_which_key(waiting))

    def _show_which_key(self, waiting: Waiting) -> None:
        entries = both_ways([(key, action) for key, action in waiting.following])
        heading = f"{shown(waiting.prefix)}  {prefix_heading(waiting.following[0][1])}"
        self._which.open(heading, entries, self.size.width, self.size.height)
        if not self._which.is_attached:
            self.mount(self._which)

    def _close_which_key(self) -> None:
        if self._which_timer is not None:
            self._which_timer.stop()
            self._which_timer = None
        self._which.close()

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
        """Show another screen; afterwards the rows are told anew."""

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
