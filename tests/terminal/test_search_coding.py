"""From a half-remembered word to coded passages, in a real terminal."""

from __future__ import annotations

from pathlib import Path

from tests.terminal.driver import Terminal
from tests.tiny import make_tiny
from tui.project.project import Project
from tui.store.codings import list_codings
from tui.store.searches import list_searches


def test_hits_are_marked_coded_and_taken_back_and_the_search_is_kept(tmp_path: Path) -> None:
    path = make_tiny(tmp_path / "tiny.qual")
    environment = {"HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path / "state")}
    with Project(path, "ann") as project:
        before = len(list_codings(project.db, coder_ids=[project.coder_id]))
    with Terminal(["-p", path, "--coder", "ann"], tmp_path, env=environment) as terminal:
        terminal.wait_for("sentence 1 of 2")
        terminal.press("s")
        terminal.wait_for("Words in any order")
        terminal.press("raind")
        terminal.wait_for("2 hits")
        terminal.press("\x1bOQwet\r")
        terminal.wait_for("Saved as @wet")
        # Typed ahead: what the list is to do waits for its hits.
        terminal.press("\x7fd\tacweather\r")
        terminal.wait_for("+ 2 C2 Weather")
        terminal.press("z")
        terminal.wait_for("Undone: + 2 codings C2 Weather")
        terminal.press("Z")
        terminal.wait_for("Redone")
        terminal.press("\x1b")
        terminal.wait_for("sentence 1 of 2")
        terminal.press("qq")
        assert terminal.wait_for_end() == 0
    with Project(path, "ann") as project:
        assert len(list_codings(project.db, coder_ids=[project.coder_id])) == before + 2
        assert [row[1:3] for row in list_searches(project.db)] == [("wet", "raind*")]
