"""What a program sends to its terminal, taken apart; and commands run on a real terminal."""

from __future__ import annotations

import fcntl
import os
import re
import select
import struct
import subprocess
import sys
import termios
from collections.abc import Sequence

from tests.hostile.study import UNSAFE

_SEQUENCE = re.compile(
    "\x1b\\[[0-?]*[ -/]*[@-~]"  # CSI
    "|\x1b[\\]PX^_].*?(?:\x07|\x1b\\\\|\x9c)"  # OSC, DCS, SOS, PM, APC
    "|\x1b[ -/]*[0-~]",  # the short ones
    re.DOTALL,
)

PROGRAM = re.compile(
    "\x1b\\]22;[a-z-]+\x07"  # Textual's shape of the mouse pointer: the one OSC
    "|\x1b\\["
    "(?:"
    "[0-9;:]*m"  # pens
    "|[0-9;]*H|[0-9]*[ABCDGd]"  # places
    "|[0-9]*[JKX]"  # erasing
    r"|\?(?:7|25|1000|1002|1003|1004|1006|1015|1016|1049|2004|2026|2031|2048)[hl]"  # modes
    r"|\?20(?:26|48)\$p"  # asking for modes
    "|>[0-9]+u|<u"  # the keys of kitty
    ")"
)
"""The sequences that the screen sends, those of Textual's driver among them."""


def foreign_sequences(
    data: bytes, allowed: re.Pattern[str] = PROGRAM, once: Sequence[str] = ()
) -> list[str]:
    """Return what of a stream acts on a terminal and is none of the program's own sequences.

    Args:
        data: all that was sent.
        allowed: what the program may send.
        once: what else it may send, to the letter and one time each.
    """
    text = data.decode("utf-8")
    for sequence in once:
        text = text.replace(sequence, "", 1)
    found = [each for each in _SEQUENCE.findall(text) if not allowed.fullmatch(each)]
    rest = _SEQUENCE.sub("", text).replace("\r", "")
    return found + [rest[max(each.start() - 20, 0) :][:40] for each in UNSAFE.finditer(rest)][:20]


def run_on_terminal(
    code: str, args: Sequence[str], *, cwd: str, env: dict[str, str], columns: int = 100
) -> tuple[int, bytes]:
    """Run Python code on a pseudo terminal; questions that end in ``[y/N]`` are answered no.

    Returns:
        The exit code and all that came.
    """
    master, slave = os.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 30, columns, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-c", code, *args],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        cwd=cwd,
        env=env,
        start_new_session=True,
    )
    os.close(slave)
    sent = b""
    while True:
        if not select.select([master], [], [], 120)[0]:
            process.kill()
            break
        try:
            piece = os.read(master, 1 << 16)
        except OSError:
            break  # the program has ended
        if not piece:
            break
        sent += piece
        if sent.endswith(b"[y/N] "):
            os.write(master, b"n\n")
    os.close(master)
    return process.wait(), sent
