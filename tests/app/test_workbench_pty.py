"""The app on a real terminal: bursts of keys, a signal, what reaches the screen."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from tests.app.started import Started
from tests.conftest import RunPython
from tui.app.screens.memo.drafts import left_drafts
from tui.store.reader import open_reader


def test_a_burst_is_read_key_by_key_on_any_layout_without_colours_at_the_real_size(
    tiny: str, start_app: Started
) -> None:
    terminal = start_app(tiny, 100, 30, NO_COLOR="1", COLUMNS="50", LINES="10")
    assert "Esc puts these lines away" in terminal.screen.display[29], "exported sizes hold"
    terminal.press("о")  # j on a Russian keyboard
    terminal.wait_for("sentence 2 of 2")
    terminal.press("\x1b7")  # some terminals send Alt+7 like this, and quick hands Esc, 7
    terminal.wait_for("Slot 7 is empty")
    terminal.press("kcweather\rj.gu")
    terminal.wait_for("sentence 1 of 1")
    db = open_reader(tiny)
    rows = db.execute("SELECT start FROM codings WHERE coder_id <> 1 ORDER BY id").fetchall()
    assert rows == [(0,), (25,)]
    db.close()
    cells = [cell for row in terminal.screen.buffer.values() for cell in row.values()]
    assert {(cell.fg, cell.bg) for cell in cells} == {("default", "default")}
    assert any(cell.reverse for cell in cells)
    terminal.press("qq")
    assert terminal.wait_for_end() == 0
    assert terminal.is_set_as_before() and terminal.is_restored()
    assert not os.path.exists(f"{tiny}-wal")


def test_a_signal_keeps_what_is_being_written_and_restores_the_terminal(
    tiny: str, start_app: Started, empty_home: Path
) -> None:
    terminal = start_app(tiny)
    terminal.press("m")
    terminal.wait_for("What do you notice?")
    terminal.press("half a thought")
    terminal.wait_for("half a thought")
    terminal.kill(signal.SIGHUP)
    assert terminal.wait_for_end() == 129
    assert b"\x1b[?1049l" in terminal.output
    folder = empty_home / "state" / "qual" / "drafts"
    drafts = [each for each in folder.iterdir() if each.suffix != ".about"]
    assert [draft.read_text() for draft in drafts] == ["half a thought"]
    key = f"{tiny}:ann:"
    assert [left.key.startswith(key) for left in left_drafts(key)] == [True]


def test_without_a_terminal_it_says_so(tiny: str, run_python: RunPython) -> None:
    code = (
        "import sys; from tui.app.app import run_app\n"
        "from tui.errors import QualError\n"
        "try: run_app(sys.argv[1], 'ann')\n"
        "except QualError as error: sys.exit(error.message)"
    )
    done = run_python(code, tiny)
    assert "needs a terminal" in done.stderr and "Traceback" not in done.stderr
