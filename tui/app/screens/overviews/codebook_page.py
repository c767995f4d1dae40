"""The codebook as a page: every code with its definition, where it stands and how often."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from tui.app.keybook import hint
from tui.app.matching import Name, Names
from tui.app.screens.filtering import FilteredPage
from tui.app.screens.hidden import hidden_words
from tui.app.screens.memo.screen import MemoScreen
from tui.app.screens.prompt import PromptScreen
from tui.app.screens.spoken import is_accessible
from tui.app.screens.stepping import Stepping
from tui.app.state import Study
from tui.app.widgets.query_field import QueryField
from tui.app.widgets.rows import BOLD, DIM, PLAIN, Row, Rows, clip, column, columns, wrapped
from tui.app.widgets.virtual_list import NONE, VirtualList
from tui.errors import QualError
from tui.model.code import Code
from tui.project.edits.codes import change_code
from tui.store.counts import documents_of_codes

_PARTS = (
    ("", "definition"),
    ("include: ", "include"),
    ("exclude: ", "exclude"),
    ("example: ", "example"),
)
_MOST_ROWS = 12
"""Rows that one part of a code gets at most."""


@dataclass(frozen=True, slots=True)
class CodeWanted:
    """What to do with a code after the page."""

    verb: Literal["passages", "tree"]
    code_id: int


class CodebookPage(FilteredPage[CodeWanted | None]):
    """Lists the codes in tree order; the result is the code to go to, or None.

    Args:
        study: what is shown of the project.
        code_id: the code that is highlighted at first; None for the first one.
    """

    SCREEN = "codebook_page"
    VIEW = "view.codebook"
    AUTO_FOCUS = ""

    def __init__(self, study: Study, code_id: int | None = None) -> None:
        super().__init__()
        self._study = study
        self._first = code_id
        self._shown: list[Code] = []
        self._documents: dict[int, int] = {}
        self._names = Names([])
        self._stepping = Stepping(self, study.project, "codebook_page.undo", "codebook_page.redo")

    @property
    def code_in_hand(self) -> int | None:
        """The code at the cursor."""
        return self._code.id if self._code else None

    @property
    def listing(self) -> VirtualList:
        """The codes that the filter leaves."""
        return self.query_one(VirtualList)

    def compose(self) -> ComposeResult:
        """Make heading, filter, list and the code at the cursor."""
        with Horizontal(classes="query"):
            yield Rows(id="heading")
            yield QueryField(limit=200)
        yield Rows(classes="rule")
        with Horizontal(id="both"):
            with Vertical(id="all"):
                yield Rows(id="columns")
                yield VirtualList(self._row, self._moved)
            with Vertical(id="one"):
                yield Rows(id="code")
        yield Rows(id="status")
        yield Rows(id="keys")

    def on_mount(self) -> None:
        """Show all codes."""
        self.query_one(QueryField).display = False
        self.query_one(".rule", Rows).tell("─" * self.app.size.width, DIM)
        self._read()
        self._filter()
        self._select(self._first)

    def on_resize(self, event: events.Resize) -> None:
        """Draw the rule as long as the screen is wide; the code stands beside the list or below."""
        self.query_one(".rule", Rows).tell("─" * event.size.width, DIM)
        wide = event.size.width >= 110 and not is_accessible(self.app)
        self.set_class(wide, "-wide")
        self.call_after_refresh(self._tell_code)

    def _read(self) -> None:
        study = self._study
        self._documents = documents_of_codes(study.project.db, study.visible)
        self._names = Names(
            [
                Name(code.key, code.name, f"{code.definition} {code.include} {code.example}")
                for code in study.codes
            ]
        )

    def _filter(self) -> None:
        text = self.query_one(QueryField).value.strip()
        codes, chosen = self._study.codes, self._code
        found = {number for number, _ in self._names.find(text)} if text else set()
        self._shown = [each for at, each in enumerate(codes) if not text or at in found]
        heading: Row = [(f" CODEBOOK {len(codes)} ", BOLD)]
        if text or self._filtering:
            heading.append((" filter: ", DIM))
        else:
            count = len(self._study.visible)
            who = "your codings only" if count < 2 else f"codings of {count} coders"
            hidden = hidden_words(self._study)
            heading.append((f" {who}" + (f" · {hidden}" if hidden else ""), DIM))
        box = self.query_one("#heading", Rows)
        box.styles.width = sum(len(part) for part, _ in heading) + 1
        box.show(heading)
        self.listing.show(len(self._shown), 0 if self._shown else NONE)
        self._select(chosen.id if chosen else None)

    def _select(self, code_id: int | None) -> None:
        place = next((at for at, code in enumerate(self._shown) if code.id == code_id), None)
        if place is not None:
            self.listing.highlight(place)

    @property
    def _code(self) -> Code | None:
        index = self.listing.highlighted
        return self._shown[index] if 0 <= index < len(self._shown) else None

    def _row(self, index: int, cells: int) -> Row:
        code, study = self._shown[index], self._study
        level = len(study.line_of(code.id)) - 1
        direct, branch = study.direct.get(code.id, 0), study.branch.get(code.id, 0)
        counts = f"{direct:>6,} {self._documents.get(code.id, 0):>5,} {branch:>6,}"
        room = cells - len(counts) - 14
        digit = next((str(slot) for slot, held in study.slots.items() if held == code.id), " ")
        return [
            (f"{digit} {code.letter or ' '} ", BOLD),
            (column(code.key, 9), DIM),
            (column("  " * level + code.name, max(room, 4)), PLAIN),
            (f" {counts}", PLAIN),
        ]

    def _moved(self, index: int) -> None:
        if self.is_mounted:
            self._tell_code()

    def _tell_code(self) -> None:
        box = self.query_one("#code", Rows)
        code = self._code
        if code is None:
            nothing = "No code matches this filter. Esc clears it."
            box.tell(f" {nothing if self._study.codes else 'No codes yet.'}", DIM)
            return
        cells = max(box.size.width - 2, 20)
        study = self._study
        above = " › ".join(study.by_id[each].name for each in reversed(study.line_of(code.id)[1:]))
        rows: list[Row] = [*wrapped(f"{code.key}  {code.name}", cells, 2, BOLD)]
        rows += wrapped(f"under {above}" if above else "a top code", cells, 2, DIM)
        for label, name in _PARTS:
            text = getattr(code, name)
            if not text and name == "definition":
                text = f"No definition yet · {hint('codebook_page.define', 'writes one')}"
            if text:
                rows += wrapped(f"{label}{text}", cells, _MOST_ROWS)
        if code.stage:
            rows += wrapped(f"stage: {code.stage}", cells, 1)
        height = max(box.size.height, 1)
        if len(rows) > height:
            more = f"… {hint('codebook_page.define', 'shows all of the definition')}"
            rows = [*rows[: height - 1], [(clip(more, cells), DIM)]]
        box.show(*([(" ", PLAIN), *row] for row in rows))
        self._tell_status()

    def _tell_status(self) -> None:
        at = f"code {self.listing.highlighted + 1} of {len(self._shown)}"
        self.query_one("#status", Rows).tell(f" {at}", DIM)
        head = self.query_one("#columns", Rows)
        names: Row = [(f"{'own':>6} {'docs':>5} {'branch':>6}", DIM)]
        head.show(columns([(" " * 5 + "key      name", DIM)], names, head.size.width))

    # What the keys do

    def action_open(self) -> None:
        """Close with the code whose passages are wanted."""
        code = self._code
        if code is None:
            self.say(f"No code here · {self.keys_row()}")
        elif not self._study.branch.get(code.id, 0):
            self.say(f"No segments of {clip(code.name, 30)} yet · {self.keys_row()}")
        else:
            self.lead(CodeWanted("passages", code.id))

    def action_tree(self) -> None:
        """Close and go to the code in the tree."""
        if self._code is not None:
            self.dismiss(CodeWanted("tree", self._code.id))

    def action_rename(self) -> None:
        """Ask for another name."""
        code = self._changeable()
        if code is None:
            return

        def named(name: str | None) -> None:
            if name is not None:
                self._change(code, {"name": name}, "Renamed")

        self.app.push_screen(PromptScreen(f"Rename {code.key}", code.name, "its new name"), named)

    def action_define(self) -> None:
        """Write the definition."""
        code = self._changeable()
        if code is None:
            return
        project = self._study.project
        draft = f"{project.path}:{project.coder}:definition-{code.id}"

        def save(text: str) -> None:
            change_code(project, code.id, {"definition": text.strip()})
            self._renew(code.id)

        title = f"Definition of {code.key} {code.name}"
        screen = MemoScreen(title, code.definition, draft, save=save)
        self.app.push_screen(screen, lambda _: self.say(screen.last_words))

    def _changeable(self) -> Code | None:
        return self._code if self.may_write(self._study.project) else None

    def _change(self, code: Code, changes: dict[str, str | int | None], said: str) -> None:
        try:
            changed = change_code(self._study.project, code.id, changes)
        except QualError as error:
            self.say(error.message)
            return
        self._renew(code.id)
        if changed:
            self.say(f"{said} {code.key}   {hint('codebook_page.undo', 'undo')}")

    def action_undo(self) -> None:
        """Take back this coder's newest act, whatever it was."""
        self._stepping.undo()

    def action_redo(self) -> None:
        """Bring back what was taken back last."""
        self._stepping.redo()

    def reload(self) -> None:
        """Show the codes anew, the highlight where it was."""
        self._renew(self._code.id if self._code else None)

    def renew(self) -> None:
        """Show what has changed under another page."""
        self.reload()

    def _renew(self, code_id: int | None) -> None:
        # The study has taken the change in already: it hears of every commit.
        self._read()
        self._filter()
        self._select(code_id)

    def action_leave(self) -> None:
        """Clear the filter, then go back."""
        field = self.query_one(QueryField)
        if self._filtering or field.value:
            self._end_filter(keep=False)
        else:
            self.dismiss(None)
