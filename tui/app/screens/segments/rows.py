"""What the page of segments says: its heading, a segment, why there is none. No widgets."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from tui.app.document.cells import width
from tui.app.keybook import hint
from tui.app.screens.documents.filter import no_condition
from tui.app.screens.segments.filter import SegmentFilter
from tui.app.state import Study
from tui.app.widgets.rows import BOLD, DIM, PLAIN, Row, clip, column, columns
from tui.store.segments import Segment
from tui.text.counted import counted

_KEYS_FROM = 90
"""From so many cells on codes are shown by their keys, below by the letters of their lanes."""
_HEADING_FROM = 60
"""From so many cells on there is room for more than the code and the count."""
_NAMES_MEASURED = 200


@dataclass(slots=True)
class SegmentsPlace:
    """What the page shows; it opens there again."""

    code_id: int = 0
    below: bool = False
    """The codes below it too."""
    newest: bool = False
    """The newest first; else in the order of the documents."""
    filter: str = ""
    index: int = 0
    """The highlighted row."""


class Marks:
    """Which segments are marked: some, or all but some."""

    def __init__(self) -> None:
        self.all = False
        """Whether everything is marked but ``these``."""
        self.these: set[int] = set()

    def __contains__(self, segment_id: int) -> bool:
        """Tell whether a segment is marked."""
        return (segment_id in self.these) != self.all

    def count(self, shown: int) -> int:
        """Return how many are marked when so many are shown."""
        return shown - len(self.these) if self.all else len(self.these)

    def toggle(self, segment_id: int) -> None:
        """Mark a segment, or take its mark off."""
        self.these ^= {segment_id}

    def clear(self) -> None:
        """Take all marks off."""
        self.all, self.these = False, set()

    def mark_all(self) -> None:
        """Mark everything; when everything is marked, nothing."""
        everything = self.all and not self.these
        self.clear()
        self.all = not everything

    def turn(self, shown: Collection[int]) -> None:
        """Mark these besides what is marked already; when all of them are, take theirs off.

        Args:
            shown: the ids of all segments that are shown now.
        """
        self.name(shown)
        if self.these.issuperset(shown):
            self.these.difference_update(shown)
        else:
            self.these.update(shown)

    def name(self, shown: Collection[int]) -> None:
        """Note by id what is marked, so that it stays marked when something else is shown.

        Args:
            shown: the ids of all segments that were shown until now.
        """
        if self.all:
            self.all, self.these = False, set(shown) - self.these


class SegmentRows:
    """Makes the rows of the page.

    Args:
        study: the open study.
        place: what the page shows.
    """

    def __init__(self, study: Study, place: SegmentsPlace) -> None:
        self._study = study
        self._place = place
        self.measure()

    def measure(self) -> None:
        """Find anew how wide names and keys are."""
        study = self._study
        names = (width(clip(one.name, 24)) for one in study.documents[:_NAMES_MEASURED])
        self._name_cells = max(names, default=8)
        self._key_cells = max((width(clip(code.key, 12)) for code in study.codes), default=4)
        self._names = {document.id: document.name for document in study.documents}

    def heading(self, shown: int, total: int, documents: int, looking: bool, cells: int) -> Row:
        """Return the heading: which code, how many segments, in which order.

        Args:
            shown: segments that the filter leaves.
            total: segments without it.
            documents: in how many documents they are; 0 when that is not known.
            looking: whether the filter still looks.
            cells: the width.
        """
        place = self._place
        code = self._study.by_id.get(place.code_id)
        name = f"{clip(code.key, 12)} {code.name}" if code else "?"
        letter = clip(code.letter, 1) if code and code.letter else "~"
        count = f"{shown:,}" if shown == total else f"{shown:,} of {total:,}"
        if documents and cells >= _HEADING_FROM:
            count += f" in {counted(documents, 'document')}"
        if looking:
            count += " so far"
        order = "newest first" if place.newest else "by document"
        right: Row = [(f"{count} · {order} " if cells >= _HEADING_FROM else f"{count} ", DIM)]
        branch = " + branch" if place.below else ""
        heading = " SEGMENTS  " if cells >= _HEADING_FROM else " "
        room = max(cells - width(right[0][0]) - len(branch) - len(heading) - 4, 4)
        left: Row = [
            (heading, BOLD),
            (f"{letter} ", BOLD),
            (clip(name, room), PLAIN),
            (branch, BOLD),
        ]
        return columns(left, right, cells)

    def segment(self, segment: Segment, marked: bool, cells: int) -> Row:
        """Return one segment as a row."""
        name_cells = min(self._name_cells, max(cells // 5, 8))
        row: Row = [
            ("✓ " if marked else "  ", BOLD),
            (f"{column(self.document(segment), name_cells)} ", DIM),
            (f"{column(f'¶{segment.number}', 6)} ", DIM),
        ]
        if self._place.below:
            code = self._study.by_id.get(segment.code_id)
            if cells >= _KEYS_FROM:
                row.append((f"{column(code.key if code else '?', self._key_cells)} ", BOLD))
            else:
                row.append((f"{clip(code.letter, 1) if code and code.letter else '~'} ", BOLD))
        row.append((" ".join(segment.quote.split()), PLAIN))
        return columns(row, [(f" {self._signs(segment)}", BOLD)], cells)

    def heard(self, segment: Segment, marked: bool) -> str:
        """Return one segment as it is read aloud: its signs in words."""
        said = ["marked"] if marked else []
        said += [self.document(segment), f"¶{segment.number}"]
        if self._place.below:
            code = self._study.by_id.get(segment.code_id)
            said.append(code.key if code else "?")
        quote = " ".join(segment.quote.split())
        tail = "; important" if segment.important else ""
        tail += "; has a memo" if segment.memo else ""
        if segment.coder_id != self._study.project.coder_id:
            tail += f"; by {self._study.coder_names.get(segment.coder_id, '?')}"
        return f"{', '.join(said)}: {quote}{tail}"

    def _signs(self, segment: Segment) -> str:
        own = segment.coder_id == self._study.project.coder_id
        signs = ("" if own else "●") + ("m" if segment.memo else "")
        return (signs + ("!" if segment.important else "")).rjust(3)

    def document(self, segment: Segment) -> str:
        """Return the name of a segment's document."""
        return self._names.get(segment.document_id, "?")

    def where(self, segment: Segment, cells: int) -> Row:
        """Return the heading of the passage: where it is, which code it has."""
        code = self._study.by_id.get(segment.code_id)
        what = f"{clip(code.key, 12)} {clip(code.name, 60)}" if code else "?"
        name = f" {clip(self.document(segment), 40)} ¶{segment.number}"
        room = max(cells - width(name) - 3, 8)
        return columns([(name, BOLD)], [(f"{clip(what, room)} ", DIM)], cells)

    def status(self, segment: Segment, index: int, shown: int, marked: int, cells: int) -> Row:
        """Return which segment is highlighted, how many are marked, who made it and when."""
        text = f" {index + 1:,} of {shown:,}"
        if marked:
            text += f" · {marked:,} marked{' in all' if self._place.filter else ''}"
        elif cells >= _KEYS_FROM:
            text += "    ● another coder's   m has a memo   ! important"
        who = clip(self._study.coder_names.get(segment.coder_id, "?"), 20)
        made = f"{who} {segment.created_at[:16].replace('T', ' ')} "
        return columns([(text, DIM)], [(made, DIM)], cells)

    def advice(self, test: SegmentFilter, total: int, looking: bool) -> list[str]:
        """Return why no segment is shown, and what to do about it."""
        study, place = self._study, self._place
        code = study.by_id.get(place.code_id)
        name = f"{clip(code.key, 12)} {clip(code.name, 80)}" if code else "this code"
        branch = study.branch.get(place.code_id, 0)
        clears = hint("segments.clear", "clears")
        if looking:
            return ["Looking…"]
        if test.trouble:
            return [
                f"{test.trouble}.",
                f"{clears} the filter, {hint('segments.filter', 'changes it')}.",
            ]
        if place.filter:
            lines = [f"No segments of {name} in this filter ({total:,} without it)."]
            if test.taken_as_word:
                lines += [no_condition(test.taken_as_word, "doc: coder: important: memo:") + "."]
            return [*lines, f"{clears} it, {hint('segments.filter', 'changes it')}."]
        if branch and not place.below:
            return [
                f"{name} itself has no segments; {hint('segments.branch', 'shows')} the {branch:,}"
                " of its branch."
            ]
        lines = [
            f"No passage is coded with {name} yet.",
            f"{hint('segments.code', 'shows another code')}; Esc goes back, and"
            f" {hint('code.pick', 'gives')} this code to a passage there.",
        ]
        if study.hidden_coders:
            turn_on = hint("app.palette", "show other coders")
            lines.append(f"Other coders' segments are hidden; {turn_on} turns them on.")
        return lines
