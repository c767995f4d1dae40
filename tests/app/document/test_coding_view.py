"""The text pane on a screen: what it draws, what it says, what the mouse does."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from rich.style import Style
from textual.app import App, ComposeResult
from textual.message import Message
from textual.pilot import Pilot

from tests.app.document.samples import INTERVIEW, codes, document, document_text
from tui.app.document.text_source import DocumentText
from tui.app.document.view import CodingView
from tui.app.messages import CodingPointedAt, CodingsAskedFor, PassageLeft, SelectionMoved

TALK = document_text(INTERVIEW)
R07, R07_END = TALK.span(2)


class Stage(App[None]):
    """A pane alone on the screen; keeps what it says."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self) -> None:
        super().__init__()
        self.said: list[Message] = []

    def compose(self) -> ComposeResult:
        """Put the pane on the screen."""
        yield CodingView()

    def on_selection_moved(self, message: SelectionMoved) -> None:
        """Keep it."""
        self.said.append(message)

    def on_passage_left(self, message: PassageLeft) -> None:
        """Keep it."""
        self.said.append(message)

    def on_coding_pointed_at(self, message: CodingPointedAt) -> None:
        """Keep it."""
        self.said.append(message)

    def on_codings_asked_for(self, message: CodingsAskedFor) -> None:
        """Keep it."""
        self.said.append(message)


Session = Callable[[CodingView, Pilot[None], Stage], Awaitable[None]]


def play(
    session: Session,
    text: DocumentText = TALK,
    codings: list[tuple[int, int, int, int, int]] | None = None,
    size: tuple[int, int] = (54, 24),
    place: tuple[int, int] | None = None,
) -> None:
    """Open a document in a pane and run a session with it."""

    async def whole() -> None:
        app = Stage()
        async with app.run_test(size=size) as pilot:
            view = app.query_one(CodingView)
            view.focus()
            view.open(document(text), text, codings or [], codes(), place)
            await pilot.pause()
            await session(view, pilot, app)

    asyncio.run(whole())


def drawn(view: CodingView) -> list[str]:
    """Return the rows of the pane as text, trailing blanks cut off."""
    return [view.render_line(y).text.rstrip() for y in range(view.size.height)]


def styled(view: CodingView, attribute: str) -> str:
    """Return all text drawn with an attribute, rows joined by a space."""
    rows = []
    for y in range(1, view.size.height):
        parts = [
            segment.text
            for segment in view.render_line(y)
            if isinstance(segment.style, Style) and getattr(segment.style, attribute)
        ]
        if parts:
            rows.append("".join(parts))
    return " ".join(rows)


def selected(view: CodingView) -> str:
    """Return the selected text."""
    assert view.selected_span is not None
    return view.text.slice(*view.selected_span)


def test_the_specimen_screen_is_drawn() -> None:
    codings = [(R07, R07_END, 1, 1, 1), (R07 + 5, R07 + 74, 2, 1, 2)]

    async def session(view: CodingView, pilot: Pilot[None], app: Stage) -> None:
        rows = drawn(view)
        assert rows[0].startswith("▌interview_07.txt          ¶1/5  ")
        assert rows[1] == ">  1       How I plan is Sunday night, and that is"
        assert rows[6] == "   3 WA    R07: I mark until eleven most nights, and"
        assert rows[7] == "     │└    then the head adds another form. The data"
        assert styled(view, "reverse") == INTERVIEW[0]

    play(session, codings=codings)


def test_moving_changes_what_is_reversed_and_says_so() -> None:
    async def session(view: CodingView, pilot: Pilot[None], app: Stage) -> None:
        app.said.clear()
        assert view.move("next")
        assert view.move("next")
        await pilot.pause()
        assert styled(view, "reverse").startswith("R07: I mark until")
        assert view.unit_words() == "sentence 1 of 4 · 14 words"
        assert view.passage_at == 3
        moved = [each for each in app.said if isinstance(each, SelectionMoved)]
        assert (moved[-1].start, moved[-1].end) == view.selected_span
        left = [each.number for each in app.said if isinstance(each, PassageLeft)]
        assert left == [1, 2]

    play(session)


def test_a_motion_that_cannot_be_made_says_why() -> None:
    async def session(view: CodingView, pilot: Pilot[None], app: Stage) -> None:
        assert not view.move("prev")
        assert view.refusal == "This is the first sentence"
        assert view.move("next")
        assert view.refusal == ""

    play(session)


def test_an_empty_document_opens_and_refuses_every_motion() -> None:
    async def session(view: CodingView, pilot: Pilot[None], app: Stage) -> None:
        assert "empty" in drawn(view)[0]
        for motion in ("next", "page_down", "scroll_down", "grow", "swap_end"):
            assert not view.move(motion)
            assert view.refusal
        view.select(3, 4)
        assert view.selection is None
        assert view.unit_words() == "nothing to select"
        await pilot.click(CodingView, offset=(20, 3))

    play(session, text=document_text([]))


def test_it_opens_where_the_coder_left_it() -> None:
    async def session(view: CodingView, pilot: Pilot[None], app: Stage) -> None:
        assert view.passage_at == 150
        assert any(row.startswith(">") for row in drawn(view))

    text = document_text(INTERVIEW * 40)
    play(session, text=text, place=text.span(149))


def test_only_the_rows_that_change_are_repainted() -> None:
    async def session(view: CodingView, pilot: Pilot[None], app: Stage) -> None:
        view.select(R07, R07 + 20)
        await pilot.pause()
        drawn_rows: list[int] = []
        ordinary = view.render_line
        view.render_line = lambda y: drawn_rows.append(y) or ordinary(y)  # type: ignore
        view.move("word_next")
        await pilot.pause()
        assert set(drawn_rows) <= {0, 6}

    play(session)


def test_codings_come_and_go_in_the_margin() -> None:
    async def session(view: CodingView, pilot: Pilot[None], app: Stage) -> None:
        view.coding_added((R07, R07 + 20, 3, 1, 9))
        assert drawn(view)[6].startswith("   3 T ")
        view.coding_added((R07, R07 + 60, 4, 1, 10))
        assert drawn(view)[6].startswith("   3 BT")
        view.coding_added((R07, R07 + 10, 4, 1, 10))
        assert drawn(view)[6].startswith("   3 TB")
        view.coding_removed(9)
        view.coding_removed(9)
        assert drawn(view)[6].startswith("   3 B  ")
        view.hidden_codes = frozenset({4})
        assert drawn(view)[6].startswith("   3   ")
        view.hidden_codes = frozenset()
        view.set_codings([(R07, R07 + 5, 1, 1, 1)])
        assert drawn(view)[6].startswith("   3 W ")

    play(session)


def test_the_focused_coding_is_underlined_and_hits_are_bold_too() -> None:
    async def session(view: CodingView, pilot: Pilot[None], app: Stage) -> None:
        view.set_focus_coding(1)
        assert styled(view, "underline") == "R07: I"
        assert view.focused_coding == 1
        view.set_focus_coding(None)
        view.set_hits([(R07 + 7, R07 + 11), (R07 + 9, R07 + 13)])
        assert styled(view, "underline") == styled(view, "bold") == "mark u"

    play(session, codings=[(R07, R07 + 6, 1, 1, 1)])


def test_codings_here_are_those_under_the_selection() -> None:
    async def session(view: CodingView, pilot: Pilot[None], app: Stage) -> None:
        view.select(R07, R07 + 8)
        assert [coding.id for coding in view.codings_here()] == [2, 1]
        view.hidden_codes = frozenset({2})
        assert [coding.id for coding in view.codings_here()] == [1]

    play(session, codings=[(R07, R07 + 6, 1, 1, 1), (R07, R07_END, 2, 1, 2)])


def test_unread_and_set_aside_passages_are_marked_when_asked_for() -> None:
    async def session(view: CodingView, pilot: Pilot[None], app: Stage) -> None:
        view.set_reading({1: "read", 3: "aside"})
        rows = drawn(view)
        assert rows[1][:6].rstrip() == ">  1"
        assert rows[4][:5] == "   2·"
        assert rows[6][:5] == "   3-"

    play(session)


def test_code_names_stand_at_the_right_of_a_wide_screen() -> None:
    codings = [(R07, R07_END, 1, 1, 1), (R07 + 5, R07 + 74, 2, 1, 2)]

    async def session(view: CodingView, pilot: Pilot[None], app: Stage) -> None:
        row = next(row for row in drawn(view) if "R07: I mark" in row)
        assert row.endswith("Workload, Admin")
        assert row.index("R07") == 15

    play(session, codings=codings, size=(160, 30))


def test_pages_move_the_selection_with_the_view() -> None:
    async def session(view: CodingView, pilot: Pilot[None], app: Stage) -> None:
        seen = []
        while view.move("page_down"):
            seen.append(view.passage_at)
            assert any(row.startswith(">") for row in drawn(view))
        assert seen == sorted(seen)
        assert view.passage_at == len(view.text)
        while view.move("page_up"):
            assert any(row.startswith(">") for row in drawn(view))
        assert view.passage_at == 1

    play(session, text=document_text(INTERVIEW * 12))


def test_the_wheel_scrolls_and_the_next_motion_comes_back() -> None:
    async def session(view: CodingView, pilot: Pilot[None], app: Stage) -> None:
        span = view.selected_span
        for _ in range(8):
            assert view.move("scroll_down")
        assert not any(row.startswith(">") for row in drawn(view))
        assert view.selected_span == span
        assert view.move("next")
        assert any(row.startswith(">") for row in drawn(view))

    play(session, text=document_text(INTERVIEW * 12))


def test_a_resize_keeps_the_selection_in_sight() -> None:
    async def session(view: CodingView, pilot: Pilot[None], app: Stage) -> None:
        for size in ((120, 40), (40, 12), (20, 5), (160, 48), (5, 2), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            if size[1] > 3:
                assert any(row.startswith(">") for row in drawn(view)), size
            assert all(len(row) <= size[0] for row in drawn(view))

    text = document_text(INTERVIEW * 12)
    play(session, text=text, place=text.span(31))


def test_growing_to_the_document_leaves_the_view_where_it_is() -> None:
    async def session(view: CodingView, pilot: Pilot[None], app: Stage) -> None:
        before = drawn(view)[5][1:]
        for _ in range(2):
            assert view.move("grow")
        assert drawn(view)[5][1:] == before
        assert view.unit_words().startswith("the whole document")

    text = document_text(INTERVIEW * 12)
    play(session, text=text, place=text.span(31))


def test_a_click_selects_a_word_then_its_sentence_then_its_passage() -> None:
    async def session(view: CodingView, pilot: Pilot[None], app: Stage) -> None:
        await pilot.click(CodingView, offset=(18, 6))
        assert selected(view) == "mark"
        await pilot.click(CodingView, offset=(18, 6), times=2)
        assert selected(view).endswith("another form.")
        await pilot.click(CodingView, offset=(18, 6), times=3)
        assert selected(view) == INTERVIEW[2]
        await pilot.click(CodingView, offset=(30, 20))

    play(session)


def test_a_drag_selects_whole_words() -> None:
    async def session(view: CodingView, pilot: Pilot[None], app: Stage) -> None:
        await pilot.mouse_down(CodingView, offset=(19, 6))
        await pilot.hover(CodingView, offset=(24, 6))
        await pilot.hover(CodingView, offset=(14, 7))
        await pilot.mouse_up(CodingView, offset=(14, 7))
        assert selected(view) == "mark until eleven most nights, and then"

    play(session)


def test_a_click_on_a_lane_points_at_its_coding_and_the_right_button_asks() -> None:
    async def session(view: CodingView, pilot: Pilot[None], app: Stage) -> None:
        await pilot.click(CodingView, offset=(6, 7))
        await pilot.click(CodingView, offset=(18, 6), button=3)
        await pilot.pause()
        pointed = [each.coding_id for each in app.said if isinstance(each, CodingPointedAt)]
        asked = [each for each in app.said if isinstance(each, CodingsAskedFor)]
        assert pointed == [2]
        assert TALK.slice(asked[0].start, asked[0].end) == "mark"

    play(session, codings=[(R07, R07_END, 1, 1, 1), (R07 + 5, R07 + 74, 2, 1, 2)])


def test_the_cell_of_an_offset_is_where_it_is_drawn() -> None:
    async def session(view: CodingView, pilot: Pilot[None], app: Stage) -> None:
        cell = view.cell_of(R07 + 7)
        assert cell is not None
        assert view.render_line(cell.y).text[cell.x :].startswith("mark until")
        assert view.cell_of(TALK.end - 1) is not None
        words = [TALK.slice(*span) for span in view.visible_words()]
        assert words[:3] == ["How", "I", "plan"]
        view.set_labels({R07 + 7: "a"})
        assert view.render_line(cell.y).text[cell.x :].startswith("aark until")

    play(session)


def test_names_and_texts_are_drawn_as_they_are() -> None:
    text = document_text(["[b]bold[/b] [/x] \x1b[31mred\x9b0m \u202eabc"])

    async def session(view: CodingView, pilot: Pilot[None], app: Stage) -> None:
        view.open(document(text, "[/x]\x1b[2J.txt"), text, [], codes())
        rows = drawn(view)
        assert "[/x]" in rows[0]
        assert "[b]bold[/b] [/x] ␛[31mred�0m �abc" in rows[1]
        assert not any(char in "".join(rows) for char in "\x1b\x9b\u202e")

    play(session, text=text)
