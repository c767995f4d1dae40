from __future__ import annotations

import os
import stat
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest
from textual.events import Key, Paste
from textual.pilot import Pilot

from tests.app.screens.stage import HOSTILE, PENDING, SIZES, Stage, play, typed, widest
from tui.app.screens.memo.drafts import (
    draft_path,
    drop_draft,
    find_draft,
    keep_draft,
    left_drafts,
    read_draft,
)
from tui.app.screens.memo.linker import LinkScreen
from tui.app.screens.memo.screen import MemoScreen
from tui.errors import Refused
from tui.model.code import Code
from tui.model.document import Document

KEY = "coding-3"


def memo(*keys: str, text: str = "") -> Stage:
    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await pilot.press(*keys)

    return play(MemoScreen("Memo on Work", text, KEY), script)


def test_escape_gives_the_text_and_closes() -> None:
    assert memo(*typed("seen"), "enter", *typed("twice"), "escape").result == "seen\ntwice"


def test_an_empty_memo_is_none() -> None:
    assert memo("escape").result is None
    assert memo("space", "space", "escape").result is None


def test_a_memo_that_was_not_touched_comes_back_to_the_last_line_end() -> None:
    assert memo("escape", text="one\r\ntwo\x0bthree\n").result == "one\r\ntwo\x0bthree\n"


def test_nothing_is_left_behind_after_saving() -> None:
    memo(*typed("seen"), "escape")
    assert read_draft(KEY) is None


def test_a_draft_is_kept_while_the_memo_is_written() -> None:
    screen = MemoScreen("Memo", "", KEY)

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await pilot.press(*typed("half a th"))
        screen.keep()
        draft = read_draft(KEY)
        assert draft is not None and draft.text == "half a th"
        assert "Memo  · kept " in app.drawn()
        await pilot.press(*typed("ought"))
        while (draft := read_draft(KEY)) is None or draft.text != "half a thought":
            await pilot.pause(0.05)  # nobody asks for it

    play(screen, script)


def test_a_memo_whose_program_ends_is_offered_again() -> None:
    assert memo(*typed("half a thought")).result == PENDING

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        assert "was never saved: Ctrl+R brings it back" in app.drawn()
        assert "stored" in app.drawn()
        await pilot.press("ctrl+r")
        assert "was never saved" not in app.drawn()
        await pilot.press("escape")

    screen = MemoScreen("Memo", "stored", KEY)
    assert play(screen, script).result == "half a thought"
    assert read_draft(KEY) is None


def test_the_stored_text_can_be_brought_back_and_that_be_undone() -> None:
    keys = [*typed(" more"), "ctrl+r"]
    assert memo(*keys, "escape", text="stored").result == "stored"
    assert memo(*keys, "ctrl+z", "escape", text="stored").result == "stored more"


def test_a_draft_that_is_not_saved_stays_whatever_was_looked_at() -> None:
    keep_draft(KEY, "dear words", "Memo")

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await pilot.press("ctrl+r")
        assert screen.area.text == "dear words"
        await pilot.press("ctrl+r")
        await pilot.pause()
        await pilot.pause()
        assert screen.area.text == "" and "the draft again" in app.last_row(), app.last_row()
        await pilot.press("ctrl+r", "ctrl+z", "escape")

    screen = MemoScreen("Memo", "", KEY)
    assert play(screen, script).result is None
    assert "is kept" in screen.last_words
    assert [left.key for left in left_drafts(KEY)] == [KEY]
    assert memo("ctrl+r", "escape").result == "dear words"
    assert left_drafts(KEY) == [] and find_draft(KEY) is None


def test_a_draft_that_was_emptied_stays_until_it_is_thrown_away() -> None:
    keep_draft(KEY, "dear words", "Memo")
    assert memo("ctrl+r", "f7", "delete", "escape", text="stored").result is None
    assert find_draft(KEY) is not None

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await pilot.press("ctrl+g", "ctrl+g")

    screen = MemoScreen("Memo", "stored", KEY)
    assert play(screen, script).result is None
    assert screen.last_words.startswith("Thrown away")
    assert find_draft(KEY) is None


def test_a_draft_that_is_lost_again_while_it_is_written_on_is_offered_once() -> None:
    keep_draft(KEY, "dear words")
    assert memo("ctrl+r", *typed(" and more")).result == PENDING
    draft = find_draft(KEY)
    assert draft is not None and draft.text == "dear words and more"


def test_a_draft_like_the_stored_text_is_not_offered() -> None:
    keep_draft(KEY, "stored")

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        assert "never saved" not in app.drawn()

    play(MemoScreen("Memo", "stored", KEY), script)


def test_a_memo_that_cannot_be_stored_stays_open_and_is_kept() -> None:
    def save(text: str) -> None:
        raise Refused("Disk full: the memo was not saved.", "Free space.")

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await pilot.press(*typed("dear"), "escape")
        assert "Disk full: the memo was not saved. Free space." in app.last_row()
        draft = read_draft(KEY)
        assert draft is not None and draft.text == "dear"

    assert play(MemoScreen("Memo", "", KEY, save=save), script).result == PENDING


def test_taking_all_of_a_memo_away_is_told_to_who_stores_it() -> None:
    saved: list[str] = []

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await pilot.press("f7", "delete", "escape")

    assert play(MemoScreen("Memo", "stored", KEY, save=saved.append), script).result is None
    assert saved == [""]


def test_the_draft_can_be_read_by_its_writer_only() -> None:
    assert keep_draft(KEY, "\ud800 private")
    path = draft_path(KEY)
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    assert stat.S_IMODE(os.stat(os.path.dirname(path)).st_mode) == 0o700
    draft = read_draft(KEY)
    assert draft is not None and draft.text == "\ud800 private"
    drop_draft(KEY)
    drop_draft(KEY)
    assert os.listdir(os.path.dirname(path)) == []


def test_a_state_folder_that_cannot_be_written_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    screen = MemoScreen("Memo", "", KEY)

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await pilot.press(*typed("dear"))
        screen.keep()
        assert "cannot be kept" in app.last_row()
        await pilot.press("escape")

    assert play(screen, script).result == "dear"


def test_the_editor_of_the_user_is_refused_in_words_where_it_cannot_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("VISUAL", "no-such-editor")

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await pilot.press("ctrl+o")
        assert "cannot be lent" in app.last_row() or "no-such-editor" in app.last_row()

    play(MemoScreen("Memo", "", KEY), script)


def test_letters_that_came_early_are_in_the_memo() -> None:
    screen = MemoScreen("Memo", "", KEY)

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        screen.set_focus(None)
        for letter in "se":
            screen.post_message(Key(letter, letter))
        await pilot.pause()
        await pilot.press("e", "n", "escape")

    assert play(screen, script).result == "seen"


def test_hostile_text_is_written_and_shown_safely() -> None:
    for size in SIZES:
        screen = MemoScreen(HOSTILE[2], "", KEY)

        async def script(app: Stage, pilot: Pilot[None], screen: MemoScreen = screen) -> None:
            for text in HOSTILE:
                screen.area.post_message(Paste(text[:5_000] + "\n"))
                await pilot.pause()
                assert widest(app) <= app.size.width
            await pilot.resize_terminal(60, 20)
            await pilot.press("escape")

        result = play(screen, script, size).result
        assert HOSTILE[0] in result


def test_new_words_go_at_the_second_press_and_the_draft_with_them() -> None:
    keep_draft(KEY, "left behind")

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await pilot.press(*typed("more"), "ctrl+g")
        assert "Ctrl+G again throws away" in app.last_row()
        await pilot.press("x", "ctrl+g", "ctrl+g")

    saved: list[str] = []
    screen = MemoScreen("Memo", "stored", KEY, save=saved.append)
    assert play(screen, script).result is None
    assert saved == [] and read_draft(KEY) is None
    assert not os.listdir(os.path.dirname(draft_path(KEY)))


def test_a_memo_that_was_not_touched_is_left_at_once() -> None:
    assert memo("ctrl+g", text="stored").result is None


def test_a_link_is_written_at_the_cursor() -> None:
    codes = [Code(1, "R1", "World", None, 1), Code(2, "R1-2", "[b]Order[/b]", 1, 1)]
    documents = [Document(1, "brief 1993", 1, "en", "a.md", 5, 1, "", "")]
    screen = MemoScreen(
        "Memo", "see ", KEY, link=lambda then: _link(screen, codes, documents, then)
    )

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await pilot.press("ctrl+l")
        await pilot.pause()
        await pilot.press(*typed("order"), "enter")
        await pilot.pause()
        await pilot.press("space", "ctrl+l")
        await pilot.pause()
        await pilot.press(*typed("1993"), "enter")
        await pilot.pause()
        await pilot.press("escape")

    assert play(screen, script).result == "see [[R1-2 [b]Order[/b]]] [[brief 1993]]"


def _link(
    screen: MemoScreen, codes: list[Code], documents: list[Document], then: Callable[[str], None]
) -> None:
    def chosen(text: str | None) -> None:
        if text is not None:
            then(text)

    screen.app.push_screen(LinkScreen(codes, documents), chosen)


def test_what_was_written_before_stands_above_and_turns_by_pages() -> None:
    earlier = "\n".join(f"[b]line {number}" for number in range(30))
    screen = MemoScreen("Memo", "", KEY, earlier=earlier)

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await pilot.pause()
        assert "[b]line 29" in app.drawn() and "[b]line 20" not in app.drawn()
        assert "read earlier memos" in app.drawn()
        for _ in range(20):
            await pilot.press("pageup")
        assert "[b]line 0" in app.drawn()
        await pilot.press(*typed("new"), "escape")

    assert play(screen, script).result == "new"


def test_only_texts_of_ended_programs_are_left_and_the_newest_is_first() -> None:
    keep_draft("p:ann:code-1", "old", "Memo on C1")
    keep_draft("p:ann:coding-2", "new", "Memo on a coding")
    keep_draft("p:bob:code-1", "bob's", "Memo on C1")
    keep_draft("p:ann:code-3", " \n", "Memo on C3")
    os.utime(draft_path("p:ann:code-1"), (1, 1))
    assert [left.key for left in left_drafts("p:ann:")] == ["p:ann:coding-2", "p:ann:code-1"]
    find_draft("p:ann:coding-2")  # offered, not brought back
    drop_draft("p:ann:coding-2")
    assert len(left_drafts("p:ann:")) == 2
    drop_draft("p:ann:coding-2", aside=True)
    assert [left.title for left in left_drafts("p:ann:")] == ["Memo on C1"]


def test_the_editor_of_the_user_goes_on_with_the_text(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    script_file = tmp_path / "ed"
    script_file.write_text('#!/bin/sh\nprintf "and this\\n" >> "$1"\n')
    script_file.chmod(0o700)
    monkeypatch.setenv("EDITOR", str(script_file))
    monkeypatch.delenv("VISUAL", raising=False)
    screen = MemoScreen("Memo", "", KEY)

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        monkeypatch.setattr(app, "suspend", nullcontext)
        await pilot.press(*typed("seen"), "ctrl+o", "escape")

    assert play(screen, script).result == "seen\nand this"
