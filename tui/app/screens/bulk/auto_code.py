"""The box that shows what a bulk act would code: how many hits, where, with which edges."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message

from tui.app.keybook import key
from tui.app.screens.bulk.gather import Example, Gathered
from tui.app.screens.manners import Dialog
from tui.app.widgets.kwic import Excerpt, in_line
from tui.app.widgets.rows import BOLD, DIM, PLAIN, Row, Rows, clip, column, columns, wrapped
from tui.app.widgets.virtual_list import NONE, VirtualList
from tui.project.spans import UNITS, Place, Unit

_LOW = 18
"""Below so many rows the box shows no passage below the list."""
_WHOLE_MOST = 4_000
"""Code points of a passage that are shown."""

UNIT_STEPS: tuple[Unit, ...] = ("hit", "sentence", "paragraph")
"""The units from the smallest to the largest."""
assert set(UNIT_STEPS) == set(UNITS)


class Collector(Protocol):
    """Collects in a thread."""

    def stop(self) -> None:
        """Give it up; nothing is told."""


Collect = Callable[[Unit, Callable[[Gathered], None], Callable[[int, int], None]], Collector]
"""Begins to collect what would be coded at a unit; the functions are called in its thread, with
what was found, and now and then with how much was collected of how much."""


def other_unit(unit: Unit, by: int, units: Sequence[Unit] = UNIT_STEPS) -> Unit | None:
    """Return the next larger unit (1) or the next smaller one (-1); None where there is none."""
    at = units.index(unit) + by
    return units[at] if 0 <= at < len(units) else None


def unit_name(unit: Unit) -> str:
    """Return a unit in words."""
    return "exact hit" if unit == "hit" else unit


def bracketed(text: str, span: tuple[int, int]) -> str:
    """Return a text with square brackets around a span, so that its edges need no colour."""
    start, end = span
    return f"{text[:start]}[{text[start:end]}]{text[end:]}"


def shifted(hits: tuple[tuple[int, int], ...], start: int) -> list[tuple[int, int]]:
    """Return spans inside a bracketed one by where they are once the bracket is there."""
    return [(low + 1, high + 1) for low, high in hits if low >= start]


@dataclass(frozen=True, slots=True)
class Agreed:
    """What is to be coded."""

    places: Sequence[Place]
    unit: Unit


class AutoCode(Dialog[Agreed | None]):
    """Shows what would be coded; the result is what to code, None for nothing.

    Args:
        collect: collects the hits in a thread.
        unit: what of each is coded at first.
        names: the codes, in words.
        said: which hits are meant, in words.
        noun: what one of them is called.
        units: what of each can be coded, the smallest first.
    """

    SCREEN = "auto_code"
    AUTO_FOCUS = ""

    @dataclass
    class Collecting(Message):
        """Some of the hits were collected."""

        unit: Unit
        done: int
        total: int

    @dataclass
    class Collected(Message):
        """The hits were collected."""

        gathered: Gathered

    def __init__(
        self,
        collect: Collect,
        unit: Unit,
        names: str,
        said: str,
        *,
        noun: str = "hit",
        units: Sequence[Unit] = UNIT_STEPS,
    ) -> None:
        super().__init__()
        self._collect_for = collect
        self._unit: Unit = unit
        self._names = names
        self._said = said
        self._noun = noun
        self._units = units
        self._gather: Collector | None = None
        self._found: Gathered | None = None
        self._so_far = ""

    @property
    def listing(self) -> VirtualList:
        """The sample."""
        return self.query_one(VirtualList)

    def compose(self) -> ComposeResult:
        """Make the numbers, the sample and the highlighted one of it."""
        with Vertical(id="box"):
            yield Rows(id="numbers")
            yield VirtualList(self._row, self._moved)
            yield Rows(id="whole")

    def on_mount(self) -> None:
        """Begin to collect."""
        self.show_heading(f"Code with {self._names}")
        self._collect()

    def on_resize(self, event: events.Resize) -> None:
        """Leave the passage out of a small window."""
        self.set_class(event.size.height < _LOW, "-low")
        self.call_after_refresh(self._tell)
        self.call_after_refresh(lambda: self._moved(self.listing.highlighted))

    def on_unmount(self) -> None:
        """Collect no further."""
        if self._gather is not None:
            self._gather.stop()

    def _collect(self) -> None:
        if self._gather is not None:
            self._gather.stop()
        self._found = None
        self._so_far = ""
        unit = self._unit

        def done(gathered: Gathered) -> None:
            self.post_message(self.Collected(gathered))

        def progress(count: int, total: int) -> None:
            self.post_message(self.Collecting(unit, count, total))

        self._gather = self._collect_for(unit, done, progress)
        self.listing.show(0, NONE)
        self._tell()

    def on_auto_code_collecting(self, event: Collecting) -> None:
        """Say how far it is."""
        event.stop()
        if event.unit == self._unit and self._found is None and event.done:
            self._so_far = f" {event.done:,} of {event.total:,}"
            self._tell()

    def on_auto_code_collected(self, event: Collected) -> None:
        """Show what was collected."""
        event.stop()
        if event.gathered.unit != self._unit:
            return
        self._found = event.gathered
        count = len(event.gathered.sample)
        self.listing.show(count, 0 if count else NONE)
        self._tell()

    def _tell(self) -> None:
        cells = max(self.query_one("#numbers").size.width, 20)
        rows = [row for text, look in self._numbers() for row in wrapped(text, cells, 2, look)]
        box = self.query_one("#numbers", Rows)
        box.styles.height = len(rows)
        box.show(*rows)

    def _numbers(self) -> list[tuple[str, Style]]:
        found, unit = self._found, unit_name(self._unit)
        said = self._said
        step = f"unit: {unit} ({key('auto_code.grow')} {key('auto_code.shrink')})"
        if found is None:
            return [(f"{said} · {step}", PLAIN), (f"Collecting them…{self._so_far}", BOLD)]
        if found.trouble:
            return [(f"{said} · {step}", PLAIN), (found.trouble, BOLD)]
        hits = _counted(len(found.places), self._noun)
        counts = f"{hits} in {_counted(found.documents, 'document')}"
        if found.fresh or found.known:
            counts += f" · {_counted(found.fresh, 'coding')} would be made"
            if found.known:
                verb = "is" if found.known == 1 else "are"
                counts += f", {found.known:,} {verb} there already and skipped (=)"
        sample = len(found.sample)
        if 0 < sample < len(found.places):
            counts += f" · a sample of {sample}:"
        return [(f"{said} · {step}", PLAIN), (counts, BOLD)]

    def _row(self, index: int, cells: int) -> Row:
        assert self._found is not None
        one = self._found.sample[index]
        name_cells = max(min(cells // 5, 18), 6)
        sign = "=" if one.known else " "
        head: Row = [
            (f"{sign} {column(one.document, name_cells)} {column(f'¶{one.number}', 6)}", DIM)
        ]
        left = max(cells - name_cells - 9, 8)
        edge = one.span[0]
        text, hits = bracketed(one.text, one.span), shifted(one.hits, edge)
        return [*head, *in_line(text, [(edge, edge + 1), *hits], left, min(left // 5, 12))]

    def _moved(self, index: int) -> None:
        box = self.query_one("#whole", Rows)
        found = self._found
        if found is None or not 0 <= index < len(found.sample):
            box.show()
            return
        box.show(*_whole(found.sample[index], box.size.width, box.size.height))

    def action_unit(self, by: int) -> None:
        """Code more or less of each hit."""
        unit = other_unit(self._unit, by, self._units)
        if unit is None:
            size = "largest" if by > 0 else "smallest"
            self.say(f"The {unit_name(self._unit)} is the {size} unit · {self.keys_row()}")
            return
        self._unit = unit
        self.unsay()
        self._collect()

    def action_agree(self) -> None:
        """Close with what is to be coded."""
        found = self._found
        if found is None:
            self.say("Still collecting · Esc code nothing")
        elif found.trouble or not found.places or (found.known and not found.fresh):
            self.say("There is nothing to code · Esc back")
        else:
            self.dismiss(Agreed(found.places, self._unit))

    def action_cancel(self) -> None:
        """Close without coding anything."""
        self.dismiss(None)


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _whole(one: Example, cells: int, height: int) -> list[Row]:
    """Return a passage with the edges of what would be coded, the edge in sight."""
    if cells < 10 or height < 2:
        return []
    start, end = one.span
    low = max(0, start - _WHOLE_MOST // 4)
    text = bracketed(one.text, one.span)[low : start + _WHOLE_MOST]
    hits = [(a - low, b - low) for a, b in shifted(one.hits, start)]
    excerpt = Excerpt(f"¶{one.number}", text, (start - low, end + 2 - low), hits)
    rows, at = excerpt.rows(cells - 7, 6)
    top = max(0, min(at - 1, len(rows) - height + 1))
    state = "has the codes already, is left as it is" if one.known else "would be coded"
    heading = columns([(clip(one.document, 40), BOLD)], [(state, DIM)], cells)
    return [heading, *rows[top : top + height - 1]]
