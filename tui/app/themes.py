"""Colours: the terminal's own sixteen, so that any background and any palette stays readable."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from textual.theme import BUILTIN_THEMES, Theme

from tui.model.code import Code

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
