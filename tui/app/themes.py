"""Colours: the terminal's own sixteen, so that any background and any palette stays readable."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from textual.theme import BUILTIN_THEMES, Theme

from tui.model.code import Code

if TYPE_CHECKING:
    from textual.app import App

DARK = "qual-dark"
LIGHT = "qual-light"
_HUES = (
    (20, "red"),
    (70, "yellow"),
    (165, "green"),
    (200, "cyan"),
    (260, "blue"),
    (335, "magenta"),
    (361, "red"),
)
# Yellow, green and cyan of sixteen colours cannot be read on white.
_ON_LIGHT = {"yellow": "color(94)", "green": "color(28)", "cyan": "color(30)", "blue": "color(19)"}
_ON_LIGHT_OF_FEW = {"yellow": "red", "green": "magenta", "cyan": "blue"}
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_LEAST_SATURATION = 0.15


def themes() -> tuple[Theme, Theme]:
    """Return the themes for a dark and for a light terminal."""
    dark, light = BUILTIN_THEMES["ansi-dark"], BUILTIN_THEMES["ansi-light"]
    # A pane without the focus would have a black, unseen border on black.
    seen = {"border-blurred": "ansi_bright_black", "footer-background": "ansi_default"}
    return (
        replace(dark, name=DARK, variables={**dark.variables, **seen}),
        replace(light, name=LIGHT, variables={**light.variables, **seen}),
    )


def theme_for(environ: Mapping[str, str], wanted: str = "auto") -> str:
    """Return the name of the theme that is wanted, or that suits the terminal.

    Args:
        environ: the environment; terminals that say what their background is say it in COLORFGBG.
        wanted: ``dark``, ``light``, or ``auto`` for what suits.
    """
    if wanted in ("dark", "light"):
        return LIGHT if wanted == "light" else DARK
    background = environ.get("COLORFGBG", "").rpartition(";")[2]
    is_light = background.isdigit() and int(background) in {7, *range(9, 16)}
    return LIGHT if is_light else DARK


def says_background(environ: Mapping[str, str]) -> bool:
    """Tell whether the environment says what the terminal's background is."""
    return environ.get("COLORFGBG", "").rpartition(";")[2].isdigit()


def tint(color: str, *, light: bool, few: bool) -> str:
    """Return the terminal colour in which a hue can be read.

    Args:
        color: one of the names that ``lane_colors`` gives.
        light: whether it stands on a light background.
        few: whether the terminal has sixteen colours only.
    """
    if not light:
        return "bright_blue" if color == "blue" else color
    return (_ON_LIGHT_OF_FEW if few else _ON_LIGHT).get(color, color)


def tint_on(app: App[Any], color: str) -> str:
    """Return the terminal colour in which a hue can be read in an app as it is now."""
    return tint(color, light=app.theme == LIGHT, few=app.console.color_system == "standard")


def lane_colors(codes: Iterable[Code]) -> dict[int, str]:
    """Return code id to terminal colour, by the hue of the code's own or its nearest ancestor's.

    Args:
        codes: the codebook, parents before children.
    """
    hues: dict[int, str] = {}
    for code in codes:
        own = _nearest(code.color)
        inherited = hues.get(code.parent_id) if code.parent_id is not None else None
        if color := own or inherited:
            hues[code.id] = color
    return hues


def _nearest(color: str) -> str | None:
    if not _HEX.fullmatch(color):
        return None
    red, green, blue = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    hue, _, saturation = colorsys.rgb_to_hls(red, green, blue)
    if saturation < _LEAST_SATURATION:
        return None
    return next(name for limit, name in _HUES if hue * 360 < limit)
