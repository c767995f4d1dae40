"""The box that asks which codes the selected words get."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from tui.app.document.cells import width
from tui.app.matching import Name, Names
from tui.app.screens.manners import Dialog
from tui.app.widgets.passages import Found, passage_rows, passages_wanted
from tui.app.widgets.query_field import QueryField
from tui.app.widgets.rows import BOLD, DIM, PLAIN, Row, Rows, clip, column, wrapped
from tui.app.widgets.virtual_list import NONE, VirtualList
from tui.model.code import Code
from tui.text.counted import counted

_LOW = 18
"""Below so many rows the box takes them all."""
_NARROW = 46
"""Below so many cells a row shows the key alone, not the keys above it."""


@dataclass(frozen=True, slots=True)
class Picked:
    """What was chosen: codes, or one code that does not exist yet."""

    code_ids: tuple[int, ...]
    """The codes to give, in the order they were marked; empty when a new one is wanted."""
    new_name: str | None = None
    """The name of the code to make and give."""
    new_parent_id: int | None = None
    """What the new code goes under; None for the top of the tree."""


@dataclass(slots=True)
class Lower:
    """What the lower part of the box shows; kept from one picker to the next."""

    shows: Literal["definition", "whole", "passages"] = "definition"
    """The beginning of the definition, all of it, or other passages of the code."""


class CodePicker(Dialog[Picked | None]):
    """Picks one code or several, by a few letters of their names.

    Args:
        codes: the codebook in tree order.
        counts: segments of each code, by code id; codes without any may be missing.
        recent: ids of the codes used last, newest first.
        slots: slot (1 to 9) to code id.
        words: how many words are selected, for the heading.
        parent_id: what a new code goes under while no other code has been pointed at.
        heading: the heading; made from ``words`` when left out.
        passages: gives so many other passages of a code; None when there are none to show.
        lower: what the lower part shows at first; it is changed when another is asked for.
    """

    SCREEN = "picker"
    AUTO_FOCUS = "QueryField"

    def __init__(
        self,
        codes: Sequence[Code],
        counts: Mapping[int, int],
        recent: Sequence[int],
        slots: Mapping[int, int],
        words: int,
        parent_id: int | None = None,
        *,
        heading: str = "",
        passages: Callable[[Code, int], Sequence[Found]] | None = None,
        lower: Lower | None = None,
    ) -> None:
        super().__init__()
        self._passages = passages
        self._lower = lower or Lower()
        self._compared = (0, 0)
        """Code and number of the passages in ``_found``."""
        self._found: Sequence[Found] = ()
        self._codes = list(codes)
        self._counts = counts
        self._place = {code.id: number for number, code in enumerate(self._codes)}
        self._slots = {code_id: slot for slot, code_id in slots.items()}
        self._recency = {code_id: age for age, code_id in enumerate(dict.fromkeys(recent))}
        self._parent_id = parent_id if parent_id in self._place else None
        self._heading = heading or f"Code {counted(words, 'word')} as…"
        self._paths = [self._path(code) for code in self._codes]
        self._keys_cells = max(
            (width(" › ".join(one.key for one in path)[:80]) for path in self._paths), default=0
        )
        self._names: Names | None = None
        self._shown: list[int] = []
        self._marks: dict[int, None] = {}
        self._pointed: int | None = None
        """Id of the code that was highlighted last."""
        self._new = ""
        """The name a new code would get; empty while none is offered."""
        self._naming = False
        """The query begins with ``+``: the rows are places for the new code."""

    @property
    def field(self) -> QueryField:
        """Where the query is typed."""
        return self.query_one(QueryField)

    @property
    def listing(self) -> VirtualList:
        """The codes that the query reaches."""
        return self.query_one(VirtualList)

    def compose(self) -> ComposeResult:
        """Make query, list and definition."""
        with Vertical(id="box"):
            with Horizontal(classes="query"):
                yield Rows([[("> ", BOLD)]], classes="prompt")
                yield QueryField(limit=200)
                yield Rows(classes="count")
            yield VirtualList(self._row, self._moved)
            yield Rows(id="definition")

    def on_mount(self) -> None:
        """Show recent codes, then slots, then the tree."""
        self.show_heading(self._heading)
        self.set_class(self._lower.shows != "definition", "-lower")
        self._ask("")

    def on_resize(self, event: events.Resize) -> None:
        """Take the whole of a small window."""
        self.set_class(event.size.height < _LOW, "-low")
        self.call_after_refresh(self._define)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._ask(event.value)

    def _ask(self, query: str) -> None:
        """Show what a query reaches; the order stays as long as the query does."""
        query = " ".join(query.split())
        was_naming, self._naming = self._naming, query.startswith("+")
        if self._naming:
            self._new = query[1:].strip()
            if was_naming:
                self.listing.redraw()
            else:
                self._shown = list(range(len(self._codes)))
                parent = self._new_parent()
                at = 0 if parent is None else self._place[parent] + 1
                self.listing.show(len(self._shown) + 1, at)
        else:
            self._new = query
            self._pointed = None
            self._shown = self._ranked(query) if query else self._unasked()
            self.listing.show(len(self._shown) + bool(query), 0 if self._shown else NONE)
            if not query:
                self._pointed = None  # what comes first by itself was not pointed at
        self._count()
        self._define()

    def _unasked(self) -> list[int]:
        """Return recent codes, newest first, then those in slots, then the tree."""
        first = [*self._recency, *sorted(self._slots, key=self._slots.__getitem__)]
        places = [self._place[code_id] for code_id in first if code_id in self._place]
        return list(dict.fromkeys([*places, *range(len(self._codes))]))

    def _ranked(self, query: str) -> list[int]:
        if self._names is None:
            self._names = Names(
                [
                    Name(code.key, code.name, " ".join(one.name for one in path[:-1]))
                    for code, path in zip(self._codes, self._paths, strict=True)
                ]
            )
        last = len(self._recency)

        def place(found: tuple[int, float]) -> tuple[float, int, int, int]:
            number, score = found
            code = self._codes[number]
            return (
                -round(score, 2),
                self._recency.get(code.id, last),
                -self._counts.get(code.id, 0),
                number,
            )

        return [number for number, _ in sorted(self._names.find(query), key=place)]

    def _code_at(self, index: int) -> Code | None:
        """Return the code of a row; None of the row for a new code, and of the top of the tree."""
        at = index - 1 if self._naming else index
        return self._codes[self._shown[at]] if 0 <= at < len(self._shown) else None

    def _path(self, code: Code) -> list[Code]:
        """Return a code with all that stands above it, the top first."""
        path = [code]
        seen = {code.id}
        while path[0].parent_id in self._place and path[0].parent_id not in seen:
            above = self._codes[self._place[path[0].parent_id]]
            seen.add(above.id)
            path.insert(0, above)
        return path

    def _new_parent(self) -> int | None:
        return self._pointed if self._pointed in self._place else self._parent_id

    def _row(self, index: int, cells: int) -> Row:
        code = self._code_at(index)
        if code is None:
            return self._extra_row(index)
        mark = "✓ " if code.id in self._marks else "  "
        count = f"{self._counts.get(code.id, 0):,}" if code.id in self._counts else "·"
        slot = self._slots.get(code.id)
        tail = f" {count:>6} {slot or ' '}"
        path = self._paths[self._place[code.id]]
        keys = " › ".join(one.key for one in path)
        room = min(self._keys_cells, cells // 3)
        if cells < _NARROW or width(keys) > room:
            keys, room = code.key, min(room, 8) if cells < _NARROW else room
        name = column(code.name, max(cells - 2 - room - 1 - len(tail), 4))
        return [(mark, BOLD), (f"{name} ", PLAIN), (column(keys, room), DIM), (tail, PLAIN)]

    def _extra_row(self, index: int) -> Row:
        if self._naming:
            name = clip(self._new, 40) if self._new else "…"
            return [("+ ", BOLD), (f"new code '{name}' at the top of the tree", PLAIN)]
        return [("+ ", BOLD), (f"new code '{clip(self._new, 40)}' {self._under()}", PLAIN)]

    def _under(self) -> str:
        parent = self._new_parent()
        if parent is None:
            return "at the top of the tree"
        code = self._codes[self._place[parent]]
        return f"under {clip(code.key, 12)} {code.name}"

    def _count(self) -> None:
        marks = f"{len(self._marks)} marked " if self._marks else ""
        text = marks + (
            "new code" if self._naming else f"{len(self._shown):,} of {len(self._codes):,}"
        )
        count = self.query_one(".count", Rows)
        count.styles.width = max(len(text) + 1, 6)
        count.tell(f" {text}", DIM)

    def _moved(self, index: int) -> None:
        """Follow the highlight: it says what the definition box shows and where a new code goes."""
        code = self._code_at(index)
        if code is not None:
            self._pointed = code.id
        elif self._naming and index == 0:
            self._pointed = self._parent_id = None
        if self._new and not self._naming:
            self.listing.refresh_line(self.listing.count - 1)
        self._define()

    def _define(self) -> None:
        """Show what the highlighted code means."""
        box = self.query_one("#definition", Rows)
        cells, height = box.size.width, box.size.height
        if cells < 8 or not height:
            return
        code = self._code_at(self.listing.highlighted)
        if code is None:
            box.show(*wrapped(self._advice(), cells, height, DIM))
            return
        if self._lower.shows == "passages" and self._passages is not None:
            self._compare(box, code, cells, height)
            return
        path = " › ".join(one.name for one in self._paths[self._place[code.id]])
        rows = wrapped(f"{code.key}  {path}", cells, max(height // 3, 1), BOLD)
        for label, text in (
            ("", code.definition),
            ("include: ", code.include),
            ("exclude: ", code.exclude),
            ("e.g. ", code.example),
        ):
            if text.strip() and len(rows) < height:
                rows += wrapped(label + text, cells, height - len(rows))
        if len(rows) == 1 and height > 1:
            rows.append([("No definition yet.", DIM)])
        box.show(*rows)

    def _compare(self, box: Rows, code: Code, cells: int, height: int) -> None:
        """Show other passages of a code in place of its definition."""
        wanted = code.id, passages_wanted(height - 1)
        if self._passages is not None and wanted != self._compared:
            self._compared, self._found = wanted, self._passages(code, wanted[1])
        found = self._found
        rows = passage_rows(found, cells, height - 1, self.measure)
        title = f"{clip(code.key, 12)} {code.name} elsewhere"
        box.show(
            [(clip(title, cells), BOLD)],
            *(rows or [[("No other passage has this code yet.", DIM)]]),
        )

    def action_show(self, what: Literal["whole", "passages"]) -> None:
        """Show the whole definition, or other passages, in the lower part; then as before."""
        self.unsay()
        if what == "passages" and self._passages is None:
            self.say("There are no passages to compare with here")
            return
        self._lower.shows = "definition" if self._lower.shows == what else what
        self.set_class(self._lower.shows != "definition", "-lower")
        self.call_after_refresh(self._define)

    def _advice(self) -> str:
        if self._naming:
            if not self._new:
                return "Type the name of the new code after the +."
            new = clip(self._new, 80)
            return f"Enter makes the code '{new}' here. ↑ ↓ choose what it goes under."
        if self.listing.highlighted >= 0:
            return f"Enter makes the code '{clip(self._new, 80)}' {self._under()} and gives it."
        if not self._codes:
            return "The codebook is empty. Type a name; ↓ and Enter make a code of it."
        return (
            f"No code matches '{clip(self._new, 80)}'. ↓ to the last row, or + before the name,"
            " makes it."
        )

    def action_mark(self) -> None:
        """Mark the highlighted code, or take its mark off; the query stays."""
        self.unsay()
        code = self._code_at(self.listing.highlighted)
        if code is None or self._naming:
            self.say("Only codes that exist can be marked · Enter makes a new one")
            return
        if code.id in self._marks:
            del self._marks[code.id]
        else:
            self._marks[code.id] = None
        self.listing.refresh_line(self.listing.highlighted)
        self._count()

    def action_apply(self) -> None:
        """Give the marked codes, or the highlighted one; make a new one from its own row."""
        index = self.listing.highlighted
        code = self._code_at(index)
        if self._naming:
            if self._new:
                self.dismiss(Picked(tuple(self._marks), self._new, code.id if code else None))
            else:
                self.say("Type the name of the new code after the +")
        elif index >= 0 and code is None:
            self.dismiss(Picked(tuple(self._marks), self._new, self._new_parent()))
        elif self._marks:
            self.dismiss(Picked(tuple(self._marks)))
        elif code is not None:
            self.dismiss(Picked((code.id,)))
        else:
            self.say(f"No code matches · ↓ Enter makes '{clip(self._new, 20)}' · Esc cancel")

    @on(VirtualList.Chosen)
    @on(Input.Submitted)
    def _entered(self, event: VirtualList.Chosen | Input.Submitted) -> None:
        event.stop()
        self.action_apply()

    def action_cancel(self) -> None:
        """Close without a code."""
        self.dismiss(None)
