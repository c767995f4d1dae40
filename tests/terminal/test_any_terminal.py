"""Every kind of terminal: what is written to it, byte by byte, and how it is left."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.terminal.driver import PATIENCE, ROOT, Terminal
from tests.terminal.test_terminal_durability import code_as, codings_of
from tests.tiny import LETTER
from tui.app.driver import _LEAVE

_SGR = re.compile(rb"\x1b\[([\d;]*)m")
_SIGNS = re.compile("[\u2190-\u21ff\u2500-\u25ff\u2026\u203a\u00b6\u00b7]")
_BOXES = re.compile("[\u2500-\u259f]")


def colors_in(output: bytes) -> set[int]:
    """Return the colour parameters of all that was written: 30 to 49 and 90 to 107."""
    found: set[int] = set()
    for sequence in _SGR.finditer(output):
        numbers = [int(number or 0) for number in sequence[1].split(b";")]
        found |= {n for n in numbers if (30 <= n <= 48 and n != 39) or 90 <= n <= 107}
    return found


TERMINALS = {
    "a linux console": ({"TERM": "linux"}, "signs"),
    "a vt100": ({"TERM": "vt100", "LANG": "C"}, "ascii colours"),
    "screen": ({"TERM": "screen", "LANG": "POSIX"}, "ascii"),
    "screen with colours": ({"TERM": "screen-256color", "LC_ALL": "C"}, "ascii"),
    "an xterm of the old world": ({"TERM": "xterm", "LANG": "de_DE.ISO-8859-1"}, "latin"),
    "no colours wanted": ({"NO_COLOR": "1", "COLORTERM": "truecolor"}, "colours"),
    "contrast": ({"QUAL_THEME": "contrast", "COLORTERM": "truecolor"}, "colours dim"),
    "tmux": ({"TERM": "tmux-256color", "COLORTERM": "truecolor"}, ""),
    "unicode all the same": ({"TERM": "vt220", "LANG": "", "QUAL_GLYPHS": "unicode"}, "colours"),
}


@pytest.mark.parametrize("name", TERMINALS)
def test_a_terminal_gets_only_what_it_can_show(path: str, start: ExitStack, name: str) -> None:
    env, lacks = TERMINALS[name]
    terminal = start.enter_context(
        Terminal(["-p", path, "--coder", "ann"], os.path.dirname(path), env=env)
    )
    terminal.wait_for("The mill opened")
    code_as(terminal, "Weather")
    terminal.wait_for("+ C2 Weather")
    if "dim" in lacks:  # magnifiers follow the cursor
        terminal.wait_for(lambda _: cursor_at(terminal, "The mill opened"))
    terminal.press("jj?")
    terminal.wait_for("type to filter")
    terminal.press("\x1b")
    terminal.wait_for("cousin")
    terminal.press("qq")
    assert terminal.wait_for_end() == 0
    assert terminal.is_restored(), terminal.left_behind()
    assert terminal.is_cooked()
    output = terminal.output
    if "ascii" in lacks:
        assert max(output) < 0x80
        assert b"????" in output  # four cells of two characters that cannot be shown
    elif "latin" in lacks:
        output.decode("latin-1")
        assert b"\xe2\x80" not in output and b"????" in output
    else:
        text = output.decode("utf-8")
        assert "工资" in text
        assert ("signs" in lacks) == (not _SIGNS.search(text))
    assert ("colours" in lacks) == (not colors_in(output))
    pens = {code for each in _SGR.finditer(output) for code in each[1].split(b";")}
    assert ("dim" in lacks) == (b"2" not in pens)
    is_old = env.get("TERM", "") in ("linux", "vt100", "vt220")
    assert is_old == (re.search(rb"\x1b\[([<>]|\?\d+\$|\?100)", output) is None)
    assert b"\x1b[7m" in output or b";7m" in output  # the selection, in any case


def test_the_background_is_asked_for_and_the_answer_is_no_key(path: str, start: ExitStack) -> None:
    arguments, folder = ["-p", path, "--coder", "ann", "--no-mouse"], os.path.dirname(path)
    terminal = start.enter_context(Terminal(arguments, folder, background="ffff/ffff/eeee"))
    terminal.wait_for("sentence 1 of 2")
    terminal.press("j\x1b]11;rgb:00/00/00\x07j")  # it may come late, and between keys
    terminal.wait_for("sentence 1 of 1")
    assert b"\x1b[?1000h" not in terminal.output and b"\x1b[?1003h" not in terminal.output
    terminal.press("\x1b[19~")
    terminal.wait_for("The mouse selects here")
    assert terminal.output.rfind(b"\x1b[?1003h") > 0
    # A drag over two words, all of it at once, then over three, report by report: no click.
    terminal.press("\x1b[<0;12;3M\x1b[<32;16;3M\x1b[<0;16;3m")
    terminal.wait_for("· 2 words")
    for report in ("0;12;3M", "32;14;3M", "32;20;3M", "0;20;3m"):
        terminal.press(f"\x1b[<{report}")
        terminal.settle(0.05)
    terminal.wait_for("· 3 words")
    terminal.press("\x1b[<0;12;3M\x1b[<0;12;3m")
    terminal.wait_for("· 1 word ")
    terminal.press("\x1b[19~")
    terminal.wait_for("The mouse is the terminal's")
    assert terminal.output.rfind(b"\x1b[?1003l") > terminal.output.rfind(b"\x1b[?1003h")
    os.write(terminal._master, b"\xe9\xff")  # bytes of another encoding end nothing
    terminal.press("jj")
    terminal.wait_for("sentence 2 of 2")
    terminal.press("?")
    terminal.wait_for("type to filter")
    terminal.press("\x1b:")  # Esc and a sign in one piece
    terminal.wait_for("Every command")
    terminal.press("\x1b")
    terminal.press("日本")
    terminal.wait_for("An input method is on: Chinese characters")
    terminal.press("\x1b[19~")
    terminal.wait_for("The mouse selects here")
    assert len(terminal.left_behind()) > 4, "alive, it has asked for a good deal"
    terminal.output += _LEAVE  # what is written for a screen that hangs when a signal ends it
    assert terminal.left_behind() == []


def test_stopped_it_gives_the_terminal_back_and_then_takes_it_again(
    path: str, start: ExitStack
) -> None:
    terminal = start.enter_context(Terminal(["-p", path], os.path.dirname(path)))
    terminal.wait_for("sentence 1 of 2")
    terminal.settle()
    terminal.kill(signal.SIGTSTP)
    _, status = os.waitpid(terminal.pid, os.WUNTRACED)
    assert os.WIFSTOPPED(status) and terminal.state() == "T"
    terminal.settle()
    assert terminal.is_cooked()
    assert terminal.is_restored(), terminal.left_behind()
    terminal.screen.reset()  # the shell writes something else
    terminal.kill(signal.SIGCONT)
    terminal.wait_for("The mill opened")
    terminal.press("j")
    shown = terminal.wait_for("sentence 2 of 2")
    assert "CODES 4" in shown
    assert not terminal.is_cooked()
    terminal.press(":suspend\r")
    terminal.wait_for("There is no shell behind this screen")
    terminal.kill(signal.SIGTERM)
    assert terminal.wait_for_end() == 143
    assert terminal.is_restored(), terminal.left_behind()


BEHIND = """
import os
from tui.app.fitting import shell_takes_over

print(shell_takes_over())
os.setpgid(0, 0)  # as a shell with job control does
print(shell_takes_over())
"""


def test_what_a_script_has_started_does_not_stop() -> None:
    done = subprocess.run(
        [sys.executable, "-c", BEHIND], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", "True"]


CRASH = """
import sys
from tui.app.app import run_app
from tui.app.screens.workbench.screen import Workbench
from tui.errors import QualError

Workbench.on_resize = lambda self, event: 1 / 0
try:
    sys.exit(run_app(sys.argv[1], "ann"))
except QualError as error:
    sys.exit(error.message)
"""


def test_a_mistake_of_its_own_leaves_the_terminal_as_it_was(path: str, start: ExitStack) -> None:
    terminal = start.enter_context(Terminal([path], os.path.dirname(path), program=CRASH))
    assert terminal.wait_for_end() == 1
    assert terminal.is_restored(), terminal.left_behind()
    assert terminal.is_cooked()
    assert b"by a mistake in qual" in terminal.output and b"Traceback" not in terminal.output
    assert os.listdir(os.path.dirname(path)) == ["tiny.qual"]


def test_nobody_who_reads_the_terminal_cannot_keep_it_alive(path: str, start: ExitStack) -> None:
    terminal = start.enter_context(
        Terminal(["-p", path, "--coder", "ann"], os.path.dirname(path), columns=200, lines=60)
    )
    terminal.wait_for("sentence 1 of 2")
    code_as(terminal, "Weather")
    terminal.wait_for("+ C2 Weather")
    for turn in range(12):  # more than the line holds, and nobody reads it
        terminal.resize(200 - turn % 2, 60)
        time.sleep(0.05)
    terminal.kill(signal.SIGTERM)
    end = time.monotonic() + PATIENCE
    while terminal.state() not in "Z" and time.monotonic() < end:
        time.sleep(0.05)
    assert terminal.wait_for_end() == 143
    assert terminal.is_cooked()
    assert codings_of(path) == [(0, 24, LETTER[:24])]


def cursor_at(terminal: Terminal, text: str) -> bool:
    """Tell whether the cursor is on the first sign of a text that is shown."""
    at = terminal.screen.cursor
    return terminal.screen.display[at.y][at.x :].startswith(text)


_MOVED = re.compile(rb"\x1b\[\d+(?:;\d+)?[HCG]")
_SEQUENCE = re.compile(rb"\x1b\[[<>=?]?[\d;]*[$]?[a-zA-Z]")


def written(output: bytes) -> str:
    """Return the words that were written, stretch by stretch: what a screen reader says."""
    stretches = _SEQUENCE.sub(b"", _MOVED.sub(b"\n", output)).decode("utf-8", "replace")
    return " / ".join(words for each in stretches.split("\n") if (words := each.strip()))


def test_fitted_to_screen_readers_a_key_writes_what_is_new_and_the_cursor_is_at_it(
    path: str, start: ExitStack
) -> None:
    terminal = start.enter_context(
        Terminal(
            ["open", path, "--coder", "ann", "--accessible"],
            os.path.dirname(path),
            columns=160,
            lines=40,
        )
    )

    def hear(keys: str, words: str, at: str) -> None:
        # What is written too much or too late is found among the words of the next key.
        before = len(terminal.output)
        terminal.press(keys)
        heard: list[str] = []

        def is_heard(_: str) -> bool:
            heard[:] = [written(terminal.output[before:])]
            return heard == [words] and cursor_at(terminal, at)

        try:
            terminal.wait_for(is_heard)
        except AssertionError as error:
            raise AssertionError(f"{keys!r} wrote {heard}, not {words!r}") from error

    def follow(keys: str, words: str, at: str) -> None:
        terminal.press(keys)
        terminal.wait_for(lambda shown: words in shown and cursor_at(terminal, at))
        assert not _BOXES.search(terminal.text())

    follow("", "sentence 1 of 2, 5 words", "The mill opened")
    assert b"\x1b[>" not in terminal.output and b"\x1b]" not in terminal.output
    assert "CODES" not in terminal.text()  # one column
    terminal.press("\x1b")  # the first steps
    terminal.wait_for(lambda shown: "practise" not in shown)
    terminal.settle(0.2)
    hear("j", "Nobody spoke of wages then.", "Nobody")
    hear("k", "The mill opened in 1911.", "The mill")
    hear("J", "Nobody spoke of wages then. / 10 words", "The mill")
    hear("l", "The / word 1 of 10, 1 word", "The")
    hear("\x1b[C", "mill", "mill")
    hear("c", "Code 1 word as… / Work, C1, 0; 1 of 4", " ")
    hear("w", "w / Work, C1, 0; 1 of 5", " ")
    hear("ea", "e / Weather, C2, 0; 1 of 2 / a", " ")
    hear("\r", "+ C2 Weather on 1 word; z undo", "mill")
    hear("h", "The", "The")
    hear("l", "mill / codes: C2 Weather", "mill")
    hear("o", "focus: C2 Weather, 1 of 1 here", "mill")
    hear("\x1b", "codes: C2 Weather", "mill")
    hear("z", "Undone: + C2 Weather on letter ¶1; Z redo", "mill")
    hear("\t", "CODES 4 / Work, C1, 0 segments, 0 with 1 below, open; level 1", "Work")
    hear("j", "Pay, C1-1, 0 segments, 0 with 1 below, open; level 2", "Pay")
    follow("\t", "", "mill")
    hear("0", "letter, paragraph 1 of 3, word 2 of 10, 1 word; no code", "mill")
    # In every list the cursor is at the one row that is shown, and a key writes that one anew.
    follow("d", "letter, uncoded paragraphs", "letter")
    follow("\x1b[B", "talk, uncoded paragraphs", "talk")
    assert "letter, " not in terminal.text()
    follow("\x1b", "", "mill")
    follow("salways", "1 of 2", "")
    follow("\x1b[B", "2 of 2", "talk")
    follow("\x1b", "", "mill")
    for keys, shown in (("?", "type to filter"), (":", "Every command"), ("m", "Esc")):
        follow(keys, shown, "")
        follow("\x1b", "", "mill")
    assert not _BOXES.search(terminal.output.decode("utf-8", "replace"))
    terminal.press("\x1bqq")
    assert terminal.wait_for_end() == 0
    assert terminal.is_restored(), terminal.left_behind()


MASTER = """
import os
from tui.app.driver import close_own_master

master, slave = os.openpty()
close_own_master()
os.fstat(slave)
try:
    os.fstat(master)
except OSError:
    print("closed")
"""


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="descriptors are listed there")
def test_a_screen_reader_that_leaves_its_end_open_here_does_not_keep_the_program() -> None:
    # As long as that end is open somewhere nobody hears that the line is lost.
    done = subprocess.run(
        [sys.executable, "-c", MASTER], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "closed\n"


FULL_DISK = """
import resource, signal, sys
from tui.app.app import run_app

def hold(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
signal.signal(signal.SIGUSR1, lambda *_: hold(4096))
signal.signal(signal.SIGUSR2, lambda *_: hold(resource.RLIM_INFINITY))
sys.exit(run_app(sys.argv[1], "ann"))
"""


def test_a_disk_that_fills_up_loses_nothing_that_was_acknowledged(
    path: str, start: ExitStack
) -> None:
    terminal = start.enter_context(Terminal([path], os.path.dirname(path), program=FULL_DISK))
    terminal.wait_for("sentence 1 of 2")
    code_as(terminal, "Weather")
    terminal.wait_for("+ C2 Weather")
    terminal.kill(signal.SIGUSR1)
    terminal.press("j.")
    terminal.wait_for("was not saved")
    terminal.kill(signal.SIGUSR2)
    terminal.press(".")
    terminal.wait_for("+ C2 Weather")
    terminal.press("qq")
    assert terminal.wait_for_end() == 0
    assert terminal.is_restored(), terminal.left_behind()
    assert codings_of(path) == [(0, 24, LETTER[:24]), (25, 52, LETTER[25:52])]
