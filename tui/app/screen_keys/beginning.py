"""The keys of screens before there is a workbench, or no room for it."""

from __future__ import annotations

from typing import Final

from tui.app.screen_keys.part import Part, row

BEGINNING: Final = (
    Part(
        "welcome",
        "first screen",
        (
            row("welcome.number", "1 2 3", "number", "choose a way to begin", "choose",
                fixed=True),
            row("welcome.choose", "enter", "choose", "choose", fixed=True),
            row("welcome.help", "? f1", "show_keys_help", "every key that there will be", "help"),
            row("welcome.practice", "f3 p", "practise", "practise for 5 minutes",
                "practise first",
                help="Goes through the keys in a copy of the shipped study, gone afterwards."),
            row("welcome.quit", "q", "quit_now", "quit, nothing is written",
                "quit, nothing is written"),
            row("welcome.leave", "escape", "quit_now", "quit, nothing is written", fixed=True),
        ),
        shared=("list",),
    ),
    Part(
        "making",
        "making a project",
        (
            row("making.back", "escape enter", "back", "back", fixed=True),
            row("making.quit", "q", "app.end(0)", "quit", fixed=True),
        ),
        shared=(),
    ),
    Part(
        "trouble",
        "an error at the start",
        (
            row("trouble.back", "escape enter space", "dismiss", "back", fixed=True),
            row("trouble.quit", "q", "app.end(0)", "quit", fixed=True),
        ),
        shared=(),
    ),
    Part(
        "too_small",
        "too small a window",
        (row("too_small.quit", "q", "quit_twice", "quit at the second press", fixed=True),),
        shared=(),
    ),
)  # fmt: skip
"""First screen, making a project, what goes wrong, too small a window."""
