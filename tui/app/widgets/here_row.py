"""The row that names every code at the selection."""

from __future__ import annotations

from collections.abc import Sequence

from tui.app.document.cells import width
from tui.app.document.lanes import LaneCoding
from tui.app.state import Study
from tui.app.widgets.lines import Lines
from tui.app.widgets.rows import BOLD, DIM, PLAIN, Row, clip, columns

_NAME_WIDTHS = (60, 40, 30, 24, 20, 17, 14, 12, 10, 8)
_ONE_ROW_HINTS = ("o focus one  u take off  r recode  m memo", "o focus u off", "")
_FOCUS_HINTS = (
    "o next  u off  r recode  i important  m memo  Esc done",
    "o next u off m memo Esc",
    "",
)


class HereRow(Lines):
    """The here row of the workbench."""

    def tell_codings(self, study: Study, here: Sequence[LaneCoding], focused: int | None) -> None:
        """Show the codings at the selection, one of them focused perhaps."""
        self.show(here_row(study, here, focused, self.size.width or 80))


def here_row(study: Study, here: Sequence[LaneCoding], focused: int | None, cells: int) -> Row:
    """Return the here row at a width: names are cut before codes are left out."""
    if not here:
        return columns([(" here: no code yet", PLAIN)], [("c gives one ", DIM)], cells)
    one = next((coding for coding in here if coding.id == focused), None)
    if one is not None:
        left: Row = [
            (" focus: ", PLAIN),
            (f"{_letter(study, one)} ", BOLD),
            (_name(study, one, key=True), PLAIN),
        ]
        at = f"  {here.index(one) + 1} of {len(here)}"
        return _with_hint(left, at, _FOCUS_HINTS, cells)
    wanted = next(
        (hint for hint in _ONE_ROW_HINTS if _row_width(study, here, 32) + width(hint) + 9 <= cells),
        "",
    )
    room = cells - 7 - (width(wanted) + 2 if wanted else 0)
    return columns(_listed(study, here, room), [(f"{wanted} " if wanted else "", DIM)], cells)


def _with_hint(left: Row, after: str, hints: Sequence[str], cells: int) -> Row:
    taken = sum(width(text) for text, _ in left)
    hint = next((h for h in hints if min(taken, 30) + width(after) + width(h) + 2 <= cells), "")
    room = max(cells - width(after) - width(hint) - 2 - (taken - width(left[-1][0])), 4)
    left[-1] = (clip(left[-1][0], room), left[-1][1])
    return columns([*left, (after, PLAIN)], [(f"{hint} " if hint else "", DIM)], cells)


def _listed(study: Study, here: Sequence[LaneCoding], room: int) -> Row:
    most = next((w for w in _NAME_WIDTHS if _row_width(study, here, w) <= room), None)
    kept = list(here)
    more = ""
    if most is None:
        most = _NAME_WIDTHS[-1]
        while len(kept) > 1 and _row_width(study, kept, most) + width(more) > room:
            kept.pop()
            more = f"  +{len(here) - len(kept)} more"
    row: Row = [(" here:", PLAIN)]
    for number, coding in enumerate(kept):
        row.append((f"{'  ' if number else ' '}{_letter(study, coding)}", BOLD))
        row.append((f" {clip(_name(study, coding), most)}", PLAIN))
    if more:
        row.append((more, BOLD))
    return row


def _row_width(study: Study, here: Sequence[LaneCoding], most: int) -> int:
    return sum(min(width(_name(study, coding)), most) + 4 for coding in here)


def _letter(study: Study, coding: LaneCoding) -> str:
    code = study.by_id.get(coding.code_id)
    return clip(code.letter, 1) if code and code.letter else "~"


def _name(study: Study, coding: LaneCoding, *, key: bool = False) -> str:
    code = study.by_id.get(coding.code_id)
    if code is None:
        return "?"
    whose = study.coder_label(coding.coder_id)
    name = f"{code.key} {code.name}" if key else code.name
    return clip(f"{whose}: {name}" if whose else name, 200)
