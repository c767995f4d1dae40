"""The five-minute practice: the workbench on a copy of the shipped study, a lesson below it."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from textual.screen import Screen
from textual.widget import Widget

from tui.app.action import Action
from tui.app.keybook import hint, key
from tui.app.screens.beginning.lessons import LESSONS, Seen
from tui.app.screens.beginning.making import Making, Trouble
from tui.app.screens.workbench.screen import Workbench
from tui.app.widgets.lines import Lines
from tui.app.widgets.rows import BOLD, PLAIN, Row, clip, wrapped
from tui.errors import QualError
from tui.project.events import Committed
from tui.project.project import Project
from tui.project.workspace import copy_sample, make_workspace
from tui.store.documents import read_passages

Push = Callable[[Screen[Any], Callable[[Any], None]], None]
"""Shows a screen and calls back with its result."""
Left = Callable[[int], None]
"""Takes the number of the lesson at which the practice was left; 0 when it was done."""

_SAFE = "This is a copy of the shipped study: your own project is not touched."
_MOST_ROWS = 4
_PREFIX = "qual-practice-"
_LEFT_AFTER = 24 * 3600
"""Seconds after which a copy that nothing was written to is nobody's any more."""


def practise(show: Push, coder: str, lesson: int, left: Left) -> None:
    """Show the practice on top of what is shown; leaving it shows that again, as it was.

    Args:
        show: shows a screen and calls back with its result.
        coder: who practises.
        lesson: the lesson to begin with, from 0.
        left: told when the practice is over.
    """

    def made(path: str | None) -> None:
        if path is None:
            return
        try:
            project = Project(path, coder)
        except QualError as error:
            shutil.rmtree(os.path.dirname(path), ignore_errors=True)
            show(Trouble(error.message, error.hint), lambda _: None)
            return
        show(PracticeBench(project, lesson), lambda at: left(at or 0))

    show(Making(lambda say: make_copy(coder, say), "a copy to practise in"), made)


def make_copy(coder: str, say: Callable[[str], None]) -> str:
    """Make a project of the shipped study in a folder of its own; return its path.

    Raises:
        QualError: it cannot be made; nothing of it is left.
    """
    say("A copy of the shipped study is being made …")
    _remove_left()
    folder = tempfile.mkdtemp(prefix=_PREFIX)
    # However the program ends, unless it is killed.
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    try:
        copy_sample(folder)
        path = os.path.join(folder, "practice.qual")
        return make_workspace(folder, coder, path=path, say=lambda _: None)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _remove_left() -> None:
    """Remove this user's copies of a day ago and more: whoever made them was killed."""
    with suppress(OSError), os.scandir(tempfile.gettempdir()) as entries:
        for entry in entries:
            if not entry.name.startswith(_PREFIX) or not entry.is_dir(follow_symlinks=False):
                continue
            known = entry.stat(follow_symlinks=False)
            newest = max((known.st_mtime, *_times_in(entry.path)))
            if known.st_uid == os.getuid() and newest < time.time() - _LEFT_AFTER:
                shutil.rmtree(entry.path, ignore_errors=True)


def _times_in(folder: str) -> list[float]:
    """Return when the files of a copy were written last: one in use is written to all the time."""
    with suppress(OSError), os.scandir(folder) as entries:
        return [entry.stat(follow_symlinks=False).st_mtime for entry in entries]
    return []


class PracticeBench(Workbench, inherit_bindings=False):
    """A workbench that tells what to try next; the result is the lesson at which it was left.

    Args:
        project: a copy made for it; it and its folder are gone afterwards.
        lesson: the lesson to begin with, from 0.
    """

    def __init__(self, project: Project, lesson: int = 0) -> None:
        super().__init__(project)
        self._at = min(lesson, len(LESSONS))
        self._praise = ""
        self._seen: Seen | None = None
        self._acting = ""
        """Id of the action that is being done; a screen that it opened still belongs to it."""
        self._gone = False

    # The workbench, with a lesson

    def foot(self) -> list[Widget]:
        """Put the lesson above the other rows."""
        return [Lines(id="lesson"), *super().foot()]

    def is_new_here(self, place: tuple[int, int, int] | None) -> bool:
        """Show no first steps: the lessons are that."""
        return False

    def opened(self) -> None:
        """Begin at the first sentence that is no heading."""
        desk = self.desk
        document = desk.study.document
        if document is not None:
            for passage in read_passages(desk.project.db, document.id, 1, 20):
                if passage.kind != "heading":
                    desk.view.select(passage.start, passage.start)
                    break
        super().opened()
        self._begin()

    def do(self, action: Action) -> None:
        """Do an action and see whether it is what the lesson wants."""
        if action.id == "app.practice":
            self._skip()
            return
        self._acting = action.id
        before = self.desk.view.selected_span
        super().do(action)
        if self._seen is not None:
            self._seen.actions.append(action.id)
            if self.desk.view.selected_span != before:
                self._seen.moves.append(action.id)
        self._look()

    def committed(self, event: Committed) -> None:
        """Note what reached the disk."""
        super().committed(event)
        if self._seen is not None and event.own:
            self._seen.changes.append((event.change, self._acting))

    def open_screen(self, screen: Screen[Any], then: Callable[[Any], None]) -> None:
        """Show a screen; when it is closed, see whether that was what the lesson wants."""

        def closed(result: Any) -> None:
            then(result)
            if self._seen is not None:
                self._seen.closed.append(type(screen).__name__)
            self._look()

        super().open_screen(screen, closed)

    def put_box_away(self, then: Callable[[], None] = lambda: None) -> None:
        """Take the picker off; see whether what it gave is what the lesson wants."""
        super().put_box_away(then)
        self._look()

    def put_steps_away(self) -> bool:
        """Leave the practice: there was nothing else to put away."""
        self.dismiss(self._at if 0 < self._at < len(LESSONS) else 0)
        return True

    # The lessons

    def _begin(self) -> None:
        """Begin the present lesson with what it needs."""
        desk = self.desk
        self._seen = None
        if self._at < len(LESSONS):
            prepare = LESSONS[self._at].prepare
            if prepare is not None:
                self.guarded("prepare the lesson", lambda: prepare(desk))
            document = desk.study.document
            self._seen = Seen(
                desk,
                document_id=document.id if document else None,
                go=desk.study.last_go,
            )
        self._tell()

    def _look(self) -> None:
        seen = self._seen
        if seen is None or self.app.screen is not self or not LESSONS[self._at].is_done(seen):
            return
        self._praise = "Well done"
        self._at += 1
        self._begin()

    def _skip(self) -> None:
        if self.desk.view.moved_edges is not None:
            self.desk.put_away()  # nothing goes on while they wait to be kept
        self._praise = ""
        self._at = 0 if self._at >= len(LESSONS) else self._at + 1
        self._begin()
        self.desk.tell()

    def _tell(self) -> None:
        cells = max(self.size.width or self.app.size.width, 20)
        count, skip = len(LESSONS), key("app.practice")
        if self._at < count:
            lesson = LESSONS[self._at]
            where = f"Practice {self._at + 1} of {count}: {lesson.about}"
            said = self._praise
            keys = f"{skip} next · Esc leaves"
            text = lesson.text()
        else:
            where = f"Practice: {count} of {count}"
            said, keys = self._praise, f"{skip} begins again"
            text = (
                f"That is what a day of coding needs; {hint('app.help', 'has the rest')}."
                " Esc goes back to where you were."
            )
        rows = [_edge(where, said, keys, cells)]
        if self._at == 0:
            rows += [[("   ", PLAIN), *row] for row in wrapped(_SAFE, cells - 3, 2)]
        body = wrapped(text, cells - 3, _MOST_ROWS)
        rows += [[("   " if at else " ► ", BOLD), *row] for at, row in enumerate(body)]
        lines = self.query_one("#lesson", Lines)
        lines.styles.height = len(rows)
        lines.show(*rows)

    def _after_resize(self) -> None:
        if self._gone:
            return
        super()._after_resize()
        if self.is_mounted and self.is_open:
            self._tell()

    def _beat(self) -> None:
        if not self._gone:
            super()._beat()

    # The end

    def close_down(self) -> None:
        """The program ends: where one is in the copy need not be kept."""
        # The copy stays open until the screen is gone: it may be drawn once more.

    def on_unmount(self) -> None:
        """Nothing of the copy is left behind."""
        self._gone = True
        self._project.close()
        shutil.rmtree(os.path.dirname(self._project.path), ignore_errors=True)


def _edge(where: str, said: str, keys: str, cells: int) -> Row:
    """Return the row between text and lesson: where one is, what was said, how to go on."""
    if said and cells < len(where) + len(said) + len(keys) + 12:
        where = where.removeprefix("Practice ")
    left: Row = [("── ", PLAIN), (where, BOLD), (" ", PLAIN)]
    taken = 4 + len(where)
    room = cells - taken - len(keys) - 5
    if said and (room > len(said) + 2 or room < 0):
        left += [("· ", PLAIN), (said, BOLD), (" ", PLAIN)]
        taken += len(said) + 3
    room = cells - taken - len(keys) - 4
    if room < 0:
        return [*left, (clip("─" * cells, max(cells - taken, 0)), PLAIN)]
    return [*left, ("─" * room, PLAIN), (f" {keys} ──", PLAIN)]
