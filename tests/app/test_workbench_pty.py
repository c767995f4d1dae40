"""The app on a real terminal: signals, a lost line, what reaches the screen."""

from __future__ import annotations

import fcntl
import os
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pyte
import pytest

from tui.app.screens.drafts import left_drafts
from tui.store.reader import open_reader

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = "import sys; from tui.app.app import run_app; sys.exit(run_app(sys.argv[1], 'ann'))"


class Terminal:
    """A program on a terminal of its own, and what that terminal shows."""

    def __init__(self, project: str, columns: int = 80, rows: int = 24, **env: str) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.sent = b""
        self.pid, self.fd = os.forkpty()
        if self.pid == 0:
            os.chdir(ROOT)
            os.environ.update(TERM="xterm-256color", PYTHONPATH=str(ROOT), **env)
            os.execv(sys.executable, [sys.executable, "-c", PROGRAM, project])
        size = struct.pack("HHHH", rows, columns, 0, 0)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, size)

    def text(self) -> str:
        """Return what the terminal shows."""
        return "\n".join(self.screen.display)

    def read(self, seconds: float) -> bool:
        """Take in what comes within some time; tell whether anything came."""
        if not select.select([self.fd], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self.fd, 65536)
        except OSError:
            return False
        self.sent += data
        # The emulator does not know the kitty keyboard's and other private sequences.
        self._stream.feed(data.replace(b"\x1b[>25u", b"").replace(b"\x1b[<u", b""))
        return bool(data)

    def until(self, wanted: str) -> None:
        """Wait until the terminal shows something."""
        end = time.monotonic() + 60
        while wanted not in self.text():
            assert time.monotonic() < end, f"no {wanted!r} in\n{self.text()}"
            self.read(0.2)

    def settle(self) -> None:
        """Wait until nothing more comes for a while."""
        while self.read(0.4):
            pass

    def type(self, keys: str) -> None:
        """Type keys."""
        os.write(self.fd, keys.encode())

    def ended(self) -> int:
        """Wait until the program has ended; return its exit code, -signal when one killed it."""
        end = time.monotonic() + 30
        while time.monotonic() < end:
            self.read(0.05)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.pid = 0
                return os.waitstatus_to_exitcode(status)
        raise AssertionError("the program goes on")

    def close(self) -> None:
        """End the program, whatever it does."""
        if self.fd >= 0:
            os.close(self.fd)
            self.fd = -1
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)


@pytest.fixture
def terminals() -> Iterator[list[Terminal]]:
    """Give a list of terminals that are closed at the end."""
    opened: list[Terminal] = []
    yield opened
    for terminal in opened:
        terminal.close()


def test_q_q_leaves_the_terminal_as_it_was(tiny: str, terminals: list[Terminal]) -> None:
    terminal = Terminal(tiny)
    terminals.append(terminal)
    before = termios.tcgetattr(terminal.fd)
    terminal.until("sentence 1 of 2")
    terminal.type("qq")
    assert terminal.ended() == 0
    assert termios.tcgetattr(terminal.fd)[:4] == before[:4]
    assert b"\x1b[?1049l" in terminal.sent
    assert not os.path.exists(f"{tiny}-wal")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_keeps_what_is_being_written_and_restores_the_terminal(
    tiny: str, terminals: list[Terminal], empty_home: Path, number: int, code: int
) -> None:
    terminal = Terminal(tiny)
    terminals.append(terminal)
    terminal.until("sentence 1 of 2")
    terminal.type("m")
    terminal.until("What do you notice?")
    terminal.type("half a thought")
    terminal.until("half a thought")
    os.kill(terminal.pid, number)
    assert terminal.ended() == code
    assert b"\x1b[?1049l" in terminal.sent
    folder = empty_home / "state" / "qual" / "drafts"
    drafts = [each for each in folder.iterdir() if each.suffix != ".about"]
    assert [draft.read_text() for draft in drafts] == ["half a thought"]
    key = f"{tiny}:ann:"
    assert [left.key.startswith(key) for left in left_drafts(key)] == [True]


def test_a_lost_line_ends_the_program_and_loses_nothing(
    tiny: str, terminals: list[Terminal]
) -> None:
    terminal = Terminal(tiny)
    terminals.append(terminal)
    terminal.until("sentence 1 of 2")
    terminal.type("cpay\r")
    terminal.until("+ C1-1 Pay on 5 words")
    os.close(terminal.fd)
    terminal.fd = -1
    end = time.monotonic() + 30
    while os.waitpid(terminal.pid, os.WNOHANG)[0] == 0:
        assert time.monotonic() < end, "an orphan"
        time.sleep(0.05)
    terminal.pid = 0
    db = open_reader(tiny)
    assert db.execute("SELECT count(*) FROM codings").fetchone() == (4,)
    db.close()


def test_a_burst_of_keys_is_read_one_after_the_other(tiny: str, terminals: list[Terminal]) -> None:
    terminal = Terminal(tiny)
    terminals.append(terminal)
    terminal.until("sentence 1 of 2")
    terminal.type("cweather\rj.gu")
    terminal.until("sentence 1 of 1")
    db = open_reader(tiny)
    rows = db.execute("SELECT start FROM codings WHERE coder_id <> 1 ORDER BY id").fetchall()
    assert rows == [(0,), (25,)]
    db.close()
    terminal.type("qq")
    assert terminal.ended() == 0


def test_letters_of_another_layout_and_escape_with_a_digit_do_what_was_meant(
    tiny: str, terminals: list[Terminal]
) -> None:
    terminal = Terminal(tiny)
    terminals.append(terminal)
    terminal.until("sentence 1 of 2")
    terminal.type("о")  # j on a Russian keyboard
    terminal.until("sentence 2 of 2")
    terminal.type("\x1b7")  # some terminals send Alt+7 like this, and quick hands Esc, 7
    terminal.until("Slot 7 is empty")


def test_exported_sizes_do_not_freeze_the_screen(tiny: str, terminals: list[Terminal]) -> None:
    terminal = Terminal(tiny, 100, 30, COLUMNS="50", LINES="10")
    terminals.append(terminal)
    terminal.until("sentence 1 of 2")
    assert "Esc puts these lines away" in terminal.screen.display[29]


def test_without_colours_nothing_is_coloured(tiny: str, terminals: list[Terminal]) -> None:
    terminal = Terminal(tiny, NO_COLOR="1")
    terminals.append(terminal)
    terminal.until("sentence 1 of 2")
    terminal.type("cpay\r")
    terminal.until("+ C1-1 Pay on 5 words")
    cells = [cell for row in terminal.screen.buffer.values() for cell in row.values()]
    assert {(cell.fg, cell.bg) for cell in cells} == {("default", "default")}
    assert any(cell.reverse for cell in cells)


def test_without_a_terminal_it_says_so(tiny: str, run_python: object) -> None:
    from tests.conftest import RunPython

    run: RunPython = run_python  # type: ignore[assignment]
    code = (
        "import sys; from tui.app.app import run_app\n"
        "from tui.errors import QualError\n"
        "try: run_app(sys.argv[1], 'ann')\n"
        "except QualError as error: sys.exit(error.message)"
    )
    done = run(code, tiny)
    assert "needs a terminal" in done.stderr and "Traceback" not in done.stderr
