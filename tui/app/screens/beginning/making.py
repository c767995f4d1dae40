"""What is shown while a project is being made, and when that failed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.screen import Screen

from tui.app.screens.bindings import bindings_of
from tui.app.widgets.rows import BOLD, PLAIN, Row, Rows, wrapped
from tui.app.work import in_thread, log_error
from tui.errors import QualError

Say = Callable[[str], None]


class Making(Screen[str | None], inherit_bindings=False):
    """Tells what is being made; the result is the path of the project, None after an error.

    Args:
        make: makes it, in a thread; says each step and returns the path.
        doing: what is made, in words: ``a project``.
    """

    BINDINGS = bindings_of("making")

    @dataclass
    class Told(Message):
        """A step of it, in words."""

        line: str

    @dataclass
    class Failed(Message):
        """It cannot be made."""

        message: str
        hint: str

    @dataclass
    class Made(Message):
        """It is there."""

        path: str

    def __init__(self, make: Callable[[Say], str], doing: str) -> None:
        super().__init__()
        self._make_it = make
        self._doing = doing
        self._lines: list[Row] = []
        self._failed = False
        self._asked = False
        self._path: str | None = None

    def compose(self) -> ComposeResult:
        """Make the rows."""
        yield Rows()

    def on_mount(self) -> None:
        """Begin, in a thread: a large folder takes its time."""
        self.query_one(Rows).styles.height = "1fr"
        in_thread(self._make, self._doing)

    def _make(self) -> None:
        try:
            path = self._make_it(lambda line: self._post(self.Told(line)))
        except QualError as error:
            self._post(self.Failed(error.message, error.hint))
        except Exception as error:  # noqa: BLE001 - a thread that dies silently would leave a dead screen
            log = log_error(error, f"make {self._doing}")
            self._post(self.Failed("That did not work.", f"Details in {log}"))
        else:
            self._post(self.Made(path))

    def _post(self, message: Message) -> None:
        """Take a message over from the thread; after the end it reaches nobody."""
        self.post_message(message)

    @on(Told)
    def _tell(self, event: Told) -> None:
        event.stop()
        self._show([[(f" {event.line}", PLAIN)]])

    @on(Made)
    def _take(self, event: Made) -> None:
        event.stop()
        self._path = event.path
        self._leave_when_done()

    def on_screen_resume(self) -> None:
        """Close now, when the end came while something else was shown."""
        self._leave_when_done()

    def _leave_when_done(self) -> None:
        # A screen that is covered cannot be closed: a window too small is told above all others.
        # What Textual calls current is also the screen right below the one that is shown.
        if self._path is not None and self.app.screen is self:
            path, self._path = self._path, None
            self.dismiss(path)

    @on(Failed)
    def _fail(self, event: Failed) -> None:
        event.stop()
        self._failed = True
        cells = max(self.size.width - 2, 8)
        rows = [*wrapped(event.message, cells, 4, BOLD), *wrapped(event.hint, cells, 4)]
        self._show([[], *([(" ", PLAIN), *row] for row in rows), [], [(" Esc back", PLAIN)]])

    def _show(self, rows: list[Row]) -> None:
        self._lines = [*self._lines, *rows][-max(self.size.height, 1) :]
        self.query_one(Rows).show(*self._lines)

    def action_back(self) -> None:
        """Go back to the choice, after an error."""
        if self._failed:
            self.dismiss(None)
        elif not self._asked:
            self._asked = True
            self._show([[(" This takes a moment; it cannot be stopped halfway.", PLAIN)]])


class Trouble(Screen[None], inherit_bindings=False):
    """Says why a project cannot be opened."""

    BINDINGS = bindings_of("trouble")

    def __init__(self, message: str, hint: str) -> None:
        super().__init__()
        self._message, self._hint = message, hint

    def compose(self) -> ComposeResult:
        """Make the rows."""
        rows = [*wrapped(self._message, 76, 6, BOLD), *wrapped(self._hint, 76, 6)]
        said = Rows([[], *([(" ", PLAIN), *row] for row in rows), [], [(" Esc back", PLAIN)]])
        said.styles.height = "1fr"
        yield said
