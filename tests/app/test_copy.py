"""Copying with y: quote and citation, through the terminal and into a file."""

from __future__ import annotations

import base64
import os
import re
from pathlib import Path

import pytest

from tests.app.bench import bench_of, on_screen
from tests.terminal.driver import Terminal
from tests.tiny import draft
from tui.app.actions.copy import citation, quotation
from tui.app.screens.clipboard import told
from tui.app.work import keep_copy
from tui.project.edits.codings import add_codings
from tui.project.edits.documents import import_document
from tui.project.project import Project

OSC52 = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07")


def test_a_quotation_names_its_place_and_codes_and_lets_no_control_out() -> None:
    hostile = "a\x1b]52;c;AAAA\x07b\tc\n\nd\u202ee\x9b31m"
    text = quotation(hostile, citation("x\x1b[2Jy\nz", (3, 4), (7, 29), ["C1 a\x07b"]))
    quote, source = text.rstrip("\n").rsplit("\n", 1)
    assert quote == "a␛]52;c;AAAA␇b c\n\nd\ufffde\ufffd31m"
    assert source == "— x␛[2Jy z ¶3-4, 7:29 · C1 a␇b"


@pytest.mark.parametrize(
    ("env", "hint"),
    [
        ({"TERM": "xterm"}, "if your terminal allows it"),
        ({"TMUX": "/tmp/x,1,0"}, "tmux needs set-clipboard on"),
        ({"TERM": "screen-256color"}, "tmux needs set-clipboard on"),
        ({"STY": "1.x"}, "screen lets none through"),
        ({"TERM_PROGRAM": "Apple_Terminal"}, "Terminal.app takes none"),
    ],
)
def test_the_notice_says_what_the_terminal_must_allow(env: dict[str, str], hint: str) -> None:
    wide = told(212, True, "", env, 300)
    assert wide.startswith("Copied 212 characters through the terminal; also in ~")
    assert wide.endswith(f"/last-copy.txt   {hint}")
    for cells in (90, 82):
        said = told(1_234_567, True, "", env, cells)
        assert said.startswith("Copied 1,234,567 characters") and said.endswith(hint)
    assert len(told(212, True, "", env, 78)) <= 78
    assert told(212, True, "", env, 38) == "Copied 212 characters, …/last-copy.txt"


def test_the_notice_says_what_did_not_go(empty_home: Path) -> None:
    assert told(1, True, "No space left on device", {}, 78) == (
        "Copied 1 character through the terminal; no file: No space left on device"
    )
    assert told(9_000_000, False, "", {}, 78).endswith("last-copy.txt, not to the terminal")


def test_the_copy_is_private_and_whole(empty_home: Path) -> None:
    path = keep_copy("é\n")
    assert Path(path).read_bytes() == "é\n".encode() and os.stat(path).st_mode & 0o777 == 0o600
    keep_copy("second")
    assert Path(path).read_text() == "second" and os.listdir(os.path.dirname(path)) == [
        "last-copy.txt"
    ]


@on_screen
async def test_y_copies_and_what_cannot_be_written_is_said(project: Project) -> None:
    async with bench_of(project) as bench:
        await bench.press("y")
        assert "Copied 24 characters; also in …/last-copy.txt" in bench.text()
        folder = Path(os.environ["XDG_STATE_HOME"]) / "qual"
        copied = (folder / "last-copy.txt").read_text()
        assert copied == "The mill opened in 1911.\n— letter ¶1, 0:24\n"
        (folder / "last-copy.txt").unlink()
        (folder / "last-copy.txt").mkdir()
        await bench.press("j", "y")
        assert "through the terminal; no file:" in bench.text()
        assert sorted(each.name for each in folder.iterdir() if "copy" in each.name) == [
            "last-copy.txt"
        ]


@on_screen
async def test_a_long_quote_goes_to_the_file_while_keys_go_on(project: Project) -> None:
    import_document(project, draft("big", "\n\n".join(f"Line {n}." for n in range(12_000))))
    async with bench_of(project) as bench:
        bench.screen.desk.open_document(3)
        await bench.press("=", "=", "=", "y")
        await bench.until(lambda: "last-copy.txt, not to the terminal" in bench.text())
        copied = (Path(os.environ["XDG_STATE_HOME"]) / "qual" / "last-copy.txt").read_text()
        assert copied.startswith("Line 0.\n\nLine 1.") and "Line 11999.\n— big ¶1-12000" in copied


def test_one_sequence_reaches_the_terminal_and_the_screen_stays_as_it_is(
    tiny: str, tmp_path: Path
) -> None:
    with Project(tiny, "ann") as project:
        import_document(project, draft("big", "word " * 30_000))
        add_codings(project, 1, 0, 24, [2])
    with Terminal(["-p", tiny, "--coder", "ann"], tmp_path, env={"TMUX": "x"}) as terminal:
        terminal.wait_for("sentence 1 of 2")
        before = terminal.settle().splitlines()
        terminal.press("y")
        terminal.wait_for("tmux needs set-clipboard on")
        (sent,) = OSC52.findall(terminal.output)
        assert base64.b64decode(sent).decode() == (
            "The mill opened in 1911.\n— letter ¶1, 0:24 · C1-1 Pay\n"
        )
        assert terminal.text().splitlines()[:18] == before[:18]
        terminal.press("d")
        terminal.wait_for("Enter open")
        terminal.press("\x1b[B\x1b[B\r")
        terminal.wait_for("▌big")
        terminal.press("y")
        terminal.wait_for("last-copy.txt, not to the terminal")
        assert len(OSC52.findall(terminal.output)) == 1
        terminal.press("qq")
        assert terminal.wait_for_end() == 0
