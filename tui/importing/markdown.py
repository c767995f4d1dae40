"""Markdown files (.md): kept word for word, marks included; only headings are recognised.

Dropping the marks would make a text that nobody can compare with the file, and passages are drawn
well enough with them.
"""

from __future__ import annotations

from tui.importing.draft import Extract
from tui.text.normalise import decode


def read(data: bytes, name: str, encoding: str | None) -> Extract:
    """Return the text of a markdown file, unchanged.

    Args:
        data: the bytes of the file.
        name: what to call it in an error.
        encoding: its character set; None to find out.
    """
    text, note = decode(data, name=name, encoding=encoding)
    return Extract(text, (note,), verbatim=True)
