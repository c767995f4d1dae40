"""Hits coded where they are listed: marks, units, previews, undo; saved searches."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from tests.app.screens.stage import Stage, play, typed, until
from tests.conftest import Opener
from tests.tiny import draft
from tui.app.screens.bulk.auto_code import AutoCode
from tui.app.screens.search.asked import Asked
from tui.app.screens.search.rows import taken_first
from tui.app.screens.search.screen import Found, SearchScreen
from tui.model.memo import MemoTarget
from tui.project.edits.codings import add_codings
from tui.project.edits.documents import import_document
from tui.project.edits.memos import add_memo
from tui.project.edits.searches import save_search
from tui.project.project import Project
from tui.store.searches import list_searches

TEXT = "\n\n".join(f"The kiln was lit {n}. Nobody slept." for n in range(1, 31))


@pytest.fixture(autouse=True)
def slots(project: Project) -> None:
    """Put codes into slots."""
    with project.write() as db:
        db.execute("UPDATE codes SET slot = 1 WHERE key = 'C1'")
        db.execute("UPDATE codes SET slot = 2 WHERE key = 'C2'")


async def ask(pilot: Pilot[None], screen: SearchScreen, query: str) -> None:
    """Type a query anew and wait for its answer."""
    await pilot.press("end", "ctrl+u", *typed(query))
    await until(pilot, lambda: screen.answer.query == query and not screen.is_looking)
    await pilot.pause()


async def put(pilot: Pilot[None], screen: SearchScreen, query: str) -> None:
    """Put a query into the field and wait for its answer."""
    screen.field.value = query
    screen.field.cursor_position = len(query)
    await until(pilot, lambda: screen.answer.query == query and not screen.is_looking)
    await pilot.pause()


async def shown(pilot: Pilot[None], screen: SearchScreen) -> None:
    """Wait until what was coded is on the rows."""
    await until(pilot, lambda: not screen.is_looking)
    await pilot.pause()


async def collected(app: Stage, pilot: Pilot[None]) -> None:
    """Wait until the box has collected what would be coded."""

    def done() -> bool:
        box = app.screen
        return isinstance(box, AutoCode) and box._found is not None

    await until(pilot, done)
    await pilot.pause()


def spans(project: Project, coder: str = "ann") -> list[tuple[int, int]]:
    """Return the spans of a coder's codings."""
    return project.db.execute(
        "SELECT start, end FROM codings JOIN coders ON coders.id = coder_id"
        " WHERE coders.name = ? ORDER BY document_id, start, end",
        (coder,),
    ).fetchall()


def test_marked_hits_are_coded_at_once_shown_and_taken_back_in_one_step(project: Project) -> None:
    kilns = import_document(project, draft("kilns", TEXT))
    screen = SearchScreen(project, kilns)
    before = spans(project)

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await ask(pilot, screen, "kiln")
        await pilot.press("tab", "space", "space")
        assert "2 marked · unit: sentence" in app.drawn()
        await pilot.press("1")
        await shown(pilot, screen)
        assert "+ 2 C1 Work" in app.last_row() and "z undo" in app.last_row()
        assert sum(bool(hit.codes) for hit in screen.answer.hits) == 2
        assert len(spans(project)) == len(before) + 2
        # Marks are gone: the highlighted hit is meant, and it stays highlighted.
        await pilot.press(".")
        await shown(pilot, screen)
        assert "+ 1 C1 Work" in app.last_row()
        await pilot.press(".")
        await shown(pilot, screen)
        assert "Already coded C1 Work on this" in app.last_row()
        assert screen.listing.highlighted == 2
        await pilot.press("z", "z")
        await shown(pilot, screen)
        assert spans(project) == before
        assert not any(hit.codes for hit in screen.answer.hits)
        await pilot.press("Z")
        await shown(pilot, screen)
        assert len(spans(project)) == len(before) + 2
        await pilot.press("f")
        assert "no use here" in app.last_row()
        await pilot.press("slash", *typed(" lit"))
        assert screen.field.value == "kiln lit", "the field has the keys again"

    play(screen, script)


def test_all_hits_are_shown_before_they_are_coded_and_known_ones_are_skipped(
    project: Project,
) -> None:
    kilns = import_document(project, draft("kilns", TEXT))
    (code,) = project.db.execute("SELECT id FROM codes WHERE key = 'C1'").fetchone()
    first = TEXT.index(".") + 1
    for start in (0, TEXT.index("The", 1)):
        add_codings(project, kilns, start, start + first, [code])
    before = spans(project)
    screen = SearchScreen(project, kilns)

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await ask(pilot, screen, "kiln")
        await pilot.press("tab", "a")
        assert "30 marked" in app.drawn()
        await pilot.press("1")
        await collected(app, pilot)
        await pilot.pause()
        drawn = " ".join(app.drawn().replace("║", " ").split())
        assert "30 hits in 1 document · 28 codings would be made" in drawn
        assert "2 are there already and skipped" in drawn
        assert "[The kiln was lit 1.] Nobody slept." in drawn
        await pilot.press("equals_sign")
        await collected(app, pilot)
        await pilot.pause()
        assert "30 codings would be made" in app.drawn()
        assert "[The kiln was lit 1. Nobody slept.]" in app.drawn()
        await pilot.press("n")
        assert spans(project) == before and "Nothing was coded" in app.last_row()
        await pilot.press("1")
        await collected(app, pilot)
        await pilot.press("y")
        await shown(pilot, screen)
        assert "+ 28 C1 Work · 2 were coded already" in app.last_row()
        assert len(spans(project)) == 30 + len(before) - 2
        await pilot.press("z", "y")
        await shown(pilot, screen)
        assert spans(project) == before

    play(screen, script)


def test_the_unit_decides_what_of_a_hit_is_coded(project: Project) -> None:
    kilns = import_document(project, draft("kilns", TEXT))
    before = len(spans(project))
    screen = SearchScreen(project, kilns)

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await ask(pilot, screen, "lit 7")
        await pilot.press("tab", "minus")
        await shown(pilot, screen)
        assert "unit: exact hit" in app.drawn() and "The kiln was lit 7" in app.drawn()
        await pilot.press("1", "minus")
        assert "smallest unit" in app.last_row()
        await pilot.press("equals_sign", "equals_sign")
        await shown(pilot, screen)
        await pilot.press("1")
        await shown(pilot, screen)

    play(screen, script)
    at = TEXT.index("lit 7.")
    assert spans(project)[before:] != []
    made = [span for span in spans(project) if span[0] <= at < span[1] and span[1] > at + 4]
    assert (at, at + 5) in made
    assert (TEXT.rindex("The", 0, at), TEXT.index("slept.", at) + 6) in made


def test_a_word_that_is_still_a_beginning_is_coded_as_it_is_listed(project: Project) -> None:
    kilns = import_document(project, draft("kilns", TEXT))
    before = len(spans(project))
    screen = SearchScreen(project, kilns)

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await ask(pilot, screen, "kil")
        assert "30 hits" in app.drawn()
        await pilot.press("tab", "p")
        assert "Code all 30 hits of kil* as" in app.drawn()
        await pilot.press(*typed("C1"), "enter")
        await collected(app, pilot)
        await pilot.press("y")
        await shown(pilot, screen)
        assert len(spans(project)) == before + 30

    play(screen, script)


def test_codings_of_hidden_coders_neither_show_nor_count_as_there(
    project: Project, open_tiny: Opener
) -> None:
    kilns = import_document(project, draft("kilns", TEXT))
    (code,) = project.db.execute("SELECT id FROM codes WHERE key = 'C1'").fetchone()
    add_codings(project, kilns, 0, TEXT.index(".") + 1, [code])
    other = open_tiny("newcomer")
    screen = SearchScreen(other, kilns)

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await ask(pilot, screen, "kiln")
        assert not any(hit.codes for hit in screen.answer.hits)
        await pilot.press("tab", "1")
        await shown(pilot, screen)
        assert "+ 1 C1 Work" in app.last_row() and "already" not in app.last_row()

    play(screen, script)
    assert len(spans(other, "newcomer")) == 1


def test_a_hit_that_misses_a_word_or_is_a_memo_is_not_coded(project: Project) -> None:
    import_document(project, draft("kilns", TEXT))
    add_memo(project, MemoTarget("project"), "Echo of the strike")
    screen = SearchScreen(project, None)
    before = spans(project)

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await ask(pilot, screen, "kiln lit nobody zzyzx ")
        await pilot.press("tab")
        assert not screen._in_list, "there is no whole hit to go to"
        await ask(pilot, screen, "in:memos echo")
        await pilot.press("tab", "1")
        assert "no passage of a text" in app.last_row()
        await pilot.press("a", "space")
        assert "Nothing to mark" in app.drawn() or "not to be marked" in app.last_row()

    play(screen, script)
    assert spans(project) == before


def test_the_nearest_word_is_taken_by_one_key(project: Project) -> None:
    import_document(project, draft("kilns", TEXT))
    screen = SearchScreen(project, None)

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await ask(pilot, screen, "koan ")
        assert "Nearest words · koan: kiln (30)" in app.drawn()
        assert "Tab puts kiln in place of koan" in app.drawn()
        assert app.last_row().startswith(" Tab nearest word")
        await pilot.press("tab")
        assert screen.field.value == "kiln "
        await until(pilot, lambda: bool(screen.answer.hits))
        await ask(pilot, screen, "kiln ledger ")
        assert "never all in one passage: kiln (30), ledger (1)" in " ".join(app.drawn().split())
        # Word by word, also where words are joined, in phrases and beside filters.
        for query, fixed in (
            ("doc:kilns (kiln koan) ", "doc:kilns (kiln kiln) "),
            ('nobdoxy "kiln wus lit"', 'nobdoxy "kiln was lit"'),
            ("koan NEAR/9 nobdoxy", "kiln NEAR/9 nobdoxy"),
        ):
            await put(pilot, screen, query)
            while taken_first(screen.answer) is not None:
                await pilot.press("tab")
                await until(pilot, lambda: not screen.is_looking)
            assert screen.field.value == fixed
        await put(pilot, screen, '"slept kiln"')
        assert "never as it is asked for: slept (30), kiln (30)" in " ".join(app.drawn().split())
        save_search(project, "odd", "koan lit")
        await put(pilot, screen, "@odd")
        assert "koan: kiln (30)" in app.drawn() and "in place of" not in app.drawn()
        await pilot.press("tab")
        assert "no hits to go to" in app.last_row() and screen.field.value == "@odd"

    play(screen, script)


def test_searches_are_saved_listed_renamed_deleted_and_asked_by_name(project: Project) -> None:
    screen = SearchScreen(project, None)

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await pilot.press("f3")
        assert "No search was saved yet" in app.last_row()
        await ask(pilot, screen, "rained")
        await pilot.press("f2", *typed("wet days"), "enter")
        assert "no name for a search" in app.drawn()
        await pilot.press("f2", *typed("wet"), "enter")
        assert "Saved as @wet" in app.last_row()
        assert [row[1:3] for row in list_searches(project.db)] == [("wet", "rained*")]
        await ask(pilot, screen, "@wet")
        assert len(screen.answer.hits) == 2 and screen.answer.meant == "rained*"
        await ask(pilot, screen, "mill @wett")
        caret = next(row for row in app.drawn().splitlines() if row.strip() == "^")
        assert caret.index("^") == 2 + len("mill ") and "Saved: @wet." in app.drawn()
        for query, said in (("a) mill", "closes nothing"), ("stem:klingon mill", "no stems")):
            await ask(pilot, screen, query)
            for key in ("tab", "f2"):
                await pilot.press(key)
                # In the rows above the keys, too, when it is long.
                assert app.drawn().count(said) == 2 and screen.part == "search_page"
        await ask(pilot, screen, "rained OR (")
        assert len(screen.answer.hits) == 2 and "Not finished" in app.drawn()
        await pilot.press("f2")
        assert "Not finished: This parenthesis is not closed" in app.last_row()
        await ask(pilot, screen, "ledger")
        await pilot.press("f2", *typed("WET"), "enter")
        assert "Replace @wet?" in app.drawn()
        await pilot.press("n", "f3", *typed("we"), "f2", "end", *typed("ter"), "enter")
        assert "@wet is @wetter now" in app.drawn()
        save_search(project, "mills", "mill @wetter")
        await pilot.press("f8")
        assert "Named in @mills" in " ".join(app.drawn().replace("║", "").split())
        await pilot.press("y")
        assert [row[1] for row in list_searches(project.db)] == ["mills"]
        await pilot.press("ctrl+z")
        assert [row[1] for row in list_searches(project.db)] == ["mills", "wetter"]
        await pilot.press("end", "ctrl+u", *typed("wet"), "enter")
        await until(pilot, lambda: screen.field.value == "rained*")

    play(screen, script)


def test_names_at_the_end_of_a_query_are_completed(project: Project) -> None:
    for name, query in (("wet", "rained"), ("wetter", "rained snow"), ("\x1b[31m", "mill")):
        with project.write() as db:
            db.execute(
                "INSERT INTO searches (name, query, coder_id, created_at) VALUES (?, ?, 1, '')",
                (name, query),
            )
    screen = SearchScreen(project, None)

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await put(pilot, screen, "mill @we")
        assert "mill @wet" in app.drawn().splitlines()[1], "it is offered behind what is typed"
        drawn = " ".join(app.drawn().split())
        assert "Tab completes it to @wet · rained" in drawn and "also: @wetter" in drawn
        await pilot.press("right")
        assert screen.field.value == "mill @wet"
        await put(pilot, screen, "code:C1-1-")
        assert "Tab completes it to code:C1-1-1 · Wages" in " ".join(app.drawn().split())
        await put(pilot, screen, "mill doc:le")
        await pilot.press("tab")
        assert screen.field.value == "mill doc:letter"
        await until(pilot, lambda: bool(screen.answer.hits))
        await pilot.press("tab")
        assert screen._in_list, "a whole name leads to the hits"
        await pilot.press("slash", "ctrl+u", *typed("x @we"), "tab")
        assert screen.field.value == "x @wet", "nobody waits for the answer to complete"
        await put(pilot, screen, "@")
        await pilot.press("right")
        assert screen.field.value == "@", "what acts on terminals is not offered"

    play(screen, script)


def test_earlier_queries_come_back_in_the_empty_field(project: Project) -> None:
    asked = Asked()
    asked.add("rained")
    asked.add("mill")
    asked.add("rained")
    screen = SearchScreen(project, None, asked=asked)

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        for wanted in ("rained", "mill", "mill"):
            await pilot.press("up")
            assert screen.field.value == wanted
        await pilot.press("down", "down")
        assert screen.field.value == ""
        await pilot.press("up", "x", "up")
        assert screen.field.value == "rainedx", "what was typed on is no earlier query"
        await ask(pilot, screen, "ledger")
        await pilot.press("enter")

    found = play(screen, script).result
    assert isinstance(found, Found)
    assert asked.step(-1, "") == "ledger"


def test_a_query_with_a_saved_one_leads_on_by_what_was_meant(project: Project) -> None:
    save_search(project, "wet", "rained")
    screen = SearchScreen(project, None)

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await ask(pilot, screen, "@wet")
        await pilot.press("enter")

    found = play(screen, script).result
    assert isinstance(found, Found) and found.query == "rained"


def test_what_is_coded_elsewhere_shows_without_a_key(project: Project, open_tiny: Opener) -> None:
    screen = SearchScreen(project, None)
    (code,) = project.db.execute("SELECT id FROM codes WHERE key = 'C2'").fetchone()

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await ask(pilot, screen, "ledger")
        hit = screen.answer.hits[0]
        assert "C2" not in hit.codes
        add_codings(project, hit.document_id or 0, hit.start, hit.end, [code])
        await until(pilot, lambda: "C2" in screen.answer.hits[0].codes)

    play(screen, script)


def test_a_few_of_all_are_coded_without_asking(project: Project) -> None:
    screen = SearchScreen(project, None)
    before = len(spans(project))

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await ask(pilot, screen, "rained")
        await pilot.press("tab", "a", "space", "2")
        await shown(pilot, screen)
        assert "+ 1 " in app.last_row(), "one mark was taken off"
        await pilot.press("a", "escape")
        assert screen.marked == 0
        await pilot.press("u")
        await shown(pilot, screen)
        assert screen.field.value == "rained* uncoded:", "the last word may go on, as in the list"
        await pilot.press("u")
        assert screen.field.value == "rained"
        await shown(pilot, screen)
        await pilot.press("slash", "ctrl+u", *typed("mill OR rained"), "tab", "u")
        assert screen.field.value == "(mill OR rained*) uncoded:"
        # Where all are coded, the list stays and says so; typed, it says what would be there.
        await pilot.press("slash", "ctrl+u", *typed("ledger"), "tab", "a", "1")
        await shown(pilot, screen)
        await pilot.press("u")
        await until(pilot, lambda: "Every passage found has a code" in app.last_row())
        await shown(pilot, screen)
        assert screen.field.value == "ledger" and screen._in_list
        await put(pilot, screen, "ledger uncoded:")
        assert "Without uncoded: · 1 hit" in app.drawn()

    play(screen, script)
    assert len(spans(project)) == before + 2
