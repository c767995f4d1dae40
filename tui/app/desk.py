"""All that an action may touch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal, Protocol

from tui.app.action import Pane
from tui.app.state import Study
from tui.model.code import Code
from tui.project.project import Project
from tui.values import dataclass

if TYPE_CHECKING:
    from tui.app.document.view import CodingView

Verb = Literal["focus", "remove", "recode", "memo", "important"]


class TreePane(Protocol):
    """The code tree as actions see it."""

    @property
    def highlighted(self) -> Code | None:
        """The code at the cursor; None in an empty codebook."""

    def step(self, by: int) -> bool:
        """Move the cursor by rows; tell whether it moved."""

    def page(self, direction: int) -> bool:
        """Move the cursor by a page, 1 down or -1 up; tell whether it moved."""

    def jump(self, code_id: int) -> None:
        """Put the cursor on a code, its branch opened."""

    def open_branch(self) -> bool:
        """Open the branch at the cursor or step into it; tell whether anything changed."""

    def close_branch(self) -> bool:
        """Close the branch at the cursor or step out of it; tell whether anything changed."""

    def set_all_open(self, opened: bool) -> bool:
        """Open or close every branch; tell whether any was different."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which codes can be chosen."""

    one: bool = False
    """Only one: none can be marked besides."""
    without: frozenset[int] = frozenset()
    """Codes that would change nothing, and are not listed."""
    new: bool = True
    """Whether a code may be made."""


ANY_CODES = Choice()


class Questions(Protocol):
    """Screens that ask the coder something; ``then`` is called with the answer, if there is one."""

    def pick_codes(
        self,
        then: Callable[[tuple[int, ...], str | None, int | None], None],
        heading: str = "",
        choice: Choice = ANY_CODES,
    ) -> None:
        """Ask for codes; ``then`` takes code ids, the name of a new code, its parent's id.

        Without a ``heading`` the box says how many words are selected.
        """

    def name_code(
        self,
        name: str,
        places: Sequence[tuple[int | None, str]],
        then: Callable[[str, int | None], None],
    ) -> None:
        """Ask for a new code's name and place; ``places`` are parent ids with words for them."""

    def search(
        self, query: str, document_id: int | None, then: Callable[[FoundPlace], None]
    ) -> None:
        """Search the project, or one document."""

    def saved_searches(self, then: Callable[[str], None]) -> None:
        """Show the saved searches; ``then`` takes a query."""

    def choose_document(self, then: Callable[[int], None]) -> None:
        """Ask which document to open."""

    def show_segments(
        self,
        code_id: int,
        then: Callable[[int, int, int, int], None],
        filter: str | None = None,
    ) -> None:
        """Show every segment of a code; ``then`` takes coding, document, start and end.

        With a filter, which may be empty, the codes below it count too.
        """

    def find_like(
        self,
        code_id: int | None,
        span: tuple[int, int, int],
        name: str,
        then: Callable[[int, int, int, Iterable[tuple[int, int]]], None],
    ) -> None:
        """Show passages like those of a code or, without one, like a span of a document.

        Args:
            code_id: the code.
            span: document, start and end.
            name: what the span is called.
            then: takes document, start, end and the words that tie the passage.
        """

    def look_at_matrix(self, then: Callable[[int, str], None]) -> None:
        """Show codes against documents; ``then`` takes a code and a filter of its segments."""

    def look_at_codebook(self, then: Callable[[str, int], None]) -> None:
        """Show the codebook; ``then`` takes ``passages`` or ``tree``, and a code."""

    def look_at_project(self, then: Callable[[int], None]) -> None:
        """Show the project as a page; ``then`` takes a document."""

    def look_at_pairs(self, then: Callable[[list[tuple[int, int, int]]], None]) -> None:
        """Show which codes overlap; ``then`` takes document and span of each passage of a pair."""

    def look_at_agreement(self, then: Callable[[int, int, int], None]) -> None:
        """Show where two coders differ; ``then`` takes document and span of a disagreement."""

    def look_at_clusters(self, then: Callable[[int], None]) -> None:
        """Show which codes stand in the same places; ``then`` takes a code."""

    def edit_memo(
        self,
        title: str,
        text: str,
        key: str,
        then: Callable[[str], None],
        *,
        earlier: str = "",
        another: Callable[[], None] | None = None,
    ) -> None:
        """Let a memo be written.

        Args:
            title: what it is on.
            text: what it says so far.
            key: names its draft.
            then: stores it.
            earlier: what was written on the same before, to be read only.
            another: begins one more memo on the same; None where there can be only one text.
        """

    def left_memos(self) -> list[tuple[str, str, str]]:
        """Return key, title and time of the texts that were never saved, the newest first."""

    def choose_coding(
        self, coding_ids: Sequence[int], title: str, then: Callable[[Verb, int], None]
    ) -> None:
        """Show codings; ``then`` takes what to do with which."""

    def show_help(self, pane: Pane) -> None:
        """Show every key of a pane; what is chosen runs."""

    def show_palette(self) -> None:
        """Show every action by name; what is chosen runs."""

    def practise(self) -> None:
        """Show the five-minute practice; afterwards all is as it was."""

    def change_keys(self) -> None:
        """Let the coder give acts other keys."""

    def confirm(
        self, question: str, detail: str, then: Callable[[], None], typed: str | None = None
    ) -> None:
        """Ask for yes or no; ``typed`` is what must be typed for a yes."""

    def in_slices(self, title: str, total: int, slices: Iterator[int], said: str) -> None:
        """Do a large act slice by slice, in a box that shows how far it is.

        Args:
            title: what is done: ``Recoding``.
            total: how many codings there are.
            slices: does a slice at each step and gives how many codings it was.
            said: what to say when all went well; how it is undone is added.
        """

    def ask_line(
        self, title: str, value: str, hint: str, then: Callable[[str], None], again: str = ""
    ) -> None:
        """Ask for one line of text; ``again`` is the line that Enter alone stands for."""


class FoundPlace(Protocol):
    """Where a search led."""

    @property
    def document_id(self) -> int:
        """The document."""

    @property
    def start(self) -> int:
        """Its first code point."""

    @property
    def end(self) -> int:
        """The code point after its last one."""

    @property
    def query(self) -> str:
        """What was searched for."""

    @property
    def hits(self) -> Iterable[tuple[int, int]]:
        """Spans of the hits in the document, in order."""

    @property
    def complete(self) -> bool:
        """Whether those are all of them."""


class KeyReader(Protocol):
    """Reads keys in place of the keymap until it is done."""

    @property
    def literal(self) -> bool:
        """Whether keys are to be given as they were typed, whatever the layout."""

    def prompt(self) -> str:
        """Return what is waited for, for the status row."""

    def press(self, key: str) -> bool:
        """Take a key; return whether another one is waited for."""

    def cancel(self) -> None:
        """Put away what was begun: something else came between."""


class Program(Protocol):
    """The program on its terminal."""

    def switch_mouse(self) -> bool:
        """Take the mouse from the terminal or give it back; tell which it is now."""

    def switch_colors(self) -> str:
        """Take the colours for the other background from now on; return it in words."""

    def draw_anew(self) -> None:
        """Draw the whole screen again."""

    def stop_process(self) -> None:
        """Give the terminal back to the shell until it calls the program back."""


class Desk(Protocol):
    """The open study with its panes, as actions see them."""

    @property
    def project(self) -> Project:
        """The open project."""

    @property
    def study(self) -> Study:
        """What of it is shown."""

    @property
    def view(self) -> CodingView:
        """The text pane."""

    @property
    def tree(self) -> TreePane:
        """The code tree."""

    @property
    def ask(self) -> Questions:
        """Screens that ask something."""

    @property
    def program(self) -> Program:
        """The program on its terminal."""

    @property
    def pane(self) -> Pane:
        """The pane that has the keys."""

    def say(self, text: str) -> None:
        """Show what was done, for some seconds."""

    def unsay(self) -> None:
        """Take back what was said last, if it is still shown."""

    def refuse(self, reason: str) -> None:
        """Show why a key did nothing, until the next key."""

    def open_document(
        self,
        document_id: int,
        place: tuple[int, int] | None = None,
        hits: Iterable[tuple[int, int]] = (),
    ) -> None:
        """Show a document, at a span or where this coder left it, with search hits marked."""

    def read_keys(self, reader: KeyReader) -> None:
        """Give the keys that follow to ``reader`` until it is done."""

    def copy(self, document_id: int, start: int, end: int, source: str) -> None:
        """Copy a span with the line that cites it for other programs, and say how."""

    def go_to_pane(self, pane: Pane) -> None:
        """Give a pane the keys, unfolded."""

    def fold_tree(self) -> None:
        """Fold the tree away, or back."""

    def compare(self) -> bool:
        """Show passages of the code at the tree's cursor, or put them away; tell which."""

    def put_away(self) -> bool:
        """Put one thing away: first steps, a focused coding, marked hits; tell whether one was."""

    def show_first_steps(self) -> None:
        """Show the first steps from the beginning."""

    def desk_changed(self) -> None:
        """Read pins and hidden branches anew, and show them."""

    def do_said(self, saying: str, doing: str, do: Callable[[], None]) -> None:
        """Say what is done and do it once that is on the screen: nothing else is seen meanwhile."""

    def mark_read_later(self, document_id: int, start: int, end: int) -> None:
        """Mark the passages of a span read once the screen has been painted."""

    def in_background(self, doing: str, work: Callable[[], Callable[[], None]]) -> None:
        """Do ``work`` in a thread, with a connection of its own, then what it returns here."""

    def leave(self) -> None:
        """End the program."""
