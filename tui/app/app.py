"""The app: wiring of terminal, theme, screens and the end of it all."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path, PurePath
from typing import Any, ClassVar

from textual import events
from textual.screen import Screen

from tui.app.division import Division
from tui.app.driver import close_own_master
from tui.app.fitting import Fit, FittingApp, fit_for, has_no_colors
from tui.app.keymap import KeyHolder, KeyQueue
from tui.app.keys.settings import take_keys
from tui.app.screens.too_small import TooSmall, is_too_small
from tui.app.screens.workbench.screen import Workbench
from tui.app.work import log_error, release_memory
from tui.config import Config, read_config
from tui.errors import QualError
from tui.project.project import Project

_WAITING = " Another process is writing to this project: waiting, five seconds at most…"
_LONGEST_END = 3.0
"""Seconds after a signal by which the process has ended, whatever hangs."""


class QualApp(FittingApp[None], inherit_bindings=False):
    """The terminal app.

    Args:
        project: the open project; None shows the first-run screen.
        coder: who works here.
        first_run_folder: where a new project would be made.
        fit: how to fit the terminal.
        division: how the coder wants the workbench divided.
        troubles: what of the settings does not count, for the coder to know.
    """

    CSS_PATH: ClassVar[list[str | PurePath]] = ["app.tcss"]
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    ESCAPE_TO_MINIMIZE = False
    BINDINGS: ClassVar[list[Any]] = []

    def __init__(
        self,
        project: Project | None,
        coder: str,
        *,
        first_run_folder: str | None = None,
        fit: Fit | None = None,
        division: Division = Division(),  # noqa: B008 - frozen
        troubles: Sequence[str] = (),
    ) -> None:
        super().__init__(fit or fit_for(os.environ))
        self._project = project
        self.division = division
        self.troubles = troubles
        self._coder = coder
        self._first_run_folder = first_run_folder
        self.crash_log = ""
        """Where the details of a crash are, after one."""
        self._ending = False
        self._end_code = 0
        self._last_resort: threading.Timer | None = None
        self._keys = KeyQueue(
            self, self._press, self._forward, self._takes_keys, self._takes_letters
        )

    def get_default_screen(self) -> Screen[Any]:
        """Return the screen below all others."""
        return super().get_default_screen() if self._project is None else Workbench(self._project)

    def on_mount(self) -> None:
        """Show the first screen; from now on a signal ends the app in order."""
        release_memory()
        if not self.is_headless:
            loop = asyncio.get_running_loop()

            def end(number: int, _: object) -> None:
                # At once: a terminal that nobody reads may hold the loop up for ever.
                self._end_for_certain(128 + number)
                loop.call_soon_threadsafe(self.end, 128 + number)

            for number in (signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, end)
        if self._project is None:
            self._welcome()
        self._mind_the_size(*self.size)

    def _welcome(self) -> None:
        # Loaded by the few who have no project yet.
        from tui.app.screens.beginning.first_run import begin  # noqa: PLC0415

        begin(self, self._coder, self._first_run_folder, self.open_project)

    def load_screen_styles(self) -> None:
        """Read how boxes and pages look: after the first paint, which needs none of it."""
        path = str(Path(__file__).parent / "screens" / "screens.tcss")
        if not self.stylesheet.has_source(path, ""):
            self.stylesheet.read(path)
            self.stylesheet.parse()

    def open_project(self, project: Project) -> None:
        """Show a project that has just been made or found."""
        self._project = project
        self.push_screen(Workbench(project))

    # Keys

    async def on_event(self, event: events.Event) -> None:
        """Read what is typed and pasted one after the other, however fast it comes."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            await self._keys.take(event)
        else:
            await super().on_event(event)

    async def _forward(self, event: events.Key | events.Paste) -> None:
        # What a page said of the key before is over; what this key does may say something new.
        unsay = getattr(self.screen, "unsay", None)
        if unsay is not None:
            unsay()
        await super().on_event(event)

    def _press(self, key: str) -> bool:
        """Give a key to the screen that takes names of keys; tell whether one is shown."""
        screen = self.screen
        if isinstance(screen, Workbench):
            screen.press(key)
            return True
        # A page that w was pressed on; its module need not be loaded to know.
        if getattr(screen, "waits_for_view", False):
            screen.press_view(key)  # type: ignore[attr-defined]
            return True
        return False

    def _takes_keys(self) -> bool:
        screen = self.screen_stack[-1] if self.screen_stack else None
        return screen is not None and not (isinstance(screen, KeyHolder) and screen.holds_keys)

    def _takes_letters(self) -> bool:
        screen = self.screen
        return isinstance(screen, Workbench) and screen.takes_letters

    def forget_keys(self) -> None:
        """Do nothing with the keys that have been pressed until now and are not read yet."""
        self._keys.forget()

    def tell_waiting(self, waits: bool) -> None:
        """Say in the last row of the screen that another process is waited for; then no more."""
        if waits:
            self.write_now(self.size.height - 1, _WAITING)
        else:
            self.screen.refresh()

    def read_keys(self) -> None:
        """Read what was typed while a screen let keys wait."""
        self._keys.release()

    def show_screen(self, screen: Screen[Any], then: Callable[[Any], None]) -> None:
        """Show a screen; keys that come while it opens wait for it."""
        self._keys.hold()
        self.push_screen(screen, then)
        screen.call_after_refresh(self._keys.release)

    # Size

    def on_resize(self, event: events.Resize) -> None:
        """Show a message while the window is too small."""
        self._mind_the_size(*event.size)

    def _mind_the_size(self, width: int, height: int) -> None:
        covered = isinstance(self.screen, TooSmall)
        if is_too_small(width, height) and not covered:
            self.push_screen(TooSmall())
        elif covered and not is_too_small(width, height):
            self.pop_screen()

    # The end

    def action_end(self, code: int) -> None:
        """End the app from a key."""
        self.end(code)

    def end(self, code: int) -> None:
        """Keep what is being written and end the app with this exit code."""
        if self._ending:
            return
        self._ending, self._end_code = True, code
        if not self.is_headless:
            # Ctrl+C typed ahead becomes a signal once the terminal is as it was: too late to stop.
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        if code > 128:
            self._end_for_certain(code)
        for screen in self.screen_stack:
            keep = getattr(screen, "keep", None) or getattr(screen, "close_down", None)
            if keep is not None:
                keep()
        self.exit(return_code=code)

    def _end_for_certain(self, code: int) -> None:
        """See to it that a signal ends the process, whatever still waits for a lost terminal."""
        if self._last_resort is not None:
            return
        # A hang-up is followed by SIGCONT, on which Textual would start reading once more.
        signal.signal(signal.SIGCONT, signal.SIG_IGN)

        def leave() -> None:
            # All that was acknowledged is committed; only threads that write to nobody are left.
            self.leave_terminal_at_once()
            os._exit(code)

        self._last_resort = threading.Timer(_LONGEST_END, leave)
        self._last_resort.daemon = True
        self._last_resort.start()

    def close_project(self) -> None:
        """Close the project, however the app has ended."""
        if self._project is not None:
            self._project.close()

    def _fatal_error(self) -> None:
        """A mistake outside of any act: note it and end in order, without a traceback."""
        if self.is_headless:
            super()._fatal_error()
            return
        if self._ending:
            # A screen that was about to open finds nothing left of it: the end goes on as it was.
            self._return_code = self._end_code
            self._close_messages_no_wait()
            return
        error = sys.exc_info()[1] or self._exception
        if error is not None:
            self.crash_log = log_error(error, "run the screen")
        self._close_messages_no_wait()


def run_app(
    project_path: str | None,
    coder: str,
    *,
    first_run_folder: str | None = None,
    mouse: bool | None = None,
    accessible: bool | None = None,
) -> int:
    """Run the terminal app until it is left.

    Args:
        project_path: the project to open; None shows the first-run screen.
        coder: who works here.
        first_run_folder: the folder in which the first-run screen would make a project.
        mouse: whether the mouse is taken from the terminal; None leaves it to the settings.
        accessible: whether a screen reader or magnifier follows; None leaves it to the settings.

    Returns:
        The exit code: 0 after q q, 128 + the signal's number after a signal.

    Raises:
        QualError: there is no terminal to draw on, the project cannot be opened, or the app
            ended by a mistake of its own.
    """
    check_terminal()
    close_own_master()
    # Exported sizes would freeze the screen at what they were when the shell started.
    for name in ("COLUMNS", "LINES"):
        os.environ.pop(name, None)
    if os.environ.get("NO_COLOR") == "":
        del os.environ["NO_COLOR"]  # empty means unset; Textual takes it for set
    config = read_config(os.environ)
    config.refuse_errors(mild_too=False)
    troubles = [problem.message for problem in config.problems if problem.fatal]
    troubles += [str(problem) for problem in take_keys(config) if problem.fatal]
    troubles = [each.replace(config.path, "config.toml") for each in troubles]
    project = Project(project_path, coder) if project_path is not None else None
    if has_no_colors(os.environ["TERM"]):
        os.environ["NO_COLOR"] = "1"
    fit = fit_for(
        os.environ,
        theme=config.text("theme"),
        glyphs=config.text("glyphs"),
        accessible=config.flag("accessible") if accessible is None else accessible,
        bell=config.flag("bell"),
    )
    app = QualApp(
        project,
        coder,
        first_run_folder=first_run_folder,
        fit=fit,
        division=_division(config),
        troubles=troubles,
    )
    try:
        app.run(mouse=config.flag("mouse") if mouse is None else mouse)
    finally:
        app.close_project()
    if app.crash_log:
        raise QualError(
            "The screen ended by a mistake in qual; what was saved is safe.",
            f"Details in {app.crash_log}",
        )
    return app.return_code or 0


def _division(config: Config) -> Division:
    return Division(
        folded=config.text("layout.tree") == "folded",
        tree_width=config.number("layout.tree_width"),
        text_width=config.number("layout.text_width"),
        lanes=config.number("layout.lanes"),
    )


def check_terminal() -> None:
    """Make sure that there is a terminal to draw on.

    Raises:
        QualError: there is none, or one that cannot draw.
    """
    streams = (sys.__stdin__, sys.__stdout__, sys.__stderr__)
    if not all(stream is not None and stream.isatty() for stream in streams):
        raise QualError(
            "The screen needs a terminal for input and output.",
            "Every act has a command too: `qual --help` lists them.",
        )
    if os.environ.get("TERM", "dumb") in ("dumb", ""):
        raise QualError(
            "This terminal cannot place text on the screen (TERM=dumb).",
            "Set TERM to what the terminal is, or use the commands: `qual --help`.",
        )
