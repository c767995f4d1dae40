"""In vivo coding with v and V."""

from __future__ import annotations

import pytest

from tests.app.bench import bench_of, on_screen
from tui.app.actions.in_vivo import LONGEST_NAME, name_from, named
from tui.model.code import Code
from tui.project.project import Project
from tui.store.codes import list_codes


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("“tired of tests”, ", "tired of tests"),
        ("— the\nloud\tone —", "the loud one"),
        ("(what?)", "what"),
        ("\x1b[31mred\x07", "31mred"),
        ("…", ""),
        ("工资。", "工资"),
        ("می‌خواهم", "می‌خواهم"),
        ("C++", "C++"),
    ],
)
def test_words_become_a_name_of_one_line_without_punctuation_at_its_ends(
    words: str, name: str
) -> None:
    assert name_from(words) == name


def test_a_long_name_ends_with_a_whole_word_where_there_is_one() -> None:
    assert name_from("word " * 40) == ("word " * 16).strip()
    assert name_from("x" * 200) == "x" * LONGEST_NAME


def test_a_code_of_that_name_is_found_anywhere_first_of_all_beside() -> None:
    codes = [Code(1, "C1", "Pay", None, 1), Code(2, "C2", "Work", None, 2),
             Code(3, "C2-1", "pay", 2, 1)]  # fmt: skip
    assert named(codes, " PAY ", None) == codes[0]
    assert named(codes, "pay", 2) == codes[2]
    assert named(codes, "work", 1) == codes[1]
    assert named(codes, "p", None) is None


@on_screen
async def test_v_capital_makes_a_code_of_the_words_at_once_and_undoes_as_one_act(
    project: Project,
) -> None:
    async with bench_of(project) as bench:
        await bench.press("f", "m", "i", "V")
        assert bench.own() == [(4, 8, "C3")]
        assert list_codes(project.db)[-1].name == "mill"
        assert "+ C3 mill on 1 word" in bench.text()
        await bench.press("z")
        assert bench.own() == [] and len(list_codes(project.db)) == 4
        await bench.press("V")
        assert "Nothing" not in bench.text() and len(bench.own()) == 1
        # The same word again, and a name that is there already, under another parent too.
        await bench.press("V")
        assert "Already coded C3 mill" in bench.text() and len(list_codes(project.db)) == 5
        await bench.press("f", "w", "a", "a", "V")
        assert bench.own()[-1][2] == "C1-1-1" and len(list_codes(project.db)) == 5


@on_screen
async def test_v_lets_the_name_be_changed_and_the_place_be_chosen(project: Project) -> None:
    async with bench_of(project) as bench:
        await bench.press("f", "m", "i", "v")
        assert "> mill" in bench.text() and "C3, at the top of the codebook" in bench.text()
        await bench.press("tab")
        assert "C1-2, under C1 Work" in bench.text()
        await bench.press(*" [bold]", "enter")
        assert list_codes(project.db)[-1].name == "mill [bold]" or "mill [bold]" in bench.text()
        assert bench.own() == [(4, 8, "C1-2")]
        await bench.press("v", "escape")
        assert len(bench.own()) == 1


@on_screen
async def test_more_than_six_words_are_asked_about_first(project: Project) -> None:
    async with bench_of(project) as bench:
        await bench.press("J", "V")
        assert "> The mill opened in 1911. Nobody spoke of wages then" in bench.text()
        await bench.press("enter")
        assert [row[2] for row in bench.own()] == ["C3"]
        await bench.press("=", "=", "=", "=", "V")
        assert "New code in the words of the text" in bench.text()
