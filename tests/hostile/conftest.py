"""Commands run on the hostile study with real standard output and standard error."""

from __future__ import annotations

import io
import json
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.hostile.study import CODER, ESCAPES, FAKE, Hostile, assert_inert, make_hostile
from tests.tiny import memory_folder
from tui.cli.commands import search
from tui.cli.main import main


@dataclass(frozen=True)
class Answer:
    """What a command answered, proven to be inert."""

    code: int
    out: str
    err: str

    @property
    def records(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


Qual = Callable[..., Answer]


@pytest.fixture
def hostile() -> Iterator[Hostile]:
    """Give a copy of the hostile study."""
    with tempfile.TemporaryDirectory(prefix="hostile-", dir=memory_folder()) as folder:
        yield make_hostile(Path(folder))


@pytest.fixture
def qual(
    hostile: Hostile, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Qual:
    """Give a function that runs one command line in the folder of the hostile study.

    Every answer is inert, no traceback, and has an exit code that means something.
    """
    monkeypatch.chdir(hostile.folder)
    monkeypatch.setenv("QUAL_CODER", CODER)
    for name in ("TMUX", "STY", "SSH_CONNECTION", "TERM", "TERM_PROGRAM", "COLORTERM"):
        monkeypatch.setenv(name, f"{ESCAPES['title']}{name}\x9b31m\u202e")

    def run(*words: str, stdin: str = "", traced: bool = False) -> Answer:
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        capfdbinary.readouterr()
        if words[:1] == ("search",):
            code = search.run(list(words[1:]))
            signal.setitimer(signal.ITIMER_REAL, 0)  # the process would have ended here
            sys.stdout.flush()
        else:
            code = main(words)
        return answered(code, *capfdbinary.readouterr(), words, traced=traced)

    return run


def answered(code: int, out: bytes, err: bytes, what: object, *, traced: bool = False) -> Answer:
    """Return an answer after proving that nothing in it acts on a terminal."""
    answer = Answer(code, assert_inert(out, what), assert_inert(err, what))
    assert code in (0, 1, 2), what
    if traced:
        return answer
    assert "Traceback" not in answer.err, answer.err
    assert "qual: unexpected" not in answer.err, answer.err
    assert not any(line.startswith(FAKE) for line in answer.err.splitlines()), answer.err
    if code == 2:
        assert any(line.startswith("qual: ") for line in answer.err.splitlines()), answer.err
    return answer


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return the environment for a process that runs the program from this checkout."""
    root = str(Path(__file__).resolve().parent.parent.parent)
    return {**os.environ, "PYTHONPATH": root, "HOME": str(home), **more}
