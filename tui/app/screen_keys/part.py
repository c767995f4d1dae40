"""What a screen's keys are written down as."""

from __future__ import annotations

from typing import Final

from tui.values import dataclass


@dataclass(frozen=True, slots=True)
class ScreenKey:
    """One thing that can be done on a screen."""

    id: str
    """Name in configuration and help: ``documents.sort``; before the dot stands the part."""
    title: str
    """What it does, a few words."""
    keys: tuple[str, ...]
    """Keys that do it, named as those of actions: ``o``, ``/``, ``ctrl+n``; never a sequence."""
    do: str = ""
    """Which of the screen's ``action_…`` it runs: ``sort(1)``; empty when the keys are typed."""
    help: str = ""
    """One sentence for the help; the title when left out."""
    short: str = ""
    """The verb in the bottom row; empty: not shown there."""
    fixed: bool = False
    """Whether its keys stay as they are: Enter, Esc and y mean the same everywhere."""


@dataclass(frozen=True, slots=True)
class Part:
    """A screen, or what several screens share."""

    name: str
    title: str
    """Where its keys work, for headings: ``documents``."""
    keys: tuple[ScreenKey, ...]
    """The weightiest first: the bottom row shows as many as there is room for, and the last."""
    typing: bool = False
    """Whether letters are text here; then only keys that print nothing do anything."""
    shared: tuple[str, ...] = ("list", "screen")
    """Parts whose keys work here too."""


def row(
    id: str, keys: str, do: str, title: str, short: str = "", *, help: str = "", fixed: bool = False
) -> ScreenKey:
    """Return a row; ``keys`` are divided by blanks."""
    return ScreenKey(id, title, tuple(keys.split()), do, help, short, fixed)


OF_PAGE: Final = ("list", "page", "screen")
"""What a page with a list shares."""
