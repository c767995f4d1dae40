from __future__ import annotations

from dataclasses import replace

import pytest
from textual.events import Key, Paste
from textual.pilot import Pilot

from tests.app.screens.stage import HOSTILE, PENDING, SIZES, Stage, play, typed, widest
from tui.app.desk import Choice
from tui.app.screens.bindings import bottom_row
from tui.app.screens.choosing.picker import CodePicker
from tui.app.screens.choosing.picking import Picked, Picking
from tui.app.widgets.rows import Row
from tui.model.code import Code
from tui.text.safe import make_visible

CODES = [
    Code(1, "R1", "Global agenda", None, 1),
    Code(2, "R1-1", "Changing world", 1, 1, definition="The situation shifts."),
    Code(3, "R1-1-1", "National interests", 2, 1, definition="Interests first.", slot=1),
    Code(4, "R1-2", "Tension and security", 1, 2, include="Arms", exclude="Trade"),
    Code(5, "R1-2-1", "Fair share of development", 4, 1),
    Code(6, "R2", "Regional prosperity", None, 2),
    Code(7, "R2-1", "Trade and finance", 6, 1),
]


def picker(**changes: object) -> CodePicker:
    settings: dict[str, object] = {
        "codes": CODES,
        "counts": {3: 12, 5: 4, 7: 4},
        "recent": [5, 4],
        "slots": {1: 3},
        "heading": "Code 24 words as…",
        "parent_id": None,
    }
    return CodePicker(**{**settings, **changes})  # type: ignore[arg-type]


def keys_of(screen: CodePicker) -> list[str]:
    return [screen.picking.codes[number].key for number in screen.picking.shown]


def answer(*keys: str, **changes: object) -> object:
    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await pilot.press(*keys)

    return play(picker(**changes), script).result


def orders(*queries: str, **changes: object) -> list[list[str]]:
    """Return the keys of the codes that each query lists, in their order."""
    screen = picker(**changes)
    found = []

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        for query in queries:
            await pilot.press("ctrl+u", *typed(query))
            found.append(keys_of(screen))

    play(screen, script)
    return found


def test_enter_gives_the_highlighted_code() -> None:
    assert answer("down", "enter") == Picked((4,))


def test_codes_are_found_by_key_by_words_in_any_order_and_with_a_letter_wrong() -> None:
    asked = {
        "": ["R1-2-1", "R1-2", "R1-1-1", "R1", "R1-1", "R2", "R2-1"],  # recent, slots, tree
        "r1-2": ["R1-2", "R1-2-1"],
        "finance trade": ["R2-1"],
        "secruity": ["R1-2", "R1-2-1"],
        "national int": ["R1-1-1"],
        "fsod": ["R1-2-1"],  # beginnings of neighbouring words, as nothing else fits
    }
    assert orders(*asked) == list(asked.values())


def test_equal_matches_are_ordered_by_recency_then_by_frequency() -> None:
    codes = [Code(n, f"C{n}", "Pay", None, n) for n in range(1, 5)]
    found = orders("pay", codes=codes, recent=[4], counts={3: 9}, slots={})
    assert found == [["C4", "C3", "C1", "C2"]]


def test_tab_marks_several_and_keeps_the_query() -> None:
    keys = [*typed("r1-2"), "tab", "down", "tab", "enter"]
    assert answer(*keys) == Picked((4, 5))


def test_a_second_tab_takes_the_mark_off() -> None:
    assert answer("tab", "tab", "down", "enter") == Picked((4,))


def test_marks_outlive_the_query_that_found_them() -> None:
    keys = [*typed("trade"), "tab", "ctrl+u", *typed("r1-2-1"), "tab", "enter"]
    assert answer(*keys) == Picked((7, 5))


def test_enter_on_a_query_that_matches_nothing_makes_no_code() -> None:
    assert answer(*typed("xyzzy"), "enter") == PENDING


def test_the_row_for_a_new_code_makes_one() -> None:
    assert answer(*typed("xyzzy"), "down", "enter") == Picked((), "xyzzy", None)
    assert answer(*typed("xyzzy"), "down", "enter", parent_id=6) == Picked((), "xyzzy", 6)


def test_the_new_code_goes_under_the_code_pointed_at() -> None:
    assert answer(*typed("trade"), "up", "enter") == Picked((), "trade", 7)


def test_a_plus_and_a_name_make_a_code_under_the_parent_that_was_given() -> None:
    assert answer(*typed("+Tolls and tariffs"), "enter", parent_id=7) == Picked(
        (), "Tolls and tariffs", 7
    )


def test_a_plus_and_a_name_make_a_code_under_the_highlighted_one() -> None:
    assert answer(*typed("+Tolls"), "down", "down", "enter") == Picked((), "Tolls", 2)


def asked(query: str, parent_id: int | None = None) -> Picking:
    picking = Picking(CODES, {3: 12}, [5, 4], {1: 3}, parent_id)
    picking.ask("")
    for end in range(1, len(query) + 1):  # as it is typed
        picking.ask(query[:end])
    return picking


def drawn(rows: list[Row]) -> list[str]:
    return ["".join(text for text, _ in row) for row in rows]


def test_a_plus_and_a_name_that_exists_offers_the_code_of_that_name() -> None:
    picking = asked("+ trade  and FINANCE", 2)
    assert picking.highlighted == 0
    assert drawn([picking.row(0, 60)]) == ["= Trade and finance is there: R2 › R2-1"]
    said = " ".join(drawn(picking.below(60, 3)))
    assert "Enter gives R2-1, which has this name already." in said
    assert picking.result() == Picked((7,))
    picking.point(2)
    assert "another code 'trade and FINANCE' under R1 Global" in drawn(picking.below(90, 3))[0]
    assert picking.result() == Picked((), "trade and FINANCE", 1), "a second one when asked for"
    picking.ask("+trade and fin")
    assert picking.result() == Picked((), "trade and fin", 1), "its place is kept"
    picking = asked("")
    picking.mark()
    picking.ask("+regional prosperity")
    assert picking.result() == Picked((5, 6))
    picking = asked("trade and finance")
    assert drawn([picking.row(1, 90)])[0].startswith(
        "+ another code 'trade and finance' under R2-1"
    )


def test_where_a_new_code_goes_is_said_before_it_is_made() -> None:
    picking = asked("+Tolls", 7)
    at = picking.highlighted
    assert drawn([picking.row(at, 60)]) == ["+ under R2-1 Trade and finance"]
    said = drawn(picking.below(90, 2))[0]
    assert said.startswith("Enter makes the code 'Tolls' under R2-1 Trade and finance.")
    assert picking.result() == Picked((), "Tolls", 7)
    picking.point(0)
    assert drawn([picking.row(0, 60)]) == ["+ 'Tolls' at the top of the tree"]
    said = drawn(picking.below(90, 2))[0]
    assert said.startswith("Enter makes the code 'Tolls' at the top of the tree.")
    assert picking.result() == Picked((), "Tolls", None)


def test_a_plus_alone_makes_nothing() -> None:
    assert answer(*typed("+"), "enter") == PENDING


def test_ctrl_n_and_ctrl_p_move() -> None:
    assert answer("ctrl+n", "ctrl+n", "ctrl+p", "enter") == Picked((4,))


def test_escape_gives_nothing() -> None:
    assert answer(*typed("trade"), "escape") is None


def test_letters_typed_before_the_field_has_the_focus_come_first() -> None:
    screen = picker()

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        screen.set_focus(None)
        for letter in "tra":
            screen.post_message(Key(letter, letter))
        await pilot.pause()
        await pilot.press("d", "e")
        assert screen.field.value == "trade"

    play(screen, script)


def test_escape_and_a_letter_that_arrive_as_one_close_the_box() -> None:
    screen = picker()

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        screen.field.post_message(Key("alt+j", "j"))
        await pilot.pause()
        await pilot.pause()

    assert play(screen, script).result is None


def test_a_key_without_use_names_the_keys() -> None:
    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await pilot.press("f5")
        assert "no use here" in app.last_row()
        assert "Enter apply" in app.last_row()
        await pilot.press("a")
        assert "no use" not in app.last_row()

    play(picker(), script)


def test_the_definition_of_the_highlighted_code_is_shown() -> None:
    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await pilot.press(*typed("r1-1"))
        assert "Global agenda › Changing world" in app.drawn()
        assert "The situation shifts." in app.drawn()

    play(picker(), script)


@pytest.mark.parametrize("size", SIZES)
def test_hostile_names_are_shown_as_they_are_and_do_nothing(size: tuple[int, int]) -> None:
    codes = [
        Code(n, f"C{n}", name, n - 1 if n % 3 == 2 else None, n, definition=name)
        for n, name in enumerate(HOSTILE, 1)
    ]

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        for _ in codes:
            await pilot.press("down", "tab")
            assert widest(app) <= size[0]
        await pilot.press(*typed("not red"))
        assert "not red" in app.drawn()
        await pilot.resize_terminal(60, 20)
        await pilot.press("enter")

    assert isinstance(play(picker(codes=codes, recent=[], slots={}), script, size).result, Picked)


def test_a_hostile_query_is_only_a_query() -> None:
    screen = picker()

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        for pasted in HOSTILE:
            await pilot.press("ctrl+u")
            screen.field.post_message(Paste(pasted))
            await pilot.pause()
            assert len(screen.field.value) <= screen.field.limit
            assert make_visible(app.drawn()) == app.drawn()
        await pilot.press("enter")

    assert play(screen, script).result in (PENDING, Picked((5,)))


def test_only_the_rows_in_the_window_are_drawn_of_thousands() -> None:
    codes = [replace(CODES[0], id=n, key=f"K{n}", name=f"code number {n}") for n in range(2_000)]
    screen = picker(codes=codes, recent=[], slots={})
    drawn: list[int] = []

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        original = screen.listing._draw
        screen.listing._draw = lambda index, cells: drawn.append(index) or original(index, cells)  # type: ignore[func-returns-value]
        await pilot.press("ctrl+end")
        assert "K1999" in app.drawn()

    play(screen, script)
    assert len(set(drawn)) < 60


def test_where_one_code_is_wanted_nothing_is_offered_that_would_change_nothing() -> None:
    choice = Choice(one=True, without=frozenset({CODES[0].id}), new=False)
    picking = Picking(CODES, {3: 12}, [CODES[0].id, 4], {1: 3}, None, choice=choice)
    picking.ask("")
    assert CODES[0] not in [picking.code_at(at) for at in range(picking.count)]
    assert picking.count_words() == f"{len(CODES) - 1} of {len(CODES) - 1}"
    assert picking.mark() == "One code is chosen here: Enter takes it"
    picking.ask("+nothing like it")
    assert not picking.count and picking.result() == "No code matches · Esc cancel"
    assert "Tab" not in bottom_row("picker", 100, picking.useless_keys)
