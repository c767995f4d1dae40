"""The code tree: moving, making, pinning, hiding."""

from __future__ import annotations

from tests.app.bench import bench_of, on_screen
from tui.project.project import Project


@on_screen
async def test_branches_open_and_close(project: Project) -> None:
    async with bench_of(project) as bench:
        await bench.press("t")
        assert "▌CODES 4" in bench.text()
        await bench.press("left")
        assert "Wages" not in bench.rows()[4] and "▸ W C1 Work" in bench.text()
        await bench.press("right", "right")
        assert bench.screen.desk.tree.highlighted is not None
        assert bench.screen.desk.tree.highlighted.key == "C1-1"
        await bench.press("h", "h")
        assert bench.screen.desk.tree.highlighted.key == "C1"
        await bench.press("-")
        assert "Pay" not in bench.text()
        await bench.press("=")
        assert "-1 Wages" in bench.text()


@on_screen
async def test_the_status_row_names_the_code_in_full(project: Project) -> None:
    async with bench_of(project) as bench:
        await bench.press("c", *"wages", "enter", "t")
        assert " C1 Work · 0 segments, 1 with its branch" in bench.rows()[-2]
        await bench.press("j")
        assert " C1-1 Pay · 0 segments, 1 with its branch" in bench.rows()[-2]
        await bench.press("escape")
        assert "sentence 1 of 2" in bench.rows()[-2]


@on_screen
async def test_a_new_code_lies_under_the_highlighted_one(project: Project) -> None:
    async with bench_of(project) as bench:
        await bench.press("t", "n", *"Hours", "enter")
        assert project.db.execute(
            "SELECT key, parent_id FROM codes WHERE name = 'Hours'"
        ).fetchall() == [("C1-2", 1)]
        highlighted = bench.screen.desk.tree.highlighted
        assert highlighted is not None and highlighted.name == "Hours"
        assert "New code C1-2 Hours" in bench.rows()[-1]
        await bench.press("c")
        assert [row[2] for row in bench.own()] == ["C1-2"]


@on_screen
async def test_rename_and_definition(project: Project) -> None:
    async with bench_of(project) as bench:
        await bench.press("t", "f2", "end", *"s", "enter")
        await bench.press("m", *"what is done for pay", "escape")
        row = project.db.execute("SELECT name, definition FROM codes WHERE id = 1").fetchone()
        assert row == ("Works", "what is done for pay")
        await bench.press("z", "z")
        row = project.db.execute("SELECT name, definition FROM codes WHERE id = 1").fetchone()
        assert row == ("Work", "")


@on_screen
async def test_a_pin_gives_the_code_a_digit_for_this_coder(project: Project) -> None:
    async with bench_of(project) as bench:
        await bench.press("t", "p", "4", "escape", "4")
        assert [row[2] for row in bench.own()] == ["C1"]
        assert "▾4W C1 Work" in bench.text()
        await bench.press("t", "p", "0", "escape", "4")
        assert "Slot 4 is empty" in bench.rows()[-2]


@on_screen
async def test_hidden_branches_have_no_lanes_and_no_place_in_the_here_row(
    project: Project,
) -> None:
    async with bench_of(project) as bench:
        await bench.press("c", *"wages", "enter", "t", "H")
        assert bench.screen.desk.view.codings_here() == []
        assert "here: no code yet" in bench.text() and "▾ · C1 Work" in bench.text()
        await bench.press("j", "H")
        assert "Hidden with C1 Work" in bench.rows()[-2]
        await bench.press("k", "H", "escape")
        assert "here: A Wages" in bench.text()


@on_screen
async def test_find_goes_to_the_next_code_with_those_letters(project: Project) -> None:
    async with bench_of(project) as bench:
        await bench.press("t", "left", "/", *"wa", "enter")
        highlighted = bench.screen.desk.tree.highlighted
        assert highlighted is not None and highlighted.key == "C1-1-1"
        await bench.press("/", *"zzz", "enter")
        assert "No code has 'zzz'" in bench.rows()[-2]


@on_screen
async def test_find_forgives_a_letter_and_goes_on_with_the_same_text(project: Project) -> None:
    async with bench_of(project) as bench:
        keys: list[str] = []
        # One letter wrong; then the same text, typed or not.
        for text in ("wezther", "w", "w", "", ""):
            await bench.press("t" if not keys else "escape", *([] if not keys else ["t"]))
            await bench.press("/", *text, "enter")
            highlighted = bench.screen.desk.tree.highlighted
            assert highlighted is not None
            keys.append(highlighted.key)
        assert keys[0] == "C2" and sorted(set(keys[1:4])) == ["C1", "C1-1-1", "C2"]
        assert keys[4] == keys[1]
        assert "of 3 with 'w': C" in bench.rows()[-1]


@on_screen
async def test_t_twice_folds_the_tree_away_and_a_third_time_brings_it_back(
    project: Project,
) -> None:
    async with bench_of(project) as bench:
        await bench.press("t", "t")
        assert "CODES" not in bench.text() and "The tree is folded away" in bench.text()
        await bench.press("j")
        assert "The tree is folded away" in bench.text(), "a move makes nothing untrue"
        await bench.press("t")
        assert "▌CODES" in bench.text() and "folded away" not in bench.text()


@on_screen
async def test_clicks_move_the_cursor_and_open_branches(project: Project) -> None:
    async with bench_of(project) as bench:
        await bench.pilot.click("#tree", offset=(10, 2))
        highlighted = bench.screen.desk.tree.highlighted
        assert highlighted is not None and highlighted.key == "C1-1"
        assert "▌CODES" in bench.text()
        await bench.pilot.click("#tree", offset=(2, 2))
        await bench.pilot.pause()
        assert "Wages" not in bench.text()


@on_screen
async def test_an_empty_codebook_says_how_to_begin(project: Project) -> None:
    async with bench_of(project) as bench:
        for code_id in (3, 2, 1, 4):
            project.db.execute("DELETE FROM codings")
            project.db.execute("DELETE FROM codes WHERE id = ?", (code_id,))
        bench.screen.desk.study.read_all()
        bench.screen.desk._show_anew()
        await bench.press("t", "c")
        assert "No codes yet · n makes one" in bench.rows()[-2]
        await bench.press("j")
        assert "No codes yet" in bench.rows()[-2]
        assert "│  No codes: n makes one" in bench.text()
        await bench.press("escape", "c", *"+Rent", "enter")
        assert "CODES 1" in bench.text() and "No codes" not in bench.text()
        await bench.press("z")
        assert "│  No codes: n makes one" in bench.text()


@on_screen
async def test_the_lanes_of_one_branch_alone_are_shown_and_the_title_says_so(
    project: Project,
) -> None:
    async with bench_of(project) as bench:
        await bench.press("c", *"wages", "enter", "c", *"weather", "enter", "t", "j", "O")
        assert "Only the lanes of C1-1 Pay are shown" in bench.rows()[-1]
        assert "only C1-1" in bench.rows()[1]
        assert "· C1 Work" in bench.text() and "A -1 Wages" in bench.text()
        assert [coding.code_id for coding in bench.screen.desk.view.codings_here()] == [3]
        await bench.press("k", "H")
        assert "Only the lanes of C1-1 are shown" in bench.rows()[-2]
        await bench.press("c")
        assert "+ C1 Work on" in bench.rows()[-1] and "(lane hidden)" in bench.rows()[-1]
        await bench.press("j", "H")
        assert bench.screen.desk.view.codings_here() == []
        await bench.press("O")
        assert "All lanes but those of 1 hidden are shown again" in bench.rows()[-1]
        assert "2 hidden" in bench.rows()[1]
        await bench.press("H", "end", "O")
        assert "only C2" in bench.rows()[1]
        # Deleting the code shows all again, and undo brings back what was shown.
        await bench.press("X", "y")
        assert "only" not in bench.rows()[1] and "2 hidden" not in bench.rows()[1]
        await bench.press("z")
        assert "only C2" in bench.rows()[1]
    assert project.db.execute("SELECT coder_id, code_id FROM solo_codes").fetchall() == [(2, 4)]


@on_screen
async def test_a_digit_that_gives_another_code_after_an_undo_is_told(project: Project) -> None:
    async with bench_of(project, (120, 24)) as bench:
        await bench.press("c", "+", *"loom", "enter")
        await bench.press("p", "9", "space", "9", "z", "z")
        assert "New code" in bench.rows()[-1] or "C1-2 loom" in bench.rows()[-1]
        assert "9 is empty" in bench.rows()[-1]
        await bench.press("9")
        assert bench.own() == []
        await bench.press("Z")
        assert "9 gives C1-2 loom" in bench.rows()[-1]
        await bench.press("j", "9", "p", "0")
        assert "9 no longer gives C1-2 loom · 9 is empty" in bench.rows()[-1]
