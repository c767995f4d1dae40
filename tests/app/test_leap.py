"""Leaping with f and F: two letters of a word in sight."""

from __future__ import annotations

from pathlib import Path

from tests.app.bench import Bench, bench_of, on_screen
from tests.app.document.samples import document_text
from tests.terminal.driver import Terminal
from tests.tiny import draft
from tui.app.document.cells import width
from tui.app.document.leap import LABELS, labelled, targets
from tui.app.document.motions import unit_after
from tui.app.document.paint import LABEL, SELECTED, runs, written_over
from tui.app.document.text_source import DocumentText
from tui.app.screens.workbench.first_steps import SEEN
from tui.app.work import remember_seen
from tui.project.edits.documents import import_document
from tui.project.project import Project

MIXED = (
    "Свобода слова и é́cole élan 中国人民中国 a dog. Stranger things: the straße, the Straw.\n\n"
    "人人有责 aa ab ac."
)


def words_of(text: DocumentText) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    offset = 0
    while word := unit_after(text, "word", offset):
        found.append(word)
        offset = word[1]
    return found


def leapt(contents: str, typed: str, *, whole: bool = False) -> list[str]:
    text = document_text([contents])
    return [text.slice(*span) for span in targets(text, words_of(text), typed, whole=whole)]


def test_words_that_begin_with_the_letters_come_before_those_that_hold_them() -> None:
    talk = "The mother went there, then on to bathe: a tea."
    assert leapt(talk, "th") == ["The", "there", "then"]
    assert leapt(talk, "ot") == ["mother"]
    assert leapt(talk, "zz") == []
    assert leapt(talk, "a", whole=True) == ["a"]
    assert leapt(talk, "t", whole=True) == ["The", "there", "then", "to", "tea"]


def test_case_and_accents_do_not_count_and_no_script_is_moved() -> None:
    talk = "Élan ECOLE Ёлка свобода Straße"
    assert leapt(talk, "el") == ["Élan"]
    assert leapt(talk, "éc") == ["ECOLE"]
    assert leapt(talk, "ел") == ["Ёлка"]
    assert leapt(talk, "ас") == []
    assert leapt(talk, "ss") == ["Straße"]


def test_where_a_word_is_one_sign_the_next_ones_are_read_on() -> None:
    text = document_text(["中国人民中国"])
    signs = [(at, at + 1) for at in range(6)]
    assert targets(text, signs, "中国") == [(0, 1), (4, 5)]
    assert targets(text, signs, "国人") == [(1, 2)]
    assert targets(text, signs, "民", whole=True) == [(3, 4)]


def test_the_nearest_words_get_the_keys_under_the_fingers() -> None:
    words = [(at, at + 2) for at in range(0, 300, 3)]
    labels = labelled(words, 150)
    assert labels["a"] == (150, 152) and {labels["s"], labels["d"]} == {(147, 149), (153, 155)}
    assert len(labels) == len(LABELS) == len(set(LABELS)) == 62


def test_a_letter_takes_the_cells_of_the_sign_it_stands_over() -> None:
    shown = "ab 中中 e\u0301x\t👩‍👩‍👧 z"
    marks = [(0, len(shown), SELECTED)]
    over = [(at, at + 1, LABEL) for at in (0, 3, 4, 6, shown.index("👩"))]
    plain = runs(shown, 0, len(shown), marks)
    written = written_over(runs(shown, 0, len(shown), [*marks, *over]), "asdfg")
    text = "".join(part for part, _ in written)
    assert text == "ab s d  fx  g  z"
    assert [part for part, look in written if look & LABEL] == list("asdfg")
    assert width(text) == sum(width(part) for part, _ in plain)


async def selected(bench: Bench) -> str:
    await bench.pilot.pause()
    start, end = bench.screen.desk.view.selected_span or (0, 0)
    return bench.screen.desk.view.text.slice(start, end)


@on_screen
async def test_two_letters_leap_and_a_label_chooses_between_several(project: Project) -> None:
    async with bench_of(project) as bench:
        await bench.press("f")
        assert "f: two letters of a word in sight · Esc" in bench.text()
        await bench.press("b")
        assert "f b_: next letter, or Space" in bench.text()
        await bench.press("o")
        assert await selected(bench) == "books"
        await bench.press("f", "t", "h")
        assert "f th: press one of the 7 letters" in bench.text()
        before = bench.text()
        # The nearest is the word before the line's end.
        at = {offset: label for offset, label in bench.screen.desk.view._pane.labels.items()}
        label = next(each for offset, each in at.items() if offset == 0)
        assert f"{label}he mill opened" in before
        await bench.press(label)
        assert await selected(bench) == "The"
        assert "The mill opened" in bench.text()


@on_screen
async def test_extending_keeps_the_anchor_on_both_sides(project: Project) -> None:
    async with bench_of(project) as bench:
        await bench.press("f", "s", "p", "F", "t", "h", "escape")
        assert "No leap" in bench.text() and await selected(bench) == "spoke"
        await bench.press("F", "b", "o")
        assert (await selected(bench)).startswith("spoke of wages then.")
        assert (await selected(bench)).endswith("the books")
        await bench.press("F", "w", "a")
        if "press one of" in bench.text():
            await bench.press("a")
        assert (await selected(bench)).startswith("spoke of wa")
        await bench.press("F", "m", "i")
        assert (await selected(bench)).startswith("mill opened in 1911. Nobody spoke")
        # From now on the beginning moves.
        await bench.press("F", "o", "p")
        assert (await selected(bench)).startswith("opened in 1911. Nobody spoke")


@on_screen
async def test_what_does_not_match_is_told_and_does_nothing_else(
    project: Project,
) -> None:
    async with bench_of(project) as bench:
        for keys, reason in (
            (("f", "escape"), "No leap"),
            (("f", "f1"), "f is followed by letters, not by F1"),
            (("f", "enter"), "f is followed by two letters of a word in sight"),
            (("f", "q", "x"), "No word in sight begins with or holds “qx”"),
            (("7", "q"), "begins with or holds “7q”"),
            (("escape",), "No leap"),
            (("f", "t", "h", "f1"), "F1 is over none of the words"),
            (("f", "backspace"), "No leap"),
        ):
            await bench.press(*keys)
            assert reason in bench.text(), keys
            assert await selected(bench) == "The mill opened in 1911."
            assert not bench.screen.desk.view._pane.labels
        assert bench.own() == []
        # The rest of a word that was typed is no command.
        await bench.press("f", "t", "h", "7", "1")
        assert "1 is over none of the words" in bench.text()
        await bench.press("escape")
        assert bench.own() == []
        await bench.press("f", "x", "backspace", "m", "i")
        assert await selected(bench) == "mill"
        await bench.press("f", "t", "h", "backspace", "h")
        assert "press one of" in bench.text()
        await bench.pilot.resize_terminal(90, 24)
        await bench.press("j")
        assert await selected(bench) == "The mill opened in 1911."


@on_screen
async def test_letters_go_in_as_typed_and_labels_by_their_place(project: Project) -> None:
    import_document(project, draft("mixed", MIXED))
    async with bench_of(project, (100, 30)) as bench:
        bench.screen.desk.open_document(3)
        await bench.press("f", "с", "л")
        assert await selected(bench) == "слова"
        await bench.press("а", "с", "в")  # f on a Russian keyboard
        assert await selected(bench) == "Свобода"
        await bench.press("f", "中", "国")
        assert "one of the 2 letters" in bench.text()
        await bench.press("ф")  # a on a Russian keyboard
        assert (await selected(bench)).startswith("中")
        await bench.press("f", "a", "space")
        assert await selected(bench) == "a"
        await bench.press("f", "s", "t")
        rows = bench.rows()
        await bench.press("escape")
        assert [width(row) for row in rows] == [width(row) for row in bench.rows()]


def test_a_leap_typed_at_once_through_a_terminal_costs_few_bytes(tiny: str, tmp_path: Path) -> None:
    with Project(tiny, "ann") as project:
        import_document(project, draft("mixed", MIXED))
    remember_seen(SEEN)
    with Terminal(["-p", tiny, "--coder", "ann"], tmp_path) as terminal:
        terminal.wait_for("sentence 1 of 2")
        terminal.settle()
        before = len(terminal.output)
        terminal.press("fbo")
        terminal.wait_for("1 word")
        terminal.settle()
        assert len(terminal.output) - before < 500
        # The whole of it in one burst, labels and the coding that follows included.
        terminal.press("fthaLcpay\r")
        terminal.wait_for("+ C1-1 Pay on 2 words")
        terminal.press("d")
        terminal.wait_for("Enter open")
        terminal.press("\x1b[B\x1b[B\r")
        terminal.wait_for("▌mixed")
        terminal.press("асло")  # f on a Russian keyboard, letters, then j there
        terminal.wait_for("sentence 1 of")
        terminal.press("аСвV")
        terminal.wait_for("C3 Свобода on 1 word")
        terminal.press("fq\x1b[B")
        terminal.wait_for("No leap: f is followed by letters, not by ↓")
        terminal.press("qq")
        assert terminal.wait_for_end() == 0
