"""Bookmarks: the coder's own signs in the margin, and going from one to the next."""

from __future__ import annotations

from bisect import bisect_left

from tui.app.action import Action
from tui.app.actions.navigate import goer, none_there, open_document, place_here, show
from tui.app.actions.reasons import no_coding, no_text
from tui.app.desk import Desk
from tui.app.keybook import key
from tui.store.desk import bookmarks_of_document, list_bookmarks, toggle_bookmark
from tui.store.jumps import Place


def toggle(desk: Desk) -> None:
    """Set a bookmark at the beginning of the selection, or take away the one that is in it."""
    project, view = desk.project, desk.view
    document = open_document(desk)
    start, end = view.selected_span or (0, 0)
    there = bookmarks_of_document(project.db, project.coder_id, document.id)
    inside = there[bisect_left(there, start) : bisect_left(there, end)]
    if len(inside) > 1 and start not in inside:
        desk.refuse(
            f"{len(inside)} bookmarks are in this selection · {key('text.shrink')} makes it smaller"
        )
        return
    at = inside[0] if inside else start
    with project.write() as db:
        stands = toggle_bookmark(db, project.coder_id, document.id, at)
    there = bookmarks_of_document(project.db, project.coder_id, document.id)
    view.set_bookmarks(there)
    count = len(list_bookmarks(project.db, project.coder_id))
    if stands:
        place = f"¶{view.text.place_of(at) + 1}"
        noun = "bookmark" if count == 1 else "bookmarks"
        desk.say(f"Bookmark at {place}, {count} {noun} in all   {key('go.bookmark')} next one")
    else:
        left = f"{count} left" if count else "none left"
        desk.say(f"Bookmark taken away, {left}   {key('text.bookmark')} sets it again")


def bookmark(desk: Desk, direction: int) -> None:
    """Go to the next or previous bookmark, in other documents too."""
    project = desk.project
    found = list_bookmarks(project.db, project.coder_id)
    if not found:
        desk.refuse(f"No bookmarks yet · {key('text.bookmark')} sets one here")
        return
    order = {document.id: number for number, document in enumerate(desk.study.documents)}
    places = [(order.get(document_id, -1), start) for document_id, start in found]
    _, here = place_here(desk)
    number = order[here.document_id]
    # Where a go has led, the bookmark lies in the selected sentence, not always at its start.
    if direction > 0:
        at = bisect_left(places, (number, here.end))
    else:
        at = bisect_left(places, (number, here.start)) - 1
    if not 0 <= at < len(places):
        none_there(desk, f"bookmark (of {len(places)})", direction)
        return
    document_id, start = found[at]
    show(desk, Place(document_id, start, start), f"bookmark {at + 1} of {len(places)}")


ACTIONS = (
    Action("text.bookmark", "bookmark",
           "Sets a bookmark at the selection, with a * in the margin, or takes it away; it is"
           " yours alone.", ("b",), ("text",), toggle, no_coding),
    goer("bookmark", bookmark, 1, "next bookmark",
         "Goes to your next bookmark, in later documents too.", "g b", "bookmark", no_text),
    goer("bookmark_back", bookmark, -1, "previous bookmark", "Goes to your previous bookmark.",
         "g B", "bookmark before", no_text),
)  # fmt: skip
