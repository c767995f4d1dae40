"""Texts that are being written, kept aside until they are saved: a lost line loses no words."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass

from tui.text.digest import text_sha256


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


def draft_folder() -> str:
    """Return the folder of the drafts, in the user's state folder."""
    base = os.environ.get("XDG_STATE_HOME") or os.path.expanduser("~/.local/state")
    return os.path.join(base, "qual", "drafts")


def draft_path(key: str) -> str:
    """Return where the draft of a text is kept; ``key`` says what the text belongs to."""
    return os.path.join(draft_folder(), text_sha256(key)[:32])


def keep_draft(key: str, text: str) -> bool:
    """Write a draft, whole or not at all, readable by its writer only; tell whether it is kept."""
    path = draft_path(key)
    fresh = f"{path}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(descriptor, "wb") as file:
            file.write(text.encode("utf-8", "surrogatepass"))
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
    if older is not None and older.text != newer.text:
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
    for path in (draft_path(key), _aside_path(key)) if aside else (draft_path(key),):
        try:
            os.unlink(path)
        except OSError:
            continue


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
