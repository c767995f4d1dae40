"""No key is silent: each one acts or says why it does not, in both panes, after every prefix."""

from __future__ import annotations

import string

import pytest

from tests.app.bench import Bench, bench_of, on_screen
from tests.tiny import draft
from tui.app.action import Pane
from tui.app.keymap import name_of
from tui.app.keys.layouts import normalise
from tui.project.edits.codings import add_codings
from tui.project.edits.documents import import_document
from tui.project.project import Project

PRINTED = [*string.ascii_letters, *string.digits, *string.punctuation, *"éßж中٣£½“"]
NAMED = [
    "space", "enter", "escape", "tab", "shift+tab", "backspace", "delete", "insert", "home", "end",
    "pageup", "pagedown", "up", "down", "left", "right", "ctrl+@", "ctrl+backslash", "pause",
    "ctrl+underscore", "ctrl+right_square_bracket", "ctrl+circumflex_accent",
    # F3 copies a study in a thread: it has tests of its own.
    *(f"f{number}" for number in (1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 20)),
    *(f"ctrl+{letter}" for letter in string.ascii_lowercase if letter not in "him"),
    *(f"{held}+{key}" for held in ("shift", "ctrl") for key in ("up", "left", "home", "pageup")),
    "alt+up", "ctrl+shift+f5",
]  # fmt: skip
ALT = [(f"alt+{letter}", letter) for letter in "cjtzQ39ж"]


def seen(bench: Bench) -> tuple[object, ...]:
    """Return all that a key can make different where the coder looks."""
    screen, desk = bench.screen, bench.screen.desk
    return (
        screen._status.rows,
        screen._last.rows,
        screen._prefix,
        screen._reader,
        screen.box,
        set(screen.classes),
        len(bench.app.screen_stack),
        desk.pane,
        desk.tree.highlighted,
        [repr(row) for row in screen.query_one("#tree")._rows],  # type: ignore[attr-defined]
        desk.view.selection,
        desk.view._pane.top,
        desk.view.focused_coding,
        desk.view.moved_edges,
        desk.study.hidden,
        desk.study.auto_advance if hasattr(desk.study, "auto_advance") else None,
        tuple(desk.project.db.execute("SELECT count(*), sum(important) FROM codings").fetchone()),
        tuple(desk.project.db.execute("SELECT count(*) FROM bookmarks").fetchone()),
    )


async def calm(bench: Bench, pane: Pane) -> None:
    """Bring the workbench back to where every key begins."""
    screen = bench.screen
    while bench.app.screen is not screen:
        await bench.pilot.pause()  # it is not taken away before it is there
        await bench.pilot.pause()
        bench.app.pop_screen()
        await bench.pilot.pause()
    screen.put_box_away()
    screen._stop_reading()
    screen._close_which_key()
    screen._prefix = ""
    screen.desk.view.set_focus_coding(None)
    if screen.desk.pane != pane or screen.has_class("-folded"):
        screen.go_to_pane(pane)
    screen.desk.open_document(3)
    screen.desk.view.select(20, 30, "sentence")
    screen.end_notice()
    screen._last.show_keys()
    screen._status.take_back()
    screen.desk.tell_status()


def meant(key: str, sign: str | None) -> list[str]:
    """Return the names of the keys that a key of the terminal counts as."""
    return [name_of(*each) for each in normalise(key, sign)]


@pytest.mark.parametrize("pane", ["text", "tree"])
@on_screen
async def test_every_key_acts_or_says_why_it_does_not(project: Project, pane: Pane) -> None:
    import_document(project, draft("long", "One two three. Four five six.\n\n" * 60))
    add_codings(project, 3, 20, 30, [1])
    typed = [(sign, sign) for sign in PRINTED] + [(name, None) for name in NAMED] + ALT
    silent = []
    async with bench_of(project) as bench:
        for key, sign in typed:
            await calm(bench, pane)
            for name in meant(key, sign):
                before = seen(bench)
                bench.screen.press(name)
                if seen(bench) == before:
                    silent.append(key)
        await calm(bench, pane)
    assert not silent


@pytest.mark.parametrize("pane", ["text", "tree"])
@on_screen
async def test_after_every_prefix_too(project: Project, pane: Pane) -> None:
    import_document(project, draft("long", "One two three. Four five six.\n\n" * 60))
    silent = []
    async with bench_of(project) as bench:
        for prefix in bench.screen._keys._prefixes[pane]:
            for key in [*PRINTED[::3], *NAMED[::5]]:
                if (prefix, key) == ("q", "q"):
                    continue
                await calm(bench, pane)
                before = seen(bench)
                bench.screen.press(prefix)
                assert seen(bench) != before
                held = seen(bench)
                bench.screen.press(key)
                # Esc after a prefix goes back to where one was.
                if seen(bench) in (before, held) and key != "escape":
                    silent.append(f"{prefix} {key}")
        await calm(bench, pane)
    assert not silent
