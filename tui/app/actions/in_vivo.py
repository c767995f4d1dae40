"""In vivo coding: the selected words become the name of a code, and it is given to them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

from tui.app.action import Action
from tui.app.actions.coding import give
from tui.app.actions.reasons import no_coding
from tui.app.desk import Desk
from tui.app.document.describe import count_words
from tui.codebook.keys import free_key
from tui.model.code import Code

MOST_WORDS: Final = 6
"""More words than this are no name yet: they go into the field first."""
LONGEST_NAME: Final = 80
_JOINERS = "\u200c\u200d"
_READ = 400


def name_from(text: str) -> str:
    """Return words as the name of a code: one line, no punctuation at its ends, not too long."""
    shown = "".join(c if c.isprintable() or c in _JOINERS else " " for c in text[:_READ])
    name = _trimmed(" ".join(shown.split()))
    if len(name) <= LONGEST_NAME:
        return name
    cut = name[: LONGEST_NAME + 1].rfind(" ")
    return _trimmed(name[: cut if cut > LONGEST_NAME // 2 else LONGEST_NAME])


def _trimmed(name: str) -> str:
    start, end = 0, len(name)
    while start < end and _is_edge(name[start]):
        start += 1
    while end > start and _is_edge(name[end - 1]):
        end -= 1
    return name[start:end]


def _is_edge(char: str) -> bool:
    return char == " " or unicodedata.category(char)[0] == "P"


def named(codes: Sequence[Code], name: str, parent_id: int | None) -> Code | None:
    """Return a code of a name; None where there is none.

    Args:
        codes: those to look among.
        name: capitals and blanks aside.
        parent_id: a code under this one is taken first; None: one at the top of the tree.
    """
    wanted = " ".join(name.split()).casefold()
    found = [code for code in codes if " ".join(code.name.split()).casefold() == wanted]
    beside = [code for code in found if code.parent_id == parent_id]
    return next(iter(beside or found), None)


def in_vivo(desk: Desk) -> None:
    """Ask for the name, which the selected words are at first, and give the code."""
    start, end = desk.view.selected_span or (0, 0)
    desk.ask.name_code(
        name_from(desk.view.text.slice(start, min(end, start + _READ))),
        _places(desk),
        lambda name, parent_id: _give(desk, name, parent_id),
    )


def in_vivo_now(desk: Desk) -> None:
    """Give a code of the selected words at once; ask for a name when they are many or none."""
    start, end = desk.view.selected_span or (0, 0)
    words = desk.view.text.slice(start, min(end, start + _READ))
    name = name_from(words)
    if not name or end - start >= _READ or count_words(desk.view.text, start, end) > MOST_WORDS:
        in_vivo(desk)
    else:
        _give(desk, name, None)


def _give(desk: Desk, name: str, parent_id: int | None) -> None:
    there = named(desk.study.codes, name, parent_id)
    if there is not None:
        give(desk, [there.id])
    else:
        give(desk, [], name, parent_id)


def _places(desk: Desk) -> list[tuple[int | None, str]]:
    """Return where the code may stand: parent and words, the top of the codebook first."""
    study = desk.study
    parents: list[Code | None] = [None, desk.tree.highlighted]
    if study.last_codes:
        last = study.by_id[study.last_codes[0]]
        parents.append(study.by_id.get(last.parent_id) if last.parent_id else None)
    places: dict[int | None, str] = {}
    for parent in parents:
        where = f"under {parent.key} {parent.name}" if parent else "at the top of the codebook"
        places.setdefault(
            parent.id if parent else None, f"{free_key(study.codes, parent)}, {where}"
        )
    return list(places.items())


ACTIONS = (
    Action("code.in_vivo", "in vivo, name first",
           "Makes a code of the selected words and gives it; its name can be changed first, and"
           " Tab chooses its place.", ("v",), ("text",), in_vivo, no_coding, "in vivo"),
    Action("code.in_vivo_now", "in vivo at once",
           "Makes a code named by the selected words and gives it; more than six words open the"
           " field for the name.", ("V",), ("text",), in_vivo_now, no_coding, "in vivo now"),
)  # fmt: skip
