"""What is shown while a project is being made, and when that failed."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
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

    def __init__(self, make: Callable[[Say], str], doing: str) -> None:
        super().__init__()
        self._make_it = make
        self._doing = doing
        self._lines: list[Row] = []
        self._failed = False

    def compose(self) -> ComposeResult:
        """Make the rows."""
        yield Rows()

    def on_mount(self) -> None:
        """Begin, in a thread: a large folder takes its time."""
        self.query_one(Rows).styles.height = "1fr"
        in_thread(self._make, self._doing)

    def _make(self) -> None:
        try:
            path = self._make_it(lambda line: self.app.call_from_thread(self._tell, line))
        except QualError as error:
            self.app.call_from_thread(self._fail, error.message, error.hint)
        except Exception as error:  # noqa: BLE001 - a thread that dies silently would leave a dead screen
            log = log_error(error, f"make {self._doing}")
            self.app.call_from_thread(self._fail, "That did not work.", f"Details in {log}")
        else:
            self.app.call_from_thread(self.dismiss, path)

    def _tell(self, line: str) -> None:
        self._show([[(f" {line}", PLAIN)]])

    def _fail(self, message: str, hint: str) -> None:
        self._failed = True
        cells = max(self.size.width - 2, 8)
        rows = [*wrapped(message, cells, 4, BOLD), *wrapped(hint, cells, 4)]
        self._show([[], *([(" ", PLAIN), *row] for row in rows), [], [(" Esc back", PLAIN)]])

    def _show(self, rows: list[Row]) -> None:
        self._lines = [*self._lines, *rows][-max(self.size.height, 1) :]
        self.query_one(Rows).show(*self._lines)

    def action_back(self) -> None:
        """Go back to the choice, after an error."""
        if self._failed:
            self.dismiss(None)


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
