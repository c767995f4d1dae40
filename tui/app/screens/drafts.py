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


def read_draft(key: str) -> Draft | None:
    """Return the draft of a text, or None."""
    path = draft_path(key)
    try:
        with open(path, "rb") as file:
            return Draft(
                file.read().decode("utf-8", "surrogatepass"), os.fstat(file.fileno()).st_mtime
            )
    except (OSError, UnicodeDecodeError):
        return None


def drop_draft(key: str) -> None:
    """Remove the draft of a text, if there is one: the text itself is saved."""
    try:
        os.unlink(draft_path(key))
    except OSError:
        return
