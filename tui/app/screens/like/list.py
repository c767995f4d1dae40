"""Passages that resemble what is coded or selected, as a list: how they are found and drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.message import Message

from tui.app.screens.bulk.auto_code import bracketed, shifted
from tui.app.screens.like.comparer import Comparer, Likeness, Wanted
from tui.app.screens.like.gather import place_of_like
from tui.app.screens.like.rows import LikeRows
from tui.app.screens.passage_list import OTHER_ROWS, PassageList
from tui.app.screens.segments.rows import Marks
from tui.app.state import Study
from tui.app.widgets.kwic import Excerpt
from tui.app.widgets.rows import PLAIN, Row, Rows, clip
from tui.app.widgets.virtual_list import NONE, VirtualList
from tui.project.spans import Unit
from tui.search.like import Like
from tui.store.documents import read_passages

_ROOMY = 24
"""From so many rows beside the list on, a third of them says what ties the passage."""
_AROUND = 1_200
"""Code points of a neighbouring passage that are shown."""
_MARGIN = 6


@dataclass(frozen=True, slots=True)
class FoundLike:
    """A passage that was chosen, for the text pane to open."""

    document_id: int
    start: int
    end: int
    hits: tuple[tuple[int, int], ...]
    """Where the tying words stand."""


class LikeList(PassageList[FoundLike | None]):
    """Lists passages like those of a code, or like a span; the result is the one to go to.

    Args:
        study: the open study.
        code_id: the code; None when a span is meant.
        span: document, start and end of the span.
        name: what the span is called.
    """

    SCREEN = "like"
    VIEW = "view.like"
    AUTO_FOCUS = ""
    SHOWS = frozenset({"codings", "codes", "shown_coders"})

    @dataclass
    class Compared(Message):
        """The thread has found something, or nothing."""

        serial: int
        found: Likeness

    def __init__(
        self,
        study: Study,
        code_id: int | None,
        span: tuple[int, int, int] = (0, 0, 0),
        name: str = "",
    ) -> None:
        super().__init__(study.project)
        self._study = study
        self._code_id = code_id
        self._span = span
        code = study.by_id.get(code_id or 0)
        self._rows = LikeRows(study, f"{clip(code.key, 12)} {code.name}" if code else name)
        self._bare = False
        # A code that only its branch was coded with is nothing by itself.
        self._below = bool(code and not study.direct.get(code.id) and study.branch.get(code.id))
        self._found: Likeness | None = None
        self._serial = 0
        self._comparer: Comparer | None = None
        self._explains = False
        self.marks = Marks()
        self.unit: Unit = "paragraph"
        """What of a passage is coded."""

    @property
    def code_in_hand(self) -> int | None:
        """The code at the cursor."""
        return self._code_id

    def compose(self) -> ComposeResult:
        """Make heading, words, list and the passage of the highlighted row."""
        yield Rows(id="heading")
        yield Rows(id="words")
        yield Rows(classes="rule")
        with Container(id="results"):
            yield VirtualList(self._row, self._moved)
            with Vertical(id="preview"):
                yield Rows(classes="rule")
                yield Rows(id="where")
                yield Rows(id="passage")
                yield Rows(id="ties")
        yield Rows(id="status")
        yield Rows(id="keys")

    def on_mount(self) -> None:
        """Begin to compare."""
        self.compare()

    def on_unmount(self) -> None:
        """Compare no further."""
        if self._comparer is not None:
            self._comparer.stop()

    def _fit(self, cells: int, height: int) -> None:
        """Give the explanation most of the height, a passage two fifths."""
        share = height * 3 // 4 if self._explains else height * 2 // 5
        wide = self.has_class("-wide")
        self.query_one("#preview").styles.height = None if wide else max(share, 4)
        rows = height - OTHER_ROWS
        roomy = wide and rows >= _ROOMY and not self._explains
        self.query_one("#ties").styles.height = rows // 3 if roomy else 0
        self._head()

    # What is listed

    def compare(self) -> None:
        """Compare anew, in a thread."""
        if self._comparer is not None:
            self._comparer.stop()
        self._serial += 1
        self._found = None
        self.marks.clear()
        serial = self._serial
        self._comparer = Comparer(
            self._project.path,
            self._project.coder,
            self._wanted(),
            lambda found: self._post(serial, found),
        )
        self.listing.show(0, NONE)
        self._head()
        self._say_instead(["Comparing…"])

    def _post(self, serial: int, found: Likeness) -> None:
        """Take what was found over from the thread."""
        self.post_message(self.Compared(serial, found))

    def _wanted(self) -> Wanted:
        study = self._study
        if self._code_id is None:
            return Wanted((), *self._span, self._bare)
        codes = [self._code_id]
        if self._below:
            codes = [code.id for code in study.codes if self._code_id in study.line_of(code.id)]
        return Wanted(tuple(codes), bare=self._bare)

    @on(Compared)
    def _compared(self, event: Compared) -> None:
        event.stop()
        if event.serial != self._serial:
            return
        self._found = event.found
        self._rows.measure(event.found)
        count = len(event.found.likes)
        self._head()
        self.listing.show(count, 0 if count else NONE)
        if not count:
            self._say_instead(self._rows.advice(event.found, self._bare))
        elif self._explains:
            self._preview()
        self.found()

    def _head(self) -> None:
        cells = self.size.width
        self.query_one("#heading", Rows).show(
            self._rows.heading(self._found, self._bare, self._below, cells)
        )
        self.query_one("#words", Rows).show(
            self._rows.words(self._found, cells) if self._found else []
        )

    def _say_instead(self, lines: Iterable[str]) -> None:
        self.query_one("#ties", Rows).show()
        super()._say_instead(lines)

    @property
    def likes(self) -> tuple[Like, ...]:
        """The passages that are listed."""
        return self._found.likes if self._found else ()

    @property
    def like(self) -> Like | None:
        """The highlighted passage."""
        index = self.listing.highlighted
        return self.likes[index] if 0 <= index < len(self.likes) else None

    # What is drawn

    def _row(self, index: int, cells: int) -> Row:
        like = self.likes[index]
        return self._rows.passage(like, like.passage_id in self.marks, cells)

    def _moved(self, index: int) -> None:
        if 0 <= index < len(self.likes):
            self._show_status()
            self._preview()

    def _show_status(self) -> None:
        like, found = self.like, self._found
        if like is None or found is None:
            return
        marked = self.marks.count(len(found.likes))
        at, cells = self.listing.highlighted, self.size.width
        if not self._tell_marked(marked):
            self.query_one("#status", Rows).show(
                self._rows.status(like, found, at, marked, self.unit, cells)
            )

    def _preview(self) -> None:
        like, found = self.like, self._found
        box = self.query_one("#passage", Rows)
        cells, height = self._passage_cells, box.size.height
        if self._explains and found is not None and found.words:
            self.query_one("#where", Rows).show([(" HOW IT IS COUNTED", PLAIN)])
            box.show(*self._rows.explanation(found, cells, height))
            return
        if like is None or self._is_read_out():
            return
        self.query_one("#where", Rows).show(self._rows.where(like, cells))
        rows: list[Row] = []
        first = 0
        for excerpt in self._excerpts(like):
            drawn, at = excerpt.rows(min(cells - _MARGIN - 1, self.measure), _MARGIN)
            if excerpt.bright[0] < excerpt.bright[1]:
                first = len(rows) + at
            rows += [*drawn, []]
        top = max(0, min(first - min(height // 3, 2), len(rows) - height))
        box.show(*rows[top : top + height])
        ties = self.query_one("#ties", Rows)
        if found is not None:
            ties.show(*self._rows.ties(like, found, *ties.size))

    def _excerpts(self, like: Like) -> Iterator[Excerpt]:
        document, number = like.document_id, like.number
        for passage in read_passages(self._project.db, document, number - 1, number + 1):
            label = f" ¶{passage.number}"
            if passage.number == number:
                spans = tuple((start - like.start, end - like.start) for start, end in like.hits)
                if self.unit == "paragraph":
                    yield Excerpt(label, like.text, (0, len(like.text)), spans)
                    continue
                _, start, end = place_of_like(like, self.unit)
                span = start - like.start, end - like.start
                text = bracketed(like.text, span)
                yield Excerpt(label, text, (span[0], span[1] + 2), _inside(spans, span))
            else:
                part = slice(-_AROUND, None) if passage.number < number else slice(_AROUND)
                yield Excerpt(label, passage.text[part], (0, 0))

    @property
    def is_looking(self) -> bool:
        """Whether it is still being compared."""
        return self._found is None


def _inside(hits: tuple[tuple[int, int], ...], span: tuple[int, int]) -> list[tuple[int, int]]:
    """Return words found as they stand once a span has brackets around it."""
    start, end = span
    before = [hit for hit in hits if hit[1] <= start]
    after = [(low + 2, high + 2) for low, high in hits if low >= end]
    return [*before, *shifted(tuple(hit for hit in hits if start <= hit[0] < end), start), *after]
