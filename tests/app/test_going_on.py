"""Going on by itself, digits that offer themselves, undo in another document, the next keys."""

from __future__ import annotations

from tests.app.bench import bench_of, on_screen
from tests.conftest import Opener
from tui.project.edits.codes import add_code, change_code
from tui.project.edits.codings import add_codings
from tui.project.edits.readings import show_coders
from tui.project.project import Project

PAY = ("c", *"pay", "enter")


@on_screen
async def test_with_advance_on_each_code_takes_one_key_per_sentence(project: Project) -> None:
    async with bench_of(project) as bench:
        await bench.press(*PAY, "A")
        assert bench.rows()[-2].startswith(" advance on · sentence 1 of 2")
        await bench.press("j", ".", ".")
        third = bench.own()[2]
        assert bench.own()[:2] == [(0, 24, "C1-1"), (25, 52, "C1-1")]
        assert third[0] == 54
        assert "+ C1-1 Pay on 15 words" in bench.rows()[-1]
        here = bench.screen.desk.view.selected_span
        assert here is not None and here[0] > third[1]
        await bench.press("z", "A", ".")
        assert "advance" not in bench.rows()[-2]
        assert bench.own()[2] == third
        assert bench.screen.desk.view.selected_span == third[:2]


@on_screen
async def test_advance_goes_by_the_size_that_is_selected_and_stops_at_the_end(
    project: Project,
) -> None:
    async with bench_of(project) as bench:
        await bench.press(*PAY, "A", "l", ".", ".", "space")
        assert [row[:2] for row in bench.own()] == [(0, 24), (0, 3), (4, 8)]
        assert bench.screen.desk.view.selected_span == (16, 18)
        await bench.press("j", "end", ".")
        assert "· this is the last sentence" in bench.rows()[-1]
        assert len(bench.own()) == 4


@on_screen
async def test_a_code_used_three_times_offers_itself_for_a_digit_once(project: Project) -> None:
    async with bench_of(project) as bench:
        await bench.press(*PAY, "j", ".")
        assert "used 3 times" not in bench.text()
        await bench.press("j", ".")
        digit = next(d for d in range(1, 10) if d not in bench.screen.desk.study.slots)
        assert f"C1-1 used 3 times · p {digit} puts it on {digit}" in bench.rows()[-3]
        await bench.press("p", str(digit))
        assert f"{digit} now gives C1-1 Pay" in bench.rows()[-1]
        assert "p 0 takes it off" in bench.rows()[-1]
        assert "used 3 times" not in bench.text()
        await bench.press("j", str(digit), "j", ".")
        assert len(bench.own()) == 5
        assert "used 3 times" not in bench.text()
        await bench.press("p", str(digit))
        assert f"{digit} gives C1-1 Pay already" in bench.rows()[-2]


@on_screen
async def test_where_the_codebook_fills_all_digits_an_idle_one_is_offered(
    project: Project,
) -> None:
    for digit in range(1, 10):
        change_code(project, add_code(project, f"Idle {digit}"), {"slot": digit})
    async with bench_of(project) as bench:
        await bench.press("9", *PAY, "j", ".", "j", ".")
        idle = bench.screen.desk.study.by_id[bench.screen.desk.study.slots[8]]
        assert f"p 8 puts it on 8 in place of {idle.key}" in bench.rows()[-3]
        await bench.press("p", "8", "j", "8")
        assert [row[2] for row in bench.own()].count("C1-1") == 4


@on_screen
async def test_undo_and_redo_open_the_document_they_are_about(project: Project) -> None:
    async with bench_of(project) as bench:
        desk = bench.screen.desk
        await bench.press("j", *PAY)
        other = next(d for d in desk.study.documents if d.name == "talk")
        desk.open_document(other.id)
        await bench.press("z")
        assert desk.study.document is not None and desk.study.document.name == "letter"
        assert desk.view.selected_span == (25, 52)
        assert "Now in letter · undone: + C1-1 Pay on letter" in bench.rows()[-1]
        desk.open_document(other.id)
        await bench.press("Z")
        assert desk.study.document.name == "letter"
        assert "Now in letter · redone: + C1-1 Pay" in bench.rows()[-1]
        await bench.press("j", "a", *"note", "escape")
        desk.open_document(other.id)
        await bench.press("z")
        assert desk.study.document.name == "letter"
        assert "Now in letter" in bench.rows()[-1]


@on_screen
async def test_the_here_row_names_the_next_useful_keys(project: Project) -> None:
    async with bench_of(project) as bench:
        assert bench.rows()[-3].split("yet")[1].strip() == "c gives one"
        await bench.press(*PAY)
        assert bench.rows()[-3].rstrip().endswith("o focus · u off")
        await bench.press("o")
        assert bench.rows()[-3].rstrip().endswith("u off · m memo · Esc back")
        await bench.press("escape", "j")
        assert bench.rows()[-3].split("yet")[1].strip() == "c code · . again"
        await bench.press("k", "c", *"weather", "enter")
        assert bench.rows()[-3].rstrip().endswith("Enter lists · o focus · u off")
        await bench.press("t")
        assert bench.rows()[-3].rstrip().endswith("c gives the code at the cursor")


@on_screen
async def test_at_other_coders_codings_the_here_row_names_no_key_that_is_refused(
    open_tiny: Opener,
) -> None:
    zoe = open_tiny("zoe")
    code = zoe.db.execute("SELECT id FROM codes WHERE key = 'C2'").fetchone()[0]
    add_codings(zoe, 1, 0, 24, [code])
    project = open_tiny("ann")
    show_coders(project, ["zoe"])
    async with bench_of(project) as bench:
        bench.screen.desk.view.select(0, 24)
        await bench.press("x", "x")
        hint = bench.rows()[-3].rstrip()
        assert "o focus" in hint and "off" not in hint
        await bench.press("o")
        assert "edges" not in bench.rows()[-3] and "off" not in bench.rows()[-3]
