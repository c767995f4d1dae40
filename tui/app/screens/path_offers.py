"""The files and folders that go on from a path as far as it is typed."""

from __future__ import annotations

import os
from collections.abc import Callable

from tui.text.safe import make_line

_MOST = 500
"""Names looked at in one folder: a key must not wait for a folder of a hundred thousand."""


def path_offers(suffixes: tuple[str, ...] = ()) -> Callable[[str], list[str]]:
    """Return what to offer for a path: folders with a slash behind them, then files.

    Args:
        suffixes: endings that a file must have, in small letters; any when empty.

    Returns:
        A function from what is typed to whole paths that begin with it, by name; what is hidden
        only once its dot is typed, and nothing that could not be drawn as it is. A folder that
        cannot be read offers nothing.
    """

    def offers(typed: str) -> list[str]:
        if typed == "~":
            return ["~/"]
        head, begun = os.path.split(typed)
        above = typed[: len(typed) - len(begun)]
        folders, files = [], []
        try:
            with os.scandir(os.path.expanduser(head) or os.curdir) as entries:
                for entry, _ in zip(entries, range(_MOST), strict=False):
                    name = entry.name
                    if not name.startswith(begun) or (name[0] == "." and not begun):
                        continue
                    if make_line(name) != name:
                        continue
                    if entry.is_dir():
                        folders.append(f"{above}{name}/")
                    elif not suffixes or name.lower().endswith(suffixes):
                        files.append(above + name)
        except (OSError, ValueError):
            return []
        return sorted(folders) + sorted(files)

    return offers
