"""Every screen over the hostile study: what reaches the terminal is the program's own, no more."""

from __future__ import annotations

import asyncio
import functools
import inspect
import os
import pkgutil
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import TextArea

import tui.app.screens
from tests.app.bench import PATIENCE, rows_of
from tests.app.capture import Capture
from tests.app.rest import share_styles, use_rest
from tests.hostile.stream import foreign_sequences
from tests.hostile.study import CODER, ESCAPES, HIDDEN, NAME, PIECES, Hostile
from tui.app.actions.unsaved import tell_unsaved
from tui.app.app import QualApp
from tui.app.desk import Desk
from tui.app.screens.beginning.making import Making, Trouble
from tui.app.screens.bulk.slices import SlicesScreen
from tui.app.screens.confirm import ConfirmScreen
from tui.app.screens.memo.drafts import keep_draft
from tui.app.screens.too_small import TooSmall
from tui.app.screens.workbench.first_steps import SEEN
from tui.app.screens.workbench.screen import Workbench
from tui.app.terminal import FULL_REPAINT
from tui.app.work import ERROR_LOG, remember_seen, state_folder
from tui.project.edits.searches import save_search
from tui.project.project import Project
from tui.text.safe import make_line

SIZES = ((80, 24), (160, 48), (40, 12))
PASTED = f"{ESCAPES['clipboard']}\x9b31m\u202e[/x]\r\n=cmd() {ESCAPES['title']}"
_SIGNS = {"space": " ", "colon": ":", "slash": "/", "plus": "+"}
BASES = {
    "Manners",
    "Dialog",
    "Page",
    "FindingPage",
    "FilteredPage",
    "AgreementList",
    "AgreementView",
    "ClustersPage",
    "DocumentList",
    "DocumentImports",
    "SegmentList",
    "BenchRows",
    "BenchKeys",
    "SearchPage",
    "CountingPage",
    "SearchView",
    "LikeList",
    "PassageList",
}


class Session:
    """The app at work on the hostile study."""

    def __init__(self, app: QualApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot
        self.seen: set[str] = set()
        """Names of the screens that have been on top."""

    async def press(self, *keys: str) -> None:
        """Press keys, and prove what that has drawn."""
        for key in keys:
            name = _character_to_key(key) if len(key) == 1 else key
            character = key if len(key) == 1 else _SIGNS.get(key)
            self.app.post_message(events.Key(name, character))
            screen = None
            queue = self.app._keys
            # A key that is typed ahead is read when the one before it has done all it does.
            while screen is not self.app.screen or queue._typed or queue._waiting:
                screen = self.app.screen
                await self.pilot._wait_for_screen()
        await self.prove(keys)

    async def paste(self, text: str) -> None:
        """Paste a text into what has the focus."""
        self.app.post_message(events.Paste(text))
        await self.prove(("paste", text))

    async def prove(self, what: object) -> None:
        """Prove that all that was sent up to now is the program's own."""
        await self.pilot.pause()
        self.seen.add(type(self.app.screen).__name__)
        driver = self.app._driver
        assert isinstance(driver, Capture)
        # A bell of its own is rung where a paste is cut.
        sent = "".join(piece for piece in driver.written if piece != "\x07")
        driver.written.clear()
        assert foreign_sequences(sent.encode("utf-8")) == [], (what, self.text())

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait for what a thread brings about."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            await self.pilot.pause(0.02)
            if holds():
                await self.prove("waiting")
                return
        raise AssertionError(f"it never came about:\n{self.text()}")

    @property
    def desk(self) -> Desk:
        """The desk of the workbench, wherever that is in the stack."""
        return next(s.desk for s in self.app.screen_stack if isinstance(s, Workbench))

    def text(self) -> str:
        """Return what the topmost screen shows."""
        return "\n".join(rows_of(self.app))

    def is_on(self, name: str) -> bool:
        """Tell whether a screen of this class is on top."""
        return type(self.app.screen).__name__ == name

    @property
    def is_picking(self) -> bool:
        """Whether the picker lies over the workbench."""
        return isinstance(self.app.screen, Workbench) and self.app.screen.box is not None

    async def home(self) -> None:
        """Leave all that is open over the workbench."""
        for _ in range(6):
            if self.is_on("Workbench") and not self.is_picking:
                break
            await self.press("escape")
        assert self.is_on("Workbench"), self.text()
        await self.press("escape")


@asynccontextmanager
async def session_of(
    project: Project | None, size: tuple[int, int], folder: str | None = None
) -> AsyncIterator[Session]:
    """Run the app and keep what it sends; nothing may have gone wrong in it."""
    app = QualApp(project, CODER, first_run_folder=folder)
    app.driver_class = Capture
    async with app.run_test(headless=False, size=size) as pilot:
        session = Session(app, pilot)
        await session.prove("opened")
        yield session
        await session.prove("closed")
    assert app.crash_log == "", Path(app.crash_log).read_text()
    log = os.path.join(state_folder(), ERROR_LOG)
    assert not os.path.exists(log), Path(log).read_text()


def on_screen(test: Callable[..., Awaitable[None]]) -> Callable[..., None]:
    """Let a test be a coroutine."""

    @functools.wraps(test)
    def run(*args: Any, **kwargs: Any) -> None:
        asyncio.run(test(*args, **kwargs))  # type: ignore[arg-type]

    return run


@pytest.fixture(autouse=True)
def terminal_is_there(monkeypatch: pytest.MonkeyPatch, empty_home: Path) -> None:
    """Let the heartbeat believe in a terminal, and a hostile environment stand around it."""
    use_rest(monkeypatch)
    share_styles(monkeypatch)
    monkeypatch.setattr("tui.app.screens.workbench.screen.terminal_is_gone", lambda: False)
    for name in ("STY", "SSH_CONNECTION", "TERM_PROGRAM"):
        monkeypatch.setenv(name, f"{ESCAPES['title']}\x9b31m")
    monkeypatch.setenv("TERM", "xterm-256color")
    remember_seen(SEEN)


# One case for each screen


async def text_and_rows(at: Session) -> None:
    """Move through the text, with every unit, and code and uncode there."""
    assert at.is_on("Workbench")
    await at.press(*"jjlLhJKx=-<>", "pagedown", "pageup", "end", "home")
    await at.press("g", "e", "g", "g", "g", "u", "n", "N", "g", "c", "space", "backspace", "A", "A")
    await at.press("1", "i", "b", ".", "o", "o", "escape", "u", "escape", "z", "Z", "z")
    await at.paste(PASTED)
    await at.press("g")
    await at.until(lambda: "keep typing" in at.text())
    await at.press("escape")


async def tree(at: Session) -> None:
    """Move in the tree; name, define, pin and hide codes; find what is not there."""
    await at.press("t", "home", "=", *"jjjj", "end", "pageup", "-", "home", "right", "l", "p", "4")
    if at.app.size.width >= 80:
        assert make_line("\x1b[31m") in at.text() or "[red]" in at.text()
    await at.press("H", "H", "/")
    assert at.is_on("PromptScreen")
    await at.paste(PASTED)
    await at.press("enter", "/", *"owned", "enter")
    await at.press("n")
    await at.paste(f"{PASTED} new")
    await at.press("enter", "f2", "ctrl+u")
    await at.paste(NAME)
    await at.press("enter", "escape", "escape", "escape", "t", "m")
    assert at.is_on("MemoScreen")
    await at.press("escape", "t", "a")
    await at.paste(PASTED)
    await at.press("escape")


async def picker(at: Session) -> None:
    """Ask for codes by hostile letters, look at every one, make one, give two."""
    await at.press("c", *(["down"] * 4), "pagedown", "pagedown", "end", "up")
    assert at.is_picking
    await at.paste(PASTED)
    await at.press("ctrl+u", *"owned", "down", "tab", "ctrl+u", *"cmd", "tab", "enter")
    await at.press("z", "c", "plus")
    await at.paste(PASTED)
    await at.press("down", "up", "enter", "z", "r", "escape", "c", *"red", "enter", ".", "escape")


async def search(at: Session) -> None:
    """Search for what is hostile, rightly and wrongly; look at every hit; go to one."""
    await at.press("s")
    assert at.is_on("SearchScreen")
    queries = (
        "words",
        PASTED,
        f'code:"{NAME}" "',
        f'doc:"{PASTED}"',
        "/[/x/",
        "/\\x1b./",
        "in:memos memo",
        "in:codes owned",
        "[red] [/x]",
        "नमस्ते",
        "x" * 3000,
    )
    for query in queries if at.app.size.width == 80 else queries[::3]:
        await at.press("ctrl+u")
        await at.paste(query)
        await at.until(lambda: at.app.screen._asked == at.app.screen._answer.serial)  # type: ignore[attr-defined]
        await at.press("down", "pagedown")
    save_search(at.desk.project, "kept", f"word [red] [/x] {PASTED}", replace=True)
    await at.press("f3")
    assert at.is_on("SavedSearches")
    await at.press("escape", "ctrl+u", *"word")
    await at.until(lambda: at.app.screen._asked == at.app.screen._answer.serial)  # type: ignore[attr-defined]
    await at.press("tab", "a", "p", "enter")
    assert at.is_on("AutoCode")
    for key in ("down", "="):
        await at.until(lambda: at.app.screen._found is not None)  # type: ignore[attr-defined]
        await at.press(key)
    await at.press("escape", "escape", "tab")
    await at.press("enter", "n", "N")


async def documents(at: Session) -> None:
    """List, filter, sort, rename, import; open every document and move in it."""
    # All of them at the usual size; at the others the one of controls, the long and the hard one.
    for number in range(7) if at.app.size.width == 80 else (3, 5, 6):
        await at.press("d", "ctrl+home", *(["down"] * number), "enter")
        assert at.is_on("Workbench"), at.text()
        await at.press("pagedown", *"jl=", "g", "e", "K")
    await at.press("d", *"oooooo", "end", "slash")
    assert at.is_on("DocumentsScreen")
    await at.paste(PASTED)
    await at.press("escape", "slash")
    await at.paste(f"{PASTED.split()[0]}>=3 coded:{NAME.split()[0]}")
    await at.press("enter", "escape", "ctrl+home", "r", "ctrl+u")
    await at.paste("+1")
    await at.press("enter", "r", "ctrl+u")
    await at.paste(PASTED)
    await at.press("enter", "i")
    await at.paste(f"{PASTED}.docx")
    await at.press("enter")
    await at.until(lambda: at.app.screen._importer is None)  # type: ignore[attr-defined]
    await at.press("i")
    await at.paste(str(SOURCES[0]))
    await at.press("enter")
    await at.until(lambda: at.app.screen._importer is None)  # type: ignore[attr-defined]
    assert "already" in at.text()
    await at.press("escape")


async def more_like_this(at: Session) -> None:
    """List what is like a selection and like a code, explain it, code it and take that back."""
    for pane in ((), ("t",)):
        await at.press(*pane, "w", "l")
        assert at.is_on("LikeScreen")
        await at.until(lambda: at.app.screen._found is not None)  # type: ignore[attr-defined]
        await at.press("j", "space", "w", "w", "v", "b", ".", "z", "c")
        await at.press("escape", "escape")
        await at.home()


async def segments(at: Session) -> None:
    """Compare, list, filter, mark and change segments whose code and text are hostile."""
    await at.press("t", "home", "v", "j", "j", "v", "home", "enter")
    assert at.is_on("SegmentsScreen")
    await at.press("b", "b", "end", "space", "a", "a", "o", "o", "slash")
    await at.paste(PASTED)
    await at.press("enter", "x", "e", "i", "z", "m")
    await at.paste(PASTED)
    await at.press("escape", "z", "c")
    assert at.is_on("CodePicker")
    await at.press("f3", "down", "f2", "f2", "escape", "r", "escape", "enter")
    await at.home()

    def endless() -> Iterator[int]:
        while True:
            yield 1

    at.app.push_screen(SlicesScreen(NAME, 10**6, endless()))
    await at.prove("a large act")
    assert at.is_on("SlicesScreen")
    await at.press("escape")


async def confirm(at: Session) -> None:
    """Refuse to delete a document whose name is hostile, and to undo a large act."""
    await at.press("d", "ctrl+home", "x")
    assert isinstance(at.app.screen, ConfirmScreen)
    assert "owned" in at.text() or at.app.size.width < 80
    await at.paste(PASTED)
    await at.press("enter", "escape", "escape")


async def memo(at: Session) -> None:
    """Write hostile text, leave it as a draft, take it back, save it."""
    await at.press("g", "g", "a")
    assert at.is_on("MemoScreen")
    await at.paste(PASTED)
    await at.paste("\n".join(PIECES))
    await at.press(
        "up", "up", "left", "home", "end", "backspace", "tab", "ctrl+z", "pageup", "ctrl+a"
    )
    at.app.screen.keep()  # type: ignore[attr-defined]
    await at.prove("draft kept")
    await at.press("ctrl+r", "ctrl+z", "escape", "a", "pageup", "escape")
    await at.press("colon", *"memo on the proj", "enter", "pageup", "pagedown", "escape")


async def link_and_unsaved(at: Session) -> None:
    """Link what is called by hostile names in a memo; leave one unsaved, and open it by name."""
    await at.press("g", "g", "a", "ctrl+l")
    assert at.is_on("LinkScreen")
    await at.paste(f"{PASTED} nowhere")
    await at.press("enter", "ctrl+u", "down", "end", "up", "ctrl+u", *"owned", "enter")
    assert at.is_on("MemoScreen")
    assert "[[" in at.app.screen.query_one(TextArea).text
    await at.press("escape")
    desk = at.desk
    keep_draft(f"{desk.project.path}:{CODER}:document-1", PASTED, f"memo on {NAME}")
    desk.say(tell_unsaved(desk))
    await at.prove("told of what was never saved")
    assert "Never saved" in at.text()
    await at.press("colon", *"unsaved", "enter", "escape")


async def in_vivo(at: Session) -> None:
    """Make codes named by hostile words, at places that have hostile names."""
    for number in (0, 5) if at.app.size.width == 80 else (0,):
        await at.press("d", "ctrl+home", *(["down"] * number), "enter", "g", "g", "v")
        assert at.is_on("NameCode"), at.text()
        await at.press("tab", "tab")
        await at.paste(PASTED)
        await at.press("enter", "z", "V")
        await at.home()
        await at.press("z")


async def keys(at: Session) -> None:
    """Give acts other keys, pressing what no keyboard sends; begin with other presets."""
    await at.press("?", *"importa", "f2")
    assert at.is_on("PressKey"), at.text()
    for sign in ("\x9b", "\u202e", "\x1b", "\ufdd0", "\udc9b", "字", "[", "é"):
        at.app.post_message(events.Key(sign, sign))
        await at.prove(("key", sign))
        await at.press("backspace")
    await at.paste(PASTED)
    await at.press("escape", "escape", "escape", "colon", *"keys:", "enter")
    assert at.is_on("RemapScreen"), at.text()
    await at.press("end", "pageup", "slash")
    await at.paste(PASTED)
    await at.press("enter", "escape", "x", "d", "p")
    assert at.is_on("PresetBox")
    await at.paste(PASTED)
    await at.press("down", "escape")


async def help_page(at: Session) -> None:
    """Filter the help by what is hostile."""
    await at.press("?")
    assert at.is_on("HelpScreen")
    await at.paste(PASTED)
    await at.press("ctrl+u", *"co", "down", "escape")


async def palette(at: Session) -> None:
    """Ask the palette for what is hostile; turn other coders on and off."""
    await at.press("colon")
    assert at.is_on("PaletteScreen")
    await at.paste(PASTED)
    await at.press("enter", "ctrl+u", *"show other", "enter")
    assert make_line(HIDDEN)[:4] in at.text() or at.app.size.width < 80, at.text()
    await at.press("colon", *"hide other", "enter")


async def codings_here(at: Session) -> None:
    """Stack codes, list them, act on them from the list."""
    await at.press("d", "ctrl+home", "enter", "g", "g", "pagedown", "home", "1", "2", "3", "enter")
    if not at.is_on("CodingsHere"):
        await at.press("escape", "u")
    assert at.is_on("CodingsHere"), at.text()
    await at.press("down", "1", "i")
    await at.home()
    await at.press("enter", "m")
    await at.paste(PASTED)
    await at.press("escape")
    await at.home()


async def errors(at: Session) -> None:
    """Let acts refuse in words that quote names."""
    await at.press("g", "g", "1", "1")
    assert "Already coded" in at.text(), at.text()
    await at.press("t", "home", "N")
    await at.paste(NAME)
    await at.press("enter")
    assert "called" in at.text(), at.text()
    await at.press("escape", "escape")


async def look_at(at: Session) -> None:
    """Look at the whole: numbers beside names that are hostile."""
    await at.press("w", "m")
    await at.press("down", "right", "v", "%", "g", "t", "c", "x", "L", "e")
    await at.paste(PASTED)
    await at.press("enter", "escape", "escape", "w", "c")
    await at.press("end", "/")
    await at.paste(PASTED)
    await at.press("escape", "home", "f2")
    await at.paste(PASTED)
    await at.press("escape", "m", "escape", "escape")
    await at.home()
    await at.press("w", "o")
    await at.press("down", "tab", "down", "v", "f", "enter")
    await at.home()
    await at.press("w", "t", "x", "x", "m", "m")
    assert at.is_on("ClustersScreen"), at.text()
    await at.press("down", "v", "f", "l", "n", "c", "c", "right", "left", "f2")
    await at.paste(NAME)
    await at.press("enter", "escape", "z", "enter")
    await at.home()
    await at.press("w", "p")
    await at.until(lambda: at.app.screen._counted is not None)  # type: ignore[attr-defined]
    await at.press("end", "pageup", "pageup")
    await at.home()


async def agreement(at: Session) -> None:
    """Decide between coders, codes and texts that are hostile."""
    await at.press("colon", *"show other", "enter", "w", "i")
    assert at.is_on("AgreementScreen"), at.text()
    await at.press("a", "n", "N", "f", "f", "y", "t", "b", "e", "x", "d", "z", "Z", "m")
    if at.is_on("MemoScreen"):
        await at.paste(PASTED)
        await at.press("escape")
    await at.press("tab", "down", "end", "enter", "c", "j", "k", "pagedown", "enter")
    await at.home()
    await at.press("colon", *"hide other", "enter")


async def small(at: Session) -> None:
    """Make the window too small, and large again."""
    size = at.app.size
    await at.pilot.resize_terminal(30, 8)
    await at.prove("made small")
    assert isinstance(at.app.screen, TooSmall)
    await at.pilot.resize_terminal(*size)
    await at.prove("made large")


CASES = (
    text_and_rows,
    tree,
    picker,
    search,
    documents,
    segments,
    more_like_this,
    confirm,
    memo,
    link_and_unsaved,
    in_vivo,
    keys,
    help_page,
    palette,
    codings_here,
    errors,
    look_at,
    agreement,
    small,
)
FIRST_RUN = {"WelcomeScreen", Making.__name__, Trouble.__name__, "FirstHelp", "PracticeBench"}
"""Screens that are shown before there is a project."""
SOURCES: list[str] = []
SEEN_SCREENS: set[str] = set()


def screen_classes() -> set[str]:
    """Return the names of all screens there are."""
    found: set[str] = set()
    for module in pkgutil.walk_packages(tui.app.screens.__path__, "tui.app.screens."):
        loaded = import_module(module.name)
        for name, value in vars(loaded).items():
            made_here = inspect.isclass(value) and value.__module__ == loaded.__name__
            if made_here and issubclass(value, Screen):
                found.add(name)
    return found - BASES


@pytest.mark.parametrize("size", SIZES, ids=str)
@on_screen
async def test_nothing_hostile_reaches_the_terminal(
    hostile: Hostile, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    SOURCES[:] = [hostile.sources]
    if size == (40, 12):  # the widgets make all safe by themselves, not only the writer
        monkeypatch.setattr("tui.app.screen_cells.make_line", lambda text: text)
    elif size == (160, 48):  # the other way of writing
        monkeypatch.setenv(FULL_REPAINT, "1")
    with Project(hostile.path, CODER) as project:
        async with session_of(project, size) as session:
            if size[0] >= 80:
                assert make_line(NAME)[:8] in session.text()
            for case in CASES:
                await case(session)
                await session.home()
    missing = screen_classes() - session.seen - FIRST_RUN
    assert missing == set(), "screens without a case here"


@pytest.mark.parametrize("size", SIZES, ids=str)
@on_screen
async def test_nothing_hostile_reaches_the_terminal_at_the_first_run(
    size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmux = tmp_path / "bin" / "tmux"
    tmux.parent.mkdir()
    tmux.write_text("#!/bin/sh\nprintf '\\033]0;owned\\007'\n")
    tmux.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmux.parent}:{os.environ['PATH']}")
    monkeypatch.setenv("TMUX", ESCAPES["title"])
    folder = tmp_path / "\x1b]0;owned\x07[red]\u202e\x9b31m"
    (folder / "corpus").mkdir(parents=True)
    (folder / "corpus" / "\x1b[31m=a[x].txt").write_text("Words.\n", encoding="utf-8")
    (folder / "corpus" / "\x9bempty.txt").write_text("", encoding="utf-8")
    foreign = folder / "\x1b[2Jforeign.qual"
    foreign.write_text("no database, and long enough to be looked at")
    async with session_of(None, size, str(folder)) as session:
        assert session.is_on("WelcomeScreen")
        await session.until(lambda: "tmux: copying" in session.text() or size[1] < 24)
        await session.press("?")
        await session.paste(PASTED)
        await session.press("enter", "escape", "f3")
        await session.until(lambda: session.is_on("PracticeBench"))
        await session.press("f3", "f3", "1", "m")
        await session.paste(PASTED)
        await session.press("escape", "escape")
        await session.until(lambda: session.is_on("WelcomeScreen"))
        await session.press("3")
        await session.paste(f"{PASTED}.qual")
        await session.press("enter", "3")
        await session.paste(str(folder))
        await session.press("enter", "3")
        await session.paste(str(foreign))
        await session.press("enter")
        await session.until(lambda: session.is_on("Trouble"))
        await session.press("escape")
        await session.until(lambda: session.is_on("WelcomeScreen"))
        await session.press("2", "enter")
        await session.until(lambda: "Esc back" in session.text())
        assert session.is_on("Making")
        await session.press("escape")
        await session.until(lambda: session.is_on("WelcomeScreen"))
        (folder / "corpus" / "\x9bempty.txt").unlink()
        await session.press("2", "enter")
        await session.until(lambda: session.is_on("Workbench"))
        assert isinstance(session.app.screen, Workbench)
    session.app.close_project()
    assert {*FIRST_RUN, "PromptScreen"} <= session.seen


@on_screen
async def test_a_hostile_holder_of_a_network_project_is_named(
    hostile: Hostile, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path(f"{hostile.path}.mounts").write_text("1 0 0:1 / / rw - nfs4 server:/home rw\n")
    Path(f"{hostile.path}.lock").write_text(
        '{"coder": "\\u001b[31mbo\\u009b\\u202e[/x]", "host": "\\u001b]0;elm\\u0007", "pid": 1,'
        ' "since": "\\u001b[2J"}'
    )
    monkeypatch.setenv("QUAL_MOUNTS", f"{hostile.path}.mounts")
    with Project(hostile.path, CODER) as project:
        async with session_of(project, (160, 48)) as session:
            assert "Read-only" in session.text()
            assert make_line("\x1b[31mbo\x9b\u202e[/x]") in session.text()
            await session.press("j", "c", "t", "n", "d", "i")
