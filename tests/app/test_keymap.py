"""Keys: what the terminal sends, what was meant, what it does."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.app.action import Action, shown
from tui.app.actions import ACTIONS
from tui.app.keymap import KeyTable, Unbound, Waiting, name_of
from tui.app.keys.layouts import ESCAPE, normalise


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("о", "j"), ("О", "J"), ("с", "c"), ("я", "z"), ("Я", "Z"), ("ы", "s"), ("і", "s"),
        ("ю", "."), ("Ж", ":"), ("ς", "w"), ("ξ", "j"), ("ά", "a"), ("Ω", "V"), ("ח", "j"),
        ("ת", ","), ("ת", ","), ("ت", "j"), ("ز", "."), ("３", "3"), ("ｊ", "j"), ("٣", "3"),
        ("۴", "4"),
    ],
)  # fmt: skip
def test_letters_of_other_alphabets_are_read_by_their_place(typed: str, meant: str) -> None:
    assert normalise(typed, typed) == [(meant, meant)]


@pytest.mark.parametrize("letter", [*string.printable[:94], "é", "ß", "ç", "ø", "ł"])
def test_latin_letters_stay_where_they_are(letter: str) -> None:
    assert normalise(letter, letter) == [(letter, letter)]


def test_alt_and_option_are_escape_and_the_key() -> None:
    assert normalise("alt+j", "j") == [ESCAPE, ("j", "j")]
    assert normalise("alt+о", "о") == [ESCAPE, ("j", "j")]
    assert normalise("pound_sign", "£") == [ESCAPE, ("3", "3")]
    assert normalise("alt+left", None) == [("alt+left", None)]


@given(st.characters())
def test_any_sign_is_read_as_something(sign: str) -> None:
    meant = normalise(sign, sign)
    assert meant and all(name for name, _ in meant)


def test_keys_are_named_by_what_they_print() -> None:
    assert name_of("full_stop", ".") == "."
    assert name_of("upper_j", "J") == "J"
    assert name_of("space", " ") == "space"
    assert name_of("ctrl+d", "\x04") == "ctrl+d"
    assert name_of("down", None) == "down"


TABLE = KeyTable(ACTIONS)


def test_a_key_that_begins_something_waits_for_the_next() -> None:
    waiting = TABLE.find("text", "", "g")
    assert isinstance(waiting, Waiting)
    assert ("u", "go.uncoded") in [(key, action.id) for key, action in waiting.following]
    found = TABLE.find("text", "g", "u")
    assert isinstance(found, Action) and found.id == "go.uncoded"
    assert isinstance(TABLE.find("text", "g", "z"), Unbound)


def test_two_actions_may_not_share_a_key() -> None:
    with pytest.raises(ValueError, match="'j' in text"):
        KeyTable([*ACTIONS, _action("x.y", "j")])
    with pytest.raises(ValueError, match="both act and begin something"):
        KeyTable([*ACTIONS, _action("x.y", "g")])


def test_every_key_of_the_design_does_something_in_its_pane() -> None:
    text = (
        "j k h l J K H L down up left right shift+down shift+up shift+left shift+right = + - x"
        " < > space backspace pageup pagedown home end ctrl+d ctrl+u c 1 2 3 4 5 6 7 8 9 . u delete"
        " o enter m a r i z Z ctrl+z ctrl+y t d tab shift+tab escape s / n N ? f1 : ctrl+p ctrl+c"
    )
    for key in text.split():
        assert isinstance(TABLE.find("text", "", key), Action), key
    for keys in ("g u", "g U", "g r", "g g", "g e", "g c", "w d", "q q"):
        prefix, key = keys.split()
        assert isinstance(TABLE.find("text", prefix, key), Action), keys
    for key in "j k left right up down n f2 m H / c 1 . t escape z s ?".split():  # noqa: SIM905
        assert isinstance(TABLE.find("tree", "", key), Action), key
    assert isinstance(TABLE.find("tree", "p", "4"), Action)


def test_no_key_is_one_that_terminals_cannot_tell_apart() -> None:
    lost = {"ctrl+h", "ctrl+i", "ctrl+m", "ctrl+j", "ctrl+[", "ctrl+@", "ctrl+s", "ctrl+q"}
    for action in ACTIONS:
        for keys in action.keys:
            parts = set(keys.split(" "))
            assert not parts & lost and not any(part.startswith("alt+") for part in parts)


def test_no_action_needs_a_modifier_but_shift() -> None:
    for action in ACTIONS:
        if action.keys and action.id not in ("app.interrupt", "app.palette_text"):
            assert any(
                "+" not in keys or keys == "+" or keys.startswith("shift+") for keys in action.keys
            ), action.id


def test_keys_are_shown_as_they_are_printed() -> None:
    assert shown("shift+down") == "Shift+↓"
    assert shown("g u") == "g u"
    assert shown("+") == "+"
    assert shown("pagedown") == "PgDn"


def _action(action_id: str, key: str) -> Action:
    return Action(action_id, "x", "X.", (key,), ("text",), lambda desk: None)
