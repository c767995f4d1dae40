"""Where the time of an act goes: the program under ``cProfile``, driven in a pseudo terminal.

``python -m bench.profile run FILE`` is what is driven; it writes the profile when it is told to.
"""

from __future__ import annotations

import cProfile
import io
import os
import pstats
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bench.acts import OURS, Act
from bench.load import CODER, cache_folder, loaded_project
from bench.row import Row
from bench.terminal import Terminal

_MOST = 14
_REPS = 30


def of_missed(rows: Sequence[Row]) -> str:
    """Return profiles of the acts whose rows say MISSED, as text."""
    acts = {act.name: act for act in OURS}
    wanted = {
        (row.what, row.size.split(",")[0])
        for row in rows
        if row.verdict == "MISSED" and row.what in acts
    }
    parts = []
    for name, size in sorted(wanted):
        columns, lines = (int(part) for part in size.split("x"))
        parts.append(f"\n{name}, {size}, {_REPS} keys\n{profile_of(acts[name], columns, lines)}")
    return "".join(parts)


def profile_of(act: Act, columns: int, lines: int) -> str:
    """Return the functions in which an act spends most time, with what they call."""
    report = cache_folder() / "profile.txt"
    report.unlink(missing_ok=True)
    project = loaded_project()
    command = [sys.executable, "-m", "bench.profile", "run", str(project), str(report)]
    terminal = Terminal(command, columns, lines)
    terminal.first_paint(1.0)
    for key in act.before:
        terminal.press(key)
    os.kill(terminal.pid, signal.SIGUSR1)
    time.sleep(0.2)
    for at in range(_REPS):
        if act.between:
            terminal.press(act.between)
        terminal.press(act.keys[at % len(act.keys)], act.quiet)
    os.kill(terminal.pid, signal.SIGUSR2)
    time.sleep(0.5)
    terminal.stop()
    return report.read_text(encoding="utf-8") if report.exists() else "no profile came\n"


def _run(project: str, report: Path) -> None:
    import asyncio

    from tui.app import app as module

    profile = cProfile.Profile()

    def finish() -> None:
        profile.disable()
        text = io.StringIO()
        pstats.Stats(profile, stream=text).sort_stats("cumulative").print_stats(
            "tui|textual", _MOST
        )
        report.write_text(text.getvalue(), encoding="utf-8")

    mount = module.QualApp.on_mount

    def on_mount(self: module.QualApp) -> None:
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGUSR1, profile.enable)
        loop.add_signal_handler(signal.SIGUSR2, finish)
        mount(self)

    module.QualApp.on_mount = on_mount  # type: ignore[method-assign]
    module.run_app(project, CODER)


if __name__ == "__main__":
    _run(sys.argv[2], Path(sys.argv[3]))
