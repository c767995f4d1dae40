from __future__ import annotations

from pathlib import Path

from textual.events import Paste
from textual.pilot import Pilot

from tests.app.screens.stage import HOSTILE, PENDING, SIZES, Stage, play, typed, until, walk, widest
from tests.conftest import Opener
from tests.tiny import draft
from tui.app.screens.search.screen import Found, SearchScreen
from tui.model.memo import MemoTarget
from tui.project.edits.codings import add_codings
from tui.project.edits.documents import import_document
from tui.project.edits.memos import add_memo
from tui.project.project import Project
from tui.store.codes import find_code


async def ask(pilot: Pilot[None], screen: SearchScreen, query: str) -> None:
    """Type a query anew and wait for its answer."""
    await pilot.press("ctrl+u", *typed(query))
    await until(pilot, lambda: screen._answer.query == query)
    await pilot.pause()


def test_hits_are_shown_while_the_query_is_typed(project: Project) -> None:
    screen = SearchScreen(project, None)

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        assert "Words in any order" in app.drawn()
        await ask(pilot, screen, "ledg")
        assert "1 hit" in app.drawn()
        assert "letter" in app.drawn()
        await ask(pilot, screen, "한국어한국어")
        assert "한국어한국어… 0 hits" in app.drawn()
        assert "all 2 documents" in app.drawn()
        import_document(project, draft("third", "Nothing of it.\n"))
        screen._study.read_all()
        screen.reload()
        await pilot.pause()
        assert "all 3 documents" in app.drawn()
        await ask(pilot, screen, "ledg")
        await pilot.press("enter")

    found = play(screen, script).result
    assert isinstance(found, Found)
    assert found.query == "ledg*"
    assert project.db.execute(
        "SELECT name FROM documents WHERE id = ?", (found.document_id,)
    ).fetchone() == ("letter",)
    assert found.hits and all(found.start <= a < b <= found.end for a, b in found.hits)


def test_a_mistyped_word_is_found_and_enter_opens_the_highlighted_hit(project: Project) -> None:
    screen = SearchScreen(project, None)

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await ask(pilot, screen, "alwasy")
        assert "2 hits" in app.drawn()
        await pilot.press("down", "enter")

    found = play(screen, script).result
    assert isinstance(found, Found) and found.hits


def test_enter_typed_ahead_waits_for_what_was_typed_and_keeps_later_keys_out_of_the_query(
    project: Project,
) -> None:
    screen = SearchScreen(project, None)

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        screen.field.value = "alwasy"
        screen._ask("alwasy")
        screen.action_open()
        assert screen.holds_keys and app.result == PENDING
        await until(pilot, lambda: app.result != PENDING)
        assert not screen.holds_keys

    found = play(screen, script).result
    assert isinstance(found, Found) and found.query == "alwasy*"


def test_the_search_can_be_kept_to_one_document(project: Project) -> None:
    (talk,) = project.db.execute("SELECT id FROM documents WHERE name = 'talk'").fetchone()
    screen = SearchScreen(project, talk)

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        assert "in talk" in app.drawn()
        await ask(pilot, screen, "ledger")
        assert "0 hits" in app.drawn()
        await ask(pilot, screen, "rained")
        assert "2 hits" in app.drawn()

    play(screen, script)


def test_codes_on_a_hit_are_shown_once_their_coder_is(open_tiny: Opener) -> None:
    zoe = open_tiny("zoe")
    screen = SearchScreen(zoe, None)

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await ask(pilot, screen, "mill")
        assert "Work" in app.drawn()
        await pilot.resize_terminal(160, 48)
        await pilot.pause()
        row = next(row for row in app.drawn().splitlines() if "►" in row)
        assert "C1" in row

    play(screen, script)


def test_nothing_found_names_the_nearest_words_and_the_bottom_row_only_what_helps(
    project: Project,
) -> None:
    screen = SearchScreen(project, None)

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        assert "go there" not in app.last_row() and "save " not in app.last_row()
        await ask(pilot, screen, "ledger")
        assert "Enter go there  Tab to the hits" in app.last_row()
        await ask(pilot, screen, "xyzzy ")
        assert "0 hits for xyzzy" in app.drawn()
        row = app.last_row()
        assert "F2 save" in row and "Ctrl+U empty" in row and "Esc back" in row
        assert "Enter" not in row and "Tab" not in row
        await ask(pilot, screen, "paud ")
        await pilot.press("enter")
        if "0 hits" in app.drawn():
            assert "Nearest words" in app.drawn()

    play(screen, script)


def test_a_query_that_cannot_be_read_shows_where_and_how(project: Project) -> None:
    screen = SearchScreen(project, None)

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await ask(pilot, screen, "doc:lettre mill")
        rows = app.drawn().splitlines()
        caret = next(row for row in rows if row.strip() == "^")
        query = next(row for row in rows if "doc:lettre" in row)
        assert caret.index("^") == query.index("lettre")
        assert "There is no document lettre" in app.drawn()
        assert "letter" in app.drawn().replace("lettre", "")
        await pilot.press("enter")
        assert "Nothing to go to" in app.last_row()
        await ask(pilot, screen, "mill")
        assert "^" not in app.drawn()

    assert play(screen, script).result == PENDING


def test_a_regular_expression_stands_between_slashes(project: Project) -> None:
    screen = SearchScreen(project, None)

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await ask(pilot, screen, "/m.ll/")
        assert "1 hit" in app.drawn()
        await ask(pilot, screen, "/m+[/")
        assert "0 hits" not in app.drawn()
        assert screen._answer.error

    play(screen, script)


def test_a_memo_is_found_where_it_is_asked_for_and_leads_to_its_place(project: Project) -> None:
    code = find_code(project.db, "C1")
    assert code is not None
    coding_ids = add_codings(project, 1, 0, 24, [code.id])
    add_memo(project, MemoTarget("coding", coding_id=next(iter(coding_ids))), "Echo of the strike")
    screen = SearchScreen(project, None)

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await ask(pilot, screen, "in:memos strike")
        assert "memo" in next(row for row in app.drawn().splitlines() if "►" in row)
        await pilot.press("enter")

    found = play(screen, script).result
    assert isinstance(found, Found)
    assert (found.document_id, found.start, found.end) == (1, 0, 24)


def test_a_memo_on_no_document_says_so(project: Project) -> None:
    add_memo(project, MemoTarget("project"), "Echo of the strike")
    screen = SearchScreen(project, None)

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await ask(pilot, screen, "in:memos strike")
        await pilot.press("enter")
        assert "on no place of a document" in app.last_row()
        await pilot.press("escape")

    assert play(screen, script).result is None


def test_typing_replaces_the_query_that_was_kept(project: Project) -> None:
    screen = SearchScreen(project, None, "ledger")

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await until(pilot, lambda: bool(screen._answer.hits))
        await pilot.press(*typed("mill"))
        assert screen.field.value == "mill"

    play(screen, script)


def test_only_the_newest_question_is_answered(project: Project) -> None:
    screen = SearchScreen(project, None)
    shown: list[str] = []

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        searcher = screen._searcher
        assert searcher is not None
        show = screen._show
        screen._show = lambda answer: shown.append(answer.query) or show(answer)  # type: ignore[func-returns-value,method-assign]
        for query in ("m", "mi", "mil", "mill"):
            screen._ask(query)
        await until(pilot, lambda: "mill" in shown)

    play(screen, script)
    assert shown == ["mill"]


def test_the_thread_and_its_reader_end_with_the_screen(project: Project) -> None:
    screen = SearchScreen(project, None)

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await ask(pilot, screen, "mill")
        await pilot.press("escape")

    play(screen, script)
    assert screen._searcher is not None
    assert screen._searcher._closed


def test_what_is_selected_in_hostile_documents_is_shown_safely(
    project: Project, tmp_path: Path
) -> None:
    for number, text in enumerate(HOSTILE):
        if text.strip():
            name = f"{text[:60]} {number}"
            import_document(
                project,
                draft(
                    name.replace("\ud800", ""),
                    f"mill {text}\n\nend of mill\n".replace("\ud800", ""),
                ),
            )
    for size in SIZES:
        screen = SearchScreen(project, None)

        async def script(app: Stage, pilot: Pilot[None], screen: SearchScreen = screen) -> None:
            await ask(pilot, screen, "mill")
            for _ in range(screen.listing.count):
                await walk(pilot, "ctrl+n")
                assert widest(app) <= app.size.width
            for text in HOSTILE:
                await pilot.press("ctrl+u")
                screen.field.post_message(Paste(text))
                await pilot.pause()
            await pilot.resize_terminal(100, 30)
            await pilot.pause()
            await pilot.press("f5")
            assert "no use here" in app.last_row()

        play(screen, script, size)
