"""The page of passages that resemble what is coded or selected, and are not coded so yet."""

from __future__ import annotations

from collections.abc import Callable

from textual import on

from tui.app.screens.bulk.auto_code import other_unit, unit_name
from tui.app.screens.like.acts import UNITS, LikeActs
from tui.app.screens.like.list import FoundLike, LikeList
from tui.app.screens.like.rows import LikeRows
from tui.app.screens.stepping import Stepping
from tui.app.state import Study
from tui.app.widgets.virtual_list import VirtualList
from tui.search.like import Like
from tui.store.lookup import codes_on

__all__ = ["FoundLike", "LikeScreen"]


class LikeScreen(LikeList):
    """Lists passages like those of a code, or like a span, and codes them.

    Args:
        study: the open study.
        code_id: the code; None when a span is meant.
        span: document, start and end of the span.
        name: what the span is called.
    """

    def __init__(
        self,
        study: Study,
        code_id: int | None,
        span: tuple[int, int, int] = (0, 0, 0),
        name: str = "",
    ) -> None:
        super().__init__(study, code_id, span, name)
        self._acts = LikeActs(self, study)
        self._stepping = Stepping(self, self._project, "like.undo", "like.redo")

    # Marks

    def action_mark(self) -> None:
        """Mark the highlighted passage, or take its mark off, and go on to the next."""
        self._once_compared(self._mark)

    def _mark(self) -> None:
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
        self._once_compared(self._mark_all)

    def _mark_all(self) -> None:
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

    def _once_compared(self, do: Callable[[], None]) -> None:
        """Do something to the list when it is there, if that is soon."""
        self.hold_until_found(do, "Still comparing · try again when the passages are there")

    def action_open(self) -> None:
        """Close with the highlighted passage."""
        self._once_compared(self._open)

    def _open(self) -> None:
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
        self._once_compared(self._explain)

    def _explain(self) -> None:
        if not self._found or not self._found.words:
            self.say(f"There are no words to explain · {self.keys_row()}")
            return
        self._explains = not self._explains
        self._fit(*self.size)
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
        self._once_compared(lambda: self._acts.slot(digit))

    def action_again(self) -> None:
        """Give the codes that were given last."""
        self._once_compared(self._acts.again)

    def action_code(self) -> None:
        """Ask for codes; the one compared with comes first."""
        self._once_compared(self._acts.pick)

    def action_preview(self) -> None:
        """Show what would be coded of all passages, or of the marked ones, and code it then."""
        self._once_compared(lambda: self._acts.pick(first=True))

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
        """Show the codes that the listed passages have now; the list stays as it was found."""
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
