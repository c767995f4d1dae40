"""Memos on bare words are seen: a sign in the margin, a word in the row below."""

from __future__ import annotations

from tests.app.bench import bench_of, on_screen
from tui.app.document.annotations import Annotations
from tui.model.memo import MemoTarget
from tui.project.edits.memos import add_memo
from tui.project.project import Project
from tui.store.documents import list_documents


def test_spans_are_found_where_they_begin_and_where_they_reach() -> None:
    known = Annotations([(10, 40), (12, 14), (60, 70)])
    assert known.begin_in(0, 11) and known.begin_in(60, 61) and not known.begin_in(13, 60)
    assert known.touch(30, 31) and known.touch(0, 11) and not known.touch(40, 60)
    assert not Annotations().touch(0, 9) and not Annotations().begin_in(0, 9)


@on_screen
async def test_words_with_a_memo_have_a_sign_beside_them_and_below(project: Project) -> None:
    async with bench_of(project) as bench:
        assert '1"' not in bench.rows()[2] and "m on words" not in bench.text()
        await bench.press("a", *"odd", "escape")
        assert '1"' in bench.rows()[2]
        assert "here: no code yet  m on words" in bench.rows()[-3]
        await bench.press("c", *"pay", "enter")
        assert "P Pay  m on words" in bench.rows()[-3]
        await bench.press("j")
        assert "m on words" not in bench.text() and '1"' in bench.rows()[2]
        await bench.press("k", "z", "z")
        assert '1"' not in bench.rows()[2] and "m on words" not in bench.text()


@on_screen
async def test_it_is_there_when_the_document_opens(project: Project) -> None:
    letter = next(each for each in list_documents(project.db) if each.name.startswith("letter"))
    add_memo(project, MemoTarget("span", document_id=letter.id, start=25, end=40), "low")
    async with bench_of(project, (40, 12)) as bench:
        assert [row[4] for row in bench.rows()[1:3]] == ["·", '"']
