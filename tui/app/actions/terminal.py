"""What can be asked of the terminal: mouse, colours, a fresh picture, a stop."""

from __future__ import annotations

from tui.app.action import Action
from tui.app.desk import Desk
from tui.app.keybook import hint


def switch_mouse(desk: Desk) -> None:
    """Take the mouse from the terminal, or give it back."""
    if desk.program.switch_mouse():
        way = hint("app.mouse", "gives it back")
        desk.refuse(f"The mouse selects here · hold Shift to copy with it, {way}")
    else:
        way = hint("app.mouse", "takes it again")
        desk.refuse(f"The mouse is the terminal's: it copies as in any window · {way}")


def switch_colors(desk: Desk) -> None:
    """Take the colours for a light background, or for a dark one; remember it."""
    desk.say(f"Colours now suit {desk.program.switch_colors()}, and will from now on")


def draw_anew(desk: Desk) -> None:
    """Draw everything again."""
    desk.program.draw_anew()


def stop_process(desk: Desk) -> None:
    """Give the terminal back to the shell."""
    desk.program.stop_process()


ACTIONS = (
    Action("app.mouse", "mouse on or off",
           "Takes the mouse for selecting, or gives it back to the terminal for copying.",
           ("f8",), ("text", "tree"), switch_mouse, short="mouse"),
    Action("app.colours", "light or dark colours",
           "Takes the colours for the other background, and keeps to them from now on.", (),
           ("text", "tree"), switch_colors),
    Action("app.redraw", "draw everything anew",
           "Draws the whole screen again, when something else has written on it.", (),
           ("text", "tree"), draw_anew, short="redraw"),
    Action("app.suspend", "suspend",
           "Stops the program and goes back to the shell; `fg` brings it back.", (),
           ("text", "tree"), stop_process),
)  # fmt: skip
