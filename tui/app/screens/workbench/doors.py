"""Opens the screens that ask something; each module is loaded when its screen first opens."""

# Boxes and pages take a tenth of a second to load, and most sessions need few of them.
# ruff: noqa: PLC0415

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from tui.app.action import Action, Pane, shown
from tui.app.actions import ACTIONS, BY_ID, GROUPS, group_of
from tui.app.actions.like import arrive
from tui.app.actions.memo import on_document_of, on_words_of
from tui.app.desk import ANY_CODES, Choice, Desk, FoundPlace, Verb
from tui.app.document.describe import count_words
from tui.app.keybook import hint, keys_of
from tui.app.screens.border import Border
from tui.app.screens.choosing.comparison import passages_of
from tui.app.screens.workbench.here import here_entries
from tui.app.work import any_drafts
from tui.store.codings import recent_code_ids
from tui.text.counted import counted

if TYPE_CHECKING:
    from textual.screen import Screen

    from tui.app.screens.choosing.picking import Lower, Picked, Picking
    from tui.app.screens.keys.help import HelpRow
    from tui.app.screens.manners import Page
    from tui.app.screens.search.asked import Asked
    from tui.app.screens.segments.rows import SegmentsPlace

Push = Callable[["Screen[Any]", Callable[[Any], None]], None]
"""Shows a screen and calls back with its result."""
PickCodes = Callable[["Picking", str, Callable[["Picked"], None]], None]
"""Asks for codes over the workbench, under a heading, and calls back with what was chosen."""


class Doors:
    """The questions a desk can ask.

    Args:
        desk: what the questions are about.
        border: where errors of an answer end.
        push: shows a screen.
        run: does an action that was chosen by name.
        pick: asks for codes.
    """

    def __init__(
        self,
        desk: Desk,
        border: Border,
        push: Push,
        run: Callable[[Action], None],
        pick: PickCodes,
    ) -> None:
        self._desk = desk
        self._border = border
        self._push = push
        self._run = run
        self._pick = pick
        self._lesson = 0
        """The lesson of the practice that comes next."""
        self._lower: Lower | None = None
        """What the lower part of the picker shows."""
        self._asked: Asked | None = None
        """The queries of this session."""
        self._segments_at: SegmentsPlace | None = None
        """Where the page of segments was left."""

    def _ask(self, screen: Screen[Any], doing: str, then: Callable[[Any], None]) -> None:
        def answered(result: Any) -> None:
            if result is not None and result is not False:
                self._border.run(doing, lambda: then(result))

        self._push(screen, answered)

    def _ask_on(self, page: Page[Any], doing: str, then: Callable[[Any], None]) -> None:
        """Show a page that stays below the one that its result leads to."""
        page.go_on = lambda result: self._border.run(doing, lambda: then(result))
        self._ask(page, doing, then)

    def pick_codes(
        self,
        then: Callable[[tuple[int, ...], str | None, int | None], None],
        heading: str = "",
        choice: Choice = ANY_CODES,
    ) -> None:
        """Ask for codes."""
        from tui.app.screens.choosing.picking import Lower, Picking

        desk = self._desk
        study = desk.study
        self._lower = self._lower or Lower()
        place = study.document.id if study.document else 0
        start, end = desk.view.selected_span or (0, 0)
        highlighted = desk.tree.highlighted
        picking = Picking(
            study.codes,
            study.direct,
            recent_code_ids(desk.project.db, desk.project.coder_id),
            study.slots,
            highlighted.id if highlighted else None,
            passages=lambda code, most: passages_of(study, code, most, (place, start, end)),
            lower=self._lower,
            choice=choice,
        )
        count = count_words(desk.view.text, start, end) if end > start else 0
        self._pick(
            picking,
            heading or f"Code {counted(count, 'word')} as…",
            lambda picked: then(picked.code_ids, picked.new_name, picked.new_parent_id),
        )

    def name_code(
        self,
        name: str,
        places: Sequence[tuple[int | None, str]],
        then: Callable[[str, int | None], None],
    ) -> None:
        """Ask for a new code's name and place."""
        from tui.app.screens.choosing.name_code import NameCode

        self._ask(NameCode(name, places), "code", lambda named: then(*named))

    def search(
        self, query: str, document_id: int | None, then: Callable[[FoundPlace], None]
    ) -> None:
        """Search the project, or one document."""
        from tui.app.screens.search.asked import Asked
        from tui.app.screens.search.screen import SearchScreen

        self._asked = self._asked or Asked()
        desk = self._desk
        screen = SearchScreen(
            desk.project,
            document_id,
            query,
            study=desk.study,
            asked=self._asked,
            annotate=lambda target, title, say: on_words_of(desk, target, title, say),
        )
        self._ask(screen, "search", then)

    def saved_searches(self, then: Callable[[str], None]) -> None:
        """Show the saved searches."""
        from tui.app.screens.search.saved import SavedSearches

        self._ask(SavedSearches(self._desk.project), "search", then)

    def choose_document(self, then: Callable[[int], None]) -> None:
        """Ask which document to open."""
        from tui.app.screens.documents.screen import DocumentsScreen

        document = self._desk.study.document
        screen = DocumentsScreen(
            self._desk.project,
            document.id if document else None,
            lambda chosen, say: on_document_of(self._desk, chosen, say),
        )
        self._ask(screen, "open a document", then)

    def look_at_matrix(self, then: Callable[[int, str], None]) -> None:
        """Show codes against documents."""
        from tui.app.screens.overviews.matrix import MatrixScreen

        screen = MatrixScreen(self._desk.study)
        self._ask_on(screen, "segments", lambda cell: then(cell.code_id, cell.filter))

    def look_at_codebook(self, then: Callable[[str, int], None]) -> None:
        """Show the codebook as a page."""
        from tui.app.screens.overviews.codebook_page import CodebookPage

        highlighted, study = self._desk.tree.highlighted, self._desk.study
        in_tree = highlighted.id if highlighted else None
        screen = CodebookPage(study, study.in_hand or in_tree)
        self._ask_on(screen, "go to a code", lambda wanted: then(wanted.verb, wanted.code_id))

    def look_at_project(self, then: Callable[[int], None]) -> None:
        """Show the project as a page."""
        from tui.app.screens.overviews.project_page import ProjectPage

        self._ask(ProjectPage(self._desk.study), "open a document", then)

    def look_at_pairs(self, then: Callable[[list[tuple[int, int, int]]], None]) -> None:
        """Show which codes overlap."""
        from tui.app.screens.overviews.cooccurrence import CooccurrenceScreen

        self._ask(CooccurrenceScreen(self._desk.study), "passages of a pair", then)

    def look_at_agreement(self, then: Callable[[int, int, int], None]) -> None:
        """Show where two coders differ."""
        from tui.app.screens.agreement.screen import AgreementScreen

        desk = self._desk
        screen = AgreementScreen(
            desk.study,
            (desk.view.selected_span or (0, 0))[0],
            lambda target, title, say: on_words_of(desk, target, title, say),
        )
        self._ask(screen, "disagreements", lambda at: then(*at))

    def look_at_clusters(self, then: Callable[[int], None]) -> None:
        """Show which codes stand in the same places."""
        from tui.app.screens.overviews.clusters import ClustersScreen

        study = self._desk.study
        self._ask_on(ClustersScreen(study, study.in_hand), "segments of a code", then)

    def show_segments(
        self,
        code_id: int,
        then: Callable[[int, int, int, int], None],
        filter: str | None = None,
    ) -> None:
        """Show every segment of a code, or those that a filter leaves of it and what is below."""
        from tui.app.screens.manners import Page
        from tui.app.screens.segments.list import FoundSegment
        from tui.app.screens.segments.rows import SegmentsPlace
        from tui.app.screens.segments.screen import SegmentsScreen

        if filter is None:
            place = self._segments_at or SegmentsPlace()
        else:
            place = SegmentsPlace(code_id, below=True, filter=filter)
        self._segments_at = place

        def chosen(found: FoundSegment) -> None:
            # The text is shown: a page that led to the segments goes, too.
            while isinstance(below := screen.app.screen, Page):
                below.dismiss(None)
            if found.coding_id:
                then(found.coding_id, found.document_id, found.start, found.end)
            else:
                arrive(self._desk, found.document_id, found.start, found.end, found.words)

        screen = SegmentsScreen(self._desk.study, code_id, place)
        self._ask(screen, "go to a segment", chosen)

    def find_like(
        self,
        code_id: int | None,
        span: tuple[int, int, int],
        name: str,
        then: Callable[[int, int, int, Iterable[tuple[int, int]]], None],
    ) -> None:
        """Show passages like those of a code, or like a span."""
        from tui.app.screens.like.screen import LikeScreen

        self._ask(
            LikeScreen(self._desk.study, code_id, span, name),
            "go to a passage",
            lambda found: then(found.document_id, found.start, found.end, found.hits),
        )

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
        """Let a memo be written; an error while it is stored leaves the editor open."""
        from tui.app.screens.memo.screen import MemoScreen

        screen = MemoScreen(
            title,
            text,
            self._draft_prefix + key,
            save=then,
            earlier=earlier,
            link=self._link,
            several=another is not None,
        )

        def closed(_: object) -> None:
            if screen.another and another is not None:
                self._border.run("memo", another)
            elif screen.last_words:
                self._desk.say(screen.last_words)

        self._push(screen, closed)

    @property
    def _draft_prefix(self) -> str:
        return f"{self._desk.project.path}:{self._desk.project.coder}:"

    def left_memos(self) -> list[tuple[str, str, str]]:
        """Return key, title and time of the texts that were never saved, the newest first."""
        if not any_drafts():
            return []
        from tui.app.screens.memo.drafts import Draft, left_drafts

        prefix = self._draft_prefix
        return [
            (left.key[len(prefix) :], left.title, Draft("", left.written).when())
            for left in left_drafts(prefix)
        ]

    def _link(self, then: Callable[[str], None]) -> None:
        """Ask for a code or a document to name in a memo."""
        from tui.app.screens.memo.linker import LinkScreen

        study = self._desk.study
        self._ask(LinkScreen(study.codes, study.documents), "link", then)

    def choose_coding(
        self, coding_ids: Sequence[int], title: str, then: Callable[[Verb, int], None]
    ) -> None:
        """Show codings and ask what to do with which."""
        from tui.app.screens.workbench.codings_here import CodingsHere

        rows = here_entries(self._desk.study, self._desk.view.text, coding_ids)
        screen = CodingsHere(rows, title)
        self._ask(screen, "codings here", lambda found: then(found.verb, found.coding_id))

    def show_help(self, pane: Pane) -> None:
        """Show every key of a pane."""
        from tui.app.screens.keys.help import HelpScreen

        name = {"text": "text", "tree": "code tree"}[pane]
        actions = [action for action in ACTIONS if pane in action.where and keys_of(action.id)]
        self._ask(HelpScreen(self._rows(actions), name), "help", self._run_by_id)

    def show_palette(self) -> None:
        """Show every action by name."""
        from tui.app.screens.keys.palette_screen import PaletteScreen

        actions = [action for action in ACTIONS if action.id != "app.palette_text"]
        self._ask(PaletteScreen(self._rows(actions)), "palette", self._run_by_id)

    def practise(self) -> None:
        """Show the practice, at the lesson where it was left."""
        from tui.app.screens.beginning.practice import practise

        def left(lesson: int) -> None:
            self._lesson = lesson
            again = hint("app.practice", f"goes on with lesson {lesson + 1}") if lesson else ""
            self._desk.say(f"Back in {self._desk.study.title}, as you left it   {again}".rstrip())

        practise(self._push, self._desk.project.coder, self._lesson, left)

    def change_keys(self) -> None:
        """Show every key, to be changed."""
        from tui.app.screens.keys.remap import RemapScreen

        self._ask(RemapScreen(), "change keys", lambda _: None)

    def confirm(
        self, question: str, detail: str, then: Callable[[], None], typed: str | None = None
    ) -> None:
        """Ask for yes or no."""
        from tui.app.screens.confirm import ConfirmScreen

        self._ask(ConfirmScreen(question, detail, typed), question, lambda _: then())

    def in_slices(self, title: str, total: int, slices: Iterator[int], said: str) -> None:
        """Do a large act slice by slice."""
        from tui.app.screens.bulk.slices import run_slices

        run_slices(
            self._push,
            title,
            total,
            slices,
            lambda outcome: self._desk.say(outcome.said(said, total)),
        )

    def ask_line(
        self, title: str, value: str, hint: str, then: Callable[[str], None], again: str = ""
    ) -> None:
        """Ask for one line of text."""
        from tui.app.screens.prompt import PromptScreen

        self._ask(PromptScreen(title, value, hint, again=again), title, then)

    def _run_by_id(self, action_id: str) -> None:
        self._run(BY_ID[action_id])

    def _rows(self, actions: Sequence[Action]) -> list[HelpRow]:
        from tui.app.screens.keys.help import HelpRow

        headings = list(dict.fromkeys(GROUPS.values()))
        rows: list[HelpRow] = []
        for action in sorted(actions, key=lambda each: headings.index(group_of(each))):
            now = keys_of(action.id)
            keys, title = "  ".join(shown(each) for each in now), action.title
            if action.id == "code.slot_1" and now == action.keys:
                keys, title = "1-9", "code with slot 1, 2, …"
            elif action.id == "tree.pin_1" and now == action.keys:
                keys, title = "p 1-9", "pin to a digit"
            elif action.id == "code.pin_1" and now == action.keys:
                keys, title = "p 1-9", "pin the last code to a digit"
            elif now == action.keys and action.id.startswith(
                ("code.slot_", "tree.pin_", "code.pin_")
            ):
                continue
            reason = action.blocked(self._desk)
            rows.append(HelpRow(action.id, title, keys, group_of(action), action.help, reason))
        return rows
