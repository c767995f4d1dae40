"""The commands on a real terminal: tables, headings, bold words, questions, progress."""

from __future__ import annotations

import base64
import json
import os
import re
from pathlib import Path

import pytest

from tests.hostile.conftest import environment
from tests.hostile.stream import foreign_sequences, run_on_terminal
from tests.hostile.study import CODER, ESCAPES, FOLDER, SHOWN, Hostile, assert_inert
from tests.hostile.test_hostile_commands import CASE, CHILD, DOC, KEY, WORSE
from tests.terminal.driver import Terminal
from tui.app.driver import ASK_BACKGROUND
from tui.app.screens.workbench.first_steps import SEEN
from tui.app.work import LAST_COPY, remember_seen, state_folder
from tui.text.safe import make_line

RUN = """
import json, sys
from tui.cli.main import main
from tui.cli.commands import search
for line in json.loads(sys.argv[1]):
    code = search.run(line[1:]) if line[:1] == ["search"] else main(line)
    assert code in (0, 1, 2), line
    print("--", code, flush=True)
"""
ANSWERED = re.compile("\x1b\\[[0-9;]*[mK]")
"""Pens, and the erasing of the line that shows progress."""

LINES = (
    ("codes",),
    ("docs",),
    ("show", DOC),
    ("show", "talk\u202e", "0:40"),
    ("codings", "--doc", DOC),
    ("memo",),
    ("attr",),
    ("case",),
    ("relate",),
    ("count",),
    ("matrix",),
    ("matrix", "--by", "case"),
    ("cluster", "--min", "1", "--show", "tree"),
    ("report", "tables", "--format", "table"),
    ("coders",),
    ("log", "-n", "0"),
    ("check",),
    ("doctor",),
    ("config",),
    ("search", "words"),
    ("search", "words", "-C", "1", "--kwic"),
    ("search", "owned", "--color", "always"),
    ("search", "in:memos", "memo"),
    ("search", "in:codes", "owned"),
    ("search", "-e", r"\x1b."),
    ("search", f'code:"{WORSE}"'),
    ("search", f"x {WORSE}("),
    ("code", DOC, "0:9", KEY),
    ("memo", "add", WORSE),
    ("attr", "set", f"{WORSE}={WORSE}", "--doc", DOC),
    ("undo",),
    ("redo",),
    ("codes", "delete", CHILD),
    ("docs", "delete", DOC),
    ("case", "delete", CASE),
    ("coders", "hide", SHOWN),
)


def test_on_a_terminal_only_pens_of_the_program_act(hostile: Hostile, empty_home: Path) -> None:
    lines = [["-p", hostile.path, *line] for line in LINES if line[0] != "search"]
    lines += [[line[0], "-p", hostile.path, *line[1:]] for line in LINES if line[0] == "search"]
    lines += [["-p", hostile.path, "import", hostile.sources]]
    env = environment(empty_home, TERM="xterm-256color", QUAL_CODER=CODER, QUAL_PAGER="")
    code, sent = run_on_terminal(RUN, [json.dumps(lines)], cwd=hostile.folder, env=env)
    assert code == 0, sent[-2000:]
    assert foreign_sequences(sent, ANSWERED) == []
    text = sent.decode()
    assert "[y/N]" in text and "Importing 3/7" in text
    assert make_line(KEY) in text and "[red]" in text and "[/x]" in text
    assert text.count("\n--") >= len(LINES) - 1


PASTE = b"\x1b[200~" + WORSE.encode() + b"\x1b]0;owned\x07 [red] \x1b[31m=cmd()\x1b[201~"
"""A paste, as a terminal brackets it that lets everything through."""


def copied() -> str:
    """Return the sequence that offers the last copy to the clipboard, which itself is inert."""
    text = Path(state_folder(), LAST_COPY).read_bytes()
    assert_inert(text, "what was copied")
    return f"\x1b]52;c;{base64.b64encode(text).decode()}\x07"


@pytest.mark.parametrize(("columns", "lines", "repaint"), [(80, 24, ""), (110, 30, "1")])
def test_the_screen_in_a_real_terminal_sends_only_its_own_sequences(
    hostile: Hostile, empty_home: Path, columns: int, lines: int, repaint: str
) -> None:
    remember_seen(SEEN)
    env = {"QUAL_CODER": CODER, "TMUX": ESCAPES["title"], "QUAL_FULL_REPAINT": repaint}
    with Terminal([], hostile.folder, columns=columns, lines=lines, env=env) as shown:
        shown.wait_for(lambda text: "CODES" in text and "sentence" in text)
        for keys, wanted in (
            ("jjlL", "word"),
            ("1", "+ "),
            ("z", "Undone"),
            ("c", "word"),
            (PASTE, "No code matches"),
            ("\x1b", "here:"),
            ("s", "SEARCH"),
            (PASTE, "owned"),
            ("\x15words", "1 of "),
            ("\x1b", "here:"),
            ("d", "DOCUMENTS"),
            ("\x1b[B\x1b[B\x1b[B\x1b[B\x1b[B\r", "here:"),
            ("a", "Memo on"),
            (PASTE, "owned"),
            ("\x1b", "Memo saved"),
            ("t", "CODES"),
            ("N", "name"),
            (PASTE, "owned"),
            ("\r", "New code"),
            ("?", "HELP"),
            ("\x1b", "CODES"),
            (":", "Every command"),
            (PASTE, "No command"),
            ("\x1b", "CODES"),
            ("\x1b", "here:"),
            ("y", "Copied"),
            ("q", "q again"),
        ):
            if isinstance(keys, bytes):
                os.write(shown._master, keys)
            else:
                shown.press(keys)
            shown.wait_for(wanted)
            shown.settle(0.1)  # what is wanted may have stood there before the keys
        shown.press("q")
        assert shown.wait_for_end() == 0
        assert foreign_sequences(shown.output, once=[ASK_BACKGROUND, copied()]) == []
        assert shown.is_restored()
    assert b"[red]" in shown.output


def test_a_first_run_in_a_hostile_folder_sends_only_its_own_sequences(
    tmp_path: Path, empty_home: Path
) -> None:
    folder = tmp_path / FOLDER
    (folder / "corpus").mkdir(parents=True)
    (folder / "corpus" / "\x1b[31m=a[x]\u202e.txt").write_text("Words.\n", encoding="utf-8")
    with Terminal([], folder, env={"QUAL_CODER": CODER}) as shown:
        shown.wait_for(lambda text: "CODES" in text and "sentence" in text)
        shown.press("qq")
        assert shown.wait_for_end() == 0
        assert foreign_sequences(shown.output, once=[ASK_BACKGROUND]) == []


def test_two_hostile_projects_are_asked_about_without_obeying_them(
    hostile: Hostile, empty_home: Path
) -> None:
    (Path(hostile.folder) / "\x1b]0;owned\x07\n\u202e.qual").write_text("")
    with Terminal([], hostile.folder, env={"QUAL_CODER": CODER}) as shown:
        shown.wait_for("Which one?")
        shown.press("7\r")
        assert shown.wait_for_end() == 1
        assert foreign_sequences(shown.output) == []
