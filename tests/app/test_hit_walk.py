"""From hit to hit with n and N, into other documents and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.app.bench import Bench, bench_of, on_screen
from tests.tiny import draft
from tui.app.actions.hits import beyond
from tui.app.screens.search.screen import SearchScreen
from tui.project.edits.documents import import_document
from tui.project.project import Project

SPANS = st.lists(st.tuples(st.integers(0, 50), st.integers(1, 9))).map(
    lambda pairs: sorted({(start, start + length) for start, length in pairs})
)


@given(SPANS, st.integers(0, 60), st.integers(0, 9), st.sampled_from([1, -1]))
def test_the_nearest_hit_is_found_as_by_a_look_at_all(
    hits: list[tuple[int, int]], start: int, length: int, direction: int
) -> None:
    at = (start, start + length)
    if direction > 0:
        expected = min((hit for hit in hits if hit[0] >= at[1]), default=None)
    else:
        expected = max((hit for hit in hits if hit[1] <= at[0]), default=None)
    assert beyond(hits, at, direction) == expected


def where(bench: Bench) -> tuple[str, str]:
    """Return the document and the selected words."""
    desk = bench.screen.desk
    assert desk.study.document is not None
    start, end = desk.view.selected_span or (0, 0)
    return desk.study.document.name, desk.view.text.slice(start, end)


async def search(bench: Bench, key: str, word: str) -> None:
    """Search for a word and go to the first hit of the list."""
    await bench.press(key, *word)
    await bench.until(
        lambda: (
            isinstance(bench.app.screen, SearchScreen)
            and bool(bench.app.screen._answer.hits)
            and bench.app.screen._answer.query == word
        )
    )
    await bench.press("enter")


def add(project: Project) -> None:
    import_document(project, draft("quiet", "Nothing to find here. Nor here."))
    import_document(project, draft("zeppelins", "A zeppelin rose.\n\nRain.\n\nTwo zeppelins fell."))
    import_document(project, draft("yard", "In the yard lay a zeppelin. Then snow."))


@on_screen
async def test_n_goes_through_all_documents_that_have_a_hit_and_back(project: Project) -> None:
    add(project)
    async with bench_of(project) as bench:
        await search(bench, "s", "zeppelin")
        first = where(bench)
        bench.screen.desk.open_document(bench.screen.desk.study.documents[0].id)
        seen = []
        for _ in range(3):
            before = where(bench)
            await bench.press("n")
            await bench.until(lambda old=before: where(bench) != old)  # type: ignore[misc]
            seen.append(where(bench))
        assert first in seen
        assert seen == [
            ("zeppelins", "A zeppelin rose."),
            ("zeppelins", "Two zeppelins fell."),
            ("yard", "In the yard lay a zeppelin."),
        ]
        assert "Now in yard" in bench.rows()[-1]
        await bench.press("n")
        await bench.until(lambda: "No hit after this one" in bench.text())
        await bench.press("N")
        await bench.until(lambda: where(bench) == seen[1])
        await bench.press("N")
        assert where(bench) == seen[0]
        await bench.press("N")
        await bench.until(lambda: "No hit before this one" in bench.text())


@on_screen
async def test_a_search_of_one_document_stays_in_it(project: Project) -> None:
    add(project)
    async with bench_of(project) as bench:
        document = next(d for d in bench.screen.desk.study.documents if d.name == "zeppelins")
        bench.screen.desk.open_document(document.id)
        await search(bench, "/", "zeppelin")
        await bench.press("end", "n")
        await bench.until(lambda: "No hit after this one · s searches all" in bench.text())
        assert where(bench)[0] == "zeppelins"


@on_screen
async def test_who_goes_on_meanwhile_is_not_carried_away(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(project)
    async with bench_of(project) as bench:
        await search(bench, "s", "zeppelin")
        desk = bench.screen.desk
        waiting = []
        monkeypatch.setattr(desk, "in_background", lambda doing, work: waiting.append(work))
        desk.open_document(desk.study.documents[0].id)
        await bench.press("n", "n")
        assert "Still looking" in bench.rows()[-2]
        await bench.press("j")
        here = where(bench)
        waiting[0]()()
        assert where(bench) == here
