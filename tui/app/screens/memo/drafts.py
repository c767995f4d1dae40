"""Texts that are being written, kept aside until they are saved: a lost line loses no words."""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress

from tui.text.digest import text_sha256
from tui.values import dataclass


@dataclass(frozen=True, slots=True)
class Draft:
    """A text that was being written when its editor ended without saving."""

    text: str
    written: float
    """When, in seconds since the epoch."""

    def when(self) -> str:
        """Return the time in words: ``10:44`` today, else with its date."""
        then = time.localtime(self.written)
        today = time.localtime()
        if (then.tm_year, then.tm_yday) == (today.tm_year, today.tm_yday):
            return time.strftime("%H:%M", then)
        return time.strftime("%Y-%m-%d %H:%M", then)


@dataclass(frozen=True, slots=True)
class Left:
    """A text that waits for its writer: what it belongs to, and since when."""

    key: str
    title: str
    written: float


def draft_folder() -> str:
    """Return the folder of the drafts, in the user's state folder."""
    base = os.environ.get("XDG_STATE_HOME") or os.path.expanduser("~/.local/state")
    return os.path.join(base, "qual", "drafts")


def draft_path(key: str) -> str:
    """Return where the draft of a text is kept; ``key`` says what the text belongs to."""
    return os.path.join(draft_folder(), text_sha256(key)[:32])


def keep_draft(key: str, text: str, title: str = "") -> bool:
    """Write a draft, whole or not at all, readable by its writer only; tell whether it is kept.

    Args:
        key: says which text.
        text: what it says so far.
        title: what it is on, for the list of what was left; what is there stays without one.
    """
    path = draft_path(key)
    if title:
        about = json.dumps({"key": key, "title": title, "pid": os.getpid()})
        _write(_about_path(key), about.encode("ascii"))
    return _write(path, text.encode("utf-8", "surrogatepass"))


def _write(path: str, content: bytes) -> bool:
    fresh = f"{path}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(fresh, path)
    except OSError:
        return False
    return True


def find_draft(key: str) -> Draft | None:
    """Return what was left of a text, or None, and lay it aside: a new draft does not replace it.

    Several that were left one after the other come as one text, divided by a line.
    """
    path, aside = draft_path(key), _aside_path(key)
    older, newer = _read(aside), _read(path)
    if newer is None:
        return older
    if older is not None and (not newer.text.strip() or newer.text in older.text):
        _remove(path)  # the older one says all of it
        return older
    if older is not None and older.text not in newer.text:
        newer = Draft(f"{older.text}\n\n---\n\n{newer.text}", newer.written)
        if not keep_draft(key, newer.text):
            return older
    try:
        os.replace(path, aside)
    except OSError:
        return newer
    return newer


def read_draft(key: str) -> Draft | None:
    """Return the draft of a text, or None; what was laid aside does not count."""
    return _read(draft_path(key))


def drop_draft(key: str, *, aside: bool = False) -> None:
    """Remove the draft of a text, if there is one: the text itself is saved.

    Args:
        key: says which text.
        aside: also remove what was laid aside: it was brought back, and is in the saved text.
    """
    _remove(draft_path(key))
    if aside:
        _remove(_aside_path(key))
    if not os.path.exists(_aside_path(key)):
        _remove(_about_path(key))


def left_drafts(prefix: str) -> list[Left]:
    """Return the texts that were being written when their editors ended, the newest first.

    Those that another running program of this user writes at this moment are not among them.

    Args:
        prefix: what their keys begin with.
    """
    found = []
    try:
        names = [name for name in os.listdir(draft_folder()) if name.endswith(_ABOUT)]
    except OSError:
        return []
    for name in names:
        about = _read_about(os.path.join(draft_folder(), name))
        if about is None or not about[0].startswith(prefix) or _is_written_now(about[2]):
            continue
        both = (_read(draft_path(about[0])), _read(_aside_path(about[0])))
        draft = next((each for each in both if each and each.text.strip()), None)
        if draft is not None:
            found.append(Left(about[0], about[1], draft.written))
    return sorted(found, key=lambda left: -left.written)


_ABOUT = ".about"


def _about_path(key: str) -> str:
    return f"{draft_path(key)}{_ABOUT}"


def _read_about(path: str) -> tuple[str, str, int] | None:
    try:
        with open(path, encoding="ascii") as file:
            about = json.load(file)
        return str(about["key"]), str(about["title"]), int(about["pid"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _is_written_now(pid: int) -> bool:
    """Tell whether another process that may still write this draft is alive."""
    if pid == os.getpid():
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # another user's
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            command = file.read()
    except OSError:
        return True
    # The number may have passed to a process that has nothing to do with it.
    return b"qual" in command or b"tui" in command


def _remove(path: str) -> None:
    with suppress(OSError):
        os.unlink(path)


def _aside_path(key: str) -> str:
    return f"{draft_path(key)}.left"


def _read(path: str) -> Draft | None:
    try:
        with open(path, "rb") as file:
            return Draft(
                file.read().decode("utf-8", "surrogatepass"), os.fstat(file.fileno()).st_mtime
            )
    except (OSError, UnicodeDecodeError):
        return None
