"""Plain-text pictures of every screen: ``docs/screens`` holds what a real terminal shows.

After a change that was meant, ``QUAL_PICTURES=write python -m pytest`` on this file makes them
anew; then look at each difference.
"""

from __future__ import annotations

import os
import re
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.terminal.driver import ROOT, Terminal
from tui.project.edits.codings import add_codings
from tui.project.edits.readings import show_coders
from tui.project.project import Project
from tui.project.workspace import copy_sample, make_workspace
from tui.store.coders import list_coders
from tui.store.codes import list_codes
from tui.store.documents import list_documents, passage_table

FOLDER = ROOT / "docs" / "screens"
SIZES = ((80, 24), (160, 48))
WRITE = os.environ.get("QUAL_PICTURES") == "write"
_RESTS = (*[0.05] * 10, 0.5, 0.5, 1.0, 0.0)
"""Seconds at rest between looks at a picture; what a clock brings comes within the long ones."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One screen and how to come to it from the text, and back."""

    name: str
    keys: str
    sees: str
    """What is on it for certain once it is there."""
    leave: str = "\x1b"


PICTURES = (
    Picture("workbench", "", "CODES 56"),
    Picture("codings-here", "\r", "codings here"),
    Picture("focused-coding", "o", "focus"),
    Picture("picker", "csib", "Code "),
    Picture("picker-no-match", "cqqqqq", "No code matches"),
    Picture("picker-other-passages", "c\x1bOR", "elsewhere", "\x1bOR\x1b"),
    Picture("leap", "fth", "f th"),
    Picture("in-vivo", "v", "in the words of the text"),
    Picture("keys-after-g", "g", "go to"),
    Picture("keys-after-w", "w", "look at"),
    Picture("refused", ";", "does nothing here"),
    Picture("memo", "m", "Memo on"),
    Picture("search", "smultipolr wrld", "SEARCH"),
    Picture("search-nothing", "sqqqqqqqq", "0 hits"),
    Picture("search-marked", "smultipolr wrld\ta", "4 marked", "\x1b\x1b"),
    Picture("search-preview", "sstate \ta1", "would be made", "\x1b\x1b\x1b"),
    Picture("more-like", "twl", "1 of ", "\x1b\x1b"),
    Picture("code-tree", "t", "with its branch"),
    Picture("new-code", "tn", "New code", "\x1b\x1b"),
    Picture("comparison", "tv", "CODES 56", "v\x1b\x1b"),
    Picture("recode-all", "t/national inter\rrfair share\r", "y yes", "\x1b\x1b\x1b"),
    Picture("segments", "ws", "SEGMENTS"),
    Picture("documents", "d", "DOCUMENTS"),
    Picture("codebook", "wc", "CODEBOOK"),
    Picture("matrix", "wm", "CODE x DOCUMENT"),
    Picture("co-occurrence", "wo", "CO-OCCURRENCE"),
    Picture("clusters", "wt", "CLUSTERS"),
    Picture("agreement", "wicc", "hana vs piet"),
    Picture("project", "wp", "PROJECT"),
    Picture("help", "?", "HELP"),
    Picture("help-of-the-tree", "t?", "HELP", "\x1b\x1b"),
    Picture("palette", ":", "Every command"),
    Picture("change-keys", ":keys: change\r", "KEYS"),
    Picture("practice", "\x1bOR", "Practice", "\x1b\x1b"),
)
"""Every screen that can be reached from the text of the shipped study."""


def masked(screen: str, folder: Path) -> str:
    """Return a screen with what depends on day, hour and machine made the same everywhere."""
    screen = screen.replace(str(folder), "~")
    screen = screen.replace(time.strftime("%Y-%m-%d", time.gmtime()), "2026-01-02")
    screen = re.sub(r"\b\d\d:\d\d\b", "10:31", screen)
    return "\n".join(line.rstrip() for line in screen.split("\n")).rstrip("\n") + "\n"


def wait_until_drawn(terminal: Terminal, folder: Path, wanted: str) -> str:
    """Return the screen once it is as it should be, or as it is when it has come to rest so."""
    for rest in _RESTS:
        if (shown := masked(terminal.text(), folder)) == wanted:
            break
        terminal.rest(rest)
    return shown


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give the shipped study with its two coders' codings shown."""
    folder = tmp_path_factory.mktemp("pictures") / "six-concepts"
    copy_sample(str(folder))
    path = make_workspace(str(folder), "kim", say=lambda line: None)
    with Project(path, "kim") as project:
        others = [coder.name for coder in list_coders(project.db) if coder.name != "kim"]
        show_coders(project, others)
        documents = list_documents(project.db)
        codes = {code.key: code.id for code in list_codes(project.db)}
        for document in documents[:3]:
            for number, (_, start, end) in enumerate(passage_table(project.db, document.id)):
                if number in (2, 6, 7):
                    keys = ["R1-1-1", "R2-2-3"] if number == 6 else ["R1-1-1"]
                    add_codings(project, document.id, start, end, [codes[key] for key in keys])
    return path


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_every_screen_is_as_its_picture(
    study: str, start: ExitStack, tmp_path: Path, size: tuple[int, int]
) -> None:
    folder = Path(study).parent
    environment = {
        # The study's path is then as short on the screen on every machine.
        "HOME": str(folder),
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "COLORFGBG": "15;0",
    }
    columns, lines = size
    (tmp_path / "state" / "qual").mkdir(parents=True)
    (tmp_path / "state" / "qual" / "seen-first-steps").touch()
    terminal = start.enter_context(
        Terminal(
            ["-p", study, "--coder", "kim"],
            tmp_path,
            columns=columns,
            lines=lines,
            env=environment,
        )
    )
    terminal.wait_for("CODES 56")
    # A place with several codings, reached as a reader does; seen again by every picture.
    terminal.press("gg" + "gc" * 3)
    terminal.rest()
    differing = []
    for picture in PICTURES:
        terminal.press(picture.keys)
        terminal.wait_for(picture.sees)
        path = FOLDER / f"{picture.name}-{columns}x{lines}.txt"
        if WRITE:
            path.write_text(masked(terminal.settle(1.0), folder), encoding="utf-8")
        else:
            wanted = path.read_text(encoding="utf-8")
            # Numbers that a thread counts come when they come.
            shown = wait_until_drawn(terminal, folder, wanted)
            if shown != wanted:
                differing.append(f"{path.name} is now:\n{shown}")
        terminal.press(picture.leave)
        terminal.rest()
    assert not differing, "\n".join(differing)


def test_no_picture_is_left_of_a_screen_that_is_gone() -> None:
    names = {f"{picture.name}-{w}x{h}.txt" for picture in PICTURES for w, h in SIZES}
    assert {path.name for path in FOLDER.iterdir()} == names
