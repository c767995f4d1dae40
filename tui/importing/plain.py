"""Plain text files (.txt)."""

from __future__ import annotations

from tui.importing.draft import Extract
from tui.text.normalise import decode


def read(data: bytes, name: str, encoding: str | None) -> Extract:
    """Return the text of a plain text file.

    Args:
        data: the bytes of the file.
        name: what to call it in an error.
        encoding: its character set; None to find out.
    """
    text, note = decode(data, name=name, encoding=encoding)
    return Extract(text, (note,))
