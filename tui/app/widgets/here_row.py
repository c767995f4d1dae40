"""The row that names every code at the selection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tui.app.document.cells import width
from tui.app.document.gutter import NO_LETTER
from tui.app.document.lanes import LaneCoding
from tui.app.state import Study
from tui.app.widgets.lines import Lines
from tui.app.widgets.rows import BOLD, DIM, PLAIN, Row, clip, columns

_NAME_WIDTHS = (60, 40, 30, 24, 20, 17, 14, 12, 10, 8)
_MEMO = "  m on words"
"""Says that the words at the selection carry a memo, whatever their codes carry."""
_GOOD_NAME = 22
"""A hint may take room from names that are longer than this, not from shorter ones."""


class HereRow(Lines):
    """The here row of the workbench."""

    def tell_codings(
        self,
        study: Study,
        here: Sequence[LaneCoding],
        focused: LaneCoding | None,
        hints: Sequence[str],
        signs: Mapping[int, str] | None = None,
        *,
        memo: bool = False,
    ) -> None:
        """Show the codings at the selection, or the focused one; takes what ``here_row`` does."""
        self.show(here_row(study, here, focused, hints, self._cells, signs, memo=memo))


def here_row(
    study: Study,
    here: Sequence[LaneCoding],
    focused: LaneCoding | None,
    hints: Sequence[str],
    cells: int,
    signs: Mapping[int, str] | None = None,
    *,
    memo: bool = False,
) -> Row:
    """Return the here row at a width: names are cut before codes are left out.

    Args:
        study: knows codes and coders.
        here: the codings at the selection.
        focused: the underlined coding, which may lie elsewhere.
        hints: what may stand at the right, the longest first; it gives way to the codes.
        cells: the width.
        signs: coding id to ``!`` (important) and ``m`` (has a memo).
        memo: whether the words themselves carry one.
    """
    if focused is not None:
        left: Row = [
            (" focus: ", PLAIN),
            (f"{_letter(study, focused)} ", BOLD),
            (_name(study, focused, key=True), PLAIN),
        ]
        ids = [coding.id for coding in here]
        at = f"  {ids.index(focused.id) + 1} of {len(ids)}" if focused.id in ids else ""
        after = _tail(study, focused, (signs or {}).get(focused.id, ""))
        return _with_hint(left, f"{after}{at}", hints, cells)
    if not here:
        after = _MEMO if memo else ""
        nothing = "no code yet" if study.documents else "no document yet"
        return _with_hint([(" here: ", PLAIN), (nothing, PLAIN)], after, hints, cells)
    names = _gathered(study, here, signs or {})
    own = width(_MEMO) if memo else 0
    cells -= own
    wanted = next(
        (hint for hint in hints if _row_width(names, _GOOD_NAME) + width(hint) + 9 <= cells),
        "",
    )
    room = cells - 7 - (width(wanted) + 2 if wanted else 0)
    listed = _listed(names, room)
    if memo:
        listed.append((_MEMO, BOLD))
    return columns(listed, [(f"{wanted} " if wanted else "", DIM)], cells + own)


class _Named(NamedTuple):
    """A code at the selection, by one coder."""

    letter: str
    name: str
    tail: str
    """How often, what it carries, whose it is."""
    codings: int


def _gathered(study: Study, here: Sequence[LaneCoding], signs: Mapping[int, str]) -> list[_Named]:
    """Return each code of each coder once, in the order of the codings."""
    groups: dict[tuple[int, int], list[LaneCoding]] = {}
    for coding in here:
        groups.setdefault((coding.code_id, coding.coder_id), []).append(coding)
    found = []
    for group in groups.values():
        carried = "".join(signs.get(coding.id, "") for coding in group)
        sign = "".join(each for each in "!m" if each in carried)
        times = f" ×{len(group)}" if len(group) > 1 else ""
        tail = times + _tail(study, group[0], sign)
        found.append(_Named(_letter(study, group[0]), _name(study, group[0]), tail, len(group)))
    return found


def _with_hint(left: Row, after: str, hints: Sequence[str], cells: int) -> Row:
    taken = sum(width(text) for text, _ in left)
    hint = next((h for h in hints if min(taken, 30) + width(after) + width(h) + 3 <= cells), "")
    room = max(cells - width(after) - width(hint) - 3 - (taken - width(left[-1][0])), 4)
    left[-1] = (clip(left[-1][0], room), left[-1][1])
    return columns([*left, (after, PLAIN)], [(f"{hint} " if hint else "", DIM)], cells)


def _listed(names: Sequence[_Named], room: int) -> Row:
    most = next((w for w in _NAME_WIDTHS if _row_width(names, w) <= room), None)
    kept = list(names)
    more = ""
    if most is None:
        most = _NAME_WIDTHS[-1]
        while len(kept) > 1 and _row_width(kept, most) + width(more) > room:
            kept.pop()
            more = f"  +{sum(each.codings for each in names[len(kept) :])} more"
    row: Row = [(" here:", PLAIN)]
    for number, each in enumerate(kept):
        row.append((f"{'  ' if number else ' '}{each.letter}", BOLD))
        row.append((f" {clip(each.name, most)}", PLAIN))
        row.append((each.tail, BOLD))
    if more:
        row.append((more, BOLD))
    return row


def _row_width(names: Sequence[_Named], most: int) -> int:
    return sum(min(width(each.name), most) + width(each.tail) + 4 for each in names)


def _letter(study: Study, coding: LaneCoding) -> str:
    code = study.by_id.get(coding.code_id)
    return clip(code.letter, 1) if code and code.letter else NO_LETTER


def _tail(study: Study, coding: LaneCoding, sign: str) -> str:
    """Return what stands behind a name: important, has a memo, another coder's."""
    whose = study.others.get(coding.coder_id)
    if whose is None and study.coder_label(coding.coder_id):
        whose = "?"
    return (f" {sign}" if sign else "") + (f" ({clip(whose, 12)})" if whose else "")


def _name(study: Study, coding: LaneCoding, *, key: bool = False) -> str:
    code = study.by_id.get(coding.code_id)
    if code is None:
        return "?"
    return clip(f"{code.key} {code.name}" if key else code.name, 200)
