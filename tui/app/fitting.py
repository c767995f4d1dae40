"""How the app fits its terminal: signs, colours, cursor, mouse, stopping, a lost line."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Any, Final

from textual.app import ReturnType
from textual.geometry import Offset

from tui.app.action import spell_arrows
from tui.app.driver import QualDriver
from tui.app.glyphs import PLAIN_TERMINALS, Signs, signs_for
from tui.app.terminal import SparingApp
from tui.app.themes import DARK, LIGHT, says_background, theme_for, themes
from tui.config import config_path, save_value
from tui.errors import QualError
from tui.values import dataclass

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.screen import Screen

_ASKABLE: Final = (
    "xterm",
    "tmux",
    "rxvt",
    "alacritty",
    "foot",
    "st",
    "kitty",
    "konsole",
    "wezterm",
)
"""Terminals that answer, or overlook, the question what their background is."""
LOST_LINE: Final = 129


@dataclass(frozen=True, slots=True)
class Fit:
    """What the user and the environment say about the terminal."""

    theme: str = "auto"
    """``auto``, ``dark``, ``light`` or ``contrast``."""
    signs: Signs = field(default_factory=Signs)
    accessible: bool = False
    """Whether a screen reader or magnifier follows: cursor seen, one column, no boxes."""
    bell: bool = False
    """Whether a key that cannot act rings."""


def fit_for(
    environ: Mapping[str, str],
    *,
    theme: str = "auto",
    glyphs: str = "auto",
    accessible: bool = False,
    bell: bool = False,
) -> Fit:
    """Return how to fit the terminal that the environment tells of; the rest is as configured."""
    return Fit(theme, signs_for(environ, glyphs, boxes=not accessible), accessible, bell)


def has_no_colors(term: str) -> bool:
    """Tell whether a terminal shows no colours whatever is sent."""
    name, _, kind = term.partition("-")
    return (name in PLAIN_TERMINALS and name != "linux") or kind in ("m", "mono")


def shell_takes_over() -> bool:
    """Tell whether a shell takes the terminal, and can bring this process back, when it stops.

    Only a shell with job control does, and such a one puts each job into a group of its own. What
    shares the group of its parent was started by a script, or by one line that ssh was given:
    stopped, it would leave a dead terminal.
    """
    parent = os.getppid()
    if parent == 1 or os.getsid(0) == os.getpid():
        return False
    try:
        return os.getsid(parent) == os.getsid(0) and os.getpgid(parent) != os.getpgrp()
    except OSError:
        return False


class FittingApp(SparingApp[ReturnType]):
    """An app that fits its terminal.

    Args:
        fit: what is known of the terminal.
    """

    def __init__(self, fit: Fit) -> None:
        # Textual picks its filter for NO_COLOR before a theme is set: unless told now that colours
        # are the terminal's own, it would draw black on black.
        super().__init__(ansi_color=True, driver_class=QualDriver)
        self.signs = fit.signs
        spell_arrows(fit.signs.plain)
        self.accessible = fit.accessible
        self.is_plain = fit.theme == "contrast"
        # Magnifiers follow it, too.
        self.shows_cursor = fit.accessible or self.is_plain
        self.rings = fit.bell
        self._suits_itself = fit.theme == "auto"
        for each in themes():
            self.register_theme(each)
        self.theme = DARK if self.no_color else theme_for(os.environ, fit.theme)
        self.asks_background = (
            self._suits_itself
            and not self.accessible
            and not self.no_color
            and not says_background(os.environ)
            and os.environ.get("TERM", "").partition("-")[0] in _ASKABLE
        )
        if self.accessible or "TEXTUAL_ANIMATIONS" not in os.environ:
            # A page down is 69 kB animated, 5 kB plain.
            self.animation_level = "none"
        self.set_class(self.accessible, "-accessible")
        # What was made ready for Textual's own colours would all be read once more for these.
        self._styled_for = self.get_css_variables()
        self.stylesheet.set_variables(self._styled_for)

    def refresh_css(self, animate: bool = True) -> None:
        """Apply the styles anew; read them anew only for other colours."""
        variables = self.get_css_variables()
        if variables != self._styled_for:
            self._styled_for = variables
            super().refresh_css(animate)
            return
        self.stylesheet.update(self, animate=animate)
        for screen in self.screen_stack:
            self.stylesheet.update(screen, animate=animate)
            screen._css_update_count = self._css_update_count
        if self.screen_stack and self.screen.is_mounted:
            self.screen._refresh_layout(self.size)

    # The cursor

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        if self.shows_cursor:
            place: Offset | None = getattr(self.screen, "reading_place", None)
            if place is not None:
                self.cursor_position = place
        super()._display(screen, renderable)

    def follow_reader(self) -> None:
        """Put the cursor where the reader is, although nothing is drawn anew."""
        place: Offset | None = getattr(self.screen, "reading_place", None)
        if self.shows_cursor and self._driver is not None and place is not None:
            self.cursor_position = place
            self._driver.write(f"\x1b[{place.y + 1};{place.x + 1}H")

    # Colours

    def suit_background(self, light: bool) -> None:
        """Take the colours that suit the terminal's background, unless others were chosen."""
        if self._suits_itself and not self.no_color:
            self.theme = LIGHT if light else DARK

    def switch_colors(self) -> str:
        """Take the colours for the other background, now and from now on; return it in words."""
        if self.is_plain:
            raise QualError("The theme is contrast: the terminal's own two colours.", "")
        if self.no_color:
            raise QualError("This terminal shows no colours, or NO_COLOR is set.", "")
        light = self.theme != LIGHT
        self._suits_itself = False
        self.theme = LIGHT if light else DARK
        word = "light" if light else "dark"
        save_value(config_path(os.environ), "theme", word)
        return f"a {word} background"

    # The mouse

    @property
    def has_mouse(self) -> bool:
        """Whether the mouse is taken from the terminal."""
        return isinstance(self._driver, QualDriver) and self._driver.has_mouse

    def switch_mouse(self) -> bool:
        """Take the mouse from the terminal or give it back; tell which it is now.

        Raises:
            QualError: there is none.
        """
        if isinstance(self._driver, QualDriver):
            if not self._driver.can_mouse:
                raise QualError("This terminal has no mouse.", "Every act has a key.")
            self._driver.set_mouse(not self._driver.has_mouse)
        return self.has_mouse

    # Stopping and going on

    def stop_process(self) -> None:
        """Give the terminal back to the shell until it says ``fg``.

        Raises:
            QualError: no shell would take over.
        """
        if not shell_takes_over():
            raise QualError(
                "There is no shell behind this screen that could bring it back: a script, or a"
                " command of ssh, only waits for its end.",
                "Open another window, or leave with q q: everything is saved.",
            )
        self.action_suspend_process()

    def draw_anew(self) -> None:
        """Draw the whole screen again: something else has written on it."""
        self.forget_screen()
        self.refresh(layout=True)

    # The end

    def lost_line(self) -> None:
        """The terminal is gone: end."""
        self.end(LOST_LINE)

    def end(self, code: int) -> None:
        """End the app with this exit code."""
        self.exit(return_code=code)

    def leave_terminal_at_once(self) -> None:
        """Leave the terminal as it was although the app hangs."""
        if isinstance(self._driver, QualDriver):
            self._driver.leave_at_once()
