"""The program that ``bench.pane`` drives."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from tui.app.document.passage_table import WholeTable
from tui.app.document.text_source import DocumentText
from tui.app.document.view import CodingView
from tui.app.terminal import SparingApp
from tui.model.code import Code
from tui.model.document import Document, Passage
from tui.text.cut import pack_cut

CODINGS = 10_922
_MOTIONS = {
    "j,down": "next",
    "k,up": "prev",
    "l,right": "word_next",
    "h,left": "word_prev",
    "J": "extend_next",
    "K": "extend_prev",
    "L": "extend_word_next",
    "H": "extend_word_prev",
    "x": "swap_end",
    "equals_sign": "grow",
    "minus": "shrink",
    "less_than_sign": "nudge_left",
    "greater_than_sign": "nudge_right",
    "pagedown": "page_down",
    "pageup": "page_up",
    "e": "scroll_down",
    "y": "scroll_up",
    "g,home": "first",
    "G,end": "last",
}


class PaneApp(SparingApp[None]):
    """The pane beside a code tree that stands still."""

    ENABLE_COMMAND_PALETTE = False
    CSS = "Static { width: 25; border-left: solid; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(keys, f"move('{motion}')") for keys, motion in _MOTIONS.items()),
        Binding("1", "code"),
        Binding("o", "focus_coding"),
    ]

    def __init__(self, texts: Sequence[str]) -> None:
        super().__init__()
        self._texts = texts
        self._starts: list[int] = []
        offset = 0
        for text in texts:
            self._starts.append(offset)
            offset += len(text) + 2
        self._chars = offset
        self._made = 0

    def compose(self) -> ComposeResult:
        """Put the pane and the tree on the screen."""
        with Horizontal():
            yield CodingView()
            yield Static(Content("\n".join(f"  {n:2} Code {n}" for n in range(1, 40))))

    def on_mount(self) -> None:
        """Open the document."""
        self.theme = "ansi-dark"
        codes = [Code(n + 1, f"C{n}", f"Code {n}", None, n, letter=chr(65 + n)) for n in range(26)]
        ends = (start + len(text) for start, text in zip(self._starts, self._texts, strict=True))
        text = DocumentText(WholeTable(self._starts, ends), self._fetch)
        document = Document(1, "made_up.txt", 1, "en", "", self._chars, len(self._texts), "", "")
        view = self.query_one(CodingView)
        view.open(document, text, self._codings(), codes)
        view.focus()

    def _fetch(self, first: int, last: int) -> list[Passage]:
        return [self._passage(number) for number in range(first, last + 1)]

    def _passage(self, number: int) -> Passage:
        text = self._texts[number - 1]
        start = self._starts[number - 1]
        sentences = [found.span() for found in re.finditer(r"\S[^.]*\.", text)]
        words = [found.span() for found in re.finditer(r"\w+", text)]
        cut = pack_cut(sentences, words)
        end = start + len(text)
        return Passage(number, 1, number, start, end, "paragraph", None, text, "\n\n", cut)

    def _codings(self) -> list[tuple[int, int, int, int, int]]:
        dice = random.Random(11)
        codings = []
        for number in range(CODINGS):
            if number < 5:
                length = self._chars // (number + 2)
            else:
                length = dice.choice((30, 80, 200, 400, 1500, 4000))
            start = dice.randrange(self._chars - length) if number >= 5 else number * 1000
            codings.append((start, start + length, dice.randint(1, 26), 1, number + 1))
        return codings

    def action_move(self, motion: str) -> None:
        """Move, or ring the bell."""
        view = self.query_one(CodingView)
        if not view.move(motion):
            self.notify(view.refusal, markup=False)

    def action_code(self) -> None:
        """Code the selection."""
        view = self.query_one(CodingView)
        span = view.selected_span
        if span is not None:
            self._made += 1
            view.coding_added((*span, self._made % 26 + 1, 1, 1_000_000 + self._made))

    def action_focus_coding(self) -> None:
        """Underline the next coding under the selection."""
        view = self.query_one(CodingView)
        here = [coding.id for coding in view.codings_here()]
        if here:
            at = here.index(view.focused_coding) + 1 if view.focused_coding in here else 0
            view.set_focus_coding(here[at % len(here)])
