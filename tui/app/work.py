"""What goes on beside the keys: the error log, what this user has seen, work in threads."""

from __future__ import annotations

import gc
import os
import threading
import time
import traceback
from collections.abc import Callable, Iterable
from contextlib import suppress

ERROR_LOG = "errors.log"
SINCE = "since"
_HOUR = 3600
LAST_COPY = "last-copy.txt"
_LOG_LIMIT = 1_000_000


def state_folder() -> str:
    """Return the folder for logs and drafts: ``$XDG_STATE_HOME/qual``."""
    base = os.environ.get("XDG_STATE_HOME") or os.path.expanduser("~/.local/state")
    return os.path.join(base, "qual")


def any_drafts() -> bool:
    """Tell whether texts lie there that were being written; asked at every start."""
    try:
        with os.scandir(os.path.join(state_folder(), "drafts")) as entries:
            return any(entries)
    except OSError:
        return False


def path_from_home(path: str) -> str:
    """Return a path as it is shown: with ``~`` for the user's own folder."""
    home = os.path.expanduser("~")
    return f"~{path[len(home) :]}" if path.startswith(f"{home}/") else path


def log_error(error: BaseException, doing: str) -> str:
    """Append an unexpected error to the error log; return the log's path.

    Args:
        error: what was raised.
        doing: what was being done, in words.
    """
    path = os.path.join(state_folder(), ERROR_LOG)
    text = "".join(traceback.format_exception(error))
    try:
        os.makedirs(state_folder(), mode=0o700, exist_ok=True)
        if os.path.exists(path) and os.path.getsize(path) > _LOG_LIMIT:
            os.replace(path, f"{path}.1")
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with open(descriptor, "a", encoding="utf-8", errors="backslashreplace") as log:
            log.write(f"{time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime())} {doing}\n{text}\n")
    except OSError:
        return "nowhere: the log cannot be written"
    return path


def keep_copy(text: str | Iterable[str]) -> str:
    """Write what was copied last to a file of its own, whole or not at all; return its path.

    Args:
        text: it, or one part after the other.

    Raises:
        OSError: it cannot be written.
    """
    folder = state_folder()
    os.makedirs(folder, mode=0o700, exist_ok=True)
    path = os.path.join(folder, LAST_COPY)
    half = f"{path}.{os.getpid()}"
    try:
        descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(descriptor, "w", encoding="utf-8", errors="replace", newline="\n") as file:
            file.writelines((text,) if isinstance(text, str) else text)
        os.replace(half, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(half)
        raise
    return path


def has_seen(what: str) -> bool:
    """Tell whether this user has put something away for good: ``first-steps``."""
    return os.path.exists(os.path.join(state_folder(), f"seen-{what}"))


def remember_seen(what: str) -> None:
    """Put something away for good; silent where nothing can be written."""
    try:
        os.makedirs(state_folder(), mode=0o700, exist_ok=True)
        with open(os.path.join(state_folder(), f"seen-{what}"), "w", encoding="utf-8"):
            pass
    except OSError:
        return


def release_memory() -> None:
    """Look for garbage again, if that was put off, but only in what is made from now on.

    A search through all that was loaded would hold a key up for some hundredths of a second.
    """
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


def in_first_hour() -> bool:
    """Tell whether this user has begun to use the program less than an hour ago.

    The first time it is asked, the time is written down; where that cannot be done nobody is new.
    """
    path = os.path.join(state_folder(), SINCE)
    try:
        with open(path, encoding="ascii") as file:
            since = float(file.read())
    except FileNotFoundError:
        try:
            os.makedirs(state_folder(), mode=0o700, exist_ok=True)
            with open(path, "w", encoding="ascii") as file:
                file.write(f"{int(time.time())}\n")
        except OSError:
            return False
        return True
    except (OSError, ValueError):
        return False
    return 0 <= time.time() - since < _HOUR


def in_thread(work: Callable[[], None], name: str) -> threading.Thread:
    """Do ``work`` in a thread that ends with the program; return the thread, started.

    The work reports by messages alone and opens its own connection.
    """
    thread = threading.Thread(target=work, name=name, daemon=True)
    thread.start()
    return thread
