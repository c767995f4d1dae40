"""Keys of the settings when the program starts: what is wrong is said, and nobody is locked out."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path

from tests.terminal.driver import Terminal
from tests.tiny import make_tiny
from tui.app.work import remember_seen
from tui.config import config_path


def test_a_bad_key_line_is_told_at_the_start_and_the_rest_works(tmp_path: Path) -> None:
    config = Path(config_path(os.environ))
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text(
        '[keys]\n"code.remove" = "ctrl+h"\n"pane.codes" = "Y"\n\n[keyboard]\nlayout = "azerty"\n',
        encoding="utf-8",
    )
    for seen in ("first-steps", "first-steps-1"):
        remember_seen(seen)
    (tmp_path / "study").mkdir()
    path = make_tiny(tmp_path / "study" / "tiny.qual")
    with ExitStack() as stack:
        arguments = ["-p", path, "--coder", "zoe"]
        terminal = stack.enter_context(Terminal(arguments, tmp_path))
        shown = terminal.wait_for("cannot be told from Backspace")
        assert "config.toml line 2" in shown and "code.remove keeps 'u'" in shown
        terminal.press("j")
        terminal.press("&")  # 1 on this layout
        terminal.wait_for("Slot 1 is empty")
        terminal.press("Y")
        terminal.wait_for("▌CODES")
        terminal.press("q")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
