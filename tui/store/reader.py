"""The light door for reading: a read-only connection that can change nothing.

Loads only ``_sqlite3`` and ``os``, because the search command goes through here from cold.
"""

from __future__ import annotations

import os
import sys

from tui.errors import OlderProject, ProjectLocked, ProjectNotFound, QualError
from tui.store.version import APPLICATION_ID, SCHEMA_VERSION


def _load_driver() -> None:
    """Load SQLite's driver without the modules that it asks for a single function.

    It keeps the statements of a connection by ``functools.lru_cache``. Loading ``functools`` also
    loads ``collections``, ``types``, ``operator``, ``keyword`` and ``reprlib``: a quarter of what
    a bare interpreter takes, and a search needs none of them. The same cache lies ready in
    ``_functools``, so while the driver is loaded that function stands where ``functools`` would.
    """
    if "functools" in sys.modules or "_sqlite3" in sys.modules:
        return
    try:
        from _functools import (  # type: ignore[import-not-found]  # noqa: PLC0415
            _lru_cache_wrapper as cached,
        )
    except ImportError:
        return
    stand_in = type(sys)("functools")
    vars(stand_in)["lru_cache"] = lambda most: lambda act: cached(act, most, False, tuple)
    sys.modules["functools"] = stand_in
    try:
        __import__("_sqlite3")
    except (ImportError, AttributeError):
        # A Python whose driver asks for more: it is loaded the long way.
        pass
    finally:
        del sys.modules["functools"]


_load_driver()
import _sqlite3  # noqa: E402 - the line before leads to it by a short way

WAIT_SECONDS = 5.0
"""How long a reader waits for a writer that holds the whole file."""

_MAPPED = 1 << 30
_BUSY, _CANNOT_OPEN, _READ_ONLY, _IO_ERROR, _FULL = 5, 14, 8, 10, 13


def open_reader(path: str, *, still: bool = False) -> _sqlite3.Connection:
    """Open a project file for reading.

    A file in a folder that cannot be written is opened as immutable when no write-ahead log with
    contents stands beside it: SQLite could not make the shared memory it needs there.

    Args:
        path: the project file.
        still: one state of the file answers all that is read, and it is locked once.

    Returns:
        A connection that refuses every change; in autocommit mode unless ``still``.

    Raises:
        ProjectNotFound: there is no such file.
        ProjectLocked: a writer holds the whole file longer than ``WAIT_SECONDS``.
        OlderProject: it has an older schema.
        QualError: it is no project, damaged, or of a newer program.
    """
    if not os.path.isfile(path):
        what = "a folder, not a project file" if os.path.isdir(path) else "not there"
        raise ProjectNotFound(
            f"{path} is {what}.",
            "Name a project with -p FILE, or make one with `qual init`.",
        )
    if not os.access(path, os.R_OK):
        raise QualError(f"{path} may not be read by you.", "Ask its owner for `qual share GROUP`.")
    mode = "mode=ro"
    if not os.access(os.path.dirname(path) or ".", os.W_OK) and not _has_log(path):
        mode = "mode=ro&immutable=1"
    try:
        return _connect(path, mode, still)
    except _sqlite3.Error as error:
        if _is_unfinished(error, path):
            # A writer died in the middle of an act: opened for writing, SQLite takes it back.
            try:
                _connect(path, "mode=rw").close()
                return _connect(path, mode, still)
            except _sqlite3.Error as again:
                error = again
        raise _explained(error, path) from None


def _connect(path: str, mode: str, still: bool = False) -> _sqlite3.Connection:
    # The layout of the address: only these three signs mean something in it.
    address = os.path.abspath(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    db = _sqlite3.connect(
        f"file:{address}?{mode}",
        uri=True,
        timeout=WAIT_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        if still:
            db.execute("BEGIN")
        _check(db, path)
        if still and "immutable" not in mode and _has_wal(db):
            # Pages are looked at where the system keeps them, not copied one by one. The lock held
            # since the first read keeps the file from becoming shorter meanwhile. A page that the
            # disk fails to give ends the process then, so not on network file systems, where that
            # happens: projects there have no write-ahead log.
            db.execute(f"PRAGMA mmap_size = {_MAPPED}")
    except BaseException:
        db.close()
        raise
    return db


def _has_wal(db: _sqlite3.Connection) -> bool:
    return bool(db.execute("PRAGMA journal_mode").fetchone()[0] == "wal")


def _is_unfinished(error: _sqlite3.Error, path: str) -> bool:
    """Tell whether reading failed because a rollback journal waits to be played back."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (_READ_ONLY, _CANNOT_OPEN) and os.path.exists(f"{path}-journal")


def _has_log(path: str) -> bool:
    try:
        return os.stat(path + "-wal").st_size > 0
    except OSError:
        return False


def _check(db: _sqlite3.Connection, path: str) -> None:
    db.execute("PRAGMA query_only = 1")
    (application,) = db.execute("PRAGMA application_id").fetchone()
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION_ID:
        raise QualError(
            f"{path} is an SQLite database, but not a project of qual.",
            "Name a project with -p FILE.",
        )
    if version > SCHEMA_VERSION:
        raise QualError(
            f"{path} was written by a newer qual (schema {version}, known here: {SCHEMA_VERSION}).",
            "Update qual.",
        )
    if version < SCHEMA_VERSION:
        raise OlderProject(
            f"{path} has an older schema ({version}).",
            "Run `qual check` once: it brings the file up to date and keeps a copy.",
        )


def _explained(error: _sqlite3.Error, path: str) -> QualError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == _BUSY:
        return ProjectLocked(
            f"{path} is held by another program.", "Try again when its long act has ended."
        )
    if code in (_CANNOT_OPEN, _READ_ONLY):
        return QualError(
            f"{path} cannot be opened here: {error}.",
            "A log may have been left beside it; open it once where it can be written.",
        )
    if code in (_IO_ERROR, _FULL):
        return QualError(
            f"{path} cannot be opened: the disk is full or does not answer ({error}).",
            "Free some space (reading needs a little, too), or look whether the disk is there.",
        )
    return QualError(
        f"{path} is no project of qual, or it is damaged: {error}.",
        "If it is yours, `qual backup --list` names older copies.",
    )
