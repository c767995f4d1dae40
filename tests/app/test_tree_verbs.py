"""The large acts of the code tree: recode all, merge, delete, levels."""

from __future__ import annotations

import pytest

from tests.app.bench import Bench, bench_of, on_screen
from tests.conftest import Opener
from tests.tiny import draft
from tui.app.screen_keys import rows_of
from tui.project.check import canonical_dump, check
from tui.project.edits.codes import add_code
from tui.project.edits.codings import add_codings
from tui.project.edits.documents import import_document
from tui.project.edits.readings import show_coders
from tui.project.project import Project


def tree_of(project: Project) -> dict[str, str | None]:
    """Return each code's parent by key."""
    return dict(
        project.db.execute(
            "SELECT c.key, p.key FROM codes c LEFT JOIN codes p ON p.id = c.parent_id"
            " ORDER BY c.position, c.id"
        ).fetchall()
    )


def said(bench: Bench) -> str:
    """Return what a box says as running text."""
    return " ".join(bench.text().replace("║", " ").split())


def at(bench: Bench) -> str:
    code = bench.screen.desk.tree.highlighted
    return code.key if code else ""


@on_screen
async def test_all_own_segments_of_a_code_are_recoded_after_a_question(
    open_tiny: Opener,
) -> None:
    ann = open_tiny("ann")
    show_coders(ann, ["zoe"])
    for start in (54, 60):
        add_codings(ann, 1, start, 80, [1])
    async with bench_of(ann) as bench:
        await bench.press("t", "r", *"weather", "enter")
        assert "Recode all your 2 codings of C1 Work to C2 Weather?" in said(bench)
        assert "1 coding by other coders stays as it is" in said(bench)
        await bench.press("n")
        assert [row[2] for row in bench.own()] == ["C1", "C1"]
        await bench.press("r", *"weather", "enter", "y")
        assert [row[2] for row in bench.own()] == ["C2", "C2"]
        assert "Recoded 2 codings → C2 Weather" in bench.rows()[-1]
        await bench.press("r")
        assert "You have no codings of C1 Work itself, 1 of other coders" in bench.rows()[-2]
        await bench.press("z")
        assert [row[2] for row in bench.own()] == ["C1", "C1"]
        await bench.press("r")
        assert "3 of 3" in bench.text() and "Tab mark" not in bench.text(), "C1 is no choice"
        await bench.press(*"+Toil", "enter", "y")
        assert {row[2] for row in bench.own()} == {"C1-2"}
        assert "Recoded 2 codings → the new code Toil" in bench.rows()[-1]


@on_screen
async def test_many_are_recoded_in_a_box_that_can_be_stopped(open_tiny: Opener) -> None:
    zoe = open_tiny("zoe")
    text = "\n\n".join(f"Sentence number {at}." for at in range(450))
    document = import_document(zoe, draft("long", text))
    with zoe.write() as db:
        db.execute(
            "INSERT INTO codings (document_id, start, end, code_id, coder_id, important,"
            " revision, created_at, quote) SELECT document_id, start, end, 4, 1, 0, 1,"
            " '2026-01-01T00:00:00Z', text FROM passages WHERE document_id = ?",
            (document,),
        )
    before = list(canonical_dump(zoe.db))
    async with bench_of(zoe) as bench:
        await bench.press("t", "end", "r", *"wages", "enter", "y")
        await bench.until(lambda: "Recoded 450 codings" in bench.rows()[-1])
        assert zoe.db.execute("SELECT count(*) FROM codings WHERE code_id = 4").fetchone() == (0,)
        told: list[str] = []
        say = bench.screen.say

        def listen(text: str) -> None:
            told.append(text)
            say(text)

        bench.screen.say = listen  # type: ignore[method-assign]
        await bench.press("z", "y")
        await bench.until(lambda: "ndone" in bench.rows()[-1])
        assert told[0] == "Undoing 450 changes…"
    assert list(canonical_dump(zoe.db)) == before


@on_screen
async def test_a_code_is_merged_into_another_after_a_question(open_tiny: Opener) -> None:
    zoe = open_tiny("zoe")
    before = list(canonical_dump(zoe.db))
    async with bench_of(zoe) as bench:
        await bench.press("t", "j", "M", *"weather", "enter")
        assert "Merge C1-1 Pay into C2 Weather?" in said(bench)
        assert "1 coding, the 1 code right below it" in said(bench)
        await bench.press("escape")
        assert "C1-1" in tree_of(zoe)
        await bench.press("M", *"weather", "enter", "y")
        assert tree_of(zoe) == {"C1": None, "C2": None, "C1-1-1": "C2"} and at(bench) == "C2"
        assert "Merged C1-1 Pay into C2 Weather" in bench.rows()[-1]
        await bench.press("M", *"wages", "enter", "y")
        assert "lies below it" in bench.rows()[-2]
        await bench.press("z")
    assert list(canonical_dump(zoe.db)) == before


@on_screen
async def test_a_code_is_deleted_with_its_branch_after_a_question(open_tiny: Opener) -> None:
    zoe = open_tiny("zoe")
    before = list(canonical_dump(zoe.db))
    async with bench_of(zoe) as bench:
        await bench.press("t", "j", "X")
        assert "Delete C1-1 Pay?" in said(bench)
        assert "1 code below it and 2 codings" in said(bench)
        await bench.press("y")
        assert list(tree_of(zoe)) == ["C1", "C2"]
        await bench.press("z")
    assert list(canonical_dump(zoe.db)) == before
    assert not [wrong for _, wrong in check(zoe.db) if wrong]


@on_screen
async def test_codes_go_up_and_down_a_level_and_the_ends_say_so(open_tiny: Opener) -> None:
    zoe = open_tiny("zoe")
    add_code(zoe, "Hours", 1)
    async with bench_of(zoe) as bench:
        await bench.press("t", "<")
        assert "C1 Work is a top code already" in bench.rows()[-2]
        await bench.press(">")
        assert "the first of its level" in bench.rows()[-2]
        await bench.press("j", "<")
        assert tree_of(zoe)["C1-1"] is None and at(bench) == "C1-1"
        assert "C1-1 Pay is now a top code; its key stays" in bench.rows()[-1]
        await bench.press(">")
        assert tree_of(zoe)["C1-1"] == "C1" and at(bench) == "C1-1"
        await bench.press("end", ">")
        assert tree_of(zoe)["C2"] == "C1" and at(bench) == "C2"
        await bench.press("z", "z", "z")
        assert tree_of(zoe) == {
            "C1": None, "C1-1": "C1", "C1-1-1": "C1-1", "C1-2": "C1", "C2": None,
        }  # fmt: skip


@on_screen
async def test_ctrl_n_and_ctrl_p_move_in_the_tree_and_open_the_palette_in_the_text(
    project: Project,
) -> None:
    async with bench_of(project) as bench:
        await bench.press("t", "ctrl+n", "ctrl+n", "ctrl+p")
        assert at(bench) == "C1-1"
        await bench.press("escape", "ctrl+p")
        assert "Every command by name" in bench.text()
        await bench.press("escape")


@pytest.mark.parametrize(
    "name",
    ["picker", "here", "documents", "segments", "search_page", "help", "palette", "welcome"],
)
def test_ctrl_n_and_ctrl_p_move_in_every_list(name: str) -> None:
    rows = {row.id: row for row in rows_of(name)}
    assert "ctrl+n" in rows["list.next"].keys and "ctrl+p" in rows["list.prev"].keys
