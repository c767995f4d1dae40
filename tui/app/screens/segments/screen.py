"""The page of segments: every passage of a code, in all documents, with what stands around it."""

from __future__ import annotations

from collections.abc import Callable, Collection

from textual import on
from textual.widget import Widget

from tui.app.desk import Choice
from tui.app.keybook import hint
from tui.app.screens.choosing.comparison import passages_of
from tui.app.screens.choosing.picker import CodePicker
from tui.app.screens.choosing.picking import Picked
from tui.app.screens.segments.acts import SegmentActs
from tui.app.screens.segments.list import FoundSegment, SegmentList
from tui.app.screens.segments.rows import SegmentsPlace
from tui.app.state import Study
from tui.app.widgets.query_field import QueryField
from tui.app.widgets.virtual_list import VirtualList
from tui.store.codings import recent_code_ids
from tui.store.segments import still_there

_MARKS_KEPT = 100_000
"""Of more segments than these marks on all do not outlive the filter: their ids take long."""


class SegmentsScreen(SegmentList):
    """Lists the segments of a code; the result is the one to go to, or None.

    Args:
        study: the open study.
        code_id: the code.
        place: where the page was left; it is changed when it is left again.
    """

    def __init__(self, study: Study, code_id: int, place: SegmentsPlace | None = None) -> None:
        super().__init__(study, code_id, place)
        self._acts = SegmentActs(self, study)

    def on_mount(self) -> None:
        """Show the segments, the one highlighted that was when the page was left."""
        self.query_one(".query").display = bool(self._place.filter)
        self.load(self._place.index)

    def on_unmount(self) -> None:
        """Look no further."""
        if self._scan is not None:
            self._scan.stop()

    # Marks

    def action_mark(self) -> None:
        """Mark the highlighted segment, or take its mark off, and go on to the next."""
        self._once_seen(self._mark)

    def _mark(self) -> None:
        segment = self.segment
        if segment is None:
            self.say(f"Nothing to mark · {self.keys_row()}")
            return
        self.marks.toggle(segment.id)
        if self.listing.highlighted + 1 < self.listing.count:
            at = self.listing.highlighted
            self.listing.highlight(at + 1)
            self.listing.refresh_line(at)
        else:
            self.listing.refresh_line(self.listing.highlighted)
        self._show_status()

    def action_mark_all(self) -> None:
        """Mark all that the filter leaves; when all are marked, none."""
        if self._pages.count and (self.marks.all or not self.marks.these):
            self._mark_all()
        else:
            self.once_listed(self._mark_all)

    def _mark_all(self) -> None:
        if not self._pages.count:
            self.say(f"Nothing to mark · {self.keys_row()}")
            return
        if not self.marks.these or self.marks.all:
            self.marks.mark_all()
        else:  # marks that were made in another filter stay
            self.marks.turn(list(self._pages.ids()))
        self.listing.redraw()
        self._show_status()

    # Keys

    def once_listed(self, do: Callable[[], None]) -> None:
        """Do something to the list when the filter has looked at everything, if that is soon."""
        self.hold_until_found(do, "The filter is still looking · try again when the count stands")

    def _once_seen(self, do: Callable[[], None]) -> None:
        """Do something to the highlighted segment: at once, or when there can be one."""
        if self.segment is None or self.is_ahead:
            self.once_listed(do)
        else:
            do()

    def action_open(self) -> None:
        """Close with the highlighted segment."""
        self._once_seen(self._open)

    def _open(self) -> None:
        segment = self.segment
        if segment is None:
            other = hint("segments.code", "shows another code")
            self.say(f"Nothing to go to · {other} · Esc back")
            return
        self._place.index = self.listing.highlighted
        self.dismiss(FoundSegment(segment.id, segment.document_id, segment.start, segment.end))

    @on(VirtualList.Chosen)
    def _clicked(self, event: VirtualList.Chosen) -> None:
        event.stop()
        self.action_open()

    def action_act(self, verb: str) -> None:
        """Do something with the marked segments, or with the highlighted one."""
        self.unsay()
        self._acts.do(verb)

    @property
    def _filter_row(self) -> Widget:
        return self.query_one(".query")

    def _filter(self) -> None:
        value = self.query_one(QueryField).value
        if value != self._place.filter:
            self._keep_marks()
            self._place.filter = value
            self.load()

    def action_clear(self) -> None:
        """Clear the filter."""
        if self._place.filter or self._filtering:
            self._end_filter(keep=False)
        else:
            self.say(f"There is no filter to clear · {self.keys_row()}")

    def _keep_marks(self) -> None:
        """Let what is marked stay marked when other segments are shown."""
        marks = self.marks
        if not marks.all:
            return
        if self.is_looking or self._pages.count > _MARKS_KEPT:
            why = "The filter was still looking" if self.is_looking else "Too many were marked"
            marks.clear()
            self.say(f"{why}: marks do not stay with another filter · mark them in that one")
        else:
            marks.name(list(self._pages.ids()))

    def action_sort(self) -> None:
        """Put the newest first, or go back to the order of the documents."""
        self._place.newest = not self._place.newest
        self.load()

    def action_branch(self) -> None:
        """Show the whole branch, or the code alone."""
        study, place = self._study, self._place
        if not study.children(place.code_id):
            self.say("There is no code below this one")
            return
        self._keep_marks()
        place.below = not place.below
        self.load()

    def action_code(self) -> None:
        """Ask for another code."""

        def picked(found: Picked | None) -> None:
            if found is None:
                return
            if found.new_name is not None or not found.code_ids:
                self.say("A new code has no segments yet · choose one that exists")
                return
            code_id = found.code_ids[0]
            direct = self._study.direct.get(code_id, 0)
            self._place.code_id = code_id
            self._place.below = not direct and bool(self._study.branch.get(code_id))
            self.marks.clear()
            self.load()

        box = self.picker("Segments of which code?", {self._place.code_id}, new=False)
        self.app.push_screen(box, picked)

    def picker(self, heading: str, without: Collection[int], *, new: bool = True) -> CodePicker:
        """Return the box that asks for one code.

        Args:
            heading: what it is for.
            without: codes that would change nothing.
            new: whether a code may be made.
        """
        study, project = self._study, self._project
        recent = recent_code_ids(project.db, project.coder_id)
        return CodePicker(
            study.codes,
            study.direct,
            recent,
            study.slots,
            heading,
            self._place.code_id,
            passages=lambda code, most: passages_of(study, code, most),
            choice=Choice(one=True, without=frozenset(without), new=new),
        )

    def action_export(self) -> None:
        """Say the command that writes this list to a file."""
        code = self._study.by_id.get(self._place.code_id)
        parts = ["qual codings --code", code.key if code else "KEY"]
        parts += ["--below"] if self._place.below else []
        parts += self._test.options
        self.say(f"In a shell: {' '.join(parts)} --format csv > segments.csv")

    def action_like(self) -> None:
        """Show passages like these segments that do not have the code yet."""
        # Loaded by those who ask.
        from tui.app.screens.like.screen import FoundLike, LikeScreen  # noqa: PLC0415

        def chosen(found: FoundLike | None) -> None:
            if found is not None:
                place = found.document_id, found.start, found.end
                self.dismiss(FoundSegment(0, *place, found.hits))

        self.app.push_screen(LikeScreen(self._study, self._place.code_id), chosen)

    def action_leave(self) -> None:
        """Clear the filter while it is typed; else close."""
        if self._filtering:
            self._end_filter(keep=False)
        else:
            self.dismiss(None)

    # What changes

    def reload(self) -> None:
        """Count anew, the highlight where it is."""
        if self._place.code_id not in self._study.by_id:
            self.dismiss(None)
            return
        if self.marks.these:
            # What is hidden, gone or recoded meanwhile can be seen no more: no act is to reach it.
            study, code = self._study, self._place.code_id
            branch = [each.id for each in study.codes if code in study.line_of(each.id)]
            self.marks.these &= still_there(
                self._project.db, self.marks.these, study.visible, branch
            )
        self.load(max(self.listing.highlighted, 0))
