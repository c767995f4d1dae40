"""Copies of a project file that have been proven readable."""

from __future__ import annotations

import os
import sqlite3
import time

from tui.errors import QualError
from tui.store.filesystem import sync_folder


def back_up(path: str, target: str | None = None) -> str:
    """Copy a project, open or not, and verify the copy.

    Args:
        path: the project file.
        target: where to; beside the project with date and time when left out.

    Returns:
        The path of the copy.

    Raises:
        QualError: the copy could not be written or is not whole; nothing half done stays.
    """
    if target is None:
        stamp = time.strftime("%Y%m%d-%H%M%S", time.gmtime())
        target = f"{path}.backup-{stamp}"
        number = 1
        while os.path.lexists(target):
            number += 1
            target = f"{path}.backup-{stamp}-{number}"
    elif os.path.lexists(target):
        raise QualError(f"{target} exists already.", "Choose another name for the backup.")
    if not os.path.isdir(os.path.dirname(os.path.abspath(target))):
        raise QualError(
            f"There is no folder {os.path.dirname(target)} for the backup.",
            "Make it, or name another; the project was not touched.",
        )
    try:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        source = sqlite3.connect(path)
        copy = sqlite3.connect(target)
        try:
            source.backup(copy)
            verdict = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
        finally:
            copy.close()
            source.close()
    except (OSError, sqlite3.Error) as error:
        _discard(target)
        raise QualError(
            f"The backup {os.path.basename(target)} could not be written: {error}.",
            "Free some space or choose another folder; the project was not touched.",
        ) from error
    if verdict != "ok":
        _discard(target)
        raise QualError(
            f"The copy of the project is damaged: {verdict}.",
            "Run `qual check`; the project was not touched.",
        )
    with open(target, "rb") as written:
        os.fsync(written.fileno())
    sync_folder(target)
    return target


def _discard(path: str) -> None:
    for name in (path, f"{path}-wal", f"{path}-shm", f"{path}-journal"):
        if os.path.exists(name):
            os.unlink(name)
