"""More like this on the screen: listed with its reasons, coded only by a key, undone as one."""

from __future__ import annotations

import threading

import pytest
from textual.pilot import Pilot

from tests.app.bench import PATIENCE, Bench, bench_of, on_screen, pilot_event
from tests.app.screens.stage import HOSTILE, Stage, play, until, widest
from tests.conftest import Opener
from tests.tiny import assert_anchored, draft
from tui.app.screens import finding
from tui.app.screens.like.comparer import Comparer, Likeness
from tui.app.screens.like.screen import LikeScreen
from tui.app.state import Study
from tui.project.check import canonical_dump
from tui.project.edits.codings import add_codings
from tui.project.edits.documents import import_document
from tui.project.project import Project

LIKE = ("The mill opened late that spring.", "When the mill opened again nobody came.")


def plant(project: Project) -> int:
    """Add a document of forty plain passages, two like what C1 Work has, one of those coded C2."""
    texts = [f"On day {at} it rained and the fair was put off." for at in range(40)]
    texts[10], texts[20] = LIKE
    document = import_document(project, draft("diary", "\n\n".join(texts)))
    start = project.db.execute("SELECT start FROM passages WHERE text = ?", LIKE[1:]).fetchone()[0]
    add_codings(project, document, start, start + len(LIKE[1]), [4])
    return document


def page_of(bench: Bench) -> LikeScreen:
    screen = bench.app.screen
    assert isinstance(screen, LikeScreen)
    return screen


async def compared(bench: Bench, count: int) -> LikeScreen:
    page = page_of(bench)
    await bench.until(lambda: page._found is not None and len(page.likes) == count)
    await bench.pilot.pause()
    return page


@on_screen
async def test_what_is_like_a_code_is_listed_with_its_words_and_coded_in_one_step(
    open_tiny: Opener,
) -> None:
    zoe = open_tiny("zoe")
    plant(zoe)
    before = list(canonical_dump(zoe.db))
    async with bench_of(zoe) as bench:
        await bench.press("t", "w", "l")
        page = await compared(bench, 2)
        rows = bench.rows()
        assert "MORE LIKE  C1 Work" in rows[0] and "2 · without C1" in rows[0]
        assert "mill" in rows[1] and "opened" in rows[1] and " it " not in rows[1]
        assert "►" in rows[3] and "diary" in rows[3] and "mill opened" in rows[3]
        assert "(mill " in rows[-2] and "1 of 2" in rows[-2]
        # The words shown are the words that count, and they make the score.
        assert page._found is not None
        total = sum(weight for _, weight, _, _, _ in page._found.words)
        for like in page.likes:
            share = sum(weight for _, weight in like.ties) / total
            assert 0 < like.score <= share <= 1.0001
        await bench.press("x")
        assert "HOW IT IS COUNTED" in bench.text() and "log-likelihood" in bench.text()
        await bench.press("x", "v")
        await compared(bench, 1)
        assert "1 · without any code" in bench.rows()[0]
        await bench.press("v")
        await compared(bench, 2)
        await bench.press("a", "c")
        assert "Code 2 passages as" in bench.text()
        await bench.press("enter")
        assert "+ C1 on 2 passages" in bench.rows()[-1] and "undo" in bench.rows()[-1]
        assert len(bench.own()) == 6 and all(like.codes for like in page.likes)
        await bench.press("r")
        await compared(bench, 0)
        await bench.press("z")
        assert "Undone" in bench.rows()[-1] and list(canonical_dump(zoe.db)) == before
        await bench.press("r")
        await compared(bench, 2)
        await bench.press("enter")
        desk = bench.screen.desk
        assert desk.study.document is not None and desk.study.document.name == "diary"
        assert desk.pane == "text"
    assert_anchored(zoe)


@on_screen
async def test_what_is_like_the_selection_is_found_and_nothing_is_coded_by_looking(
    open_tiny: Opener,
) -> None:
    zoe = open_tiny("zoe")
    plant(zoe)
    async with bench_of(zoe, (160, 48)) as bench:
        before = bench.own()
        await bench.press("w", "l")
        await compared(bench, 2)
        assert "words of letter ¶1" in bench.rows()[0]
        await bench.press("b")
        assert "no code below" in bench.rows()[-1]
        await bench.press("9")
        assert "Slot 9 is empty" in bench.rows()[-1]
        await bench.press("X")
        assert "no use here" in bench.rows()[-1]
        assert bench.own() == before
        await bench.press("1" if 1 in bench.screen.desk.study.slots else ".")
        assert len(bench.own()) == len(before) + 1
        await bench.press("escape")
        assert "MORE LIKE" not in bench.text()


@on_screen
async def test_the_sentence_that_ties_most_is_coded_shown_first_and_taken_back_at_once(
    open_tiny: Opener,
) -> None:
    zoe = open_tiny("zoe")
    texts = [f"On day {at} it rained. The fair was put off." for at in range(500)]
    for at in range(22):
        texts[at] = f"Nobody slept on day {at}. The mill opened late. It rained."
    document = import_document(zoe, draft("diary", "\n\n".join(texts)))
    whole = "\n\n".join(texts)
    before = list(canonical_dump(zoe.db))
    async with bench_of(zoe, (160, 48)) as bench:
        await bench.press("t", "w", "l")
        page = await compared(bench, 22)
        rows = bench.rows()
        assert "WHAT TIES IT TO C1 Work" in bench.text() and " others" in bench.text()
        assert "unit: paragraph (= -)" in rows[-2]
        await bench.press("=")
        assert "The paragraph is the largest unit" in bench.rows()[-1]
        await bench.press("-")
        assert "[The mill opened late.]" in bench.text() and "unit: sentence" in bench.rows()[-2]
        await bench.press("a", "c", "enter")
        await bench.until(lambda: "22 codings would be made" in bench.text())
        assert (
            "22 places in 1 document" in bench.text() and "[The mill opened late.]" in bench.text()
        )
        await bench.press("n")
        assert "Nothing was coded" in bench.rows()[-1] and list(canonical_dump(zoe.db)) == before
        await bench.press("p", "enter")
        await bench.until(lambda: "22 codings would be made" in bench.text())
        await bench.press("y")
        await bench.until(lambda: bench.app.screen is page)
        assert "+ C1 on 22 sentences" in bench.rows()[-1]
        made = [
            whole[start:end]
            for start, end in zoe.db.execute(
                "SELECT start, end FROM codings WHERE document_id = ?", (document,)
            )
        ]
        assert made == ["The mill opened late."] * 22
        # Those that are there already are named, and skipped.
        await bench.press("a", "c", "enter")
        await bench.until(lambda: "22 are there already and skipped" in bench.text())
        await bench.press("y")
        assert "nothing to code" in bench.text()
        await bench.press("escape", "z", "y")
        await bench.until(lambda: "Undone" in bench.rows()[-1])
        assert list(canonical_dump(zoe.db)) == before


@on_screen
async def test_a_hit_of_a_search_leads_to_more_like_it(open_tiny: Opener) -> None:
    zoe = open_tiny("zoe")
    plant(zoe)
    async with bench_of(zoe) as bench:
        await bench.press("s", *"nobody came", "tab", "L")
        await bench.until(lambda: isinstance(bench.app.screen, LikeScreen))
        await bench.until(lambda: bool(page_of(bench).likes))
        assert "MORE LIKE  the hit in diary ¶21" in bench.rows()[0]
        await bench.press("enter")
        await bench.until(lambda: bench.app.screen is bench.screen)


@on_screen
async def test_the_page_of_segments_leads_to_more_like_them(open_tiny: Opener) -> None:
    zoe = open_tiny("zoe")
    plant(zoe)
    async with bench_of(zoe, (40, 12)) as bench:
        await bench.press("t", "enter", "L")
        await compared(bench, 2)
        assert all(len(row) <= 40 for row in bench.rows())
        await bench.press("j", "enter")
        await bench.until(lambda: bench.app.screen is bench.screen)
        document = bench.screen.desk.study.document
        assert document is not None and document.name == "diary"


@on_screen
async def test_acts_that_come_while_it_is_compared_wait_for_the_passages(
    open_tiny: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, compare = threading.Event(), Comparer._compare

    def compare_late(comparer: Comparer) -> Likeness:
        gate.wait(PATIENCE)
        return compare(comparer)

    monkeypatch.setattr(Comparer, "_compare", compare_late)
    monkeypatch.setattr(finding, "LONGEST_HOLD", PATIENCE)
    zoe = open_tiny("zoe")
    plant(zoe)
    async with bench_of(zoe) as bench:
        await bench.press("t", "w", "l")
        page = page_of(bench)
        for key in ("space", "a"):
            bench.app.post_message(pilot_event(key))
        await bench.until(lambda: page.holds_keys)
        gate.set()
        await bench.until(lambda: page.marks.all and not page.holds_keys)


@on_screen
async def test_where_nothing_can_be_compared_it_says_why(open_tiny: Opener) -> None:
    ann = open_tiny("ann")
    plant(open_tiny("zoe"))
    async with bench_of(ann) as bench:
        await bench.press("t", "w", "l")
        await compared(bench, 0)
        # zoe's codings are hidden from ann: they teach nothing.
        assert "No passage that you see is coded with C1 Work yet" in bench.text()
        await bench.press("space")
        assert "Nothing to mark" in bench.rows()[-1]
        await bench.press("c")
        assert "Nothing is marked or highlighted" in bench.rows()[-1]
        await bench.press("x")
        assert "no words to explain" in bench.rows()[-1]
        await bench.press("enter")
        assert "Nothing to go to" in bench.rows()[-1]


@pytest.mark.parametrize("hostile", [name for name in HOSTILE if name.strip()][:6])
def test_nothing_hostile_reaches_the_terminal(project: Project, hostile: str) -> None:
    plant(project)
    hostile = hostile.replace("\ud800", "?")
    # Past the acts, which would refuse some of it.
    project.db.execute("UPDATE codes SET name = ?, key = ? WHERE id = 1", (hostile, hostile[:40]))
    project.db.execute("UPDATE documents SET name = ? WHERE id = 3", (hostile,))

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await until(pilot, lambda: screen._found is not None)
        await pilot.press("space", "x")
        assert widest(app) <= 80

    screen = LikeScreen(Study(project), 1)
    play(screen, script)
