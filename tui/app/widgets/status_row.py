"""The row that says what is selected, what was given last and what ``n`` does next."""

from __future__ import annotations

from tui.app.document.cells import width
from tui.app.keybook import fill, hint, key, keys_of
from tui.app.state import Study
from tui.app.widgets.lines import Lines
from tui.app.widgets.rows import BOLD, PLAIN, Row, clip, wrapped
from tui.model.code import Code
from tui.text.counted import counted

HEARD_ROWS = 4
"""Rows for what is said, where it is heard."""
_LEAST_NAME = 6
_NARROW = 60
"""Below so many cells the counts of a code stand without their nouns."""
_GOOD_NAME = 8
_MOVED = (" · {code.list_here} keeps · {pane.text} puts back", " · {code.list_here} · {pane.text}")
_ARE_MOVED_BY = (
    " · {text.extend_next} {text.extend_prev} {text.extend_word_prev} {text.extend_word_next}"
)
_UNMOVED = (f"{_ARE_MOVED_BY} {{text.nudge_left}} {{text.nudge_right}} move it", _ARE_MOVED_BY)


class StatusRow(Lines):
    """The status row of the workbench; a refusal takes its place until the next key."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._refusal = ""
        self._shift = 0
        self._said: tuple[str, int] = ("", 0)

    def refuse(self, reason: str) -> None:
        """Say why a key did nothing."""
        self._refusal = reason
        if self.is_heard:
            self._say(reason)
        else:
            self.tell(f" {reason}", BOLD)

    @property
    def is_heard(self) -> bool:
        """Whether it is for those who listen: all that there is to say, in as many rows."""
        return bool(getattr(self.app, "accessible", False))

    def tell_sentence(self, text: str, turn: int) -> None:
        """Show a sentence that is read aloud.

        Args:
            text: the sentence.
            turn: what it is about: the same sentence about something else is said anew.
        """
        if not self._refusal and self._said != (text, turn):
            self._said = (text, turn)
            self._say(text)

    def _say(self, text: str) -> None:
        # Not where the last one stood: readers leave out what two texts begin with alike.
        self._shift = 1 - self._shift
        rows = wrapped(text, max(self._cells - 2, 8), HEARD_ROWS)
        self.show(*([(" " * self._shift, PLAIN), *row] for row in rows))

    def take_back(self) -> bool:
        """Forget a refusal; tell whether there was one."""
        had, self._refusal = self._refusal, ""
        if had:
            self._said = ("", 0)
        return bool(had)

    def tell_state(self, study: Study, words: str) -> None:
        """Show what is selected, in words, and what comes next."""
        if not self._refusal:
            self.show(status_row(study, words, self._cells))

    def tell_edges(
        self, study: Study, code_id: int, words: str, *, which: str, moved: bool
    ) -> None:
        """Show that the edges of a coding are on their way, and how that ends."""
        if not self._refusal:
            code = study.by_id.get(code_id)
            name = f"{code.key} {code.name}" if code else "a coding"
            row = edges_row(name, words, self._cells, which=which, moved=moved)
            self.show(row)

    def tell_code(self, study: Study, code: Code) -> None:
        """Show the code at the cursor of the tree."""
        if not self._refusal:
            self.show(code_row(study, code, self._cells))


def edges_row(name: str, words: str, cells: int, *, which: str, moved: bool) -> Row:
    """Return the row that stands while edges are moved: the code's name gives way first.

    Args:
        name: key and name of the code.
        words: what the edges hold.
        cells: the width.
        which: what of the coding moves: its ``edges``, or its ``beginning``.
        moved: whether they are elsewhere than stored.
    """
    ends = [fill(end) for end in (_MOVED if moved else _UNMOVED)]
    words = f" · {words}" if words else ""
    for begin, held, end in (
        (f" moving the {which} of ", words, ends[0]),
        (f" {which} of ", words, ends[1]),
        (f" {which} of ", "", ends[1]),
    ):
        room = cells - width(begin) - width(held) - width(end)
        if room >= min(width(name), _GOOD_NAME):
            break
    return [(f"{begin}{clip(name, max(room, 1))}", BOLD), (f"{held}{end}", PLAIN)]


def code_row(study: Study, code: Code, cells: int) -> Row:
    """Return the row that names the code at the tree's cursor in full, with its counts."""
    own, whole = study.direct.get(code.id, 0), study.branch.get(code.id, 0)
    counts = f" · {counted(own, 'segment')}"
    if whole != own or study.children(code.id):
        counts += f", {whole:,} with its branch"
    if cells < _NARROW:
        counts = f" · {own:,}" + (f", branch {whole:,}" if whole != own else "")
    name = clip(f"{code.key} {code.name}", max(cells - width(counts) - 2, 8))
    return [(f" {name}", BOLD), (counts, PLAIN)]


def status_row(study: Study, words: str, cells: int) -> Row:
    """Return the status row at a width; the name of the last code gives way first."""
    if study.advance:
        words = f"advance on · {words}"
    following = f" · {hint('go.again', 'next')}: {study.last_go_words}"
    last = ""
    again = key("code.again") if keys_of("code.again") else ""
    again += " " if again.isalnum() else ""
    if study.last_codes:
        room = cells - width(words) - width(following) - width(f" · last: {again}") - 2
        more = f" +{len(study.last_codes) - 1}" if len(study.last_codes) > 1 else ""
        code = study.by_id[study.last_codes[0]]
        name = clip(code.name, room - len(more)) if room - len(more) >= _LEAST_NAME else ""
        last = f" · last: {again}{name or code.key}{more}"
        if width(words) + width(last) + width(following) + 2 > cells:
            last = ""
    if width(words) + width(following) + 2 > cells:
        following = ""
    return [(f" {words}{last}{following}", PLAIN)]
