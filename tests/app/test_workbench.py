"""The workbench: what a key does to the store and to the screen."""

from __future__ import annotations

import pytest
from textual import events

from tests.app.bench import bench_of, key_event, on_screen
from tests.conftest import Opener
from tui.app.action import shown
from tui.app.actions.history import in_brief
from tui.model.change import Change
from tui.project.edits.codings import add_codings
from tui.project.project import Project


@on_screen
async def test_a_code_from_the_picker_is_stored_counted_drawn_and_told(project: Project) -> None:
    async with bench_of(project) as bench:
        await bench.press("j", "c", *"wages", "enter")
        assert bench.own() == [(25, 52, "C1-1-1")]
        rows = bench.rows()
        assert "+ C1-1-1 Wages on 5 words" in rows[-1] and rows[-1].rstrip().endswith("z undo")
        assert rows[-2].startswith(" sentence 2 of 2 · 5 words · last: .Wages")
        assert rows[-3].startswith(" here: A Wages")
        assert "1 segment " in rows[0]
        assert [row[-2:].strip() for row in rows[2:6]] == ["1", "1", "1", "0"]


@on_screen
async def test_codes_stack_because_the_selection_stays(project: Project) -> None:
    async with bench_of(project) as bench:
        await bench.press("c", *"pay", "enter", "c", *"weather", "enter")
        assert bench.own() == [(0, 24, "C1-1"), (0, 24, "C2")]


@on_screen
async def test_the_last_codes_are_given_again_by_one_key(project: Project) -> None:
    async with bench_of(project) as bench:
        await bench.press("c", *"weather", "enter", "j", ".", "j", "e")
        assert [row[2] for row in bench.own()] == ["C2", "C2", "C2"]


@on_screen
async def test_several_marked_codes_are_one_act(project: Project) -> None:
    async with bench_of(project) as bench:
        await bench.press("c", *"pay", "tab", "ctrl+u", *"weather", "tab", "enter")
        assert [row[2] for row in bench.own()] == ["C1-1", "C2"]
        await bench.press("z")
        assert bench.own() == []


@on_screen
async def test_a_new_code_and_its_first_coding_are_one_act(project: Project) -> None:
    async with bench_of(project) as bench:
        await bench.press("c", *"+Mills", "enter")
        assert [row[2] for row in bench.own()] == ["C3"] or len(bench.own()) == 1
        before = len(project.db.execute("SELECT id FROM codes").fetchall())
        await bench.press("z")
        assert bench.own() == []
        assert len(project.db.execute("SELECT id FROM codes").fetchall()) == before - 1


@on_screen
async def test_keys_typed_faster_than_the_picker_opens_are_not_lost(project: Project) -> None:
    async with bench_of(project) as bench:
        for key in ("c", *"weather", "enter", "j", "."):
            bench.app.post_message(key_event(key))
        await bench.until(lambda: len(bench.own()) == 2)
        assert bench.own() == [(0, 24, "C2"), (25, 52, "C2")]


@on_screen
async def test_coding_the_same_twice_is_told_and_stores_nothing(project: Project) -> None:
    async with bench_of(project) as bench:
        await bench.press("c", *"pay", "enter", ".")
        assert len(bench.own()) == 1
        assert "Already coded C1-1 Pay on these words." in bench.rows()[-1]
        await bench.press("j")
        assert "Already" not in bench.text()


@on_screen
async def test_undo_takes_back_and_shows_where_it_was(project: Project) -> None:
    async with bench_of(project) as bench:
        await bench.press("c", *"pay", "enter", "j", "j", "j")
        assert bench.screen.desk.view.selected_span != (0, 24)
        await bench.press("z")
        assert bench.own() == []
        assert bench.screen.desk.view.selected_span == (0, 24)
        assert "Undone: + C1-1 Pay on letter" in bench.rows()[-1]
        assert "0 segments" in bench.rows()[0]
        await bench.press("Z")
        assert bench.own() == [(0, 24, "C1-1")]
        await bench.press("z", "z")
        assert "Nothing left to undo" in bench.text() and "Z redo" in bench.text()


def test_what_an_act_did_is_seen_however_long_the_names_are() -> None:
    def brief(action: str, subject: str) -> str:
        return in_brief(Change(1, 1, "", 1, "act", None, action, subject), 50)

    code = "R1-1-1 National interests of the states"
    marked = brief("coding.important", f"{code} on brief one ¶12: important")
    assert marked == "important · R1-1-1 National inte… on brief one ¶12"
    decided = brief("agreement.decide", f"Agreement on {code}, brief one ¶12: both codings")
    assert decided.startswith("both codings · Agreement on R1") and decided.endswith("¶12")
    assert brief("coding.add", f"+ {code} on brief one ¶12").endswith("… on brief one ¶12")
    assert brief("memo.add", "Memo on letter") == "Memo on letter"


@on_screen
async def test_the_only_coding_here_goes_by_one_key(project: Project) -> None:
    async with bench_of(project) as bench:
        await bench.press("c", *"pay", "enter", "u")
        assert bench.own() == []
        assert "- C1-1 Pay removed" in bench.rows()[-1]
        await bench.press("u")
        assert "No coding here" in bench.rows()[-2]


@on_screen
async def test_of_several_codings_the_popup_asks_and_digits_there_do_not_code(
    project: Project,
) -> None:
    async with bench_of(project) as bench:
        await bench.press("c", *"pay", "enter", "c", *"weather", "enter", "u")
        assert "2 codings here" in bench.text()
        await bench.press("2")
        assert len(bench.own()) == 2
        focused = bench.screen.desk.view.focused_coding
        await bench.press("u")
        assert len(bench.own()) == 1
        assert focused is not None
        gone = project.db.execute("SELECT 1 FROM codings WHERE id = ?", (focused,)).fetchone()
        assert gone is None


@on_screen
async def test_o_goes_round_the_codings_here_and_esc_ends_it(project: Project) -> None:
    async with bench_of(project) as bench:
        view = bench.screen.desk.view
        await bench.press("c", *"pay", "enter", "c", *"weather", "enter", "o")
        first = view.focused_coding
        assert "focus: P C1-1 Pay  1 of 2" in bench.text()
        await bench.press("o")
        assert view.focused_coding not in (None, first)
        await bench.press("o")
        assert view.focused_coding == first
        await bench.press("i")
        assert project.db.execute("SELECT id FROM codings WHERE important").fetchall() == [(first,)]
        await bench.press("escape")
        assert view.focused_coding is None


@on_screen
async def test_a_memo_goes_to_the_coding_here_and_is_found_again(project: Project) -> None:
    async with bench_of(project) as bench:
        await bench.press("c", *"pay", "enter", "m")
        await bench.press(*"low", "escape")
        rows = project.db.execute("SELECT kind, text FROM memos").fetchall()
        assert rows == [("coding", "low")]
        await bench.press("m")
        assert "low" in bench.text()
        await bench.press(*"er", "escape")
        assert project.db.execute("SELECT text FROM memos").fetchall() == [("lower",)]


@on_screen
async def test_without_a_coding_a_memo_is_about_the_words(project: Project) -> None:
    async with bench_of(project) as bench:
        await bench.press("m", *"why", "escape")
        assert project.db.execute("SELECT kind, start, end FROM memos").fetchall() == [
            ("span", 0, 24)
        ]


@on_screen
async def test_recode_keeps_the_edges(project: Project) -> None:
    async with bench_of(project) as bench:
        await bench.press("c", *"pay", "enter", "r", *"weather", "enter")
        assert bench.own() == [(0, 24, "C2")]


@on_screen
async def test_space_marks_what_it_leaves_as_read_and_coding_does_too(project: Project) -> None:
    def read() -> list[int]:
        return [
            row[0]
            for row in project.db.execute(
                "SELECT number FROM readings JOIN passages ON passages.id = passage_id"
                " WHERE coder_id = ? AND document_id = 1 ORDER BY number",
                (project.coder_id,),
            )
        ]

    async with bench_of(project) as bench:
        await bench.press("space")
        assert read() == []
        await bench.press("space")
        assert read() == [1]
        assert [row[4] for row in bench.rows()[2:12] if row[3].isdigit()] == [" ", "·", "·"]
        await bench.press("j", "c", *"pay", "enter")
        assert read() == [1, 3]
        await bench.press("g", "r")
        assert bench.screen.desk.study.document is not None
        assert bench.screen.desk.study.document.name == "talk"


@on_screen
async def test_next_uncoded_goes_on_into_the_next_document_and_n_repeats_it(
    project: Project,
) -> None:
    async with bench_of(project) as bench:
        view = bench.screen.desk.view
        await bench.press("c", *"pay", "enter", "g", "u")
        assert view.passage_at == 2
        await bench.press("n")
        assert view.passage_at == 3
        await bench.press("n")
        assert view.document is not None and view.document.name == "talk"
        await bench.press("N")
        assert view.document.name == "letter" and view.passage_at == 3
        await bench.press("g", "U")
        assert view.passage_at == 2
        await bench.press("g", "U")
        assert "No uncoded paragraph before this one" in bench.rows()[-2]


@on_screen
async def test_no_key_is_silent(project: Project) -> None:
    async with bench_of(project) as bench:
        for key, said in (
            ("G", "G does nothing here · ? shows every key"),
            ("7", "Slot 7 is empty"),
            ("k", "This is the first sentence"),
            ("f2", "F2 is for the code tree (t goes there): rename"),
            ("ctrl+c", "q q leaves the program"),
            ("escape", "You are in the text · q q leaves the program"),
            ("o", "No coding here"),
            ("enter", "No coding here"),
            (".", "No code was given yet"),
        ):
            await bench.press(key)
            assert said in bench.rows()[-2], shown(key)
        await bench.press("g", "y")
        assert "g y does nothing · after g: u, U, r" in bench.rows()[-2]
        await bench.press("j")
        assert bench.rows()[-2].startswith(" sentence 2 of 2")


@on_screen
async def test_the_box_of_following_keys_comes_and_never_blocks(project: Project) -> None:
    async with bench_of(project) as bench:
        await bench.press("g")
        await bench.until(lambda: "go to…" in bench.text() and "u U uncoded ¶" in bench.text())
        await bench.press("e")
        assert "go to…" not in bench.text()
        assert bench.screen.desk.view.passage_at == 3
        for key in ("g", "g", "g", "e", "w", "escape", "j"):
            bench.app.post_message(key_event(key))
        await bench.press("k")
        assert "go to…" not in bench.text()


@on_screen
async def test_two_q_leave_and_anything_else_goes_on(project: Project) -> None:
    async with bench_of(project) as bench:
        await bench.press("q")
        assert "q again leaves the program" in bench.rows()[-2]
        await bench.press("j")
        assert bench.screen.desk.view.selected_span == (25, 52)
        await bench.leave()
        assert bench.app.return_code == 0


@on_screen
async def test_it_opens_where_the_coder_stopped(open_tiny: Opener) -> None:
    first = open_tiny("ann")
    async with bench_of(first) as bench:
        await bench.press("g", "u", "n", "n", "L")
        left = bench.screen.desk.view.selected_span
        await bench.leave()
    async with bench_of(open_tiny("ann")) as bench:
        view = bench.screen.desk.view
        assert view.document is not None and view.document.name == "talk"
        assert view.selected_span == left


@on_screen
async def test_what_another_process_does_appears_by_itself(open_tiny: Opener) -> None:
    async with bench_of(open_tiny("ann")) as bench:
        elsewhere = open_tiny("ann")
        add_codings(elsewhere, 1, 0, 24, [2])
        await bench.until(lambda: "here: P Pay" in bench.text())
        assert "1 segment " in bench.rows()[0]


@on_screen
async def test_other_coders_stay_hidden_until_they_are_turned_on(project: Project) -> None:
    async with bench_of(project) as bench:
        assert "1 coder hidden" in bench.rows()[0] and "here: no code yet" in bench.text()
        await bench.press(":", *"show other", "enter")
        assert "3 segments" in bench.rows()[0] and "hidden" not in bench.rows()[0]
        assert "here: W Work (zoe)" in bench.text()
        await bench.press("u")
        assert "other coders'" in bench.rows()[-2]
        assert len(bench.codings()) == 3
        await bench.press("z")
        assert "0 segments" in bench.rows()[0] and "here: no code yet" in bench.text()


@on_screen
async def test_a_network_disk_and_a_held_lock_are_told_and_only_reading_is_left(
    open_tiny: Opener, tiny: str, tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open(f"{tiny}.mounts", "w", encoding="utf-8") as table:
        table.write("1 0 0:1 / / rw - nfs4 server:/home rw\n")
    with open(f"{tiny}.lock", "w", encoding="utf-8") as lock:
        lock.write('{"coder": "bo", "host": "elm", "pid": 1, "since": "2026-01-02 10:02"}')
    monkeypatch.setenv("QUAL_MOUNTS", f"{tiny}.mounts")
    async with bench_of(open_tiny("ann")) as bench:
        assert "Read-only: This project lies on a network file system and bo" in bench.text()
        await bench.press("j", "c")
        assert "Read-only:" in bench.rows()[-2]
        assert "read-only" in bench.rows()[0]


@on_screen
async def test_a_mistake_in_an_act_is_told_and_logged_and_the_session_goes_on(
    project: Project, empty_home: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("by nothing")

    async with bench_of(project, (160, 48)) as bench:
        monkeypatch.setattr(bench.screen.desk.view, "codings_here", broken)
        await bench.press("o")
        assert "That did not work: focus next coding here (ZeroDivisionError)" in bench.text()
        with open(f"{empty_home}/state/qual/errors.log", encoding="utf-8") as log:
            assert "ZeroDivisionError: by nothing" in log.read()
        monkeypatch.undo()
        await bench.press("j")
        assert "That did not work" not in bench.text()


@on_screen
async def test_pasted_text_is_not_read_as_keys(project: Project) -> None:
    async with bench_of(project) as bench:
        await bench.press("c", *"pay", "enter")
        bench.app.post_message(events.Paste("u u u . q q"))
        await bench.pilot.pause()
        assert len(bench.own()) == 1 and "Pasted text" in bench.rows()[-2]
        await bench.press("d")
        bench.app.post_message(events.Paste("u u u"))
        await bench.until(lambda: "pasted text: no use here" in bench.rows()[-1])
        await bench.press("escape")
        # It waits for the screen that the key before it opens, and letters after it for it.
        bench.app.post_message(key_event("m"))
        bench.app.post_message(events.Paste("pasted\nlines"))
        await bench.press("!")
        await bench.until(lambda: "pasted" in bench.text() and "lines!" in bench.text())
        assert "no use here" not in bench.text()
