"""Ten thousand random keys, clicks and resizes: nothing breaks, and all of it can be undone."""

from __future__ import annotations

import random
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tests.terminal.driver import Terminal
from tests.tiny import make_tiny
from tui.errors import QualError
from tui.project.check import canonical_dump, check
from tui.project.edits.codings import add_codings
from tui.project.project import Project
from tui.project.undo import undo
from tui.project.workspace import copy_sample, make_workspace
from tui.store.documents import list_documents
from tui.store.journal import list_changes

KEYS = 5_000
"""Keys of one run; there are two runs."""
_BURST = 20
_RESTS = 10
"""After so many bursts the program comes to rest."""
_BACK = 0.7
"""How often a burst begins by leaving what is open; else one box would eat most keys."""
_SIZES = (*((80, 24), (40, 12), (61, 17)) * 3, (100, 30), (160, 48), (300, 80))
"""Sizes of the window; large ones take long to draw, so they are rare."""
_LETTERS = (
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,;:/?=-+<>!'\"#*()[]{}~@ "
)
_ODD: tuple[str, ...] = (*"é🎈工жאئ¡™\x01\x03\x04\x0b\x0e\x10\x15\x17\x19\x1a", "\x1bOR")
_NAMED = (
    *("\r",) * 6,
    *("\x1b",) * 6,
    *("\t",) * 3,
    *("\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D") * 2,
    *("\x1b[1;2A", "\x1b[1;2B", "\x1b[1;2C", "\x1b[1;2D"),
    *("\x1b[5~", "\x1b[6~", "\x1b[H", "\x1b[F", "\x1b[Z", "\x1b[3~", "\x7f"),
    *("\x1bOP", "\x1bOQ", "\x1b[19~"),
)
_ACTS = (
    *("c*\r", "j.", "J1", "l2", "cw*\r", "=.-") * 3,
    *("u", "oL\r", "r*\r", "m*nd\x1b", "a*\x1b", "i", "V", "v*\r", "oH>\r", "b"),
    *("z", "Z", "gu", "gc", "n", "s*nd\r", "/*t\r", "f*n", "F*r", "d\x1b[B\r", "t\x1b[B\x1b"),
    *("\x1bt\x1b[Bm*\x1b", "tn*q\r\x1b", "t\x1b[Bp4\x1b", "wd\r", "ws", "wm", "wc", "wp", "gm"),
)
"""Whole acts, a star for a letter: single keys alone would seldom get through a box."""
_HOT = "jklhJKLHx=-cccc.uuoorimazzzZnNgwtdsf123456789"


def one_key(choose: random.Random) -> str:
    """Return what a random key, act, paste or click sends."""
    draw = choose.random()
    if draw < 0.45:
        return choose.choice(_HOT)
    if draw < 0.6:
        return choose.choice(_LETTERS)
    if draw < 0.8:
        return choose.choice(_NAMED)
    if draw < 0.82:
        return choose.choice(_ODD)
    if draw < 0.83:
        return "\x1b[200~pasted zz qq\n\x1b[201~"
    if draw < 0.85:
        column, row = choose.randint(1, 100), choose.randint(1, 40)
        return f"\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m"
    return choose.choice(_ACTS).replace("*", choose.choice("aeiost"))


def dump(path: str) -> list[str]:
    """Return the canonical dump of a project."""
    with Project(path, "kim") as project:
        return list(canonical_dump(project.db))


def make_study(folder: Path) -> str:
    """Make the shipped study; return the path of the project."""
    copy_sample(str(folder))
    return make_workspace(str(folder), "zoe", say=lambda line: None)


@pytest.mark.parametrize(
    ("seed", "make"),
    [(1911, lambda folder: make_tiny(folder / "tiny.qual")), (2026, make_study)],
    ids=["tiny", "study"],
)
def test_random_keys_break_nothing_and_all_of_them_can_be_undone(
    tmp_path: Path, seed: int, make: Callable[[Path], str]
) -> None:
    (tmp_path / "work").mkdir()
    path = make(tmp_path / "work")
    with Project(path, "kim") as project:
        add_codings(project, list_documents(project.db)[0].id, 0, 3, [1])
        undo(project)  # kim has joined by this, and nothing else is left of it
    start = dump(path)
    state = tmp_path / "state"
    environment = {
        "XDG_STATE_HOME": str(state),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "HOME": str(tmp_path),
        "EDITOR": "true",
        "QUAL_CODER": "kim",
    }
    choose = random.Random(seed)
    pressed = ""
    terminal = None
    try:
        burst = sent = 0
        while sent < KEYS:
            burst += 1
            if terminal is None:
                terminal = Terminal(["-p", path], tmp_path, env=environment)
                terminal.wait_for("CODES")
                terminal.looks = False
            keys = "\x1b\x1b\x1b" * (choose.random() < _BACK)
            keys += "".join(one_key(choose) for _ in range(_BURST))
            sent += len(keys)
            pressed = (pressed + keys)[-400:]
            with suppress(OSError):  # it may just have left by q q
                terminal.press(keys)
            if burst % 10 == 9:
                terminal.resize(20, 5)  # for a moment too small for anything
                terminal.resize(*choose.choice(_SIZES))
            # Most keys are typed ahead, as by somebody who knows the way.
            if burst % _RESTS:
                terminal.read(0.01)
            else:
                terminal.rest(0.03)
            if not alive(terminal.pid):
                assert terminal.wait_for_end() == 0, (pressed, terminal.text())
                terminal.close()
                terminal = None
            assert not (state / "qual" / "errors.log").exists(), (
                pressed,
                (state / "qual" / "errors.log").read_text(),
            )
        if terminal is not None:
            terminal.rest()
            terminal.kill(signal.SIGTERM)
            code = terminal.wait_for_end()
            # Its last keys may have been q q; then the signal may also find an interpreter that
            # has given its handlers back, with the terminal in order already.
            ends = (0, 128 + signal.SIGTERM, -signal.SIGTERM)
            assert code in ends, (pressed, terminal.output[-800:])
            assert terminal.is_restored()
    finally:
        if terminal is not None:
            terminal.close()
    assert not (state / "qual" / "errors.log").exists(), (state / "qual" / "errors.log").read_text()
    with Project(path, "kim") as project:
        assert {name: wrong for name, wrong in check(project.db) if wrong} == {}
        assert len(list_changes(project.db)) > KEYS // 200, "the keys did something"
        with suppress(QualError):
            while True:
                undo(project)
        assert {name: wrong for name, wrong in check(project.db) if wrong} == {}
    assert dump(path) == start


def alive(pid: int) -> bool:
    """Tell whether a process still runs."""
    with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
        return file.read().rpartition(")")[2].split()[0] != "Z"
