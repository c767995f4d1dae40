"""The page of documents: opening, attributes, memos, reading marks, renaming, deleting."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import on

from tui.app.keybook import hint, key
from tui.app.screens.confirm import ConfirmScreen
from tui.app.screens.documents.facts import Line
from tui.app.screens.documents.imports import DocumentImports
from tui.app.screens.documents.marks import turn_marks
from tui.app.screens.documents.table import Group
from tui.app.screens.prompt import PromptScreen
from tui.app.screens.stepping import Stepping
from tui.app.widgets.query_field import QueryField
from tui.app.widgets.rows import clip
from tui.app.widgets.virtual_list import VirtualList
from tui.errors import QualError, Refused
from tui.model.case import ReadingState
from tui.model.document import Document
from tui.project.edits.cases import set_attribute_of
from tui.project.edits.documents import (
    delete_document,
    delete_documents,
    rename_document,
    why_document_stays,
)
from tui.project.project import Project
from tui.store.documents import count_uses
from tui.store.memos import list_memos
from tui.text.counted import counted

_TYPE_ABOVE = 20
"""Deleting more codings than this asks for a word to be typed."""
_SLICE = 200
_DELETED_AT_ONCE = 20
"""So many documents change in one transaction: nobody else waits for longer than that."""


MemoOn = Callable[[Document, Callable[[str], None]], None]
"""Lets a memo be written on a document; tells the second what was done."""


class DocumentsScreen(DocumentImports):
    """Lists the documents and changes them; the result is the id of the one to open, or None.

    Args:
        project: the open project.
        current_id: the document that is open now; None for none.
        memo: lets a memo be written on a document and says what was done; None where nobody can.
    """

    def __init__(
        self, project: Project, current_id: int | None, memo: MemoOn | None = None
    ) -> None:
        super().__init__(project, current_id)
        self._memo = memo
        self._stepping = Stepping(self, project, "documents.undo", "documents.redo")
        self._stay: list[tuple[str, str]] = []
        """Documents that were to be deleted and stay, and why."""

    def action_open(self) -> None:
        """Close with the highlighted document."""
        if self._busy():
            return
        if self._line is not None:
            self.dismiss(self._line.document.id)
        elif isinstance(self._entry, Group):
            self.say(
                f"This is the heading of a group · {hint('documents.mark', 'marks all of it')}"
            )
        else:
            self.say(f"Nothing to open · {self.keys_row()}")

    @on(VirtualList.Chosen)
    def _clicked(self, event: VirtualList.Chosen) -> None:
        event.stop()
        self.action_open()

    def may_leave(self) -> bool:
        """Tell whether no import goes on."""
        return not self._busy()

    def action_leave(self) -> None:
        """Clear the filter, then the marks; without either, close."""
        if self._filtering or self.query_one(QueryField).value:
            self._end_filter(keep=False)
        elif self._busy():
            return
        elif self._tells_refused and not self._marked:
            self._show_refused(())
        elif self._marked:
            self._show_refused(())
            self._turn_marks([line for line in self._lines if line.document.id in self._marked])
            self._marked.clear()
            self.say("No longer marked · Esc again goes back")
        else:
            self.dismiss(None)

    def _to_change(self, doing: str) -> list[Line]:
        """Return the documents to act on; none, and the reason said, when nothing can be done."""
        if self._busy():
            return []
        if not self.may_write(self._project):
            return []
        self._show_refused(())
        chosen = self._chosen()
        if isinstance(self._entry, Group) and not chosen:
            self.say(f"This is a heading · {hint('documents.mark', 'marks its documents first')}")
        elif not chosen:
            self.say(f"No document to {doing}")
        return chosen

    # Attributes

    def action_attribute(self) -> None:
        """Ask for ``name=value`` and set it for the highlighted document or all marked ones."""
        lines = self._to_change("give an attribute")
        if not lines:
            return
        whose = clip(lines[0].document.name, 40) if len(lines) == 1 else f"{len(lines):,} documents"
        known = self._attributes()
        names = " ".join(clip(name, 16) for name in known)
        hint_row = f"There are: {names}" if names else "An empty value takes it away."
        # What the list is grouped by is the likeliest: the first to be offered.
        offers = [f"{name}=" for name in sorted(known, key=lambda each: each != self._grouped_by)]

        def entered(text: str | None) -> None:
            if text is None:
                return
            name, sign, given = text.partition("=")
            name = " ".join(name.split())
            known = {each.casefold(): each for each in self._attributes()}
            name = known.get(name.casefold(), name)
            if not sign or not name:
                self.say(f"{clip(text, 30)}: that is not name=value · nothing was changed")
                return
            self._do(lambda: self._set_attribute(lines, name, given.strip()))

        box = PromptScreen(f"name=value for {whose}", "", hint_row, offers=offers)
        self.app.push_screen(box, entered)

    def _set_attribute(self, lines: Sequence[Line], name: str, value: str) -> None:
        ids = [line.document.id for line in lines]
        changed = 0
        with self._project.one_step():
            for first in range(0, len(ids), _SLICE):
                changed += set_attribute_of(self._project, name, value, ids[first : first + _SLICE])
        if not changed:
            what = f"{name} is {value} already" if value else f"There was no {name}"
            raise Refused(f"{what}; nothing was changed.")
        if len(lines) > _SLICE:
            self._told_of_all = f"{name} = {value or 'removed'} on {counted(changed, 'document')}"

    _told_of_all = ""
    """What an act in several slices did as a whole; the newest change tells of the last one."""

    # Memos and reading marks

    def action_memo(self) -> None:
        """Write a memo on the highlighted document."""
        line = self._line
        if line is None:
            self.say("No document to write a memo on")
        elif self._memo is None:
            self.say("Memos on documents are written in an open study")
        elif not self._busy() and self.may_write(self._project):
            marked = any(each.document.id != line.document.id for each in self._chosen())
            name = clip(line.document.name, 24)
            alone = f" · on {name} only, not on the marked ones" if marked else ""
            self._memo(line.document, lambda said: self._told_of(said, alone))

    def action_turn(self, state: ReadingState) -> None:
        """Mark the highlighted document, or all marked ones, read or set aside, or unread again."""
        lines = self._to_change(f"mark {'read' if state == 'read' else 'as set aside'}")
        if not lines:
            return
        if any(not line.facts.known for line in lines):
            self.say("Still counting what is read · try again when it stands")
            return
        turn_marks(self.app.push_screen, self._project, lines, state, self._told_of)

    def _told_of(self, text: str, more: str = "") -> None:
        """Show the documents anew and what was done, and ``more`` about it."""
        self.reload()
        done, gap, keys = text.partition("   ")
        text = f"{done}{more}{gap}{keys}"
        self.say(text if "   " in text else f"{text}   {hint('documents.undo', 'undo')}")

    # Names and deleting

    def action_rename(self) -> None:
        """Ask for another name of the highlighted document."""
        line = self._line
        if line is None or not self._to_change("rename"):
            if line is None:
                self.say("No document to rename")
            return
        document = line.document

        def renamed(name: str | None) -> None:
            if name is not None and name != document.name:
                self._do(lambda: rename_document(self._project, document.id, name))
                self._select(document.id)

        box = PromptScreen("New name of the document", document.name, "It must be new here.")
        self.app.push_screen(box, renamed)

    def action_delete(self) -> None:
        """Ask, with what goes with them, then delete the highlighted document or all marked."""
        lines = self._may_go(self._to_change("delete"))
        if not lines:
            return
        codings, memos = self._own_work(lines)
        one = len(lines) == 1
        what = clip(lines[0].document.name, 60) if one else f"{len(lines):,} documents"
        going = [counted(codings, "coding")] if codings else []
        going += [counted(memos, "memo")] if memos else []
        goes = "goes" if codings + memos == 1 else "go"
        detail = f"{' and '.join(going)} {goes} with {'it' if one else 'them'}. " if going else ""

        def answered(yes: bool | None) -> None:
            if yes:
                at = self.listing.highlighted
                self._do(lambda: self._delete(lines))
                self.listing.highlight(at)

        box = ConfirmScreen(
            f"Delete {what}?",
            f"{detail}{key('documents.undo')} undoes it.",
            "delete" if not one or codings > _TYPE_ABOVE else None,
        )
        self.app.push_screen(box, answered)

    def _may_go(self, lines: Sequence[Line]) -> list[Line]:
        """Return those of some documents that can be deleted; say why the others stay."""
        stay: list[tuple[str, str]] = []
        may: list[Line] = []
        for line in lines:
            refusal = why_document_stays(self._project, line.document.id)
            if refusal is None:
                may.append(line)
            else:
                stay.append((line.document.name, f"{refusal.message} {refusal.hint}"))
        self._stay = stay if len(lines) > 1 else []
        self._show_refused(self._stay)
        if lines and not may:
            none = "None of them can be deleted; nothing was changed."
            self.say(none if len(lines) > 1 else stay[0][1])
        return may

    def _own_work(self, lines: Sequence[Line]) -> tuple[int, int]:
        """Return how many own codings and memos lie in some documents."""
        project = self._project
        codings = memos = 0
        for line in lines:
            number = line.document.id
            codings += count_uses(project.db, number).get(project.coder_id, 0)
            memos += len(list_memos(project.db, coder_ids=[project.coder_id], document_id=number))
        return codings, memos

    def _delete(self, lines: Sequence[Line]) -> None:
        """Delete documents in one step; those that must stay are told of."""
        ids = [line.document.id for line in lines]
        if len(ids) == 1:
            delete_document(self._project, ids[0])
            return
        stay = list(self._stay)
        with self._project.one_step():
            for first in range(0, len(ids), _DELETED_AT_ONCE):
                stay += delete_documents(self._project, ids[first : first + _DELETED_AT_ONCE])
        self._marked -= set(ids)
        self._show_refused(stay)
        gone = len(ids) - len(stay) + len(self._stay)
        if not gone:
            raise Refused("None of them can be deleted; nothing was changed.")
        self._told_of_all = f"Deleted {counted(gone, 'document')}"

    def _do(self, act: Callable[[], object]) -> None:
        """Do an act and show what it did, or why it was refused."""
        self._told_of_all = ""
        try:
            act()
        except QualError as error:
            self.say(f"{error.message} {error.hint}".strip())
            return
        self.reload()
        change = self._project.last_change
        if change is not None:
            what = self._told_of_all or change.subject
            self.say(f"{clip(what, 60)}   {hint('documents.undo', 'undo')}")

    def action_undo(self) -> None:
        """Take this coder's newest act back, whatever it was."""
        if not self._busy():
            self._stepping.undo()

    def action_redo(self) -> None:
        """Bring back what was taken back last."""
        if not self._busy():
            self._stepping.redo()

    def reload(self) -> None:
        """Show the documents anew."""
        chosen = self._highlighted_id
        self._read()
        self._select(chosen)
