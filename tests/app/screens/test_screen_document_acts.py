"""What is done to many documents at once, and a list of very many."""

from __future__ import annotations

from textual.pilot import Pilot

from tests.app.bench import bench_of, on_screen
from tests.app.screens.stage import Stage, play, typed, until
from tests.conftest import Opener
from tests.tiny import draft
from tui.app.screens.documents.screen import DocumentsScreen
from tui.model.memo import MemoTarget
from tui.project.check import canonical_dump
from tui.project.edits.cases import set_attribute
from tui.project.edits.codings import add_codings
from tui.project.edits.documents import import_document
from tui.project.edits.memos import add_memo
from tui.project.edits.readings import show_coders
from tui.project.project import Project
from tui.project.undo import undo
from tui.store.cases import document_attributes
from tui.store.coverage import uncoded_passages
from tui.store.documents import insert_document, list_documents
from tui.store.memos import list_memos
from tui.store.writer import transaction
from tui.text.cut import pack_cut


def more(project: Project, *names: str) -> None:
    for name in names:
        import_document(project, draft(name, f"{name} came.\n\nNobody stayed.\n"))


def test_an_attribute_is_set_for_all_marked_documents_and_undone_in_one_step(
    project: Project,
) -> None:
    more(project, "mill", "weir")
    set_attribute(project, "kind", "letter", document_id=1)

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await pilot.press("j", "space", "space", "a")
        await pilot.pause()
        assert "name=value for 2 documents" in app.drawn() and "There are: kind" in app.drawn()
        await pilot.press(*typed("Kind=an old talk"), "enter")
        await pilot.pause()
        assert "kind = an old talk on 2 documents   z undo" in app.last_row()
        assert "2 marked" in app.drawn()
        await pilot.press("a")
        await pilot.pause()
        await pilot.press(*typed("kind"), "enter")
        await pilot.pause()
        assert "that is not name=value" in app.last_row()

    play(DocumentsScreen(project, None), script)
    values = {each: row["kind"] for each, row in document_attributes(project.db).items()}
    assert values == {1: "letter", 2: "an old talk", 3: "an old talk"}
    undo(project)
    assert document_attributes(project.db) == {1: {"kind": "letter"}}


def test_marked_documents_are_deleted_after_a_word_and_brought_back_in_one_step(
    project: Project,
) -> None:
    more(project, "mill", "weir")
    add_codings(project, 3, 0, 4, [1])
    add_memo(project, MemoTarget("document", document_id=4), "short")
    screen = DocumentsScreen(project, None)

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await pilot.press("asterisk", "x")
        await pilot.pause()
        assert "Delete 3 documents?" in app.drawn(), "what stays is known before it is asked"
        assert "1 coding and 1 memo go with them." in app.drawn()
        await pilot.press(*typed("delete"), "enter")
        await pilot.pause()
        assert "Deleted 3 documents   z undo" in app.last_row()
        # zoe's codings keep the letter here, and the reason is said.
        assert "Other coders have codings in letter" in app.drawn()
        assert [one.document.name for one in screen._shown] == ["letter"]
        await pilot.press("z")
        await pilot.pause()
        assert screen.listing.count == 4
        assert "Undone: Deleted 3 documents (1 coding)" in app.last_row()

    play(screen, script)
    assert len(list_documents(project.db)) == 4


def test_documents_are_grouped_and_a_heading_marks_its_group(project: Project) -> None:
    more(project, "mill", "weir")
    for document_id, value in ((1, "old"), (3, "old"), (2, "new")):
        set_attribute(project, "age", value, document_id=document_id)
    screen = DocumentsScreen(project, None)

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await pilot.press("g")
        rows = [row.strip(" ►") for row in app.drawn().splitlines()[3:10]]
        heads = [row.split("·")[0].strip() for row in rows if row.startswith("age")]
        assert heads == ["age: new", "age: old", "age: (none)"]
        assert "group: age" in app.drawn()
        await pilot.press("home", "enter")
        assert "heading of a group" in app.last_row()
        await pilot.press("j", "j", "space")
        assert "2 marked" in app.drawn()
        await pilot.press("a")
        await pilot.pause()
        assert "Tab writes age=" in app.drawn(), "offered, not written"
        await pilot.press("tab")
        await pilot.pause()
        assert "> age=" in app.drawn()
        await pilot.press("escape", "g")
        assert "group:" not in app.drawn() and "2 marked" in app.drawn()
        await pilot.press("slash", *typed("weir"), "enter")
        assert "2 marked (2 not shown)" in app.drawn()
        # Marks that cannot be seen are not acted on.
        await pilot.press("a")
        await pilot.pause()
        assert "name=value for weir" in app.drawn()

    play(screen, script)
    assert screen._marked == {1, 3}


def test_other_coders_are_nowhere_until_they_are_turned_on(open_tiny: Opener) -> None:
    ann = open_tiny("ann")
    add_codings(ann, 2, 0, 4, [1])
    seen = []

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        seen.append(app.drawn())

    play(DocumentsScreen(ann, None), script)
    letter = next(row for row in seen[0].splitlines() if "letter" in row)
    assert " 3/3 " in letter and "coders" not in seen[0] and "zoe" not in seen[0]
    show_coders(ann, ["zoe"])
    play(DocumentsScreen(ann, None), script, (160, 48))
    letter = next(row for row in seen[1].splitlines() if "►   letter" in row)
    assert " 2/3 " in letter and "zoe" in letter and "CODERS  zoe 3" in seen[1]


def test_uncoded_passages_are_counted_as_a_look_at_each_would(project: Project) -> None:
    import_document(project, draft("mill", "# Head\n\n" + "One word. Two.\n\n" * 12))
    for start, end in ((0, 3), (8, 9), (20, 60), (24, 26), (57, 58), (100, 140)):
        add_codings(project, 3, start, end, [1])
    ids = [1, 2]
    wanted: dict[int, tuple[int, int]] = {}
    for document in list_documents(project.db):
        passages = project.db.execute(
            "SELECT start, end FROM passages WHERE document_id = ? AND kind <> 'heading'"
            " AND end > start",
            (document.id,),
        ).fetchall()
        spans = project.db.execute(
            "SELECT start, end FROM codings WHERE document_id = ?", (document.id,)
        ).fetchall()
        uncoded = sum(not any(s < end and e > start for s, e in spans) for start, end in passages)
        wanted[document.id] = (uncoded, len(passages))
    assert uncoded_passages(project.db, ids) == wanted
    assert uncoded_passages(project.db, [])[1] == (3, 3)


def fill(project: Project, count: int) -> None:
    """Put very many short documents into a project, by the store's own hands."""
    cut = pack_cut([(0, 5)], [(0, 4)])
    with transaction(project.db):
        for number in range(count):
            row: dict[str, str | int | None] = {
                "name": f"note {number:04}",
                "position": number + 10,
                "language": "en",
                "source": f"{number}.txt",
                "source_sha256": "",
                "text_sha256": "",
                "chars": 5,
                "passages": 1,
                "lead": "",
                "notes": "",
                "imported_at": "",
            }
            insert_document(project.db, row, b"", [(1, 0, 5, "paragraph", None, "Word.", "", cut)])


def test_two_thousand_documents_cost_as_many_queries_as_two_and_draw_what_is_in_sight(
    project: Project,
) -> None:
    counts: list[int] = []
    drawn: list[int] = []
    for size in (0, 2_000):
        fill(project, size)
        screen = DocumentsScreen(project, None)
        asked: list[str] = []

        async def script(app: Stage, pilot: Pilot[None], screen: DocumentsScreen = screen) -> None:
            await until(pilot, lambda: "counting" not in app.drawn())
            if screen.listing.count < 1_000:
                return
            plain = screen.listing._draw

            def counted(index: int, cells: int) -> list[object]:
                drawn.append(index)
                return plain(index, cells)  # type: ignore[return-value]

            screen.listing._draw = counted  # type: ignore[assignment]
            for key in ("j", "pagedown", "end", "o", "O"):
                drawn.clear()
                await pilot.press(key)
                await pilot.pause()
                assert 0 < len(set(drawn)) <= app.size.height
            await pilot.press("slash", *typed("1234"))
            assert screen.listing.count == 1

        project.db.set_trace_callback(asked.append)
        play(screen, script)
        project.db.set_trace_callback(None)
        counts.append(len(asked))
    # What is known of many is read in a thread, by a connection of its own.
    assert counts[1] <= counts[0]


def test_documents_are_marked_read_or_set_aside_and_unread_again(project: Project) -> None:
    more(project, "mill", "weir")
    before = list(canonical_dump(project.db))

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await pilot.press("j", "space", "space", "S")
        await pilot.pause()
        assert "2 documents: set aside   z undo" in app.last_row()
        await pilot.press("S")
        await pilot.pause()
        assert "2 documents: unread again" in app.last_row()
        await pilot.press("escape", "R")
        await pilot.pause()
        assert ": read   z undo" in app.last_row()
        await pilot.press("z")
        await pilot.pause()

    play(DocumentsScreen(project, None), script)
    assert list(canonical_dump(project.db)) == before


def test_a_large_undo_asks_first(project: Project) -> None:
    more(project, *(f"mill {at}" for at in range(25)))

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await pilot.press("asterisk", "a")
        await pilot.pause()
        await pilot.press(*typed("kind=mill"), "enter")
        await pilot.pause()
        await pilot.press("z")
        await pilot.pause()
        assert "changes in one step?" in app.drawn()
        await pilot.press("y")
        await until(pilot, lambda: "Undone" in app.last_row())
        assert document_attributes(project.db) == {}
        await pilot.press("Z")
        await pilot.pause()
        assert "Redo 2" in app.drawn() and "changes in one step?" in app.drawn()
        await pilot.press("n")
        await pilot.pause()
        assert "Nothing was changed" in app.last_row()

    play(DocumentsScreen(project, None), script)
    assert document_attributes(project.db) == {}


@on_screen
async def test_a_memo_on_the_highlighted_document_is_written_from_the_list(
    project: Project,
) -> None:
    async with bench_of(project) as bench:
        await bench.press("d", "j", "m")
        assert "Memo on talk" in bench.text()
        await bench.press(*"short", "escape")
        assert "Memo saved   z undo" in bench.rows()[-1] and "DOCUMENTS" in bench.text()
        await bench.press("asterisk", "m")
        assert "short" in bench.text()
        await bench.press("s", "escape")
        assert "Memo saved · on talk only, not on the marked ones   z undo" in bench.rows()[-1]
    memos = list_memos(project.db, coder_ids=[project.coder_id])
    assert [(each.target.document_id, each.text) for each in memos] == [(2, "shorts")]
