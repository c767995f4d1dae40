"""The pages that look at the whole: matrix, codebook, project, co-occurrence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.bench import Bench, bench_of, on_screen
from tests.app.screens.stage import typed
from tui.app.screens.manners import Page
from tui.app.screens.overviews.matrix import MatrixScreen
from tui.app.screens.overviews.matrix_cells import MatrixCells
from tui.app.screens.segments.screen import SegmentsScreen
from tui.app.state import Study
from tui.app.widgets.grid import head_parts
from tui.project.edits.cases import set_attribute
from tui.project.edits.codings import add_codings
from tui.project.project import Project
from tui.store.backup import back_up
from tui.store.cases import list_cases, spoken_spans


def coded(project: Project) -> Project:
    """Code the tiny project as ann: Pay twice and Wages once in letter, Weather in talk."""
    add_codings(project, 1, 0, 24, [2])
    add_codings(project, 1, 25, 52, [2, 3])
    add_codings(project, 2, 5, 22, [4])
    set_attribute(project, "year", "1911", document_id=1)
    set_attribute(project, "year", "1950", document_id=2)
    return project


def rows_with(bench: Bench, *parts: str) -> list[str]:
    return [row for row in bench.rows() if all(part in row for part in parts)]


@on_screen
async def test_the_matrix_prints_every_number_and_leads_to_the_segments(project: Project) -> None:
    async with bench_of(coded(project)) as bench:
        await bench.press("w", "m")
        assert "CODE x DOCUMENT" in bench.text() and "1 coder hidden" in bench.text()
        assert rows_with(bench, "Work", "3", "·") and rows_with(bench, "Weather", "·", "█   1")
        assert rows_with(bench, "Pay", "█   3"), "a code counts with all below it"
        await bench.press("down", "percent_sign")
        assert "row %" in bench.text() and rows_with(bench, "Pay", "100%")
        await bench.press("percent_sign", "percent_sign", "t")
        assert "DOCUMENT x CODE" in bench.text() and rows_with(bench, "letter", "3")
        await bench.press("t", "g")
        assert "by year" in bench.text() and rows_with(bench, "1911", "1950")
        await bench.press("c")
        assert "level 1" in bench.text() and not rows_with(bench, "Pay")
        await bench.press("c", "c", "x", "up", "up", "down", "enter")
        page = bench.app.screen
        assert isinstance(page, SegmentsScreen)
        assert "filter: year=1911" in bench.text() and "3 in 1 document" in bench.text()
        await bench.press("enter")
        assert bench.screen.desk.view.focused_coding is not None


@on_screen
async def test_the_matrix_is_written_to_a_new_file_only(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with bench_of(coded(project)) as bench:
        await bench.press("w", "m", "v", "e", "enter")
        assert "qual matrix --by document --basis subtree" in bench.text()
        written = (tmp_path / "tiny-matrix.tsv").read_text().splitlines()
        assert written[:2] == ["code\tname\tletter\ttalk\tall", "C1\tWork\t3\t0\t3"]
        await bench.press("e", "enter")
        assert "exists already" in bench.text()
        assert (tmp_path / "tiny-matrix.tsv").read_text().splitlines() == written


def test_two_thousand_documents_are_read_only_where_they_are_looked_at(project: Project) -> None:
    coded(project)
    study = Study(project)
    document = study.documents[0]
    many = study.documents + [document] * 2_000
    cells = MatrixCells(project.db, study.visible, study.codes, many, study.branch)
    seen: list[str] = []
    project.db.set_trace_callback(seen.append)
    cells.prepare(range(40), range(2))
    cells.prepare(range(40), range(2))
    project.db.set_trace_callback(None)
    assert len(seen) == 1, "one question for what comes into sight, none for what is there"
    assert [cells.segments(code.id, 0) for code in cells.codes] == [3, 3, 1, 0]
    assert sum(cells.group_total(at) for at in (0, 1)) == study.segments
    assert head_parts("interview-07", 6) == ("interv", "iew-07") and head_parts("a", 6) == ("", "a")


@on_screen
async def test_the_matrix_stays_in_any_window(project: Project) -> None:
    async with bench_of(coded(project), (40, 12)) as bench:
        await bench.press("w", "m", "l", "l", "pagedown", "H", "L", "end", "home", "n")
        assert isinstance(bench.app.screen, MatrixScreen)
        assert all(len(row) == 40 for row in bench.rows())
        await bench.press("enter", "escape")
        assert "no text pane" not in bench.text()


@on_screen
async def test_the_codebook_is_read_filtered_and_changed(project: Project) -> None:
    async with bench_of(coded(project)) as bench:
        await bench.press("w", "c")
        assert rows_with(bench, "C1-1-1", "Wages", "1     1      1")
        await bench.press("slash", *"wag", "enter")
        assert not rows_with(bench, "C2") and "under Work › Pay" in bench.text()
        await bench.press("m", *typed("what was paid"), "escape")
        await bench.until(lambda: "what was paid" in bench.text())
        await bench.press("f2", "end", *"X", "enter")
        assert rows_with(bench, "C1-1-1", "WagesX") and "Renamed C1-1-1" in bench.text()
        await bench.press("z")
        assert "Undone" in bench.rows()[-1] and "WagesX" not in "".join(bench.rows()[:-1])
        await bench.press("Z")
        assert "Redone" in bench.rows()[-1] and "WagesX" in "".join(bench.rows()[:-1])
        await bench.press("escape")
        assert rows_with(bench, "C2", "Weather")
        await bench.press("t")
        assert bench.screen.desk.pane == "tree"
        highlighted = bench.screen.desk.tree.highlighted
        assert highlighted is not None and highlighted.name == "WagesX"
        await bench.press("w", "c", "enter")
        assert isinstance(bench.app.screen, SegmentsScreen)


@on_screen
async def test_escape_goes_back_from_segments_to_the_page_that_led_there(project: Project) -> None:
    async with bench_of(coded(project)) as bench:
        await bench.press("w", "m", "t", "right", "enter")
        assert "SEGMENTS" in bench.rows()[0]
        await bench.press("r", *"weather", "enter")
        assert "Recoded 1 coding" in bench.rows()[-1]
        await bench.press("escape")
        matrix = bench.app.screen
        assert isinstance(matrix, MatrixScreen)
        assert "DOCUMENT x CODE" in bench.text() and "C1-1 Pay in letter" in bench.text()
        assert (matrix.grid.row, matrix.grid.column) == (0, 1)
        assert "2 segments" in bench.text(), "what was recoded meanwhile is counted anew"
        await bench.press("enter", "enter")
        assert len(bench.app.screen_stack) == 1, "a segment leads to the text at once"
        for view, back in (("c", "CODEBOOK"), ("t", "CLUSTERS")):
            await bench.press("w", view, "down", "x" if view == "t" else "home", "down")
            page = bench.app.screen
            assert isinstance(page, Page)
            code = page.code_in_hand
            await bench.press("enter")
            assert "SEGMENTS" in bench.rows()[0]
            await bench.press("escape")
            assert bench.app.screen is page and back in bench.text()
            assert page.code_in_hand == code
            await bench.press(*["escape"] * (2 if view == "t" else 1))
            assert len(bench.app.screen_stack) == 1


@on_screen
async def test_w_goes_from_page_to_page_and_takes_the_code_along(project: Project) -> None:
    async with bench_of(coded(project)) as bench:
        await bench.press("w", "c", "end", "w")
        assert "s segments" in bench.rows()[-1] and "c codebook" not in bench.rows()[-1]
        assert "i agree" in bench.rows()[-1] and bench.rows()[-1].rstrip().endswith("Esc")
        await bench.press("c")
        assert "This is it already: codebook" in bench.rows()[-1]
        await bench.press("w", "escape", "w", "v")
        assert "w v does nothing" in bench.rows()[-1]
        await bench.press(*"ws")
        assert "SEGMENTS" in bench.rows()[0] and "C2 Weather" in bench.rows()[0]
        for letters, heading in (("wm", "CODE x DOC"), ("wo", "CO-OCC"), ("wp", "PROJECT"),
                                 ("wd", "DOCUMENTS"), ("wc", "CODEBOOK")):  # fmt: skip
            await bench.press(*letters)
            assert heading in bench.text()
            assert len(bench.app.screen_stack) == 2, "one page over the text"
        await bench.press("w", "m", "z")
        assert "nothing is changed here" in bench.rows()[-1]
        await bench.press("home")
        assert "nothing is changed" not in bench.rows()[-1], "it goes with the next key, any key"
        await bench.press("w", "t")
        assert "CLUSTERS" in bench.text() and len(bench.app.screen_stack) == 2
        await bench.press("escape")
        assert bench.app.screen is bench.screen


@on_screen
async def test_the_project_page_tells_what_there_is_and_opens_a_document(project: Project) -> None:
    coded(project)
    back_up(project.path)
    async with bench_of(project, (100, 48)) as bench:
        await bench.press("w", "p")
        await bench.until(lambda: "…" not in "".join(rows_with(bench, "documents")))
        text = bench.text()
        assert "2 · 6 ¶ · 52 words" in text and "4 in 3 levels · 3 used" in text
        assert "4 · 1 coder hidden" in text and "hidden: neither" in text
        assert "beside the project" in text and "none beside" not in text
        assert rows_with(bench, "talk", "33%", "1") and rows_with(bench, "ann", "+ C2 Weather")
        assert not rows_with(bench, "zoe", "+ C1"), "a hidden coder's acts are not told"
        rows = [row.strip("► ") for row in bench.rows()]
        at = next(i for i, row in enumerate(rows) if row.startswith("talk"))
        await bench.press("enter")
        assert "Enter opens a document" in bench.text()
        await bench.press(*["down"] * (at - 2), "enter")
        document = bench.screen.desk.study.document
        assert document is not None and document.name == "talk"


@on_screen
async def test_overlaps_are_counted_shown_and_gone_through(project: Project) -> None:
    async with bench_of(coded(project)) as bench:
        await bench.press("w", "o")
        assert "STRONGEST PAIRS 1" in bench.text()
        assert rows_with(bench, "Pay ~ Wages", "1   .50     1")
        assert "1 together in 1 document · n1 2, n2 1 · c .50" in bench.text()
        await bench.press("f")
        assert "codes in one paragraph" in bench.text() and rows_with(bench, "Pay ~ Wages", "1.00")
        await bench.press("f", "tab", "v", "down", "enter")
        desk = bench.screen.desk
        assert desk.view.selected_span == (25, 52)
        await bench.press("n")
        assert "No passage of the pair after this one" in bench.text()


@on_screen
async def test_cells_of_values_with_blanks_and_of_none_lead_to_their_segments(
    project: Project,
) -> None:
    set_attribute(coded(project), "kind of text", 'an "old" letter: one', document_id=1)
    async with bench_of(project, (100, 30)) as bench:
        keys: tuple[str, ...] = ("g", "g")
        for presses, wanted in (
            ((), '"kind of text"="an old letter: one"'),
            (("right", "end"), '"kind of text"=(none)'),
        ):
            await bench.press("w", "m", *keys, *presses, "enter")
            await bench.until(lambda: isinstance(bench.app.screen, SegmentsScreen))
            screen = bench.app.screen
            assert isinstance(screen, SegmentsScreen)
            assert wanted in bench.text()
            assert "No attribute" not in bench.text() and screen.listing.count > 0
            await bench.press("escape", "escape")


@on_screen
async def test_the_turns_of_cases_are_grouped_by_what_the_cases_have(project: Project) -> None:
    coded(project)
    cases = {case.name: case.id for case in list_cases(project.db)}
    start, end = spoken_spans(project.db, cases["Ben"])[0][1:]
    add_codings(project, 2, start, end, [4])
    for name, role in (("Ada", "chair"), ("Ben", "guest")):
        set_attribute(project, "role", role, case_id=cases[name])
    async with bench_of(project, (100, 30)) as bench:
        await bench.press("w", "m", "g", "g")
        assert "by role" in bench.rows()[0]
        assert rows_with(bench, "chair", "guest") and "1 of 3" in bench.rows()[0]
        row = " ".join(rows_with(bench, "Weather")[0].split())
        assert row == "Weather ▓ 1 ▓ 1 · 2"
        await bench.press("end", "right", "enter")
        await bench.until(lambda: isinstance(bench.app.screen, SegmentsScreen))
        await bench.until(lambda: "1 of 2 in" in bench.rows()[0] or "1 of 2 ·" in bench.rows()[0])
        assert "role=guest" in bench.text() and "It always rained" in bench.text()


@on_screen
async def test_on_every_page_the_reader_is_at_the_row_or_the_field_that_has_the_keys(
    project: Project,
) -> None:
    async with bench_of(coded(project)) as bench:

        def read() -> str:
            place = bench.app.screen.reading_place  # type: ignore[attr-defined]
            assert place is not None
            return str(bench.rows()[place.y][place.x :])

        await bench.press("w", "m")
        assert read().split()[0] in bench.text() and read().split()[-1].isdecimal()
        before = read()
        await bench.press("l")
        assert len(read()) < len(before), "a column further right"
        for letter in "oscpd":
            await bench.press("w", letter)
            if letter == "o":
                await bench.press("tab")
            assert read().startswith("►"), letter
        for letter in "cd":
            await bench.press("w", letter, "j", "slash")
            assert not read().startswith("►")
            await bench.press("down")
            assert read().startswith("►")
            await bench.press("escape")
