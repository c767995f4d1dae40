"""Hits taken elsewhere: copied in context, written to a file, given a memo."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.bench import Bench, bench_of, on_screen
from tests.conftest import Opener
from tests.tiny import draft
from tui.app.screens.search.screen import SearchScreen
from tui.app.work import LAST_COPY, state_folder
from tui.project.edits.documents import import_document

KILNS = 220
TEXT = "\n\n".join(f"=1+{n}\tThe kiln was lit. Nobody slept." for n in range(KILNS))


async def searched(bench: Bench, query: str, *counts: str) -> SearchScreen:
    await bench.press("s", *query)
    screen = bench.app.screen
    assert isinstance(screen, SearchScreen)
    await bench.until(lambda: not screen.is_looking and screen.answer.total in counts)
    await bench.press("tab")
    return screen


def memos(bench: Bench) -> list[tuple[int, int, str]]:
    return bench.project.db.execute(
        "SELECT start, end, text FROM memos WHERE kind = 'span' ORDER BY id"
    ).fetchall()


@on_screen
async def test_hits_are_copied_in_context_and_given_memos(open_tiny: Opener) -> None:
    async with bench_of(open_tiny("ann"), (120, 30)) as bench:
        screen = await searched(bench, "rained", "2")
        await bench.press("y")
        assert "Copied" in bench.rows()[-1]
        copied = Path(state_folder(), LAST_COPY)
        one = copied.read_text(encoding="utf-8").splitlines()
        await bench.press("a", "y")
        both = copied.read_text(encoding="utf-8").splitlines()
        assert len(one) == 1 and len(both) == 2 and one[0] in both
        words = [line.casefold().index("rained") for line in both]
        assert words[0] == words[1], "the word found is aligned"
        # One memo on the hit that is highlighted: written once, then gone on with.
        await bench.press("escape", "m", *"why", "escape")
        assert memos(bench) == [(*_span(screen, 0), "why")]
        assert "Memo saved" in bench.rows()[-1]
        await bench.press("m", *" so", "escape")
        assert [memo[2] for memo in memos(bench)] == ["why so"]
        await bench.press("z", "z")
        assert memos(bench) == []
        # One on each of those marked: one step of undo.
        await bench.press("a", "m", *"rain", "escape")
        await bench.until(lambda: not screen.is_looking)
        assert {memo[:2] for memo in memos(bench)} == {_span(screen, 0), _span(screen, 1)}
        await bench.press("z")
        assert memos(bench) == []


def _span(screen: SearchScreen, at: int) -> tuple[int, int]:
    hit = screen.answer.hits[at]
    return hit.start, hit.end


@on_screen
async def test_hits_are_written_to_a_new_file_listed_or_not(
    open_tiny: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ann = open_tiny("ann")
    import_document(ann, draft("kilns", TEXT))
    async with bench_of(ann, (120, 30)) as bench:
        screen = await searched(bench, "kiln", "150+", str(KILNS))
        await bench.press("y")
        assert "Copied" in bench.rows()[-1]
        await bench.press("e")
        assert "150+ hits to" in bench.text() or f"{KILNS} hits to" in bench.text()
        await bench.press("ctrl+u", *"all.tsv", "enter")
        await bench.until(lambda: f"{KILNS} hits in all.tsv" in bench.rows()[-1])
        lines = (tmp_path / "all.tsv").read_text(encoding="utf-8").splitlines()
        assert len(lines) == KILNS + 1
        assert all(line.count("\t") == 5 for line in lines), "a tab in a text parts no fields"
        assert lines[0].split("\t")[:2] == ["document", "paragraph"]
        assert [line.split("\t")[1] for line in lines[1:]] == [str(n + 1) for n in range(KILNS)]
        await bench.press("space", "space", "e", "ctrl+u", *"all.tsv", "enter")
        assert "exists already" in bench.rows()[-1]
        await bench.press("e", "ctrl+u", *"two.tsv", "enter")
        assert "2 hits in two.tsv" in bench.rows()[-1]
        assert len((tmp_path / "two.tsv").read_text(encoding="utf-8").splitlines()) == 3
        await bench.until(lambda: screen.lists_all or screen.answer.is_counted)
        await bench.press("escape", "e", "ctrl+u", *"/nowhere/at/all", "enter")
        await bench.until(lambda: "nothing was written" in bench.rows()[-1])


@on_screen
async def test_all_marked_hits_are_copied_and_annotated_whether_they_have_a_row_or_not(
    open_tiny: Opener,
) -> None:
    ann = open_tiny("ann")
    import_document(ann, draft("kilns", TEXT))
    async with bench_of(ann, (120, 30)) as bench:
        screen = await searched(bench, "kiln", "150+", str(KILNS))
        # All but one, before or after they were counted.
        await bench.press("a", "space", "y")
        await bench.until(lambda: f"Copied {KILNS - 1} hits" in bench.rows()[-1])
        lines = Path(state_folder(), LAST_COPY).read_text(encoding="utf-8").splitlines()
        assert len(lines) == KILNS - 1
        assert len({line.index("kiln was") for line in lines}) == 1, "the words are aligned"
        assert lines[-1].startswith(f"kilns ¶{KILNS} ")
        await bench.press("m")
        assert "Write one memo on each of the" in bench.text()
        await bench.press("y", *"hot", "escape")
        await bench.until(lambda: f"Memo on {KILNS - 1} hits" in bench.rows()[-1])
        found = memos(bench)
        assert len(set(found)) == KILNS - 1 and {memo[2] for memo in found} == {"hot"}
        await bench.until(lambda: not screen.is_looking)
        await bench.press("z", "y")  # so large a step is asked for
        await bench.until(lambda: memos(bench) == [])
