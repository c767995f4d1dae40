"""The commands on a real terminal: tables, headings, bold words, questions, progress."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.hostile.conftest import environment
from tests.hostile.stream import foreign_sequences, run_on_terminal
from tests.hostile.study import CODER, SHOWN, Hostile
from tests.hostile.test_hostile_commands import CASE, CHILD, DOC, KEY, WORSE
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
    env = environment(empty_home, TERM="xterm-256color", QUAL_CODER=CODER)
    code, sent = run_on_terminal(RUN, [json.dumps(lines)], cwd=hostile.folder, env=env)
    assert code == 0, sent[-2000:]
    assert foreign_sequences(sent, ANSWERED) == []
    text = sent.decode()
    assert "[y/N]" in text and "Importing 3/7" in text
    assert make_line(KEY) in text and "[red]" in text and "[/x]" in text
    assert text.count("\n--") >= len(LINES) - 1
