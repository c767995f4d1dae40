"""The lessons of the five-minute practice, one after the other: what to do, and when it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tui.app.keybook import fill
from tui.model.change import Change
from tui.project.edits.codings import add_codings

if TYPE_CHECKING:
    from tui.app.desk import Desk
    from tui.app.state import Study


@dataclass(slots=True)
class Seen:
    """What has really happened since a lesson began.

    Args:
        desk: the study that is practised on, as it is now.
    """

    desk: Desk
    moves: list[str] = field(default_factory=list)
    """Ids of the actions that changed the selection, one for each time."""
    actions: list[str] = field(default_factory=list)
    """Ids of the actions that were asked for, done or refused."""
    changes: list[tuple[Change, str]] = field(default_factory=list)
    """What was committed, each with the id of the action it came from."""
    closed: list[str] = field(default_factory=list)
    """Class names of the screens that were closed again."""
    document_id: int | None = None
    """The document that was open then."""
    go: object = None
    """The last go then."""

    def committed(self, action: str, *, by: str = "") -> int:
        """Return how many changes of a kind were committed: ``coding.add``, ``undo``.

        Args:
            action: the change's action, or the kind of the change.
            by: only those that came from actions whose ids begin so.
        """
        return sum(
            (change.kind == action or (change.kind == "act" and change.action == action))
            and came_from.startswith(by)
            for change, came_from in self.changes
        )

    @property
    def study(self) -> Study:
        """What is shown of the study."""
        return self.desk.study

    def own_here(self) -> int:
        """Return how many own codings lie at the selection."""
        return len(_own_here(self.desk))


@dataclass(frozen=True, slots=True)
class Lesson:
    """One step of the practice."""

    about: str
    """Its subject, one or two words."""
    do: str
    """What to do, one line; ``{text.next}`` stands for the key of that action."""
    is_done: Callable[[Seen], bool]
    prepare: Callable[[Desk], None] | None = None
    """Brings about what the lesson needs, when the coder has come here without it."""

    def text(self) -> str:
        """Return what to do, with the keys as they are now."""
        return fill(self.do)


def _own_here(desk: Desk) -> list[int]:
    mine = desk.project.coder_id
    return [coding.id for coding in desk.view.codings_here() if coding.coder_id == mine]


def _coded(count: int) -> Callable[[Desk], None]:
    """Return what sees to it that so many own codings lie at the selection."""

    def prepare(desk: Desk) -> None:
        here, span, document = _own_here(desk), desk.view.selected_span, desk.study.document
        if len(here) >= count or span is None or document is None:
            return
        held = {coding.code_id for coding in desk.view.codings_here()}
        free = [code for _, code in sorted(desk.study.slots.items()) if code not in held]
        add_codings(desk.project, document.id, *span, free[: count - len(here)])

    return prepare


def _grown(seen: Seen) -> bool:
    stretched = any(each.startswith("text.extend_") for each in seen.moves)
    return stretched and "text.grow" in seen.moves and "text.shrink" in seen.moves


def _found(seen: Seen) -> bool:
    return seen.study.last_go is not seen.go and seen.study.last_go_words == "hit"


def _elsewhere(seen: Seen) -> bool:
    document = seen.study.document
    return document is not None and document.id != seen.document_id


LESSONS: Final[tuple[Lesson, ...]] = (
    Lesson(
        "moving",
        "A sentence is always selected. {text.next} goes to the next one, {text.prev} back:"
        " press {text.next} twice.",
        lambda seen: seen.moves.count("text.next") >= 2,
    ),
    Lesson(
        "stretching",
        "{text.extend_next} takes the next sentence in, {text.grow} the whole paragraph,"
        " {text.shrink} goes back to a sentence: press all three.",
        _grown,
    ),
    Lesson(
        "coding",
        "{code.pick} asks which code. Press {code.pick}, type trade, press Enter.",
        lambda seen: seen.committed("coding.add", by="code.pick") >= 1,
    ),
    Lesson(
        "codes at one key",
        "A digit gives the code pinned to it, {code.again} the last one again: press {text.next},"
        " {code.slot_1}, {text.next}, {code.again}",
        lambda seen: (
            seen.committed("coding.add", by="code.slot_") >= 1
            and seen.committed("coding.add", by="code.again") >= 1
        ),
    ),
    Lesson(
        "several codes",
        "Words can have many codes. Without moving, press {code.slot_2} and {code.slot_3}.",
        lambda seen: seen.committed("coding.add") >= 1 and seen.own_here() >= 3,
        _coded(1),
    ),
    Lesson(
        "edges",
        "{code.focus_next} underlines a coding, then keys move its edges: press"
        " {code.focus_next}, {text.extend_word_next}, and {code.list_here} to keep it.",
        lambda seen: seen.committed("coding.move") >= 1,
        _coded(1),
    ),
    Lesson(
        "one of them",
        "{code.focus_next} underlines one of the codings here, {code.remove} takes that one off:"
        " press {code.focus_next}, then {code.remove}.",
        lambda seen: (
            "code.focus_next" in seen.actions and seen.committed("coding.remove") >= 1
        ),
        _coded(2),
    ),
    Lesson(
        "undo",
        "{edit.undo} takes your last act back, tomorrow too; {edit.redo} does it again."
        " Press {edit.undo}.",
        lambda seen: seen.committed("undo") >= 1,
        _coded(1),
    ),
    Lesson(
        "memos",
        "{memo.open} writes a memo: press {memo.open}, type a thought, Esc saves it.",
        lambda seen: seen.committed("memo.add") >= 1,
        _coded(1),
    ),
    Lesson(
        "what is left",
        "{go.uncoded} goes to the next paragraph without a code, {go.again} to the one after:"
        " press {go.uncoded}, then {go.again}.",
        lambda seen: "go.uncoded" in seen.moves and "go.again" in seen.moves,
    ),
    Lesson(
        "searching",
        "{search.project} searches all documents while you type: press {search.project}, type"
        " neighbours, press Enter.",
        _found,
    ),
    Lesson(
        "the tree",
        "{pane.codes} goes to the code tree, Esc comes back: press {pane.codes}, {tree.next},"
        " then Esc.",
        lambda seen: (
            "tree.next" in seen.actions and seen.actions[-1:] == ["pane.text"]
            and seen.desk.pane == "text"
        ),
    ),
    Lesson(
        "documents",
        "{pane.documents} lists the documents: press {pane.documents}, {list.next}, then Enter to"
        " open another one.",
        _elsewhere,
    ),
    Lesson(
        "help",
        "{app.help} finds every key: press {app.help}, type undo, Esc closes it.",
        lambda seen: "HelpScreen" in seen.closed,
    ),
)  # fmt: skip
"""In the order they are practised."""
