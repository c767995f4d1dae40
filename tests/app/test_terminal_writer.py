"""The writer that sends only changed cells: the screen is the one Textual would have drawn."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, ClassVar

import pyte
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.driver import Driver
from textual.events import Resize
from textual.geometry import Size
from textual.pilot import Pilot
from textual.screen import ModalScreen, Screen
from textual.strip import Strip
from textual.widgets import Input, Label, OptionList, Static

from tests.app.capture import Capture
from tests.app.document.samples import INTERVIEW, codes, document, document_text
from tui.app.document.view import CodingView
from tui.app.screen_cells import Pen, transition
from tui.app.shadow import Shadow
from tui.app.terminal import FULL_REPAINT, SparingApp

# pyte knows single combining marks but not joined emoji, so those are tested by their bytes below.
TEXTS = (
    *INTERVIEW,
    "数据和学校的问题。「はい」とカタカナー。 한국어 문장.",
    "Cafe\u0301 nai\u0308ve e\u0301e\u0301e\u0301 \x1b[31mred\x1b[0m \u202eabc\u202c.",
    "one\ttwo\tthree\nfour.",
    "שלום עולם. مرحبا بالعالم.",
    "[b]not markup[/b] [/x].",
)


class Dialog(ModalScreen[None]):
    """A dialog over the screen."""

    CSS = "Dialog { align: center middle; } Dialog > * { width: 30; height: 6; border: double; }"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("p,escape", "dismiss")]

    def compose(self) -> ComposeResult:
        """Show a list."""
        yield OptionList(*(Content(f"option {n} 数据") for n in range(9)))


class Elsewhere(Screen[None]):
    """Another whole screen."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("w", "app.pop_screen")]

    def compose(self) -> ComposeResult:
        """Show little."""
        yield Label(Content("elsewhere"))
        yield Input()


class Sample(SparingApp[None]):
    """A pane, a coloured column, dialogs and notices."""

    ENABLE_COMMAND_PALETTE = False
    CSS = "#side { width: 24; border-left: solid green; background: $panel; }"
    MOTIONS: ClassVar[dict[str, str]] = {
        "j": "next",
        "k": "prev",
        "l": "word_next",
        "J": "extend_next",
        "equals_sign": "grow",
        "minus": "shrink",
        "pagedown": "page_down",
        "pageup": "page_up",
        "e": "scroll_down",
        "G": "last",
        "g": "first",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"move('{motion}')") for key, motion in MOTIONS.items()),
        Binding("p", "push_screen('dialog')"),
        Binding("w", "push_screen('elsewhere')"),
        Binding("n", "notice"),
        Binding("c", "code"),
        Binding("t", "theme"),
    ]
    SCREENS: ClassVar[dict[str, Callable[[], Screen[Any]]]] = {
        "dialog": Dialog,
        "elsewhere": Elsewhere,
    }

    def __init__(self) -> None:
        super().__init__(driver_class=Capture)
        self._made = 0

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        with Horizontal():
            yield CodingView()
            yield Static(Content("\n".join(f"{n} Côdé {n} 数" for n in range(9))), id="side")

    def on_mount(self) -> None:
        """Open a document."""
        text = document_text(TEXTS * 3)
        view = self.query_one(CodingView)
        view.open(document(text), text, [(0, 300, 1, 1, 1), (90, 400, 2, 1, 2)], codes())
        view.focus()

    def action_move(self, motion: str) -> None:
        """Move the selection."""
        self.query_one(CodingView).move(motion)

    def action_notice(self) -> None:
        """Show a notice."""
        self._made += 1
        self.notify(f"notice {self._made} 数据", timeout=600, markup=False)

    def action_code(self) -> None:
        """Code the selection and focus the new coding."""
        view = self.query_one(CodingView)
        self._made += 1
        if view.selected_span is not None:
            view.coding_added((*view.selected_span, self._made % 6 + 1, 1, 100 + self._made))
            view.set_focus_coding(100 + self._made)

    def action_theme(self) -> None:
        """Go on to another theme."""
        self.theme = "ansi-dark" if self.theme != "ansi-dark" else "textual-dark"


class Emulator:
    """A terminal and what an app has written to it so far."""

    def __init__(self, app: App[Any], columns: int, rows: int) -> None:
        self.app = app
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self.screen)

    @property
    def driver(self) -> Capture:
        """The app's driver."""
        driver = self.app._driver
        assert isinstance(driver, Capture)
        return driver

    def receive(self) -> str:
        """Show what was written since the last time, and return it."""
        sent = "".join(self.driver.written)
        self.driver.written.clear()
        self._stream.feed(sent)
        return sent

    def cells(self) -> list[list[tuple[object, ...]]]:
        """Return the looks of all cells."""
        return looks(self.screen)


def looks(screen: pyte.Screen) -> list[list[tuple[object, ...]]]:
    """Return how each cell of an emulated screen looks; of blanks only what can be seen."""
    return [
        [_look(screen.buffer[y][x]) for x in range(screen.columns)] for y in range(screen.lines)
    ]


def _look(cell: Any) -> tuple[object, ...]:
    seen = cell.reverse or cell.underscore or cell.strikethrough
    if cell.data == " " and not seen:
        return (" ", cell.bg)
    return tuple(cell)


def whole_screen(app: App[Any]) -> list[list[tuple[object, ...]]]:
    """Return the looks of the screen as Textual writes it when it writes all of it."""
    update = app.screen._compositor.render_update(full=True, screen_stack=app._background_screens)
    emulated = pyte.Screen(*app.size)
    stream = pyte.Stream(emulated)
    stream.feed(update.render_segments(app.console))  # type: ignore[union-attr]
    return looks(emulated)


async def settle(pilot: Pilot[Any]) -> None:
    """Wait until everything that was to be drawn is drawn."""
    for _ in range(50):
        await pilot.pause()
        await asyncio.sleep(0.02)
        screen = pilot.app.screen
        waits = screen._dirty_widgets or screen._compositor._dirty_regions
        if not waits and not screen._layout_required and not screen._repaint_required:
            return


@asynccontextmanager
async def sample(columns: int = 80, rows: int = 24) -> Any:
    """Run the sample app in an emulator."""
    app = Sample()
    async with app.run_test(headless=False, size=(columns, rows)) as pilot:
        emulator = Emulator(app, columns, rows)
        await settle(pilot)
        yield pilot, emulator


def run(session: Callable[[Pilot[None], Emulator], Awaitable[None]]) -> None:
    """Run a session with the sample app."""

    async def whole() -> None:
        async with sample() as (pilot, emulator):
            await session(pilot, emulator)

    asyncio.run(whole())


STEPS = st.one_of(
    st.sampled_from([*Sample.MOTIONS, "p", "n", "c", "t", "w", "escape", "down", "j", "j"]),
    st.tuples(st.integers(40, 130), st.integers(10, 40)),
)


@example(steps=["j", "p", "down", "n", "escape", (50, 12), "G", (120, 30), "w", "w", "t", "g"])
@settings(max_examples=6)
@given(steps=st.lists(STEPS, min_size=4, max_size=14))
def test_the_screen_is_the_one_textual_would_have_drawn(steps: list[Any]) -> None:
    async def session(pilot: Pilot[None], emulator: Emulator) -> None:
        for step in steps:
            if isinstance(step, str):
                await pilot.press(step)
            else:
                columns, rows = step
                await pilot.resize_terminal(columns, rows)
                emulator.screen.resize(rows, columns)
            await settle(pilot)
            emulator.receive()
            assert emulator.cells() == whole_screen(pilot.app), step

    run(session)


def test_the_same_holds_when_everything_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FULL_REPAINT, "1")

    async def session(pilot: Pilot[None], emulator: Emulator) -> None:
        for key in ("j", "J", "p", "down", "escape", "n", "pagedown", "w"):
            await pilot.press(key)
            await settle(pilot)
            emulator.receive()
            assert emulator.cells() == whole_screen(pilot.app), key

    run(session)


def test_a_motion_sends_few_bytes_and_an_idle_app_none() -> None:
    async def session(pilot: Pilot[None], emulator: Emulator) -> None:
        emulator.receive()
        for key, most in (("l", 150), ("l", 150), ("j", 450), ("J", 450)):
            await pilot.press(key)
            await settle(pilot)
            assert 0 < len(emulator.receive().encode()) <= most
        await settle(pilot)
        assert emulator.receive() == ""

    run(session)


def test_a_dialog_sends_only_itself() -> None:
    async def session(pilot: Pilot[None], emulator: Emulator) -> None:
        pilot.app.theme = "ansi-dark"
        await settle(pilot)
        everything = len(emulator.receive().encode())
        await pilot.press("p")
        await settle(pilot)
        assert len(emulator.receive().encode()) < everything / 2

    run(session)


def test_after_another_program_had_the_terminal_all_is_written_again() -> None:
    async def session(pilot: Pilot[None], emulator: Emulator) -> None:
        emulator.receive()
        pilot.app._suspend_signal()
        emulator.screen.reset()
        pilot.app.post_message(Driver.SignalResume())
        await settle(pilot)
        emulator.receive()
        assert emulator.cells() == whole_screen(pilot.app)

    run(session)


def test_a_resize_that_ends_at_the_same_size_writes_all_again() -> None:
    async def session(pilot: Pilot[None], emulator: Emulator) -> None:
        for sizes in ([(90, 24), (80, 24)], [(80, 24)]):
            await settle(pilot)
            emulator.receive()
            emulator.screen.reset()
            for columns, rows in sizes:
                pilot.app.post_message(Resize(Size(columns, rows), Size(columns, rows)))
            await settle(pilot)
            emulator.receive()
            assert emulator.cells() == whole_screen(pilot.app)

    run(session)


def test_going_to_another_whole_screen_heals_what_others_have_written() -> None:
    async def session(pilot: Pilot[None], emulator: Emulator) -> None:
        emulator.receive()
        emulator.screen.reset()
        await pilot.press("w")
        await settle(pilot)
        emulator.receive()
        assert emulator.cells() == whole_screen(pilot.app)

    run(session)


@pytest.mark.parametrize("full", ["0", "1"])
def test_nothing_of_a_text_acts_on_the_terminal(full: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FULL_REPAINT, full)

    async def session(pilot: Pilot[None], emulator: Emulator) -> None:
        side = pilot.app.query_one("#side", Static)
        side.update(Content("a\x1b[2Jb\x07c\x9b31md\u202ee\u2066f\x00g\x7fh"))
        await settle(pilot)
        sent = emulator.receive()
        # Textual sets the shape of the mouse pointer by a sequence of its own.
        rest = re.sub(r"\x1b\[[0-9;]*[A-Za-z]|\x1b\]22;[a-z]*\x07", "", sent)
        assert "\u202e" not in rest
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2066]", rest)
        assert "\x1b[2J" not in sent

    run(session)


Writer = Callable[[str], str]


def shadowed(columns: int = 20) -> Writer:
    """Return a function that writes a row to a shadow of the screen and returns what is sent."""
    shadow = Shadow(Size(columns, 2), ColorSystem.TRUECOLOR)

    def write(text: str) -> str:
        return shadow.write([(0, 0, Strip([Segment(text)]))])

    return write


def test_only_changed_cells_are_sent() -> None:
    write = shadowed()
    assert write("one two three") == "\x1b[1Hone two three"
    assert write("one two three") == ""
    assert write("one TWO three") == "\x1b[1;5HTWO"


def test_near_changes_are_sent_in_one_go() -> None:
    write = shadowed()
    write("abcdefghijklmnop")
    assert write("aXcXefghijklmnXp") == "\x1b[1;2HXcX\x1b[10CX"


def test_long_blanks_are_erased() -> None:
    write = shadowed()
    write("abcdefghijklmnop")
    assert write("a" + " " * 12 + "nop") == "\x1b[1;2H\x1b[12X"
    write("abcdefghijklmnop")
    assert write("X" + " " * 13 + "Xp") == "\x1b[1HX\x1b[13X\x1b[13CX"
    write("abcdefghijklmnop")
    assert write("X" + " " * 9 + "Xlmnop") == "\x1b[1HX         X", "within, to erase is longer"


def test_what_lies_over_a_row_is_taken_off_by_what_it_hid() -> None:
    shadow = Shadow(Size(16, 2), ColorSystem.TRUECOLOR)

    def write(text: str) -> str:
        return shadow.write([(0, 0, Strip([Segment(text)]))])

    write("abcdefghijklmnop")
    shadow.cover({0: (4, Strip([Segment("BOX!")]))})
    assert shadow.write([]) == "\x1b[1;5HBOX!"
    assert write("abcdEfghijklmnoP") == "\x1b[1;16HP", "below it nothing is drawn, but noted"
    shadow.cover({0: (5, Strip([Segment("OX?")]))})
    assert shadow.write([]) == "\x1b[1;5HEOX?"
    shadow.cover({})
    assert write("abcdEfghijklmnoQ") == "\x1b[1;6Hfgh\x1b[7CQ"
    assert shadow.write([]) == ""


def test_a_wide_sign_that_is_covered_by_half_goes_blank_and_comes_back() -> None:
    shadow = Shadow(Size(8, 1), ColorSystem.TRUECOLOR)
    shadow.write([(0, 0, Strip([Segment("数数数数")]))])
    shadow.cover({0: (3, Strip([Segment("ab")]))})
    assert shadow.write([]) == "\x1b[1;3H ab "
    shadow.cover({})
    assert shadow.write([]) == "\x1b[1;3H数数"


def test_what_is_forgotten_below_is_written_when_it_is_drawn() -> None:
    shadow = Shadow(Size(6, 1), ColorSystem.TRUECOLOR)
    shadow.write([(0, 0, Strip([Segment("abcdef")]))])
    lid = {0: (2, Strip([Segment("XY")]))}
    shadow.cover(lid)
    shadow.write([])
    shadow.forget()
    assert shadow.write([]) == "\x1b[1;3HXY"
    assert shadow.write([(0, 0, Strip([Segment("abcdef")]))]) == "\x1b[1HabXYef"
    shadow.cover({})
    assert shadow.write([]) == "\x1b[1;3Hcd"


def test_half_a_wide_sign_is_never_sent() -> None:
    write = shadowed()
    write("a数b")
    assert write("abcd") == "\x1b[1;2Hbcd"
    assert write("a数b") == "\x1b[1;2H数b"
    assert write("a据b") == "\x1b[1;2H据"


def test_a_wide_sign_whose_right_half_was_overwritten_is_sent_again() -> None:
    shadow = Shadow(Size(9, 1), ColorSystem.TRUECOLOR)
    shadow.write([(0, 0, Strip([Segment("a数b")])), (0, 2, Strip([Segment("|")]))])
    assert shadow.write([(0, 0, Strip([Segment("a数b")]))]) == "\x1b[1;2H数"


def test_a_sign_of_doubtful_width_is_followed_by_a_move_to_where_it_should_end() -> None:
    write = shadowed()
    sent = write("a👩‍👩‍👧‍👦b")
    assert sent == "\x1b[1Ha\x1b[2X👩‍👩‍👧‍👦\x1b[4Gb"


def test_marks_travel_with_their_letter() -> None:
    write = shadowed()
    write("cafe\u0301")
    assert write("cafe") == "\x1b[1;4He"
    assert write("cafe\u0301") == "\x1b[1;4He\u0301"


def test_what_lies_outside_the_screen_is_left_out() -> None:
    shadow = Shadow(Size(4, 1), ColorSystem.TRUECOLOR)
    strip = Strip([Segment("abcdef")])
    assert shadow.write([(0, 0, strip), (3, 0, strip), (0, 9, strip)]) == "\x1b[1Habcd"


def test_the_shortest_way_from_pen_to_pen_is_taken() -> None:
    plain, bold = Pen(), Pen(("1",))
    reverse = Pen(("7",))
    red = Pen((), "31", "48;2;1;2;3")
    assert transition(plain, bold) == "\x1b[1m"
    assert transition(bold, plain) == "\x1b[m"
    assert transition(reverse, bold) == "\x1b[0;1m"
    assert transition(red, Pen(("7",), "31", "48;2;1;2;3")) == "\x1b[7m"
    assert transition(Pen(("1", "2"), "31", "44"), Pen(("1",), "31", "44")) == "\x1b[22;1m"
    assert transition(red, red) == ""


PENS = st.builds(
    Pen,
    st.lists(st.sampled_from(["1", "3", "4", "7", "9"]), unique=True).map(
        lambda codes: tuple(sorted(codes))
    ),
    st.sampled_from(["", "31", "92"]),
    st.sampled_from(["", "44", "107"]),
)


@given(PENS, PENS)
def test_a_transition_ends_with_the_pen_that_was_wanted(before: Pen, after: Pen) -> None:
    straight, around = pyte.Screen(2, 1), pyte.Screen(2, 1)
    pyte.Stream(straight).feed(transition(Pen(), after) + "x")
    pyte.Stream(around).feed(transition(Pen(), before) + transition(before, after) + "x")
    assert straight.buffer[0][0] == around.buffer[0][0]
