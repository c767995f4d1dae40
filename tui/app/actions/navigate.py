"""Going somewhere: to what is uncoded, unread, coded; to the ends; again."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from tui.app.action import Action
from tui.app.actions.far import Found, look_far
from tui.app.actions.reasons import no_text
from tui.app.desk import Desk
from tui.app.keybook import key
from tui.model.document import Document
from tui.store.jumps import Place, find_coding
from tui.store.readings import GoOn, find_uncoded, find_unread

Go = Callable[[Desk, int], None]
"""Goes on (1) or back (-1)."""


def uncoded(desk: Desk, direction: int) -> None:
    """Go to the next or previous passage without a coding."""
    here, start = open_document(desk), _passage_start(desk)
    coders = list(desk.study.visible)

    def find(db: sqlite3.Connection, go_on: GoOn) -> Found:
        return find_uncoded(db, coders, here.position, here.id, start, direction, go_on)

    what = "uncoded paragraph"
    look_far(desk, what, find, lambda found: _arrive(desk, found, what, direction))


def unread(desk: Desk, direction: int) -> None:
    """Go to the next or previous passage that this coder has not read."""
    here, start = open_document(desk), _passage_start(desk)
    coder_id = desk.project.coder_id

    def find(db: sqlite3.Connection, go_on: GoOn) -> Found:
        return find_unread(db, coder_id, here.position, here.id, start, direction, go_on)

    what = "unread paragraph"
    look_far(desk, what, find, lambda found: _arrive(desk, found, what, direction))


def coding(desk: Desk, direction: int) -> None:
    """Select the next or previous coding's words."""
    study = desk.study
    position, here = place_here(desk)
    found = find_coding(
        desk.project.db, study.visible, tuple(study.hidden), position, here, direction
    )
    if found is None:
        none_there(desk, "coding", direction)
    else:
        show(desk, found)


def again(desk: Desk, direction: int) -> None:
    """Repeat the last go."""
    study = desk.study
    (study.last_go or uncoded)(desk, direction * study.last_go_way)


def remember(desk: Desk, go: Go, words: str, way: int = 1) -> None:
    """Let the keys of again and back repeat a go from now on.

    Args:
        desk: where.
        go: the go.
        words: what it goes to.
        way: the direction in which again takes it.
    """
    study = desk.study
    study.last_go, study.last_go_words, study.last_go_way = go, words, way


def none_there(desk: Desk, what: str, direction: int) -> None:
    """Say that there is nothing to go to, and which key looks the other way."""
    side, other = ("after", "back") if direction > 0 else ("before", "on")
    # Back after a go that went back goes on: what turns round depends on how it began.
    turn = "go.again" if -direction == desk.study.last_go_way else "go.back"
    desk.refuse(f"No {what} {side} this one · {key(turn)} looks {other}")


def open_document(desk: Desk) -> Document:
    """Return the open document; there is one wherever ``no_text`` blocks."""
    document = desk.study.document
    assert document is not None, "actions that go somewhere are blocked without a document"
    return document


def place_here(desk: Desk) -> tuple[int, Place]:
    """Return the open document's place in the list, and what is selected in it."""
    document = open_document(desk)
    return document.position, Place(document.id, *(desk.view.selected_span or (0, 0)))


def show(desk: Desk, place: Place, said: str = "") -> None:
    """Select a span, and say something about it.

    Args:
        desk: where; a document is open in it.
        place: document and span; another document is opened, which is said too.
        said: about the place; empty: nothing, unless the document is another one.
    """
    if place.document_id == open_document(desk).id:
        desk.view.select(place.start, place.end)
    else:
        desk.open_document(place.document_id, (place.start, place.end))
        if desk.study.document is not None:
            name = desk.study.document.name
            said = f"{name}: {said}" if said else f"Now in {name}"
    if said:
        desk.say(said)


def _passage_start(desk: Desk) -> int:
    return desk.view.text.span(desk.view.passage_at - 1)[0]


def _arrive(desk: Desk, found: tuple[int, int, int] | None, what: str, direction: int) -> None:
    if found is None:
        none_there(desk, what, direction)
        return
    document_id, start, _ = found
    # The first sentence of it: an empty span is the sentence that stands there.
    show(desk, Place(document_id, start, start))


def goer(
    name: str,
    go: Go,
    direction: int,
    title: str,
    help: str,
    keys: str,
    words: str,
    blocked: Callable[[Desk], str | None] = no_text,
) -> Action:
    """Return the action of a go that the keys of again and back repeat."""

    def run(desk: Desk) -> None:
        remember(desk, go, words, direction)
        go(desk, direction)

    return Action(f"go.{name}", title, help, (keys,), ("text", "tree"), run, blocked, words)


ACTIONS = (
    goer("uncoded", uncoded, 1, "next uncoded ¶",
          "Goes to the next paragraph without a code, in later documents too.", "g u",
          "uncoded ¶"),
    goer("uncoded_back", uncoded, -1, "previous uncoded ¶",
          "Goes to the previous paragraph without a code.", "g U", "uncoded ¶ before"),
    goer("unread", unread, 1, "next unread ¶",
          "Goes to the next paragraph that you have neither coded nor passed with Space.", "g r",
          "unread ¶"),
    goer("unread_back", unread, -1, "previous unread ¶",
          "Goes to the previous paragraph that you have not read.", "g R", "unread ¶ before"),
    goer("coding", coding, 1, "next coding", "Selects the words of the next coding.", "g c",
          "coding"),
    goer("coding_back", coding, -1, "previous coding",
          "Selects the words of the previous coding.", "g C", "coding before"),
    Action("go.top", "top", "Selects the first sentence of the document.", ("g g",), ("text",),
           lambda desk: _end(desk, "first"), no_text),
    Action("go.end", "end", "Selects the last sentence of the document.", ("g e",), ("text",),
           lambda desk: _end(desk, "last"), no_text),
    Action("go.again", "repeat the last jump",
           "Repeats the last jump, a search's next hit included.", ("n",), ("text",),
           lambda desk: again(desk, 1), no_text, "next"),
    Action("go.back", "jump the other way", "Repeats the last jump the other way.", ("N",),
           ("text",), lambda desk: again(desk, -1), no_text),
)  # fmt: skip


def _end(desk: Desk, motion: str) -> None:
    if not desk.view.move(motion):
        desk.refuse(desk.view.refusal)
