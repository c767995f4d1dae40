"""``qual doctor``: what this terminal, database and file system can do; no text of the project."""

from __future__ import annotations

import locale
import os
import platform
import shutil
import sqlite3
import sys
from collections.abc import Iterator

import typer

import tui
from tui.cli.options import JsonFlag, new_app
from tui.cli.output import plain, write_json, write_text
from tui.cli.session import Call, call_of
from tui.config import read_config
from tui.errors import ProjectNotFound, QualError
from tui.store.facts import journal_mode, schema_version, sqlite_options
from tui.store.filesystem import network_type, read_writer_lock
from tui.store.reader import open_reader

app = new_app()

Fact = tuple[str, str | int | bool | None]


@app.command()
def doctor(ctx: typer.Context, json_lines: JsonFlag = False) -> None:
    """Describe terminal, colours, database, file system and locks, for a report of a mistake.

    Nothing of documents, codes or memos is in it. Exit code 1 when something will not work.
    """
    call = call_of(ctx)
    warnings: list[str] = []
    facts = dict([*_program(), *_terminal(warnings), *_database(warnings)])
    facts |= dict(_project(call, warnings))
    if json_lines:
        write_json({**facts, "warnings": warnings})
    else:
        width = max(map(len, facts))
        for name, value in facts.items():
            shown = ("yes" if value else "no") if isinstance(value, bool) else plain(value)
            write_text(f"{name.replace('_', ' ').ljust(width)}  {shown or '-'}")
    if warnings:
        raise QualError(warnings[0], f"{len(warnings)} warnings in all." * (len(warnings) > 1), 1)


def _program() -> Iterator[Fact]:
    yield "qual", tui.__version__
    yield "python", platform.python_version()
    yield "system", f"{platform.system()} {platform.release()} {platform.machine()}"


def _terminal(warnings: list[str]) -> Iterator[Fact]:
    term = os.environ.get("TERM", "")
    size = shutil.get_terminal_size((0, 0))
    encoding = (sys.stdout.encoding or "").lower()
    yield "terminal", sys.stdin.isatty() and sys.stdout.isatty()
    yield "TERM", term
    yield "terminal_program", os.environ.get("TERM_PROGRAM", "")
    yield "columns", size.columns
    yield "lines", size.lines
    yield "colours", _colours(term)
    yield "NO_COLOR", bool(os.environ.get("NO_COLOR"))
    yield "utf8", encoding.replace("-", "") == "utf8"
    yield "locale", locale.setlocale(locale.LC_CTYPE)
    yield "tmux", bool(os.environ.get("TMUX"))
    yield "screen", bool(os.environ.get("STY"))
    yield "ssh", bool(os.environ.get("SSH_CONNECTION") or os.environ.get("SSH_TTY"))
    config = read_config(os.environ)
    yield "config", config.path if os.path.exists(config.path) else ""
    problems = config.problems
    if config.keys:
        from tui.cli.keyboard import key_problems  # noqa: PLC0415 (most keep the keys they find)

        problems = [*problems, *key_problems(config)]
    warnings.extend(problem.message for problem in problems if problem.fatal)
    yield "keys", f"{config.text('keys.preset')}, {len(config.keys)} of your own"
    yield "keyboard_layout", config.text("keyboard.layout")
    if encoding.replace("-", "") != "utf8":
        warnings.append(f"The terminal's encoding is {encoding or 'unknown'}, not UTF-8.")
    if sys.stdout.isatty() and term in ("", "dumb"):
        warnings.append(f"TERM is {term!r}: the screen cannot be shown.")


def _colours(term: str) -> str:
    """Return how many colours the terminal says it has."""
    if os.environ.get("COLORTERM", "").lower() in ("truecolor", "24bit"):
        return "16 million"
    if "256color" in term:
        return "256"
    return "none" if term in ("", "dumb", "vt100", "vt220") else "16"


def _database(warnings: list[str]) -> Iterator[Fact]:
    yield "sqlite", sqlite3.sqlite_version
    has_fts5, threads = sqlite_options()
    yield "fts5", has_fts5
    yield "sqlite_threadsafe", threads
    if not has_fts5:
        warnings.append("This SQLite lacks FTS5: search will not work.")


def _project(call: Call, warnings: list[str]) -> Iterator[Fact]:
    try:
        path = os.path.abspath(call.path())
    except ProjectNotFound as error:
        if call.project:
            warnings.append(error.message)
        yield "project", ""
        return
    network = network_type(path)
    lock = read_writer_lock(path)
    yield "project", path
    yield "bytes", os.path.getsize(path)
    yield "file_system", network or "local"
    yield "mode", "rollback journal, one writer at a time" if network else "WAL"
    yield "writable", os.access(path, os.W_OK) and os.access(os.path.dirname(path), os.W_OK)
    yield "permissions", f"{os.stat(path).st_mode & 0o7777:o}"
    yield "log_bytes", _size(f"{path}-wal")
    holder = f"{lock.coder} on {lock.host}, process {lock.pid}, since {lock.since}" if lock else ""
    yield "held_by", holder
    yield "coder", call.coder_name()
    try:
        db = open_reader(path)
    except QualError as error:
        warnings.append(error.message)
        return
    yield "schema", schema_version(db)
    yield "journal", journal_mode(db)
    db.close()
    yield "open_in_processes", ", ".join(_holders(path))


def _size(path: str) -> int:
    return os.path.getsize(path) if os.path.exists(path) else 0


def _holders(path: str) -> list[str]:
    """Return the processes of this host that have the project open, as far as they can be seen."""
    found = []
    try:
        pids = [name for name in os.listdir("/proc") if name.isdecimal()]
    except OSError:
        return []  # no /proc (not Linux): nothing is known
    mine = os.stat(path)
    for pid in pids:
        if int(pid) == os.getpid():
            continue
        folder = f"/proc/{pid}/fd"
        try:
            for name in os.listdir(folder):
                state = os.stat(os.path.join(folder, name))
                if (state.st_dev, state.st_ino) == (mine.st_dev, mine.st_ino):
                    found.append(pid)
                    break
        except OSError:
            continue  # another user's process, or one that has just ended
    return found
