"""The next useful keys for the situation, as the here row names them."""

from __future__ import annotations

from collections.abc import Sequence

from tui.app.action import Pane
from tui.app.document.lanes import LaneCoding
from tui.app.keybook import fill, key
from tui.app.state import OFTEN, Study
from tui.app.widgets.rows import clip

_MOVED = ("{code.list_here} keeps · {pane.text} puts back", "{code.list_here} · {pane.text}")
_FOCUSED = (
    "{text.extend_word_next} {text.extend_next} {text.swap_end} edges · {code.focus_next} next"
    " · {code.remove} off · {memo.open} memo · {pane.text} back",
    "{text.extend_word_next} {text.extend_next} edges · {code.remove} off · {pane.text} back",
    "{code.remove} off · {pane.text} back",
)
_LOOKED_AT = (
    "{code.focus_next} next · {memo.open} memo · {pane.text} back",
    "{code.focus_next} next · {pane.text} back",
)
_SEVERAL = (
    "{code.list_here} lists · {code.focus_next} focus · {code.remove} off",
    "{code.list_here} lists · {code.focus_next} focus",
    "{code.list_here} lists",
)
_ONE = ("{code.focus_next} focus · {code.remove} off", "{code.focus_next} focus")
_OTHERS = ("{code.focus_next} focus · {code.list_here} lists", "{code.focus_next} focus")
_NONE = ("{code.pick} code · {code.again} again", "{code.pick} code")
_NONE_GIVEN = ("{code.pick} gives one",)
_NO_TEXT = ("{pane.documents} brings documents in", "{pane.documents} documents")
_READING = ("{search.project} search · {go.coding} next coding", "{go.coding} next coding")
_TREE = ("{code.highlighted} gives the code at the cursor", "{code.highlighted} gives it")
_TREE_BARE = ("{tree.new} makes a code",)
_TREE_READING = ("{pane.text} back to the text",)


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
    writable = not study.project.read_only
    if not moved and writable and study.offer is not None and pane == "text":
        return _offer(study, *study.offer)
    wanted: tuple[str, ...]
    if moved:
        wanted = _MOVED
    elif pane == "tree":
        wanted = (_TREE if study.codes else _TREE_BARE) if writable else _TREE_READING
    elif focused is not None:
        own = focused.coder_id == study.project.coder_id
        wanted = _FOCUSED if own and writable else _LOOKED_AT
    elif here:
        wanted = _here(study, here, writable=writable)
    elif not study.documents:
        wanted = _NO_TEXT
    elif writable:
        wanted = _NONE if study.last_codes else _NONE_GIVEN
    else:
        wanted = _READING
    return tuple(fill(hint) for hint in wanted)


def _here(study: Study, here: Sequence[LaneCoding], *, writable: bool) -> tuple[str, ...]:
    own = any(coding.coder_id == study.project.coder_id for coding in here)
    if len(here) > 1:
        return _SEVERAL if own and writable else _SEVERAL[1:]
    return _ONE if own and writable else _OTHERS


def _offer(study: Study, code_id: int, digit: int) -> tuple[str, ...]:
    code = study.by_id.get(code_id)
    name = clip(code.key, 16) if code else "it"
    keys = key(f"code.pin_{digit}")
    held = study.by_id.get(study.slots.get(digit, 0))
    instead = f" in place of {clip(held.key, 16)}" if held else ""
    return (
        f"{name} used {OFTEN} times · {keys} puts it on {digit}{instead}",
        f"{name} used {OFTEN} times · {keys} puts it on {digit}",
        f"{keys} puts {name} on {digit}",
    )
