"""The page of passages that resemble what is coded or selected, and are not coded so yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.message import Message

from tui.app.screens.auto_code import bracketed, other_unit, shifted, unit_name
from tui.app.screens.comparer import Comparer, Likeness, Wanted
from tui.app.screens.like_acts import UNITS, LikeActs
from tui.app.screens.like_gather import place_of_like
from tui.app.screens.like_rows import LikeRows
from tui.app.screens.manners import Page
from tui.app.screens.segment_rows import Marks
from tui.app.screens.spoken import is_accessible
from tui.app.screens.stepping import Stepping
from tui.app.state import Study
from tui.app.widgets.kwic import Excerpt
from tui.app.widgets.rows import DIM, PLAIN, Row, Rows, clip, wrapped
from tui.app.widgets.virtual_list import NONE, VirtualList
from tui.project.events import Committed
from tui.project.spans import Unit
from tui.search.like import Like
from tui.store.documents import read_passages
from tui.store.lookup import codes_on

_WIDE = 100
"""From so many cells on the passage stands beside the list."""
_LOW = 18
"""Below so many rows rules are left out."""
_OTHER_ROWS = 5
"""Rows above and below the list."""
_ROOMY = 24
"""From so many rows beside the list on, a third of them says what ties the passage."""
_SETTLE = 0.05
"""Seconds after a change before codes are read anew: bulk acts make many."""
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


class LikeScreen(Page[FoundLike | None]):
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
        super().__init__()
        self._study = study
        self._project = study.project
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
        self._stale = False
        self.marks = Marks()
        self.unit: Unit = "paragraph"
        """What of a passage is coded."""
        self._acts = LikeActs(self, study)
        self._stepping = Stepping(self, self._project, "like.undo", "like.redo")

    @property
    def code_in_hand(self) -> int | None:
        """The code at the cursor."""
        return self._code_id

    @property
    def listing(self) -> VirtualList:
        """The passages, best first."""
        return self.query_one(VirtualList)

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
        self._unsubscribe = self._project.subscribe(self._take)
        self.compare()

    def on_unmount(self) -> None:
        """Compare no further."""
        self._unsubscribe()
        if self._comparer is not None:
            self._comparer.stop()

    def on_resize(self, event: events.Resize) -> None:
        """Put the passage beside the list where there is room, else below it."""
        cells, height = event.size
        self.set_class(cells >= _WIDE and not is_accessible(self.app), "-wide")
        self.set_class(height < _LOW, "-low")
        for rule in self.query(".rule").results(Rows):
            rule.tell("─" * cells, DIM)
        self._fit_preview()
        self._head()
        self.call_after_refresh(self._preview)

    def _fit_preview(self) -> None:
        """Give the explanation most of the height, a passage two fifths."""
        height = self.size.height
        share = height * 3 // 4 if self._explains else height * 2 // 5
        wide = self.has_class("-wide")
        self.query_one("#preview").styles.height = None if wide else max(share, 4)
        rows = height - _OTHER_ROWS
        roomy = wide and rows >= _ROOMY and not self._explains
        self.query_one("#ties").styles.height = rows // 3 if roomy else 0

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
        self._say_nothing(["Comparing…"])

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
            self._say_nothing(self._rows.advice(event.found, self._bare))
        elif self._explains:
            self._preview()

    def _head(self) -> None:
        cells = self.size.width
        self.query_one("#heading", Rows).show(
            self._rows.heading(self._found, self._bare, self._below, cells)
        )
        self.query_one("#words", Rows).show(
            self._rows.words(self._found, cells) if self._found else []
        )

    def _say_nothing(self, lines: list[str]) -> None:
        """Say in place of the passage why there is nothing, and what to do about it."""
        self.query_one("#where", Rows).show()
        self.query_one("#ties", Rows).show()
        self.query_one("#status", Rows).show()
        cells = max((self.query_one("#passage").size.width or self.size.width) - 2, 8)
        rows = [row for line in lines for row in wrapped(line, cells, 3)]
        self.query_one("#passage", Rows).show(*([(" ", PLAIN), *row] for row in rows))

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
        self.query_one("#status", Rows).show(
            self._rows.status(like, found, at, marked, self.unit, cells)
        )

    def _preview(self) -> None:
        like, found = self.like, self._found
        box = self.query_one("#passage", Rows)
        cells, height = box.size.width or self.size.width, box.size.height
        if self._explains and found is not None and found.words:
            self.query_one("#where", Rows).show([(" HOW IT IS COUNTED", PLAIN)])
            box.show(*self._rows.explanation(found, cells, height))
            return
        if like is None:
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

    # Marks

    def action_mark(self) -> None:
        """Mark the highlighted passage, or take its mark off, and go on to the next."""
        like = self.like
        if like is None:
            self.say(f"Nothing to mark · {self.keys_row()}")
            return
        self.marks.toggle(like.passage_id)
        at = self.listing.highlighted
        if at + 1 < self.listing.count:
            self.listing.highlight(at + 1)
        self.listing.refresh_line(at)
        self._show_status()

    def action_mark_all(self) -> None:
        """Mark all that are listed; when all are marked, none."""
        if not self.likes:
            self.say(f"Nothing to mark · {self.keys_row()}")
            return
        self.marks.mark_all()
        self.listing.redraw()
        self._show_status()

    def chosen(self, *, everything: bool = False) -> list[Like]:
        """Return the marked passages; without marks, the highlighted one, or all of them."""
        marked = [like for like in self.likes if like.passage_id in self.marks]
        if not marked and everything:
            return list(self.likes)
        return marked or ([self.like] if self.like else [])

    # Keys

    def action_open(self) -> None:
        """Close with the highlighted passage."""
        like = self.like
        if like is None:
            self.say("Nothing to go to · Esc back")
            return
        self.dismiss(FoundLike(like.document_id, like.start, like.end, tuple(like.hits)))

    @on(VirtualList.Chosen)
    def _clicked(self, event: VirtualList.Chosen) -> None:
        event.stop()
        self.action_open()

    def action_bare(self) -> None:
        """Show only passages without any code, or those without these codes again."""
        self._bare = not self._bare
        self.compare()

    def action_branch(self) -> None:
        """Compare with the whole branch, or with the code alone."""
        if self._code_id is None or not self._study.children(self._code_id):
            self.say("There is no code below this one")
            return
        self._below = not self._below
        self.compare()

    def action_explain(self) -> None:
        """Say how it is counted, in place of the passage; then the passage again."""
        if not self._found or not self._found.words:
            self.say(f"There are no words to explain · {self.keys_row()}")
            return
        self._explains = not self._explains
        self._fit_preview()
        self.call_after_refresh(self._preview)

    def action_anew(self) -> None:
        """Compare anew, with what was coded since."""
        self.compare()

    def action_leave(self) -> None:
        """Close."""
        self.dismiss(None)

    # Coding

    def action_slot(self, digit: int) -> None:
        """Give the code of a digit."""
        self._acts.slot(digit)

    def action_again(self) -> None:
        """Give the codes that were given last."""
        self._acts.again()

    def action_code(self) -> None:
        """Ask for codes; the one compared with comes first."""
        self._acts.pick()

    def action_preview(self) -> None:
        """Show what would be coded of all passages, or of the marked ones, and code it then."""
        self._acts.pick(first=True)

    def action_unit(self, by: int) -> None:
        """Code the whole passage (1), or the sentence whose words tie it most (-1)."""
        unit = other_unit(self.unit, by, UNITS)
        if unit is None:
            size = "largest" if by > 0 else "smallest"
            self.say(f"The {unit_name(self.unit)} is the {size} unit · {self.keys_row()}")
            return
        self.unit = unit
        self.unsay()
        self._show_status()
        self._preview()

    @property
    def unit_noun(self) -> str:
        """What is coded, in words: ``passage``."""
        return "passage" if self.unit == "paragraph" else self.unit

    def action_step(self, way: str) -> None:
        """Undo or redo the newest act."""
        if way == "undo":
            self._stepping.undo()
        else:
            self._stepping.redo()

    def reload(self) -> None:
        """Show the codes that the listed passages have now."""
        self._settle(now=True)

    # What changes

    def _take(self, event: Committed) -> None:
        if not self._stale and event.places() & {"codings", "codes", "shown_coders"}:
            self._stale = True
            self.set_timer(_SETTLE, self._settle)

    def _settle(self, *, now: bool = False) -> None:
        """Show the codes that the listed passages have now; the list stays as it was found."""
        if not now and not (self._stale and self.is_current):
            return
        self._stale = False
        if self._code_id is not None and self._code_id not in self._study.by_id:
            self.dismiss(None)
            return
        db, visible = self._project.db, self._study.visible
        for like in self.likes:
            found = codes_on(db, visible, like.document_id, like.start, like.end)
            like.codes = [each for _, each in found]
        self._rows = LikeRows(self._study, self._rows.name)
        if self._found is not None:
            self._rows.measure(self._found)
        self.listing.redraw()
        self._show_status()
        self._preview()

    def on_screen_resume(self) -> None:
        """Show what changed while a box was open."""
        super().on_screen_resume()
        self._settle()


def _inside(hits: tuple[tuple[int, int], ...], span: tuple[int, int]) -> list[tuple[int, int]]:
    """Return words found as they stand once a span has brackets around it."""
    start, end = span
    before = [hit for hit in hits if hit[1] <= start]
    after = [(low + 2, high + 2) for low, high in hits if low >= end]
    return [*before, *shifted(tuple(hit for hit in hits if start <= hit[0] < end), start), *after]
