from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.app.screens.stage import HOSTILE, PENDING, SIZES, Stage, play, typed, until, walk, widest
from tests.conftest import Opener
from tests.tiny import draft
from tui.app.screens.documents.facts import Facts, Line
from tui.app.screens.documents.filter import Filter
from tui.app.screens.documents.screen import DocumentsScreen
from tui.app.screens.documents.table import columns_for, fitting, in_order
from tui.app.screens.prompt import PromptScreen
from tui.model.code import Code
from tui.model.document import Document
from tui.project.edits.cases import set_attribute
from tui.project.edits.documents import import_document
from tui.project.edits.readings import mark_passages
from tui.project.project import Project
from tui.store.documents import list_documents


def names(project: Project) -> list[str]:
    return [document.name for document in list_documents(project.db)]


def line(name: str, **attributes: str) -> Line:
    document = Document(1, name, 1, "en", name, 100, 4, "", "")
    return Line(document, Facts(2, 1, 9, {"C1-1": 9}, attributes, 1, 3, {"AB": 9}))


CODES = [
    Code(1, "C1", "Work", None, 1),
    Code(2, "C1-1", "Pay", 1, 1),
    Code(3, "C2", "Rain", None, 2),
]


def test_enter_opens_the_highlighted_document(project: Project) -> None:
    async def script(app: Stage, pilot: Pilot[None]) -> None:
        rows = app.drawn().splitlines()
        assert "►" in next(row for row in rows if "letter" in row)
        await pilot.press("j", "enter")

    assert play(DocumentsScreen(project, None), script).result == 2


def test_the_open_document_is_highlighted_at_first(project: Project) -> None:
    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await pilot.press("enter")

    assert play(DocumentsScreen(project, 2), script).result == 2


def test_what_is_known_of_each_document_is_in_its_columns(open_tiny: Opener) -> None:
    zoe = open_tiny("zoe")
    mark_passages(zoe, 2, 0, 10_000, "read")
    set_attribute(zoe, "year", "1993", document_id=1)

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        rows = app.drawn().splitlines()
        letter = next(row for row in rows if "letter" in row)
        assert " 2/3 " in letter and " 3 " in letter and "1993" in letter
        talk = next(row for row in rows if "talk" in row)
        assert " 3/3 " in talk and "100%" in talk

    play(DocumentsScreen(zoe, None), script)


def test_a_filter_reads_names_attributes_and_codes() -> None:
    mill = line("the mill 1911", year="1911", role="Clerk")
    attributes = ["year", "role"]

    def left(text: str) -> bool:
        return Filter(text, attributes, CODES).holds(mill)

    assert left("") and left("MILL the") and not left("weir")
    assert left("year=1911") and left("year>=1900 year<1912") and not left("year>1911")
    assert left("role=clerk") and left("ROLE!=cook") and not left("role!=clerk")
    assert left("coded:c1-1") and not left("coded:C1") and left("coded:C1+") and left("coded:pay")
    assert not left("-coded:C1-1") and left("-coded:C2") and left("coded:") and not left("-coded:")
    assert left("uncoded:") and not left("-uncoded:") and left("unread:")
    assert not left("age>3") and "No attribute age" in Filter("age>3", attributes).trouble
    assert not left("coded:weir") and "No code weir" in Filter("coded:weir", [], CODES).trouble
    dated = line("a brief", made="2013-02-12")
    for text, expected in (("made<=2013", True), ("made>2013", False), ("made=2013-02", True)):
        assert Filter(text, ["made"]).holds(dated) is expected
    boris = line("the brief", president="Boris Yeltsin")
    assert Filter('president="boris yeltsin" brief', ["president"]).holds(boris)
    # What is still being typed leaves all documents.
    assert left("role=") and Filter('president="boris y', ["president"]).holds(boris) is False


def test_a_filter_is_typed_kept_and_cleared(project: Project) -> None:
    screen = DocumentsScreen(project, None)

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await pilot.press("slash", *typed("tal"))
        assert screen.listing.count == 1
        await pilot.press("enter")
        assert screen.listing.count == 1
        await pilot.press("escape")
        assert screen.listing.count == 2
        await pilot.press("slash", *typed("age>3"))
        assert "No attribute age" in app.drawn()
        await pilot.press("escape", "slash", *typed("read:no"))
        assert "read:no is looked for as a word; conditions are coded:" in app.drawn()
        await pilot.press("escape", "escape")

    assert play(screen, script).result is None


def test_the_list_is_sorted_by_one_column_after_the_other(project: Project) -> None:
    screen = DocumentsScreen(project, None)
    orders = []

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        for _ in range(7):
            orders.append((screen._sorted_by, [one.document.name for one in screen._shown]))
            await pilot.press("o")
        assert "sort: imported ▲" in app.drawn()
        await pilot.press("o", "O")
        assert "sort: name ▼" in app.drawn()
        assert [one.document.name for one in screen._shown] == ["talk", "letter"]

    play(screen, script)
    assert [by for by, _ in orders] == ["", "name", "uncoded ¶", "read", "segs", "codes", "chars"]
    assert orders[2][1] == ["letter", "talk"] and orders[-1][1] == ["letter", "talk"]


def test_what_has_no_value_comes_last_in_both_directions() -> None:
    lines = [line("a", year="1911"), line("b"), line("c", year="12"), line("d", year="late")]
    by = next(one for one in columns_for(lines) if one.title == "year")
    for turned, wanted in ((False, "cadb"), (True, "dacb")):
        assert "".join(each.document.name for each in in_order(lines, by, turned=turned)) == wanted


def test_columns_go_where_there_is_no_room_but_never_the_name() -> None:
    columns = columns_for([line("n" * 200, **{f"attribute {n}": "value" for n in range(9)})])
    for cells in range(12, 160):
        shown = fitting(columns, cells)
        assert shown[0].title == "name"
        assert sum(one.cells + 2 for one in shown) - 2 <= max(cells, 14)


def test_a_document_is_renamed(project: Project) -> None:
    screen = DocumentsScreen(project, None)

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await pilot.press("r")
        await pilot.pause()
        await pilot.press("ctrl+u", *typed("talk"), "enter")
        await pilot.pause()
        assert "is in the project already" in app.last_row()
        await pilot.press("f2")
        await pilot.pause()
        await pilot.press("2", "enter")
        await pilot.pause()
        assert "letter2" in app.drawn()
        assert "z undo" in app.last_row()

    play(screen, script)
    assert names(project) == ["letter2", "talk"]


def test_a_document_is_deleted_after_a_question(project: Project) -> None:
    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await pilot.press("j", "x")
        await pilot.pause()
        assert "Delete talk?" in app.drawn()
        await pilot.press("n")
        await pilot.pause()
        await pilot.press("x")
        await pilot.pause()
        await pilot.press("y")
        await pilot.pause()
        assert "Deleted document talk" in app.last_row()

    play(DocumentsScreen(project, None), script)
    assert names(project) == ["letter"]


def test_what_was_done_here_is_undone_here(project: Project) -> None:
    screen = DocumentsScreen(project, None)

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await pilot.press("j", "x")
        await pilot.pause()
        await pilot.press("y")
        await pilot.pause()
        assert screen.listing.count == 1
        await pilot.press("z")
        await pilot.pause()
        assert screen.listing.count == 2
        await pilot.press("Z")
        await pilot.pause()
        assert screen.listing.count == 1
        await pilot.press("Z")
        await pilot.pause()
        assert "redo" in app.last_row().lower() or "nothing" in app.last_row().lower()

    play(screen, script)
    assert names(project) == ["letter"]


def test_what_is_known_of_many_documents_comes_after_their_names(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.app.screens.documents.list._MANY", 1)
    set_attribute(project, "year", "1993", document_id=1)
    screen = DocumentsScreen(project, 2)

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await until(pilot, lambda: "1993" in app.drawn())
        assert "3/3" in app.drawn()
        await pilot.press("enter")

    assert play(screen, script).result == 2


def test_a_document_with_others_codings_stays_and_the_reason_is_said(project: Project) -> None:
    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await pilot.press("x")
        await pilot.pause()
        said = " ".join(app.drawn().split())
        assert "codings in letter. They must remove them first, or the document stays." in said

    play(DocumentsScreen(project, None), script)
    assert names(project) == ["letter", "talk"]


def imported(project: Project, path: Path) -> str:
    """Import a path through the screen; return what the screen says in the end."""
    screen = DocumentsScreen(project, None)
    said = []

    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await pilot.press("i")
        await pilot.pause()
        assert isinstance(app.screen, PromptScreen)
        app.screen.field.value = str(path)
        await pilot.press("enter")
        await until(pilot, lambda: "mported" in app.drawn() or "folder" in app.drawn())
        await until(pilot, lambda: screen._importer is None)
        await pilot.pause()
        said.append(app.drawn())

    play(screen, script)
    return said[0]


def test_a_file_is_imported(project: Project, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("The weir broke.\n\nNobody came.\n")
    assert "Imported 1 file" in imported(project, tmp_path / "note.txt")
    assert names(project) == ["letter", "talk", "note"]


def test_a_folder_is_imported_and_what_is_refused_is_told(project: Project, tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text("One.\n")
    (folder / "b.md").write_text("# Two\n")
    (folder / "c.txt").write_bytes(b"\x00\x01\x02\x03" * 400)
    (folder / "scan.pdf").write_bytes(b"%PDF-1.4")
    (folder / "talk.txt").write_text("Again.\n")
    said = imported(project, folder)
    assert "Imported 2 of 4 files" in said
    assert "c.txt" in said and "talk" in said and "scan.pdf" in said
    assert names(project) == ["letter", "talk", "a", "b"]


def test_what_cannot_be_imported_is_refused_in_words(project: Project, tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.4")
    said = imported(project, tmp_path / "scan.pdf")
    assert "Nothing was imported" in said and "pdf" in said.lower()
    assert "Nothing was imported" in imported(project, tmp_path / "missing.txt")
    assert names(project) == ["letter", "talk"]


def test_keys_without_use_are_answered_and_escape_goes_back(project: Project) -> None:
    async def script(app: Stage, pilot: Pilot[None]) -> None:
        await pilot.press("q")
        assert "q: no use here" in app.last_row()
        await pilot.press("ctrl+c")
        assert "Nothing goes on" in app.last_row()
        await pilot.press("escape")

    assert play(DocumentsScreen(project, None), script).result is None


def test_hostile_names_are_listed_in_every_window(project: Project) -> None:
    for number, text in enumerate(HOSTILE):
        if text.strip():
            name = text.replace("\ud800", "")
            document = import_document(project, draft(f"{name} {number}", "Text.\n"))
            set_attribute(project, "kind", name[:1_000], document_id=document)
    for size in SIZES:
        screen = DocumentsScreen(project, None)

        async def script(app: Stage, pilot: Pilot[None], screen: DocumentsScreen = screen) -> None:
            for _ in range(screen.listing.count + 3):
                await walk(pilot, "ctrl+n")
                assert widest(app) <= app.size.width
            await pilot.press("o", "o", "slash", *typed("red"))
            await pilot.resize_terminal(60, 15)
            await pilot.pause()
            assert "not red" in app.drawn()

        assert play(screen, script, size).result == PENDING
