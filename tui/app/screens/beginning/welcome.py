"""The page that is shown where there is no project yet."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from textual import events, on
from textual.app import ComposeResult
from textual.message import Message

from tui.app.glyphs import ASCII, PLAIN_TERMINALS, UTF_8, encoding_of
from tui.app.keybook import hint, key
from tui.app.screens.manners import Page
from tui.app.screens.path_offers import path_offers
from tui.app.screens.prompt import PromptScreen
from tui.app.widgets.rows import BOLD, DIM, PLAIN, Row, Rows, clip, column, wrapped
from tui.app.widgets.virtual_list import VirtualList
from tui.app.work import in_thread
from tui.config import read_config

Choice = Literal["sample", "new", "open", "practice"]

_CHOICES: tuple[tuple[Choice, str, str], ...] = (
    ("sample", "Try the sample study", "6 briefs, an interview, a note; 56 codes"),
    ("new", "New project from files…", "a folder of .txt and .md files, or one of them"),
    ("open", "Open a project…", "a NAME.qual file"),
)
_LABELLED = 70
"""Cells from which on there is room to name what the lines are about."""
_ASK_TMUX = 1.0
"""Seconds that tmux has to answer."""
_SLOW_ESCAPE = 100
"""Milliseconds; a longer wait for Esc is felt."""


@dataclass(frozen=True, slots=True)
class WelcomeResult:
    """How to begin."""

    choice: Choice
    path: str
    """A folder or file to make a project of, or the project to open, absolute; empty for the
    sample and the practice."""


def terminal_lines(environ: Mapping[str, str], colors: str, *, mouse: bool = True) -> list[str]:
    """Return what is known of the terminal, and what would make it better.

    Args:
        environ: the environment.
        colors: how many colours are used, in words.
        mouse: whether the mouse is taken from the terminal.
    """
    term = environ.get("TERM", "TERM is not set")
    letters, more = _letters(environ)
    pointer = "mouse on" if mouse else "mouse off"
    if term in PLAIN_TERMINALS:
        pointer = "no mouse here"
    lines = [f"{term} · {colors} · {pointer} · {letters}", *more]
    if environ.get("SSH_CONNECTION"):
        lines.append("over SSH: only what changes on the screen is sent")
    if environ.get("STY") and not environ.get("TMUX"):
        lines.append("screen found: `maptimeout 10` in .screenrc makes Esc quick")
    if not environ.get("TMUX"):
        lines.append(_copying(environ))
    return lines


def _letters(environ: Mapping[str, str]) -> tuple[str, list[str]]:
    """Return what the locale says of letters, in a few words, and what would help."""
    encoding = encoding_of(environ)
    if encoding == UTF_8:
        return "UTF-8 ok", []
    advice = "`export LC_ALL=C.UTF-8` shows all letters"
    if encoding == ASCII:
        return "no UTF-8", [f"no locale, or one of plain letters: {advice}"]
    return "no UTF-8", [f"the locale says {encoding}: {advice}"]


def _copying(environ: Mapping[str, str]) -> str:
    """Return in words where copied text arrives."""
    copies = key("edit.copy")
    if environ.get("TERM") in PLAIN_TERMINALS:
        return f"{copies} copies to a file: this console has no clipboard"
    if environ.get("STY"):
        return f"{copies} copies to a file: screen keeps it from your computer's clipboard"
    if environ.get("TERM_PROGRAM") == "Apple_Terminal":
        return f"{copies} copies to a file: Terminal takes nothing for the clipboard"
    return f"{copies} copies through the terminal (OSC 52), where it allows that, and to a file"


def tmux_lines(escape_time: str, clipboard: str) -> list[str]:
    """Return what in tmux stands in the way, with the setting that helps.

    Args:
        escape_time: its ``escape-time``, in milliseconds.
        clipboard: its ``set-clipboard``.
    """
    lines = []
    if not escape_time and not clipboard:
        return ["tmux did not answer: a slow Esc needs `set -sg escape-time 10` there"]
    if escape_time.isdigit() and int(escape_time) > _SLOW_ESCAPE:
        lines.append(f"tmux: Esc waits {escape_time} ms · `set -sg escape-time 10` helps")
    if clipboard and clipboard != "on":
        lines.append("tmux: copying to your computer needs `set -g set-clipboard on`")
    elif clipboard:
        lines.append("copying goes through tmux to your terminal, where it allows that")
    return lines


def _ask_tmux() -> list[str]:
    def option(name: str) -> str:
        try:
            asked = subprocess.run(
                ["tmux", "show-options", "-gqv", name],
                capture_output=True,
                text=True,
                timeout=_ASK_TMUX,
                check=False,
            )
        except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
            return ""
        return asked.stdout.strip()

    return tmux_lines(option("escape-time"), option("set-clipboard"))


class WelcomeScreen(Page[WelcomeResult | None]):
    """Asks how to begin; the result is None when the program is to end.

    Args:
        folder: the folder offered for a new project; the current one when left out.
    """

    SCREEN = "welcome"
    NO_UNDO = ""
    AUTO_FOCUS = ""

    @dataclass
    class TmuxAnswered(Message):
        """tmux has told its settings."""

        lines: list[str]

    def __init__(self, folder: str | None = None) -> None:
        super().__init__()
        self._folder = folder
        self._terminal: list[str] = []

    @property
    def listing(self) -> VirtualList:
        """The ways to begin."""
        return self.query_one(VirtualList)

    def compose(self) -> ComposeResult:
        """Make the choices and what to know before."""
        yield Rows([[(" qual ", BOLD), ("    no project here yet", PLAIN)]], id="heading")
        yield Rows(classes="rule")
        yield VirtualList(self._row)
        yield Rows(id="advice")
        yield Rows(id="keys")

    def on_mount(self) -> None:
        """Look at the terminal; tmux is asked in a thread."""
        self.listing.show(len(_CHOICES))
        # Only the program's own app can tell; any other one goes by the settings.
        mouse = getattr(self.app, "has_mouse", read_config(os.environ).flag("mouse"))
        self._terminal = terminal_lines(os.environ, self._colors(), mouse=mouse)
        self._advise()
        if os.environ.get("TMUX"):
            in_thread(lambda: self._post(self.TmuxAnswered(_ask_tmux())), "tmux")

    def on_resize(self, event: events.Resize) -> None:
        """Draw the rule as long as the screen is wide."""
        self.query_one(".rule", Rows).tell("─" * event.size.width, DIM)
        self.set_class(event.size.height < 16, "-low")
        self.call_after_refresh(self._advise)

    def _post(self, message: Message) -> None:
        """Take a message over from the thread."""
        self.post_message(message)

    def _colors(self) -> str:
        if self.app.no_color:
            return "no colours, as you asked" if os.environ.get("NO_COLOR") else "no colours"
        found = self.app.console.color_system
        return {
            "standard": "16 colours",
            "256": "256 colours",
            "truecolor": "all colours",
            "windows": "16 colours",
        }.get(found or "", "no colours")

    @on(TmuxAnswered)
    def _heard(self, event: TmuxAnswered) -> None:
        event.stop()
        self._terminal += event.lines
        self._advise()

    def _advise(self) -> None:
        rows: list[Row] = [[]]
        cells = self.size.width or self.app.size.width
        label = 17 if cells >= _LABELLED else 2
        for number, line in enumerate(self._terminal):
            for at, part in enumerate(wrapped(line, cells - label, 2)):
                is_first = number == at == 0
                head = "  Your terminal" if is_first and label > 2 else ""
                rows.append([(head.ljust(label), DIM), *part])
        about = f"{hint('app.help', 'is always help')}.  Everything is saved as you go; "
        about += f"{key('edit.undo')} undoes."
        rows += [
            [],
            [("  Three keys do most of the work:", PLAIN)],
            [],
            [
                (f"      {key('text.next')}", BOLD),
                ("  next sentence      ", PLAIN),
                (key("code.pick"), BOLD),
                ("  give it a code      ", PLAIN),
                (key("code.again"), BOLD),
                ("  same code again", PLAIN),
            ],
            [],
            [(f"  {about}", PLAIN)],
        ]
        self.query_one("#advice", Rows).show(*rows)

    def _row(self, index: int, cells: int) -> Row:
        _, title, about = _CHOICES[index]
        return [(f" {index + 1}  ", BOLD), (column(title, 27), PLAIN), (about, DIM)]

    @on(VirtualList.Chosen)
    def _clicked(self, event: VirtualList.Chosen) -> None:
        event.stop()
        self.action_choose()

    def action_number(self, number: int) -> None:
        """Choose a way by its number."""
        self.listing.highlight(number - 1)
        self.action_choose()

    def action_choose(self) -> None:
        """Begin in the highlighted way; where a path is needed, ask for it."""
        choice = _CHOICES[self.listing.highlighted][0]
        if choice == "sample":
            self.dismiss(WelcomeResult(choice, ""))
        elif choice == "new":
            box = PromptScreen(
                "New project from",
                self._folder or os.getcwd(),
                "A folder of .txt and .md files, or one of them.",
                offers=path_offers(),
            )
            self.app.push_screen(box, lambda path: self._begin(choice, path))
        else:
            line = "Path of a NAME.qual file; ~ is your home."
            box = PromptScreen("Open the project", "", line, offers=path_offers((".qual",)))
            self.app.push_screen(box, lambda path: self._begin(choice, path))

    def _begin(self, choice: Choice, path: str | None) -> None:
        if path is None:
            return
        path = os.path.abspath(os.path.expanduser(path))
        if not os.path.exists(path):
            self.say(f"{clip(path, 50)} does not exist · {self.keys_row()}")
        elif choice == "open" and os.path.isdir(path):
            self.say(f"{clip(path, 40)} is a folder; name the .qual file in it")
        else:
            self.dismiss(WelcomeResult(choice, path))

    def action_practise(self) -> None:
        """Begin with the practice: a copy of the shipped study, gone afterwards."""
        self.dismiss(WelcomeResult("practice", ""))

    def action_show_keys_help(self) -> None:
        """Show every key that there will be."""
        # Loaded by those who ask.
        from tui.app.screens.keys.first_help import first_help  # noqa: PLC0415

        def chosen(id: str | None) -> None:
            if id in ("welcome.practice", "app.practice"):
                self.action_practise()
            elif id == "welcome.choose":
                self.action_choose()
            elif id in ("welcome.quit", "welcome.leave"):
                self.action_quit_now()

        self.app.push_screen(first_help(), chosen)

    def action_quit_now(self) -> None:
        """Close; nothing was written."""
        self.dismiss(None)
