"""The next useful keys for the situation, as the here row names them."""

from __future__ import annotations

from collections.abc import Sequence

from tui.app.action import Pane
from tui.app.document.lanes import LaneCoding
from tui.app.state import Study


def next_keys(
    study: Study,
    here: Sequence[LaneCoding],
    focused: LaneCoding | None,
    *,
    moved: bool,
    pane: Pane,
) -> tuple[str, ...]:
    """Return the same hint in several lengths, the longest first.

    Args:
        study: knows what can be changed and what was given last.
        here: the codings at the selection.
        focused: the underlined coding.
        moved: whether its edges are moved and not kept.
        pane: the pane that has the keys.
    """
    if moved:
        return ("Enter keeps · Esc puts back", "Enter keeps · Esc back", "Enter · Esc")
    writable = not study.project.read_only
    if study.offer is not None and writable:
        code, digit = study.by_id.get(study.offer[0]), study.offer[1]
        key = code.key if code else "it"
        return (
            f"{key} used 3 times · p {digit} puts it on {digit}",
            f"p {digit} puts {key} on {digit}",
            f"p {digit} pins it",
        )
    if pane == "tree":
        return ("c gives the code at the cursor", "c gives it") if writable else ("Esc text",)
    own = [coding for coding in here if coding.coder_id == study.project.coder_id]
    if focused is not None:
        if focused.coder_id != study.project.coder_id or not writable:
            return ("o next · m memo · Esc back", "o next · Esc", "Esc")
        return (
            "J K H L < > edges · o next · u off · r recode · m memo · Esc back",
            "JKHL edges · u off · m memo · Esc back",
            "JKHL edges · u off · Esc",
            "u off · Esc",
        )
    if not here:
        if not writable:
            return ("s searches · g c next coding", "g c coding")
        again = " · . again" if study.last_codes else ""
        return (f"c code · 1-9 slot{again}", f"c code{again}", "c code")
    if len(here) > 1:
        return ("Enter lists · o focus · u off", "Enter lists · o focus", "Enter lists")
    if own and writable:
        return ("o focus · u off · r recode · m memo", "o focus · u off", "o")
    return ("o focus · Enter lists", "o focus")
