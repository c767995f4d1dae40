"""What stands beside the hits on a wide screen: codes nearby, and where all the hits are."""

from __future__ import annotations

from textual.pilot import Pilot

from tests.app.screens.stage import Stage, play, typed, until
from tests.conftest import Opener
from tests.tiny import draft
from tui.app.screens.search.nearby_box import NearbyBox
from tui.app.screens.search.screen import SearchScreen
from tui.project.edits.codings import add_codings
from tui.project.edits.documents import import_document
from tui.project.project import Project


def plant(project: Project) -> None:
    """Add three documents about kilns, 200 passages and more; code the ones after some hits."""
    long = [f"The kiln was lit {n}." for n in range(200)]
    first = import_document(project, draft("many", "\n\n".join(long)))
    text = "The kiln burst.\n\nNobody slept.\n\nNobody came.\n\nAnother kiln burst."
    second = import_document(project, draft("few", text))
    code = "SELECT id FROM codes WHERE key = ?"
    (work,), (weather,) = (project.db.execute(code, (key,)).fetchone() for key in ("C1", "C2"))
    add_codings(project, second, text.index("Nobody slept"), text.index("slept"), [work])
    add_codings(project, first, 0, 8, [weather])
    add_codings(project, second, text.index("Another"), len(text), [work])


def test_codes_nearby_and_the_spread_of_all_hits_stand_under_the_passage(project: Project) -> None:
    plant(project)
    screen = SearchScreen(project, None)

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await pilot.press(*typed("kiln burst"))
        await until(pilot, lambda: len(screen.answer.hits) == 2)
        await until(pilot, lambda: "C1 Work  ¶2, ¶4" in app.drawn())
        drawn = app.drawn()
        assert "SIMILAR CODES ALREADY HERE" in drawn
        head, first, *_ = drawn.partition("WHERE THE HITS ARE")[2].splitlines()
        assert "in few" in head and "¶1 █" in first and "¶2 0" in first
        await pilot.press("down")
        await until(pilot, lambda: "C1 Work  this ¶, ¶2" in app.drawn())
        # Too many for the list: first what is listed, then all of them.
        await pilot.press("ctrl+u", *typed("kiln"))
        await until(pilot, lambda: screen.answer.query == "kiln")
        await until(pilot, lambda: screen.answer.documents == 2)
        await pilot.pause()
        where = app.drawn().partition("WHERE THE HITS ARE")[2]
        assert "many ██" in where and " 200" in where and "few " in where
        await pilot.press("ctrl+u", *typed("kiln doc:many"))
        await until(pilot, lambda: screen.answer.documents == 1)
        await until(pilot, lambda: len(screen.answer.numbers) == 200)
        await pilot.pause()
        where = app.drawn().partition("WHERE THE HITS ARE")[2]
        assert "in many" in where and "¶1-20" in where and "¶181-200" in where
        assert where.count("█ 20") == 10
        box = screen.query_one(NearbyBox)
        assert len(box.rows) <= box.size.height
        await pilot.press("ctrl+u", *typed("zzyzx "))
        await until(pilot, lambda: screen.answer.query == "zzyzx ")
        await pilot.pause()
        assert "WHERE THE HITS ARE" not in app.drawn()
        await pilot.press("ctrl+u", *typed("kiln"))
        await until(pilot, lambda: screen.answer.query == "kiln")
        await pilot.resize_terminal(100, 24)
        await pilot.pause()
        assert "WHERE THE HITS ARE" not in app.drawn(), "there is no room for it"

    play(screen, script, (160, 48))


def test_codes_of_hidden_coders_are_not_near(project: Project, open_tiny: Opener) -> None:
    plant(project)
    screen = SearchScreen(open_tiny("newcomer"), None)

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await pilot.press(*typed("kiln burst"))
        await until(pilot, lambda: len(screen.answer.hits) == 2)
        lookout = screen.query_one(NearbyBox)
        await until(pilot, lambda: lookout._near.passage_id > 0)
        assert "C1" not in app.drawn() and "none, neither near by" in app.drawn()

    play(screen, script, (160, 48))
