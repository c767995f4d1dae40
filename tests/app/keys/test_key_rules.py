"""The coder's own keys: what may stand in the settings, and what happens to what may not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.bench import bench_of, on_screen
from tests.tiny import make_tiny
from tui.app.actions import ACTIONS
from tui.app.keybook import turn, use
from tui.app.keymap import KeyTable, Unbound, Waiting
from tui.app.keys.layouts import normalise
from tui.app.keys.names import BadKey, read_keys
from tui.app.keys.presets import PRESETS
from tui.app.keys.rules import KeySet, find_clashes, make_keys, preset_keys
from tui.config import BY_NAME, KeyLine
from tui.project.project import Project


def made(*lines: tuple[str, object], preset: str = "default") -> KeySet:
    """Return what settings make of the keys, each line with its place."""
    return make_keys(
        preset,
        [KeyLine(id, value, f"config.toml line {n}") for n, (id, value) in enumerate(lines, 1)],
    )


def said(*lines: tuple[str, object]) -> str:
    """Return what is said of lines, all of it in one text."""
    return " | ".join(f"{problem} {problem.hint}" for problem in made(*lines).problems)


def test_a_key_or_a_list_of_keys_is_taken_and_none_takes_the_key_away() -> None:
    found = made(
        ("code.pick", ["C", "Ctrl+K"]), ("go.uncoded", "g o"), ("code.again", ""), ("edit.redo", [])
    )
    assert found.problems == []
    assert found.keys["code.pick"] == ("C", "ctrl+k")
    assert found.keys["go.uncoded"] == ("g o",)
    assert found.keys["code.again"] == found.keys["edit.redo"] == ()


def test_two_acts_may_trade_their_keys() -> None:
    found = made(("code.pick", "m"), ("memo.open", "c"))
    assert not found.problems and found.keys["code.pick"] == ("m",)


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([("code.remove", "ctrl+h")], "Key 'ctrl+h' cannot be told from Backspace in terminals;"
         " code.remove keeps 'u' 'Delete'. (config.toml line 1)"),
        ([("code.remove", "ctrl+i")], "cannot be told from Tab"),
        ([("code.remove", "Ctrl+M")], "cannot be told from Enter"),
        ([("code.remove", "ctrl+[")], "cannot be told from Esc"),
        ([("code.remove", "ctrl+j")], "line end of pasted text"),
        ([("code.remove", "ctrl+space")], "null byte"),
        ([("code.remove", "ctrl+shift+x")], "not sent by most terminals"),
        ([("code.remove", "alt+x")], "arrives as Esc and a key"),
        ([("code.remove", "shift+x")], "Write X."),
        ([("code.remove", "shift+enter")], "arrives as Enter in most terminals"),
        ([("code.remove", "dwon")], "Did you mean down?"),
        ([("code.remove", "ctlr+x")], "Did you mean ctrl+x?"),
        ([("code.remove", "о")], "is read as j, by its place on the keyboard"),
        ([("code.remove", "j,down")], 'Several keys are a list: ["j", "down"].'),
        ([("code.remove", "g u x")], "more than two keys"),
        ([("code.remove", 7)], "must be a key in quotes, or a list"),
        ([("code.remvoe", "X")], "There is no 'code.remvoe' to give a key to. (config.toml line 1)"
         " Did you mean code.remove?"),
        ([("edit.undo", "c")], "Key 'c' belongs to code.pick (code…) in the text; edit.undo keeps"
         " 'z' 'Ctrl+Z'."),
        ([("edit.undo", "g")], "Key 'g' begins keys of"),
        ([("code.pick", "escape")], "always means: back to the text"),
        ([("pane.text", "X")], "Esc always stays with 'back to the text'"),
        ([("app.palette", "")], "app.palette needs a key"),
        ([("picker.apply", "x")], "The keys of picker.apply cannot be changed"),
        ([("picker.mark", "x")], "is text in the code picker"),
        ([("documents.sort", "g s")], "a row of keys"),
        ([("documents.sort", "r")], "belongs to documents.rename (rename) in documents"),
        ([("edit.undo", "ctrl+b")], "may be kept by tmux"),
    ],
)  # fmt: skip
def test_a_bad_line_is_named_with_its_place_and_what_to_write(
    lines: list[tuple[str, object]], words: str
) -> None:
    assert words in said(*lines)


def test_a_bad_line_leaves_its_act_as_it_was_and_the_others_count() -> None:
    found = made(("code.remove", "ctrl+h"), ("edit.undo", "c"), ("code.again", "Y"))
    assert found.keys["code.remove"] == ("u", "delete") and found.keys["edit.undo"][0] == "z"
    assert found.keys["code.again"] == ("Y",)
    assert [problem.id for problem in found.problems] == ["code.remove", "edit.undo"]


def test_of_two_lines_that_clash_the_later_gives_way() -> None:
    found = made(("code.pick", "Y"), ("edit.undo", "Y"))
    assert found.keys["code.pick"] == ("Y",) and found.keys["edit.undo"][0] == "z"


@pytest.mark.parametrize("name", PRESETS)
def test_in_every_preset_keys_are_unique_and_nothing_loses_its_last_one(name: str) -> None:
    keys = preset_keys(name)
    assert list(find_clashes(keys)) == []
    by_name_only = {id for id, own in PRESETS[name].keys.items() if not own}
    for action in ACTIONS:
        if action.keys and action.id not in by_name_only:
            assert keys[action.id], f"{action.id} has no key in the preset {name}: give it one"
    bound = [own for id, own in keys.items() if id != "picker.new"]
    assert all(read_keys(each) == each for own in bound for each in own)


def test_presets_are_those_that_the_setting_allows() -> None:
    assert tuple(PRESETS) == BY_NAME["keys.preset"].choices


def press(preset: str, keys: str, pane: str = "text") -> list[str]:
    """Return the ids of what keys do one after the other; those of fields are left out."""
    book = preset_keys(preset)
    table = KeyTable(ACTIONS, book.__getitem__)
    done, prefix = [], ""
    for key in keys.split():
        found = table.find("tree" if pane == "tree" else "text", prefix, key)
        assert not isinstance(found, Unbound), (preset, keys, key, found)
        prefix = found.prefix if isinstance(found, Waiting) else ""
        if not isinstance(found, Waiting):
            done.append(found.id)
    return done


TASKS = {
    "vim": ". |e e c|J 1 2|o e enter|x|V|g u|s .|t|m u",
    "arrows": ". |shift+right shift+right c|shift+down 1 2|o shift+right enter|u|V|g u|s .|t|m z",
    "qualcoder": ". |L L q|J 1 2|o L enter|u|V|g u|s .|t|m z",
    "default": ". |L L c|J 1 2|o L enter|u|V|g u|s .|t|m z",
    "single": ". |L L c|J 1 2|o L enter|u|V|g u|s .|t|m z",
}
"""The ten tasks of a coding day, as far as they are keys of the text, in each preset."""

ACTS = (
    "code.again", "text.extend_word_next text.extend_word_next code.pick",
    "text.extend_next code.slot_1 code.slot_2", "code.focus_next text.extend_word_next",
    "code.remove", "code.in_vivo_now", "go.uncoded", "search.project code.again", "pane.codes",
    "memo.open edit.undo",
)  # fmt: skip


@pytest.mark.parametrize("name", TASKS)
def test_the_ten_tasks_can_be_done_in_every_preset(name: str) -> None:
    known = {action.id for action in ACTIONS}
    for keys, acts in zip(TASKS[name].split("|"), ACTS, strict=True):
        if known.issuperset(acts.split()):
            assert press(name, keys)[: len(acts.split())] == acts.split()
    for pane in ("text", "tree"):
        assert press(name, ":", pane) == ["app.palette"]
        assert press(name, "escape", pane) == ["pane.text"]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project(make_tiny(tmp_path / "tiny.qual"), "zoe") as opened:
        yield opened


@on_screen
async def test_in_the_vim_preset_v_stretches_until_something_is_coded(project: Project) -> None:
    use(preset_keys("vim"))
    try:
        async with bench_of(project) as bench:
            view = bench.screen.desk.view
            await bench.press("j", "w", "v")
            start, end = view.selected_span or (0, 0)
            await bench.press("w", "w")
            assert view.selected_span is not None
            assert view.selected_span[0] == start and view.selected_span[1] > end
            assert "stretching · " in bench.rows()[-2]
            await bench.press("c", *"weather", "enter")
            assert "u undo" in bench.rows()[-1]
            assert "stretching" not in bench.text()
            await bench.press("v", "escape", "w")
            assert "stretching" not in bench.text() and view.selected_span[0] > start
    finally:
        use({})


def test_presets_keep_their_promises() -> None:
    assert press("vim", "w b u ctrl+r W d") == [
        "text.word_next", "text.word_prev", "edit.undo", "edit.redo", "view.documents",
    ]  # fmt: skip
    assert press("qualcoder", "q u m a i o s n") == [
        "code.pick", "code.remove", "memo.open", "note.add", "code.important", "code.focus_next",
        "search.project", "code.new",
    ]  # fmt: skip
    assert preset_keys("qualcoder")["app.quit"] == ()
    assert press("single", "; j [ ] v u . z ' n \\ s , 0") == [
        "text.extend_mode", "text.next", "text.nudge_left", "text.nudge_right", "code.in_vivo",
        "code.remove", "code.again", "edit.undo", "edit.redo", "go.again", "go.back",
        "search.project", "app.palette", "app.where",
    ]  # fmt: skip
    arrows = preset_keys("arrows")
    moves = [
        id for id in arrows if id.startswith(("text.next", "text.prev", "text.word", "text.ex"))
    ]
    assert moves and all(len(each) > 1 for id in moves for each in arrows[id])


@pytest.mark.parametrize(
    ("layout", "typed", "meant"),
    [
        ("azerty", "&é\"'(-è_çà", "1234567890"), ("azerty", ")!;", "-/."),
        ("azerty", "qm:=?", "qm:=?"),
        ("auto", "&é-_;", "&é-_;"), ("ru", "о.,", "j/?"), ("el", ";:ξ", "qQj"),
        ("he", "/'.", "qw/"), ("ar", "؟ت", "?j"),
    ],
)  # fmt: skip
def test_a_layout_moves_its_digit_row_and_signs_but_no_latin_letter(
    layout: str, typed: str, meant: str
) -> None:
    assert "".join(normalise(sign, sign, layout)[0][0] for sign in typed) == meant


def test_names_of_keys_are_read_as_people_write_them() -> None:
    for text, key in (("Esc", "escape"), ("PgDn", "pagedown"), ("Shift+Down", "shift+down"),
                      ("F5", "f5"), ("+", "+"), ("ctrl+UP", "ctrl+up")):  # fmt: skip
        assert read_keys(text) == key
    with pytest.raises(BadKey, match="empty"):
        read_keys("   ")


def test_keys_count_only_when_they_are_used() -> None:
    before = turn()
    try:
        use(made(("code.pick", "C")).keys)
        assert turn() == before + 1
    finally:
        use({})
