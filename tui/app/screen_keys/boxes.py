"""The keys of boxes and of the pages about keys and commands."""

from __future__ import annotations

from typing import Final

from tui.app.screen_keys.part import Part, row

BOXES: Final = (
    Part(
        "memo_editor",
        "memo editor",
        (
            row("memo_editor.external", "ctrl+o", "editor", "write on in $EDITOR", "$EDITOR"),
            row("memo_editor.link", "ctrl+l", "link", "link a code or a document", "link",
                help="Writes [[key and name]] of a code, or [[name]] of a document, at the"
                " cursor."),
            row("memo_editor.discard", "ctrl+g", "discard", "throw away what was not saved",
                "discard", help="Closes and stores nothing; at the second press when words go."),
            row("memo_editor.undo", "ctrl+z", "", "undo what was typed", "undo", fixed=True),
            row("memo_editor.another", "ctrl+n", "another", "one more memo on the same",
                "one more", help="Saves this memo and begins another one on the same."),
            row("memo_editor.read", "pageup pagedown", "", "read earlier memos above",
                fixed=True),
            row("memo_editor.restore", "ctrl+r", "restore", "draft or stored text",
                help="Brings back a draft that was left, or the text as it was stored."),
            row("memo_editor.indent", "tab", "tab", "indent", fixed=True),
            row("memo_editor.save", "escape", "save", "save and close", "save and close",
                fixed=True),
        ),
        typing=True,
        shared=("screen",),
    ),
    Part(
        "linker",
        "link",
        (
            row("linker.insert", "enter", "run", "write the link", "write it", fixed=True),
            row("linker.cancel", "escape", "cancel", "no link", "cancel", fixed=True),
        ),
        typing=True,
        shared=("list",),
    ),
    Part(
        "prompt",
        "question",
        (
            row("prompt.done", "enter", "", "take what is typed", "done", fixed=True),
            row("prompt.offer", "tab", "offer", "what is offered, one after the other",
                fixed=True),
            row("prompt.cancel", "escape", "cancel", "cancel", "cancel", fixed=True),
        ),
        typing=True,
        shared=(),
    ),
    Part(
        "name",
        "name of a new code",
        (
            row("name.done", "enter", "", "make the code and give it", "code", fixed=True),
            row("name.place", "tab", "place", "let it stand elsewhere", "place"),
            row("name.cancel", "escape", "cancel", "close without a code", "cancel", fixed=True),
        ),
        typing=True,
        shared=(),
    ),
    Part(
        "confirm",
        "confirmation",
        (
            row("confirm.yes", "y", "", "yes", "yes", fixed=True),
            row("confirm.no", "n", "", "no", "no", fixed=True),
            row("confirm.cancel", "escape", "answer(False)", "no", "no", fixed=True),
        ),
        shared=(),
    ),
    Part(
        "help",
        "help",
        (
            row("help.run", "enter", "run", "do it", "do it", fixed=True),
            row("help.practice", "f3", "practise", "practise for 5 minutes", "practise"),
            row("help.remap", "f2", "remap", "give it another key", "another key"),
            row("help.close", "escape", "cancel", "close", "close", fixed=True),
        ),
        typing=True,
        shared=("list",),
    ),
    Part(
        "remap",
        "keys",
        (
            row("remap.change", "enter", "change", "another key in place of the first", "new key",
                fixed=True),
            row("remap.add", "a", "add", "one more key", "one more"),
            row("remap.unbind", "x", "unbind", "no key", "no key",
                help="Takes its keys away; it still goes by its name."),
            row("remap.default", "d", "default", "the keys of the preset again", "default"),
            row("remap.preset", "p", "preset", "choose a preset", "preset"),
            row("remap.filter", "/", "filter", "filter", "filter"),
            row("remap.change_alias", "f2", "change", "another key in place of the first"),
            row("remap.leave", "escape", "leave", "clear the filter, then back", "back",
                fixed=True),
        ),
    ),
    Part(
        "press_key",
        "new key",
        (
            row("press_key.keep", "enter", "", "keep the key that was pressed", fixed=True),
            row("press_key.again", "backspace", "", "press another one", fixed=True),
            row("press_key.cancel", "escape", "", "leave the keys as they are", fixed=True),
        ),
        shared=(),
    ),
    Part(
        "presets",
        "presets",
        (
            row("presets.choose", "enter", "choose", "begin with these keys", "choose",
                fixed=True),
            row("presets.cancel", "escape", "cancel", "leave the keys as they are", "cancel",
                fixed=True),
        ),
        shared=("list",),
    ),
    Part(
        "palette",
        "palette",
        (
            row("palette.run", "enter", "run", "do it", "do it", fixed=True),
            row("palette.close", "escape", "cancel", "close", "close", fixed=True),
        ),
        typing=True,
        shared=("list",),
    ),
)  # fmt: skip
"""Memos, questions, help, keys, palette."""
