"""Presses that count, in a real terminal: a coding grown by a word, one key per sentence."""

from __future__ import annotations

from pathlib import Path

from tests.terminal.driver import Terminal
from tests.tiny import make_tiny
from tui.project.project import Project
from tui.store.codings import list_codings


def spans(path: str) -> list[tuple[int, int]]:
    """Return where ann's codings lie, as another process sees them."""
    with Project(path, "ann") as project:
        own = list_codings(project.db, coder_ids=[project.coder_id])
        return sorted((coding.start, coding.end) for coding in own)


def test_a_coding_grows_by_o_l_enter_and_sentences_take_one_key_each(tmp_path: Path) -> None:
    path = make_tiny(tmp_path / "tiny.qual")
    environment = {"HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path / "state")}
    with Terminal(["-p", path, "--coder", "ann"], tmp_path, env=environment) as terminal:
        terminal.wait_for("sentence 1 of 2")
        terminal.press("cpay\r")
        terminal.wait_for("+ C1-1 Pay on 5 words")
        terminal.press("oL\r")
        terminal.wait_for("Edges moved · 6 words · C1-1 Pay")
        assert spans(path) == [(0, 31)]
        terminal.press("jA")
        terminal.wait_for("advance on")
        terminal.press("...")
        terminal.wait_for("4 segments")
        assert len(spans(path)) == 4
        assert spans(path)[1] == (25, 52)
        terminal.press("Aqq")
        assert terminal.wait_for_end() == 0
