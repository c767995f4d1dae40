"""Going somewhere: to what is uncoded, unread, coded; to the ends; again."""

from __future__ import annotations

from collections.abc import Callable

from tui.app.action import Action
from tui.app.actions.reasons import no_text
from tui.app.desk import Desk
from tui.model.document import Document
from tui.store.codings import spans_of_document
from tui.store.readings import find_uncoded, find_unread

Go = Callable[[Desk, int], None]
"""Goes on (1) or back (-1)."""


def uncoded(desk: Desk, direction: int) -> None:
    """Go to the next or previous passage without a coding."""
    here = _here(desk)
    found = find_uncoded(
        desk.project.db,
        desk.study.visible,
        here.position,
        here.id,
        _passage_start(desk),
        direction,
    )
    _arrive(desk, found, "uncoded paragraph", direction)


def unread(desk: Desk, direction: int) -> None:
    """Go to the next or previous passage that this coder has not read."""
    here = _here(desk)
    project = desk.project
    found = find_unread(
        project.db, project.coder_id, here.position, here.id, _passage_start(desk), direction
    )
    _arrive(desk, found, "unread paragraph", direction)


def coding(desk: Desk, direction: int) -> None:
    """Select the next or previous coding's words."""
    at = desk.view.selected_span or (0, 0)
    here = _here(desk)
    documents = desk.study.documents
    order = [document.id for document in documents].index(here.id)
    rest = documents[order:] if direction > 0 else documents[order::-1]
    for document in rest:
        spans = [
            row[:2]
            for row in spans_of_document(desk.project.db, document.id, desk.study.visible)
            if row[2] not in desk.study.hidden
        ]
        if document.id == here.id:
            spans = [span for span in spans if (span > at if direction > 0 else span < at)]
        if spans:
            start, end = min(spans) if direction > 0 else max(spans)
            _show(desk, document.id, (start, end))
            return
    desk.refuse(f"No coding {'after' if direction > 0 else 'before'} this one")


def again(desk: Desk, direction: int) -> None:
    """Repeat the last go."""
    (desk.study.last_go or uncoded)(desk, direction)


def remember(desk: Desk, go: Go, words: str) -> None:
    """Let ``n`` and ``N`` repeat a go from now on."""
    desk.study.last_go, desk.study.last_go_words = go, words


def _here(desk: Desk) -> Document:
    document = desk.study.document
    assert document is not None, "actions that go somewhere are blocked without a document"
    return document


def _passage_start(desk: Desk) -> int:
    return desk.view.text.span(desk.view.passage_at - 1)[0]


def _arrive(desk: Desk, found: tuple[int, int, int] | None, what: str, direction: int) -> None:
    if found is None:
        back = "N looks back" if direction > 0 else "n looks on"
        side = "after" if direction > 0 else "before"
        desk.refuse(f"No {what} {side} this one · {back}")
        return
    document_id, start, _ = found
    # The first sentence of it: an empty span is the sentence that stands there.
    _show(desk, document_id, (start, start))


def _show(desk: Desk, document_id: int, place: tuple[int, int]) -> None:
    if document_id == _here(desk).id:
        desk.view.select(*place)
    else:
        desk.open_document(document_id, place)
        if desk.study.document is not None:
            desk.say(f"Now in {desk.study.document.name}")


def _goer(
    name: str, go: Go, direction: int, title: str, help: str, keys: str, words: str
) -> Action:
    def run(desk: Desk) -> None:
        # N after `g U` goes on: the direction of the go is the direction of n.
        remember(desk, lambda at, again: go(at, again * direction), words)
        go(desk, direction)

    return Action(f"go.{name}", title, help, (keys,), ("text", "tree"), run, no_text)


ACTIONS = (
    _goer("uncoded", uncoded, 1, "next uncoded ¶",
          "Goes to the next paragraph without a code, in later documents too.", "g u",
          "uncoded ¶"),
    _goer("uncoded_back", uncoded, -1, "previous uncoded ¶",
          "Goes to the previous paragraph without a code.", "g U", "uncoded ¶ before"),
    _goer("unread", unread, 1, "next unread ¶",
          "Goes to the next paragraph that you have neither coded nor passed with Space.", "g r",
          "unread ¶"),
    _goer("unread_back", unread, -1, "previous unread ¶",
          "Goes to the previous paragraph that you have not read.", "g R", "unread ¶ before"),
    _goer("coding", coding, 1, "next coding", "Selects the words of the next coding.", "g c",
          "coding"),
    _goer("coding_back", coding, -1, "previous coding",
          "Selects the words of the previous coding.", "g C", "coding before"),
    Action("go.top", "top", "Selects the first sentence of the document.", ("g g",), ("text",),
           lambda desk: _end(desk, "first"), no_text),
    Action("go.end", "end", "Selects the last sentence of the document.", ("g e",), ("text",),
           lambda desk: _end(desk, "last"), no_text),
    Action("go.again", "again: the last go", "Repeats the last go, a search's next hit included.",
           ("n",), ("text",), lambda desk: again(desk, 1), no_text, "next"),
    Action("go.back", "the last go, backwards", "Repeats the last go the other way.", ("N",),
           ("text",), lambda desk: again(desk, -1), no_text),
)  # fmt: skip


def _end(desk: Desk, motion: str) -> None:
    if not desk.view.move(motion):
        desk.refuse(desk.view.refusal)
