"""The page of agreement: where two coders differ, and how far they agree by code."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.app.bench import Bench, bench_of, on_screen
from tests.app.screens.stage import typed
from tests.conftest import Opener
from tui.app.screens.agreement import list as agreement_list
from tui.app.screens.agreement.data import Asked, compare
from tui.app.screens.agreement.screen import AgreementScreen
from tui.model.memo import MemoTarget
from tui.project.edits.codings import add_codings
from tui.project.edits.memos import add_memo
from tui.project.edits.readings import mark_passages, show_coders
from tui.project.project import Project
from tui.store.coders import list_coders
from tui.store.codes import list_codes
from tui.store.codings import list_codings
from tui.store.compared import read_compared
from tui.store.disagreement import find_disagreement
from tui.store.jumps import Place


@pytest.fixture
def two(open_tiny: Opener) -> Project:
    """Give the tiny project where ann and zoe have read letter, and ann sees zoe's codings."""
    ann, zoe = open_tiny("ann"), open_tiny("zoe")
    # zoe: Work on the first sentence, Pay and Wages on the second.
    add_codings(ann, 1, 0, 24, [1])
    add_codings(ann, 1, 0, 52, [2])
    add_codings(ann, 1, 54, 100, [4])
    (made,) = add_codings(zoe, 2, 0, 34, [4])
    add_memo(zoe, MemoTarget("coding", coding_id=made), "rain again")
    mark_passages(zoe, 1, 54, 100, "read")
    mark_passages(ann, 2, 0, 34, "read")
    show_coders(ann, ["zoe"])
    return ann


def page_of(bench: Bench) -> AgreementScreen:
    page = bench.app.screen
    assert isinstance(page, AgreementScreen)
    return page


@on_screen
async def test_disagreements_are_gone_through_and_lead_to_the_text(two: Project) -> None:
    async with bench_of(two) as bench:
        await bench.press("w", "i")
        assert "ann vs zoe · letter · by sentence" in bench.text()
        assert "disagreement 1 of 3" in bench.text() and "both have read 2 of" in bench.text()
        assert "C1-1 Pay" in bench.text() and "edges: ann [ ], zoe { }" in bench.text()
        assert any(row.startswith("►P Pay") for row in bench.rows()), "its code in the table"
        assert "[The mill opened in 1911." in bench.text() and "{Nobody" in bench.text()
        await bench.press("n")
        assert "disagreement 2 of 3" in bench.text()
        assert "ann no   zoe yes" in bench.text() and "C1-1-1 Wages" in bench.text()
        await bench.press("n", "n")
        assert "Nothing is left after this one" in bench.rows()[-1]
        assert "ann yes   zoe no" in bench.text()
        await bench.press("N", "enter")
        assert bench.screen.desk.view.selected_span == (25, 52)
        await bench.press("n")
        assert bench.screen.desk.view.selected_span != (25, 52), "n goes on as g x does"


def test_going_through_disagreements_is_what_the_page_lists(two: Project) -> None:
    """By sentence, the page and ``g x`` show the same sentences."""
    coders = (two.coder_id, next(c.id for c in list_coders(two.db) if c.name == "zoe"))
    found = compare(two.db, Asked(coders, "sentences", (1, 2)), list_codes(two.db))
    assert found is not None
    listed = set()
    for case in (case for case in found.cases if case.kind != "both"):
        for passage in read_compared(two.db, case.document, coders, sentences=True).passages:
            for start, end in passage.sentences:
                by = [
                    any(span[0] < end and start < span[1] for span in spans)
                    for spans in (case.first, case.second)
                ]
                if by[0] != by[1]:
                    listed.add((case.document, start, end))
    gone = []
    here = Place(1, -1, -1)
    while there := find_disagreement(two.db, coders, (), 1, here, 1):
        here = there.place
        gone.append((here.document_id, here.start, here.end))
    assert gone == sorted(listed) and gone


@on_screen
async def test_the_table_counts_cases_and_filters_by_code(
    two: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with bench_of(two, (160, 48)) as bench:
        await bench.press("w", "i", "a")
        assert "all 2 documents" in bench.text() and "disagreement 1 of 4" in bench.text()
        await bench.until(lambda: "…" not in "".join(r for r in bench.rows() if "Pay" in r))
        (work,) = [row for row in bench.rows() if row.startswith(" ~ Work") or "Work  " in row[:20]]
        assert work.split()[2:8] == ["1", "0", "0", "0", "1.00", "1.00"]
        (weather,) = [row for row in bench.rows() if "Weather" in row and "rare" in row]
        assert weather.split()[2:6] == ["0", "1", "1", "0"] and "rare (2)" in weather
        await bench.press("r", "enter")
        assert "Written to tiny-agreement.tsv" in bench.rows()[-1]
        lines = [line.split("\t") for line in Path("tiny-agreement.tsv").read_text().splitlines()]
        assert lines[0][0].startswith("# first: ann; second: zoe; unit: sentences; 2 documents")
        assert "ann turned on the codings of zoe" in lines[1][0]
        assert {len(line) for line in lines[2:]} == {len(lines[2])}
        assert [line[0] for line in lines[-3:]] == ["mean", "length-weighted mean", "pooled"]
        await bench.press("tab")
        assert "κ of all codes: mean" in bench.text()
        await bench.press("end", "enter")
        assert "filter: C2 Weather" in bench.text() and "disagreement 1 of 2" in bench.text()
        await bench.press("n")
        assert "“rain again”" in bench.text() and "ann no   zoe yes" in bench.text()
        await bench.press("tab", "home", "enter")
        assert "They agree wherever they used C1 Work" in bench.rows()[-1]
        await bench.press("escape", "escape")
        assert "all codes" in bench.text(), "Esc leaves the table, then clears the filter"
        await bench.press("f")
        assert "by paragraph" in bench.text()
        await bench.press("f", "c")
        assert "by character" in bench.text() and "no other two to compare" in bench.text()
        await bench.press("escape")
        assert bench.app.screen is bench.screen


@on_screen
async def test_decisions_change_ones_own_codings_and_are_kept(two: Project) -> None:
    def mine(code_id: int, coder_id: int = two.coder_id) -> list[tuple[int, int]]:
        found = list_codings(two.db, coder_ids=[coder_id], code_ids=[code_id], document_ids=[1])
        return [(coding.start, coding.end) for coding in found]

    zoe = next(coder.id for coder in list_coders(two.db) if coder.name == "zoe")
    async with bench_of(two) as bench:
        await bench.press("w", "i", "e")
        assert mine(2) == [(25, 52)] == mine(2, zoe), "the edges are zoe's now"
        assert "Your coding is now with the other's edges" in bench.rows()[-1]
        assert "disagreement 1 of 2" in bench.text() and "Wages" in bench.text()
        await bench.press("y")
        assert "Noted: as ann has it; none of your codings had to change" in bench.rows()[-1]
        assert "kept 1 · edges 1 · left 1" in bench.text() and mine(3) == []
        await bench.press("e")
        assert "there are no other edges" in bench.rows()[-1]
        await bench.press("m", *typed("ask her"), "escape")
        await bench.until(lambda: "your note: ask her" in bench.text())
        await bench.press("x")
        assert mine(4) == [] and "Your coding is taken away" in bench.rows()[-1]
        await bench.press("n")
        assert "All of these are decided" in bench.rows()[-1]
        await bench.press("z")
        assert mine(4) == [(54, 100)] and "Undone: Agreement on C2" in bench.rows()[-1]
        assert "ann yes   zoe no" in bench.text() and "left 1" in bench.text()
        await bench.press("Z", "tab", "y")
        assert mine(4) == [] and "Decisions are made on the text" in bench.rows()[-1]
    async with bench_of(two) as bench:
        await bench.press("w", "i")
        assert "neither 1" in bench.text() and mine(1, zoe) == [(0, 24)]


@on_screen
async def test_who_is_neither_of_the_two_codes_in_their_own_name(
    two: Project, open_tiny: Opener
) -> None:
    kim = open_tiny("kim")
    show_coders(kim, ["zoe", "ann"])
    async with bench_of(kim) as bench:
        await bench.press("w", "i")
        assert "zoe vs ann" in bench.text() and "disagreement 1 of 3" in bench.text()
        await bench.press("t")
        assert "Coded in your name as ann has it" in bench.rows()[-1]
        found = list_codings(kim.db, coder_ids=[kim.coder_id])
        assert [(coding.start, coding.end, coding.code_id) for coding in found] == [(0, 52, 2)]
        await bench.press("d", "b", "escape", "w", "i")
        assert "zoe vs ann" in bench.text(), "still the two that were decided between"
        assert "taken 1 · both 1 · put off 1 · left 1" in bench.text()


@on_screen
async def test_a_long_count_goes_on_beside_the_keys(
    two: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agreement_list, "_NOW", 0)
    async with bench_of(two) as bench:
        # Weather and what is below it: hidden lanes are left out, as ``g x`` leaves them out.
        await bench.press("t", "end", "H", "escape", "w", "i")
        await bench.until(lambda: "disagreement 1 of 2 · shown codes" in bench.text())
        await bench.press("e", "f", "f", "f", "a")
        await bench.until(lambda: "disagreement 1 of 1" in bench.text())
        assert "all 2 documents · by sentence" in bench.text() and "edges 1" in bench.text()
        await bench.press("z")
        await bench.until(lambda: "disagreement 1 of 2" in bench.text())


@on_screen
async def test_agreement_stays_in_any_window(two: Project) -> None:
    async with bench_of(two, (40, 12)) as bench:
        await bench.press("w", "i")
        for columns, lines in ((40, 12), (300, 80), (60, 16), (80, 24)):
            await bench.pilot.resize_terminal(columns, lines)
            await bench.pilot.pause()
            for _ in range(2):
                rows = bench.rows()
                where = f"{columns}x{lines}\n" + "\n".join(rows)
                assert len(rows) == lines and {cell_len(row) for row in rows} == {columns}, where
                assert "Esc" in rows[-1] and "Pay" in bench.text(), where
                await bench.press("tab")


@on_screen
async def test_it_says_who_is_missing(project: Project, open_tiny: Opener) -> None:
    async with bench_of(project) as bench:
        await bench.press("w", "i")
        assert "No other coder is shown" in bench.text(), "zoe's codings are hidden"
    kim = open_tiny("kim")
    show_coders(kim, ["zoe"])
    async with bench_of(kim) as bench:
        await bench.press("w", "i")
        assert "Only one coder here. `qual import --coder` adds another." in bench.text()
        await bench.press("n", "f", "c", "a", "tab", "enter", "escape", "escape")
        assert bench.app.screen is bench.screen
