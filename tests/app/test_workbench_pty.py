"""The app on a real terminal: signals, a lost line, what reaches the screen."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.app.started import Started
from tui.app.screens.drafts import left_drafts
from tui.store.reader import open_reader


def test_q_q_leaves_the_terminal_as_it_was(tiny: str, start_app: Started) -> None:
    terminal = start_app(tiny)
    terminal.press("qq")
    assert terminal.wait_for_end() == 0
    assert terminal.is_set_as_before() and terminal.is_restored()
    assert not os.path.exists(f"{tiny}-wal")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_keeps_what_is_being_written_and_restores_the_terminal(
    tiny: str, start_app: Started, empty_home: Path, number: int, code: int
) -> None:
    terminal = start_app(tiny)
    terminal.press("m")
    terminal.wait_for("What do you notice?")
    terminal.press("half a thought")
    terminal.wait_for("half a thought")
    terminal.kill(number)
    assert terminal.wait_for_end() == code
    assert b"\x1b[?1049l" in terminal.output
    folder = empty_home / "state" / "qual" / "drafts"
    drafts = [each for each in folder.iterdir() if each.suffix != ".about"]
    assert [draft.read_text() for draft in drafts] == ["half a thought"]
    key = f"{tiny}:ann:"
    assert [left.key.startswith(key) for left in left_drafts(key)] == [True]


def test_a_lost_line_ends_the_program_and_loses_nothing(tiny: str, start_app: Started) -> None:
    terminal = start_app(tiny)
    terminal.press("cpay\r")
    terminal.wait_for("+ C1-1 Pay on 5 words")
    terminal.hang_up()
    terminal.wait_for_end()
    db = open_reader(tiny)
    assert db.execute("SELECT count(*) FROM codings").fetchone() == (4,)
    db.close()


def test_a_burst_of_keys_is_read_one_after_the_other(tiny: str, start_app: Started) -> None:
    terminal = start_app(tiny)
    terminal.press("cweather\rj.gu")
    terminal.wait_for("sentence 1 of 1")
    db = open_reader(tiny)
    rows = db.execute("SELECT start FROM codings WHERE coder_id <> 1 ORDER BY id").fetchall()
    assert rows == [(0,), (25,)]
    db.close()
    terminal.press("qq")
    assert terminal.wait_for_end() == 0


def test_letters_of_another_layout_and_escape_with_a_digit_do_what_was_meant(
    tiny: str, start_app: Started
) -> None:
    terminal = start_app(tiny)
    terminal.press("о")  # j on a Russian keyboard
    terminal.wait_for("sentence 2 of 2")
    terminal.press("\x1b7")  # some terminals send Alt+7 like this, and quick hands Esc, 7
    terminal.wait_for("Slot 7 is empty")


def test_exported_sizes_do_not_freeze_the_screen(tiny: str, start_app: Started) -> None:
    terminal = start_app(tiny, 100, 30, COLUMNS="50", LINES="10")
    assert "Esc puts these lines away" in terminal.screen.display[29]


def test_without_colours_nothing_is_coloured(tiny: str, start_app: Started) -> None:
    terminal = start_app(tiny, NO_COLOR="1")
    terminal.press("cpay\r")
    terminal.wait_for("+ C1-1 Pay on 5 words")
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
