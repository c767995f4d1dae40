"""The keys of the screens: one list of rows, and all that is made of it."""

from __future__ import annotations

import pytest

from tui.app.actions import ACTIONS
from tui.app.keybook import hint, key, keys_of, turn, use
from tui.app.keys.keys_page import keys_page
from tui.app.screen_keys import PART, PARTS, SCREEN_KEYS, rows_of
from tui.app.screens.bindings import bindings_of, bottom_row


def test_every_row_has_a_name_of_its_own_that_begins_with_its_screen() -> None:
    rows = [row for part in PARTS for row in part.keys]
    assert len({row.id for row in rows}) == len(rows) == len(SCREEN_KEYS)
    assert not {row.id for row in rows} & {action.id for action in ACTIONS}
    for part in PARTS:
        assert all(row.id.partition(".")[0] == part.name for row in part.keys)
        assert all(row.title and row.keys for row in part.keys)
        assert all(not row.help or row.help.endswith(".") for row in part.keys)
        assert all(name in PART for name in part.shared)


@pytest.mark.parametrize("name", [part.name for part in PARTS])
def test_no_two_rows_of_a_screen_share_a_key(name: str) -> None:
    typing = PART[name].typing
    rows = [row for row in rows_of(name) if row.do]
    keys = [key for row in rows for key in row.keys if not (typing and len(key) == 1)]
    assert len(keys) == len(set(keys)), sorted(keys)


def test_where_letters_are_text_no_letter_does_anything() -> None:
    bound = {each.key for each in bindings_of("picker")}  # type: ignore[union-attr]
    assert {"enter", "tab", "escape", "down", "ctrl+n", "f1"} <= bound
    assert not bound & {"j", "k", "?"}


def test_a_bottom_row_keeps_the_way_out_when_there_is_little_room() -> None:
    whole = bottom_row("documents", 100)
    assert whole.startswith("Enter open  / filter  o sort") and whole.endswith("Esc back")
    assert bottom_row("documents", 24) == "Enter open  Esc back"


def test_a_key_that_was_moved_is_printed_as_it_is_now() -> None:
    before = turn()
    try:
        use({"edit.undo": ("X", "ctrl+z"), "documents.sort": ("S",), "code.again": ()})
        assert turn() > before
        assert hint("edit.undo", "undo") == "X undo"
        assert "S sort" in bottom_row("documents", 100)
        assert "S" in {each.key for each in bindings_of("documents")}  # type: ignore[union-attr]
        assert key("code.again") == ":", "what has no key goes by its name"
    finally:
        use({})
    assert keys_of("edit.undo")[0] == "z" and hint("edit.undo", "undo") == "z undo"


def test_the_page_of_keys_names_every_row_of_every_screen() -> None:
    page = keys_page()
    assert all(f"`{id}`" in page for id in SCREEN_KEYS)
