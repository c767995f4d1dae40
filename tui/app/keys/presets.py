"""Keys to begin with, for hands that come from elsewhere.

A preset says which keys some acts have instead of their own. What it gives a key to takes that key
from whatever has it by default; an act that would be left without any is given one here too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

Keys = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preset:
    """A set of keys to begin with."""

    name: str
    about: str
    """For whom, in a few words."""
    keys: dict[str, Keys]
    """Id to all of its keys; no keys: by name only."""
    prefixes: dict[str, str] = field(default_factory=dict)
    """A key that begins something to the key that begins it here."""


_LIST_OF_ARROWS: Final[dict[str, Keys]] = {
    "text.next": ("down",),
    "text.prev": ("up",),
    "text.word_next": ("right",),
    "text.word_prev": ("left",),
    "text.extend_next": ("shift+down",),
    "text.extend_prev": ("shift+up",),
    "text.extend_word_next": ("shift+right",),
    "text.extend_word_prev": ("shift+left",),
    "tree.next": ("down", "ctrl+n"),
    "tree.prev": ("up", "ctrl+p"),
    "tree.open": ("right",),
    "tree.close": ("left",),
    "list.next": ("down", "ctrl+n"),
    "list.prev": ("up", "ctrl+p"),
}

PRESETS: Final[dict[str, Preset]] = {
    preset.name: preset
    for preset in (
        Preset("default", "the keys as they come", {}),
        Preset(
            "vim",
            "w b e move by words, u undoes, x uncodes, W begins what w begins",
            {
                "text.word_next": ("w", "l", "right"),
                "text.word_prev": ("b", "h", "left"),
                "text.extend_word_next": ("e", "L", "shift+right"),
                "text.extend_mode": ("v",),
                "text.swap_end": ("X",),
                "text.bookmark": ("M",),
                "go.end": ("G", "g e"),
                "code.again": (".",),
                "code.in_vivo": ("I",),
                "code.remove": ("x", "delete"),
                "here.remove": ("x", "delete"),
                "edit.undo": ("u", "z", "ctrl+z"),
                "edit.redo": ("ctrl+r", "Z", "ctrl+y"),
                "documents.undo": ("u", "z", "ctrl+z"),
                "documents.redo": ("ctrl+r", "Z", "ctrl+y"),
                "segments.remove": ("x", "delete"),
                "segments.clear": ("X",),
                "segments.undo": ("u", "z", "ctrl+z"),
                "segments.redo": ("ctrl+r", "Z", "ctrl+y"),
                "codebook_page.undo": ("u", "z", "ctrl+z"),
                "codebook_page.redo": ("ctrl+r", "Z", "ctrl+y"),
                "page.look_at": ("W", "w"),
                "search_list.save": ("f2",),
            },
            {"w": "W"},
        ),
        Preset("arrows", "no letter moves: arrows do, with Shift they extend", _LIST_OF_ARROWS),
        Preset(
            "qualcoder",
            "q and r code, n makes a code, : then quit leaves",
            {
                "code.pick": ("q", "r", "c"),
                "code.highlighted": ("q", "c"),
                "code.new": ("n",),
                "code.recode": ("R",),
                "go.again": ("N", ";"),
                "go.back": (",",),
                "app.quit": (),
            },
        ),
        Preset(
            "single",
            "one key at a time: what needs Shift, Ctrl or Alt has another key or stands in ,",
            {
                "text.extend_mode": (";",),
                "text.nudge_left": ("<", "["),
                "text.nudge_right": (">", "]"),
                "go.back": ("N", "\\"),
                "edit.redo": ("Z", "ctrl+y", "'"),
                "app.palette": (":", "P", ","),
                "tree.level_up": ("<", "["),
                "tree.level_down": (">", "]"),
                "tree.delete": ("X", "delete"),
                "agreement.prev": ("N", "\\"),
                **{
                    f"{page}.redo": ("Z", "ctrl+y", "'")
                    for page in (
                        "documents",
                        "segments",
                        "like",
                        "search_list",
                        "codebook_page",
                        "agreement",
                        "clusters",
                    )
                },
            },
        ),
    )
}
"""By name; the first is the default."""


def begin_with(name: str, defaults: Iterable[tuple[str, Keys]]) -> dict[str, Keys]:
    """Return the keys of a preset by id.

    Args:
        name: of the preset.
        defaults: every id with the keys it has by default.
    """
    preset = PRESETS[name]
    return {
        id: preset.keys.get(id, tuple(_moved(each, preset.prefixes) for each in keys))
        for id, keys in defaults
    }


def _moved(keys: str, prefixes: dict[str, str]) -> str:
    first, blank, rest = keys.partition(" ")
    return f"{prefixes.get(first, first)}{blank}{rest}" if rest else keys
