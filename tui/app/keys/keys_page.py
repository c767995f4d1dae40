"""The page of keys for people: made from the actions, so that it cannot fall behind."""

from __future__ import annotations

from collections.abc import Sequence

from tui.app.action import Action, Pane, shown
from tui.app.actions import ACTIONS, GROUPS, group_of
from tui.app.keys.layouts import LAYOUTS, SIGNS
from tui.app.keys.presets import PRESETS
from tui.app.keys.rules import preset_keys
from tui.app.screen_keys import PARTS, Part

_PANES: tuple[tuple[Pane, str], ...] = (("text", "In the text"), ("tree", "In the code tree"))
_HEAD = """# Keys

Made from the program's own list of actions; do not edit by hand. `?` shows the same in the
program, `:` every command by name. Keys that follow each other are written with a space between
them: `g u` is g, then u. Letters of Russian, Ukrainian, Greek, Hebrew and Arabic layouts work by
their place on the keyboard.
"""


_SETTING = """## Setting your own

F2 on a line of the help, or `keys: change` from the palette, gives an act another key. It is kept
in the table `[keys]` of your `config.toml` (`qual config path`), which can be written by hand too:

```toml
[keys]
preset = "vim"                  # what to begin with
"code.pick" = "C"               # one key
"edit.undo" = ["X", "ctrl+z"]   # several
"go.uncoded" = "g o"            # one after the other
"code.again" = ""               # none: by name only
```

Names of keys: what a key prints, or `up` `down` `left` `right` `home` `end` `pageup` `pagedown`
`insert` `delete` `space` `backspace` `enter` `tab` `escape` `f1` to `f12`, with `ctrl+` before a
letter or an arrow and `shift+` before an arrow. Keys that terminals cannot send, or cannot tell
from others, are refused, and so are two acts on one key; a line that is refused leaves its act as
it was and is named, with its place, at the start and by `qual config check`. Esc, Ctrl+C and the
keys marked as fixed stay. `qual keys` lists the keys as your settings make them, `qual keys --test`
tells what arrives when a key is pressed. A project cannot set keys.

"""
_LAYOUTS = """### Keyboard layouts

Letters that are not Latin are read by their place on the keyboard, Latin letters as they are
labelled. With `keyboard.layout` in `config.toml` the signs are read by their place too that stand
where a key of the program is expected. Nothing is changed in fields, nor after `f`.

| `keyboard.layout` | what is read |
|---|---|
"""


def keys_page() -> str:
    """Return the page as Markdown, with a line end at its end."""
    parts = [_HEAD]
    for pane, heading in _PANES:
        parts.append(f"## {heading}\n")
        here = [action for action in ACTIONS if pane in action.where and action.keys]
        for group in dict.fromkeys(GROUPS.values()):
            rows = [action for action in here if group_of(action) == group]
            if rows:
                parts.append(_table(group, rows))
    for part in PARTS:
        parts.append(f"## {part.title[0].upper()}{part.title[1:]}\n")
        parts.append(_screen_table(part))
    parts.append(_SETTING + _presets() + "\n" + _LAYOUTS + _layouts())
    named = [action for action in ACTIONS if not action.keys]
    parts.append("## By name only\n\n`:` finds these.\n")
    parts.append(_table("", named))
    return "\n".join(parts)


def _table(group: str, actions: list[Action]) -> str:
    lines = [f"### {group}", ""] if group else []
    lines += ["| keys | name | what it does |", "|---|---|---|"]
    for action in actions:
        lines.append(f"| {_ticked(action.keys)} | `{action.id}` | {_escaped(action.help)} |")
    return "\n".join([*lines, ""])


def _screen_table(part: Part) -> str:
    lines = ["| keys | name | what it does |", "|---|---|---|"]
    for row in part.keys:
        name = f"`{row.id}`" + (", fixed" if row.fixed else "")
        about = row.help or f"{row.title[0].upper()}{row.title[1:]}."
        lines.append(f"| {_ticked(row.keys)} | {name} | {_escaped(about)} |")
    return "\n".join([*lines, ""])


def _presets() -> str:
    """Return a table for each preset: what has other keys there than by default."""
    default = preset_keys("default")
    parts = []
    for preset in list(PRESETS.values())[1:]:
        keys = preset_keys(preset.name)
        parts.append(f"### Preset {preset.name}\n\nIn short: {preset.about}.\n")
        parts.append("| keys | name | by default |\n|---|---|---|")
        parts += [
            f"| {_ticked(keys[id])} | `{id}` | {_ticked(default[id])} |"
            for id in default
            if keys[id] != default[id]
        ]
        parts.append("")
    return "\n".join(parts)


def _layouts() -> str:
    """Return the rows of the table of keyboard layouts."""
    rows = ["| `auto` | letters of other alphabets only |"]
    for layout in LAYOUTS[1:]:
        signs = SIGNS.get(layout, {})
        read = " ".join(f"`{sign}`→`{key}`" for sign, key in signs.items())
        rows.append(f"| `{layout}` | {read or 'as `auto`'} |")
    return "\n".join(rows) + "\n"


def _ticked(keys: Sequence[str]) -> str:
    return " ".join(f"`{shown(each)}`" for each in keys) or "–"


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")
